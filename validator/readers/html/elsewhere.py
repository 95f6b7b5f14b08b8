"""Where a report may stand that is not in the page's own text: in a frame, in a program of the page, in markup that nobody is shown."""

from __future__ import annotations

from collections.abc import Iterator

from validator.base.regex_cache import expression
from validator.readers.html.source import Element

#: Chinese characters of a text that may be a report; menus and notices in programs are shorter.
ENOUGH = 400
#: Frames of this many pixels or fewer show nothing; counters and logins have them.
_TINY = 60
_CHINESE = expression(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}|&#x?[0-9a-fA-F]{4,5};")
_HELD_BACK = ("script", "noscript", "template", "textarea", "noframes", "xmp")


def body_elsewhere(root: Element) -> Iterator[tuple[str, str]]:
    """Each place where a report may stand: which kind (script, frame), and the name of what is shown in a frame."""
    for element in root.iter(*_HELD_BACK):
        if element.tag in ("textarea", "xmp") and not _is_markup(element):
            continue
        text = "".join(element.itertext())
        if len(text) >= ENOUGH and len(_CHINESE.findall(text)) >= ENOUGH:
            yield "script", ""
            break
    for element in root.iter("iframe", "frame", "object", "embed"):
        source = (element.get("src") or element.get("data") or element.get("data-src") or element.get("srcdoc") or "").strip()
        if source and not source.startswith(("about:", "javascript:")) and not _tiny(element):
            yield "frame", source[:300].rsplit("/", 1)[-1][-80:]
            break


def _is_markup(element: Element) -> bool:
    """Whether the words of an element are themselves markup that a program was to show."""
    return "</p>" in (element.text or "") or "</td>" in (element.text or "")


def _tiny(element: Element) -> bool:
    """Whether a frame is too small to show a report, or is not shown."""
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or element.get("hidden") is not None:
        return True
    sizes = [value for name in ("width", "height") if (value := (element.get(name) or "").strip().removesuffix("px")).isascii()]
    return any(value.isdigit() and int(value) <= _TINY for value in sizes)

"""The styles of a docx as far as the text depends on them: which are headings, numbered or a table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from validator.readers.docx.package import Element, W

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
#: Styles may be based on each other; a chain longer than this goes in circles.
_CHAIN = 20
_PROPERTIES, _NAMED, _NUMBERED, _OUTLINE = W + "pPr", W + "pStyle", W + "numPr", W + "outlineLvl"


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What a style says of its paragraphs or runs; None where it says nothing."""

    outline: int | None = None  # 0-based; 9 is body text
    list_id: str | None = None
    list_level: int | None = None
    contents: bool = False


PLAIN = Style()


def on(element: Element | None) -> bool | None:
    """A switch such as w:vanish: None where it is not there."""
    return None if element is None else element.get(W + "val", "1").lower() not in _OFF


def child(element: Element | None, *names: str) -> Element | None:
    """The element that these names lead to (without their namespace), one within the other; None where one is missing."""
    return None if element is None else element.find("/".join(W + name for name in names))


def value(element: Element | None, default: str = "") -> str:
    """The w:val of an element; `default` where there is no element or no such attribute."""
    return default if element is None else element.get(W + "val", default)


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute as an integer, None where it is none."""
    text = "" if element is None else element.get(W + name, "")
    return int(text) if len(text) < 10 and text.isascii() and text.removeprefix("-").isdigit() else None


class Styles:
    """The styles by id (`raw`: their elements), with what they take over from those they are based on; most are never asked for."""

    def __init__(self, root: Element | None, body: Element) -> None:
        # looking for the few numbered paragraphs once is faster than looking into each; the elements stay the same while they are held
        self._marked = {mark.getparent() for mark in body.iter(_NUMBERED, _OUTLINE)}
        self.raw: dict[str, Element] = {
            item.get(W + "styleId", ""): item for item in (() if root is None else root.iterchildren(W + "style"))
        }
        self._by_id: dict[str, Style] = {}
        self._written: dict[str, Style] = {}  # what each style says itself: in a long chain twenty others are based on it
        default = (k for k, s in self.raw.items() if s.get(W + "default") in ("1", "true", "on") and s.get(W + "type") == "paragraph")
        self.default = self._inherited(next(default, ""))

    def get(self, key: str) -> Style:
        """The style of that id; the default paragraph style where there is none."""
        if key not in self.raw:
            return self.default
        if key not in self._by_id:
            self._by_id[key] = self._inherited(key)
        return self._by_id[key]

    def of(self, paragraph: Element) -> tuple[Style, Style, str]:
        """What the paragraph itself says, what its style says, and the style's id."""
        first = next(paragraph.iterchildren(), None)
        if first is None or first.tag != _PROPERTIES:
            return PLAIN, self.default, ""
        key = value(next(first.iterchildren(_NAMED), None))
        return _paragraph_style(first) if first in self._marked else PLAIN, self.get(key) if key else self.default, key

    def _inherited(self, key: str) -> Style:
        """The style with what it takes over."""
        style = PLAIN
        for item in style_chain(self.raw, key):
            key = item.get(W + "styleId", "")
            if key not in self._written:
                self._written[key] = _written_style(item)
            step = self._written[key]
            style = Style(
                outline=step.outline if style.outline is None else style.outline,
                list_id=step.list_id if style.list_id is None else style.list_id,
                list_level=step.list_level if style.list_level is None else style.list_level,
                contents=style.contents or step.contents,
            )
        return style


def style_chain(styles: Mapping[str, Element], key: str) -> Iterator[Element]:
    """A style and those that it is based on, itself first; of a chain that goes in circles its first twenty."""
    for _ in range(_CHAIN):
        if key not in styles:
            return
        yield styles[key]
        key = value(styles[key].find(W + "basedOn"))


def _written_style(item: Element) -> Style:
    """What the style itself says."""
    title = value(item.find(W + "name")).strip()
    style = _paragraph_style(item.find(W + "pPr"))
    heading = _HEADING.fullmatch(title)
    if style.outline is None and (heading or title.lower() == "title"):
        style = replace(style, outline=int(heading[1]) - 1 if heading else 0)
    return replace(style, contents=_CONTENTS.fullmatch(title) is not None)


def _paragraph_style(properties: Element | None) -> Style:
    """What a w:pPr says by itself."""
    if properties is None:
        return PLAIN
    numbered = properties.find(_NUMBERED)
    identity = None if numbered is None else numbered.find(W + "numId")
    return Style(
        outline=number(properties.find(_OUTLINE)),
        list_id=None if identity is None else identity.get(W + "val"),
        list_level=number(child(numbered, "ilvl")),
    )

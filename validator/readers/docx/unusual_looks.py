"""Whether anything in a docx can look other than plain: one pass over a few elements, so that most documents are asked nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validator.readers.docx.colours import HIGHLIGHTS, PAGE, any_invisible
from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.placing import PageSheet
from validator.readers.docx.properties import FLAT, NARROW, TEXT_FILL, TINY, Properties
from validator.readers.docx.styles import number, on
from validator.readers.docx.symbols import PICTURED

_STYLE_REFERENCES = (W + "pStyle", W + "rStyle", W + "tblStyle")
_LOOK_ELEMENTS = (
    W + "vanish", W + "vertAlign", W + "position", W + "strike", W + "dstrike", W + "sz", W + "w", W + "color", W + "shd", W + "highlight",
    W + "rFonts", W + "ind", W + "spacing", W + "framePr", TEXT_FILL,
)  # fmt: skip


class UnusualLooks(NamedTuple):
    """What was found: anything at all, raised or lowered letters, letters shifted by a position."""

    anything: bool
    raised: bool
    shifted: bool


def unusual_looks(package: Package, properties: Properties, sheet: PageSheet, outside: Iterable[Element]) -> UnusualLooks:
    """What the text, the parts outside it and the styles that they use may do to the look of letters."""
    theme = properties.theme
    colours: dict[str, object] = {}
    grounds: dict[str, object] = {PAGE: None}
    is_odd = raised = shifted = False
    roots = [package.body.getroottree().getroot(), *outside]
    for root in (*roots, *_used_styles(package, properties, roots)):
        for item in root.iter(*_LOOK_ELEMENTS):
            tag = item.tag
            if tag == W + "color":
                colour = theme.colour_of(item)
                if colour and colour != "auto":
                    colours[colour] = None
            elif tag == W + "shd":
                ground = theme.ground(item)
                if ground:
                    grounds[ground] = None
            elif tag == W + "highlight":
                grounds[HIGHLIGHTS.get(item.get(W + "val", ""), PAGE)] = None
            elif tag == W + "position":
                shifted = shifted or bool(number(item))
            elif tag == W + "vertAlign":
                raised = raised or item.get(W + "val") in ("superscript", "subscript")
            else:
                is_odd = is_odd or _is_unusual(item)
    grounds.update({fill: None for box in package.body.iter(W + "txbxContent") if (fill := sheet.fill_around(box, theme))})
    return UnusualLooks(is_odd or raised or shifted or any_invisible(colours, grounds), raised, shifted)


def _used_styles(package: Package, properties: Properties, roots: Iterable[Element]) -> Iterator[Element]:
    """The styles that the document uses; templates bring hundreds that it does not."""
    waiting = set(properties.usual.values())
    for root in roots:
        waiting |= {item.get(W + "val", "") for item in root.iter(*_STYLE_REFERENCES)}
    used: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key in properties.styles and key not in used:
            used.add(key)
            yield properties.styles[key]
            waiting |= {item.get(W + "val", "") for item in properties.styles[key].iterchildren(W + "basedOn")}
    default = None if package.styles is None else package.styles.find(W + "docDefaults")
    if default is not None:
        yield default


def _is_unusual(item: Element) -> bool:
    """Whether one of the other telling elements says something out of the ordinary."""
    tag = item.tag
    if tag == W + "sz":
        size = number(item)
        return size is not None and size <= TINY
    if tag == W + "w":
        width = number(item)
        return width is not None and 0 < width <= NARROW
    if tag == W + "rFonts":
        return any((item.get(W + name) or "").strip().lower() in PICTURED for name in ("ascii", "hAnsi"))
    if tag == W + "ind":
        return any(not -1000 < (number(item, name) or 0) < 8000 for name in ("left", "start", "hanging", "firstLine"))
    if tag == W + "spacing":
        height = number(item, "line") if item.get(W + "lineRule") == "exact" else None
        return height is not None and 0 < height <= FLAT
    return tag in (W + "framePr", TEXT_FILL) or bool(on(item))

"""Where drawings, frames and tables of a docx stand: on the page or beside it, before the text or behind it, and on which fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from validator.readers.docx.colours import PAGE, Theme, digits, fill_of
from validator.readers.docx.package import Element, W
from validator.readers.docx.styles import child, number

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_ANCHORS = (_WP + "anchor", _WP + "inline")
_SHAPES = tuple(_VML + name for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "curve", "textbox"))
#: Twentieths of a point in a unit of older drawings, and units of newer ones in a twentieth of a point.
_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 567.0, "mm": 56.7, "px": 15.0, "": 20.0}
_EMU = 635
_LENGTH = re.compile(r"\s*(-?[\d.]{1,12})\s*(?:(pt|in|cm|mm|px)\s*)?")
_ANGLE = re.compile(r"-?[0-9]{1,4}(?![0-9]*fd)")
_WATERMARK = re.compile(r"watermark|水印", re.IGNORECASE)
#: Neighbours of a paragraph, before and after it, that a picture behind its words may hang in.
_BEFORE, _AFTER = 12, 3
_ASLANT = 15
_A4 = (11906, 16838)
#: Width of a letter of one half point, in twentieths of a point; for guessing how far a line reaches.
_LETTER = 10


class DrawingPlace(NamedTuple):
    """How a drawing stands. `unseen`: why nobody sees it (hidden, off-page), '' where it is seen; `behind`: behind the text."""

    unseen: str = ""
    watermark: bool = False
    behind: bool = False


class PageSheet:
    """The pages of a document: their size in twentieths of a point, and what stands beside them."""

    def __init__(self, body: Element) -> None:
        sizes = [(number(item, "w") or 0, number(item, "h") or 0) for item in body.iter(W + "pgSz")]
        self.width = max((width for width, _ in sizes), default=0) or _A4[0]
        self.height = max((height for _, height in sizes), default=0) or _A4[1]
        behind = (item for item in body.iter(_WP + "anchor") if item.get("behindDoc") in ("1", "true"))
        self._behind = {holder for item in behind if (holder := next(item.iterancestors(W + "p"), None)) is not None}
        root = body.getparent()
        self._painted = None if root is None else root.find(W + "background")
        margins = [number(item, "left") for item in body.iter(W + "pgMar")]
        self.left = max((margin for margin in margins if margin is not None), default=1800)

    def page_colour(self, paragraph: Element, theme: Theme) -> str | None:
        """The colour of the page below a paragraph of the text; None where a picture or a filled shape lies behind it or near it."""
        if self._behind and any(item in self._behind for item in _neighbourhood(paragraph)):
            return None
        return self._background(theme)

    def _background(self, theme: Theme) -> str:
        """The page's own colour; white where it is not shown."""
        if self._painted is None:
            return PAGE
        colour = theme.colour_of(self._painted, "color")
        return PAGE if colour in (None, "auto") else str(colour)

    def is_off_page(self, layout: Mapping[str, Any], in_cell: bool, paragraph: Element) -> bool:
        """Whether a paragraph stands beside the page by its indents or its frame; only where that can be known."""
        frame = layout.get("frame")
        if frame is not None:
            x, y = number(frame, "x"), number(frame, "y")
            width = number(frame, "w") or self.width
            beside = self._is_outside(x, width, self.width, frame.get(W + "hAnchor") == "page")
            return beside or self._is_outside(y, self.height // 4, self.height, frame.get(W + "vAnchor") == "page")
        left = (layout.get("left") or 0) + (layout.get("first") or 0)
        if -1000 < left < 8000:
            return False
        reach = left + _LETTER * 44 * min(60, len("".join(paragraph.itertext())))
        return reach <= (-self.width if in_cell else -self.left) or left >= self.width

    def _is_outside(self, at: int | None, size: int, extent: int, exact: bool) -> bool:
        """Whether a stretch lies outside a page; where its origin is not the page's edge, wherever that may be on the page."""
        if at is None:
            return False
        return at + size + (0 if exact else extent) <= 0 or at >= extent

    def is_table_off_page(self, table: Element) -> bool:
        """Whether a table stands beside the page."""
        place = child(table, "tblPr", "tblpPr")
        if place is not None:
            x, y = number(place, "tblpX"), number(place, "tblpY")
            return any(at is not None and (at <= -extent or at >= extent) for at, extent in ((x, self.width), (y, self.height)))
        indent = number(child(table, "tblPr", "tblInd"), "w")
        return indent is not None and (indent <= -self.width or indent >= self.width)

    def fill_around(self, box: Element, theme: Theme) -> str | None:
        """The colour of the shape around a text box's content; None where nobody can tell, since anything may lie below it."""
        for above in box.iterancestors():
            if above.tag == _WPS + "wsp":
                return fill_of(above.find(_WPS + "spPr"), theme)
            if above.tag in _SHAPES and above.tag != _VML + "textbox":
                colour = above.get("fillcolor", "").lstrip("#").split(" ")[0]
                return colour.upper() if digits(colour) and above.get("filled") not in ("f", "false") else None
        return None

    def place(self, item: Element, drawing: Element) -> DrawingPlace:
        """How the drawing that holds an element stands."""
        turned = False
        header = drawing.getroottree().getroot().tag == W + "hdr"
        for above in (item, *item.iterancestors()):
            if above.tag == _WPS + "wsp":
                frame = next(above.iter(_A + "xfrm"), None)
                turned = frame is not None and _is_turned((_integer(frame.get("rot")) or 0) / 60_000)
            elif above.tag in _ANCHORS:
                return self._drawingml_place(above, turned, header)
            elif above.tag in _SHAPES and above.get("style") is not None:
                return self._vml_place(above, header or item.tag == _VML + "textpath")
            if above is drawing:
                break
        return DrawingPlace()

    def _drawingml_place(self, anchor: Element, turned: bool, header: bool) -> DrawingPlace:
        """A drawing of newer Word; one in a header lies behind the text anyway."""
        if anchor.tag == _WP + "inline":
            return DrawingPlace()
        properties = anchor.find(_WP + "docPr")
        words = "" if properties is None else " ".join(properties.get(key, "") for key in ("name", "descr", "title"))
        behind = header or anchor.get("behindDoc") in ("1", "true")
        mark = bool(_WATERMARK.search(words)) or turned and behind
        extent = anchor.find(_WP + "extent")
        unseen = "hidden" if properties is not None and properties.get("hidden") in ("1", "true") else ""
        for axis, side, page_size in (("positionH", "cx", self.width), ("positionV", "cy", self.height)):
            place = anchor.find(_WP + axis)
            at = None if place is None else place.find(_WP + "posOffset")
            if place is not None and at is not None:
                size = 0 if extent is None else (_integer(extent.get(side)) or 0) // _EMU
                shift = _integer(at.text)
                if self._is_outside(None if shift is None else shift // _EMU, size, page_size, place.get("relativeFrom") == "page"):
                    unseen = unseen or "off-page"
        return DrawingPlace(unseen, mark, behind)

    def _vml_place(self, shape: Element, anyway: bool) -> DrawingPlace:
        """A drawing of older Word: its place is written as in a style sheet. `anyway`: turned, it is a watermark wherever it stands."""
        style = dict(pair.split(":", 1) for pair in shape.get("style", "").replace(" ", "").lower().split(";") if ":" in pair)
        words = " ".join(value for key, value in shape.attrib.items() if str(key).rpartition("}")[2] in ("id", "spid", "alt", "title"))
        behind = style.get("z-index", "").startswith("-")
        angle = _ANGLE.match(style.get("rotation", ""))
        mark = bool(_WATERMARK.search(words)) or bool((behind or anyway) and angle and _is_turned(float(angle[0])))
        unseen = "hidden" if style.get("visibility") == "hidden" else ""
        if style.get("position") != "absolute":
            return DrawingPlace(unseen, mark, behind)
        for at, size, axis, extent in (("left", "width", "horizontal", self.width), ("top", "height", "vertical", self.height)):
            start = _length(style.get("margin-" + at) or style.get(at) or "")
            exact = style.get(f"mso-position-{axis}-relative") == "page"
            if self._is_outside(start, _length(style.get(size, "")) or 0, extent, exact):
                unseen = unseen or "off-page"
        return DrawingPlace(unseen, mark, behind)


def _is_turned(degrees: float) -> bool:
    """Whether a drawing is turned as watermarks are, not just a little aslant."""
    return _ASLANT < degrees % 360 < 360 - _ASLANT


def _neighbourhood(paragraph: Element) -> Iterator[Element]:
    """A paragraph and its neighbours: on the same page, as far as anybody can tell."""
    yield paragraph
    yield from (item for _, item in zip(range(_BEFORE), paragraph.itersiblings(preceding=True), strict=False))
    yield from (item for _, item in zip(range(_AFTER), paragraph.itersiblings(), strict=False))


def _length(text: str) -> int | None:
    """A length in twentieths of a point."""
    match = _LENGTH.fullmatch(text)
    try:
        return round(float(match[1]) * _UNITS[match[2] or ""]) if match else None
    except ValueError:
        return None


def _integer(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if len(text) < 14 and text.removeprefix("-").isdigit() and text.isascii() else None

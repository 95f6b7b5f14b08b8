"""A page of a PDF as it is shown: characters, ruled lines and pictures, in points from its top left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

#: A printed character and the box of its type: text, x0, top, x1, bottom. A bare tuple, for there are thousands.
Char = tuple[str, float, float, float, float]


class Box(NamedTuple):
    """A rectangle: x grows to the right, top and bottom downwards."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(kw_only=True, slots=True)
class ColouredPiece:
    """Upright characters in another colour than text is printed in: a heading, a figure, a watermark or a seal."""

    chars: list[Char]
    key: tuple[object, ...]  # what watermarks that belong together have in common
    foreign: bool  # it stands across other text or the borders of cells, or within the ring of a seal


@dataclass(kw_only=True, slots=True)
class PdfPage:
    """What is printed on a page."""

    number: int  # 1-based
    width: float
    height: float
    turn: int = 0  # quarter turns, clockwise, from how the page is shown to how its text is read
    chars: list[Char] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    slants: list[tuple[float, float, float, float]] = field(default_factory=list)  # straight lines that are neither level nor plumb
    pictures: list[Box] = field(default_factory=list)
    drawn: list[Box] = field(default_factory=list)  # pictures large enough in pixels to show a figure
    outlined: int = 0  # filled shapes of the size of characters
    garbled: int = 0  # characters whose font does not say what they are
    hidden: dict[str, list[Char]] = field(default_factory=dict)  # by kind: what is in the file and not seen
    struck: list[Char] = field(default_factory=list)
    doubts: dict[Char, str] = field(default_factory=dict)  # characters beside which no figure is read, and why
    coloured: list[ColouredPiece] = field(default_factory=list)
    comments: int = 0  # notes that open when they are clicked

    def shown(self, box: Box) -> Box:
        """The box on the page as it is shown, of one as it is read."""
        if self.turn == 0:
            return box
        x0, top, x1, bottom = box
        if self.turn == 1:
            return Box(top, self.width - x1, bottom, self.width - x0)
        if self.turn == 2:
            return Box(self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        return Box(self.height - bottom, x0, self.height - top, x1)


class View:
    """From the page's own coordinates (upwards, unturned, from anywhere) to what is shown, or to that turned by quarters more."""

    def __init__(self, pdfium: Any, handle: Any, more: int = 0) -> None:
        frame = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(handle, frame):
            frame.left, frame.bottom, frame.right, frame.top = 0, 0, 595, 842
        self.left, self.bottom, self.right, self.top = frame.left, frame.bottom, frame.right, frame.top
        self.turn = (pdfium.FPDFPage_GetRotation(handle) + more) % 4
        self.more = more
        wide, high = abs(self.right - self.left), abs(self.top - self.bottom)
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as shown."""
        box = self.box(x, y, x, y)
        return box.x0, box.top

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box as shown of one given by two corners."""
        if self.turn == 0:
            a, b, c, d = x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        elif self.turn == 1:
            a, b, c, d = y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        elif self.turn == 2:
            a, b, c, d = self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        else:
            a, b, c, d = self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

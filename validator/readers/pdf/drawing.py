"""What is drawn on a page of a PDF besides its characters: ruled lines and pictures; and in which order, for what comes later covers."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from validator.readers.pdf.page import Box, PdfPage, View
from validator.readers.pdf.signs import UNKNOWN, Signs

_MAX_OBJECTS = 20_000  # of one page that are looked at
_MAX_RULES = 3_000
_LETTER = 40.0  # points: a title's letters are no larger
_HAND = 14.0  # points: what a pen draws through a figure is no higher
_HAND_POINTS = 400
_MAX_SLANTS = 100
_MAX_FORMS = 4  # levels of drawings within drawings
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # PDFium's kinds of objects
_PAINTED = (0, 2, 4, 6)  # the ways of drawing characters that fill them
_SHADED = 140  # of 255: dark text upon a surface this dark may be unseen
_DOTS = 5  # a picture of fewer, across or down, shows no figure
_THIN = 3.2  # points; a filled box thinner than this is a ruled line
DARK = 110  # of 255: text whose colours are all below is printed as text is
SOLID = 200  # of 255: what covers less of its ground is faint
_BAND = 16.0  # points; texts are sought by the band of the page that they stand in
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class TextItem(NamedTuple):
    """Characters that are drawn at once: their number in the order of drawing, PDFium's handle, the drawing they are in."""

    order: int
    item: Any
    outer: Matrix | None


class Area(NamedTuple):
    """A filled surface, the outline of one, or a picture: its number in the order of drawing, its place, PDFium's handle, its drawing."""

    order: int
    box: Box
    item: Any
    outer: Matrix | None
    picture: bool
    filled: bool


class PageDrawing:
    """Reads the ruled lines and pictures of a page, also out of drawings within it.

    `odd`: something on the page is not plain dark upright text that nothing is drawn upon, so that each character must be looked at.
    """

    def __init__(self, pdfium: Any, view: View, page: PdfPage, signs: Signs = UNKNOWN) -> None:
        self._pdfium = pdfium
        self._view = view
        self._page = page
        self._signs = signs
        self._remaining = _MAX_OBJECTS
        self._four = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._sides = [ctypes.c_float() for _ in range(4)]
        self._shades = ctypes.create_string_buffer(16)  # four numbers, read at once
        self._shade = [ctypes.c_uint.from_buffer(self._shades, at) for at in (0, 4, 8, 12)]
        self._plain: set[bytes] = set()  # colours of text that were found plain
        self._place = pdfium.FS_MATRIX()
        self._bands: dict[int, list[tuple[float, float, int]]] = {}
        self._ends: dict[int, float] = {}
        self._banded = 0
        self._handle: Any = None
        self._index = 0  # of the object of the page that is looked at
        self.areas: list[Area] = []
        self.odd = view.turn != 0 or signs.layers or signs.replaced or bool(signs.unmapped)

    def read(self, handle: Any) -> None:
        """All objects of the page. Pages drawn of very many lines are maps or plans: they have no tables."""
        pdfium = self._pdfium
        self._handle = handle
        get, mode_of, look = pdfium.FPDFPage_GetObject, pdfium.FPDFTextObj_GetTextRenderMode, self._plain_text()
        for index in range(min(pdfium.FPDFPage_CountObjects(handle), _MAX_OBJECTS)):
            item = get(handle, index)
            mode = mode_of(item)
            if mode < 0:  # no text
                self._index = index
                self._object(item, pdfium.FPDFPageObj_GetType(item), None, 0)
            elif not self.odd:
                look(item)
                if mode not in _PAINTED:
                    self.odd = True
        if len(self._page.rules) > _MAX_RULES or self._remaining <= 0:
            self._page.rules.clear()

    def in_order(self) -> tuple[list[TextItem], list[Area]]:
        """All characters, by what is drawn at once, and all surfaces, numbered in the order in which they are drawn."""
        texts: list[TextItem] = []
        orders: dict[int, int] = {}
        for order, (item, kind, outer) in enumerate(self._walk()):
            if kind == _TEXT:
                texts.append(TextItem(order, item, outer))
            else:
                orders[ctypes.addressof(item.contents)] = order
        return texts, [area._replace(order=orders.get(ctypes.addressof(area.item.contents), 0)) for area in self.areas]

    def _walk(self) -> Iterator[tuple[Any, int, Matrix | None]]:
        """Every object of the page, its kind and the drawing it is in; drawings within the page opened."""
        pdfium, handle, remaining = self._pdfium, self._handle, _MAX_OBJECTS
        first = (pdfium.FPDFPage_GetObject(handle, index) for index in range(min(pdfium.FPDFPage_CountObjects(handle), _MAX_OBJECTS)))
        waiting: list[tuple[Iterator[Any], Matrix | None]] = [(first, None)]
        while waiting and remaining > 0:
            item = next(waiting[-1][0], None)
            outer = waiting[-1][1]
            if item is None:
                waiting.pop()
                continue
            remaining -= 1
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind != _FORM:
                yield item, kind, outer
            elif len(waiting) <= _MAX_FORMS:
                get, count = pdfium.FPDFFormObj_GetObject, pdfium.FPDFFormObj_CountObjects(item)
                parts = (get(form, index) for form, index in zip([item] * count, range(count), strict=True))
                waiting.append((parts, combine(self.matrix(item), outer)))

    def _plain_text(self) -> Callable[[Any], None]:
        """What tells of characters whether they are drawn in any unusual way; all that it needs at hand, for there are thousands."""
        pdfium, place, plain, shades = self._pdfium, self._place, self._plain, self._shades
        matrix_of, colour_of = pdfium.FPDFPageObj_GetMatrix, pdfium.FPDFPageObj_GetFillColor
        clip_of, count = pdfium.FPDFPageObj_GetClipPath, pdfium.FPDFClipPath_CountPaths
        clips = self._signs.clips
        red, green, blue, alpha = self._shade

        def look(item: Any) -> None:
            if colour_of(item, red, green, blue, alpha) and shades.raw not in plain:
                self._look_at_shade()
            if not matrix_of(item, place) or place.b or place.a <= 0 or place.d <= 0 or clips and count(clip_of(item)) > 0:
                self.odd = True

        return look

    def _look_at_shade(self) -> None:
        """Whether the colour just asked for is one that text is printed in."""
        red, green, blue, alpha = (shade.value for shade in self._shade)
        if max(red, green, blue) > DARK or alpha < SOLID:
            self.odd = True
        else:
            self._plain.add(self._shades.raw)

    def _covers(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether a surface, in the page's coordinates, is drawn upon characters that are there already."""
        pdfium, bands, place = self._pdfium, self._bands, self._place
        for index in range(self._banded, self._index):
            item = pdfium.FPDFPage_GetObject(self._handle, index)
            if pdfium.FPDFPageObj_GetType(item) == _TEXT and pdfium.FPDFPageObj_GetMatrix(item, place):
                y = place.f
                bands.setdefault(int(y // _BAND), []).append((place.e, y, index))
        self._banded = self._index
        keys: Iterable[int] = range(int((bottom - 3) // _BAND), int(top // _BAND) + 1)
        for key in keys if top - bottom < 2000 else list(bands):
            for x, y, index in bands.get(key, ()):
                if x <= right and bottom - 3 <= y <= top and (x >= left - 1 or self._end(index) > left + 1):
                    return True
        return False

    def _end(self, index: int) -> float:
        """Where characters end, in the page's coordinates."""
        if index not in self._ends:
            self._pdfium.FPDFPageObj_GetBounds(self._pdfium.FPDFPage_GetObject(self._handle, index), *self._sides)
            self._ends[index] = self._sides[2].value
        return self._ends[index]

    def _area(self, item: Any, box: Box, outer: Matrix | None, *, picture: bool = False, filled: bool = True) -> None:
        """Note a surface; a dark one, or one upon characters, makes the page one to look at closely."""
        self.areas.append(Area(0, box, item, outer, picture, filled))
        if filled and not picture and max(box.x1 - box.x0, box.bottom - box.top) <= _LETTER:
            self._page.outlined += 1
        if self.odd or not filled:
            return
        if not picture:
            shades = self._shade
            if self._pdfium.FPDFPageObj_GetFillColor(item, *shades) and max(shade.value for shade in shades[:3]) < _SHADED:
                self.odd = True
                return
        if self._index:
            self.odd = outer is not None or self._covers(*(side.value for side in self._four))

    def _object(self, item: Any, kind: int, outer: Matrix | None, depth: int) -> None:
        self._remaining -= 1
        if self._remaining <= 0:
            return
        if kind == _TEXT:
            self.odd = True  # text in a drawing within the page: its place must be looked at
            return
        if kind == _FORM:
            self._form(item, outer, depth)
            return
        if not self._pdfium.FPDFPageObj_GetBounds(item, *self._four):
            return
        box = shown_box(self._view, outer, *(side.value for side in self._four))
        if kind == _PATH:
            self._path(item, box, outer)
        elif kind == _IMAGE:
            if min(box.x1 - box.x0, box.bottom - box.top) <= _THIN:
                self._rule(box)
            else:
                self._page.pictures.append(box)
                wide, high = ctypes.c_uint(), ctypes.c_uint()
                if self._pdfium.FPDFImageObj_GetImagePixelSize(item, wide, high) and min(wide.value, high.value) >= _DOTS:
                    self._page.drawn.append(box)
                self._area(item, box, outer, picture=True)

    def _form(self, item: Any, outer: Matrix | None, depth: int) -> None:
        """The objects of a drawing within the page."""
        matrix = combine(self.matrix(item), outer)
        for index in range(self._pdfium.FPDFFormObj_CountObjects(item) if depth < _MAX_FORMS else 0):
            if self._remaining <= 0:
                return
            part = self._pdfium.FPDFFormObj_GetObject(item, index)
            self._object(part, self._pdfium.FPDFPageObj_GetType(part), matrix, depth + 1)

    def _path(self, item: Any, box: Box, outer: Matrix | None) -> None:
        """The ruled lines of a path. A filled box that is thin is one; a thick one is shading."""
        pdfium = self._pdfium
        if not pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke):
            return
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if (self._fill.value or self._stroke.value) and min(wide, high) <= _THIN:
            self._rule(box)
            return
        if self._fill.value or self._stroke.value:
            self._area(item, box, outer, filled=bool(self._fill.value))
        if self._stroke.value or self._fill.value and pdfium.FPDFPath_CountSegments(item) > 6:
            matrix = combine(self.matrix(item), outer)
            self._outline(item, matrix, bool(self._stroke.value))
            if self._stroke.value and high <= _HAND and wide >= max(4.0, 1.5 * high):
                self._drawn_by_hand(item, matrix)

    def _outline(self, item: Any, matrix: Matrix, stroked: bool) -> None:
        """The straight pieces of a path: each a rule where it is stroked; where it is filled, each thin box of it is one."""
        for points in self.subpaths(item, matrix):
            if not stroked:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = self._view.box(min(xs), min(ys), max(xs), max(ys))
                if min(box.x1 - box.x0, box.bottom - box.top) <= _THIN:
                    self._rule(box)
                continue
            for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
                if abs(ax - bx) <= 0.7 or abs(ay - by) <= 0.7:
                    self._rule(self._view.box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
                elif len(points) == 2 and len(self._page.slants) < _MAX_SLANTS:
                    self._page.slants.append((*self._view.point(ax, ay), *self._view.point(bx, by)))

    def _drawn_by_hand(self, item: Any, matrix: Matrix) -> None:
        """The pieces of a low stroke that is bent or goes up and down, as a pen draws it through a figure."""
        pdfium, slants = self._pdfium, self._page.slants
        count = pdfium.FPDFPath_CountSegments(item)
        if not 2 < count <= _HAND_POINTS:
            return
        self._remaining -= count
        x, y = ctypes.c_float(), ctypes.c_float()
        bend: list[Point] = []
        last = (0.0, 0.0)
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = self._view.point(*moved(matrix, x.value, y.value))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            ends: list[Point] = [point]
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                bend.append(point)
                if len(bend) < 3:
                    continue
                ends, bend = _bent(last, *bend), []
            if kind != pdfium.FPDF_SEGMENT_MOVETO:
                for end in ends:
                    if len(slants) < _MAX_SLANTS and end != last:
                        slants.append((*last, *end))
                    last = end
            last = point

    def subpaths(self, item: Any, matrix: Matrix) -> Iterator[list[Point]]:
        """The corner points of each part of a path; a part with curves ends at them."""
        pdfium, begin = self._pdfium, (0.0, 0.0)
        points: list[Point] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        count = pdfium.FPDFPath_CountSegments(item)
        self._remaining -= count // 4
        for index in range(min(count, _MAX_OBJECTS)):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = moved(matrix, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind != pdfium.FPDF_SEGMENT_LINETO:
                if len(points) > 1:
                    yield points
                points = [point]
                begin = point if kind == pdfium.FPDF_SEGMENT_MOVETO else begin
            else:
                points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(begin)
        if len(points) > 1:
            yield points

    def _rule(self, box: Box) -> None:
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if max(wide, high) >= 1.0 and all(map(math.isfinite, box)) and len(self._page.rules) <= _MAX_RULES:
            self._page.rules.append(box)

    def matrix(self, item: Any) -> Matrix:
        """How an object is placed within what it is in."""
        matrix = self._pdfium.FS_MATRIX()
        if not self._pdfium.FPDFPageObj_GetMatrix(item, matrix):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def shown_box(view: View, outer: Matrix | None, left: float, bottom: float, right: float, top: float) -> Box:
    """The box on the page as shown of bounds within a drawing that `outer` places on it (None: of the page itself)."""
    if outer is None:
        return view.box(left, bottom, right, top)
    corners = [moved(outer, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return view.box(min(xs), min(ys), max(xs), max(ys))


def moved(matrix: Matrix | None, x: float, y: float) -> Point:
    """A point where a matrix puts it; None leaves it where it is."""
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bent(first: Point, near: Point, far: Point, last: Point) -> list[Point]:
    """Eight points along a Bézier curve from `first` to `last`, its end the last of them."""
    curve = []
    for step in range(1, 9):
        t = step / 8
        shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
        points = (first, near, far, last)
        x, y = (sum(share * point[axis] for share, point in zip(shares, points, strict=True)) for axis in (0, 1))
        curve.append((x, y))
    return curve


def combine(inner: Matrix, outer: Matrix | None) -> Matrix:
    """First `inner`, then `outer`."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)

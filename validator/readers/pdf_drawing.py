"""What is drawn on a page of a PDF besides its characters: ruled lines and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

from validator.readers.pdf_page import Box, Page, View

_MAX_OBJECTS = 20_000  # of one page that are looked at
_MAX_RULES = 3_000
_MAX_FORMS = 4  # levels of drawings within drawings
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # PDFium's kinds of objects
_THIN = 3.2  # points; a filled box thinner than this is a ruled line
Matrix = tuple[float, float, float, float, float, float]


class Drawing:
    """Reads the ruled lines and pictures of a page, also out of drawings within it."""

    def __init__(self, pdfium: Any, view: View, page: Page) -> None:
        self._pdfium = pdfium
        self._view = view
        self._page = page
        self._left = _MAX_OBJECTS
        self._four = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def read(self, handle: Any) -> None:
        """All objects of the page. Pages drawn of very many lines are maps or plans: they have no tables."""
        pdfium = self._pdfium
        get, kind_of = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
        for index in range(min(pdfium.FPDFPage_CountObjects(handle), _MAX_OBJECTS)):
            item = get(handle, index)
            kind = kind_of(item)
            if kind != _TEXT:
                self._object(item, kind, None, 0)
        if len(self._page.rules) > _MAX_RULES or self._left <= 0:
            self._page.rules.clear()

    def _object(self, item: Any, kind: int, outer: Matrix | None, depth: int) -> None:
        self._left -= 1
        if kind == _TEXT or self._left <= 0:
            return
        if kind == _FORM:
            self._form(item, outer, depth)
            return
        if not self._pdfium.FPDFPageObj_GetBounds(item, *self._four):
            return
        box = self._shown(outer, *(side.value for side in self._four))
        if kind == _PATH:
            self._path(item, box, outer)
        elif kind == _IMAGE:
            if min(box.x1 - box.x0, box.bottom - box.top) <= _THIN:
                self._rule(box)
            else:
                self._page.pictures.append(box)

    def _form(self, item: Any, outer: Matrix | None, depth: int) -> None:
        """The objects of a drawing within the page."""
        matrix = _times(self._matrix(item), outer)
        for index in range(self._pdfium.FPDFFormObj_CountObjects(item) if depth < _MAX_FORMS else 0):
            if self._left <= 0:
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
        elif self._stroke.value or self._fill.value and pdfium.FPDFPath_CountSegments(item) > 6:
            self._outline(item, _times(self._matrix(item), outer), bool(self._stroke.value))

    def _outline(self, item: Any, matrix: Matrix, stroked: bool) -> None:
        """The straight pieces of a path: each a rule where it is stroked; where it is filled, each thin box of it is one."""
        for points in self._subpaths(item, matrix):
            if not stroked:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = self._view.box(min(xs), min(ys), max(xs), max(ys))
                if min(box.x1 - box.x0, box.bottom - box.top) <= _THIN:
                    self._rule(box)
                continue
            for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
                if abs(ax - bx) <= 0.7 or abs(ay - by) <= 0.7:
                    self._rule(self._view.box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))

    def _subpaths(self, item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The corner points of each part of a path; a part with curves ends at them."""
        pdfium, begin = self._pdfium, (0.0, 0.0)
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        a, b, c, d, e, f = matrix
        count = pdfium.FPDFPath_CountSegments(item)
        self._left -= count // 4
        for index in range(min(count, _MAX_OBJECTS)):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
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

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._pdfium.FS_MATRIX()
        if not self._pdfium.FPDFPageObj_GetMatrix(item, matrix):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _shown(self, outer: Matrix | None, left: float, bottom: float, right: float, top: float) -> Box:
        """Bounds as shown on the page."""
        if outer is None:
            return self._view.box(left, bottom, right, top)
        a, b, c, d, e, f = outer
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return self._view.box(min(xs), min(ys), max(xs), max(ys))


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    """First `inner`, then `outer`."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)

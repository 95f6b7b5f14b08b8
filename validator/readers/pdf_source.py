"""PDFium's view of a file: characters, ruled lines and pictures of each page, in points from the page's top left as it is shown."""

from __future__ import annotations

import ctypes
import math
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from validator.model import UnreadableError

MAX_BYTES = 64 * 2**20
MAX_PAGES = 400
MAX_CHARS = 30_000  # of one page; the densest table has some three thousand
_MAX_OBJECTS = 20_000  # of one page that are looked at for rules
_MAX_RULES = 3_000
_MAX_FORMS = 4  # levels of drawings within drawings
_PASSWORD, _SECURITY = 4, 5  # PDFium's error codes
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # PDFium's kinds of objects
_THIN = 3.2  # points; a filled box thinner than this is a ruled line
_TALL = 30.0  # points; the frame of a character this high is checked before it is believed
_LOCK = threading.Lock()  # PDFium runs in one thread at a time

#: A printed character and the box of its type: text, x0, top, x1, bottom. A bare tuple, for there are thousands.
Char = tuple[str, float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


class Box(NamedTuple):
    """A rectangle: x grows to the right, top and bottom downwards."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(kw_only=True, slots=True)
class Page:
    """What is printed on a page."""

    number: int  # 1-based
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    garbled: int = 0  # characters whose font does not say what they are


def pages(data: bytes, seconds: float) -> list[Page]:
    """The pages in order. ModuleNotFoundError where pypdfium2 is not installed.

    Raises UnreadableError: damaged, encrypted, too-many-blocks, time-limit (looked at after each page).
    """
    import pypdfium2  # noqa: F401 -- importing it starts the library
    import pypdfium2.raw as pdfium

    until = time.monotonic() + seconds
    with _LOCK:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            code = pdfium.FPDF_GetLastError()
            raise UnreadableError("encrypted" if code in (_PASSWORD, _SECURITY) else "damaged", format="pdf")
        try:
            count = pdfium.FPDF_GetPageCount(document)
            if count > MAX_PAGES:
                raise UnreadableError("too-many-blocks", count=count, limit=MAX_PAGES)
            found = []
            for index in range(count):
                found.append(_page(pdfium, document, index))
                if time.monotonic() > until:
                    raise UnreadableError("time-limit", format="pdf")
            return found
        finally:
            pdfium.FPDF_CloseDocument(document)


def _page(pdfium: Any, document: Any, index: int) -> Page:
    """One page. Where one cannot be loaded the whole file is damaged: a report must not be judged by the rest of it."""
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        raise UnreadableError("damaged", format="pdf")
    try:
        view = _View(pdfium, handle)
        page = Page(number=index + 1, width=view.width, height=view.height)
        _read_chars(pdfium, handle, view, page)
        _Drawing(pdfium, view, page).read(handle)
        return page
    finally:
        pdfium.FPDF_ClosePage(handle)


class _View:
    """From the page's own coordinates (upwards, unturned, from anywhere) to what is shown."""

    def __init__(self, pdfium: Any, handle: Any) -> None:
        frame = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(handle, frame):
            frame.left, frame.bottom, frame.right, frame.top = 0, 0, 595, 842
        self.left, self.bottom, self.right, self.top = frame.left, frame.bottom, frame.right, frame.top
        self.turn = pdfium.FPDFPage_GetRotation(handle) % 4
        wide, high = abs(self.right - self.left), abs(self.top - self.bottom)
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

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


def _read_chars(pdfium: Any, handle: Any, view: _View, page: Page) -> None:
    """The characters in the order in which they are drawn; the spaces that PDFium thinks up have no size and are left out."""
    text = pdfium.FPDFText_LoadPage(handle)
    if not text:
        return
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MAX_CHARS:
            raise UnreadableError("too-many-blocks", count=count, limit=MAX_CHARS)
        frame = pdfium.FS_RECTF()
        loose, keep = pdfium.FPDFText_GetLooseCharBox, page.chars.append
        left, top, plain = view.left, view.top, view.turn == 0
        for index, code in enumerate(_codes(pdfium, text, count)):
            if code in (0x0D, 0x0A) or not loose(text, index, frame):
                continue
            high = frame.top - frame.bottom
            if high == 0:
                continue
            if high > _TALL or high < 0 or not math.isfinite(high + frame.left + frame.right):
                if not _true_box(pdfium, text, index, frame):
                    continue
            char = chr(code) if 0x20 <= code < 0x2E80 and code != 0xAD or 0x3000 <= code < 0xD800 else _unusual(code, page)
            if char:
                if plain:
                    keep((char, frame.left - left, top - frame.top, frame.right - left, top - frame.bottom))
                else:
                    keep((char, *view.box(frame.left, frame.bottom, frame.right, frame.top)))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _codes(pdfium: Any, text: Any, count: int) -> Sequence[int]:
    """The code of each character: all at once, or one by one where some take two units."""
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, units) == count + 1:
        return units[:count]
    return [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]


def _unusual(code: int, page: Page) -> str:
    """A character that fonts give in place of another: the radical ⼀ for 一, U+0002 for a hyphen; '' for none."""
    if code in (0x02, 0xAD):
        return "-"
    if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or 0xE000 <= code < 0xF900:
        page.garbled += 1
        return "\ufffd"
    if 0x2E80 <= code < 0x3000 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", chr(code))
    if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    return chr(code)


def _true_box(pdfium: Any, text: Any, index: int, frame: Any) -> bool:
    """Put right the frame of a very high character: fonts for vertical setting give wrong ones. False for text that runs aslant."""
    angle = pdfium.FPDFText_GetCharAngle(text, index) % (math.pi / 2)
    if min(angle, math.pi / 2 - angle) > 0.05:
        return False
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return False
    wide, high = right.value - left.value, top.value - bottom.value
    if not all(map(math.isfinite, (wide, high, left.value, top.value))):
        return False
    if abs(frame.top - frame.bottom) > 4 * max(wide, high, 1.0) or frame.top < frame.bottom:
        frame.left, frame.right, frame.bottom, frame.top = left.value, right.value, bottom.value, max(top.value, bottom.value + 1)
    return True


class _Drawing:
    """Reads the ruled lines and pictures of a page, also out of drawings within it."""

    def __init__(self, pdfium: Any, view: _View, page: Page) -> None:
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
        pdfium, points, begin = self._pdfium, [], (0.0, 0.0)
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

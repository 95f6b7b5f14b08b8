"""Bytes → pages, by PDFium: one thread at a time, within limits, nothing but the bytes given."""

from __future__ import annotations

import ctypes
import math
import threading
import time
import unicodedata
from collections.abc import Sequence
from typing import Any

from validator.base.limits import BUILT_IN
from validator.model import UnreadableError
from validator.readers.pdf.annotations import Fields
from validator.readers.pdf.drawing import PageDrawing
from validator.readers.pdf.fonts import supply
from validator.readers.pdf.low_fonts import LowFonts
from validator.readers.pdf.page import PdfPage, View
from validator.readers.pdf.signs import UNKNOWN, Signs
from validator.readers.pdf.strikes import find_struck
from validator.readers.pdf.visibility import Turned, VisibleText, set_aside_off_page
from validator.readers.pdf.watermarks import set_aside_watermarks

MAX_CHARS = 30_000  # of one page; the densest table has some three thousand
_PASSWORD, _SECURITY = 4, 5  # PDFium's error codes
_TALL = 30.0  # points; the frame of a character this high is checked before it is believed
_ALIKE = 0.01  # points; boxes of one font and size are as high to that
_LOCK = threading.Lock()  # PDFium runs in one thread at a time


def pages(data: bytes, seconds: float, signs: Signs = UNKNOWN, most: int = BUILT_IN.pages) -> tuple[list[PdfPage], int]:
    """The first `most` pages in order, and how many come after them; `signs`: what its bytes show of it.

    Raises UnreadableError: damaged, encrypted, too-many-blocks, time-limit (looked at after each page); ModuleNotFoundError where
    pypdfium2 is not installed.
    """
    import pypdfium2  # noqa: F401 -- importing it starts the library
    import pypdfium2.raw as pdfium

    until = time.monotonic() + seconds
    with _LOCK:
        supply(pdfium)
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            code = pdfium.FPDF_GetLastError()
            raise UnreadableError("encrypted" if code in (_PASSWORD, _SECURITY) else "damaged", format="pdf")
        fields = Fields(pdfium=pdfium, document=document)
        try:
            count = pdfium.FPDF_GetPageCount(document)
            result: list[PdfPage] = []
            reader = _PageReader(pdfium, document, fields, signs)
            for index in range(min(count, most)):
                result += reader.read(index)
                if time.monotonic() > until:
                    raise UnreadableError("time-limit", format="pdf")
        finally:
            fields.close()
            pdfium.FPDF_CloseDocument(document)
    set_aside_watermarks(result)
    for page in result:
        find_struck(page)
    return result, max(0, count - most)


class _PageReader:
    """Reads one page after the other."""

    def __init__(self, pdfium: Any, document: Any, fields: Fields, signs: Signs) -> None:
        self._pdfium = pdfium
        self._document = document
        self._fields = fields
        self._signs = signs

    def read(self, index: int) -> list[PdfPage]:
        """A page; two where a part of it lies on its side.

        Where one cannot be loaded the whole file is damaged: a report must not be judged by the rest of it.
        """
        handle = self._load(index)
        try:
            comments = PdfPage(number=index + 1, width=0, height=0)
            if self._fields.settle(handle, index, comments):
                self._pdfium.FPDF_ClosePage(handle)
                handle = None
                handle = self._load(index)
            page, turned = self._page(handle, index, 0, False)
            base = 0
            if turned and turned.whole:
                base = turned.by
                page, turned = self._page(handle, index, base, False)
            result = [page]
            if turned and not turned.whole:
                result.append(self._page(handle, index, base + turned.by, True)[0])
            page.comments = comments.comments
            return result
        finally:
            if handle:
                self._pdfium.FPDF_ClosePage(handle)

    def _load(self, index: int) -> Any:
        handle = self._pdfium.FPDF_LoadPage(self._document, index)
        if not handle:
            raise UnreadableError("damaged", format="pdf")
        return handle

    def _page(self, handle: Any, index: int, turn: int, alone: bool) -> tuple[PdfPage, Turned | None]:
        """The page turned by quarters from how it is shown, and whether its text, or some of it, runs in another direction.

        `alone`: of the characters those that run upright then, and nothing else.
        """
        pdfium = self._pdfium
        view = View(pdfium, handle, turn)
        page = PdfPage(number=index + 1, width=view.width, height=view.height, turn=turn % 4)
        drawing = PageDrawing(pdfium, view, page, self._signs)
        drawing.read(handle)
        turned, unseen = self._chars(handle, page, view, drawing, alone)
        if turned and turned.whole and turn == 0:
            return page, turned
        if unseen:  # of equal characters printed over each other PDFium gives one, perhaps an unseen one: read again without those
            hidden = page.hidden
            page.chars, page.hidden, page.garbled = [], {}, 0
            for item in unseen:
                pdfium.FPDFPageObj_SetIsActive(item, 0)
            self._chars(handle, page, view, drawing, alone)
            for kind, chars in page.hidden.items():
                hidden.setdefault(kind, []).extend(char for char in chars if char not in hidden[kind])
            page.hidden = hidden
        set_aside_off_page(page)
        if alone:
            page.hidden.clear()
            page.pictures.clear()
        else:
            self._fields.add(index, page, view)
        return page, turned

    def _chars(self, handle: Any, page: PdfPage, view: View, drawing: PageDrawing, alone: bool) -> tuple[Turned | None, list[Any]]:
        """Read the characters of a page; how they are turned, and what of the drawn is not seen at all."""
        text = self._pdfium.FPDFText_LoadPage(handle)
        if not text:
            return None, []
        try:
            indexes = _read_chars(self._pdfium, text, view, page)
            if not drawing.odd:
                return None, []
            sorter = VisibleText(self._pdfium, view, page, drawing, self._signs)
            return sorter.sort(self._document, handle, text, indexes, alone), sorter.unseen
        finally:
            self._pdfium.FPDFText_ClosePage(text)


def _read_chars(pdfium: Any, text: Any, view: View, page: PdfPage) -> list[int]:
    """The characters in the order in which they are drawn; the spaces that PDFium thinks up have no size and are left out.

    Returns PDFium's number of each.
    """
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_CHARS:
        raise UnreadableError("too-many-blocks", count=count, limit=MAX_CHARS)
    frame = pdfium.FS_RECTF()
    indexes: list[int] = []
    loose, keep, note = pdfium.FPDFText_GetLooseCharBox, page.chars.append, indexes.append
    left, top, plain = view.left, view.top, view.turn == 0
    mend, before, low = LowFonts(pdfium, text).mend, 0.0, False
    for index, code in enumerate(_codes(pdfium, text, count)):
        if code in (0x0D, 0x0A) or not loose(text, index, frame):
            continue
        high = frame.top - frame.bottom
        if high == 0:
            continue
        if high > _TALL or high < 0 or not math.isfinite(high + frame.left + frame.right):
            if not _true_box(pdfium, text, index, frame):
                continue
        if low or abs(high - before) > _ALIKE:
            before, low = high, mend(index, frame)
        char = chr(code) if 0x20 <= code < 0x2E80 and code != 0xAD or 0x3000 <= code < 0xD800 else _char_of_code(code, page)
        if char:
            note(index)
            if plain:
                keep((char, frame.left - left, top - frame.top, frame.right - left, top - frame.bottom))
            else:
                keep((char, *view.box(frame.left, frame.bottom, frame.right, frame.top)))
    return indexes


def _codes(pdfium: Any, text: Any, count: int) -> Sequence[int]:
    """The code of each character: all at once, or one by one where some take two units."""
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, units) == count + 1:
        return units[:count]
    return [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]


def _char_of_code(code: int, page: PdfPage) -> str:
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

"""Bytes → pages, by PDFium: one thread at a time, within limits, nothing but the bytes given."""

from __future__ import annotations

import ctypes
import math
import threading
import time
import unicodedata
from collections.abc import Sequence
from typing import Any

from validator.model import UnreadableError
from validator.readers.pdf.drawing import Drawing
from validator.readers.pdf.fonts import supply
from validator.readers.pdf.page import Page, View

MAX_BYTES = 64 * 2**20
MAX_PAGES = 400
MAX_CHARS = 30_000  # of one page; the densest table has some three thousand
_PASSWORD, _SECURITY = 4, 5  # PDFium's error codes
_TALL = 30.0  # points; the frame of a character this high is checked before it is believed
_LOCK = threading.Lock()  # PDFium runs in one thread at a time


def pages(data: bytes, seconds: float) -> list[Page]:
    """The pages in order. ModuleNotFoundError where pypdfium2 is not installed.

    Raises UnreadableError: damaged, encrypted, too-many-blocks, time-limit (looked at after each page).
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
        view = View(pdfium, handle)
        page = Page(number=index + 1, width=view.width, height=view.height)
        _read_chars(pdfium, handle, view, page)
        Drawing(pdfium, view, page).read(handle)
        return page
    finally:
        pdfium.FPDF_ClosePage(handle)


def _read_chars(pdfium: Any, handle: Any, view: View, page: Page) -> None:
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

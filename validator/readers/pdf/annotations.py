"""What lies upon a page of a PDF: form fields, notes written on it, lines drawn over it; made part of the page where readers see it there.

Notes that open when they are clicked are no text of the page; stamps are none either.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

from validator.readers.pdf.page import PdfPage, View

_WRITTEN = 3  # PDFium's kinds: a note written on the page (FreeText)
_DRAWN = (4, 5, 6, 7, 8, 10, 11, 12, 15)  # lines, boxes, rings, polygons, underlines, lines through text, ink
_CLICKED = 1  # a note that opens
_FIELD = 20
_BUTTONS, _CHECKED, _LISTED = (1, 2, 3), (2, 3), 5  # PDFium's kinds of fields: buttons, those that are ticked, lists
_UNSEEN = 0x02 | 0x20  # flags: hidden, not for view
_MOST = 4_000  # of one page
_TICK = "√"


@dataclass(kw_only=True, slots=True)
class Fields:
    """The form fields of a document; PDFium's handle for them is opened when the first one is met."""

    pdfium: Any
    document: Any
    _settings: Any = None
    _handle: Any = None
    _written: dict[int, list[tuple[str, tuple[float, float, float, float]]]] = field(default_factory=dict)

    def close(self) -> None:
        """Free what PDFium allocated for the fields."""
        if self._handle:
            self.pdfium.FPDFDOC_ExitFormFillEnvironment(self._handle)
            self._handle = None

    def settle(self, handle: Any, index: int, page: PdfPage) -> bool:
        """Make what is seen upon a page part of it; False where there is nothing: else the page must be loaded anew."""
        pdfium = self.pdfium
        count = pdfium.FPDFPage_GetAnnotCount(handle)
        if not 0 < count <= _MOST:
            return False
        kinds = [self._kind(handle, place) for place in range(count)]
        page.comments = kinds.count(_CLICKED)
        if not any(kind in (_WRITTEN, _FIELD, *_DRAWN) for kind in kinds):
            return False
        self._open()
        if self._handle:
            pdfium.FORM_OnAfterLoadPage(handle, self._handle)  # makes what shows the value of a field where the file holds none
        drop = [place for place, kind in enumerate(kinds) if kind not in (_WRITTEN, _FIELD, *_DRAWN)]
        drop += [place for place, kind in enumerate(kinds) if kind == _FIELD and self._is_taken(handle, place, index)]
        for place in sorted(drop, reverse=True):
            pdfium.FPDFPage_RemoveAnnot(handle, place)
        if self._handle:
            pdfium.FORM_OnBeforeClosePage(handle, self._handle)
        return bool(pdfium.FPDFPage_Flatten(handle, 0) == 1 or self._written.get(index))

    def add(self, index: int, page: PdfPage, view: View) -> None:
        """Write the ticks and the choices from lists on the page."""
        for text, sides in self._written.get(index, ()):
            box = view.box(*sides)
            step = min((box.x1 - box.x0) / max(len(text), 1), box.bottom - box.top)
            page.chars += [(char, box.x0 + step * at, box.top, box.x0 + step * (at + 1), box.bottom) for at, char in enumerate(text)]

    def _open(self) -> None:
        if self._settings is None:
            self._settings = self.pdfium.FPDF_FORMFILLINFO(version=2)
            self._handle = self.pdfium.FPDFDOC_InitFormFillEnvironment(self.document, self._settings)

    def _kind(self, handle: Any, place: int) -> int:
        note = self.pdfium.FPDFPage_GetAnnot(handle, place)
        if not note:
            return 0
        try:
            return int(self.pdfium.FPDFAnnot_GetSubtype(note))
        finally:
            self.pdfium.FPDFPage_CloseAnnot(note)

    def _is_taken(self, handle: Any, place: int, index: int) -> bool:
        """Whether a field is not to be read as it is drawn: a button, of which the tick counts, and a list, of which the choice does."""
        pdfium = self.pdfium
        note = pdfium.FPDFPage_GetAnnot(handle, place)
        if not note or not self._handle:
            return False
        try:
            kind = pdfium.FPDFAnnot_GetFormFieldType(self._handle, note)
            if kind not in _BUTTONS and kind != _LISTED:
                return False
            text = self._value(note) if kind == _LISTED else ""
            if kind in _CHECKED and pdfium.FPDFAnnot_IsChecked(self._handle, note):
                text = _TICK
            frame = pdfium.FS_RECTF()
            if text and not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN and pdfium.FPDFAnnot_GetRect(note, frame):
                sides = (frame.left, frame.bottom, frame.right, frame.top)
                self._written.setdefault(index, []).append((text, sides))
            return True
        finally:
            pdfium.FPDFPage_CloseAnnot(note)

    def _value(self, note: Any) -> str:
        """The value of a field."""
        units = (ctypes.c_ushort * 200)()
        size = self.pdfium.FPDFAnnot_GetFormFieldValue(self._handle, note, units, ctypes.sizeof(units))
        return bytes(units)[: max(0, min(size, ctypes.sizeof(units)) - 2)].decode("utf-16-le", "replace").strip()

"""Fonts in a file that does not say how high they are: PDFium takes a character's ink for its box, and a comma leaves its line.

LibreOffice 7.4 writes 0 for ascent and descent; PDFium makes up both of two characters of the subset, whichever they are.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

_HIGH, _DEEP = 600.0, -100.0  # thousandths of the size; every font that is well described goes up and down at least so far
_ASCENT, _DESCENT = 0.88, 0.12  # of the size, as Song type has them


class LowFonts:
    """The fonts of a page. Whoever reads its characters asks where the height of a box is another than the last: boxes of a font that is
    well described are one as high as the other.
    """

    def __init__(self, pdfium: Any, text: Any) -> None:
        self._pdfium, self._text = pdfium, text
        self._is_low_by_font: dict[int, bool] = {}  # address of a font → whether it is low
        self._object = getattr(pdfium, "FPDFText_GetTextObject", None)  # missing in the oldest PDFium that is supported

    def mend(self, index: int, frame: Any) -> bool:
        """Whether a character is of a low font. The box of one that stands upright is put right: its line's height, not its ink's."""
        if not self._is_low(index):
            return False
        matrix, x, y = self._pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        if not (
            self._pdfium.FPDFText_GetMatrix(self._text, index, matrix) and self._pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        ):
            return True
        size = self._pdfium.FPDFText_GetFontSize(self._text, index) * matrix.d
        if size > 0 and math.isfinite(size + y.value) and abs(matrix.b) + abs(matrix.c) < 0.01 * matrix.d:
            frame.bottom, frame.top = y.value - _DESCENT * size, y.value + _ASCENT * size
        return True

    def _is_low(self, index: int) -> bool:
        font = self._pdfium.FPDFTextObj_GetFont(self._object(self._text, index)) if self._object else None
        if not font:
            return False
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._is_low_by_font:
            ascent, descent = ctypes.c_float(), ctypes.c_float()
            has_heights = self._pdfium.FPDFFont_GetAscent(font, 1000, ascent) and self._pdfium.FPDFFont_GetDescent(font, 1000, descent)
            self._is_low_by_font[key] = bool(has_heights) and (ascent.value < _HIGH or descent.value > _DEEP)
        return self._is_low_by_font[key]

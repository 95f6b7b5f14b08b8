"""Watermarks and seals in colours of their own: characters that stand across the text, and all on the document's pages like them."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from validator.readers.pdf.drawing import Area
from validator.readers.pdf.page import Box, Char, ColouredPiece, PdfPage
from validator.readers.pdf.text_runs import Colour, TextRun, WorkLimit

_PALE = 150  # of 255


class ColouredText:
    """Puts coloured characters that stand together into pieces, and tells which of them are foreign to what they stand in."""

    def __init__(
        self, pdfium: Any, areas: Sequence[Area], page: PdfPage, coloured: Sequence[tuple[Char, TextRun]], work: WorkLimit
    ) -> None:
        self._work = work
        self._page = page
        self._coloured = coloured
        self._rings = list(_rings(pdfium, areas))
        self._plumb = [rule for rule in page.rules if rule.x1 - rule.x0 < rule.bottom - rule.top]
        self._rows = sorted([((char[2] + char[4]) / 2, char) for char in page.chars])
        self._colour = {char: run.colour for char, run in coloured}

    def pieces(self) -> Iterator[ColouredPiece]:
        """Characters of one colour and size side by side."""
        groups: dict[tuple[Colour, int], list[Char]] = {}
        for char, run in self._coloured:
            groups.setdefault((run.colour, round(char[4] - char[2])), []).append(char)
        for (colour, size), chars in groups.items():
            chars.sort(key=lambda char: (round((char[2] + char[4]) / 4), char[1]))
            piece: list[Char] = []
            for char in chars:
                if piece and not (abs(char[2] - piece[-1][2]) < 2 and -1 <= char[1] - piece[-1][3] < 0.35 * max(size, 1)):
                    yield self._piece(piece, colour, size)
                    piece = []
                piece.append(char)
            if piece:
                yield self._piece(piece, colour, size)

    def _piece(self, chars: list[Char], colour: Colour, size: int) -> ColouredPiece:
        key: tuple[object, ...] = (colour, size) if min(colour) >= _PALE else (colour, "".join(char[0] for char in chars))
        return ColouredPiece(chars=chars, key=key, foreign=self._is_foreign(chars, colour))

    def _is_foreign(self, chars: list[Char], colour: Colour) -> bool:
        """Whether a piece crosses other text or a border, or stands in a ring of its colour."""
        x0, x1 = min(char[1] for char in chars), max(char[3] for char in chars)
        top, bottom = min(char[2] for char in chars), max(char[4] for char in chars)
        y = (top + bottom) / 2
        self._work.spend(len(self._plumb) + len(self._rings))
        if any(x0 + 2 < rule.x0 and rule.x1 < x1 - 2 and rule.top < y < rule.bottom for rule in self._plumb):
            return True
        if any(shade == colour and ring.x0 < (x0 + x1) / 2 < ring.x1 and ring.top < y < ring.bottom for ring, shade in self._rings):
            return True
        return any(self._meets(char, colour) for char in chars)

    def _meets(self, char: Char, colour: Colour) -> bool:
        """Whether a character stands upon one of another colour."""
        _, x0, top, x1, bottom = char
        reach = (bottom - top) / 2 + 12
        y = (top + bottom) / 2
        low, high = bisect_left(self._rows, (y - reach,)), bisect_right(self._rows, (y + reach,))
        self._work.spend(high - low)
        for middle, other in self._rows[low:high]:
            if self._colour.get(other) == colour:
                continue
            x = (other[1] + other[3]) / 2
            if x0 < x < x1 and top < middle < bottom or other[1] < (x0 + x1) / 2 < other[3] and other[2] < y < other[4]:
                return True
        return False


def _rings(pdfium: Any, areas: Sequence[Area]) -> Iterator[tuple[Box, Colour]]:
    """The round outlines on the page, with their colours."""
    shade = [ctypes.c_uint() for _ in range(4)]
    for area in areas:
        if area.picture or pdfium.FPDFPath_CountSegments(area.item) < 8:
            continue
        kinds = [
            pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(area.item, at))
            for at in range(min(pdfium.FPDFPath_CountSegments(area.item), 40))
        ]
        if sum(kind == pdfium.FPDF_SEGMENT_BEZIERTO for kind in kinds) * 2 < len(kinds):
            continue
        get = pdfium.FPDFPageObj_GetFillColor if area.filled else pdfium.FPDFPageObj_GetStrokeColor
        if get(area.item, *shade):
            yield area.box, (shade[0].value, shade[1].value, shade[2].value)


def set_aside_watermarks(pages: Sequence[PdfPage]) -> None:
    """Remove the coloured characters of watermarks and seals: pieces that cross the text or a border, and all pieces with the same key."""
    keys = {piece.key for page in pages for piece in page.coloured if piece.foreign}
    for page in pages:
        aside = {char for piece in page.coloured if piece.key in keys for char in piece.chars}
        if aside:
            page.chars = [char for char in page.chars if char not in aside]

"""Parts of a page that are switched off as the file opens: found by painting the characters in question, and them alone."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validator.readers.pdf.drawing import TextItem, shown_box
from validator.readers.pdf.page import Box, View

_TEXT, _FORM = 1, 5  # PDFium's kinds of objects
_DEEP = 4
_NEAR = 400  # characters' objects side by side that are held against each other
_DOUBLES = 40  # characters upon each other that are painted one by one
_INK = 200  # of 255; paper is lighter


def switched_off(pdfium: Any, handle: Any, texts: Sequence[TextItem]) -> set[int]:
    """The addresses of characters' objects that leave no ink though they are drawn in black, alone on white paper.

    A file tells in many ways what is switched on (groups, lists of groups, expressions); PDFium knows them all when it paints a page, and
    tells of none of them. Blanks leave no ink either: they are no loss.
    """
    suspects = [text for text in texts if text.outer is not None or pdfium.FPDFPageObj_CountMarks(text.item) > 0]
    if not suspects:
        return set()
    chosen = {ctypes.addressof(text.item.contents) for text in suspects}
    others = [item for item in _objects(pdfium, handle) if ctypes.addressof(item.contents) not in chosen]
    shades = [_blacken(pdfium, text) for text in suspects]
    for item in others:
        pdfium.FPDFPageObj_SetIsActive(item, 0)
    try:
        paper = _PaintedPage(pdfium, handle)
        boxes = {ctypes.addressof(text.item.contents): paper.box(text) for text in suspects}
        off = {address for address, box in boxes.items() if not paper.has_ink(box)}
        inked = {address: box for address, box in boxes.items() if address not in off and box is not None}
        for address in sorted(_overlapping(inked))[:_DOUBLES]:  # of two printed over each other, the ink may be the other's
            for text in suspects:
                pdfium.FPDFPageObj_SetIsActive(text.item, ctypes.addressof(text.item.contents) == address)
            paper.paint(pdfium, handle)
            if not paper.has_ink(inked[address]):
                off.add(address)
        return off
    finally:
        for item in (*others, *(text.item for text in suspects)):
            pdfium.FPDFPageObj_SetIsActive(item, 1)
        for text, shade in zip(suspects, shades, strict=True):
            pdfium.FPDFPageObj_SetFillColor(text.item, *shade)


def _overlapping(boxes: Mapping[int, Box]) -> set[int]:
    """Those that stand upon each other."""
    addresses: set[int] = set()
    under_way: list[tuple[int, Box]] = []
    for address, box in sorted(boxes.items(), key=lambda pair: pair[1].top):
        under_way = [(other, above) for other, above in under_way[-_NEAR:] if above.bottom > box.top]
        for other, above in under_way:
            if _overlap(above, box):
                addresses.update((address, other))
        under_way.append((address, box))
    return addresses


def _overlap(first: Box, second: Box) -> bool:
    """Whether two boxes overlap."""
    return min(first.x1, second.x1) - max(first.x0, second.x0) > 0.5 and min(first.bottom, second.bottom) - max(first.top, second.top) > 1


def _objects(pdfium: Any, handle: Any) -> Iterator[Any]:
    """All objects but drawings within drawings, which hold others."""
    waiting = [(pdfium.FPDFPage_GetObject(handle, index), 0) for index in range(min(pdfium.FPDFPage_CountObjects(handle), 20_000))]
    while waiting:
        item, depth = waiting.pop()
        if pdfium.FPDFPageObj_GetType(item) == _FORM and depth < _DEEP:
            waiting += [(pdfium.FPDFFormObj_GetObject(item, index), depth + 1) for index in range(pdfium.FPDFFormObj_CountObjects(item))]
        else:
            yield item


def _blacken(pdfium: Any, text: TextItem) -> tuple[int, int, int, int]:
    """Make characters black; their colour as it was."""
    shade = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(text.item, *shade)
    pdfium.FPDFPageObj_SetFillColor(text.item, 0, 0, 0, 255)
    red, green, blue, cover = (value.value for value in shade)
    return red, green, blue, cover


class _PaintedPage:
    """The page as it is painted, a pixel a point."""

    def __init__(self, pdfium: Any, handle: Any) -> None:
        self._view = View(pdfium, handle)
        self._wide, self._high = (max(1, min(2000, round(side))) for side in (self._view.width, self._view.height))
        self._get_bounds = pdfium.FPDFPageObj_GetBounds
        self.paint(pdfium, handle)

    def paint(self, pdfium: Any, handle: Any) -> None:
        """Paint the page as it is now."""
        bitmap = pdfium.FPDFBitmap_Create(self._wide, self._high, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self._wide, self._high, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, self._wide, self._high, 0, 0)
            self._stride = pdfium.FPDFBitmap_GetStride(bitmap)
            self._data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), self._stride * self._high)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def box(self, text: TextItem) -> Box | None:
        """Where characters stand on the paper."""
        sides = [ctypes.c_float() for _ in range(4)]
        if not self._get_bounds(text.item, *sides):
            return None
        return shown_box(self._view, text.outer, *(side.value for side in sides))

    def has_ink(self, box: Box | None) -> bool:
        """Whether anything is painted there; what stands off the paper is left to others to tell."""
        if box is None:
            return True
        left, right = max(0, int(box.x0) - 1), min(self._wide, int(box.x1) + 2)
        top, bottom = max(0, int(box.top) - 1), min(self._high, int(box.bottom) + 2)
        if left >= right or top >= bottom:
            return True
        rows = (self._data[row * self._stride + 4 * left : row * self._stride + 4 * right] for row in range(top, bottom))
        return any(min(row, default=255) < _INK for row in rows)

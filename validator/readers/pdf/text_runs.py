"""How the characters of a page are drawn: colour, direction, clip, layer, font; all that are drawn at once are one run."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from validator.model import UnreadableError
from validator.readers.pdf.drawing import Area, Matrix, PageDrawing, TextItem, combine, moved
from validator.readers.pdf.layers import switched_off
from validator.readers.pdf.page import Box, View
from validator.readers.pdf.signs import Signs

Colour = tuple[int, int, int]
_FAINT = 20  # of 255: what covers less of its ground than this is not seen
_MOST = 6_000_000  # comparisons for one page; one of a report costs some thousands
_TILT = math.radians(3)
_UNSEEN, _CLIPPING, _OUTLINED = 3, 7, (1, 5)  # ways of drawing characters


@dataclass(kw_only=True, slots=True)
class TextRun:
    """Characters drawn at once, and how."""

    item: Any
    order: int
    colour: Colour
    hidden: str = ""  # why none of them is seen
    direction: int | None = 0  # quarter turns to the left in which they run; None: aslant
    mirrored: bool = False
    clip: Box | None = None
    unmapped: bool = False
    replaced: bool = False
    places: list[int] = field(default_factory=list)  # in the page's characters


class WorkLimit:
    """Comparisons that a page may cost: a page made to stall its reader is given up, never half looked at."""

    def __init__(self) -> None:
        self._left = _MOST

    def spend(self, count: int) -> None:
        """Raises UnreadableError (time-limit) where it was too much."""
        self._left -= count
        if self._left < 0:
            raise UnreadableError("time-limit", format="pdf")


class RunReader:
    """Reads the runs of one page."""

    def __init__(
        self, pdfium: Any, view: View, drawing: PageDrawing, texts: Sequence[TextItem], areas: Sequence[Area], signs: Signs
    ) -> None:
        self.pdfium = pdfium
        self.view = view
        self.drawing = drawing
        self._signs = signs
        self._shade = [ctypes.c_uint() for _ in range(4)]
        self._texts, self.areas = texts, areas

    def owners(self, handle: Any, text: Any, indexes: Sequence[int]) -> list[TextRun | None]:
        """The run of each character."""
        runs = {ctypes.addressof(item.item.contents): self._run(item) for item in self._texts}
        if self._signs.layers:
            for address in switched_off(self.pdfium, handle, self._texts) & runs.keys():
                runs[address].hidden = runs[address].hidden or "layer"
        owners: list[TextRun | None] = []
        of = self.pdfium.FPDFText_GetTextObject
        for place, index in enumerate(indexes):
            item = of(text, index)
            run = runs.get(ctypes.addressof(item.contents)) if item else None
            if run is not None:
                run.places.append(place)
            owners.append(run)
        return owners

    def _run(self, text: TextItem) -> TextRun:
        """How a run is drawn."""
        pdfium, item = self.pdfium, text.item
        shade = self.painted(item, pdfium.FPDFPageObj_GetFillColor)
        run = TextRun(item=item, order=text.order, colour=shade[0] if shade else (0, 0, 0))
        if shade and shade[1] < _FAINT:
            run.hidden = "hidden"
        if self._signs.modes:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
            if mode == _UNSEEN or mode == _CLIPPING and not self._shines_through(text.order):
                run.hidden = "hidden"
            elif mode in _OUTLINED and (shade := self.painted(item, pdfium.FPDFPageObj_GetStrokeColor)):
                run.colour = shade[0]
                run.hidden = "hidden" if shade[1] < _FAINT else ""
        matrix = combine(self.drawing.matrix(item), text.outer)
        run.direction = self._direction(matrix)
        run.mirrored = matrix[0] * matrix[3] < matrix[1] * matrix[2]
        if self._signs.clips or text.outer is not None:
            run.clip = self._clip(item, text.outer)
        if self._signs.unmapped:
            run.unmapped = self._font(item) in self._signs.unmapped
        if self._signs.replaced:
            run.replaced = self._is_replaced(item)
        return run

    def painted(self, item: Any, get: Any) -> tuple[Colour, int] | None:
        """The colour in which something stands on white paper, and how much it covers; None for patterns."""
        red, green, blue, alpha = self._shade
        if not get(item, red, green, blue, alpha):
            return None
        part = alpha.value / 255
        mixed = [round(value * part + 255 * (1 - part)) for value in (red.value, green.value, blue.value)]
        return (mixed[0], mixed[1], mixed[2]), alpha.value

    def _shines_through(self, order: int) -> bool:
        """Whether what follows a run that only clips is a picture or surface, which is then seen in its letters."""
        return any(area.filled and area.order == order + 1 for area in self.areas)

    def _direction(self, matrix: Matrix) -> int | None:
        """The quarter turns to the left in which characters run as shown; None where they run aslant."""
        angle = math.atan2(matrix[1], matrix[0]) if matrix[0] or matrix[1] else 0.0
        turns = round(angle / (math.pi / 2))
        return None if abs(angle - turns * math.pi / 2) > _TILT else (turns - self.view.turn) % 4

    def _clip(self, item: Any, outer: Matrix | None) -> Box | None:
        """The box within which an object is seen; None: it is seen wholly."""
        pdfium = self.pdfium
        path = pdfium.FPDFPageObj_GetClipPath(item)
        x, y = ctypes.c_float(), ctypes.c_float()
        visible: Box | None = None
        for index in range(max(0, min(pdfium.FPDFClipPath_CountPaths(path), 50))):
            points = []
            for at in range(min(pdfium.FPDFClipPath_CountPathSegments(path, index), 500)):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, index, at), x, y)
                points.append(moved(outer, x.value, y.value))
            if not points:
                return Box(0, 0, 0, 0)
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = self.view.box(min(xs), min(ys), max(xs), max(ys))
            if visible is not None:
                box = Box(max(visible.x0, box.x0), max(visible.top, box.top), min(visible.x1, box.x1), min(visible.bottom, box.bottom))
            visible = box
        return visible

    def _font(self, item: Any) -> str:
        """The name of the font of a run."""
        font, name = self.pdfium.FPDFTextObj_GetFont(item), ctypes.create_string_buffer(256)
        if not font or not self.pdfium.FPDFFont_GetBaseFontName(font, name, 256):
            return ""
        return name.value.decode("latin-1").rpartition("+")[2]  # some come with the mark of a subset: ABCDEF+SimSun

    def _is_replaced(self, item: Any) -> bool:
        """Whether a run bears other characters than its glyphs."""
        pdfium = self.pdfium
        size = ctypes.c_ulong()
        for index in range(min(pdfium.FPDFPageObj_CountMarks(item), 20)):
            mark = pdfium.FPDFPageObj_GetMark(item, index)
            if mark and pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size):
                return True
        return False

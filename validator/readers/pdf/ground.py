"""Which characters of a page something opaque covers, and which are in the colour of their ground."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from validator.readers.pdf.drawing import Area, Matrix, combine, moved
from validator.readers.pdf.page import Box, Char, PdfPage
from validator.readers.pdf.text_runs import Colour, RunReader, TextRun, WorkLimit

WHITE: Colour = (255, 255, 255)
_ALIKE = 26  # of 255: colours no further apart cannot be told from each other
_OPAQUE = 230
_BLACKENED = 100  # of 255: what covers words in a darker colour makes them illegible for all to see
_PIXELS = 16_000_000  # of a picture that is unpacked to see whether it lets the ground through


class GroundReader:
    """Finds what is painted under and over the characters of one page: `runs` of its characters, in places of `page.chars`."""

    def __init__(self, runs: RunReader, page: PdfPage, work: WorkLimit) -> None:
        self._pdfium, self._view, self._areas = runs.pdfium, runs.view, runs.areas
        self._runs, self._page, self._work = runs, page, work

    def mark_unseen(self, owners: Sequence[TextRun | None], kinds: list[str], document: Any, handle: Any) -> None:
        """Mark characters that something opaque covers, and those in the colour of their ground."""
        chars = self._page.chars
        rows = sorted(((char[2] + char[4]) / 2, place) for place, char in enumerate(chars))
        ground: dict[int, Colour | None] = {}
        for area in self._areas:
            if not area.filled:
                continue
            low, high = bisect_left(rows, (area.box.top, -1)), bisect_right(rows, (area.box.bottom, len(chars)))
            self._work.spend(max(0, high - low))
            inside = [
                place
                for _, place in rows[low:high]
                if not kinds[place] and area.box.x0 <= (chars[place][1] + chars[place][3]) / 2 <= area.box.x1
            ]
            under = [place for place in inside if (run := owners[place]) is not None and run.order < area.order]
            over = [place for place in inside if (run := owners[place]) is not None and run.order > area.order]
            if under:
                covered = self._find_covered(area, under, document, handle)
                for place in covered:
                    kinds[place] = "covered"
                if covered and not over and not area.picture and max(self._ground(area) or WHITE) < _BLACKENED:
                    self._page.drawn.append(area.box)  # a cell that it stands in shows it instead of its figure
            if over:
                colour = None if area.picture else self._ground(area)
                for place in self._within(area, over):
                    ground[place] = colour
        for place, run in enumerate(owners):
            if run is None or kinds[place]:
                continue
            colour = ground.get(place, WHITE)
            if colour is not None and max(abs(a - b) for a, b in zip(run.colour, colour, strict=True)) < _ALIKE:
                kinds[place] = "white"

    def _ground(self, area: Area) -> Colour | None:
        """The colour of a surface; None where it has a pattern."""
        shade = self._runs.painted(area.item, self._pdfium.FPDFPageObj_GetFillColor)
        return shade[0] if shade else None

    def _find_covered(self, area: Area, places: list[int], document: Any, handle: Any) -> list[int]:
        """Which of these characters a surface drawn later hides."""
        if area.picture:
            return self._behind_picture(area, places, document, handle)
        shade = self._runs.painted(area.item, self._pdfium.FPDFPageObj_GetFillColor)
        if shade is None or shade[1] < _OPAQUE or self._pdfium.FPDFPageObj_HasTransparency(area.item):
            return []
        return self._within(area, places)

    def _within(self, area: Area, places: list[int]) -> list[int]:
        """Which characters have their middle within a surface's outline; pictures are boxes."""
        if area.picture:
            return places
        matrix = combine(self._runs.drawing.matrix(area.item), area.outer)
        paths = [[self._view.point(*point) for point in points] for points in _outlines(self._pdfium, area.item, matrix)]
        chars = self._page.chars
        self._work.spend(len(places) * sum(map(len, paths)))
        return [
            place for place in places if _is_inside(paths, (chars[place][1] + chars[place][3]) / 2, (chars[place][2] + chars[place][4]) / 2)
        ]

    def _behind_picture(self, area: Area, places: list[int], document: Any, handle: Any) -> list[int]:
        """Which characters a picture drawn later hides: it may let the ground through, as the picture of a seal does."""
        pdfium = self._pdfium
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        if not pdfium.FPDFImageObj_GetImagePixelSize(area.item, wide, high) or wide.value * high.value > _PIXELS:
            return places
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, handle, area.item)
        if not bitmap:
            return places
        try:
            alpha = _Alpha(pdfium, bitmap)
            return [place for place in places if alpha.hides(self._page.chars[place], area.box)]
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)


class _Alpha:
    """How much of what lies under a picture it lets through, by the opacity of its pixels."""

    def __init__(self, pdfium: Any, bitmap: Any) -> None:
        self._wide, self._high = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
        self._stride = pdfium.FPDFBitmap_GetStride(bitmap)
        self._clear = pdfium.FPDFBitmap_GetFormat(bitmap) == pdfium.FPDFBitmap_BGRA
        self._data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), self._stride * self._high) if self._clear else b""

    def hides(self, char: Char, box: Box) -> bool:
        """Whether a picture that fills the box hides a character: nearly all of its ground."""
        if not self._clear:
            return True
        _, x0, top, x1, bottom = char
        wide, high = max(box.x1 - box.x0, 0.1), max(box.bottom - box.top, 0.1)
        left, right = (min(max(int((x - box.x0) / wide * self._wide), 0), self._wide - 1) for x in (x0, x1))
        first, last = (min(max(int((y - box.top) / high * self._high), 0), self._high - 1) for y in (top, bottom))
        pixels = solid = 0
        for row in range(first, last + 1, max(1, (last - first) // 12)):
            line = self._data[row * self._stride + 4 * left + 3 : row * self._stride + 4 * right + 4 : 4]
            pixels += len(line)
            solid += sum(value >= _OPAQUE for value in line)
        return solid >= 0.9 * pixels


def _outlines(pdfium: Any, item: Any, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The parts of a path as corners; of curves the ends and what they bend towards."""
    x, y = ctypes.c_float(), ctypes.c_float()
    outlines: list[list[tuple[float, float]]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(item), 400)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([])
        outlines[-1].append(moved(matrix, x.value, y.value))
    return [points for points in outlines if len(points) > 2]


def _is_inside(paths: Sequence[Sequence[tuple[float, float]]], x: float, y: float) -> bool:
    """Whether a point is within the outline: a ray from it crosses it an odd number of times."""
    odd = False
    for points in paths:
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd

"""Which characters of a page are seen, and which of them are its text: asked for pages alone on which something is drawn in an unusual way.

Seen is what is painted, within the page and its clips, in another colour than its ground, and not covered by what is painted later. Slanted
characters are a watermark's or a seal's and are set aside; coloured ones are noted, for the whole document tells what they belong to.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from validator.model import UnreadableError
from validator.readers.pdf.drawing import DARK, Area, Drawing, Matrix, TextItem, times
from validator.readers.pdf.layers import switched_off
from validator.readers.pdf.page import Box, Char, Coloured, Page, View
from validator.readers.pdf.signs import Signs

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
_ALIKE = 26  # of 255: colours no further apart cannot be told from each other
_FAINT = 20  # of 255: what covers less of its ground than this is not seen
_OPAQUE = 230
_LEFT, _TOP, _RIGHT, _BOTTOM = map(itemgetter, (1, 2, 3, 4))
_MOST = 6_000_000  # comparisons for one page; one of a report costs some thousands
_TILT = math.radians(3)
_SMALL = 2.0  # points: type of this size is a line of dust
_LARGE = 2.2  # times the height of most type
_PALE = 150  # of 255
_BLACKENED = 100  # of 255: what covers words in a darker colour makes them illegible for all to see
_PIXELS = 16_000_000  # of a picture that is unpacked to see whether it lets the ground through
_SIDEWAYS = 40  # characters that run in another direction than the page's are a table of their own
_FIGURES = 8  # digits that a table has at least
_UNSEEN, _CLIPPING, _OUTLINED = 3, 7, (1, 5)  # ways of drawing characters


@dataclass(kw_only=True, slots=True)
class _Run:
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


class Turned(NamedTuple):
    """Text that runs in another direction: by how many quarter turns to the left, and whether most of the page does."""

    by: int
    whole: bool


class _Work:
    """Comparisons that a page may cost: a page made to stall its reader is given up, never half looked at."""

    def __init__(self) -> None:
        self._left = _MOST

    def spend(self, count: int) -> None:
        """Raises UnreadableError (time-limit) where it was too much."""
        self._left -= count
        if self._left < 0:
            raise UnreadableError("time-limit", format="pdf")


class Sorter:
    """Takes the characters of one page apart."""

    def __init__(self, pdfium: Any, view: View, page: Page, drawing: Drawing, signs: Signs) -> None:
        self._pdfium = pdfium
        self._view = view
        self._page = page
        self._drawing = drawing
        self._signs = signs
        self._shade = [ctypes.c_uint() for _ in range(4)]
        self._texts, self._areas = drawing.in_order()
        self._work = _Work()
        self.unseen: list[Any] = []  # what was drawn at once and is not seen, none of it

    def sort(self, document: Any, handle: Any, text: Any, indexes: Sequence[int], alone: bool) -> Turned | None:
        """Leave in the page's characters those that are seen; `alone`: and run upright.

        Returns in which other direction the page runs, or as much of it as makes a table; None: in no other.
        """
        owners = self._owners(handle, text, indexes)
        directions = self._directions(owners)
        turned = None
        if not alone and directions:
            first = max(directions, key=lambda key: directions[key][0])
            if first != 0 and directions[first][0] * 2 > sum(count for count, _ in directions.values()):
                return Turned(first, True)
            aside = [key for key, (count, digits) in directions.items() if key != 0 and count >= _SIDEWAYS and digits >= _FIGURES]
            turned = Turned(aside[0], False) if aside else None
        self._judge(owners, set(directions) - {0} if alone else {turned.by} if turned else set(), document, handle)
        return turned

    def _owners(self, handle: Any, text: Any, indexes: Sequence[int]) -> list[_Run | None]:
        """The run of each character."""
        runs = {ctypes.addressof(item.item.contents): self._run(item) for item in self._texts}
        if self._signs.layers:
            off = switched_off(self._pdfium, handle, self._texts)
            for address in off:
                if address in runs:
                    runs[address].hidden = runs[address].hidden or "layer"
        owners: list[_Run | None] = []
        of = self._pdfium.FPDFText_GetTextObject
        for place, index in enumerate(indexes):
            item = of(text, index)
            run = runs.get(ctypes.addressof(item.contents)) if item else None
            if run is not None:
                run.places.append(place)
            owners.append(run)
        return owners

    def _run(self, text: TextItem) -> _Run:
        """How a run is drawn."""
        pdfium, item = self._pdfium, text.item
        shade = self._painted(item, pdfium.FPDFPageObj_GetFillColor)
        run = _Run(item=item, order=text.order, colour=shade[0] if shade else (0, 0, 0))
        if shade and shade[1] < _FAINT:
            run.hidden = "hidden"
        if self._signs.modes:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
            if mode == _UNSEEN or mode == _CLIPPING and not self._shines_through(text.order):
                run.hidden = "hidden"
            elif mode in _OUTLINED and (shade := self._painted(item, pdfium.FPDFPageObj_GetStrokeColor)):
                run.colour = shade[0]
                run.hidden = "hidden" if shade[1] < _FAINT else ""
        matrix = times(self._drawing.matrix(item), text.outer)
        run.direction = self._direction(matrix)
        run.mirrored = matrix[0] * matrix[3] < matrix[1] * matrix[2]
        if self._signs.clips or text.outer is not None:
            run.clip = self._clip(item, text.outer)
        if self._signs.unmapped:
            run.unmapped = self._font(item) in self._signs.unmapped
        if self._signs.replaced:
            run.replaced = self._is_replaced(item)
        return run

    def _painted(self, item: Any, get: Any) -> tuple[Colour, int] | None:
        """The colour in which something stands on white paper, and how much it covers; None for patterns."""
        red, green, blue, alpha = self._shade
        if not get(item, red, green, blue, alpha):
            return None
        part = alpha.value / 255
        mixed = [round(value * part + 255 * (1 - part)) for value in (red.value, green.value, blue.value)]
        return (mixed[0], mixed[1], mixed[2]), alpha.value

    def _shines_through(self, order: int) -> bool:
        """Whether what follows a run that only clips is a picture or surface, which is then seen in its letters."""
        return any(area.filled and area.order == order + 1 for area in self._areas)

    def _direction(self, matrix: Matrix) -> int | None:
        """The quarter turns to the left in which characters run as shown; None where they run aslant."""
        angle = math.atan2(matrix[1], matrix[0]) if matrix[0] or matrix[1] else 0.0
        turns = round(angle / (math.pi / 2))
        return None if abs(angle - turns * math.pi / 2) > _TILT else (turns - self._view.turn) % 4

    def _clip(self, item: Any, outer: Matrix | None) -> Box | None:
        """The box within which an object is seen; None: it is seen wholly."""
        pdfium = self._pdfium
        path = pdfium.FPDFPageObj_GetClipPath(item)
        x, y = ctypes.c_float(), ctypes.c_float()
        found: Box | None = None
        for index in range(max(0, min(pdfium.FPDFClipPath_CountPaths(path), 50))):
            points = []
            for at in range(min(pdfium.FPDFClipPath_CountPathSegments(path, index), 500)):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, index, at), x, y)
                points.append(_moved(outer, x.value, y.value))
            if not points:
                return Box(0, 0, 0, 0)
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = self._view.box(min(xs), min(ys), max(xs), max(ys))
            if found is None:
                found = box
            else:
                found = Box(max(found.x0, box.x0), max(found.top, box.top), min(found.x1, box.x1), min(found.bottom, box.bottom))
        return found

    def _font(self, item: Any) -> str:
        """The name of the font of a run."""
        font, name = self._pdfium.FPDFTextObj_GetFont(item), ctypes.create_string_buffer(256)
        if not font or not self._pdfium.FPDFFont_GetBaseFontName(font, name, 256):
            return ""
        return name.value.decode("latin-1").rpartition("+")[2]  # PDFium gives the mark of a subset with some kinds of fonts

    def _is_replaced(self, item: Any) -> bool:
        """Whether a run bears other characters than its glyphs."""
        pdfium = self._pdfium
        size = ctypes.c_ulong()
        for index in range(min(pdfium.FPDFPageObj_CountMarks(item), 20)):
            mark = pdfium.FPDFPageObj_GetMark(item, index)
            if mark and pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size):
                return True
        return False

    def _directions(self, owners: Sequence[_Run | None]) -> dict[int, tuple[int, int]]:
        """How many characters that are seen run in each direction, and how many of them are digits."""
        found: dict[int, tuple[int, int]] = {}
        for run in {id(run): run for run in owners if run is not None and not run.hidden}.values():
            if run.direction is not None:
                count, digits = found.get(run.direction, (0, 0))
                here = sum(self._page.chars[place][0].isdigit() for place in run.places)
                found[run.direction] = (count + len(run.places), digits + here)
        return found

    def _judge(self, owners: Sequence[_Run | None], away: set[int], document: Any, handle: Any) -> None:
        """Put each character where it belongs."""
        page = self._page
        kinds = [self._kind(char, run) for char, run in zip(page.chars, owners, strict=True)]
        self._look_under(owners, kinds, document, handle)
        seen = {id(run) for run, kind in zip(owners, kinds, strict=True) if run is not None and not kind}
        self.unseen = list(
            {
                id(run): run.item for run, kind in zip(owners, kinds, strict=True) if run is not None and kind and id(run) not in seen
            }.values()
        )
        kept: list[Char] = []
        coloured: list[tuple[Char, _Run]] = []
        for char, run, kind in zip(page.chars, owners, kinds, strict=True):
            if run is not None and (run.direction is None or run.direction in away):
                continue
            if kind:
                page.hidden.setdefault(kind, []).append(char)
                continue
            if run is not None and run.unmapped and char[0] != "\ufffd":
                page.garbled += 1
                char = ("\ufffd", *char[1:])
            if run is not None and run.replaced and char[0].isdigit():
                page.doubts[char] = "font"
            if run is not None and (run.direction or run.mirrored) and char[0].isdigit():
                page.doubts[char] = "direction"  # 6 and 9 are not told apart upside down
            kept.append(char)
            if run is not None and max(run.colour) > DARK:
                coloured.append((char, run))
        page.chars[:] = kept
        if coloured:
            page.coloured = list(_Colours(self._pdfium, self._areas, page, coloured, self._work).pieces())

    def _kind(self, char: Char, run: _Run | None) -> str:
        """Why a character is not seen, as far as it shows without what is drawn over and under it; '' where it may be seen."""
        _, x0, top, x1, bottom = char
        if run is None:
            return ""
        if run.hidden:
            return run.hidden
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if run.clip and not (run.clip.x0 - 0.5 <= x <= run.clip.x1 + 0.5 and run.clip.top - 0.5 <= y <= run.clip.bottom + 0.5):
            return "clipped"
        return ""

    def _look_under(self, owners: Sequence[_Run | None], kinds: list[str], document: Any, handle: Any) -> None:
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
                covered = self._covered(area, under, document, handle)
                for place in covered:
                    kinds[place] = "covered"
                if covered and not over and not area.picture and max(self._ground(area) or WHITE) < _BLACKENED:
                    self._page.drawn.append(area.box)  # in a cell it is seen in a figure's stead
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
        shade = self._painted(area.item, self._pdfium.FPDFPageObj_GetFillColor)
        return shade[0] if shade else None

    def _covered(self, area: Area, places: list[int], document: Any, handle: Any) -> list[int]:
        """Which of these characters a surface drawn later hides."""
        if area.picture:
            return self._behind_picture(area, places, document, handle)
        shade = self._painted(area.item, self._pdfium.FPDFPageObj_GetFillColor)
        if shade is None or shade[1] < _OPAQUE or self._pdfium.FPDFPageObj_HasTransparency(area.item):
            return []
        return self._within(area, places)

    def _within(self, area: Area, places: list[int]) -> list[int]:
        """Which characters have their middle within a surface's outline; pictures are boxes."""
        if area.picture:
            return places
        matrix = times(self._drawing.matrix(area.item), area.outer)
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
    """How much of its ground a picture lets through."""

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
        seen = solid = 0
        for row in range(first, last + 1, max(1, (last - first) // 12)):
            line = self._data[row * self._stride + 4 * left + 3 : row * self._stride + 4 * right + 4 : 4]
            seen += len(line)
            solid += sum(value >= _OPAQUE for value in line)
        return solid >= 0.9 * seen


class _Colours:
    """Puts coloured characters that stand together into pieces, and tells which of them are foreign to what they stand in."""

    def __init__(self, pdfium: Any, areas: Sequence[Area], page: Page, coloured: Sequence[tuple[Char, _Run]], work: _Work) -> None:
        self._work = work
        self._page = page
        self._coloured = coloured
        self._rings = list(_rings(pdfium, areas))
        self._plumb = [rule for rule in page.rules if rule.x1 - rule.x0 < rule.bottom - rule.top]
        self._rows = sorted([((char[2] + char[4]) / 2, char) for char in page.chars])
        self._colour = {char: run.colour for char, run in coloured}

    def pieces(self) -> Iterator[Coloured]:
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

    def _piece(self, chars: list[Char], colour: Colour, size: int) -> Coloured:
        key: tuple[object, ...] = (colour, size) if min(colour) >= _PALE else (colour, "".join(char[0] for char in chars))
        return Coloured(chars=chars, key=key, foreign=self._is_foreign(chars, colour))

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


def _outlines(pdfium: Any, item: Any, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The parts of a path as corners; of curves the ends and what they bend towards."""
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[list[tuple[float, float]]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(item), 400)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not found:
            found.append([])
        found[-1].append(_moved(matrix, x.value, y.value))
    return [points for points in found if len(points) > 2]


def _moved(matrix: Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _is_inside(paths: Sequence[Sequence[tuple[float, float]]], x: float, y: float) -> bool:
    """Whether a point is within the outline: a ray from it crosses it an odd number of times."""
    odd = False
    for points in paths:
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def set_aside(pages: Sequence[Page]) -> None:
    """Take the coloured characters of watermarks and seals from the pages: what crosses the text once, and all that is like it."""
    keys = {piece.key for page in pages for piece in page.coloured if piece.foreign}
    for page in pages:
        aside = {char for piece in page.coloured if piece.key in keys for char in piece.chars}
        if aside:
            page.chars = [char for char in page.chars if char not in aside]


def lay_bare(page: Page) -> None:
    """Move what stands off the page and what is too small to be seen out of the page's characters; large type upon other text too."""
    chars = page.chars
    if not chars:
        return
    gone: set[Char] = set()
    if (
        min(map(_LEFT, chars)) < 0
        or min(map(_TOP, chars)) < 0
        or max(map(_RIGHT, chars)) > page.width
        or max(map(_BOTTOM, chars)) > page.height
    ):
        gone.update(_put(page, "off-page", [char for char in chars if _is_off(char, page)]))
    heights = [char[4] - char[2] for char in chars]
    if min(heights) < _SMALL:
        gone.update(_put(page, "small", [char for char in chars if _is_small(char) and char not in gone]))
    limit = _LARGE * sorted(heights)[len(heights) // 2]
    if max(heights) > limit:
        gone.update(_large(chars, limit))
    if gone:
        page.chars = [char for char in chars if char not in gone]


def _put(page: Page, kind: str, chars: list[Char]) -> list[Char]:
    """Note characters that are not seen."""
    if chars:
        page.hidden.setdefault(kind, []).extend(chars)
    return chars


def _is_off(char: Char, page: Page) -> bool:
    """Whether the middle of a character is off the page."""
    return not (0 <= char[1] + char[3] <= 2 * page.width and 0 <= char[2] + char[4] <= 2 * page.height)


def _is_small(char: Char) -> bool:
    return char[4] - char[2] < _SMALL and char[3] - char[1] < _SMALL and char[0].isalnum()


def _large(chars: Sequence[Char], limit: float) -> list[Char]:
    """Characters higher than the limit (points) that stand upon lower ones: a watermark in dark type."""
    small = [((x0 + x1) / 2, (top + bottom) / 2) for _, x0, top, x1, bottom in chars if bottom - top <= limit]
    _Work().spend(len(small) * (len(chars) - len(small)))
    return [char for char in chars if char[4] - char[2] > limit and any(char[1] < x < char[3] and char[2] < y < char[4] for x, y in small)]

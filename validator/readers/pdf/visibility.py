"""Which characters of a page are seen, and which of them are its text: asked for pages alone on which something is drawn in an unusual way.

Seen is what is painted, within the page and its clips, in another colour than its ground, and not covered by what is painted later. Slanted
characters are a watermark's or a seal's and are set aside; coloured ones are noted, for the whole document tells what they belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from validator.readers.pdf.drawing import DARK, PageDrawing
from validator.readers.pdf.ground import GroundReader
from validator.readers.pdf.page import Char, PdfPage, View
from validator.readers.pdf.signs import Signs
from validator.readers.pdf.text_runs import RunReader, TextRun, WorkLimit
from validator.readers.pdf.watermarks import ColouredText

_SIDEWAYS = 40  # characters that run in another direction than the page's are a table of their own
_FIGURES = 8  # digits that a table has at least
_LEFT, _TOP, _RIGHT, _BOTTOM = map(itemgetter, (1, 2, 3, 4))
_SMALL = 2.0  # points: smaller type is not legible
_LARGE = 2.2  # times the height of most type


class Turned(NamedTuple):
    """Text that runs in another direction: by how many quarter turns to the left, and whether most of the page does."""

    by: int
    whole: bool


class VisibleText:
    """Tells the characters of one page that are seen and upright from all others."""

    def __init__(self, pdfium: Any, view: View, page: PdfPage, drawing: PageDrawing, signs: Signs) -> None:
        self._pdfium = pdfium
        self._page = page
        texts, self._areas = drawing.in_order()
        self._work = WorkLimit()
        self._runs = RunReader(pdfium, view, drawing, texts, self._areas, signs)
        self._ground = GroundReader(self._runs, page, self._work)
        self.unseen: list[Any] = []  # what was drawn at once and is not seen, none of it

    def sort(self, document: Any, handle: Any, text: Any, indexes: Sequence[int], alone: bool) -> Turned | None:
        """Leave in the page's characters those that are seen; `alone`: and run upright.

        Returns in which other direction the page runs, or as much of it as makes a table; None: in no other.
        """
        owners = self._runs.owners(handle, text, indexes)
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

    def _directions(self, owners: Sequence[TextRun | None]) -> dict[int, tuple[int, int]]:
        """How many characters that are seen run in each direction, and how many of them are digits."""
        counts: dict[int, tuple[int, int]] = {}
        for run in {id(run): run for run in owners if run is not None and not run.hidden}.values():
            if run.direction is not None:
                count, digits = counts.get(run.direction, (0, 0))
                run_digits = sum(self._page.chars[place][0].isdigit() for place in run.places)
                counts[run.direction] = (count + len(run.places), digits + run_digits)
        return counts

    def _judge(self, owners: Sequence[TextRun | None], away: set[int], document: Any, handle: Any) -> None:
        """Put each character where it belongs."""
        page = self._page
        kinds = [self._kind(char, run) for char, run in zip(page.chars, owners, strict=True)]
        self._ground.mark_unseen(owners, kinds, document, handle)
        visible_runs = {id(run) for run, kind in zip(owners, kinds, strict=True) if run is not None and not kind}
        hidden_runs = {id(run): run.item for run, kind in zip(owners, kinds, strict=True) if run is not None and kind}
        self.unseen = [item for run_id, item in hidden_runs.items() if run_id not in visible_runs]
        remaining: list[Char] = []
        coloured: list[tuple[Char, TextRun]] = []
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
            remaining.append(char)
            if run is not None and max(run.colour) > DARK:
                coloured.append((char, run))
        page.chars[:] = remaining
        if coloured:
            page.coloured = list(ColouredText(self._pdfium, self._areas, page, coloured, self._work).pieces())

    def _kind(self, char: Char, run: TextRun | None) -> str:
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


def set_aside_off_page(page: PdfPage) -> None:
    """Move what stands off the page and what is too small to be seen out of the page's characters; large type upon other text too."""
    chars = page.chars
    if not chars:
        return
    unseen: set[Char] = set()
    right, bottom = max(map(_RIGHT, chars)), max(map(_BOTTOM, chars))
    if min(map(_LEFT, chars)) < 0 or min(map(_TOP, chars)) < 0 or right > page.width or bottom > page.height:
        unseen.update(_set_aside(page, "off-page", [char for char in chars if _is_off(char, page)]))
    heights = [char[4] - char[2] for char in chars]
    if min(heights) < _SMALL:
        unseen.update(_set_aside(page, "small", [char for char in chars if _is_small(char) and char not in unseen]))
    limit = _LARGE * sorted(heights)[len(heights) // 2]
    if max(heights) > limit:
        unseen.update(_large(chars, limit))
    if unseen:
        page.chars = [char for char in chars if char not in unseen]


def _set_aside(page: PdfPage, kind: str, chars: list[Char]) -> list[Char]:
    """Note characters that are not seen."""
    if chars:
        page.hidden.setdefault(kind, []).extend(chars)
    return chars


def _is_off(char: Char, page: PdfPage) -> bool:
    """Whether the middle of a character is off the page."""
    return not (0 <= char[1] + char[3] <= 2 * page.width and 0 <= char[2] + char[4] <= 2 * page.height)


def _is_small(char: Char) -> bool:
    return char[4] - char[2] < _SMALL and char[3] - char[1] < _SMALL and char[0].isalnum()


def _large(chars: Sequence[Char], limit: float) -> list[Char]:
    """Characters higher than the limit (points) that stand upon lower ones: a watermark in dark type."""
    small = [((x0 + x1) / 2, (top + bottom) / 2) for _, x0, top, x1, bottom in chars if bottom - top <= limit]
    WorkLimit().spend(len(small) * (len(chars) - len(small)))
    return [char for char in chars if char[4] - char[2] > limit and any(char[1] < x < char[3] and char[2] < y < char[4] for x, y in small)]

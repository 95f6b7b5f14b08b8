"""Characters that nobody sees for where and how large they stand: off the page, tiny, or large type upon other text."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from validator.readers.pdf.page import Char, PdfPage
from validator.readers.pdf.text_runs import WorkLimit

_LEFT, _TOP, _RIGHT, _BOTTOM = map(itemgetter, (1, 2, 3, 4))
_SMALL = 2.0  # points: type of this size is a line of dust
_LARGE = 2.2  # times the height of most type


def set_aside_off_page(page: PdfPage) -> None:
    """Move what stands off the page and what is too small to be seen out of the page's characters; large type upon other text too."""
    chars = page.chars
    if not chars:
        return
    unseen: set[Char] = set()
    if (
        min(map(_LEFT, chars)) < 0
        or min(map(_TOP, chars)) < 0
        or max(map(_RIGHT, chars)) > page.width
        or max(map(_BOTTOM, chars)) > page.height
    ):
        unseen.update(_put(page, "off-page", [char for char in chars if _is_off(char, page)]))
    heights = [char[4] - char[2] for char in chars]
    if min(heights) < _SMALL:
        unseen.update(_put(page, "small", [char for char in chars if _is_small(char) and char not in unseen]))
    limit = _LARGE * sorted(heights)[len(heights) // 2]
    if max(heights) > limit:
        unseen.update(_large(chars, limit))
    if unseen:
        page.chars = [char for char in chars if char not in unseen]


def _put(page: PdfPage, kind: str, chars: list[Char]) -> list[Char]:
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

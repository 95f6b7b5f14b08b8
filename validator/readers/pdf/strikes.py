"""Lines through characters: what is struck out is not read, and no figure beside it.

A line under words stands below their middle, and the border of a cell beside them: neither goes through the middle of a character.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.model import UnreadableError
from validator.readers.pdf.page import Box, Char, PdfPage

_MIDDLE = 0.24  # of a character's height, above and below its middle
_REACH = 8  # points: a line through characters is no further from the middle of any, however large
_LEAST = 3.0  # points: lower characters are dashes
_MOST = 20_000_000  # comparisons at most; a page made to stall its reader is given up
_OVERLAP = 0.6  # of a character's width


def find_struck(page: PdfPage) -> None:
    """Note the characters that are struck out and take the lines through them from the rules of the page's tables."""
    level = [rule for rule in page.rules if rule.x1 - rule.x0 >= 2.5 * (rule.bottom - rule.top) and rule.x1 - rule.x0 > 2]
    if level:
        _find_level(page, level)
    if page.slants:
        _find_slanted(page)


def _find_level(page: PdfPage, level: Sequence[Box]) -> None:
    rows: dict[int, list[Char]] = {}
    for char in page.chars:
        rows.setdefault(int(char[2] + char[4]) >> 1, []).append(char)
    if len(level) * (2 * _REACH + 1) * max(map(len, rows.values()), default=0) > _MOST:
        raise UnreadableError("time-limit", format="pdf")
    struck: dict[Char, None] = {}
    spent: set[int] = set()
    for rule in level:
        y = (rule.top + rule.bottom) / 2
        hit: list[Char] = []
        for key in range(int(y) - _REACH, int(y) + _REACH + 1):
            for char in rows.get(key, ()):
                _, x0, top, x1, bottom = char
                high = bottom - top
                if high >= _LEAST and abs((top + bottom) / 2 - y) <= _MIDDLE * high:
                    if min(x1, rule.x1) - max(x0, rule.x0) >= _OVERLAP * (x1 - x0):
                        hit.append(char)
        if hit:
            struck.update(dict.fromkeys(hit))
            if _belongs(rule, hit):
                spent.add(id(rule))
    if struck:
        page.struck += list(struck)
        page.chars = [char for char in page.chars if char not in struck]
        page.rules = [rule for rule in page.rules if id(rule) not in spent]


def _belongs(rule: Box, hit: Sequence[Char]) -> bool:
    """Whether a line is there for the characters, and is no border that a character happens to stand on."""
    size = max(char[4] - char[2] for char in hit)
    covered = sum(min(char[3], rule.x1) - max(char[1], rule.x0) for char in hit)
    return covered + 2 * size >= rule.x1 - rule.x0 or len(hit) >= 3


def _find_slanted(page: PdfPage) -> None:
    """Characters that a slanted stroke goes through: they stay, and no figure is read from them."""
    for char in page.chars:
        _, x0, top, x1, bottom = char
        if char[0].isdigit() and any(_passes(slant, (x0 + x1) / 2, (top + bottom) / 2, (bottom - top) * _MIDDLE) for slant in page.slants):
            page.doubts[char] = "struck"


def _passes(slant: tuple[float, float, float, float], x: float, y: float, near: float) -> bool:
    """Whether a stroke passes a point that near."""
    ax, ay, bx, by = slant
    dx, dy = bx - ax, by - ay
    along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
    return 0 <= along <= 1 and (ax + along * dx - x) ** 2 + (ay + along * dy - y) ** 2 <= near * near

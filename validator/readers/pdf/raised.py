"""Raised and lowered marks: smaller characters beside a figure or word that stand above its line or below, as notes and exponents do."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from validator.readers.pdf.page import Char
from validator.text.numerals import CIRCLES

_SMALLER = 0.8  # of the height of the character beside it
_SHIFT = 0.14  # of that height, by which a mark's foot stands above the other's, or its head below
_ALIKE = 0.2  # of the height, by which a digit of the same size stands higher or lower
_BESIDE = 0.7  # of that height, the room between the two at most
_SIGNS = frozenset("*※†‡§＊[]［］()（）〔〕注,，" + CIRCLES)


def is_raised_row(row: Sequence[Char], other: Sequence[Char]) -> bool:
    """Whether small characters in a row of their own are marks beside those of the line above or below."""
    if len(row) > 12 or not _is_mark(row[0]):
        return False
    high = median(char[4] - char[2] for char in other)
    if not all(_is_mark(char) and char[4] - char[2] <= _SMALLER * high for char in row):
        return False
    return any(_stands_beside(row, char) for char in other)


def _stands_beside(row: Sequence[Char], char: Char) -> bool:
    high = char[4] - char[2]
    first, last = min(row, key=lambda mark: mark[1]), max(row, key=lambda mark: mark[3])
    if not (char[0].isalnum() and any(_is_shifted(mark, char) for mark in row)):
        return False
    return -0.2 * high <= first[1] - char[3] <= _BESIDE * high or -0.2 * high <= char[1] - last[3] <= _BESIDE * high


def marks_in(shown: Sequence[Char]) -> tuple[tuple[Char, ...], str]:
    """The marks in a line, given from left to right, and why no figure may be read in it where a digit stands out of line for no mark."""
    marks: list[Char] = []
    doubt = ""
    mark_ids: set[int] = set()
    for place, char in enumerate(shown):
        if _is_mark(char):
            beside = [*shown[max(0, place - 4) : place], *shown[place + 1 : place + 5]]
            if any(_is_mark_of(char, other) for other in beside if id(other) not in mark_ids):
                marks.append(char)
                mark_ids.add(id(char))
    for first, second in zip(shown, shown[1:], strict=False):
        if (
            first[0].isdigit()
            and second[0].isdigit()
            and id(first) not in mark_ids
            and id(second) not in mark_ids
            and _is_out_of_line(first, second)
        ):
            doubt = "raised"
    if len(marks) == len(shown):
        return (), doubt
    return tuple(marks), doubt


def _is_mark(char: Char) -> bool:
    """Whether a character is one that marks are made of."""
    return char[0].isascii() and char[0].isalnum() or char[0] in _SIGNS


def _is_mark_of(char: Char, other: Char) -> bool:
    """Whether a character is a mark beside the other one."""
    high = other[4] - other[2]
    if char[4] - char[2] > _SMALLER * high or not other[0].isalnum() or not _is_shifted(char, other):
        return False
    return -2.0 * high <= char[1] - other[3] <= 2.5 * high or -2.5 * high <= other[1] - char[3] <= 2.0 * high


def _is_shifted(char: Char, other: Char) -> bool:
    """Whether a character stands above the foot of the other or below its head, and still beside it."""
    high, low = other[4] - other[2], char[4] - char[2]
    if min(char[4], other[4]) - max(char[2], other[2]) < 0.2 * low:
        return False
    raised = other[4] - char[4] > _SHIFT * high and char[2] - other[2] < 0.35 * high
    lowered = char[0].isdigit() and char[2] - other[2] > 0.35 * high and char[4] - other[4] > -0.02 * high
    return raised or lowered


def _is_out_of_line(first: Char, second: Char) -> bool:
    """Whether two digits side by side stand at different heights though they are of one size."""
    high = max(first[4] - first[2], second[4] - second[2])
    return -0.3 * high < second[1] - first[3] < 0.5 * high and abs(first[4] - second[4]) > _ALIKE * high

"""Characters → lines, and lines → paragraphs: which line goes on in the next is told by indents and by the room left at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from validator.base.regex_cache import expression
from validator.model import Mark
from validator.readers.pdf.page import Char
from validator.readers.pdf.raised import is_raised_row, marks_in
from validator.text.numerals import LISTED, listed

_CLOSING = frozenset("，。、；：？！）〕》】”’」』,.;:?!)]}%％…·～")
_QUOTES = frozenset("“”‘’")  # no line ends before them or after them
_GLUED = frozenset("（〔《【「『([{") | _QUOTES
_FLAT = 0.45  # times the height of a line's type; what is lower may be a mark below or above the middle
_WELL = 0.75  # times the size of type; what is further apart may be cells of a table
_SIDES = 12.5  # points that a cell keeps free at its sides, at most
_NARROWEST = 0.5  # of the page's width; no report's text is set narrower
_BLANK = " \u00a0\u3000"
_LEFT = itemgetter(1)
_WORD = re.compile(r"[A-Za-z0-9@.\-_/:#+%&=~]")
_ORDINAL = expression(rf"\s*(?:{listed(3)}[、.．]|[（(][{LISTED}\d]{{1,3}}[)）]|\d{{1,2}}[、.．](?!\d)|第[{LISTED}]+[章节条部])")


class LinePart(NamedTuple):
    """A piece of a line with room around it."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfLine:
    """Characters side by side, in points; `size` is the height of its type, `token` the room its first word needs."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    token: float
    page: int
    parts: tuple[LinePart, ...] = ()  # the pieces of the line between wide gaps, if it has any
    marks: tuple[Mark, ...] = ()  # raised and lowered marks, set aside from the text
    doubt: str = ""  # why no figure may be read here


def begins_item(text: str) -> bool:
    """Whether a text begins with a number of its own: 一、 （二） 3."""
    return bool(_ORDINAL.match(text))


def lines_of(chars: Sequence[Char], page: int) -> list[PdfLine]:
    """The lines from top to bottom."""
    if len(chars) == 1:
        return [line for line in (_line(list(chars), page),) if line]
    rows: list[list[Char]] = []
    middle = high = 0.0  # of the line under way
    count = 0
    for double, _, char in sorted([(c[2] + c[4], c[1], c) for c in chars]):
        centre, size = double / 2, char[4] - char[2]
        low, tall = (high, size) if high < size else (size, high)
        if count and abs(centre - middle) <= max(0.42 * low, 0.25 * tall, 0.42):  # a flat 一 stands at half the line's height
            rows[-1].append(char)
            count += 1
            middle += (centre - middle) / count
            if size > high:
                high = size
        else:
            rows.append([char])
            middle, high, count = centre, size, 1
    return [line for row in _with_marks(rows) if (line := _line(row, page))]


def _with_marks(rows: list[list[Char]]) -> list[list[Char]]:
    """The rows, those of nothing but low or high marks joined to the line they stand in.

    Where a font does not tell its height, a character is as high as its ink: 、 and “ stand below and above the middle of their line.
    """
    joined_rows: list[list[Char]] = []
    for index, row in enumerate(rows):
        beside = [*joined_rows[-1:], *rows[index + 1 : index + 2]]
        line = next((other for other in beside if _stands_in(row, other) or is_raised_row(row, other)), None)
        if line is None:
            joined_rows.append(row)
        else:
            line += row
    return joined_rows


def _stands_in(row: list[Char], other: list[Char]) -> bool:
    """Whether flat characters stand at the height of a line of higher ones, in its gaps or at its end."""
    if max(char[4] - char[2] for char in row) > _FLAT * median(char[4] - char[2] for char in other):
        return False
    top, bottom = min(char[2] for char in other), max(char[4] for char in other)
    slack = 0.1 * (bottom - top)
    if any(char[2] < top - slack or char[4] > bottom + slack for char in row):
        return False
    return not any(min(a[3], b[3]) - max(a[1], b[1]) > 0.5 * (a[3] - a[1]) for a in row for b in other)


#: Of the type's size: digits stand this far apart where a narrow space parts two figures, and no further than that within one; where all
#: are as far apart the type is spaced out.
_GAP, _CLOSE = 0.16, 0.06


def _line(row: list[Char], page: int) -> PdfLine | None:
    """A line's text with spaces where they are printed or where words stand well apart; type printed twice (bold) counts once."""
    row.sort(key=_LEFT)
    shown = [char for char in row if char[0] not in _BLANK]
    if not shown:
        return None
    heights = sorted([char[4] - char[2] for char in shown])
    size = heights[len(heights) // 2]
    aside, doubt = marks_in(shown) if heights[0] < 0.9 * heights[-1] or _is_uneven(shown) else ((), "")
    if aside:
        aside_ids = {id(char) for char in aside}
        row = [char for char in row if id(char) not in aside_ids]
        shown = [char for char in shown if id(char) not in aside_ids]
        size = sorted([char[4] - char[2] for char in shown])[len(shown) // 2]
    pieces, apart, doubt = _spaced(row[row.index(shown[0]) :], size, doubt)
    text, left, right = "".join(pieces), shown[0][1], max([char[3] for char in shown])
    return PdfLine(
        text=text,
        x0=left,
        top=min([char[2] for char in shown]),
        x1=right,
        bottom=max([char[4] for char in shown]),
        size=size,
        token=_token(shown),
        page=page,
        parts=_parts(pieces, apart, left, right) if apart else (),
        marks=_marks(aside, shown, text) if aside else (),
        doubt=doubt,
    )


def _spaced(row: Sequence[Char], size: float, doubt: str) -> tuple[list[str], list[tuple[int, float, float]], str]:
    """The characters of a line, a space where one belongs; wide gaps (where in the list, their right and left end); the doubt about it.

    `row`: from left to right, blanks among them, the first is none; `size`: the height of the line's type in points.
    """
    previous, left, _, right, _ = row[0]
    pieces, blank = [previous], False
    apart: list[tuple[int, float, float]] = []
    digit_gaps: list[float] = []  # between digits side by side
    for text, x0, _, x1, _ in row[1:]:
        if text in _BLANK:
            blank = True
            continue
        if text == previous and x0 - left < 0.3 * (right - left):
            continue
        gap = x0 - right
        if gap < 0 and x0 < left + 0.5 * min(right - left, x1 - x0) and text.isalnum() and previous.isalnum():
            doubt = "overprint"
        if gap > _WELL * size:
            apart.append((len(pieces), x0, right))
        if gap > 0.12 * size and (blank or gap > (0.28 if text.isascii() and previous.isascii() else 1.0) * size):
            pieces.append(" ")
            digit_gaps = []
        elif text.isdigit() and previous.isdigit():
            digit_gaps.append(gap)
            if max(digit_gaps) > _GAP * size and min(digit_gaps) < _CLOSE * size:
                doubt = doubt or "gap"
        else:
            digit_gaps = []
        pieces.append(text)
        previous, left, right, blank = text, x0, x1, False
    return pieces, apart, doubt


def _is_uneven(shown: Sequence[Char]) -> bool:
    """Whether a digit stands higher or lower than others of the line."""
    bottoms = [char[4] for char in shown if char[0].isdigit()]
    return len(bottoms) > 1 and max(bottoms) - min(bottoms) > 1.0


def _marks(aside: Sequence[Char], shown: Sequence[Char], text: str) -> tuple[Mark, ...]:
    """The marks, those side by side as one, each with the place in the text that it stood at."""
    marks: list[Mark] = []
    last = None
    for char in aside:
        before = "".join(other[0] for other in shown if other[1] < char[1])
        start = at = 0
        for letter in before:  # the text has spaces that are no characters of the page
            at = text.find(letter, start)
            if at < 0:
                break
            start = at + 1
        if last is not None and marks[-1].start == start and char[1] - last[3] < 0.6 * (char[4] - char[2]):
            marks[-1] = Mark(text=marks[-1].text + char[0], start=start)
        else:
            marks.append(Mark(text=char[0], start=start))
        last = char
    return tuple(marks)


def _parts(pieces: list[str], apart: list[tuple[int, float, float]], left: float, right: float) -> tuple[LinePart, ...]:
    """The pieces between the wide gaps; `apart`: where each gap is in `pieces`, where it ends and where it begins."""
    begins = [(0, left), *((index, x0) for index, x0, _ in apart)]
    ends = [*((index, x1) for index, _, x1 in apart), (len(pieces), right)]
    return tuple(LinePart("".join(pieces[first:last]).strip(), x0, x1) for (first, x0), (last, x1) in zip(begins, ends, strict=True))


def _token(shown: Sequence[Char]) -> float:
    """The width that must be free for the line's first word to stand: a character with what may not be parted from it, or a Latin word."""
    end = 0
    for end in range(min(len(shown), 60)):
        letter, char = shown[end][0], shown[end + 1] if end + 1 < len(shown) else None
        word = char is not None and _WORD.match(letter) and _WORD.match(char[0]) and char[1] - shown[end][3] < 2
        if char is None or not (word or letter in _GLUED or char[0] in _CLOSING or char[0] in _QUOTES):
            break
    return shown[end][3] - shown[0][1]


def join_lines(first: str, second: str) -> str:
    """Two pieces of a paragraph put together: a space only between Latin words."""
    head, tail = first[-1:], second[:1]
    word = head.isascii() and tail.isascii() and head.isalpha() and tail.isalpha()
    linked = re.search(r"[/@.:_-][\w/.-]{0,39}$", first[-40:]) if word else None
    return first + (" " if word and not linked else "") + second


@dataclass(frozen=True, kw_only=True, slots=True)
class TextEdges:
    """The left and right edge of running text, and whether paragraphs begin with an indent."""

    left: float
    right: float
    indented: bool


def text_edges(lines: Sequence[PdfLine], width: float) -> TextEdges:
    """The edges that most lines keep to, on a page of that width (points): where all lines are short, none of them is full."""
    if not lines:
        return TextEdges(left=0, right=0, indented=False)
    size = median(line.size for line in lines)
    longest = max(line.x1 - line.x0 for line in lines)
    body = [line for line in lines if line.x1 - line.x0 > 0.75 * longest] or list(lines)
    starts = sorted(line.x0 for line in body)
    left = next((x for x in starts if sum(abs(x - other) < 0.5 * size for other in starts) >= max(2, len(starts) // 12)), starts[0])
    ends = sorted(line.x1 for line in body)
    right = max(ends[min(len(ends) - 1, int(len(ends) * 0.85))], left + _NARROWEST * width)
    indented = any(1.0 * size < line.x0 - left < 3.2 * size for line in body) or any(
        1.5 * size < line.x0 - left < 2.6 * size for line in lines
    )
    return TextEdges(left=left, right=right, indented=indented)


def goes_on(line: PdfLine, following: PdfLine, edges: TextEdges) -> bool:
    """Whether `following` continues the paragraph that `line` belongs to."""
    size = max(line.size, following.size)
    if abs(line.size - following.size) > 0.22 * size or following.x0 - edges.left > 0.75 * size:
        return False
    if edges.right - line.x1 > following.token + 0.6 * line.size:
        return False  # the next word had room here: the author ended the line
    if line.page == following.page:
        apart = following.top - line.bottom
        if apart > 1.9 * size or apart < -0.5 * size:
            return False
    return edges.indented or not begins_item(following.text)


def marks_of(lines: Sequence[PdfLine], text: str) -> tuple[Mark, ...]:
    """The marks of the lines of a cell or paragraph, by their places in its text."""
    marks: list[Mark] = []
    begin = 0
    for line in lines:
        begin = max(text.find(line.text, begin), begin)
        marks += [Mark(text=mark.text, start=begin + mark.start) for mark in line.marks]
        begin += len(line.text)
    return tuple(marks)


def cell_text(lines: Sequence[PdfLine], width: float) -> str:
    """The text of a cell: lines that only wrapped are joined, others stay apart by a line break."""
    if not lines:
        return ""
    if _is_downwards(lines):
        return "".join(line.text for line in lines)
    text = lines[0].text
    for line, following in zip(lines, lines[1:], strict=False):
        numbers = line.text[-1].isdigit() and following.text[0].isdigit()
        wrapped = _number_wraps(line, width) if numbers else wraps(line, width, following)
        text = join_lines(text, following.text) if wrapped else f"{text}\n{following.text}"
    return text


def _is_downwards(lines: Sequence[PdfLine]) -> bool:
    """Whether a cell is set downwards, a character or two a line: the narrow label beside many rows."""
    lengths = [len(line.text) for line in lines]
    if max(lengths) > 3 or sum(length == 1 for length in lengths) * 5 < len(lines) * 3:
        return False
    return not any(char.isdigit() for line in lines for char in line.text)


def wraps(line: PdfLine, width: float, following: PdfLine | None) -> bool:
    """Whether a line in a cell of that width (points) ended because the next word had no room; a cell's sides take a little."""
    need = following.token if following else line.size
    return width - (line.x1 - line.x0) < need + 1.2 * line.size


def _number_wraps(line: PdfLine, width: float) -> bool:
    """Whether the digits of a line had no room for one more: only then is what follows the rest of the number, and no second one."""
    return len(line.text) > 1 and width - (line.x1 - line.x0) < (line.x1 - line.x0) / len(line.text) + _SIDES

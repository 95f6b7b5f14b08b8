"""Characters → lines, and lines → paragraphs: which line goes on in the next is told by indents and by the room left at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from validator.readers.pdf_source import Char

_CLOSING = frozenset("，。、；：？！）〕》】”’」』,.;:?!)]}%％…·～")
_OPENING = frozenset("（〔《【“‘「『([{")
_WORD = re.compile(r"[A-Za-z0-9@.\-_/:#+%&=~]")
_ORDINAL = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]+[章节条部])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Characters side by side, in points; `size` is the height of its type, `token` the room its first word needs."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    token: float
    page: int


def begins_item(text: str) -> bool:
    """Whether a text begins with a number of its own: 一、 （二） 3."""
    return bool(_ORDINAL.match(text))


def lines_of(chars: Sequence[Char], page: int) -> list[Line]:
    """The lines from top to bottom."""
    rows: list[list[Char]] = []
    middle = 0.0  # of the line under way
    high = 0.0
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        centre, size = (char.top + char.bottom) / 2, char.bottom - char.top
        if rows and abs(centre - middle) <= 0.42 * min(max(high, 1.0), max(size, 1.0)):
            rows[-1].append(char)
            middle += (centre - middle) / len(rows[-1])
            high = max(high, size)
        else:
            rows.append([char])
            middle, high = centre, size
    return [line for row in rows if (line := _line(sorted(row, key=lambda c: c.x0), page))]


def _line(row: list[Char], page: int) -> Line | None:
    """A line's text with spaces where they are printed or where words stand well apart; type printed twice (bold) counts once."""
    shown = [char for char in row if char.text not in " \u00a0\u3000"]
    if not shown:
        return None
    size = median(char.bottom - char.top for char in shown)
    pieces: list[str] = []
    last: Char | None = None
    blank = False
    for char in row:
        if char.text in " \u00a0\u3000":
            blank = True
            continue
        if last is not None:
            if char.text == last.text and char.x0 - last.x0 < 0.3 * (last.x1 - last.x0):
                continue
            gap = char.x0 - last.x1
            latin = char.text.isascii() and last.text.isascii()
            if blank and gap > 0.12 * size or gap > (0.28 if latin else 1.0) * size:
                pieces.append(" ")
        pieces.append(char.text)
        last, blank = char, False
    assert last is not None
    return Line(
        text="".join(pieces),
        x0=shown[0].x0,
        top=min(char.top for char in shown),
        x1=max(char.x1 for char in shown),
        bottom=max(char.bottom for char in shown),
        size=size,
        token=_token(shown),
        page=page,
    )


def _token(shown: Sequence[Char]) -> float:
    """The width that must be free for the line's first word to stand: a character with what may not be parted from it, or a Latin word."""
    end = 0
    while end < len(shown) - 1 and shown[end].text in _OPENING:
        end += 1
    if _WORD.match(shown[end].text):
        while end + 1 < len(shown) and _WORD.match(shown[end + 1].text) and shown[end + 1].x0 - shown[end].x1 < 2:
            end += 1
    while end + 1 < len(shown) and shown[end + 1].text in _CLOSING:
        end += 1
    return shown[end].x1 - shown[0].x0


def joined(first: str, second: str) -> str:
    """Two pieces of a paragraph put together: a space only between Latin words."""
    head, tail = first[-1:], second[:1]
    word = head.isascii() and tail.isascii() and head.isalpha() and tail.isalpha()
    linked = re.search(r"[/@.:_-][\w/.-]*$", first[-40:]) if word else None
    return first + (" " if word and not linked else "") + second


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """The left and right edge of running text, and whether paragraphs begin with an indent."""

    left: float
    right: float
    indented: bool


def measure(lines: Sequence[Line]) -> Measure:
    """The edges that most lines keep to."""
    if not lines:
        return Measure(left=0, right=0, indented=False)
    size = median(line.size for line in lines)
    longest = max(line.x1 - line.x0 for line in lines)
    body = [line for line in lines if line.x1 - line.x0 > 0.75 * longest] or list(lines)
    starts = sorted(line.x0 for line in body)
    left = next((x for x in starts if sum(abs(x - other) < 0.5 * size for other in starts) >= max(2, len(starts) // 12)), starts[0])
    ends = sorted(line.x1 for line in body)
    right = ends[min(len(ends) - 1, int(len(ends) * 0.85))]
    indented = any(1.0 * size < line.x0 - left < 3.2 * size for line in body) or any(
        1.5 * size < line.x0 - left < 2.6 * size for line in lines
    )
    return Measure(left=left, right=right, indented=indented)


def goes_on(line: Line, following: Line, edges: Measure) -> bool:
    """Whether `following` continues the paragraph that `line` belongs to."""
    size = max(line.size, following.size)
    if abs(line.size - following.size) > 0.22 * size or following.x0 - edges.left > 0.75 * size:
        return False
    if edges.right - line.x1 > following.token + 0.6 * line.size:
        return False  # the next word had room: the line ended by will
    if line.page == following.page:
        apart = following.top - line.bottom
        if apart > 1.9 * size or apart < -0.5 * size:
            return False
    return edges.indented or not begins_item(following.text)


def cell_text(lines: Sequence[Line], width: float) -> str:
    """The text of a cell: lines that only wrapped are joined, others stay apart by a line break."""
    if not lines:
        return ""
    if all(len(line.text) == 1 and not line.text.isdigit() for line in lines):
        return "".join(line.text for line in lines)  # set downwards
    text = lines[0].text
    for line, following in zip(lines, lines[1:], strict=False):
        wrapped = width - (line.x1 - line.x0) < following.token + 1.2 * line.size
        numbers = line.text[-1].isdigit() and following.text[0].isdigit()
        if numbers and (len(line.text) < 3 or not wrapped):
            wrapped = False
        text = joined(text, following.text) if wrapped else f"{text}\n{following.text}"
    return text

"""Tables of plain text and Markdown: lines divided by tabs or bars to cells in rows, however pages and converters drew them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from validator.base.regex_cache import expression
from validator.model import Block, Kind

#: A line of cells this long is a page whose text was put into one cell; it is read as text.
LONG_CELL = 160
#: A text drawn with so many lines has one between any two rows.
DRAWN = 3
_BARS = "|｜∣│┃¦ǀ❘║"
_PIPE = expression(rf"(?<!\\)[{_BARS}]")
_JOINTS = frozenset("+┼┌┬┐└┴┘├┤┏┳┓┗┻┛┣┫╋╔╦╗╚╩╝╠╬╣╭╮╰╯")
_RULE_MARKS = frozenset("-─━=═:： \t") | frozenset(_BARS) | _JOINTS
_EMPHASIS = expression(r"\s*(\*{1,3}|_{2,3})(?P<inside>.+?)\1\s*")
_BREAK = expression(r"(?:(?<!\s)\s+)?<br\s*/?>\s*", re.IGNORECASE)
_SPACE = expression(r"&(?:nbsp|ensp|emsp|thinsp|#160);", re.IGNORECASE)

#: Where a cell begins in its line (0-based), and its text.
Cells = list[tuple[int, str]]
#: Number of a line, the line, and its cells; None: it is not divided.
Line = tuple[int, str, Cells | None]


def is_rule(line: str) -> bool:
    """Whether the line only draws: |---|:--| under a Markdown header, ----- between rows. '—' is a placeholder, not a rule."""
    return _RULE_MARKS.issuperset(line) and any(run in line for run in ("--", "──", "━━", "==", "══"))


def split_cells(line: str) -> Cells | None:
    """The cells of a divided line with their places: none in a line drawn through the columns. None for running text."""
    if not _JOINTS.isdisjoint(line) and is_rule(line):
        return []
    if "\t" in line.strip() or not line.strip():
        marks = [match.start() for match in re.finditer("\t", line)]
    elif _PIPE.search(line):
        marks = [match.start() for match in _PIPE.finditer(line)]
    elif line.endswith("\t") and line.strip():
        marks = [match.start() for match in re.finditer("\t", line)]
    else:
        return None
    ends = [-1, *marks, len(line)]
    return [trim(line, start + 1, end) for start, end in zip(ends, ends[1:], strict=False)]


def trim(line: str, start: int, end: int) -> tuple[int, str]:
    """A stretch of a line without the spaces and Markdown emphasis around it, and where it begins."""
    text = line[start:end]
    inner = text.strip()
    at = start + (len(text) - len(text.lstrip()) if inner else 0)
    emphasis = _EMPHASIS.fullmatch(inner) if inner[:1] in ("*", "_") else None
    return (at + emphasis.start("inside"), emphasis["inside"]) if emphasis else (at, inner)


def without_bars_between(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without those that hold a bar alone between two cells of a line each.

    Of several bars with nothing between them all but the first stay, as empty cells.
    """
    runs = [(lone, list(group)) for lone, group in groupby(lines, key=lambda item: _is_lone_bar(item[1]))]
    for place, (lone, run) in enumerate(runs):
        beside = [runs[place - 1][1][-1]] if place else []
        beside += [runs[place + 1][1][0]] if place + 1 < len(runs) else []
        if not lone or any(cells is not None for _, _, cells in beside):  # a bar beside a divided line is of that table
            yield from run
        elif len(beside) == 2:
            yield from ((number, "", [(0, "")]) for number, _, _ in run[1:])


def _is_lone_bar(line: str) -> bool:
    """Whether a bar alone stands on a line."""
    return len(line.strip()) == 1 and line.strip() in _BARS


def table_blocks(rows: Iterable[Line], table: int) -> Iterator[Block]:
    """The cells of neighbouring divided lines as blocks, `table` being the table's number in the document."""
    lines = [(number, line, cells) for number, line, cells in rows if cells is not None]
    undrawn = [(number, line, cells) for number, line, cells in lines if not is_rule(line)]
    broken = _broken_rows(undrawn)
    if broken is not None:
        yield from _cells(broken, table, single=False)
        return
    is_piped = _is_piped([cells for _, line, cells in undrawn if "\t" not in line])
    if sum(is_rule(line) and not _JOINTS.isdisjoint(line) for _, line, _ in lines) >= DRAWN:
        bodies = [list(body) for drawn, body in groupby(lines, key=lambda item: is_rule(item[1])) if not drawn]
        undrawn = [row for body in bodies for row in _join_rows(body)]
    cell_rows = [(number, _within_pipes(cells, is_piped) if "\t" not in line else cells) for number, line, cells in undrawn]
    yield from _cells(cell_rows, table, single=all(len(cells) <= 1 for _, cells in cell_rows))


def _cells(rows: Iterable[tuple[int, Sequence[tuple[int, str]]]], table: int, *, single: bool) -> Iterator[Block]:
    """Rows as blocks; `single`: a cell a line, whose rows nobody marked."""
    row = 0
    for number, cells in rows:
        if any(len(text) > LONG_CELL for _, text in cells):
            yield from (Block(kind=Kind.LINE, text=text, line=number, offset=at + 1) for at, text in cells if text)
            continue
        row += 1
        for column, (at, text) in enumerate(cells, 1):
            down, across = (None, None) if single else (row, column)
            yield Block(kind=Kind.CELL, text=_cell_text(text), line=number, offset=at + 1, table=table, row=down, column=across)


def _cell_text(text: str) -> str:
    """A cell's text as a person sees it: breaks and spaces written as markup, bars behind a backslash."""
    if "&" in text:
        from html import unescape  # few texts have any

        text = _SPACE.sub(lambda match: unescape(match[0]), text).strip()
    if "<" in text:
        text = _BREAK.sub("\n", text).strip()
    return text.replace("\\|", "|") if "\\" in text else text


def _join_rows(body: list[tuple[int, str, Cells]]) -> list[tuple[int, str, Cells]]:
    """The lines between two drawn ones as the one row they are, where no column has figures in two of them."""
    columns = list(zip(*(cells for _, _, cells in body), strict=False))
    even = len({len(cells) for _, _, cells in body}) == 1
    if len(body) < 2 or not even or any(sum(text.isdigit() for _, text in column) > 1 for column in columns):
        return body
    joined = [
        (next((at for at, text in column if text), column[0][0]), "\n".join(text for _, text in column if text)) for column in columns
    ]
    return [(body[0][0], body[0][1], joined)]


def _broken_rows(lines: Sequence[tuple[int, str, Cells]]) -> list[tuple[int, Cells]] | None:
    """Rows of a table broken at each bar: `|`, `a |`, `b | |`. None where there are none.

    The row's end is known by its second bar; where no row has one, or few (those of cells that reach over columns), its begin by the bar
    that stands alone before words.
    """
    if any(len([text for _, text in cells if text]) > 1 or "\t" in line for _, line, cells in lines):
        return None
    lone = [_is_lone_bar(line) for _, line, _ in lines]
    ends = [len(cells) > 2 and not cells[-1][1] and not cells[-2][1] for _, _, cells in lines]
    begins = [mark and (place == 0 or ends[place - 1]) for place, mark in enumerate(lone)]
    words = [any(char.isalpha() for _, text in cells for char in text) for _, _, cells in lines[1:]]
    opening = [mark and word for mark, word in zip(lone, [*words, False], strict=True)]
    if not any(ends):
        if not lone or not lone[0] or sum(opening) < DRAWN or 2 * sum(opening) < sum(lone):
            return None
        begins = lone
    elif any(mark and not begin for mark, begin in zip(opening, begins, strict=True)):  # rows begin that nothing has ended
        begins = [begin or mark for begin, mark in zip(begins, opening, strict=True)]
    elif not any(lone):
        return None
    rows: list[tuple[int, Cells]] = []
    for place, (number, _, cells) in enumerate(lines):
        if begins[place] or not rows or (place and ends[place - 1]):
            rows.append((number, []))
        if not begins[place]:
            rows[-1][1].append(next(((at, text) for at, text in cells if text), cells[0]))
    return [row for row in rows if row[1]]


def _is_piped(rows: list[Cells]) -> bool:
    """Whether lines begin with a pipe: that pipe opens the row, it does not close an empty cell."""
    filled = [cells for cells in rows if any(text for _, text in cells)]
    several = [cells for cells in filled if sum(bool(text) for _, text in cells) > 1]
    filled = several or filled  # a broken cell's lines have no bar before them
    return all(not cells[0][1] for cells in filled) if filled else True


def _within_pipes(cells: Cells, is_piped: bool) -> Cells:
    """The cells without what stands before the first and after the last pipe."""
    if is_piped and len(cells) > 1 and not cells[0][1]:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1][1] else cells


def group_lines(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Neighbouring lines together: divided ones (True) and running text."""
    for divided, group in groupby(without_bars_between(lines), key=lambda item: item[2] is not None):
        yield divided, list(group)

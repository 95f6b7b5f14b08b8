"""Plain text and Markdown → Document. A line is a block, except where it is divided into cells by tabs or pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, islice

from validator.kept import expression
from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.decode import decode

MAX_BYTES = 64 * 2**20
#: Characters; the longest reports have some fifty thousand. More would take minutes to read and is no report.
MAX_TEXT = 500_000
MAX_LINES = 100_000
MAX_BLOCKS = 200_000
#: A line of cells this long is a page whose text was put into one cell; it is read as text.
LONG_CELL = 160
#: A line with nothing but this many tabs is a row of blank cells.
BLANK_ROW = 4
_PIPE = expression("[|｜∣│┃¦ǀ❘]")
_RULE_MARKS = frozenset("-─━=:：+┼├┤| ｜∣│┃\t")
_MARK = expression(r"\s{0,3}(#{1,6})(?:\s+|(?=[^\s#]))")
_EMPHASIS = expression(r"\s*(\*{1,3}|_{2,3})(?P<inside>.+?)\1\s*")


def read(data: bytes, path: str, *, format: str = "text") -> tuple[Document, ...]:
    """One document. Raises UnreadableError: empty, binary, not-text, too-large, too-many-blocks."""
    if len(data) > MAX_BYTES:
        raise UnreadableError("too-large", size=len(data), limit=MAX_BYTES)
    decoded = decode(data)
    if len(decoded.text) > MAX_TEXT:
        raise UnreadableError("too-large", size=len(data), limit=MAX_TEXT)
    blocks = tuple(islice(_blocks(decoded.text), MAX_BLOCKS + 1))
    if len(blocks) > MAX_BLOCKS:
        raise UnreadableError("too-many-blocks", count=MAX_BLOCKS, limit=MAX_BLOCKS)
    if not blocks:
        raise UnreadableError("empty")
    damage = (Observation(code="damaged-text", detail={"count": decoded.damaged, "encoding": decoded.encoding}),) if decoded.damaged else ()
    return (Document(path=path, format=format, blocks=blocks, observations=damage),)


def _blocks(text: str) -> Iterator[Block]:
    """All blocks; lines end as text editors end them (not at form feeds or U+2028, which would shift the numbers)."""
    lines = re.split(r"\r\n|\n|\r", text)
    if len(lines) > MAX_LINES:
        raise UnreadableError("too-many-blocks", count=len(lines), limit=MAX_LINES)
    parted = [
        (number, line, _parted(line))
        for number, line in enumerate(lines, 1)
        if line.strip("\f\v \t\u3000\u00a0\ufeff") or line.count("\t") >= BLANK_ROW
    ]
    table = 0
    for kind, group in groupby(parted, key=lambda item: item[2] is not None):
        rows = list(group)
        if not kind:
            yield from (block for number, line, _ in rows if (block := _line(number, line)))
            continue
        table += 1
        yield from _table(rows, table)


def _table(rows: list[tuple[int, str, list[tuple[int, str]] | None]], table: int) -> Iterator[Block]:
    """The cells of neighbouring divided lines. A line that ends in its one pipe is one cell of a row whose ends are lost."""
    lines = [(number, line, cells) for number, line, cells in rows if cells is not None and not _ruled(line)]
    opened = _opened([cells for _, line, cells in lines if "\t" not in line])
    lines = [(number, line, _closed(cells, opened) if "\t" not in line else cells) for number, line, cells in lines]
    single = all(len(cells) <= 1 for _, _, cells in lines)
    row = 0
    for number, _, cells in lines:
        if any(len(text) > LONG_CELL for _, text in cells):
            yield from (Block(kind=Kind.LINE, text=text, line=number, offset=at + 1) for at, text in cells if text)
            continue
        row += 1
        for column, (at, text) in enumerate(cells, 1):
            down, across = (None, None) if single else (row, column)
            yield Block(kind=Kind.CELL, text=text, line=number, offset=at + 1, table=table, row=down, column=across)


def _opened(rows: list[list[tuple[int, str]]]) -> bool:
    """Whether lines begin with a pipe: that pipe opens the row, it does not close an empty cell."""
    told = [cells for cells in rows if any(text for _, text in cells)]
    return all(not cells[0][1] for cells in told) if told else True


def _closed(cells: list[tuple[int, str]], opened: bool) -> list[tuple[int, str]]:
    """The cells without what stands before the first and after the last pipe."""
    if opened and len(cells) > 1 and not cells[0][1]:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1][1] else cells


def _ruled(line: str) -> bool:
    """Whether the line only draws: |---|:--| under a Markdown header, ----- between rows. '—' is a placeholder, not a rule."""
    return _RULE_MARKS.issuperset(line) and any(run in line for run in ("--", "──", "━━", "=="))


def _parted(line: str) -> list[tuple[int, str]] | None:
    """The cells of a divided line with their places; None for running text."""
    if "\t" in line.strip() or not line.strip():
        marks = [match.start() for match in re.finditer("\t", line)]
    elif _PIPE.search(line):
        marks = [match.start() for match in _PIPE.finditer(line)]
    elif line.endswith("\t") and line.strip():
        marks = [match.start() for match in re.finditer("\t", line)]
    else:
        return None
    ends = [-1, *marks, len(line)]
    return [_trim(line, start + 1, end) for start, end in zip(ends, ends[1:], strict=False)]


def _trim(line: str, start: int, end: int) -> tuple[int, str]:
    """A cell without the spaces and Markdown emphasis around it, and where it begins."""
    text = line[start:end]
    inner = text.strip()
    at = start + (len(text) - len(text.lstrip()) if inner else 0)
    emphasis = _EMPHASIS.fullmatch(inner) if inner[:1] in ("*", "_") else None
    return (at + emphasis.start("inside"), emphasis["inside"]) if emphasis else (at, inner)


def _line(number: int, line: str) -> Block | None:
    """A line of running text; '#' makes it a heading, emphasis around it is set aside."""
    if _ruled(line):
        return None
    mark = _MARK.match(line)
    start = mark.end() if mark else 0
    at, text = _trim(line, start, len(line))
    if mark:
        closed = expression(r"\s+#+$").sub("", text)
        return Block(kind=Kind.HEADING, text=closed, line=number, offset=at + 1, level=len(mark[1]))
    return Block(kind=Kind.LINE, text=text, line=number, offset=at + 1)

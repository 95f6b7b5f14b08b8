"""Plain text and Markdown → Document. A line is a block, except where it is divided into cells by tabs or pipes.

Tables in HTML, and tags and entities in lines and cells, as converters write them into Markdown, are read as in a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from validator.base.limits import in_force
from validator.base.regex_cache import expression
from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.amount import reached, unread, within_bounds
from validator.readers.decode import decode
from validator.readers.text_tables import group_lines, is_rule, split_cells, table_blocks, trim

#: A line with nothing but this many tabs is a row of blank cells.
BLANK_ROW = 4
#: What a line may hold and still be empty.
_BLANK = "\f\v \t\u3000\u00a0\ufeff"
_MARK = expression(r"\s{0,3}(#{1,6})(?:\s+|(?=[^\s#]))")


def read(data: bytes, path: str, *, format: str = "text") -> tuple[Document, ...]:
    """One document. Raises UnreadableError: empty, binary, not-text."""
    decoded = decode(data)
    observations: list[Observation] = []
    text = _beginning(decoded.text)
    blocks, end = within_bounds(_blocks(text, observations))
    if end is None and len(text) < len(decoded.text):
        counts = Counter(block.kind is Kind.CELL for block in blocks)
        end = reached("characters", blocks[-1].line if blocks else 1, paragraphs=counts[False], cells=counts[True], characters=len(text))
    if not blocks:
        raise unread(end) if end else UnreadableError("empty")
    if end is not None:
        observations.append(end)
    if decoded.damaged:
        observations.insert(0, Observation(code="damaged-text", detail={"count": decoded.damaged, "encoding": decoded.encoding}))
    return (Document(path=path, format=format, blocks=tuple(blocks), observations=tuple(observations)),)


def _beginning(text: str) -> str:
    """As much of the text as is read at all: as many characters and lines as bounds allow, up to the end of a line."""
    most = in_force()
    if len(text) > most.characters:
        end = text.rfind("\n", 0, most.characters)
        text = text[: end if end > 0 else most.characters]
    return text


def _blocks(text: str, observed: list[Observation]) -> Iterator[Block]:
    """All blocks; lines end as text editors end them (not at form feeds or U+2028, which would shift the numbers)."""
    lines = re.split(r"\r\n|\n|\r", text)
    left_out = _page_numbers(lines) if "\f" in text else frozenset()
    if "<" not in text and "&" not in text and "~~" not in text:
        yield from _line_blocks(enumerate(lines, 1), count(1), left_out)
        return
    from validator.readers.html.fragment import TableBlocks, tables_in  # few texts hold HTML

    even = "\n".join(lines)
    numbers, at, number = count(1), 0, 1
    for start, end in tables_in(even):
        yield from _read_markup(_line_blocks(enumerate(_lines_between(even, at, start), number), numbers, left_out), observed)
        number += even.count("\n", at, start)
        table = TableBlocks(even[start:end], number, start - (even.rfind("\n", 0, start) + 1), next(numbers))
        numbers = count(table.number)
        yield from table.blocks
        observed += table.observations
        number, at = number + even.count("\n", start, end), end
    yield from _read_markup(_line_blocks(enumerate(_lines_between(even, at, len(even)), number), numbers, left_out), observed)


def _lines_between(text: str, start: int, end: int) -> list[str]:
    """The lines of a part of the text, the first with spaces for what stands before the part, so that its offsets hold."""
    begins = text.rfind("\n", 0, start) + 1
    return (" " * (start - begins) + text[start:end]).split("\n")


def _line_blocks(lines: Iterable[tuple[int, str]], tables: Iterator[int], left_out: frozenset[int]) -> Iterator[Block]:
    """The blocks of numbered lines; those `left_out` are numbers of pages."""
    divided = [
        (number, line, split_cells(line))
        for number, line in lines
        if number not in left_out and (line.strip(_BLANK) or line.count("\t") >= BLANK_ROW)
    ]
    for cells, rows in group_lines(divided):
        if cells:
            yield from table_blocks(rows, next(tables))
        else:
            yield from (block for number, line, _ in rows if (block := _line(number, line)))


def _read_markup(blocks: Iterable[Block], observed: list[Observation]) -> Iterator[Block]:
    """The blocks, tags and entities in them read."""
    from validator.readers.html.fragment import HtmlText, has_markup, observations

    for block in blocks:
        if not has_markup(block.text):
            yield block
            continue
        piece = HtmlText(block.text)
        observed += observations(piece.notices, block.line)
        if block.kind is Kind.CELL:
            first = piece.text.split("\n")[0]
            offset = block.offset + max(block.text.find(first), 0) if first else block.offset
            yield replace(block, text=piece.text, offset=offset, marks=piece.marks, doubt=piece.doubt)
            continue
        at = 0
        for line in filter(None, piece.text.split("\n")):
            marks = tuple(replace(mark, start=mark.start - at) for mark in piece.marks if at <= mark.start <= at + len(line))
            at += len(line) + 1
            kind = Kind.HEADING if piece.level else block.kind
            offset = block.offset + max(block.text.find(line), 0)
            yield replace(block, kind=kind, text=line, offset=offset, level=piece.level or block.level, marks=marks)


def _page_numbers(lines: Sequence[str]) -> frozenset[int]:
    """The lines that are the bare number of a page: the last before a form feed, each page's one more than the page's before it."""
    last, page = 0, 0
    offsets: dict[int, int] = {}  # line → its number less the number of form feeds before it
    for number, line in enumerate(lines, 1):
        if line.startswith("\f"):
            page += 1
            shown = lines[last - 1].strip(_BLANK) if last else ""
            if shown.isascii() and shown.isdigit() and len(shown) < 4:
                offsets[last] = int(shown) - page
        if line.strip(_BLANK):
            last = number
    return frozenset(offsets) if len(offsets) > 1 and len(set(offsets.values())) == 1 else frozenset()


def _line(number: int, line: str) -> Block | None:
    """A line of running text; '#' makes it a heading, emphasis around it is set aside."""
    if is_rule(line):
        return None
    mark = _MARK.match(line)
    start = mark.end() if mark else 0
    at, text = trim(line, start, len(line))
    if mark:
        title = expression(r"(?<!\s)\s+#+$").sub("", text)
        return Block(kind=Kind.HEADING, text=title, line=number, offset=at + 1, level=len(mark[1]))
    return Block(kind=Kind.LINE, text=text, line=number, offset=at + 1)

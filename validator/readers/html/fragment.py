"""Pieces of HTML in plain text and Markdown, as converters write them: tables with merged cells, raised type, breaks, entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from validator.base.regex_cache import expression
from validator.model import Block, Kind, Mark, Observation
from validator.readers.html.flow import HtmlCell, HtmlGrid, HtmlLine, Notice
from validator.readers.html.grid import lay_out
from validator.readers.html.look import ElementLooks
from validator.readers.html.source import parsed
from validator.readers.html.walk import flow_of

#: What makes a reader look closer: a tag of text, an entity, a comment, a line through words.
_MARKUP = expression(
    r"</?(?:su[pb]|del|ins|strike|span|font|div|center|strong|ruby|small|mark|br|em|h[1-6]|[pbisua])(?:\s[^<>]*)?/?>|<!--|&(?:[a-z]{2,8}|#\w{2,6});"
    r"|~~\S[^~]*~~|<img\s",
    re.IGNORECASE,
)
_STRUCK = expression(r"~~(?=\S)((?:(?!~~).)+)~~")
_TABLE = expression(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_COMMENT = expression(r"<!--.*?(?:-->|$)")


def has_markup(text: str) -> bool:
    """Whether a line or cell of text holds pieces of HTML."""
    return ("<" in text or "&" in text or "~~" in text) and _MARKUP.search(text) is not None


def tables_in(text: str) -> list[tuple[int, int]]:
    """From where to where each outermost table of a text goes; one that is never closed is none."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for tag in _TABLE.finditer(text):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                spans.append((start, tag.end()))
    return spans


class HtmlText:
    """A line or a cell of text that holds HTML: its words, and what is set aside."""

    def __init__(self, source: str) -> None:
        lines, self.notices = _lines(_STRUCK.sub(r"<s>\1</s>", _COMMENT.sub("", source)))
        self.text = "\n".join(line.text for line in lines if line.text)
        self.level = next((line.level for line in lines if line.level), None)
        self.marks: tuple[Mark, ...] = ()
        at = 0
        for line in lines:
            self.marks += tuple(replace(mark, start=min(mark.start + at, len(self.text))) for mark in line.marks)
            at += len(line.text) + 1 if line.text else 0
        struck = any(code in ("struck-text", "tracked-changes") for code, _ in self.notices)
        self.doubt = "struck" if struck and not self.text else ""


def _lines(source: str) -> tuple[list[HtmlLine], list[Notice]]:
    """The lines of a piece of HTML, tables in it left out, and what was noticed."""
    items = flow_of(parsed(f"<div>{source}</div>"), ElementLooks({}, linked=False)) if source.strip() else []
    lines = [item for item in items if isinstance(item, HtmlLine)]
    return lines, [notice for line in lines for notice in line.notices]


def observations(notices: list[Notice], line: int) -> Iterator[Observation]:
    """The notices that count something, as observations at a line (1-based); pictures and files of the markup are left out."""
    yield from (Observation(code=code, line=line, detail=detail) for code, detail in notices if "count" in detail)


class TableBlocks:
    """The cells of an HTML table in a text. `line`: where its first line stands in it, 1-based; `lines`: its lines as they stand there,
    the first without what stands before the table; `before`: how much that is; `number`: of the first table in the document.
    """

    def __init__(self, source: str, line: int, before: int, number: int) -> None:
        self._lines, self._first, self._before = source.splitlines(), line, before
        self._cursor: dict[int, int] = {}
        self.number = number
        self.blocks: list[Block] = []
        self.observations: list[Observation] = []
        self._add_items(flow_of(parsed(source), ElementLooks({}, linked=False)), line)

    def _add_items(self, items: list[HtmlLine | HtmlGrid], line: int) -> None:
        for item in items:
            if isinstance(item, HtmlLine):
                if item.text:
                    behind = self.blocks[-1].line if self.blocks else line  # the source does not tell; it follows what stands before it
                    at, offset = self._find(item.text, max(line, behind))
                    self.blocks.append(Block(kind=Kind.LINE, text=item.text, line=at, offset=offset, marks=item.marks))
                self.observations += observations(list(item.notices), line)
            else:
                self._grid(item)

    def _grid(self, grid: HtmlGrid) -> None:
        number, self.number = self.number, self.number + 1
        inner: list[tuple[HtmlGrid, int]] = []
        for placed in lay_out(grid.groups):
            cell: HtmlCell = placed.cell
            line, offset = self._find(cell.text, self._first + max(cell.line, 1) - 1)
            self.blocks.append(
                Block(
                    kind=Kind.CELL,
                    text=cell.text,
                    line=line,
                    offset=offset,
                    table=number,
                    row=placed.row,
                    column=placed.column,
                    row_span=placed.row_span,
                    column_span=placed.column_span,
                    exact=True,
                    marks=cell.marks,
                    doubt=cell.why(cell.text),
                )
            )
            for item in cell.flow.items:
                if isinstance(item, HtmlGrid):
                    inner.append((item, line))
                else:
                    self.observations += observations(list(item.notices), line)
        for table, line in inner:
            self._add_items([table], line)

    def _find(self, text: str, line: int) -> tuple[int, int]:
        """The line and offset of a cell's words: behind those of the cell before in the same line, or where the cell begins."""
        number = line - self._first
        if not 0 <= number < len(self._lines):
            return line, 1
        shift = self._before if number == 0 else 0
        start = self._cursor.get(number, 0)
        if text and (at := self._lines[number].find(f">{text}", start)) >= 0 or text and (at := self._lines[number].find(text, start)) >= 0:
            at += self._lines[number].startswith(">", at) and not text.startswith(">")
            self._cursor[number] = at + len(text)
            return line, shift + at + 1
        return line, shift + start + 1

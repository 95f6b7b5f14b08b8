"""Blocks → lexemes: every block is classed as heading, text or cells by the words of the forms. It never refuses one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from validator.base.records import positional_record
from validator.model import Block, Kind
from validator.parsing.report.broken_labels import whole_rows, with_label_ends
from validator.parsing.report.cutting import BlockCutter
from validator.parsing.report.headings import Found, Headings, choose
from validator.parsing.report.lexemes import Lexeme
from validator.parsing.report.line_cells import CellReader, PieceCells
from validator.parsing.report.paragraph_lexemes import paragraph_lexemes
from validator.parsing.report.row_lexemes import row_lexemes
from validator.parsing.report.table_extent import tabular
from validator.parsing.report.vocabulary import Vocabulary
from validator.text.characters import bare, even


@positional_record
class Lexer:
    """Classes blocks by a vocabulary. `page_number` tells lines to drop; `title` is one that its line does not end with."""

    vocabulary: Vocabulary
    headings: Headings
    page_number: re.Pattern[str]
    title: re.Pattern[str]

    def lex(self, blocks: Sequence[Block]) -> Iterator[Lexeme]:
        """All lexemes in reading order. Each pass below goes over the whole document."""
        cutter, reader = BlockCutter(self.vocabulary, self.headings, self.title), CellReader(self.vocabulary)
        pieces = [piece for block in blocks for piece in cutter.cut(block)]
        pieces = [piece for piece in pieces if piece.kind is Kind.CELL or not self.page_number.match(bare(piece.text))]
        pieces = whole_rows(pieces, self.vocabulary)
        cells = with_label_ends(pieces, [reader.cells(piece) for piece in pieces], reader)
        headings = self._headings(pieces, cells)
        in_table = tabular(pieces, cells, headings)
        headings = {place: heading for place, heading in headings.items() if not (in_table[place] and heading.match == "none")}
        kinds = ["heading" if place in headings else "table" if in_table[place] else "text" for place in range(len(pieces))]
        for kind, places in groupby(range(len(pieces)), kinds.__getitem__):
            group = list(places)
            part = slice(group[0], group[-1] + 1)
            if kind == "heading":
                yield from (Lexeme("HEADING", pieces[place], heading=headings[place]) for place in group)
            elif kind == "table":
                yield from row_lexemes(pieces[part], cells[part])
            else:
                yield from paragraph_lexemes(pieces[part])

    def _headings(self, pieces: Sequence[Block], cells: Sequence[PieceCells]) -> dict[int, Found]:
        """The headings by the number of their piece; a label of the form never is one."""
        candidates = []
        for place, (piece, group) in enumerate(zip(pieces, cells, strict=True)):
            if piece.kind is not Kind.CELL and not (group and group[0].kind == "label"):
                heading = self.headings.read(bare(even(piece.text)), piece.kind is Kind.HEADING)
                if heading is not None:
                    candidates.append((place, heading))
        return choose(candidates)

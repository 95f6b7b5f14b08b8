"""What report.lark takes as tokens: pieces of a document, each with its kind."""

from __future__ import annotations

from typing import Literal

from lark import Token

from validator.model import Block, TableCell
from validator.parsing.report.headings import Found

#: The terminals of report.lark. Behind the lines of a paragraph stands _STOP, behind the cells of a row _END, behind a table's rows _CLOSE.
LexemeKind = Literal["HEADING", "SUBHEAD", "LINE", "_STOP", "CELL", "_END", "_CLOSE"]


class Lexeme(Token):
    """A token of report.lark, without text of its own: the block it stands for, of a CELL its cell, of a HEADING how it was read."""

    __slots__ = ("block", "cell", "heading")
    block: Block | None
    cell: TableCell | None
    heading: Found | None

    def __new__(cls, kind: LexemeKind, block: Block | None = None, cell: TableCell | None = None, heading: Found | None = None) -> Lexeme:
        lexeme: Lexeme = super().__new__(cls, kind, "")  # type: ignore[assignment]  # Lark's stub says Token, whatever the class
        lexeme.block, lexeme.cell, lexeme.heading = block, cell, heading
        return lexeme

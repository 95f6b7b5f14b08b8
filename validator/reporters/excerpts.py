"""The words of a report as they may be shown, private ones masked: single lines for findings, whole blocks for who shows them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from validator.model import Block, FileResult, Finding, Kind
from validator.text.private_numbers import cover
from validator.text.private_places import numbers_in_blocks

#: Formats whose line numbers a clerk can see in an editor.
NUMBERED = ("text", "markdown")
#: A piece of a block: the block, where the piece begins and ends in its text.
Piece = tuple[Block, int, int]


class Quotes:
    """The lines and blocks of one report as they may be shown.

    `blocks`: the report's, or others that hold the same text with the same lines and offsets; `figures`: what of them is a table's figures.
    """

    def __init__(
        self, file: FileResult, blocks: Sequence[Block] | None = None, figures: Mapping[int, Sequence[tuple[int, int]]] | None = None
    ) -> None:
        self._file = file
        self._document = file.quoted
        self.blocks = blocks if blocks is not None else self._document.blocks if self._document else ()
        self._figures = figures or {}
        self._masked: dict[int, str] = {}  # texts of blocks in which something is hidden

    def of(self, finding: Finding) -> str | None:
        """The finding's line, every masked word of the report masked; None where there is none."""
        number = finding.location.line
        text = self._line(number) if number is not None else ""
        return text if text.strip() else None

    def text(self, block: Block) -> str:
        """A block's text, masked, character for character as long as it was."""
        covers = self._covers.get(id(block))
        if not covers:
            return block.text
        if id(block) not in self._masked:
            shown = list(block.text)
            for start, over in covers:
                shown[start : start + len(over)] = over
            self._masked[id(block)] = "".join(shown)
        return self._masked[id(block)]

    def pieces(self, finding: Finding) -> list[Piece]:
        """Where the finding's words stand; more than one piece where they run over a line's end."""
        place = finding.location
        if place.line is None:
            return []
        offset = place.offset or 1
        for at, block in reversed(self._at.get(place.line, ())):  # of two that meet the second holds the character between
            if block.offset <= offset <= block.offset + len(block.text):
                return list(self._stretch(at, offset - block.offset, place.length or 0))
        return []

    @cached_property
    def numbered(self) -> bool:
        """Whether line numbers mean something to who reads them."""
        return self._document is not None and self._document.format in NUMBERED

    @cached_property
    def _at(self) -> dict[int, list[tuple[int, Block]]]:
        """The blocks of each line, with their numbers."""
        by_line: dict[int, list[tuple[int, Block]]] = defaultdict(list)
        for at, block in enumerate(self.blocks):
            by_line[block.line].append((at, block))
        return by_line

    @cached_property
    def _covers(self) -> dict[int, list[tuple[int, str]]]:
        """What hides private words, by block."""
        by_block: dict[int, list[tuple[int, str]]] = defaultdict(list)
        # Also the numbers that no finding names: one printed twice, or one whose rule was not asked.
        for place in numbers_in_blocks(self.blocks, self._figures):
            if place.number.sure:
                _lay(by_block, place.pieces, cover("".join(block.text[start:end] for block, start, end in place.pieces)))
        for finding in (*self._file.findings, *(waived.finding for waived in self._file.waived)):
            pieces = self.pieces(finding) if finding.location.excerpt and finding.location.length else []
            _lay(by_block, pieces, _cover(finding, "".join(block.text[start:end] for block, start, end in pieces)))
        return by_block

    def _stretch(self, at: int, start: int, length: int) -> Iterator[Piece]:
        """The words from there on; what its block does not hold is in the lines after it."""
        block = self.blocks[at]
        end = min(start + length, len(block.text))
        yield block, start, end
        remaining = length - (end - start)
        for block in self.blocks[at + 1 :] if remaining > 0 else ():
            if remaining <= 0 or block.kind is Kind.CELL:
                return
            yield block, 0, min(remaining, len(block.text))
            remaining -= len(block.text)

    def _line(self, number: int) -> str:
        """The line's blocks, each at its own offset, spaces between."""
        shown = ""
        for _, block in self._at.get(number, ()):
            gap = block.offset - 1 - len(shown)
            shown += (" " * gap if gap >= 0 else "  ") + self.text(block)
        return shown


def _lay(covers: dict[int, list[tuple[int, str]]], pieces: Sequence[Piece], over: str) -> None:
    """Lay what hides them over the pieces; nothing where it is empty."""
    for block, start, end in pieces if over else ():
        covers[id(block)].append((start, over[: end - start]))
        over = over[end - start :]


def _cover(finding: Finding, words: str) -> str:
    """What hides the finding's words, as long as they are: its excerpt where that hides characters of theirs; empty for open ones."""
    excerpt = finding.location.excerpt or ""
    hidden = len(excerpt) == len(words) and any(char in excerpt and char not in words for char in "*＊")
    if not words or not (hidden or finding.category == "privacy"):
        return ""
    return excerpt if hidden else "*" * len(words)

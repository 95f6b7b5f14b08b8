"""How much of a document is read: blocks are counted as they are made, and reading ends where a bound of base/limits.py is reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from validator.base.limits import in_force
from validator.messages import both
from validator.model import Block, Document, Kind, Observation, UnreadableError

#: The observation of a document that was not read to its end.
CODE = "limit-reached"


class LimitReachedError(Exception):
    """A bound is reached. `name`: of base/limits.Limits."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Amount:
    """What was read so far."""

    def __init__(self) -> None:
        self._limits = in_force()
        self.characters = self.paragraphs = self.cells = 0

    def add(self, block: Block) -> None:
        """Count one more block. Raises LimitReachedError where there is no room for it."""
        limits, size = self._limits, len(block.text)
        cell = block.kind is Kind.CELL
        if self.characters + size > limits.characters:
            raise LimitReachedError("characters")
        if not cell and self.paragraphs >= limits.paragraphs:
            raise LimitReachedError("paragraphs")
        if cell and self.cells >= limits.cells:
            raise LimitReachedError("cells")
        self.characters += size
        self.cells += cell
        self.paragraphs += not cell

    def reached(self, name: str, line: int) -> Observation:
        """The observation that the bound `name` was reached behind `line`, with how much was read until then."""
        return reached(name, line, paragraphs=self.paragraphs, cells=self.cells, characters=self.characters)


def reached(name: str, line: int, **read: int) -> Observation:
    """The observation that a bound was reached behind a line; `read`: how much was read."""
    detail: dict[str, object] = {"bound": name, "limit": getattr(in_force(), name), "what": both(f"readers.amount.{name}"), **read}
    return Observation(code=CODE, line=max(1, line), detail=detail)


def unread(reached: Observation) -> UnreadableError:
    """Why nothing of a document is read where a bound was reached before its first word."""
    return UnreadableError(reached.code, **reached.detail)


def within_bounds(blocks: Iterable[Block]) -> tuple[list[Block], Observation | None]:
    """The blocks up to the first bound that is reached, and the observation that it was; None where all were taken."""
    amount = Amount()
    counted: list[Block] = []
    for block in blocks:
        try:
            amount.add(block)
        except LimitReachedError as error:
            return counted, amount.reached(error.name, counted[-1].line if counted else 1)
        counted.append(block)
    return counted, None


def cut(document: Document) -> Document:
    """The document up to the first bound that is reached: for what was read elsewhere, under other bounds."""
    blocks, reached = within_bounds(document.blocks)
    if reached is None:
        return document
    last = reached.line or 1
    before = tuple(item for item in document.observations if item.code != CODE and (item.line is None or item.line <= last))
    return replace(document, blocks=tuple(blocks), observations=(*before, reached))

"""For the type checker alone: what a reader may say of a block beside its words, its line and its place in the file."""

from __future__ import annotations

from typing import TypedDict

from validator.model import Mark


class BlockFields(TypedDict, total=False):
    """Fields of `model.Block`, as they are handed on to it by name."""

    level: int | None
    table: int | None
    row: int | None
    column: int | None
    row_span: int
    column_span: int
    exact: bool
    cell: tuple[int, int, int] | None
    marks: tuple[Mark, ...]
    doubt: str

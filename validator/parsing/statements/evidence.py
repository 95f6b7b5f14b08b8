"""What the text says of figures that stand in one cell of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from validator.messages import both
from validator.model import Cell, Evidence, Figures, Value
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.fact import Fact


def evidence(statements: Iterable[Fact], figures: Figures, phrases: PhraseFacts) -> Mapping[Cell, Sequence[Evidence]]:
    """What the text says of figures of the tables, for the explaining of failed sums."""
    cells = {kind.kind: _cell(kind.cell) for kind in phrases.kinds if kind.cell}
    firm = [fact for fact in statements if fact.comparable and fact.scope == "own" and fact.anchor != "paragraph" and not fact.soft]
    stated = {fact.kind for fact in firm}
    open_rows = {row for row, kind in phrases.may_include.items() if kind not in stated and not _nought(cells.get(kind), figures)}
    evidence_at: dict[Cell, list[Evidence]] = {}
    counted = set[tuple[Cell, Value]]()
    for fact in firm:
        cell = cells.get(fact.kind)
        if cell is None or figures.by_cell.get(cell) is None or f"{cell.table}.{cell.row}" in open_rows or (cell, fact.value) in counted:
            continue
        counted.add((cell, fact.value))
        source = both("parsing.quoted-text", quote=fact.quote)
        evidence_at.setdefault(cell, []).append(Evidence(value=fact.value, source=source))
    return evidence_at


def _nought(cell: Cell | None, figures: Figures) -> bool:
    """Whether the table says that there is none."""
    figure = figures.by_cell.get(cell) if cell else None
    return figure is not None and figure.value == 0


def _cell(address: str) -> Cell:
    table, rest = address.split(".", 1)
    row, column = rest.rsplit(".", 1)
    return Cell(table=table, row=row, column=column)

"""Rows of a one-cell-a-line text of which only the label is left, since all their cells are blank."""

from __future__ import annotations

from collections.abc import Sequence

from validator.forms.blank_cells import blank
from validator.forms.candidates import WORD, RowCandidate, TableContext
from validator.forms.groups import RowGroup
from validator.forms.labels import RowMatch
from validator.model import Kind, Label, Report, TableCell
from validator.parsing.report.cell_states import printed

#: Words under a row's label up to this long are not the next label but stand where the figure should.
WORDS = 20


def add_blank_rows(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """The candidates with the rows of blanks in their places: before the group whose labels theirs stand among."""
    assigned = {candidate.row.key for candidate in candidates if candidate.row}
    if not assigned:
        return list(candidates)
    table, blanks = context.table, []
    for place, group in enumerate(context.groups):
        if group.closed:
            continue
        for cell, beside in zip(group.labels[: -1 if group.values else None], [*group.labels[1:], None], strict=False):
            row = table.row((context.reader.lone_row(cell, table.key) if cell.kind == "label" else None) or "")
            if row is None or row.optional or row.key in assigned or cell.block.row is not None or _is_followed(cell, context.report):
                continue
            ink = beside if beside is not None and beside.kind == "text" and _is_ink(beside.text) else None
            if ink is not None and len(row.columns) > 1:
                continue  # not blank, and nobody can tell whose figure it is: the row is missing
            assigned.add(row.key)
            values = [ink] if ink is not None else [blank(cell.block) for _ in row.columns]
            label = Label(key=row.key, text=cell.text, match="form", block=cell.block, start=cell.start)
            blanks.append(
                RowCandidate(
                    place=place,
                    group=RowGroup(table=group.table, section=group.section, labels=[cell], values=values),
                    match=RowMatch(table=table.key, label=label),
                    row=row,
                    label=label,
                )
            )
    return sorted([*blanks, *candidates], key=lambda candidate: candidate.place)


def _is_followed(cell: TableCell, report: Report) -> bool:
    """Whether the line under a label may be its first figure, though it looks like nothing of a table (若干。): no blank row then."""
    following = next((block for block in report.document.blocks if block.line > cell.block.line), None)
    if following is None or following.kind is not Kind.LINE:
        return False
    if any(other.block.line == following.line for source in report.tables for row in source.rows for other in row.cells):
        return False
    return printed(following.text).state != "text" or len(following.text) <= WORD


def _is_ink(text: str) -> bool:
    """Whether what stands where a figure should is no label but a figure that cannot be read (10, 1) or words."""
    return printed(text).state != "text" or len(text) <= WORDS

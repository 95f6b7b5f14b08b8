"""Rows whose label is broken or lost, between two known rows: in the form's order, where only one way fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.forms.candidates import WIDE, RowCandidate, TableContext
from validator.forms.values import trimmed
from validator.model import FormRow, Label


def fill_gaps(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """Groups without a label of their own, each stretch of them between two known rows: its rows, where one choice alone fits."""
    assigned = {candidate.row.key for candidate in candidates if candidate.row}
    filled: list[RowCandidate] = []
    while len(filled) < len(candidates):
        place = end = len(filled)
        while end < len(candidates) and _is_open(candidates[end], context, first=end == place):
            end += 1
        if end == place:
            filled.append(candidates[place])
            continue
        stretch = candidates[place:end]
        before = next((candidate.row for candidate in reversed(filled) if candidate.row), None)
        after = next((candidate.row for candidate in candidates[end:] if candidate.row), None)
        pieced = all(c.match.candidates and c.group.section == context.table.section for c in stretch)
        bounded = (before is not None and after is not None) or (pieced and (before is not None or after is not None))
        free = [row for row in _between(before, after, context) if row.key not in assigned] if bounded else []
        rows = _only_choice(stretch, free, context.table.key) if bounded else []
        filled += [_with_row(c, row) for c, row in zip(stretch, rows, strict=True)] if rows else stretch
    return filled


def _between(before: FormRow | None, after: FormRow | None, context: TableContext) -> list[FormRow]:
    """The form's rows between two, without those that it only allows."""
    order = [row for row in context.table.rows if not row.optional]
    places = {row.key: place for place, row in enumerate(order)}
    start = places.get(before.key, -1) + 1 if before is not None else 0
    return order[start : places.get(after.key, len(order)) if after is not None else len(order)]


def _with_row(candidate: RowCandidate, row: FormRow) -> RowCandidate:
    """The candidate with a row whose label is there in pieces, or not at all."""
    group = candidate.group
    cell = (group.labels or group.pending or group.values)[-1]
    text = cell.text if cell.kind != "figure" else ""
    return replace(candidate, row=row, label=Label(key=row.key, text=text, match="part", block=cell.block, start=cell.start))


def _is_open(candidate: RowCandidate, context: TableContext, *, first: bool) -> bool:
    """Whether a group may be a row of this table whose label is lost or broken; one that nobody can tell begins no stretch of such rows."""
    match, wide = candidate.match, context.widest
    if candidate.row is not None or (first and candidate.apart) or match.label is not None or match.foreign or wide < WIDE:
        return False
    pieces = any(table == context.table.key for table, _ in match.candidates)
    return len(trimmed(candidate.group.values, wide)) == wide and (not candidate.group.labels or pieces)


def _only_choice(candidates: Sequence[RowCandidate], free: Sequence[FormRow], table: str) -> list[FormRow]:
    """The one order-preserving choice of rows that the candidates' pieces of labels allow; [] where there are two or none."""
    choices: list[list[FormRow]] = []

    def choose(place: int, start: int, chosen: list[FormRow]) -> None:
        if len(choices) > 1:
            return
        if place == len(candidates):
            choices.append(chosen)
            return
        pieces = {row for name, row in candidates[place].match.candidates if name == table}
        for i in range(start, len(free) - (len(candidates) - place) + 1):
            if not pieces or free[i].key in pieces:
                choose(place + 1, i + 1, [*chosen, free[i]])

    if len(candidates) <= len(free) <= 30:
        choose(0, 0, [])
    if not choices and len(candidates) == len(free):
        return list(free)
    return choices[0] if len(choices) == 1 else []

"""Rows that are none of this table's form: met in another's place, there twice, or no row of the form at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from validator.forms.candidates import WIDE, RowCandidate, TableContext
from validator.model import Label, LabelMatch


def release_rows_elsewhere(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """A label of this table met in another's place (a summary table in the prose) is not its row."""
    assigned = [candidate for candidate in candidates if candidate.row]
    inside = [candidate for candidate in assigned if candidate.group.section == context.table.section]
    homes, rows = {candidate.group.table for candidate in inside}, [candidate.row for candidate in inside]
    counts = Counter(candidate.group.table for candidate in assigned)
    return [
        replace(candidate, row=None, label=None)
        if candidate.row in rows and candidate.group.table not in homes and counts[candidate.group.table] < 3
        else candidate
        for candidate in candidates
    ]


def mark_repeated_rows(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """The second group of one row is an extra row."""
    keys: set[str] = set()
    marked = []
    for candidate in candidates:
        row, label = candidate.row, candidate.label
        if row and label and row.key in keys:
            repeated = Label(key=row.key, text=label.text, match="repeat", block=label.block, start=label.start)
            candidate = replace(candidate, label=repeated, row=None, extra=True)
        elif row:
            keys.add(row.key)
        marked.append(candidate)
    return marked


def mark_extra_rows(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """Labelled groups with figures among the known rows that are no row of the form."""
    places = [place for place, candidate in enumerate(candidates) if candidate.row]
    return [_as_extra(place, candidates, places, context) for place in range(len(candidates))]


def _as_extra(place: int, candidates: Sequence[RowCandidate], places: Sequence[int], context: TableContext) -> RowCandidate:
    """The candidate at that place, as an extra row where it is one. `places`: of the known rows."""
    candidate = candidates[place]
    group, match, ours = candidate.group, candidate.match, candidate.match.table == context.table.key
    if not places or candidate.row or candidate.extra or (match.label and not ours):
        return candidate
    inside, wide = places[0] < place < places[-1], context.widest >= WIDE
    near = inside or any(abs(place - other) == 1 and candidates[other].group.table == group.table for other in places)
    enough = len(group.values) >= (WIDE if wide else 1) and group.printed > 0
    foreign = match.foreign and ours
    if not (near and enough and (group.labels or foreign) and (group.closed or inside or wide or foreign)):
        return candidate
    cell = (group.labels or group.values)[-1]
    kind: LabelMatch = "foreign" if foreign else "none"
    return replace(candidate, extra=True, label=Label(key="", text=cell.text, match=kind, block=cell.block, start=cell.start))

"""Rows whose labels stand apart from their figures: given by the order of the form, between two rows that bear their own label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from validator.forms.candidates import WIDE, RowCandidate, TableContext
from validator.forms.groups import RowGroup
from validator.forms.labels import LabelReader, RowMatch
from validator.forms.values import trimmed
from validator.model import FormRow, FormTable, Label
from validator.parsing.report.vocabulary import core, numeral, plain


@dataclass(kw_only=True, slots=True)
class _Stretch:
    """Rows of figures between two rows with labels of their own. `before`, `after`: the places of those in the form."""

    before: int
    after: int
    candidates: list[RowCandidate] = field(default_factory=list)
    short: list[RowCandidate] = field(default_factory=list)  # figures among them too few for a row: a page's number under a label
    labels: str = ""  # those between the last of them and the row after, plain and joined


def settle_by_order(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """Give rows of figures whose labels stand on other lines their rows by the form's order.

    A label on a line before may be the row's own or that of the row before. Where there are as many rows of figures as the form has rows
    without a label of their own, the order tells; where there are not, the labels before them do, unless they are contrary elsewhere.
    """
    table = context.table
    behind = _labels_behind(candidates, context)
    stretches = [stretch for stretch in _stretches(candidates, context, behind) if stretch.candidates]
    far = {candidate.place for stretch in stretches for candidate in stretch.candidates}
    assigned = {c.row.key for c in candidates if c.row and c.group.section == table.section and c.place not in far}
    orders = [_in_order(table, stretch, assigned, behind) for stretch in stretches]
    contrary = behind or any(
        candidate.row is not None and candidate.row is not row
        for stretch, rows in zip(stretches, orders, strict=True)
        for candidate, row in zip(stretch.candidates, rows or (), strict=False)
    )
    settled: dict[int, RowCandidate] = {}
    for stretch, rows in zip(stretches, orders, strict=True):
        if rows is not None:
            settled |= _given(stretch, rows)
        elif contrary or any(core(plain(row.label)) in stretch.labels for row in _free(table, stretch, assigned)):
            settled |= {c.place: replace(c, row=None, label=None, match=RowMatch(), apart=True) for c in stretch.candidates}
    return [settled.get(candidate.place, candidate) for candidate in candidates]


def _stretches(candidates: Sequence[RowCandidate], context: TableContext, behind: bool) -> Iterator[_Stretch]:
    """The stretches of rows of figures in the table's part."""
    table, wide = context.table, context.widest
    places = {row.key: place for place, row in enumerate(table.rows)}
    stretch = _Stretch(before=-1, after=len(table.rows))
    for candidate in candidates:
        group, row = candidate.group, candidate.row
        if group.section != table.section:
            continue
        far = not group.labels if group.closed else behind or row is None and _headed(group, context.reader)
        whole = len(trimmed(group.values, wide)) == wide if wide >= WIDE else group.printed > 0
        if far and (whole or behind):
            stretch.candidates.append(candidate)
        elif row is not None and not group.closed and _short(group, row):
            stretch.short.append(candidate)
        elif row is not None:
            stretch.after = places[row.key]
            stretch.labels = "".join(plain(cell.text) for cell in group.pending)
            yield stretch
            stretch = _Stretch(before=places[row.key], after=len(table.rows))
    yield stretch


def _short(group: RowGroup, row: FormRow) -> bool:
    """Whether figures are too few for a row, and none of them several that ran together."""
    return len(group.values) < len(row.columns) and all(cell.kind != "run" for cell in group.values)


def _free(table: FormTable, stretch: _Stretch, assigned: AbstractSet[str]) -> list[FormRow]:
    """The form's rows between the two that no other figures have."""
    return [row for row in table.rows[stretch.before + 1 : max(stretch.after, 0)] if not row.optional and row.key not in assigned]


def _in_order(table: FormTable, stretch: _Stretch, assigned: AbstractSet[str], behind: bool) -> list[FormRow] | None:
    """The rows of a stretch, if there are as many as the form has there; figures too few for a row may stand in one's place or in none."""
    for others in (assigned, assigned - {candidate.row.key for candidate in stretch.short if candidate.row}):
        free = _free(table, stretch, others)
        if len(free) == len(stretch.candidates) and (behind or all(map(_fills, stretch.candidates, free))):
            return free
    return None


def _fills(candidate: RowCandidate, row: FormRow) -> bool:
    """Whether there are as many figures as the row has columns."""
    return len(trimmed(candidate.group.values, len(row.columns))) == len(row.columns)


def _given(stretch: _Stretch, rows: Sequence[FormRow]) -> dict[int, RowCandidate]:
    """By place: each of the figures with its row; what stood in its place for want of better is free again."""
    given = {}
    for candidate, row in zip(stretch.candidates, rows, strict=True):
        if candidate.row is not row:
            first = candidate.group.values[0]
            label = Label(key=row.key, text="", match="part", block=first.block, start=first.start)
            given[candidate.place] = replace(candidate, row=row, label=label)
    return given | {c.place: replace(c, row=None, label=None) for c in stretch.short if c.row in rows}


def _labels_behind(candidates: Sequence[RowCandidate], context: TableContext) -> bool:
    """Whether labels may follow their figures: heads of columns, and no row's label, stand right before some of them."""
    inside = [candidate for candidate in candidates if candidate.group.section == context.table.section]
    if len(inside) < 2 or any(candidate.group.closed for candidate in inside):
        return False
    return any(candidate.row is None and _headed(candidate.group, context.reader) for candidate in inside)


def _headed(group: RowGroup, reader: LabelReader) -> bool:
    """Whether the last words before the figures are heads of columns."""
    if not group.labels or numeral(plain(group.labels[-1].text)):
        return False  # heads have no numbers; a row that the form has not may have a head's words
    roles = {entry.role for entry in reader.words.exact(plain(group.labels[-1].text))}
    return bool(roles) and "row" not in roles or reader.is_header(group.labels)

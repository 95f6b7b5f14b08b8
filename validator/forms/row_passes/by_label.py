"""The row that a group's own labels name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from validator.forms.blank_cells import with_blanks
from validator.forms.candidates import WORD, RowCandidate, TableContext, heads_only
from validator.forms.groups import RowGroup
from validator.model import FormRow, Label
from validator.parsing.report.vocabulary import plain


def match_labels(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """Each candidate with what its labels say; the row, where they name one of this table."""
    return [_matched(candidate, context) for candidate in candidates]


def _matched(candidate: RowCandidate, context: TableContext) -> RowCandidate:
    group, table = candidate.group, context.table
    match = context.reader.row(group.labels, group.pending, len(group.values))
    row = table.row(match.label.key) if match.label and match.table == table.key and not match.foreign else None
    if row is None or match.label is None:
        return replace(candidate, match=match)
    following = context.groups[candidate.place + 1] if candidate.place + 1 < len(context.groups) else None
    if _ends_below(match.label, row, following):
        match = replace(match, label=replace(match.label, match="form"))
    if not group.closed:
        values = with_blanks(group.labels[-1] if group.labels else None, group.values, group.empty, len(row.columns))
        group = replace(group, values=values)
    return replace(candidate, group=group, match=match, row=row, label=match.label)


def _ends_below(label: Label, row: FormRow, following: RowGroup | None) -> bool:
    """Whether the label is not shortened but goes on in the lines after its figures."""
    if label.match != "changed" or following is None or not following.labels:
        return False
    return plain(label.text) + plain(following.labels[0].text) in plain(row.label)


def words_as_values(group: RowGroup, context: TableContext) -> RowGroup:
    """In a one-cell-a-line text a word between a row's label and its figures is the row's first value (较多, 若干)."""
    if group.closed or not group.values or heads_only(group, context.reader):
        return group
    words = list(takewhile(lambda cell: cell.kind == "text" and len(cell.text) <= WORD, reversed(group.labels)))
    if not words or len(words) == len(group.labels):
        return group
    row = context.table.row(context.reader.lone_row(group.labels[-len(words) - 1], context.table.key) or "")
    if row is None or len(words) + len(group.values) != len(row.columns):
        return group
    return replace(group, labels=group.labels[: -len(words)], values=[*reversed(words), *group.values])

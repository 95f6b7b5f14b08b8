"""Groups of values to rows of the form, pass by pass: each takes the list of candidates and gives a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from validator.forms.candidates import RowCandidate, TableContext, heads_only
from validator.forms.row_passes.blank_rows import add_blank_rows
from validator.forms.row_passes.broken_rows import join_broken_rows
from validator.forms.row_passes.by_label import match_labels, words_as_values
from validator.forms.row_passes.by_order import settle_by_order
from validator.forms.row_passes.extra_rows import mark_extra_rows, mark_repeated_rows, release_rows_elsewhere
from validator.forms.row_passes.gaps import fill_gaps

RowPass = Callable[[Sequence[RowCandidate], TableContext], list[RowCandidate]]

#: In this order: what a pass gives rows to, the ones after it take as known.
PASSES: tuple[RowPass, ...] = (
    match_labels,
    settle_by_order,
    add_blank_rows,
    release_rows_elsewhere,
    mark_repeated_rows,
    join_broken_rows,
    fill_gaps,
    mark_extra_rows,
)


def assign_rows(context: TableContext) -> list[RowCandidate]:
    """Every group with values, in reading order, with its row of the form where it has one."""
    context = replace(context, groups=tuple(words_as_values(group, context) for group in context.groups))
    candidates = [
        RowCandidate(place=place, group=group)
        for place, group in enumerate(context.groups)
        if group.values and not heads_only(group, context.reader)
    ]
    for row_pass in PASSES:
        candidates = row_pass(candidates, context)
    return candidates

"""Rows broken over lines: values without labels that make the row before them whole belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.forms.candidates import WORD, RowCandidate, TableContext
from validator.model import TableCell


def join_broken_rows(candidates: Sequence[RowCandidate], context: TableContext) -> list[RowCandidate]:
    """The candidates, each with the values that its row goes on with; those they were taken from are gone."""
    joined: list[RowCandidate] = []
    rest = list(candidates)
    place = 0
    while place < len(rest):
        candidate, place = rest[place], place + 1
        if candidate.row is None or candidate.group.exact:
            joined.append(candidate)
            continue
        expected, end, values = len(candidate.row.columns), place, list(candidate.group.values)
        while len(values) < expected and end < len(rest) and _goes_on(rest[end], candidate):
            values += [*rest[end].group.labels, *rest[end].group.values]
            end += 1
        following = rest[end] if end < len(rest) else None
        if following is not None and len(values) < expected and (words := _lent(following, expected - len(values))):
            values += words
            rest[end] = following = replace(following, group=replace(following.group, labels=following.group.labels[len(words) :]))
        if following is not None and (end > place or not candidate.group.closed) and _surplus(following, candidate, expected):
            values += following.group.values  # more figures than the row has: nobody knows which is none of its
        if len(values) >= expected and len(values) > len(candidate.group.values):
            candidate, place = replace(candidate, group=replace(candidate.group, values=values)), end
        joined.append(candidate)
    return joined


def _lent(candidate: RowCandidate, wanted: int) -> list[TableCell]:
    """As many words at the head of a row's labels as the row before wants for its last figures, where they stand in their place."""
    labels = candidate.group.labels
    words = labels[:wanted]
    fits = not candidate.group.closed and len(labels) > wanted and labels[wanted].kind == "label"
    return words if fits and all(cell.kind == "text" and len(cell.text) <= WORD for cell in words) else []


def _goes_on(candidate: RowCandidate, before: RowCandidate) -> bool:
    """Whether a group has no label of its own, or only a word that may stand in a figure's place (若干)."""
    group, labels = candidate.group, candidate.group.labels
    word = not group.closed and len(labels) == 1 and labels[0].kind == "text" and len(labels[0].text) <= WORD
    return candidate.row is None and group.table == before.group.table and not group.pending and (not labels or word)


def _surplus(candidate: RowCandidate, before: RowCandidate, expected: int) -> bool:
    """Whether figures without a label, too few for a row of their own, follow those that made a row whole."""
    group = candidate.group
    return _goes_on(candidate, before) and not group.labels and group.printed > 0 and (len(group.values) < expected or expected == 1)

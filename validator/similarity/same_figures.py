"""Two files of one unit and year: which of their figures contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

from validator.model import Member, Value


def figures(member: Member) -> Mapping[str, Value | None]:
    """Its figures by table.row.column; none where it could not be read."""
    return member.file.digest.figures if member.file.digest else {}


def equal(first: Member, second: Member) -> bool:
    """Whether no figure that both have contradicts: one report twice."""
    return not differing(first, second)


def differing(first: Member, second: Member) -> tuple[str, ...]:
    """The figures, as table.row.column, that both have and that are not the same."""
    return tuple(key for key, (ours, theirs) in shared_figures(first, second).items() if ours != theirs)


def shared_figures(first: Member, second: Member) -> Mapping[str, tuple[Value, Value]]:
    """The figures that both have, by table.row.column: the first report's and the second's."""
    theirs = figures(second)
    pairs = ((key, value, theirs.get(key)) for key, value in figures(first).items())
    return {key: (value, other) for key, value, other in pairs if value is not None and other is not None}

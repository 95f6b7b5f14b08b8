"""Two files of one unit and year: which of their figures contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

from validator.model import Member, Value


def figures(member: Member) -> Mapping[str, Value | None]:
    """Its figures by table.row.column; none where it could not be read."""
    return member.file.digest.figures if member.file.digest else {}


def equal(one: Member, other: Member) -> bool:
    """Whether no figure that both have contradicts: one report twice."""
    return not differing(one, other)


def differing(one: Member, other: Member) -> tuple[str, ...]:
    """The figures, as table.row.column, that both have and that are not the same."""
    mine, theirs = figures(one), figures(other)
    return tuple(key for key, value in mine.items() if value is not None and theirs.get(key) is not None and theirs[key] != value)

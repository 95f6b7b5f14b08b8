"""What a mutation hands back: the broken report, or its bytes, and the places it broke."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.acceptance.mutation.report import Report


@dataclass(frozen=True, kw_only=True)
class Broken:
    """`facts` fill the braces of mutations.yaml: row, column, table, section."""

    report: Report | None = None
    data: bytes | None = None
    suffix: str = ".txt"  # of the file that `data` would be
    facts: dict[str, object] = field(default_factory=dict)


def broken(report: Report, **facts: object) -> Broken:
    """A broken report with the places it broke."""
    return Broken(report=report, facts=facts)

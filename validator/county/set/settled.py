"""Findings on one report that last year's report answers: they are not told where it is there and says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from validator.model import Answer, Book, FileResult, Member, Outcome, Value


@runtime_checkable
class _SettledCheck(Protocol):
    """A check whose findings last year's figures may answer."""

    def settled(self, last_year: Mapping[str, Value | None]) -> bool:
        """Whether they do; figures by table.row.column."""


def without_settled(file: FileResult, earlier: Sequence[Member], book: Book) -> FileResult:
    """The report's result without what one of last year's reports, the unit's own or those of units merged into it, answers."""
    if not earlier or not file.findings:
        return file
    found = {finding.rule for finding in file.findings}
    figures = [_figures(member.file) for member in earlier]
    gone = {
        rule.id
        for rule in book.rules
        if rule.id in found and isinstance(rule.check, _SettledCheck) and any(rule.check.settled(each) for each in figures)
    }
    if not gone:
        return file
    return replace(
        file,
        findings=tuple(finding for finding in file.findings if finding.rule not in gone),
        outcomes=tuple(Outcome(rule=one.rule, answer=Answer.PASS) if one.rule in gone else one for one in file.outcomes),
    )


def _figures(file: FileResult) -> Mapping[str, Value | None]:
    """What last year's report prints, out of its digest or of the report itself."""
    if file.digest is not None:
        return file.digest.figures
    figures = file.figures
    return figures.values if figures else {}

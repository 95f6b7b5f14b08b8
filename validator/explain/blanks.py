"""Blank cells that make sums fail: told once, by the sums, which give the missing figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.model import Finding


def filled(stories: Iterable[Finding], findings: Mapping[int, Finding], rules: Iterable[str]) -> set[int]:
    """The numbers of the findings of blank cells (of these rules) that need not be told besides the sums.

    They are those whose cells the repairs of one story fill, while these change nothing else. Where more cells are blank, the
    finding stays: the others are to be filled too.
    """
    known = frozenset(rules)
    blank = {number: frozenset(finding.cells) for number, finding in findings.items() if finding.rule in known and finding.cells}
    told: set[int] = set()
    for story in stories:
        changes = [change for repair in story.explanations for change in repair]
        if changes and not story.more and all(change.actual is None for change in changes):
            cells = {change.cell for change in changes}
            told |= {number for number, own in blank.items() if own <= cells}
    return told

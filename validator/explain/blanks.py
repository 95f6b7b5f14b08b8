"""Blank cells that make sums fail: told once, by the sums, which give the missing figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.model import Finding


def filled_by_repairs(merged: Iterable[Finding], findings: Mapping[int, Finding], rules: Iterable[str]) -> set[int]:
    """The numbers of the findings of blank cells (of these rules) that need not be told besides the sums.

    They are those whose cells the repairs of one merged finding fill, while these change nothing else. Where more cells are blank, the
    finding stays: the others are to be filled too.
    """
    of_blanks = frozenset(rules)
    blanks = {number: frozenset(blank.cells) for number, blank in findings.items() if blank.rule in of_blanks and blank.cells}
    numbers: set[int] = set()
    for finding in merged:
        changes = [change for repair in finding.explanations for change in repair]
        if changes and not finding.more and all(change.actual is None for change in changes):
            cells = {change.cell for change in changes}
            numbers |= {number for number, blank in blanks.items() if blank <= cells}
    return numbers

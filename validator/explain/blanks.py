"""Blank cells that make sums fail: told once, with the sums that give the missing figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from validator.explain.finding import fill
from validator.model import Finding
from validator.model.explain_facts import ExplainFacts


def with_blanks(
    stories: Mapping[int, Finding], findings: Mapping[int, Finding], words: ExplainFacts
) -> tuple[dict[int, Finding], set[int]]:
    """The stories by number, with what findings of blank cells add, and the numbers of the findings that need not be told besides.

    A finding of blank cells and a story are one where every repair changes nothing but cells of that finding. Where it has more cells
    than the repairs fill, its words stand before those of the sums, and its advice is given.
    """
    blank = {number: finding for number, finding in findings.items() if finding.rule in words.blanks and finding.cells}
    told: set[int] = set()
    found = dict(stories)
    for place, story in stories.items():
        changes = [change for repair in story.explanations for change in repair]
        filled = {change.cell for change in changes if change.actual is None}
        number = next((n for n, each in blank.items() if n not in told and filled and filled <= set(each.cells)), None)
        if number is None or story.more or any(change.actual is not None for change in changes):
            continue
        told.add(number)
        if words.unfilled is not None and filled != set(blank[number].cells):
            found[place] = _both(story, blank[number], words)
    return found, told


def _both(story: Finding, blank: Finding, words: ExplainFacts) -> Finding:
    """The sums' finding in the words of both."""
    message = fill(words.unfilled or {}, {"blank": blank.message, "sums": story.message})
    advice = fill(words.unfilled or {}, {"blank": blank.advice, "sums": story.advice})
    return replace(story, message=message, advice=advice, basis=tuple(dict.fromkeys((*story.basis, *blank.basis))))

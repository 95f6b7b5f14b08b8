"""Which cases an outcome is of: those that were named or counted last before it."""

from __future__ import annotations

from bisect import bisect_left

from validator.parsing.statements.fact import Fact
from validator.parsing.statements.scope import REACH
from validator.parsing.statements.statement_paragraph import StatementParagraph

#: Characters beside a topic's word in which `via` is looked for: before its first character, and from it on.
_BESIDE = (2, 6)


class Cases:
    """The facts of a paragraph that count cases: figures first, then statements in words, each in order of place."""

    def __init__(self, paragraph: StatementParagraph) -> None:
        self._paragraph = paragraph
        self._facts: list[Fact] = []
        self._counted = 0  # of the facts found so far
        self._figures = 0

    def figures_end(self) -> None:
        """From here on facts are of statements in words."""
        self._figures = len(self._so_far())

    def kind_at(self, place: int) -> str:
        """The kind of case that an outcome before `place` is of."""
        cases = self._paragraph.phrases.cases
        mark = self._paragraph.marks.last_case_before(place)
        if mark is None:
            return cases[0].kinds[0]
        at, name = mark
        around = self._paragraph.text[max(0, at - _BESIDE[0]) : at + _BESIDE[1]]
        number = next(number for number, topic in enumerate(cases) if topic.topic == name)
        if cases[number].via and cases[number].via in around and number + 1 < len(cases):
            number += 1
        counted = self._so_far()
        return counted[-1].kind if counted and counted[-1].kind in cases[number].kinds else cases[number].kinds[0]

    def before(self, begin: int, sentence: int) -> list[Fact]:
        """The facts of cases in that sentence before `begin` (a place in the passage), and not further before it than words reach."""
        counted = self._so_far()
        near: list[Fact] = []
        for first, last in ((0, self._figures), (self._figures, len(counted))):  # both in order of place
            low = bisect_left(counted, begin - REACH, first, last, key=lambda fact: fact.start)
            high = bisect_left(counted, begin, first, last, key=lambda fact: fact.start)
            near += [fact for fact in counted[low:high] if fact.sentence == sentence]
        return near

    def _so_far(self) -> list[Fact]:
        """Those found so far, in the order in which they were found."""
        facts = self._paragraph.found
        self._facts += [fact for fact in facts[self._counted :] if fact.kind in self._paragraph.phrases.case_kinds]
        self._counted = len(facts)
        return self._facts

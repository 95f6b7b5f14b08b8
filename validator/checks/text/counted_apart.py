"""Figures that some units leave out of the table by law, though their text counts them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model import Subject, Value
from validator.model.unit_facts import UnitKind, UnitLevel
from validator.parsing.statements.fact import Fact
from validator.text.characters import Pattern

_ENDS = expression(r"[。！!？?\n]")


@record
class CountedApart:
    """Figures of `kind` in the same sentence, or what `words` tells there without a figure, that not every unit counts in its table.

    They may be left out where `excused` stands in the sentence, or by units of `units` at one of `levels`. Where they may not, the variant
    `apart` of the rule speaks, and `due` says what is expected.
    """

    kind: str
    words: Pattern
    excused: Pattern
    units: tuple[UnitKind, ...] = ()
    levels: tuple[UnitLevel, ...] = ()
    due: str = ""

    def judge(self, fact: Fact, values: Iterable[Value], subject: Subject, statements: Iterable[Fact]) -> Literal["right", "apart", ""]:
        """right: the text counts just so many more than one of the table's `values`, and may; apart: the words stand there; '': neither."""
        sentence = _sentence(fact)
        if not self.words.search(sentence):
            return ""
        beside = {one.start: one.value for one in statements if one.kind == self.kind and _same(one, fact)}
        more = sum(beside.values())
        unit = subject.unit
        may = self.excused.search(sentence) or (unit.kind in self.units and unit.level in self.levels)
        return "right" if may and more and fact.value - more in values else "apart"


def _same(one: Fact, other: Fact) -> bool:
    return one.line == other.line and one.sentence == other.sentence


def _sentence(fact: Fact) -> str:
    """The sentence that the figure stands in, as printed."""
    text = fact.passage.text
    stop = _ENDS.search(text, fact.start)
    return _ENDS.split(text[: stop.start() if stop else len(text)])[-1]

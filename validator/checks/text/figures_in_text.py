"""A figure of the text against the table: it must be one of the values that the rule's readings give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from validator.base.records import record
from validator.checks.sums.table_terms import cells, stated, undisputed_value, undivided_row
from validator.checks.text.counted_apart import CountedApart
from validator.checks.text.whose_figure import firm, place, whose
from validator.messages import both, enumerated
from validator.model import Cell, Hit, Severity, Skip, Subject, Text, Value
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.fact import Fact
from validator.parsing.statements.facts import facts


@record
class ComparedKind:
    """One kind of fact and what it may be held against; `zh` and `en` name the figure of the table.

    `most`: the text's figure is a part of the table's: only one that is more than any reading is wrong. `apart`: what it may count more.
    `counted_in`: in which words it must be counted; none: in any.
    """

    kind: str
    readings: tuple[str, ...]
    zh: str
    en: str
    most: bool = False
    counted_in: tuple[str, ...] = ()
    apart: CountedApart | None = None


@record
class FiguresInText:
    """Every mention of these kinds. A mention that leaves its reading open is a warning (`unsure`), whatever the rule's severity.

    `nought`: 'skip' leaves mentions to another rule where text and table differ in that one of them says none; 'only' takes just those.
    `units`: for money, how many of the table's units one of the text's is.
    """

    said: tuple[ComparedKind, ...]
    nought: Literal["both", "skip", "only"] = "both"
    units: Mapping[str, str] | None = None
    unsure: Severity = Severity.WARNING  # of a mention that leaves its reading open
    runs: bool = False  # digits that ran together in the table, which no way of dividing makes the text's figure: the variant `run` speaks
    phrases: Annotated[str, PhraseFacts] = "phrases"

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for each figure that fits no reading; the same figure stated again is not another one."""
        phrases = subject.tables.required(self.phrases, PhraseFacts)
        statements = facts(subject, phrases)
        some = frozenset(fact.kind for fact in statements if fact.value and fact.comparable)
        hits: dict[tuple[str, Value], Hit] = {}
        for fact in statements:
            said = self._by_kind.get(fact.kind)
            if (
                said is None
                or (said.counted_in and fact.unit not in said.counted_in)
                or not fact.comparable
                or whose(fact, subject, phrases) == "other"
                or _overruled(fact, some, phrases)
            ):
                continue
            hit = self._judge(fact, said, subject, phrases, statements)
            if isinstance(hit, Skip):
                yield hit
            elif hit is not None:
                hits.setdefault((fact.kind, fact.value), hit)
        yield from hits.values()

    @cached_property
    def _by_kind(self) -> Mapping[str, ComparedKind]:
        return {said.kind: said for said in self.said}

    def _judge(
        self, fact: Fact, said: ComparedKind, subject: Subject, phrases: PhraseFacts, statements: Sequence[Fact]
    ) -> Hit | Skip | None:
        readings = [terms for text in said.readings if (terms := cells(subject.figures, text))]
        marks = tuple(dict.fromkeys(cell for terms in readings for _, cell in terms))
        values = [value for terms in readings if (value := undisputed_value(subject, terms)) is not None]
        if not values or len(values) < len(readings):
            printed = (undivided_row(subject.figures, terms, fact.value) for terms in readings)
            run = next(filter(None, printed), None) if self.runs else None
            if run:
                return _hit(fact, said, [run], (), Severity.WARNING, "run")  # no cells: the row is known to be unreadable
            return Skip(reason=both("checks.no-figure-to-compare"), cells=marks, after=subject.blocked(*marks))
        if any(self._same(fact, value) for value in values) or (said.most and fact.value <= max(values)):
            return None
        apart = said.apart.judge(fact, values, subject, statements) if said.apart else ""
        if apart == "right":
            return None
        one_says_none = not fact.value or not any(values)
        if self.nought != "both" and one_says_none != (self.nought == "only"):
            return None
        sure = firm(fact, subject, phrases) and all(stated(subject.figures, cell) for cell in marks)  # a blank among them may hide a figure
        hit = _hit(fact, said, values, marks, None if sure else self.unsure)
        if said.most:
            return replace(hit, expected=None)  # a part may be anything up to that
        return replace(hit, variant="apart", expected=said.apart.due or None) if apart and said.apart else hit

    def _same(self, fact: Fact, value: Value) -> bool:
        """Whether the text's figure is the table's; money within the precision that either prints."""
        if self.units is None:
            return fact.value == value
        scale = self.units.get(fact.unit)
        if scale is None:
            return True
        digits = min(_digits(fact.value) - _scale(scale), _digits(value))
        return abs(Decimal(fact.value) * Decimal(scale) - Decimal(value)) < Decimal(1).scaleb(-digits)


def _overruled(fact: Fact, some: Collection[str], phrases: PhraseFacts) -> bool:
    """Words that say none, where figures say some (`some`: of which kinds): the words mean a part."""
    return fact.none and not fact.value and bool(phrases.overrules.get(fact.kind, frozenset((fact.kind,))).intersection(some))


def _digits(value: Value) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _scale(scale: str) -> int:
    exponent = Decimal(scale).as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _hit(
    fact: Fact,
    said: ComparedKind,
    values: Sequence[Value | str],
    marks: tuple[Cell, ...],
    severity: Severity | None,
    variant: str | None = None,
) -> Hit:
    distinct = list(dict.fromkeys(str(value) for value in values))
    name: Text = {"zh": said.zh, "en": said.en}
    either = enumerated(distinct, "marks.either")
    return Hit(
        spot=place(fact),
        facts={"quote": fact.quote, "said": str(fact.value), "name": name, "either": either},
        expected=None if variant else distinct[0],
        actual=str(fact.value),
        severity=severity,
        variant=variant,
        cells=marks,
    )

"""The records that rules/tables/phrases.yaml is made of; what each key holds is said there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Annotated, Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model.demands import Demand


def _compiles(text: str) -> bool:
    try:
        expression(text)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


#: A regular expression that may hold <name> for one of the table's words.
Expression = Annotated[str, Demand(holds=_compiles, key="expression")]


@record
class NumberWords:
    """The words around numbers, each as alternatives of an expression."""

    classifiers: Expression
    counts: str
    money: Expression
    written: Expression
    about: Expression
    more: Expression
    around: Expression

    @cached_property
    def counted(self) -> frozenset[str]:
        """The units in which cases, applications and decisions are counted; '' among them: without one."""
        return frozenset(self.counts.split("|"))

    @cached_property
    def sums(self) -> frozenset[str]:
        """The units of money."""
        return frozenset(self.money.split("|"))


@record
class Topic:
    """Something that a paragraph or a clause may be about."""

    topic: str
    says: Expression
    hint: str = ""
    heading: Expression = ""  # what a sub-heading says of it
    yields: bool = False  # to the topic of the part or the heading, once its sentence is over
    another: bool = False  # nothing that is counted under it is a fact


@record
class FactKind:
    """A figure that the text may state."""

    kind: str
    topic: str
    says: tuple[Expression, ...]
    hint: str = ""
    unless: Expression = ""
    follows: str = ""  # a group: one of its kinds stands before it in the sentence
    needs: str = ""  # a word of the sentence
    beside: Expression = ""  # stands before the figure in its sentence; its group `unit` is the figure's unit
    cell: str = ""  # table.row.column that alone holds the figure
    money: bool = False
    outcome: bool = False  # how cases ended
    each: tuple[str, ...] = ()  # the kinds that it is the figure of


@record
class NoneStatement:
    """A clause that says there is none of these kinds."""

    kinds: tuple[str, ...]
    says: tuple[Expression, ...]
    hint: str = ""
    unless: tuple[Expression, ...] = ()
    only: Mapping[str, Expression] = field(default_factory=dict)  # kind → what must stand in the clause for it


@record
class ClaimOfAll:
    """A clause that claims something of all applications, or how all cases before it ended or the last."""

    kind: str
    topic: str
    says: tuple[Expression, ...]
    hint: str = ""
    outcome: str = ""
    of: Literal["all", "last"] = "all"


@record
class CaseTopic:
    """A topic under which cases are counted, with their kinds; beside `via` its word only leads to the next such topic's cases."""

    topic: str
    kinds: tuple[str, ...]
    via: str = ""


@record
class YearWords:
    """By which words a figure is of another year."""

    named: Expression  # group 1: the year
    into: Expression
    last: Expression
    from_last: Expression


@record
class UnitWords:
    """Who acted, against the unit that reports."""

    areas: frozenset[str]
    itself: Expression = field(metadata={"key": "self"})
    common: Mapping[str, Expression]
    ends: Expression
    office: Expression
    government: str
    levels: Mapping[str, str]
    within: Mapping[str, str]


@record
class CheckedKinds:
    """Kinds that the checks of the text put together."""

    incoming: frozenset[str]
    brought: str
    brought_cell: str
    totals: frozenset[str]
    ways: frozenset[str]

"""rules/tables/explain.yaml as records: how a story about failed sums is told."""

from __future__ import annotations

from dataclasses import field

from validator.base.records import record
from validator.model.demands import Spoken
from validator.model.finding import Basis


@record
class ExplainPlace:
    """Where the story plays: one figure, or a whole table."""

    table: Spoken
    cell: Spoken


@record
class ExplainMessage:
    """The story itself, by what the repairs have in common."""

    suspect: Spoken
    suspect_blank: Spoken = field(metadata={"key": "suspect-blank"})
    suspect_among: Spoken = field(metadata={"key": "suspect-among"})
    shifted: Spoken
    moved: Spoken
    only: Spoken
    several: Spoken
    favoured: Spoken


@record
class ExplainAxis:
    """Words for a row or a column."""

    row: Spoken
    column: Spoken


@record
class ExplainCommon:
    """What every repair touches."""

    cells: Spoken
    row: Spoken
    column: Spoken


@record
class ExplainSlip:
    """How people err at the keyboard and in the ledger; other slips have no words."""

    swapped: Spoken
    ten: Spoken
    doubled: Spoken
    dropped: Spoken
    total: Spoken
    twice: Spoken
    over: Spoken


@record
class ExplainAdvice:
    """What to do: where one figure is under suspicion, and where several are."""

    one: Spoken
    several: Spoken


@record
class ExplainUnentered:
    """Cases that the total counts and none of the rows that make it up: which rule finds them, and what is said of them."""

    rule: str
    message: Spoken
    should: Spoken
    advice: Spoken


@record
class ExplainFacts:
    """The keys of rules/tables/explain.yaml, where each is explained."""

    order: tuple[str, ...]
    twice: tuple[str, ...] = ()
    basis: Basis
    place: ExplainPlace
    cell: Spoken
    change: Spoken
    blank: Spoken
    blanks: tuple[str, ...] = ()
    message: ExplainMessage
    where: ExplainAxis
    lines: ExplainAxis
    common: ExplainCommon
    more: Spoken
    slip: ExplainSlip
    evidence: Spoken
    against: Spoken
    unentered: ExplainUnentered | None = None
    joint: Spoken
    advice: ExplainAdvice

"""What checks find and what results say of it: hits, skips, sums, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Literal

from validator.base.records import record
from validator.messages import Language, Text
from validator.model.document import Block
from validator.model.figures import Cell, Value

#: What the program itself looks a rule up for: to say that a file could not be read, whatever the reason; to say that it is no report.
Role = Literal["unreadable", "not-a-report"]
#: The category of the rules that say what was read of a file and what was not.
INPUT = "input"


class Severity(StrEnum):
    """How much a finding weighs: 必须改, 请核实, 供参考."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return ("error", "warning", "note").index(self.value)


#: What a finding of some rules says of a unit: 缺报, 逾期. It is no fault of a report's text.
UnitState = Literal["missing", "late"]


class Grade(StrEnum):
    """Under which heading people see a finding, in the order of the headings: by its severity, or as the state of a unit."""

    MISSING = "missing"
    ERROR = "error"
    LATE = "late"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for what stands first."""
        return tuple(Grade).index(self)


class Answer(StrEnum):
    """The five answers of a rule on a report, the worst first."""

    ERROR = "error"
    FAIL = "fail"
    REVIEW = "review"
    SKIP = "skip"
    PASS = "pass"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return tuple(Answer).index(self)


@record
class Basis:
    """Where a rule comes from: 法定, 国家格式, 本县要求 (this tool's advice, 工具建议, where no county asks) or 数据逻辑."""

    kind: Literal["law", "form", "county", "logic"]
    document: str = ""
    part: str = ""
    forms: tuple[str, ...] = ()  # cited for reports on these forms; empty: for all
    asked: bool = False  # of kind county: the county's own nianbao.yaml or pack lays it down
    en: str = ""  # document and part in English, where they are no citation but a reason; else they stand as they are

    def cited(self, language: Language) -> tuple[str, str]:
        """Document and part in that language."""
        return (self.en, "") if language == "en" and self.en else (self.document, self.part)


@record
class Spot:
    """A place in the report, before it is laid out as a Location."""

    block: Block | None = None
    start: int = 0  # 0-based in block.text
    length: int = 0  # code points; 0: the whole block
    section: int | None = None
    cell: Cell | None = None  # the form's keys
    private: bool = False  # the words must be masked in every output


@record
class Sum:
    """One failed sum."""

    rule: str
    row: str | None
    column: str | None
    expected: Value | None
    actual: Value | None


@record
class Change:
    """One figure and what it would have to be. `table`, `row` and `column`: its address in the form's keys."""

    cell: Cell
    actual: Value | None
    expected: Value | None

    @property
    def table(self) -> str:
        """The key of its table."""
        return self.cell.table

    @property
    def row(self) -> str | None:
        """The key of its row."""
        return self.cell.row

    @property
    def column(self) -> str | None:
        """The key of its column."""
        return self.cell.column


@record
class Evidence:
    """What the text or last year's report says a figure is; `source` names it: 正文“收到申请5件”."""

    value: Value
    source: Text


@record
class Identity:
    """A linear identity among figures of one table: Σ coefficient × figure = 0. Kept so that failed sums can be explained.

    `total` is the cell that the identity calls a total where it has one alone (coefficient -1).
    """

    rule: str
    terms: tuple[tuple[int, Cell], ...]
    row: str | None  # where the finding stands: the row of a row sum, else None
    column: str | None
    label: Text = field(default_factory=dict)


@record
class Hit:
    """One thing a check found: where, and what fills the rule's message."""

    spot: Spot
    facts: Mapping[str, object] = field(default_factory=dict)  # for the braces of message and advice
    expected: str | None = None  # as printed
    actual: str | None = None
    variant: str | None = None  # which of the rule's variants speaks
    severity: Severity | None = None  # where the check lowers or raises it
    review: bool = False
    cells: tuple[Cell, ...] = ()  # the figures it was judged on
    rows: tuple[str, ...] = ()  # one finding over several rows or cells
    sum: Sum | None = None
    identity: Identity | None = None
    form: str = ""  # the form whose documents are cited; empty: the one that the report uses
    paths: tuple[str, ...] = ()  # of a set: the reports it speaks of
    unit: str | None = None  # of a set: the unit and year
    year: int | None = None


@record
class Skip:
    """A check could not judge, wholly (`cells` empty) or at these cells. `after`: the required rule that failed there, if that is why.

    `told`: it could, but `after` tells of the same fault.
    """

    reason: Text = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    after: str | None = None
    told: bool = False


@record
class Location:
    """The contract's `location`; what does not apply is None."""

    line: int | None = None
    offset: int | None = None
    length: int | None = None
    excerpt: str | None = None
    heading: str | None = None
    section: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    paragraph: int | None = None
    cell: tuple[int, int, int] | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@record
class Finding:
    """One finding, complete at birth. Texts hold both languages; reporters choose."""

    rule: str
    severity: Severity
    message: Text
    advice: Text
    basis: tuple[Basis, ...]
    location: Location
    review: bool = False
    expected: str | None = None  # where it is sure
    actual: str | None = None
    should: Text = field(default_factory=dict)  # what should be in words, where no one value is sure
    place: Text = field(default_factory=dict)  # 位置 in the report's own words: 第三部分表格“总计”行
    sums: tuple[Sum, ...] = ()
    explanations: tuple[tuple[Change, ...], ...] = ()
    more: bool = False  # more explanations than are listed
    suspect: Change | None = None
    rows: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    paths: tuple[str, ...] = ()  # of a finding about the set: the reports it speaks of
    unit: str | None = None  # of a finding about the set: the unit and year it speaks of
    year: int | None = None
    identities: tuple[Identity, ...] = ()
    role: Role | None = None  # the rule's
    state: UnitState | None = None  # the rule's, where it is sure

    @property
    def grade(self) -> Grade:
        """Under which heading people see it; programs and the exit status go by its severity."""
        return Grade(self.state or self.severity.value)

    @property
    def category(self) -> str:
        """The part of the rule's id before the dot."""
        return self.rule.split(".", 1)[0]

    @property
    def unread(self) -> bool:
        """Whether it says that a file, or a part of it, was not read: no setting, waiver or baseline hides that."""
        return self.severity is Severity.ERROR and self.category == INPUT


@record
class Waived:
    """A finding that a waiver or the baseline hides; still counted and listed."""

    finding: Finding
    reason: str
    until: date | None = None
    baseline: bool = False  # hidden by the baseline, not by a waiver

    @property
    def rule(self) -> str:
        """The finding's rule."""
        return self.finding.rule

    @property
    def message(self) -> Text:
        """The finding's message."""
        return self.finding.message

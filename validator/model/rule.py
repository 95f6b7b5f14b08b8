"""The book of rules as loaded, and the subject that a check looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, get_args

from validator.base.once import Once
from validator.base.records import record
from validator.messages import Text
from validator.model.county import County, Unit
from validator.model.fact_tables import FactTables
from validator.model.figures import Cell, Figures
from validator.model.finding import INPUT, Basis, Hit, Role, Severity, Skip, UnitState
from validator.model.form import Form
from validator.model.report import Report

if TYPE_CHECKING:
    from dataclasses import Field

#: What a rule is about: one report, a report and the year before's, the set of reports, what the county accepts.
Scope = Literal["report", "series", "county", "config"]


@record
class Subject:
    """What a check looks at: one report with everything known about it. `before`: the same unit's report of the year before."""

    report: Report
    figures: Figures
    unit: Unit
    tables: FactTables = FactTables()  # the book's
    county: County = County()
    before: Subject | None = None
    merged: tuple[Subject, ...] = ()  # last year's reports of other units that have become part of this one
    failed: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)  # rule → hits, of the rules this one requires
    told: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)  # rule → hits, of the rules this one yields to
    once: Once = field(default_factory=Once)  # what checks work out of the report: its paragraphs, its facts

    def blocked(self, *cells: Cell) -> str | None:
        """The required rule that failed on one of these cells, if any."""
        for rule, hits in self.failed.items():
            for hit in hits:
                marks = hit.cells or ((hit.spot.cell,) if hit.spot.cell else ())
                if any(mark.meets(cell) for mark in marks for cell in cells):
                    return rule
        return None


class Check(Protocol):
    """A kind of check: a frozen dataclass whose fields are the options that a rule may give it.

    `SCOPES` says for which scopes of rules it is made (`report` alone where it says nothing). One over the set is given a ReportSet,
    one over what the county accepts (`config`) an Acceptance.
    One that names several things, of which a rule it yields to may tell some, has `WEIGHS`: it leaves these out itself (`Subject.told`).
    One over a series may have `clear(this, before)`: whether two Digests show that nothing is wrong (or the Skip that says why they show
    nothing), so that no report need be opened.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def run(self, subject: Any) -> Iterable[Hit | Skip]:
        """What is wrong; nothing: the rule passes."""


@record
class Variant:
    """Another way for a rule to speak: its own severity, message, advice or what should be."""

    severity: Severity | None = None
    review: bool = False
    message: Text | None = None
    advice: Text | None = None
    should: Text | None = None
    basis: tuple[Basis, ...] = ()  # where it rests on another one


@record
class Rule:
    """A rule of the book, loaded: the law's half (texts, basis) and the machine's half (`check`)."""

    id: str
    title: Text
    severity: Severity
    basis: tuple[Basis, ...]
    check: Check
    message: Text
    advice: Text
    should: Text | None = None  # what should be, in words, where no one value is sure; None: the value that the check gives
    variants: Mapping[str, Variant] = field(default_factory=dict)
    why: Text = field(default_factory=dict)
    forms: tuple[str, ...] = ()  # empty: all
    years: tuple[int | None, int | None] = (None, None)  # first and last report year
    kinds: tuple[str, ...] = ()  # kinds of unit; empty: all
    requires: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()  # rules that tell of the same fault, where they find it, in its stead
    scope: Scope = "report"
    role: Role | None = None  # what the program itself looks it up for
    state: UnitState | None = None  # what its findings say of a unit: people see them under a heading of their own
    unasked: Literal["on", "off"] = "on"  # off: it reports only where somebody asks for it by its id
    path: str = ""  # the rule file
    pack: str = ""  # the folder of its pack; empty: built in
    replaces: tuple[str, ...] = ()  # the files of the rules that it changes or stands in for, oldest first
    examples: Mapping[str, object] | None = None  # not loaded when reports are checked

    @property
    def category(self) -> str:
        """The part of the id before the dot."""
        return self.id.split(".", 1)[0]

    @property
    def off(self) -> bool:
        """Whether it reports only where it is asked for: named by --select, in nianbao.yaml, or changed by a county's pack."""
        return self.unasked == "off"

    @property
    def unread(self) -> bool:
        """Whether it says that a file could not be read: it reports whatever --select and --ignore say."""
        return self.severity is Severity.ERROR and self.category == INPUT


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, each after those it requires or yields to; otherwise as given. A circle is cut where it closes."""
    by_id = {rule.id: rule for rule in rules}
    done: dict[str, Rule] = {}
    open_: set[str] = set()

    def visit(rule: Rule) -> None:
        if rule.id in done or rule.id in open_:
            return
        open_.add(rule.id)
        for name in (*rule.requires, *rule.yields_to):
            if name in by_id:
                visit(by_id[name])
        done[rule.id] = rule

    for rule in by_id.values():
        visit(rule)
    return tuple(done.values())


@record
class DocumentKind:
    """A kind of report that a book is about, as its pack.yaml says: what it is called, and how a document of it is known."""

    name: str  # what --pack calls it
    title: Text
    documents: tuple[str, ...] = ()  # regular expressions: titles, in half width without spaces
    words: tuple[str, ...] = ()  # words of its form, which show a document that has lost its title …
    least: int = 3  # … where so many of them stand in it
    headings: int = 0  # or so many headings of the form's parts; 0: they show nothing
    unchecked: Text = field(default_factory=dict)  # what the book does not check
    trusted: bool = True  # a built-in pack, whose expressions are tested


@record
class Book:
    """All that is law: forms, rules and tables of facts (rules/tables/*.yaml), and a sha256 over them."""

    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    tables: FactTables
    fingerprint: str
    kind: DocumentKind | None = None  # what it is about
    others: tuple[DocumentKind, ...] = ()  # kinds with books of their own, which a document's title may ask for

    def form(self, key: str) -> Form | None:
        """The form of that id."""
        return next((form for form in self.forms if form.id == key), None)

    def of_scope(self, scope: Scope) -> tuple[Rule, ...]:
        """Its rules about that, each after those of them that it requires."""
        return self._scopes[scope]

    @cached_property
    def _scopes(self) -> Mapping[Scope, tuple[Rule, ...]]:
        return {scope: in_order(rule for rule in self.rules if rule.scope == scope) for scope in get_args(Scope)}

"""A finished run: results of files, of the set, and what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal, Protocol

from validator.base.records import record
from validator.messages import Text
from validator.model.county import County, RosterUnit
from validator.model.document import Document
from validator.model.fact_tables import FactTables
from validator.model.figures import Figures, Value
from validator.model.finding import Answer, Finding, Severity, Waived
from validator.model.report import Report, Source
from validator.model.rule import Rule

#: Why a rule did not judge, where that is more than a reason.
Waits = Literal["", "fault", "sums", "told"]


@record
class Outcome:
    """A rule's answer on one report."""

    rule: str
    answer: Answer
    reason: Text | None = None  # of a skip or an error
    #: For what: until the fault that `reason` names is mended; until the table's sums hold; for nothing, since that fault is the same.
    waits: Waits = ""


class Reading(Protocol):
    """A report as it was read. Of a large set only packed ones are held; they unfold when they are asked."""

    @property
    def report(self) -> Report:
        """Sections and tables, with places."""

    @property
    def figures(self) -> Figures:
        """Every figure in the form's keys."""

    def quoted(self, spans: Collection[tuple[int, int]]) -> Document:
        """The document it was read from, perhaps only these lines, with what words of that length run on into: (line, length).

        To unfold no more costs little.
        """


@record
class Read:
    """A report as it was read, at hand."""

    report: Report
    figures: Figures

    def quoted(self, spans: Collection[tuple[int, int]]) -> Document:
        """The whole document."""
        return self.report.document


@record
class PartSketch:
    """The signature of one part of a report. `judged`: long enough to be held against others, not only others against it."""

    number: int
    judged: bool
    letters: int  # of its own
    hashes: bytes  # 32-bit numbers, little end first, in the order of the text
    steps: bytes  # how many letters each stands after the one before
    own: str = ""  # its own letters, a line a sentence


@record
class Sketch:
    """By which copies are looked for: signatures of the parts, and of the sentences, as `PartSketch.hashes`."""

    parts: tuple[PartSketch, ...]
    sentences: bytes  # sorted


@record
class Digest:
    """What the rules over a set need of one report, small enough to be held for thousands."""

    figures: Mapping[str, Value | None]  # table.row.column in the form's keys → value; None: blank or unreadable
    sketch: Sketch | None = None  # None: nothing to compare
    published: date | None = None  # the day of publication that the text gives


@record
class Skipped:
    """A rule that did not judge, or that broke, and why."""

    rule: str
    reason: Text


@record
class FileResult:
    """What was found in one report: the result of `validator.check`, whose attributes have the names of the JSON result."""

    path: str
    part: int | None = None
    report_kind: str | None = None  # by the name of its pack; None: unreadable
    reading: Reading | None = None  # None: unreadable
    digest: Digest | None = None  # of a set's reports
    unit: str | None = None
    year: int | None = None
    unit_from: Source | None = None  # where the name was taken from
    year_from: Source | None = None
    kind: str | None = None  # of unit, by its name: township, department …
    level: str | None = None
    form: str | None = None  # id of the form used; None too where no form applied yet
    form_due: str | None = None  # id of the form that the year asks for
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()

    @property
    def checked(self) -> Mapping[str, int]:
        """How many rules gave each answer: pass, fail, review, skip, error."""
        return {name: self.count(Answer(name)) for name in ("pass", "fail", "review", "skip", "error")}

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The rules that did not judge."""
        return self._without(Answer.SKIP)

    @property
    def broken(self) -> tuple[Skipped, ...]:
        """The rules that broke on the report: the tool's trouble, not the report's."""
        return self._without(Answer.ERROR)

    def _without(self, answer: Answer) -> tuple[Skipped, ...]:
        return tuple(Skipped(rule=each.rule, reason=each.reason or {}) for each in self.outcomes if each.answer is answer)

    @property
    def report(self) -> Report | None:
        """The report; None where the file could not be read. Unfolding a packed one costs milliseconds: ask once."""
        return self.reading.report if self.reading else None

    @property
    def figures(self) -> Figures | None:
        """Its figures; None where the file could not be read."""
        return self.reading.figures if self.reading else None

    @property
    def quoted(self) -> Document | None:
        """The document, at least the lines of the findings; None where the file could not be read."""
        places = [finding.location for finding in (*self.findings, *(waived.finding for waived in self.waived))]
        return self.reading.quoted({(place.line or 0, place.length or 0) for place in places}) if self.reading else None

    @property
    def status(self) -> Literal["clean", "findings", "unreadable"]:
        """The contract's status; notes alone leave a report clean."""
        if any(finding.unread for finding in self.findings):
            return "unreadable"
        return "findings" if any(f.severity is not Severity.NOTE for f in self.findings) else "clean"

    def count(self, answer: Answer) -> int:
        """How many rules gave that answer."""
        return self._answers[answer]

    @cached_property
    def _answers(self) -> Counter[Answer]:
        return Counter(outcome.answer for outcome in self.outcomes)


@record
class PassedOver:
    """A file of a folder walk that is no report."""

    path: str
    reason: Text


@record
class Broken:
    """A rule that broke: the tool's trouble, not the report's."""

    rule: str
    message: Text
    path: str | None = None


@record
class Member:
    """One report of a set, and whose it is. `by`: whether its text or its path says so; '' where nothing does."""

    file: FileResult
    unit: RosterUnit | None = None  # on the roster, or as the reports name it where there is none
    name: str | None = None  # as results call it
    kind: str | None = None
    year: int | None = None
    by: Literal["text", "path", ""] = ""
    said: str | None = None  # the unit that the text names, where the path decides otherwise
    #: The one that stands for unit and year, the same again, an older version; another report under the same name, checked by itself.
    role: Literal["taken", "rendition", "draft", "other"] = "taken"
    dated: bool = False  # of several versions: its date shows which is the newest, not its file's name


class Memory(Protocol):
    """What an earlier run found out, by all that it depends on; None where nothing is remembered."""

    def recall(self, name: str, of: bytes) -> bytes | None:
        """What was kept."""

    def keep(self, name: str, of: bytes, data: bytes) -> None:
        """For the next run."""


@record
class ReportSet:
    """Many reports together. `today`: the day on which reports are due or not yet. `whole`: all that the county has, not some of them."""

    members: tuple[Member, ...]
    county: County
    today: date
    whole: bool = True
    memory: Memory | None = None
    tables: FactTables = FactTables()

    @cached_property
    def by_unit(self) -> Mapping[tuple[str, int], tuple[Member, ...]]:
        """Unit and year → its reports, the one that stands for them first."""
        found: dict[tuple[str, int], list[Member]] = {}
        for member in self.members:
            if member.unit is not None and member.year is not None:
                found.setdefault((member.unit.name, member.year), []).append(member)
        return {key: tuple(sorted(held, key=lambda member: member.role != "taken")) for key, held in found.items()}


class State(StrEnum):
    """How a unit stands for a year, the worst first."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    FAILED = "failed"  # must be changed: an error was found
    VERIFY = "verify"  # warnings alone
    LATE = "late"  # published after its day, and nothing else to verify
    NOT_DUE = "not-due"  # no report yet, and the deadline has not passed
    CLEAN = "clean"  # nothing found, or notes alone


@record
class Standing:
    """One unit and year of the set. `paths`: the report taken first, then its other renditions and drafts."""

    unit: str
    kind: str | None
    year: int
    state: State
    paths: tuple[str, ...] = ()
    due: date | None = None  # the last day, where one is laid down


@record
class Unshown:
    """What --changed-since leaves out of the result: reports that are as they were. They were read, and stand in the set."""

    since: str  # the revision, as it was given
    files: int
    failed: int = 0  # of them, those with errors or warnings or unreadable
    collection: int = 0  # findings about the set that speak of no changed report


@record
class Run:
    """The finished run. Reporters show it and decide nothing."""

    files: tuple[FileResult, ...]
    rules: Mapping[str, Rule]
    fingerprint: str  # sha256 of rules and forms
    fail_on: Severity | None = Severity.ERROR  # None: never
    passed_over: tuple[PassedOver, ...] = ()
    collection: tuple[Finding, ...] = ()
    broken: tuple[Broken, ...] = ()
    county: str | None = None
    empty: tuple[str, ...] = ()  # folders that were walked and hold no report
    unchecked: Mapping[str, Text] = field(default_factory=dict)  # kind of report → what its book does not check
    standings: tuple[Standing, ...] = ()  # of a set: unit by year, in the roster's order
    unshown: Unshown | None = None  # with --changed-since
    outcomes: tuple[Outcome, ...] = ()  # of the rules over the set
    waived: tuple[Waived, ...] = ()  # of `collection`

    @cached_property
    def of_standing(self) -> Mapping[tuple[str, int], tuple[Finding, ...]]:
        """Unit and year → the findings about the set that speak of it, or of one of its reports."""
        owners = {path: (standing.unit, standing.year) for standing in self.standings for path in standing.paths}
        found: dict[tuple[str, int], list[Finding]] = {}
        for finding in self.collection:
            own = [(finding.unit, finding.year)] if finding.unit is not None and finding.year is not None else []
            for key in dict.fromkeys([*own, *(owners[path] for path in finding.paths if path in owners)]):
                found.setdefault(key, []).append(finding)
        return {key: tuple(held) for key, held in found.items()}

    def about_acceptance(self, finding: Finding) -> bool:
        """Whether it speaks of nianbao.yaml and the baseline themselves: of all reports, and not to be accepted in its turn."""
        rule = self.rules.get(finding.rule)
        return rule is not None and rule.scope == "config"

    @property
    def exit_status(self) -> int:
        """0 nothing at or above --fail-on, 1 findings, 2 the command could not do its work."""
        none = not self.files and not (self.unshown and self.unshown.files)
        if none or self.empty or self.broken or any(f.status == "unreadable" for f in self.files):
            return 2
        found = [f.severity.rank for file in self.files for f in file.findings] + [f.severity.rank for f in self.collection]
        return int(self.fail_on is not None and any(rank <= self.fail_on.rank for rank in found))

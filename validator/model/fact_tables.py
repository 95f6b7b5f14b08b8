"""The tables of facts (rules/tables/*.yaml) as records, and FactTables, which holds those of a book by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar, get_args

from validator.base.patterns import TablePattern
from validator.base.records import record
from validator.messages import Text
from validator.model.demands import MonthDay, Spoken
from validator.model.explain_facts import ExplainFacts
from validator.model.finding import Severity
from validator.model.form import PartRole
from validator.model.phrases import PhraseFacts
from validator.model.reading_facts import ReadingFacts
from validator.model.unit_facts import UnitFacts, UnitKind

_Facts = TypeVar("_Facts")


@record
class Notice:
    """A notice or law that reports cite."""

    short: str
    number: str
    date: str
    name: TablePattern
    also: tuple[str, ...] = ()  # other numbers that are right behind its name
    misnamed: TablePattern | None = None  # its name with a fault, and `title` as it should be
    title: str = ""


@record
class DamagedNumber:
    """A number with something else in it, and the right one."""

    says: TablePattern
    number: str


@record
class RetiredNotice:
    """A citation that something has replaced."""

    says: TablePattern
    since: int = field(metadata={"key": "from"})
    by: str
    by_says: TablePattern
    excused: TablePattern | None = None
    until: int | None = None  # the last year of reports that `by` is for


@record
class RegulationName:
    """The names of the regulation, right and wrong."""

    name: str
    right: tuple[str, ...]
    like: TablePattern
    other: TablePattern
    bare_wrong: TablePattern


@record
class CitationFacts:
    """The keys of rules/tables/citations.yaml, where each is explained."""

    notices: tuple[Notice, ...]
    after_name: TablePattern
    issuers: tuple[str, ...]
    numbered: str
    set_aside: TablePattern
    defines: TablePattern
    loose: TablePattern
    marks_lost: TablePattern
    behind: TablePattern | None = None
    kin: TablePattern | None = None
    damaged: tuple[DamagedNumber, ...] = ()
    of_year: TablePattern | None = None
    short_names: TablePattern | None = None
    retired: tuple[RetiredNotice, ...]
    regulation: RegulationName


@record
class Provision:
    """A law, a notice: what rules may rest on, for which report years, and its parts as they are cited."""

    document: str
    day: str = field(metadata={"key": "date"})  # of issue
    first: int | None = field(default=None, metadata={"key": "from"})  # report years; None: no bound
    last: int | None = field(default=None, metadata={"key": "to"})
    parts: tuple[str, ...]

    def holds(self, year: int) -> bool:
        """Whether a report for that year may be judged by it."""
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)

    def has(self, part: str) -> bool:
        """Whether all that is cited stands in it: parts with 、 between them, each perhaps with a place in it behind a comma."""
        return part in self.parts or all(named.split("，", 1)[0] in self.parts for named in part.split("、"))


@record
class ProvisionFacts:
    """rules/tables/provisions.yaml: what there is to cite."""

    provisions: tuple[Provision, ...]


@record
class CopyingFacts:
    """The keys of rules/tables/copying.yaml, where each is explained."""

    phrases: tuple[str, ...]
    own: TablePattern = field(metadata={"key": "self"})
    places: TablePattern
    place_ends: TablePattern
    left_out: tuple[PartRole, ...]
    sentences: tuple[TablePattern, ...]


@record
class CorrectedFinding:
    """Findings of a rule and severity that `nianbao fix` may correct, and what it puts there."""

    rule: str
    severity: Severity
    put: Literal["expected", "halfwidth"]


@record
class CorrectedPattern:
    """What `nianbao fix` may correct wherever it stands; `put` names the groups of `find`."""

    zh: str
    en: str
    find: TablePattern
    put: str

    @property
    def why(self) -> Text:
        """The reason, in both languages."""
        return {"zh": self.zh, "en": self.en}


@record
class CorrectionFacts:
    """The keys of rules/tables/corrections.yaml, where each is explained."""

    findings: tuple[CorrectedFinding, ...]
    patterns: tuple[CorrectedPattern, ...]
    labels: Spoken


@record
class WholePeriod:
    """The period that a report is about: its first and last day, and how it is written with the year and without."""

    first: MonthDay
    last: MonthDay
    says: str
    without_year: str

    def written(self, year: int | None) -> str:
        """The period as it should stand in the report of that year."""
        return self.says.format(year=year) if year else self.without_year

    def is_whole(self, months: Sequence[int], days: Sequence[int | None], *, to_the_end: bool) -> bool:
        """Whether two dates (a day may be left out; `to_the_end`: of the last month) are its first and last day."""
        (first_month, first), (last_month, last) = (map(int, day.split("-")) for day in (self.first, self.last))
        return list(months) == [first_month, last_month] and days[0] in (first, None) and (days[1] in (last, None) or to_the_end)


@record
class DateFacts:
    """The keys of rules/tables/dates.yaml, where each is explained."""

    period: TablePattern
    point: TablePattern
    whole: WholePeriod
    announced: TablePattern
    announces: TablePattern
    lead: TablePattern
    acts: TablePattern
    enclosed: TablePattern
    looks_back: TablePattern
    asked_for: TablePattern
    done: TablePattern
    ahead: TablePattern
    compares: TablePattern
    excused: TablePattern


@record
class DeadlineFacts:
    """rules/tables/deadlines.yaml: the last day for each kind of unit, and for kinds that are not named."""

    department: MonthDay | None = None
    office: MonthDay | None = None
    government: MonthDay | None = None
    township: MonthDay | None = None
    subdistrict: MonthDay | None = None
    committee: MonthDay | None = None
    vertical: MonthDay | None = None
    institution: MonthDay | None = None
    otherwise: MonthDay | None = None

    def day(self, kind: str | None) -> str | None:
        """The day of that kind of unit, month-day, where it has one of its own."""
        return getattr(self, kind) if kind is not None and kind in get_args(UnitKind) else None


@record
class OutdatedTerm:
    """A term, and the last report year in which it raises no question."""

    says: TablePattern
    until: int
    instead: str = ""


@record
class ListColumn:
    """A figure that another office's list may give: how its column is headed, and which cells of the report's tables it is the sum of."""

    key: str
    name: Spoken
    says: TablePattern
    cells: tuple[str, ...]


@record
class ListFacts:
    """The keys of rules/tables/lists.yaml, where each is explained."""

    within: int
    unit: TablePattern
    year: TablePattern
    columns: tuple[ListColumn, ...]
    elsewhere: TablePattern
    sums: TablePattern
    blank: TablePattern
    counted: TablePattern


@record
class OutdatedFacts:
    """rules/tables/outdated.yaml: terms that belong to a time."""

    terms: tuple[OutdatedTerm, ...]


@record
class ProblemFacts:
    """The keys of rules/tables/problems.yaml, where each is explained."""

    problem: TablePattern
    measure: TablePattern
    turns: TablePattern
    problems_heading: TablePattern
    measures_heading: TablePattern
    nothing: TablePattern
    items: tuple[TablePattern, ...]
    first_item: TablePattern
    subheading: TablePattern


@record
class Province:
    """A province: other ways to write its name, the first two digits of its postcodes, and a neighbour's in use there."""

    other: tuple[str, ...]
    own: tuple[str, ...]
    near: tuple[str, ...]


@record
class AreaCode:
    """Where an area code belongs (no regions: anywhere in the province), and how many digits its numbers have without it."""

    province: str
    regions: tuple[str, ...]
    digits: tuple[int, ...]


@record
class RegionFacts:
    """rules/tables/regions.yaml: provinces by name, area codes by their digits."""

    provinces: Mapping[str, Province]
    areas: Mapping[str, AreaCode]

    @cached_property
    def cities(self) -> Mapping[str, str]:
        """City → its province."""
        return {city: area.province for area in self.areas.values() for city in area.regions}


class _Named(Generic[_Facts]):
    """One table of FactTables, read when first asked for; `kind` is its record."""

    def __init__(self, kind: type[_Facts]) -> None:
        self.kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def read(self, tables: FactTables) -> _Facts | None:
        """The table, which is found without this class from now on."""
        table = tables.named(self.name, self.kind)
        tables.__dict__[self.name] = table
        return table


class _OptionalTable(_Named[_Facts]):
    """One that a book about another kind of report may lack."""

    def __get__(self, tables: FactTables, owner: type) -> _Facts | None:
        return self.read(tables)


class _NeededTable(_Named[_Facts]):
    """One that the program itself asks for, so that every book has it."""

    def __get__(self, tables: FactTables, owner: type) -> _Facts:
        table = self.read(tables)
        if table is None:
            raise LookupError(f"there is no table {self.name}")
        return table


def _nothing(name: str, kind: type[Any]) -> Any:
    return None


class FactTables:
    """The tables of a book, an attribute each; None where a book about another kind of report has none.

    `read` gives the table of that name as a record of that kind, None where the book has none. Each is asked for once.
    """

    def __init__(self, read: Callable[[str, type[Any]], Any] = _nothing) -> None:
        self._read = read

    citations = _OptionalTable(CitationFacts)
    copying = _OptionalTable(CopyingFacts)
    corrections = _OptionalTable(CorrectionFacts)
    dates = _NeededTable(DateFacts)
    deadlines = _OptionalTable(DeadlineFacts)
    explain = _NeededTable(ExplainFacts)
    lists = _OptionalTable(ListFacts)
    outdated = _OptionalTable(OutdatedFacts)
    phrases = _OptionalTable(PhraseFacts)
    problems = _OptionalTable(ProblemFacts)
    provisions = _OptionalTable(ProvisionFacts)
    reading = _NeededTable(ReadingFacts)
    regions = _OptionalTable(RegionFacts)
    units = _NeededTable(UnitFacts)

    def named(self, name: str, kind: type[_Facts]) -> _Facts | None:
        """The table of that name, which an option of a rule gives, as a record of that kind; None where the book has none."""
        table: _Facts | None = self._read(name, kind)
        return table

    def required(self, name: str, kind: type[_Facts]) -> _Facts:
        """The same, for a rule that can do nothing without it. Raises LookupError."""
        table = self.named(name, kind)
        if table is None:
            raise LookupError(f"there is no table {name}")
        return table


#: The tables that the program knows, by name, each with its record.
KINDS_OF_TABLE: Mapping[str, type[Any]] = {name: table.kind for name, table in vars(FactTables).items() if isinstance(table, _Named)}
#: Those that every book has, whatever a pack about another kind of report takes.
NEEDED_TABLES = frozenset(name for name, table in vars(FactTables).items() if isinstance(table, _NeededTable))

"""The examples inside a rule file: what they start from, what they change, what must come of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Literal

from validator.base.records import record
from validator.messages import both
from validator.model import County, Form, Rule, Severity, Text, Waiver
from validator.model.demands import ITS_LINE, NO_KEY
from validator.rulebook.decode import WRONG, build, unknown
from validator.rulebook.diagnostics import Diagnostics, PackError, listing
from validator.rulebook.yaml_reader import line_of


@record
class At:
    """Where a finding must be: keys of the form, a part's number, a line, or words at the spot."""

    table: str | None = None
    row: str | None = None
    column: str | None = None
    section: int | None = None
    line: int | None = None
    text: str | None = None


@record
class ExampleReport:
    """A report made for an example: from a `base` (a sound report) or a `text`, and what is changed in it."""

    base: str | None = None
    text: str | None = None
    name: str = ""  # file name, where the suffix or the name matters
    unit: str | None = None
    year: int | None = None
    form: str | None = None
    replace: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()  # lines that contain this
    set: Mapping[str, str | int | float] = field(default_factory=dict)  # table.row.column → what is printed there
    append: str = ""


@record
class ExampleWaiver(Waiver):
    """A waiver of the county of an example, which need not say why."""

    reason: str = "-"
    line: int = field(default=1, metadata=NO_KEY)  # of a nianbao.yaml that is not there


@record
class ExampleCounty(County):
    """The county of an example, as nianbao.yaml says it; `today` decides what is due."""

    waivers: tuple[ExampleWaiver, ...] = ()
    baseline: tuple[Mapping[str, str | int], ...] | None = None  # the entries of its baseline
    today: str = "2099-12-31"


@record
class Example(ExampleReport):
    """One example. It starts from a `base` (a sound report), a `text`, something a reader `noticed`, or from `reports` of a set.

    `before`: last year's report of the same unit, which starts from the same base where it names none.
    """

    noticed: Mapping[str, object] = field(default_factory=dict)  # code, and what fills its message
    reports: tuple[ExampleReport, ...] = ()
    before: ExampleReport | None = None
    county: ExampleCounty | None = None
    also: tuple[str, ...] = ()  # other rules that may fire on a base
    skip: bool = False  # the rule must be skipped
    at: At | None = None
    severity: Severity | None = None
    review: bool | None = None
    expected: str | None = None
    actual: str | None = None
    count: int | None = None  # of this rule's findings
    says: str = ""  # a piece of the Chinese message
    note: str = ""  # what it shows
    line: int = field(default=1, metadata=ITS_LINE)  # in the rule file


def examples_of(rule: Rule, kind: Literal["pass", "fail"]) -> tuple[Example, ...]:
    """A rule's examples of one kind, as loaded with `examples=True`."""
    log = Diagnostics(rule.path)
    items = (rule.examples or {}).get(kind)
    return tuple(_read(item, log, line_of(items, i)) for i, item in enumerate(items)) if isinstance(items, list) else ()


def _read(item: object, log: Diagnostics, line: int | None) -> Example:
    example = build(item, Example, log, line, "examples")
    if example is WRONG:  # they are checked when they are loaded
        raise PackError(log.problems)
    return example


def check_examples(
    rules: Sequence[tuple[Rule, Mapping[str, object], Diagnostics]], forms: Sequence[Form], bases: Collection[str], ids: Collection[str]
) -> None:
    """Log every example that cannot be run. `bases`: the names of sound reports; `ids`: of all rules."""
    for _, raw, log in rules:
        examples = raw.get("examples")
        if examples is None:
            continue
        if not isinstance(examples, Mapping):
            log.add(line_of(raw, "examples"), both("rulebook.example.no-lists"))
            continue
        unknown(examples, ("pass", "fail"), log, "examples")
        for kind in ("pass", "fail"):
            items = examples.get(kind) or []
            if not isinstance(items, list):
                log.add(line_of(examples, kind), both("rulebook.example.no-list", kind=kind))
                continue
            for number, item in enumerate(items):
                line = line_of(items, number)
                example = build(item, Example, log, line, f"examples.{kind}")
                if example is not WRONG:
                    for text in _mistakes(example, f"examples.{kind}", forms, bases, ids):
                        log.add(line, text)


def _mistakes(example: Example, name: str, forms: Sequence[Form], bases: Collection[str], ids: Collection[str]) -> Iterator[Text]:
    """What in an example cannot be run. `name`: how messages call the list it stands in."""
    sources = [example.base is not None, example.text is not None, bool(example.noticed), bool(example.reports)]
    if sum(sources) != 1:
        yield both("rulebook.example.of-nothing", name=name)
    reports = [example, *(report for report in (*example.reports, example.before) if report is not None)]
    for base in (report.base for report in reports if report.base is not None):
        if base not in bases:
            yield both("rulebook.example.no-base", base=base, names=listing(bases))
    for other in example.also:
        if other not in ids:
            yield both("rulebook.example.no-such-rule", rule=other)
    for address in (address for report in reports for address in report.set):
        if not _is_figure(address, forms):
            yield both("rulebook.example.no-such-figure", address=address)
    if example.at and example.at.table and not any(form.table(example.at.table) for form in forms):
        yield both("rulebook.example.no-such-table", table=example.at.table)


def _is_figure(address: str, forms: Sequence[Form]) -> bool:
    """Whether some form has a figure at table.row.column."""
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    return any(part.row(row) and part.column(column) for form in forms if (part := form.table(table)))

"""Run → what stands on the page, as plain values for the template: texts already clean, tones, anchors. Decides what one page can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from validator.base.records import record
from validator.messages import say
from validator.model import FileResult, Finding, Grade, Language, Read, Run, State, Waived
from validator.reporters import Options, finding_text
from validator.reporters import words as common
from validator.reporters.excerpts import Quotes
from validator.reporters.html.items import Item, item
from validator.reporters.html.report_view import Paper, paper
from validator.reporters.html.summaries import Summary, kinds_of_unit, report_name, reports_one_by_one, rules_by_frequency, units_by_years
from validator.reporters.printable import clean
from validator.reporters.statistics import sound
from validator.reporters.xlsx.summary_sheets import TONES, state_of

#: What a browser still scrolls: reports with their whole text, reports at all, findings of one rule in one report.
TEXTS, REPORTS, ALIKE = 60, 300, 50
#: What stands behind a fold where something must be changed.
_REST = (Grade.WARNING, Grade.NOTE)


@record
class FindingGroup:
    """Findings under a heading that counts them."""

    heading: str
    items: tuple[Item, ...]


@record
class ReportSheet:
    """One report on the page."""

    anchor: str
    name: str
    identity: str
    state: State
    tone: str
    counts: tuple[tuple[str, int], ...]  # words of the grade, findings
    must: FindingGroup | None
    late: FindingGroup | None
    rest: tuple[Item, ...]
    alike: tuple[str, ...]
    rest_heading: str
    waived: tuple[str, ...]
    checked: tuple[str, ...]
    paper: Paper | None
    items: dict[int, Item]


@record
class Page:
    """Everything that the template shows."""

    title: str
    totals: str
    counts: tuple[tuple[str, str, int], ...]  # grade, its words, findings on the page
    set: Summary | None
    kinds: Summary | None
    files: Summary | None
    set_findings: tuple[FindingGroup, ...]
    waived: tuple[str, ...]  # of the set
    sheets: Iterator[ReportSheet]
    many: bool
    left_out: int
    statistics: Summary | None
    broken: tuple[str, ...]
    passed: tuple[str, ...]
    empty: tuple[str, ...]


def page(run: Run, options: Options) -> Page:
    """The run as a page; its sheets are made one by one, since each may have to be unfolded."""
    language = options.language
    order = _ranked(run, quiet=options.quiet)
    anchors = {id(file): f"r{number}" for number, file in enumerate(run.files, 1)}
    on_page = order[:REPORTS]
    there = {id(file) for file in on_page}
    links = {id(file): "#" + anchors[id(file)] for file in on_page}
    many = len(run.files) > 1
    findings = [*(finding for file in run.files for finding in file.findings), *run.collection]
    counts = Counter(finding.grade for finding in findings)
    listed = [file for file in run.files if not _in_summary(file, run) or id(file) not in there]
    return Page(
        title=clean(say("html.heading-county", language, county=run.county) if run.county else say("html.heading", language)),
        totals=_totals(run, language),
        counts=tuple((grade.value, common.severity(language, grade), counts[grade]) for grade in common.shown(findings)),
        set=units_by_years(run, links, language) if run.standings else None,
        kinds=kinds_of_unit(run, language) if run.standings else None,
        files=reports_one_by_one(sorted(listed, key=_weight), links, language) if many and listed else None,
        set_findings=_set_findings(run, language),
        waived=tuple(clean(_waived(waived, language)) for waived in run.waived),
        sheets=(_sheet(file, anchors[id(file)], run, language, whole=number < TEXTS) for number, file in enumerate(on_page)),
        many=many,
        left_out=len(order) - len(on_page),
        statistics=rules_by_frequency(run, language) if options.statistics else None,
        broken=tuple(
            clean(say("marks.colon", language).join(part for part in (rule.path, rule.rule, rule.message[language]) if part))
            for rule in run.broken
        ),
        passed=tuple(clean(over.path + say("marks.colon", language) + over.reason[language]) for over in run.passed_over),
        empty=tuple(clean(path) for path in run.empty),
    )


def _set_findings(run: Run, language: Language) -> tuple[FindingGroup, ...]:
    """What is found when all reports are seen together, by grade."""
    ranked = sorted(run.collection, key=lambda finding: finding.grade.rank)
    items = [item(finding, number, f"set-f{number}", None, run, language) for number, finding in enumerate(ranked, 1)]
    counts = Counter(finding.grade for finding in ranked)
    return tuple(group for grade in Grade if (group := _group(grade, items, counts, language)))


def _weight(file: FileResult) -> tuple[int, ...]:
    counts = Counter(finding.grade for finding in file.findings)
    return tuple(State).index(state_of(file)), *(-counts[grade] for grade in Grade)


def _ranked(run: Run, *, quiet: bool) -> list[FileResult]:
    """The reports, the worst first; `quiet` leaves out those without a finding where there are several."""
    files = [file for file in run.files if not (quiet and len(run.files) > 1 and sound(file, run))]
    return sorted(files, key=_weight)


def _totals(run: Run, language: Language) -> str:
    totals = Counter(file.status for file in run.files)
    sentence = say(
        "reporters.files", language, files=len(run.files), clean=totals["clean"], failed=totals["findings"], unreadable=totals["unreadable"]
    )
    return sentence + say("marks.semicolon", language) + common.unshown(run.unshown, language) if run.unshown else sentence


# ------------------------------------------------------------------------------------------------ one report


def _sheet(file: FileResult, anchor: str, run: Run, language: Language, *, whole: bool) -> ReportSheet:
    reading = file.reading
    if reading is not None:
        file = replace(file, reading=Read(report=reading.report, figures=reading.figures))  # unfolded once
    ordered = dict(enumerate(sorted(file.findings, key=lambda finding: finding.grade.rank), 1))
    shown, alike = _limit(ordered, language)
    layout = paper(file, shown) if whole else None
    placed = layout.placed if layout else frozenset()
    quotes = Quotes(file)
    items = {
        number: item(finding, number, f"{anchor}-f{number}", file, run, language, quotes=quotes, placed=number in placed)
        for number, finding in shown.items()
    }
    counts = Counter(finding.grade for finding in file.findings)
    state = state_of(file)
    return ReportSheet(
        anchor=anchor,
        name=clean(report_name(file, language)),
        identity=clean(_identity(file, language)),
        state=state,
        tone=TONES[state],
        counts=tuple((common.severity(language, grade), counts[grade]) for grade in common.shown(file.findings)),
        must=_group(Grade.ERROR, items.values(), counts, language),
        late=_group(Grade.LATE, items.values(), counts, language),
        rest=tuple(entry for entry in items.values() if entry.grade in _REST),
        alike=alike,
        rest_heading=say("marks.and", language).join(
            say("html.told", language, name=common.severity(language, grade), count=counts[grade]) for grade in _REST if counts[grade]
        ),
        waived=tuple(clean(_waived(waived, language)) for waived in file.waived),
        checked=tuple(_checked(file, run, language)),
        paper=layout,
        items=items,
    )


def _group(grade: Grade, items: Iterable[Item], counts: Mapping[Grade, int], language: Language) -> FindingGroup | None:
    """The findings of one grade under their heading; None where there are none."""
    under = tuple(entry for entry in items if entry.grade is grade)
    heading = say("html.told", language, name=common.severity(language, grade), count=counts[grade])
    return FindingGroup(heading=heading, items=under) if under else None


def _limit(ordered: dict[int, Finding], language: Language) -> tuple[dict[int, Finding], tuple[str, ...]]:
    """The findings that are shown, and what is said of the others."""
    times: Counter[str] = Counter()
    shown = {}
    for number, finding in ordered.items():
        times[finding.rule] += 1
        if times[finding.rule] <= ALIKE:
            shown[number] = finding
    return shown, tuple(say("html.alike", language, count=count - ALIKE, rule=rule) for rule, count in times.items() if count > ALIKE)


def _identity(file: FileResult, language: Language) -> str:
    return "" if file.reading is None else finding_text.identity(file, language)


def _waived(waived: Waived, language: Language) -> str:
    until = say("html.until", language, day=waived.until.isoformat()) if waived.until else ""
    reason = waived.reason or (say("html.baseline", language) if waived.baseline else "")
    return say("html.waived", language, reason=reason, until=until, message=waived.finding.message[language])


def _checked(file: FileResult, run: Run, language: Language) -> Iterator[str]:
    """What was checked, what was skipped and why, and what no tool checks."""
    if file.status != "unreadable" or file.reading is not None:
        counts = Counter(outcome.answer for outcome in file.outcomes)
        yield common.checked(language, counts)
        if skipped := finding_text.skipped(file, language):
            yield clean(say("reporters.skipped", language) + say("marks.colon", language) + skipped)
    yield from finding_text.unchecked(file, run, language)


# ------------------------------------------------------------------------------------------------ the set


def _in_summary(file: FileResult, run: Run) -> bool:
    """Whether the report is in the summary of units and years."""
    return any(file.path in standing.paths for standing in run.standings)

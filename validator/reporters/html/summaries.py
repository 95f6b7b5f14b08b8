"""The page's tables of the whole run: units by years, kinds of unit, reports, rules."""

from __future__ import annotations

from collections import Counter

from validator.base.records import record
from validator.messages import say
from validator.model import FileResult, Language, Run, Standing, State
from validator.reporters import statistics
from validator.reporters import words as common
from validator.reporters.printable import clean
from validator.reporters.statistics import RuleRow
from validator.reporters.xlsx.summary_sheets import TONES, state_of


@record
class SummaryCell:
    """A cell of the summary: words, tone, where it leads."""

    text: str
    tone: str = ""
    href: str = ""


@record
class Summary:
    """A table of marks under a header."""

    heads: tuple[str, ...]
    rows: tuple[tuple[SummaryCell, ...], ...]


def report_name(file: FileResult, language: Language) -> str:
    """The report's path, with its part where the file holds several reports."""
    part = say("reporters.part", language, part=file.part) if file.part is not None else ""
    return f"{file.path} {part}".rstrip()


def units_by_years(run: Run, links: dict[int, str], language: Language) -> Summary:
    """A row a unit, a column a year, the gravest units first."""
    files = {file.path: file for file in reversed(run.files)}
    years = statistics.years(run)

    def mark(standing: Standing | None) -> SummaryCell:
        if standing is None:
            return SummaryCell(text="")
        file = next((files[path] for path in standing.paths if path in files), None)
        text = say(f"html.state.{standing.state.value}", language)
        if (count := statistics.times(standing, run, files)) is not None:
            text = say("html.state-count", language, state=text, count=count)
        if statistics.late(standing, run, files):
            text = say("reporters.state.beside", language, state=text)
        return SummaryCell(text=text, tone=TONES[standing.state], href=links.get(id(file), "") if file else "")

    rows = tuple((SummaryCell(text=clean(row.unit)), *(mark(row.standings.get(year)) for year in years)) for row in statistics.units(run))
    return Summary(heads=(say("html.unit", language), *(say("reporters.year", language, year=year) for year in years)), rows=rows)


def kinds_of_unit(run: Run, language: Language) -> Summary | None:
    """How the reports of each kind of unit stand, where there are several kinds."""
    rows = statistics.kinds(run)
    if len(rows) < 2:
        return None
    shown = [state for state in State if any(counts[state] for _, counts in rows)]
    heads = (
        say("reporters.kind", language),
        say("reporters.reports", language),
        *(say(f"html.state.{state.value}", language) for state in shown),
    )

    def row(kind: str | None, counts: Counter[State]) -> tuple[SummaryCell, ...]:
        cells = (SummaryCell(text=str(counts[state]), tone=TONES[state] if counts[state] else "") for state in shown)
        return SummaryCell(text=say(f"reporters.kind.{kind or 'none'}", language)), SummaryCell(text=str(counts.total())), *cells

    return Summary(heads=heads, rows=tuple(row(kind, counts) for kind, counts in rows))


def reports_one_by_one(files: list[FileResult], links: dict[int, str], language: Language) -> Summary:
    """A row a report."""
    grades = common.shown(finding for file in files for finding in file.findings)

    def row(file: FileResult) -> tuple[SummaryCell, ...]:
        state, counts = state_of(file), Counter(finding.grade for finding in file.findings)
        return (
            SummaryCell(text=clean(report_name(file, language)), href=links.get(id(file), "")),
            SummaryCell(text=clean(file.unit or "")),
            SummaryCell(text=str(file.year or "")),
            SummaryCell(text=say(f"html.state.{state.value}", language), tone=TONES[state]),
            *(SummaryCell(text="-" if file.status == "unreadable" else str(counts[grade])) for grade in grades),
        )

    heads = (
        *(say(key, language) for key in ("html.file", "html.unit", "html.year", "html.result")),
        *(common.severity(language, grade) for grade in grades),
    )
    return Summary(heads=heads, rows=tuple(row(file) for file in files))


def rules_by_frequency(run: Run, language: Language) -> Summary:
    """A row a rule, the most frequent first: what it says, severity, how often, in how many reports."""
    rule, severity, times, reports = (
        say(key, language) for key in ("reporters.rule", "reporters.severity", "reporters.times", "reporters.reports")
    )

    def row(counted: RuleRow) -> tuple[SummaryCell, ...]:
        title = run.rules[counted.rule].title[language] if counted.rule in run.rules else ""
        grade = SummaryCell(text=common.severity(language, counted.grade), tone=counted.severity.value)
        return (
            SummaryCell(text=counted.rule),
            SummaryCell(text=title),
            grade,
            SummaryCell(text=str(counted.times)),
            SummaryCell(text=str(counted.reports)),
        )

    return Summary(
        heads=(rule, say("html.says", language), severity, times, reports), rows=tuple(row(counted) for counted in statistics.rules(run))
    )

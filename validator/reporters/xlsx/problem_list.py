"""Run → the rows of a problem list (问题清单): one a finding, then what was not checked, so that nothing missing looks like a pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from validator.base.records import record
from validator.engine.locations import clean as short
from validator.engine.locations import column_label, joined, row_label, section_title, table_title
from validator.messages import say
from validator.model import Broken, Cell, Figures, FileResult, Finding, Language, Run, Standing, State, Text, Waived
from validator.reporters import failed_sums, finding_text
from validator.reporters.printable import clean
from validator.reporters.words import basis

#: The columns of the problem list, in order.
COLUMNS = (
    "unit", "year", "file", "section", "table", "row", "column", "problem", "reported", "expected", "basis", "advice", "severity",
    "status", "rule",
)  # fmt: skip


@record
class Problem:
    """A row of the list: a text for each of `COLUMNS`, ready to be shown. `tone`: how much it weighs."""

    texts: dict[str, str]
    tone: Literal["error", "warning", "note", "waived"]

    def values(self) -> tuple[str, ...]:
        """The texts in the columns' order; what does not apply is empty."""
        return tuple(clean(self.texts.get(column) or "") for column in COLUMNS)


def heads(language: Language) -> tuple[str, ...]:
    """The list's header."""
    return tuple(say(f"xlsx.column.{column}", language) for column in COLUMNS)


def problems(run: Run, language: Language) -> Iterator[Problem]:
    """Every row: reports in order, the gravest findings of each first, waived ones after; then the set, then what was not checked."""
    for file in run.files:
        yield from _of_file(file, run, language)
    for finding in sorted(run.collection, key=lambda finding: finding.grade.rank):
        yield _problem(finding, _Source(unit=finding.unit, year=finding.year, file=_paths(finding.paths, language)), run, language)
    for waived in run.waived:
        finding = waived.finding
        source = _Source(unit=finding.unit, year=finding.year, file=_paths(finding.paths, language))
        yield _problem(finding, source, run, language, waived=waived)
    yield from (_standing(standing, language) for standing in _unmentioned(run))
    yield from (_broken(item, language) for item in run.broken)
    yield from (_unchecked(item.path, say("xlsx.passed", language, reason=item.reason[language]), language) for item in run.passed_over)
    yield from (_unchecked(path, say("xlsx.empty", language), language, tone="error") for path in run.empty)


def _unmentioned(run: Run) -> Iterator[Standing]:
    """Units and years of the set that no finding speaks of: they stand in the list all the same."""
    bad = (State.FAILED, State.VERIFY, State.LATE, State.UNREADABLE)
    mentioned: set[tuple[str | None, int | None]] = {(standing.unit, standing.year) for standing in run.standings if standing.state in bad}
    mentioned |= {(finding.unit, finding.year) for finding in (*run.collection, *(waived.finding for waived in run.waived))}
    return (standing for standing in run.standings if (standing.unit, standing.year) not in mentioned)


def _standing(standing: Standing, language: Language) -> Problem:
    """A unit and year of which nothing is to be told but how it stands."""
    texts = {
        "unit": standing.unit,
        "year": str(standing.year),
        "file": "".join(standing.paths[:1]),
        "severity": say(f"xlsx.state.{standing.state.value}", language),
    }
    return Problem(texts=texts, tone="waived")


@record
class _Source:
    """Which report a row speaks of."""

    unit: str | None
    year: int | None
    file: str
    figures: Figures | None = None
    unread: bool = False


def named(file: FileResult, language: Language) -> str:
    """A report's path, and which one of the file's it is."""
    part = "" if file.part is None else say("reporters.part", language, part=file.part)
    return file.path + (part and say("marks.bracket", language, text=part))


def _of_file(file: FileResult, run: Run, language: Language) -> Iterator[Problem]:
    findings = [*file.findings, *(waived.finding for waived in file.waived)]
    figures = file.figures if any(finding.location.table or finding.suspect for finding in findings) else None
    source = _Source(unit=file.unit, year=file.year, file=named(file, language), figures=figures, unread=file.status == "unreadable")
    for finding in sorted(file.findings, key=lambda finding: finding.grade.rank):
        yield _problem(finding, source, run, language)
    for waived in file.waived:
        yield _problem(waived.finding, source, run, language, waived=waived)


def _problem(finding: Finding, source: _Source, run: Run, language: Language, *, waived: Waived | None = None) -> Problem:
    severity = say(f"reporters.severity.{finding.grade.value}", language)
    if finding.review:
        severity += say("marks.bracket", language, text=say("reporters.review", language))
    table, row, column = _place(finding, source.figures, language)
    reported = finding.suspect.actual if finding.suspect else finding.actual
    texts = {
        "unit": source.unit or "",
        "year": str(source.year or ""),
        "file": source.file,
        "section": _section(finding, language),
        "table": table,
        "row": row,
        "column": column,
        "problem": _problem_text(finding, source, run, language),
        "reported": "" if reported is None else str(reported),
        "expected": _expected(finding, source.figures, language),
        "basis": basis(language, finding.basis),
        "advice": finding.advice[language],
        "severity": severity,
        "status": _status(waived, language) if waived else "",
        "rule": finding.rule,
    }
    return Problem(texts=texts, tone="waived" if waived else finding.severity.value)


def _problem_text(finding: Finding, source: _Source, run: Run, language: Language) -> str:
    text = say("marks.semicolon", language).join(
        [finding.message[language], *failed_sums.failed(finding, source.figures, run.rules, language)]
    )
    unread = source.unread and finding.unread
    return say("xlsx.unread", language, reason=text) if unread and text != say("reporters.unreadable-long", language) else text


def _expected(finding: Finding, figures: Figures | None, language: Language) -> str:
    if not finding.sums or finding.should:
        return "".join(finding_text.should(finding, figures, language))
    first, *rest = failed_sums.repairs(finding, figures, language) or [""]
    ends = first.endswith(say("marks.colon", language).rstrip())  # 改下面任一组，就全部相符：1) …
    mark = "" if ends else say("marks.semicolon", language)
    return first + (mark or " " * (language == "en")) * bool(rest) + say("marks.semicolon", language).join(rest)


def _section(finding: Finding, language: Language) -> str:
    place = finding.location
    if place.section is not None:
        return section_title(place.section)[language]
    return finding.place.get(language, "") or short(place.heading or "")


def _place(finding: Finding, figures: Figures | None, language: Language) -> tuple[str, str, str]:
    """Table, row and column in the form's words; of a failed sum those of the figure most likely to be wrong."""
    place = finding.location
    cell = finding.suspect.cell if finding.suspect else Cell(table=place.table or "", row=place.row, column=place.column)
    if not cell.table or figures is None:
        return cell.table, cell.row or "", cell.column or ""
    table = figures.form.table(cell.table)
    title: Text = table_title(figures.form, cell.table)
    if table is None:
        return title[language], cell.row or "", cell.column or ""
    rows: Sequence[str] = (cell.row,) if cell.row else finding.rows
    names = [row_label(table, key) for key in rows]
    return title[language], joined(names, say("marks.and", language)), column_label(table, cell.column) if cell.column else ""


def _status(waived: Waived, language: Language) -> str:
    if waived.baseline:
        return say("xlsx.baseline", language)
    until = say("xlsx.until", language, day=waived.until.isoformat()) if waived.until else ""
    return say("xlsx.explained-why", language, reason=waived.reason) + until


def _broken(item: Broken, language: Language) -> Problem:
    texts = {
        "file": item.path or "",
        "problem": say("xlsx.broken", language, reason=item.message[language]),
        "advice": say("xlsx.broken-advice", language),
        "severity": say("xlsx.not-checked", language),
        "rule": item.rule,
    }
    return Problem(texts=texts, tone="error")


def _unchecked(path: str, text: str, language: Language, *, tone: Literal["error", "note"] = "note") -> Problem:
    return Problem(texts={"file": path, "problem": text, "severity": say("xlsx.not-checked", language)}, tone=tone)


def _paths(paths: tuple[str, ...], language: Language) -> str:
    return say("marks.semicolon", language).join(paths)

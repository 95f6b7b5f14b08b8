"""The road of one input: bytes → Document → Report → Figures → findings. What cannot be read becomes a result that says so."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from validator.engine import finding_order, inapplicable, run_rules, unreadable
from validator.forms.measure import measure
from validator.grammar.parting import parted
from validator.grammar.report import read_report
from validator.model import (
    Book,
    County,
    Document,
    Figures,
    FileResult,
    Finding,
    Observation,
    Read,
    Report,
    Rule,
    Subject,
    Unit,
    UnreadableError,
)
from validator.readers import read_documents
from validator.units import judge_unit

NO_COUNTY = County()
#: What shows that a text is a report: its title, or this many of the form's headings.
HEADINGS = 2


def examine(
    data: bytes,
    path: str,
    book: Book,
    *,
    unit: str | None = None,
    year: int | None = None,
    form: str | None = "auto",
    selected: Callable[[Rule], bool] | Collection[str] | None = None,
    snippet: bool = False,
    county: County = NO_COUNTY,
) -> tuple[FileResult, ...]:
    """Read and check one input; several results where it holds several reports. Unreadable input is a result, not an exception.

    `year` picks one of several reports if one of them is that year's; `unit` and `year` else overrule the text.
    `snippet`: the input is a piece of a report, as in the examples of rules, and need not look like a whole one.
    `county`: what its nianbao.yaml says of roster and deadlines.
    """
    try:
        documents = read_documents(data, path)
    except UnreadableError as error:
        return (unreadable(book, path, error),)
    reports = [report for document in documents for report in _reports(document, book, unit, year)]
    return tuple(_check(report, book, form, selected, snippet, county) for report in reports)


def _reports(document: Document, book: Book, unit: str | None, year: int | None) -> list[Report]:
    """The reports of a document: the one, each of several, or of several the one that is that year's."""
    parts = parted(document, book.forms, book.tables["reading"])  # type: ignore[arg-type]
    if len(parts) == 1:
        return [understand(document, book, unit=unit, year=year)]
    reports = [understand(part, book) for part in parts]
    units = {report.unit for report in reports if report.unit}
    if len(units) <= 1:
        reports = [_with(report, unit or next(iter(units), None), report.year) for report in reports]
    else:
        reports = [_with(report, report.unit or unit, report.year) for report in reports]
    taken = [report for report in reports if year is not None and report.year == year]
    chosen = taken or [_with(report, report.unit, report.year or year) for report in reports]
    return [_one_of(report, "one-of-several" if taken else "several-reports", len(parts)) for report in chosen]


def _one_of(report: Report, code: str, count: int) -> Report:
    """The report with the observation that it was one of several."""
    document = report.document
    line = report.title.block.line if report.title else document.blocks[0].line
    noticed = Observation(code=code, line=line, detail={"count": count, "part": document.part, "year": report.year or ""})
    return replace(report, document=replace(document, observations=(noticed, *document.observations)))


def understand(document: Document, book: Book, *, unit: str | None = None, year: int | None = None) -> Report:
    """The report of a document; `unit` and `year` where the text does not say or is overruled."""
    words: dict[str, str] = book.tables["reading"]  # type: ignore[assignment]
    report = read_report(document, book.forms, words)
    if unit is None and year is None:
        return report
    return _with(report, unit or report.unit, year or report.year)


def _with(report: Report, unit: str | None, year: int | None) -> Report:
    return replace(report, unit=unit, year=year)


def _check(
    report: Report,
    book: Book,
    form: str | None,
    selected: Callable[[Rule], bool] | Collection[str] | None,
    snippet: bool,
    county: County,
) -> FileResult:
    """One report, checked."""
    document = report.document
    if not snippet and report.title is None and len({section.number for section in report.sections if section.number}) < HEADINGS:
        return replace(unreadable(book, document.path, "not-a-report", part=document.part), reading=None)
    if report.year is None:
        report = _with(report, report.unit, _year_of_period(report, book))
    figures = measure(report, book.forms, year=report.year, due=None if form in (None, "auto") else form)
    unit = judge_unit(report.unit, book.tables["units"])
    subject = Subject(report=report, figures=figures, unit=unit, tables=book.tables, county=county)
    result = run_rules(subject, book.rules, selected=selected)
    return FileResult(
        path=document.path,
        part=document.part,
        reading=Read(report=report, figures=figures),
        unit=report.unit,
        year=report.year,
        form=figures.form.id,
        form_due=figures.form_due.id if figures.form_due else None,
        outcomes=result.outcomes,
        findings=_explained(result.findings, subject, book),
    )


def _year_of_period(report: Report, book: Book) -> int | None:
    """The year of the statistical period, for a report whose title names none."""
    from validator.checks.period import stated  # few reports need it

    figures = Figures(form=book.forms[0], form_due=None, tables={})
    period = stated(Subject(report=report, figures=figures, unit=Unit(name=report.unit, kind=None, level=None), tables=book.tables))
    return period.year if period else None


def _explained(findings: tuple[Finding, ...], subject: Subject, book: Book) -> tuple[Finding, ...]:
    """The findings, failed sums that share a cause told as one story."""
    if not any(finding.identities for finding in findings):
        return findings
    from validator.explain import explain, judged  # only a report with a failed sum needs it
    from validator.grammar.facts import evidence

    identities = judged((rule for rule in book.rules if inapplicable(rule, subject) is None), subject)
    words: dict[str, object] = book.tables["explain"]  # type: ignore[assignment]
    phrases: dict[str, object] = book.tables["phrases"]  # type: ignore[assignment]
    known = evidence(subject.report, subject.figures, phrases)
    return tuple(sorted(explain(findings, subject.figures, identities, words, known), key=finding_order))

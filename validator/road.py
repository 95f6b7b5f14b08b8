"""The road of one input: bytes → Document → Report → Figures → findings. What cannot be read becomes a result that says so."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from validator.engine import finding_order, inapplicable, run_rules, unreadable
from validator.forms.measure import measure
from validator.grammar.report import read_report
from validator.model import Book, Document, FileResult, Finding, Report, Rule, Subject, UnreadableError
from validator.readers import read_documents
from validator.units import judge_unit

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
) -> tuple[FileResult, ...]:
    """Read and check one input; several results where it holds several reports. Unreadable input is a result, not an exception.

    `snippet`: the input is a piece of a report, as in the examples of rules, and need not look like a whole one.
    """
    try:
        documents = read_documents(data, path)
    except UnreadableError as error:
        return (unreadable(book, path, error),)
    return tuple(_check(document, book, unit, year, form, selected, snippet) for document in documents)


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
    document: Document,
    book: Book,
    unit: str | None,
    year: int | None,
    form: str | None,
    selected: Callable[[Rule], bool] | Collection[str] | None,
    snippet: bool,
) -> FileResult:
    """One document, checked."""
    report = understand(document, book, unit=unit, year=year)
    if not snippet and report.title is None and len({section.number for section in report.sections if section.number}) < HEADINGS:
        return replace(unreadable(book, document.path, "not-a-report", part=document.part), report=None)
    figures = measure(report, book.forms, year=report.year, due=None if form in (None, "auto") else form)
    subject = Subject(report=report, figures=figures, unit=judge_unit(report.unit, book.tables["units"]), tables=book.tables)
    result = run_rules(subject, book.rules, selected=selected)
    return FileResult(
        path=document.path,
        part=document.part,
        report=report,
        figures=figures,
        unit=report.unit,
        year=report.year,
        outcomes=result.outcomes,
        findings=_explained(result.findings, subject, book),
    )


def _explained(findings: tuple[Finding, ...], subject: Subject, book: Book) -> tuple[Finding, ...]:
    """The findings, failed sums that share a cause told as one story."""
    if not any(finding.identities for finding in findings):
        return findings
    from validator.explain import explain, judged  # only a report with a failed sum needs it

    identities = judged((rule for rule in book.rules if inapplicable(rule, subject) is None), subject)
    words: dict[str, object] = book.tables["explain"]  # type: ignore[assignment]
    return tuple(sorted(explain(findings, subject.figures, identities, words), key=finding_order))

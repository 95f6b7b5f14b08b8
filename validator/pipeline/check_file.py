"""The road of one input: bytes → Document → Report → Figures → findings. What cannot be read becomes a result that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from validator.base.records import record
from validator.engine.findings import by_place
from validator.engine.requirements import inapplicable
from validator.engine.run import EngineResult, run_rules
from validator.engine.selection import Selected
from validator.engine.unreadable import unreadable
from validator.forms.read_tables import measure
from validator.model import (
    Book,
    County,
    Document,
    DocumentKind,
    Figures,
    FileResult,
    Observation,
    Read,
    Report,
    Subject,
    Unit,
    UnreadableError,
)
from validator.parsing.report.own_part import without_the_page_around
from validator.parsing.report.parser import read_report
from validator.parsing.report.recognition import announced, entitled, headed, speaks
from validator.parsing.report.splitting import parted
from validator.readers import read_documents
from validator.roster.units import judge_unit

NO_COUNTY = County()


@record
class RuleSelection:
    """A book, and which of its rules report."""

    book: Book
    selected: Selected = None


def examine(
    data: bytes,
    path: str,
    book: Book,
    *,
    unit: str | None = None,
    year: int | None = None,
    form: str | None = "auto",
    selected: Selected = None,
    snippet: bool = False,
    county: County = NO_COUNTY,
    selection_of: Callable[[str], RuleSelection] | None = None,
) -> tuple[FileResult, ...]:
    """Read and check one input; several results where it holds several reports. Unreadable input is a result, not an exception.

    `year` picks one of several reports if one of them is that year's; `unit` and `year` else overrule the text.
    `snippet`: the input is a piece of a report, as in the examples of rules, and need not look like a whole one.
    `county`: what its nianbao.yaml says of roster and deadlines. `selection_of`: gives the book of another kind of report by its name,
    where a document's title may ask for one; without it every document is read by `book`.
    """
    try:
        documents = read_documents(data, path)
    except UnreadableError as error:
        return (unreadable(book, path, error),)
    builtin = RuleSelection(book=book, selected=selected)
    pairs = [pair for document in documents for pair in _with_rules(document, builtin, selection_of, unit, year, snippet)]
    return tuple(_check(report, selection, form, snippet, county) for report, selection in pairs)


def _with_rules(
    document: Document,
    builtin: RuleSelection,
    selection_of: Callable[[str], RuleSelection] | None,
    unit: str | None,
    year: int | None,
    snippet: bool,
) -> list[tuple[Report, RuleSelection]]:
    """The reports of a document, each with the book that it is checked by: the one that its title asks for."""
    kinds = builtin.book.others if selection_of is not None else ()
    entitled_kinds = entitled(document, kinds) if kinds else ()
    reports = _reports(document, builtin.book, unit, year)
    if not kinds or selection_of is None:
        return [(report, builtin) for report in reports]
    other = _other(document, reports, builtin.book, entitled_kinds)
    if other is None and not entitled_kinds and not snippet and not any(_is_report(report, builtin.book) for report in reports):
        other = next((kind for kind in kinds if speaks(document, kind)), None)  # a form that has lost its title
    if other is not None:
        selection = selection_of(other.name)
        return [(report, selection) for report in _reports(document, selection.book, unit, year)]
    beside = next((kind for kind in entitled_kinds if speaks(document, kind)), None)
    return [(_beside(report, beside) if beside else report, builtin) for report in reports]


def _other(document: Document, reports: Sequence[Report], book: Book, entitled_kinds: Sequence[DocumentKind]) -> DocumentKind | None:
    """The other kind that a document with its title is of: not where the page only names it beside a report of the book's own."""
    if not entitled_kinds or (book.kind is not None and any(headed(report, book.kind) for report in reports)):
        return None
    worded = next((kind for kind in entitled_kinds if speaks(document, kind)), None)
    dated = any(report.title is not None and report.title.year for report in reports)
    return worded or (None if dated else entitled_kinds[0])


def _beside(report: Report, kind: DocumentKind) -> Report:
    """The report with the observation that a report of another kind stands in its file, which is not read."""
    document = report.document
    observation = Observation(code="other-kind", detail={"kind": kind.title, "pack": kind.name})
    return replace(report, document=replace(document, observations=(*document.observations, observation)))


def _is_report(report: Report, book: Book) -> bool:
    """Whether anything shows a report of the book's kind: its title, a preamble that names it, headings and words of the form."""
    kind = book.kind
    return (
        report.title is not None
        or kind is not None
        and (headed(report, kind) or speaks(report.document, kind) or announced(report, book.tables.reading.announced))
    )


def _elsewhere(report: Report, book: Book) -> UnreadableError | None:
    """Why a page with the title of a report has none of its parts: they stand in a frame, are not shown, or a program puts them in."""
    if book.kind is None or headed(report, book.kind):
        return None
    elsewhere = next((item for item in report.document.observations if item.code == "body-elsewhere"), None)
    where = elsewhere.detail.get("where") if elsewhere else None
    return UnreadableError(f"in-{where}", **(elsewhere.detail if elsewhere else {})) if where in ("frame", "script", "hidden") else None


def _reports(document: Document, book: Book, unit: str | None, year: int | None) -> list[Report]:
    """The reports of a document: the one, each of several, or of several the one that is that year's."""
    parts = parted(document, book.forms, book.tables.reading)
    if len(parts) == 1:
        return [understand(document, book, unit=unit, year=year)]
    reports = [understand(part, book) for part in parts]
    units = {report.unit for report in reports if report.unit}
    if len(units) <= 1:
        shared = next(iter(units), None)  # the title of one names the unit of all
        reports = [_with_options(replace(report, unit=shared, unit_from="title" if shared else None), unit=unit) for report in reports]
    else:
        reports = [report if report.unit else _with_options(report, unit=unit) for report in reports]
    of_year = [report for report in reports if year is not None and report.year == year]
    chosen = of_year or [report if report.year else _with_options(report, year=year) for report in reports]
    return [_one_of(report, "one-of-several" if of_year else "several-reports", len(parts)) for report in chosen]


def _one_of(report: Report, code: str, count: int) -> Report:
    """The report with the observation that it was one of several."""
    document = report.document
    line = report.title.block.line if report.title else document.blocks[0].line
    observation = Observation(code=code, line=line, detail={"count": count, "part": document.part, "year": report.year or ""})
    return replace(report, document=replace(document, observations=(observation, *document.observations)))


def understand(document: Document, book: Book, *, unit: str | None = None, year: int | None = None) -> Report:
    """The report of a document; `unit` and `year` where the text does not say or is overruled."""
    report = read_report(document, book.forms, book.tables.reading)
    return _with_options(report, unit=unit, year=year)


def _with_options(report: Report, *, unit: str | None = None, year: int | None = None) -> Report:
    """The report with the unit and the year that the user gave, where they were given."""
    if unit is not None:
        report = replace(report, unit=unit, unit_from="option")
    return replace(report, year=year, year_from="option") if year is not None else report


def _check(report: Report, selection: RuleSelection, form: str | None, snippet: bool, county: County) -> FileResult:
    """One report, checked."""
    document, book = report.document, selection.book
    if not snippet and not _is_report(report, book):
        cut = next((item for item in document.observations if item.code == "limit-reached"), None)  # the report may stand in the rest
        why = UnreadableError(cut.code, **cut.detail) if cut else UnreadableError("not-a-report")
        return replace(unreadable(book, document.path, why, part=document.part), reading=None)
    if not snippet and (error := _elsewhere(report, book)):
        return replace(unreadable(book, document.path, error, part=document.part), reading=None)
    report = without_the_page_around(report)
    if report.year is None or report.unit is None:
        report = _identified(report, book, county)
    due = form if form and book.form(form) else None  # another kind's forms say nothing of this one
    figures = measure(report, book.forms, year=report.year, due=due)
    if report.unit is None and (named := _named_unit(figures)):
        report = replace(report, unit=named)
    unit = judge_unit(report.unit, book.tables.units)
    subject = Subject(report=report, figures=figures, unit=unit, tables=book.tables, county=county)
    result = _explain_sums(run_rules(subject, book.of_scope("report"), selected=selection.selected), subject, selection)
    return FileResult(
        path=document.path,
        part=document.part,
        report_kind=book.kind.name if book.kind else None,
        reading=Read(report=report, figures=figures),
        unit=report.unit,
        year=report.year,
        unit_from=report.unit_from,
        year_from=report.year_from,
        kind=unit.kind,
        level=unit.level,
        form=figures.form.id if figures.form_due or report.year is None or figures.own_labels else None,
        form_due=figures.form_due.id if figures.form_due else None,
        outcomes=result.outcomes,
        findings=result.findings,
    )


def _named_unit(figures: Figures) -> str | None:
    """The unit that an answer of the form names."""
    table, _, key = figures.form.unit.partition(".")
    row = figures.tables[table].row(key) if table in figures.tables else None
    return next((text for figure in row.figures if (text := " ".join(figure.text.split()))), None) if row else None


def _identified(report: Report, book: Book, county: County) -> Report:
    """The report with unit and year by whatever tells them, where its title does not."""
    from validator.checks.identity.whose import settled  # few reports need it

    figures = Figures(form=book.forms[0], form_due=None, tables={})
    unit = Unit(name=report.unit, kind=None, level=None)
    return settled(Subject(report=report, figures=figures, unit=unit, tables=book.tables, county=county))


def _explain_sums(result: EngineResult, subject: Subject, selection: RuleSelection) -> EngineResult:
    """The result, failed sums that share a cause told as one finding, and what waited for them asked again."""
    if not any(finding.identities for finding in result.findings):
        return result
    from validator.explain import explain, judged  # only a report with a failed sum needs it
    from validator.explain.again import judge_again
    from validator.parsing.statements.evidence import evidence
    from validator.parsing.statements.facts import facts

    book = selection.book
    identities = judged((rule for rule in book.rules if inapplicable(rule, subject) is None), subject)
    phrases = book.tables.phrases
    statements = evidence(facts(subject, phrases), subject.figures, phrases) if phrases else {}
    findings = by_place(explain(result.findings, subject.figures, identities, book.tables.explain, statements))
    return judge_again(result, findings, subject, book.of_scope("report"), selection.selected)

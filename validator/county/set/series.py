"""Each report of a set compared with the same unit's report of the year before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from validator.county.set.settled import without_settled
from validator.engine.requirements import unfit
from validator.engine.run import EngineResult, run_series
from validator.messages import both
from validator.model import Answer, Book, County, FileResult, Member, Outcome, Reading, ReportSet, Rule, Skip, Subject, Text
from validator.roster.roster import roster_for
from validator.roster.units import judge_unit


def without_comparison(file: FileResult, book: Book, selected: Collection[str], reason: Text | None = None) -> FileResult:
    """A report without one to compare it with: the rules over a series are skipped, for that reason."""
    if file.reading is None:
        return file
    reason = reason or both("county.series.no-earlier-report")
    skipped = [Outcome(rule=rule.id, answer=Answer.SKIP, reason=reason) for rule in book.of_scope("series") if rule.id in selected]
    return replace(file, outcomes=(*file.outcomes, *skipped))


def with_series(report_set: ReportSet, book: Book, selected: Collection[str]) -> tuple[list[FileResult], list[EngineResult]]:
    """The files of the members, in order, with what last year's report shows; and what the rules answered."""
    files: list[FileResult] = []
    results: list[EngineResult] = []
    for member in report_set.members:
        if member.unit is None or member.year is None:
            files.append(without_comparison(member.file, book, selected, both("county.series.no-unit-or-year")))
        elif member.role != "taken":
            files.append(without_comparison(member.file, book, selected, both("county.series.another-file")))
        elif member.file.reading is None:
            files.append(member.file)
        else:
            before, merged = _before(member, report_set)
            result = compare_years(member, before, merged, book, selected, report_set.county)
            results.append(result)
            earlier = (*((before,) if before else ()), *merged)
            files.append(with_result(without_settled(member.file, earlier, book), result))
    return files, results


def _before(member: Member, report_set: ReportSet) -> tuple[Member | None, tuple[Member, ...]]:
    """Last year's report of the unit, and those of other units of the roster whose names it bears since."""
    assert member.unit is not None and member.year is not None
    last = member.year - 1
    same_unit = _report_of(report_set, member.unit.name, last)
    others: dict[str, Member] = {}
    for name in member.unit.formerly if report_set.county.roster else ():
        for unit in roster_for(report_set.county, report_set.tables.units).find(name, last):
            if unit is not member.unit and unit.until == last and (report := _report_of(report_set, unit.name, last)):
                others[unit.name] = report
    return same_unit, tuple(others.values())


def _report_of(report_set: ReportSet, unit: str, year: int) -> Member | None:
    members = report_set.by_unit.get((unit, year), ())
    return members[0] if members and members[0].file.reading is not None else None


def compare_years(
    member: Member, before: Member | None, merged: Sequence[Member], book: Book, selected: Collection[str], county: County
) -> EngineResult:
    """The rules over a series, asked of one report and those of the year before."""
    form = book.form(member.file.form or "") or _reading(member).figures.form  # before 2019 no form is told: the one that was tried

    def sure(rule: Rule) -> Outcome | None:
        if reason := unfit(rule, form, member.year, member.kind):
            return Outcome(rule=rule.id, answer=Answer.SKIP, reason=reason)
        if before is None and not merged:
            return Outcome(rule=rule.id, answer=Answer.SKIP, reason=both("county.series.no-earlier-report"))
        clear: Callable[[object, object], bool | Skip] | None = getattr(rule.check, "clear", None)
        this, last = member.file.digest, before.file.digest if before else None
        if clear is None or this is None or last is None or merged:
            return None
        clean = clear(this, last)
        if isinstance(clean, Skip):
            return Outcome(rule=rule.id, answer=Answer.SKIP, reason=clean.reason)
        return Outcome(rule=rule.id, answer=Answer.PASS) if clean else None

    def subject() -> Subject:
        this_year = _subject(member, book, county)
        return replace(
            this_year,
            before=_subject(before, book, county) if before else None,
            merged=tuple(_subject(earlier, book, county) for earlier in merged),
        )

    return run_series(subject, book.of_scope("series"), selected, sure)


def _reading(member: Member) -> Reading:
    assert member.file.reading is not None  # compared are only files that could be read
    return member.file.reading


def _subject(member: Member, book: Book, county: County) -> Subject:
    reading = _reading(member)
    report = reading.report
    if report.year != member.year:
        report = replace(report, year=member.year)
    unit = judge_unit(report.unit or member.name, book.tables.units)
    unit = replace(unit, kind=member.kind or unit.kind)
    return Subject(report=report, figures=reading.figures, unit=unit, tables=book.tables, county=county)


def with_result(file: FileResult, result: EngineResult) -> FileResult:
    """The report's result with what the year before shows."""
    return replace(file, findings=(*file.findings, *result.findings), outcomes=(*file.outcomes, *result.outcomes))

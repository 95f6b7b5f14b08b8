"""Each report of a set held against the same unit's report of the year before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from validator.engine.requirements import unfit
from validator.engine.run import EngineResult, run_series
from validator.messages import both
from validator.model import Answer, Book, County, FileResult, Member, Outcome, Reading, ReportSet, Rule, Skip, Subject, Text
from validator.roster.roster import roster_for
from validator.roster.units import judge_unit


def alone(file: FileResult, book: Book, selected: Collection[str], reason: Text | None = None) -> FileResult:
    """A report that is held against none: what was not checked is said."""
    if file.reading is None:
        return file
    reason = reason or both("county.series.no-earlier-report")
    skipped = [Outcome(rule=rule.id, answer=Answer.SKIP, reason=reason) for rule in book.of_scope("series") if rule.id in selected]
    return replace(file, outcomes=(*file.outcomes, *skipped))


def with_series(seen: ReportSet, book: Book, selected: Collection[str]) -> tuple[list[FileResult], list[EngineResult]]:
    """The files of the members, in order, with what last year's report shows; and what the rules answered."""
    files: list[FileResult] = []
    results: list[EngineResult] = []
    for member in seen.members:
        if member.unit is None or member.year is None:
            files.append(alone(member.file, book, selected, both("county.series.no-unit-or-year")))
        elif member.role != "taken":
            files.append(alone(member.file, book, selected, both("county.series.another-file")))
        elif member.file.reading is None:
            files.append(member.file)
        else:
            before, merged = _before(member, seen)
            result = compared(member, before, merged, book, selected, seen.county)
            results.append(result)
            files.append(added(member.file, result))
    return files, results


def _before(member: Member, seen: ReportSet) -> tuple[Member | None, tuple[Member, ...]]:
    """Last year's report of the unit, and those of other units of the roster whose names it bears since."""
    assert member.unit is not None and member.year is not None
    last = member.year - 1
    own = _taken(seen, member.unit.name, last)
    others: dict[str, Member] = {}
    for name in member.unit.formerly if seen.county.roster else ():
        for unit in roster_for(seen.county, seen.tables.units).find(name, last):
            if unit is not member.unit and unit.until == last and (found := _taken(seen, unit.name, last)):
                others[unit.name] = found
    return own, tuple(others.values())


def _taken(seen: ReportSet, unit: str, year: int) -> Member | None:
    held = seen.by_unit.get((unit, year), ())
    return held[0] if held and held[0].file.reading is not None else None


def compared(
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
        told = clear(this, last)
        if isinstance(told, Skip):
            return Outcome(rule=rule.id, answer=Answer.SKIP, reason=told.reason)
        return Outcome(rule=rule.id, answer=Answer.PASS) if told else None

    def subject() -> Subject:
        own = _subject(member, book, county)
        return replace(
            own,
            before=_subject(before, book, county) if before else None,
            merged=tuple(_subject(one, book, county) for one in merged),
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


def added(file: FileResult, result: EngineResult) -> FileResult:
    """The report's result with what the year before shows."""
    return replace(file, findings=(*file.findings, *result.findings), outcomes=(*file.outcomes, *result.outcomes))

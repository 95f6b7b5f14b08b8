"""Many reports together: which unit and year each is of, what last year's says of this year's, what the set lacks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from validator.messages import both
from validator.model import Book, County, FileResult, Member, Memory, PassedOver, ReportSet, Run, Text


def with_set_findings(
    run: Run,
    book: Book,
    county: County,
    *,
    selected: Collection[str],
    today: date,
    named: Collection[str] = (),
    whole: bool = True,
    memory: Memory | None = None,
) -> Run:
    """The run with what shows only when its reports are seen together.

    `selected`: the rules that report. `today`: the day that decides what is due. `named`: files that were asked for by name, which are
    shown even where another one stands for their unit and year. `whole`: these are all the reports that the county has. `memory`: what an
    earlier run found out.
    """
    if len(run.files) > 1 or (county.roster and whole):
        return _view(run, book, county, selected, today, named, whole, memory)
    from validator.county.set.series import without_comparison

    return replace(run, files=tuple(without_comparison(file, book, selected) for file in run.files))


def _view(
    run: Run, book: Book, county: County, selected: Collection[str], today: date, named: Collection[str], whole: bool, memory: Memory | None
) -> Run:
    from validator.county.set.assigning import assign_units
    from validator.county.set.same_day import with_same_day_noted, years_of_day
    from validator.county.set.scans import with_scan_noted
    from validator.county.set.series import with_series
    from validator.county.set.standings import standings_of
    from validator.county.set.versions import assign_roles
    from validator.engine.run import run_set

    members = assign_roles(assign_units(run.files, county, book.tables.units))
    report_set = ReportSet(members=members, county=county, today=today, whole=whole, memory=memory, tables=book.tables)
    files, results = with_series(report_set, book, selected)
    set_result = run_set(report_set, book.of_scope("county"), selected)
    years = years_of_day(report_set)
    shown: list[FileResult] = []
    passed_over: list[PassedOver] = []
    for member, file in zip(members, files, strict=True):
        if (other := _reason_not_shown(member, report_set)) is None or file.path in named:
            noted = with_same_day_noted(member, file, years, run.rules)
            shown.append(with_scan_noted(member, noted, report_set, run.rules, selected))
        else:
            passed_over.append(PassedOver(path=file.path, reason=other))
    return replace(
        run,
        files=tuple(shown),
        passed_over=(*run.passed_over, *passed_over),
        collection=set_result.findings,
        outcomes=set_result.outcomes,
        broken=(*run.broken, *(broken for result in (*results, set_result) for broken in result.broken)),
        standings=standings_of(report_set),
    )


def _reason_not_shown(member: Member, report_set: ReportSet) -> Text | None:
    """Why a file is not itself shown: another one stands for its unit and year. None for that one, and for what could not be read."""
    if member.role in ("taken", "other") or member.unit is None or member.year is None or member.file.reading is None:
        return None
    path = report_set.by_unit[member.unit.name, member.year][0].file.path
    if member.role == "draft":
        return both("county.older-version", taken=path)
    return both("county.same-figures", taken=path)


def with_states(run: Run) -> Run:
    """The run with the state of each unit and year, by what is found once waivers and the like are counted."""
    if not run.standings:
        return run
    from validator.county.set import standings

    return standings.with_states(run)

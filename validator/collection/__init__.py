"""Many reports together: which unit and year each is of, what last year's says of this year's, what the set lacks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from validator.model import Book, County, FileResult, PassedOver, Run, Text


def viewed(
    run: Run, book: Book, county: County, *, selected: Collection[str], today: date, named: Collection[str] = (), whole: bool = True
) -> Run:
    """The run with what shows only when its reports are seen together.

    `selected`: the rules that report. `today`: the day that decides what is due. `named`: files that were asked for by name, which are
    checked even where a newer version is there. `whole`: these are all the reports that the county has.
    """
    if len(run.files) > 1 or (county.roster and whole):
        return _seen(run, book, county, selected, today, named, whole)
    from validator.collection.series import alone

    return replace(run, files=tuple(alone(file, book.rules, selected) for file in run.files))


def _seen(run: Run, book: Book, county: County, selected: Collection[str], today: date, named: Collection[str], whole: bool) -> Run:
    from validator.collection.assigning import assigned
    from validator.collection.scans import scanned
    from validator.collection.series import with_series
    from validator.collection.standings import standings_of
    from validator.collection.versions import versions
    from validator.engine import run_set
    from validator.model import ReportSet

    members = versions(assigned(run.files, county, book.tables["units"]))
    seen = ReportSet(members=members, county=county, today=today, whole=whole, tables=book.tables)
    files, results = with_series(seen, book, selected)
    together = run_set(seen, book.rules, selected)
    kept: list[FileResult] = []
    drafts: list[PassedOver] = []
    for member, file in zip(members, files, strict=True):
        if member.role == "draft" and file.path not in named and member.unit is not None and member.year is not None:
            drafts.append(PassedOver(path=file.path, reason=_older(seen.by_unit[member.unit.name, member.year][0].file.path)))
        else:
            kept.append(scanned(member, file, seen, run.rules))
    return replace(
        run,
        files=tuple(kept),
        passed_over=(*run.passed_over, *drafts),
        collection=together.findings,
        outcomes=together.outcomes,
        broken=(*run.broken, *(broken for result in (*results, together) for broken in result.broken)),
        standings=standings_of(seen),
    )


def _older(taken: str) -> Text:
    return {"zh": f"旧稿，没有检查；检查的是 {taken}", "en": f"an older version, not checked; {taken} was"}


def stated(run: Run) -> Run:
    """The run with the state of each unit and year, by what is found once waivers and the like are counted."""
    if not run.standings:
        return run
    from validator.collection import standings

    return standings.stated(run)

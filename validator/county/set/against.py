"""--against: one report compared with last year's of the same unit, without any set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from validator.county.set.series import compare_years, with_result, without_comparison
from validator.county.set.settled import without_settled
from validator.messages import both
from validator.model import Book, Broken, County, FileResult, Member, RosterUnit, Run, Text
from validator.roster.roster import roster_for


def compare_with(
    run: Run, others: Sequence[FileResult], book: Book, county: County, selected: Collection[str]
) -> tuple[Run, tuple[Text, ...]]:
    """The run with what last year's report shows, and sentences on what looks odd. What could not be compared is trouble of the run."""
    readable = [other for other in others if other.reading is not None]
    files: list[FileResult] = []
    broken: list[Broken] = [_unread(other) for other in others if other.reading is None]
    odd: list[Text] = []
    for file in run.files:
        if file.reading is None:
            files.append(file)
            continue
        before = _before(file, readable)
        if before is None:
            files.append(without_comparison(file, book, selected))
            broken += [_unfit(file, other) for other in readable]
            continue
        year = file.year or (before.year or 0) + 1
        last = _member(before, year - 1, file)
        result = compare_years(_member(file, year, file), last, (), book, selected, county)
        files.append(with_result(without_settled(file, (last,), book), result))
        broken += result.broken
        if not _one_unit(file, before, book, county):
            odd.append(_other_unit(file, before))
    return replace(run, files=tuple(files), broken=(*run.broken, *broken)), tuple(odd)


def _before(file: FileResult, readable: Sequence[FileResult]) -> FileResult | None:
    """Of the reports in the other file the one of the year before; where years are not known the first of this kind."""
    same = [other for other in readable if other.report_kind == file.report_kind]
    fitting = [other for other in same if file.year is not None and other.year == file.year - 1]
    return next(iter(fitting or [other for other in same if None in (file.year, other.year)]), None)


def _member(file: FileResult, year: int, named: FileResult) -> Member:
    return Member(file=file, unit=RosterUnit(name=named.unit or named.path), name=named.unit, year=year)


def _one_unit(file: FileResult, before: FileResult, book: Book, county: County) -> bool:
    """Whether both reports may be of one unit: the roster knows former names."""
    if not file.unit or not before.unit:
        return True
    from validator.roster.units import same_unit

    roster = roster_for(county, book.tables.units)
    mine, theirs = roster.find(file.unit, file.year), roster.find(before.unit, file.year)
    return same_unit(before.unit, file.unit, book.tables.units) or bool(set(mine) & set(theirs))


def _unread(other: FileResult) -> Broken:
    reason = other.findings[0].message if other.findings else both("county.against.unread")
    return Broken(rule="", path=other.path, message=both("county.against.not-compared", reason=reason))


def _unfit(file: FileResult, other: FileResult) -> Broken:
    wanted = (file.year or 0) - 1
    if other.report_kind != file.report_kind:
        message = both("county.against.unfit-kind", wanted=wanted)
    else:
        message = both("county.against.unfit-year", year=other.year, wanted=wanted)
    return Broken(rule="", path=other.path, message=message)


def _other_unit(file: FileResult, before: FileResult) -> Text:
    return both("county.against.other-unit", before=before.unit, now=file.unit)

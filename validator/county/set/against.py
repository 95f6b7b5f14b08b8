"""--against: one report held against last year's of the same unit, without any set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from validator.county.set.series import added, alone, compared
from validator.model import Book, Broken, County, FileResult, Member, RosterUnit, Run, Text
from validator.roster.roster import roster_for


def held_against(
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
            files.append(alone(file, book.rules, selected))
            broken += [_unfit(file, other) for other in readable]
            continue
        year = file.year or (before.year or 0) + 1
        result = compared(_member(file, year, file), _member(before, year - 1, file), (), book, selected, county)
        files.append(added(file, result))
        broken += result.broken
        if not _one_unit(file, before, book, county):
            odd.append(_other_unit(file, before))
    return replace(run, files=tuple(files), broken=(*run.broken, *broken)), tuple(odd)


def _before(file: FileResult, readable: Sequence[FileResult]) -> FileResult | None:
    """Of the reports in the other file the one of the year before; where years are not known the first of this kind."""
    same = [other for other in readable if other.kind == file.kind]
    fitting = [other for other in same if file.year is not None and other.year == file.year - 1]
    return next(iter(fitting or [other for other in same if None in (file.year, other.year)]), None)


def _member(file: FileResult, year: int, named: FileResult) -> Member:
    return Member(file=file, unit=RosterUnit(name=named.unit or named.path), name=named.unit, year=year)


def _one_unit(file: FileResult, before: FileResult, book: Book, county: County) -> bool:
    """Whether both reports may be of one unit: the roster knows former names."""
    if not file.unit or not before.unit:
        return True
    from validator.roster.units import same_unit

    roster = roster_for(county, book.tables["units"])
    mine, theirs = roster.find(file.unit, file.year), roster.find(before.unit, file.year)
    return same_unit(before.unit, file.unit, book.tables["units"]) or bool(set(mine) & set(theirs))  # type: ignore[arg-type]


def _unread(other: FileResult) -> Broken:
    told = other.findings[0].message if other.findings else {"zh": "读不出来", "en": "it cannot be read"}
    return Broken(
        rule="",
        path=other.path,
        message={
            "zh": f"--against 的上年报告未能读取，没有对照（{told['zh']}）",
            "en": f"last year's report (--against) could not be read ({told['en']})",
        },
    )


def _unfit(file: FileResult, other: FileResult) -> Broken:
    zh, en = f"--against 的报告是 {other.year} 年度的", f"the report of --against is for {other.year}"
    wanted = (file.year or 0) - 1
    if other.kind != file.kind:
        zh, en = "--against 的报告是另一种报告", "the report of --against is of another kind"
    return Broken(
        rule="",
        path=other.path,
        message={"zh": f"{zh}，没有对照；请换成 {wanted} 年度的", "en": f"{en}, so nothing was compared: give the one for {wanted}"},
    )


def _other_unit(file: FileResult, before: FileResult) -> Text:
    return {
        "zh": f"--against：上年报告的单位是“{before.unit}”，这份是“{file.unit}”，仍按同一单位对照；不是同一单位就换文件",
        "en": f"--against: last year's report is of {before.unit}, this one of {file.unit}; they were compared as one unit's",
    }

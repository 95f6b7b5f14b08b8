"""Many reports together: which unit and year each is of, what last year's says of this year's, what the set lacks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from validator.model import Book, County, FileResult, PassedOver, Run, Text


def viewed(
    run: Run, book: Book, county: County, *, selected: Collection[str], today: date, named: Collection[str] = (), against: Sequence[FileResult] = ()
) -> Run:
    """The run with what shows only when its reports are seen together.

    `selected`: the rules that report. `today`: the day that decides what is due. `named`: files that were asked for by name, which are
    checked even where a newer version is there. `against`: reports that are compared with and not themselves shown.
    """
    if not _several(run, county, against):
        from validator.collection.series import alone

        return replace(run, files=tuple(alone(file, book.rules, selected) for file in run.files))
    return _seen(run, book, county, selected, today, named, against)


def _several(run: Run, county: County, against: Sequence[FileResult]) -> bool:
    return len(run.files) > 1 or bool(county.roster) or bool(against)


def _seen(
    run: Run, book: Book, county: County, selected: Collection[str], today: date, named: Collection[str], against: Sequence[FileResult]
) -> Run:
    from validator.collection.assigning import assigned
    from validator.collection.series import with_series
    from validator.collection.standings import standings_of
    from validator.collection.versions import versions
    from validator.engine import run_set
    from validator.model import Collection as Set

    members = versions(assigned((*run.files, *against), county, book.tables["units"]))
    seen = Set(members=members, county=county, today=today, tables=book.tables)
    files, results = with_series(seen, book, selected)
    shown = Set(members=members[: len(run.files)], county=county, today=today, tables=book.tables)
    whole = run_set(shown, book.rules, selected)
    kept, drafts = [], []
    for member, file in zip(shown.members, files, strict=False):
        if member.role == "draft" and file.path not in named:
            drafts.append(PassedOver(path=file.path, reason=_older(shown.by_unit[member.unit.name, member.year][0].file.path)))  # type: ignore[union-attr,index]
        else:
            kept.append(file)
    return replace(
        run,
        files=tuple(kept),
        passed_over=(*run.passed_over, *drafts),
        collection=whole.findings,
        outcomes=whole.outcomes,
        broken=(*run.broken, *(broken for result in (*results, whole) for broken in result.broken)),
        standings=standings_of(shown),
    )


def _older(taken: str) -> Text:
    return {"zh": f"旧稿，没有检查；检查的是 {taken}", "en": f"an older version, not checked; {taken} was"}

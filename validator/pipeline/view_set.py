"""The reports of a run seen together: those of the book's kind as a set, those of other kinds as they are."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from validator.county.set import with_set_findings
from validator.model import Book, County, FileResult, Memory, Run


def other_kinds(files: Iterable[FileResult], book: Book) -> list[str]:
    """The kinds of report among the files that are not the book's."""
    builtin = book.kind.name if book.kind else None
    return sorted({file.report_kind for file in files if file.report_kind is not None and file.report_kind != builtin})


def view_set(
    run: Run,
    book: Book,
    county: County,
    *,
    selected: Collection[str],
    today: date,
    named: Collection[str],
    whole: bool,
    memory: Memory | None = None,
) -> Run:
    """The run with what shows only when its reports are seen together, in their places; arguments as of `county.set.with_set_findings`."""
    others = set(other_kinds(run.files, book))
    same_kind = replace(run, files=tuple(file for file in run.files if file.report_kind not in others)) if others else run
    seen = with_set_findings(same_kind, book, county, selected=selected, today=today, named=named, whole=whole, memory=memory)
    if not others:
        return seen
    files = {(file.path, file.part): file for file in seen.files}
    in_order = (file if file.report_kind in others else files.get((file.path, file.part)) for file in run.files)
    return replace(seen, files=tuple(file for file in in_order if file is not None))


def today() -> date:
    """The day that decides what is due; SOURCE_DATE_EPOCH sets it, so that a result can be made again."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdigit() and len(given) < 12:
        return datetime.fromtimestamp(int(given), UTC).date()
    return date.today()

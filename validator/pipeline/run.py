"""The reading and checking of inputs, one by one: what every worker must know, what it is given, what it gives back.

The only seam for parallel work is `check_inputs`: it takes the inputs in order and gives their results in the same order.
Several files go the way of `scheduler.py`: cache, processes, cluster; one alone is read and checked here, without any of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from validator.base.limits import BUILT_IN, Limits, within
from validator.base.records import record
from validator.messages import both
from validator.model import Answer, Book, Broken, Config, County, FileResult, Text, UnreadableError
from validator.pipeline import inputs
from validator.pipeline.time_limit import TimeIsUp, timed

if TYPE_CHECKING:
    from validator.pipeline.check_file import RuleSelection
    from validator.rulebook import Amendments

#: Set to 1, a failure of the program itself shows its traceback.
DEBUG = "NIANBAO_DEBUG"


@record
class RunOptions:
    """What every worker must know: plain values that can be sent to another process."""

    packs: tuple[str, ...] = ()
    pack: str | None = None  # the kind of report that all inputs are read as; None: each as its title says
    config: Config | None = None  # its options change built-in rules
    fingerprint: str = ""  # of the book that the results must come from
    cache: bool = True
    unit: str | None = None
    year: int | None = None
    form: str | None = None
    selected: frozenset[str] = frozenset()  # rules of the book
    select: tuple[str, ...] = ()  # the names that `selected` was made of, for the books of other kinds
    ignore: tuple[str, ...] = ()
    county: County = County()
    set: bool = False  # several reports are checked together: results carry their digests
    whole: bool = False  # most reports will be shown as they were read, so that what was read is worth packing


@record
class FileOutcome:
    """One file: its results, or the program's own trouble with it. `walked`: found in a folder or a zip, so that it may be no report."""

    path: str
    walked: bool
    results: tuple[FileResult, ...] = ()
    broken: tuple[Broken, ...] = ()


@record
class InputResult:
    """One input done; several files where it is a zip."""

    source: inputs.Input
    files: tuple[FileOutcome, ...]


@record
class Workers:
    """Who does the work; the results are the same."""

    jobs: int | None = None  # processes; None: as many as there are processors and work for
    scheduler: str | None = None  # address of a Dask cluster


class RefusalError(Exception):
    """The work cannot be done as it was asked for; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


def check_inputs(sources: Sequence[inputs.Input], book: Book, options: RunOptions, workers: Workers = Workers()) -> Iterator[InputResult]:  # noqa: B008
    """Every input, in the order given. What one of them does never stops the others. Raises RefusalError."""
    if len(sources) > 1 or workers.scheduler or any(source.source.lower().endswith(".zip") for source in sources):
        from validator.pipeline.scheduler import schedule

        yield from schedule(sources, book, options, workers)
    else:
        for source in sources:
            yield check_input(source, book, options)


def check_input(source: inputs.Input, book: Book, options: RunOptions) -> InputResult:
    """One input read and checked."""
    with within(limits_of(options)):
        return InputResult(source=source, files=tuple(check_one_file(file, book, options) for file in inputs.open_input(source)))


def check_one_file(file: inputs.InputFile, book: Book, options: RunOptions) -> FileOutcome:
    """One file read and checked."""
    limits = limits_of(options)
    try:
        with within(limits), timed(limits.seconds):
            results = _results(file, book, options)
    except (TimeIsUp, MemoryError) as trouble:
        results = (_stopped(file, book, trouble, limits),)
    except Exception as trouble:
        if os.environ.get(DEBUG):
            raise
        return FileOutcome(path=file.path, walked=file.walked, broken=(Broken(rule="", message=crash(trouble), path=file.path),))
    broken = tuple(broken for result in results for broken in _broken(result))
    return FileOutcome(path=file.path, walked=file.walked, results=results, broken=broken)


def limits_of(options: RunOptions) -> Limits:
    """The bounds on what is read of a file."""
    return options.config.limits if options.config else BUILT_IN


def _stopped(file: inputs.InputFile, book: Book, trouble: BaseException, limits: Limits) -> FileResult:
    """What is said of a file that takes too much time or memory."""
    from validator.engine.unreadable import unreadable

    reason, limit = ("memory-limit", limits.memory) if isinstance(trouble, MemoryError) else ("time-limit", limits.seconds)
    return unreadable(book, file.path, UnreadableError(reason, limit=limit))


def _results(file: inputs.InputFile, book: Book, options: RunOptions) -> tuple[FileResult, ...]:
    """One file read and checked; several results where it holds several reports."""
    if isinstance(file.data, UnreadableError):
        from validator.engine.unreadable import unreadable

        return (unreadable(book, file.path, file.data),)
    from validator.pipeline.check_file import examine

    results = examine(
        file.data,
        file.path,
        book,
        unit=options.unit,
        year=options.year,
        form=options.form,
        selected=options.selected,
        county=options.county,
        selection_of=partial(_selection_of_kind, options) if book.others else None,
    )
    return tuple(_with_digest(result, book, options.county) for result in results) if options.set else results


def _selection_of_kind(options: RunOptions, kind: str) -> RuleSelection:
    """The book of another kind of report, and its rules that report."""
    from validator.engine.selection import chosen
    from validator.pipeline.check_file import RuleSelection

    book = other_book(options, kind)
    return RuleSelection(book=book, selected=chosen(book.rules, options.select, options.ignore))


def other_book(options: RunOptions, kind: str) -> Book:
    """The book of another kind of report; made once for a process."""
    from validator.rulebook import book_of_kind

    return book_of_kind(kind, options.packs, options.cache, _amendments(options))


def book_of(options: RunOptions) -> Book:
    """The book that the options name, opened anew: for a worker. Raises what `load_book` raises."""
    from validator.rulebook import load_book

    return load_book([Path(pack) for pack in options.packs], kind=options.pack, cache=options.cache, amendments=_amendments(options))


def _amendments(options: RunOptions) -> Amendments:
    """What nianbao.yaml changes in built-in rules."""
    from validator.rulebook import Amendments

    config = options.config
    return Amendments(path=config.path, options=config.options) if config else Amendments()


def _with_digest(file: FileResult, book: Book, county: County) -> FileResult:
    """The result with its digest, made where the report is at hand."""
    from validator.county.set.digest import digest_of

    digest = digest_of(file, book, county)
    return file if digest is None else replace(file, digest=digest)


def _broken(file: FileResult) -> list[Broken]:
    """The rules that broke on a report."""
    return [
        Broken(rule=outcome.rule, message=outcome.reason or both("pipeline.rule-failed"), path=file.path)
        for outcome in file.outcomes
        if outcome.answer is Answer.ERROR
    ]


def crash(trouble: BaseException) -> Text:
    """A mistake of the program, in one sentence."""
    reason = f"{type(trouble).__name__}: {trouble}".replace("\n", " ")[:200]
    return both("pipeline.program-failed", reason=reason)


def options_for(book: Book, packs: Iterable[Path], options: RunOptions) -> RunOptions:
    """The options with all that names this book."""
    return replace(options, packs=tuple(str(pack) for pack in packs), fingerprint=book.fingerprint)

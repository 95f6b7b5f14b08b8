"""The reading and checking of inputs, one by one: what every worker is told, what it is given, what it gives back.

The only seam for parallel work is `examined`: it takes the inputs in order and gives their results in the same order. Several files go
the way of `crew/`: cache, processes, cluster; one alone is read and checked here, without any of it.
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
    from validator.pipeline.check_file import Desk
    from validator.rulebook import Amendments

#: Set to 1, a failure of the program itself shows its traceback.
DEBUG = "NIANBAO_DEBUG"


@record
class Order:
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
class Examined:
    """One file: its results, or the program's own trouble with it. `walked`: found in a folder or a zip, so that it may be no report."""

    path: str
    walked: bool
    results: tuple[FileResult, ...] = ()
    broken: tuple[Broken, ...] = ()


@record
class Done:
    """One input done; several files where it is a zip."""

    source: inputs.Input
    files: tuple[Examined, ...]


@record
class Means:
    """Who does the work; the results are the same."""

    jobs: int | None = None  # processes; None: as many as there are processors and work for
    scheduler: str | None = None  # address of a Dask cluster


class RefusalError(Exception):
    """The work cannot be done as it was asked for; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


def examined(sources: Sequence[inputs.Input], book: Book, order: Order, means: Means = Means()) -> Iterator[Done]:  # noqa: B008
    """Every input, in the order given. What one of them does never stops the others. Raises RefusalError."""
    if len(sources) > 1 or means.scheduler or any(source.source.lower().endswith(".zip") for source in sources):
        from validator.pipeline.scheduler import together

        yield from together(sources, book, order, means)
    else:
        for source in sources:
            yield examine_input(source, book, order)


def examine_input(source: inputs.Input, book: Book, order: Order) -> Done:
    """One input read and checked."""
    with within(limits_of(order)):
        return Done(source=source, files=tuple(examine_piece(piece, book, order) for piece in inputs.opened(source)))


def examine_piece(piece: inputs.Piece, book: Book, order: Order) -> Examined:
    """One file read and checked."""
    limits = limits_of(order)
    try:
        with within(limits), timed(limits.seconds):
            results = _results(piece, book, order)
    except (TimeIsUp, MemoryError) as trouble:
        results = (_stopped(piece, book, trouble, limits),)
    except Exception as trouble:
        if os.environ.get(DEBUG):
            raise
        return Examined(path=piece.path, walked=piece.walked, broken=(Broken(rule="", message=crash(trouble), path=piece.path),))
    broken = tuple(broken for result in results for broken in _broken(result))
    return Examined(path=piece.path, walked=piece.walked, results=results, broken=broken)


def limits_of(order: Order) -> Limits:
    """The bounds on what is read of a file."""
    return order.config.limits if order.config else BUILT_IN


def _stopped(piece: inputs.Piece, book: Book, trouble: BaseException, limits: Limits) -> FileResult:
    """What is said of a file that takes too much time or memory."""
    from validator.engine.unreadable import unreadable

    reason, limit = ("memory-limit", limits.memory) if isinstance(trouble, MemoryError) else ("time-limit", limits.seconds)
    return unreadable(book, piece.path, UnreadableError(reason, limit=limit))


def _results(piece: inputs.Piece, book: Book, order: Order) -> tuple[FileResult, ...]:
    """One file read and checked; several results where it holds several reports."""
    if isinstance(piece.data, UnreadableError):
        from validator.engine.unreadable import unreadable

        return (unreadable(book, piece.path, piece.data),)
    from validator.pipeline.check_file import examine

    results = examine(
        piece.data,
        piece.path,
        book,
        unit=order.unit,
        year=order.year,
        form=order.form,
        selected=order.selected,
        county=order.county,
        desks=partial(_desk, order) if book.others else None,
    )
    return tuple(_digested(result, book, order.county) for result in results) if order.set else results


def _desk(order: Order, kind: str) -> Desk:
    """The book of another kind of report, and its rules that report."""
    from validator.engine.selection import chosen
    from validator.pipeline.check_file import Desk

    book = other_book(order, kind)
    return Desk(book=book, selected=chosen(book.rules, order.select, order.ignore))


def other_book(order: Order, kind: str) -> Book:
    """The book of another kind of report; made once for a process."""
    from validator.rulebook import book_of_kind

    return book_of_kind(kind, order.packs, order.cache, _amendments(order))


def book_of(order: Order) -> Book:
    """The order's book, opened anew: for a worker. Raises what `load_book` raises."""
    from validator.rulebook import load_book

    return load_book([Path(pack) for pack in order.packs], kind=order.pack, cache=order.cache, amendments=_amendments(order))


def _amendments(order: Order) -> Amendments:
    """What nianbao.yaml changes in built-in rules."""
    from validator.rulebook import Amendments

    config = order.config
    return Amendments(path=config.path, options=config.options) if config else Amendments()


def _digested(file: FileResult, book: Book, county: County) -> FileResult:
    """The result with its digest, made where the report is at hand."""
    from validator.county.set.digest import digest_of

    found = digest_of(file, book, county)
    return file if found is None else replace(file, digest=found)


def _broken(file: FileResult) -> list[Broken]:
    """The rules that broke on a report."""
    return [
        Broken(rule=outcome.rule, message=outcome.reason or both("pipeline.rule-failed"), path=file.path)
        for outcome in file.outcomes
        if outcome.answer is Answer.ERROR
    ]


def crash(trouble: BaseException) -> Text:
    """A mistake of the program, in one sentence."""
    told = f"{type(trouble).__name__}: {trouble}".replace("\n", " ")[:200]
    return both("pipeline.program-failed", reason=told)


def order_of(book: Book, packs: Iterable[Path], asked: Order) -> Order:
    """The order for this book, which is asked for with these settings."""
    return replace(asked, packs=tuple(str(pack) for pack in packs), fingerprint=book.fingerprint)

"""A report's results made small, to travel between processes, to lie in the cache, to be held by thousands.

Packed they are a pickle that only makes types of `validator.model` and plain values when it is opened, whatever a cache may hold. What the
report said, by far the largest part, stays compressed inside until somebody asks for it: as it was read, forms by their names alone, or,
where reading once more is cheap, as the file itself.
"""

from __future__ import annotations

import io
import pickle
import sys
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from validator import model
from validator.model import Answer, Book, Digest, Document, Figures, FileResult, Form, Kind, Outcome, Read, Reading, Report, Waits

#: Speed of zlib that costs least beside reading the report.
_LEVEL = 1
#: The book of a kind of report, by its name; None: the built-in one's.
Books = Callable[[str | None], Book]
#: A file that was packed itself, read once more: the same results as before, as far as their readings go.
Again = Callable[[bytes], tuple[FileResult, ...]]
#: Formats that are read again in ten milliseconds: to pack what was read takes two, unpacking it five, and few readings are asked for.
CHEAP = ("text", "markdown")


class SpoiltError(Exception):
    """Packed results that cannot be opened."""


def packed(results: tuple[FileResult, ...], source: bytes | None = None) -> bytes:
    """The results of one file as bytes. `source`: the file, which is kept in place of readings if it can be read again cheaply.

    Raises whatever `pickle` raises where a detail is no plain value.
    """
    if source is None or not all(_cheap(result.reading) for result in results):
        return _dumped((None, tuple(_parts(result, _packed_reading(result.reading)) for result in results)))
    file = zlib.compress(source, _LEVEL) if any(result.reading for result in results) else None
    return _dumped((file, tuple(_parts(result, _named(result, number)) for number, result in enumerate(results))))


def unpacked(data: bytes, books: Books, again: Again) -> tuple[FileResult, ...]:
    """The results as they were, their readings lazy. `again` reads a file that was packed itself. Raises SpoiltError."""

    def lazy_reading(reading: bytes | tuple[int, bytes] | None, bare: FileResult) -> LazyReading | None:
        if isinstance(reading, tuple):
            number, lines = reading
            return LazyReading(lambda: _read_again(source, number, again), lines=lines)
        return LazyReading(lambda: _unpacked_reading(reading, books(bare.report_kind)), data=reading) if reading is not None else None

    try:
        source, results = _loaded(data)
        return tuple(_joined(lazy_reading, *parts) for parts in results)
    except Exception as trouble:  # a pickle can be wrong in any way
        raise SpoiltError(str(trouble)) from None


class LazyReading:
    """A reading that is unpacked when it is asked for: SpoiltError where that fails. The last few are at hand: they are asked again."""

    __slots__ = ("_lines", "data", "unfold")

    def __init__(self, unfold: Callable[[], Read], *, data: bytes | None = None, lines: bytes = b"") -> None:
        self.unfold, self.data, self._lines = unfold, data, lines

    @property
    def report(self) -> Report:
        """Sections and tables, with places."""
        return _read_once(self).report

    @property
    def figures(self) -> Figures:
        """Every figure in the form's keys."""
        return _read_once(self).figures

    def quoted(self, spans: Collection[tuple[int, int]]) -> Document:
        """The lines of the findings that were packed; the whole document where others are asked for."""
        if self._lines:
            there: frozenset[tuple[int, int]]
            document: Document
            there, document = _loaded(self._lines)
            if there.issuperset(spans):
                return document
        return _read_once(self).report.document


@lru_cache(maxsize=4)
def _read_once(lazy_reading: LazyReading) -> Read:
    try:
        return lazy_reading.unfold()
    except Exception as trouble:  # what is spoilt may show only now
        raise SpoiltError(str(trouble)) from None


def _cheap(reading: Reading | None) -> bool:
    return reading is None or (isinstance(reading, Read) and reading.report.document.format in CHEAP)


def _named(result: FileResult, number: int) -> tuple[int, bytes] | None:
    """In place of a reading: which it is of the file's, and of its document the lines that findings stand in."""
    if result.reading is None:
        return None
    spans = frozenset((finding.location.line or 0, finding.location.length or 0) for finding in result.findings)
    return number, _dumped((spans, _extract(result.reading.report.document, spans))) if spans else b""


def _extract(document: Document, spans: Collection[tuple[int, int]]) -> Document:
    """The document with the blocks of these lines, whole; after each as many as its words may run on, and the one that ends them."""
    blocks, places = document.blocks, set[int]()
    lines: dict[int, int] = {}
    for line, letters in spans:
        lines[line] = max(letters, lines.get(line, 0))
    at = 0
    while at < len(blocks):
        length = lines.get(blocks[at].line)
        if length is None:
            at += 1
            continue
        line = blocks[at].line
        while at < len(blocks) and blocks[at].line == line:
            places.add(at)
            at += 1
        after = at
        while after < len(blocks) and after not in places:
            places.add(after)
            length -= len(blocks[after].text)
            if length <= 0 or blocks[after].kind is Kind.CELL:
                break
            after += 1
    return Document(path=document.path, format=document.format, blocks=tuple(blocks[place] for place in sorted(places)))


def _parts(result: FileResult, reading: bytes | tuple[int, bytes] | None) -> tuple[Any, ...]:
    """A result without its large parts, and each of those as bytes that many results have in common or that nobody may ask for."""
    bare = replace(result, reading=None, outcomes=(), digest=None)
    outcomes = tuple((each.rule, each.answer.value, dict(each.reason) if each.reason else None, each.waits) for each in result.outcomes)
    return bare, _small(outcomes), _digest_parts(result.digest), reading


def _joined(
    lazy_reading: Callable[[Any, FileResult], LazyReading | None], bare: FileResult, outcomes: bytes, digest: Any, reading: Any
) -> FileResult:
    whole_digest = _digest(*digest) if digest else None
    return replace(bare, outcomes=_outcomes(outcomes), digest=whole_digest, reading=lazy_reading(reading, bare))


def _digest_parts(digest: Digest | None) -> Any:
    if digest is None:
        return None
    return _small(tuple(digest.figures)), tuple(digest.figures.values()), digest.sketch, digest.published


def _digest(keys: bytes, values: tuple[Any, ...], sketch: Any, published: Any) -> Digest:
    return Digest(figures=dict(zip(_keys(keys), values, strict=True)), sketch=sketch, published=published)


@lru_cache(maxsize=512)
def _keys(data: bytes) -> tuple[str, ...]:
    """The addresses of figures, the same for every report on a form."""
    return tuple(sys.intern(key) for key in _loaded(zlib.decompress(data)))


@lru_cache(maxsize=512)
def _outcomes(data: bytes) -> tuple[Outcome, ...]:
    """The answers of all rules: few of them differ between reports, so each is there once."""
    plain = _loaded(zlib.decompress(data))
    return tuple(_outcome(rule, answer, tuple(reason.items()) if reason else None, waits) for rule, answer, reason, waits in plain)


@lru_cache(maxsize=20_000)
def _outcome(rule: str, answer: str, reason: tuple[tuple[str, str], ...] | None, waits: Waits) -> Outcome:
    return Outcome(rule=rule, answer=Answer(answer), reason=dict(reason) if reason else None, waits=waits)


def _packed_reading(reading: Reading | None) -> bytes | None:
    """The report and its figures, compressed; forms by their names."""
    if reading is None:
        return None
    if isinstance(reading, LazyReading) and reading.data is not None:
        return reading.data
    figures = reading.figures
    report = {name: getattr(reading.report, name) for name in _REPORT}  # not what was worked out from it meanwhile
    names = figures.form.id, figures.form_due.id if figures.form_due else None
    read = report, figures.tables, figures.own_labels, figures.foreign_labels
    return _small((names, read))


_REPORT = tuple(Report.__dataclass_fields__)


def _unpacked_reading(data: bytes, book: Book) -> Read:
    (used, due), (report, tables, own_labels, foreign_labels) = _loaded(zlib.decompress(data))
    form, form_due = _form(book, used), _form(book, due) if due else None
    figures = Figures(form=form, form_due=form_due, tables=tables, own_labels=own_labels, foreign_labels=foreign_labels)
    return Read(report=Report(**report), figures=figures)


def _read_again(source: bytes, number: int, again: Again) -> Read:
    results = again(zlib.decompress(source))
    if number >= len(results) or (reading := results[number].reading) is None:
        raise SpoiltError("the file reads otherwise")
    return Read(report=reading.report, figures=reading.figures)


def _form(book: Book, key: str) -> Form:
    form = book.form(key)
    if form is None:
        raise SpoiltError(f"no form {key}")
    return form


# ------------------------------------------------------------------------------------------------ bytes


def _dumped(value: Any) -> bytes:
    return pickle.dumps(value, 5)


def _small(value: Any) -> bytes:
    return zlib.compress(_dumped(value), _LEVEL)


def _loaded(data: bytes) -> Any:
    return _Opener(io.BytesIO(data)).load()


class _Opener(pickle.Unpickler):
    """Makes values of the model and plain ones; nothing else, so that no packed bytes can run anything."""

    def find_class(self, module: str, name: str) -> Any:
        if (kind := _TYPES.get((module, name))) is None:
            raise SpoiltError(f"{module}.{name}")
        return kind

    def persistent_load(self, pid: Any) -> Any:
        raise SpoiltError("a reference to something outside")


def _types() -> Mapping[tuple[str, str], Any]:
    """Every type that may be made: records and enumerations of the model, sets, decimals, days."""
    from datetime import date
    from decimal import Decimal

    central = {
        (kind.__module__, name): kind
        for name, kind in vars(model).items()
        if isinstance(kind, type) and kind.__module__.startswith(f"{model.__name__}.") and not issubclass(kind, Exception)
    }
    plain = {("builtins", "frozenset"): frozenset, ("builtins", "set"): set, ("decimal", "Decimal"): Decimal, ("datetime", "date"): date}
    return central | plain


_TYPES = _types()

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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from validator import model
from validator.model import Answer, Book, Digest, Document, Figures, FileResult, Form, Outcome, Read, Reading, Report
from validator.records import record

#: Speed of zlib that costs least beside reading the report.
_LEVEL = 1
#: The book of a kind of report, by its name; None: the built-in one's.
Books = Callable[[str | None], Book]


@record
class Again:
    """How a file that was packed itself is read once more."""

    results: Callable[[bytes], tuple[FileResult, ...]]  # the same as before, as far as their readings go
    documents: Callable[[bytes], Sequence[Document]]  # before it is known what in them is a report


#: Formats that are read again in ten milliseconds: to pack what was read takes two, unpacking it five, and few readings are asked for.
CHEAP = ("text", "markdown")


class SpoiltError(Exception):
    """Packed results that cannot be opened."""


def packed(results: tuple[FileResult, ...], source: bytes | None = None) -> bytes:
    """The results of one file as bytes. `source`: the file, which is kept in place of readings if it can be read again cheaply.

    Raises whatever `pickle` raises where a detail is no plain value.
    """
    if source is None or not all(_cheap(result.reading) for result in results):
        return _dumped((None, tuple(_parts(result, _folded(result.reading)) for result in results)))
    kept = zlib.compress(source, _LEVEL) if any(result.reading for result in results) else None
    return _dumped((kept, tuple(_parts(result, number if result.reading else None) for number, result in enumerate(results))))


def unpacked(data: bytes, books: Books, again: Again) -> tuple[FileResult, ...]:
    """The results as they were, their readings folded. `again` reads a file that was packed itself. Raises SpoiltError."""

    def folded(reading: bytes | int | None, bare: FileResult) -> Folded | None:
        if isinstance(reading, int):
            return Folded(lambda: _read_again(source, reading, again), document=None if bare.part else lambda: _document(source, again))
        return Folded(lambda: _unfolded(reading, books(bare.kind)), data=reading) if reading is not None else None

    try:
        source, results = _loaded(data)
        return tuple(_whole(*parts, folded) for parts in results)
    except Exception as trouble:  # a pickle can be wrong in any way
        raise SpoiltError(str(trouble)) from None


class Folded:
    """A reading that is unfolded when it is asked for. The last few unfolded are at hand, since who asks once asks again."""

    __slots__ = ("_document", "_unfold", "data")
    _open: list[tuple[Folded, Read]] = []

    def __init__(
        self, unfold: Callable[[], Read], *, data: bytes | None = None, document: Callable[[], Document | None] | None = None
    ) -> None:
        self._unfold, self.data, self._document = unfold, data, document

    @property
    def report(self) -> Report:
        """Sections and tables, with places."""
        return self._read().report

    @property
    def figures(self) -> Figures:
        """Every figure in the form's keys."""
        return self._read().figures

    @property
    def document(self) -> Document:
        """The blocks that it was read from."""
        found = self._document() if self._document and not any(held is self for held, _ in self._open) else None
        return found or self._read().report.document

    def _read(self) -> Read:
        for held, read in self._open:
            if held is self:
                return read
        read = self._unfold()
        Folded._open = [(self, read), *self._open[:3]]
        return read


def _cheap(reading: Reading | None) -> bool:
    return reading is None or (isinstance(reading, Read) and reading.report.document.format in CHEAP)


def _parts(result: FileResult, reading: bytes | int | None) -> tuple[Any, ...]:
    """A result without its large parts, and each of those as bytes that many results have in common or that nobody may ask for."""
    bare = replace(result, reading=None, outcomes=(), digest=None)
    outcomes = tuple((each.rule, each.answer.value, dict(each.reason) if each.reason else None) for each in result.outcomes)
    return bare, _small(outcomes), _digest_parts(result.digest), reading


def _whole(
    bare: FileResult, outcomes: bytes, digest: Any, reading: bytes | int | None, folded: Callable[[Any, FileResult], Folded | None]
) -> FileResult:
    return replace(
        bare, outcomes=_outcomes(outcomes), digest=_digest(*digest) if digest else None, reading=folded(reading, bare)
    )


def _digest_parts(digest: Digest | None) -> Any:
    if digest is None:
        return None
    return _small(tuple(digest.figures)), tuple(digest.figures.values()), digest.sketch


def _digest(keys: bytes, values: tuple[Any, ...], sketch: Any) -> Digest:
    return Digest(figures=dict(zip(_keys(keys), values, strict=True)), sketch=sketch)


@lru_cache(maxsize=512)
def _keys(data: bytes) -> tuple[str, ...]:
    """The addresses of figures, the same for every report on a form."""
    return tuple(sys.intern(key) for key in _loaded(zlib.decompress(data)))


@lru_cache(maxsize=512)
def _outcomes(data: bytes) -> tuple[Outcome, ...]:
    """The answers of all rules: few of them differ between reports, so each is there once."""
    told = _loaded(zlib.decompress(data))
    return tuple(_outcome(rule, answer, tuple(reason.items()) if reason else None) for rule, answer, reason in told)


@lru_cache(maxsize=20_000)
def _outcome(rule: str, answer: str, reason: tuple[tuple[str, str], ...] | None) -> Outcome:
    return Outcome(rule=rule, answer=Answer(answer), reason=dict(reason) if reason else None)


def _folded(reading: Reading | None) -> bytes | None:
    """The report and its figures, compressed; forms by their names."""
    if reading is None:
        return None
    if isinstance(reading, Folded) and reading.data is not None:
        return reading.data
    figures = reading.figures
    report = {name: getattr(reading.report, name) for name in _REPORT}  # not what was worked out from it meanwhile
    names = figures.form.id, figures.form_due.id if figures.form_due else None
    read = report, figures.tables, figures.own_labels, figures.foreign_labels
    return _small((names, read))


_REPORT = tuple(Report.__dataclass_fields__)


def _unfolded(data: bytes, book: Book) -> Read:
    (used, due), (report, tables, own, foreign) = _loaded(zlib.decompress(data))
    forms = {"form": _form(book, used), "form_due": _form(book, due) if due else None}
    return Read(report=Report(**report), figures=Figures(**forms, tables=tables, own_labels=own, foreign_labels=foreign))


def _read_again(source: bytes, number: int, again: Again) -> Read:
    results = again.results(zlib.decompress(source))
    if number >= len(results) or (reading := results[number].reading) is None:
        raise SpoiltError("the file reads otherwise")
    return Read(report=reading.report, figures=reading.figures)


def _document(source: bytes, again: Again) -> Document | None:
    """The file's one document; None where there are several, perhaps of several reports each."""
    documents = again.documents(zlib.decompress(source))
    return documents[0] if len(documents) == 1 else None


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
        if (found := _MADE.get((module, name))) is None:
            raise SpoiltError(f"{module}.{name}")
        return found

    def persistent_load(self, pid: Any) -> Any:
        raise SpoiltError("a reference to something outside")


def _made() -> Mapping[tuple[str, str], Any]:
    """Every type that may be made: records and enumerations of the model, sets, decimals, days."""
    from datetime import date
    from decimal import Decimal

    own = {
        (model.__name__, name): kind
        for name, kind in vars(model).items()
        if isinstance(kind, type) and kind.__module__ == model.__name__ and not issubclass(kind, Exception)
    }
    plain = {("builtins", "frozenset"): frozenset, ("builtins", "set"): set, ("decimal", "Decimal"): Decimal, ("datetime", "date"): date}
    return own | plain


_MADE = _made()

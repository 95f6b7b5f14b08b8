"""Packed results are the results: every example, in every format, comes back the same; spoilt bytes make nothing."""

from __future__ import annotations

import io
import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.support import ROOT, book
from validator.county.set.digest import digest
from validator.model import Book, County, FileResult
from validator.pipeline.check_file import RuleSelection, examine
from validator.pipeline.serialize import Again, LazyReading, SpoiltError, packed, unpacked
from validator.reporters.excerpts import Quotes
from validator.rulebook import book_of_kind, load_book

REPORTS = sorted(path for path in (ROOT / "examples").rglob("*") if path.is_file() and not path.name.endswith((".json", ".yaml", ".yml")))


def of_kind(kind: str | None) -> Book:
    own = book().kind
    return book() if kind is None or own is None or kind == own.name else book_of_kind(kind)


@cache
def results(path: Path) -> tuple[FileResult, ...]:
    found = examine(path.read_bytes(), path.name, book(), selection_of=lambda kind: RuleSelection(book=book_of_kind(kind)))
    return tuple(
        replace(each, digest=digest(each.reading.report, each.reading.figures, book().tables, County())) if each.reading else each
        for each in found
    )


@pytest.mark.parametrize("path", REPORTS, ids=[path.name for path in REPORTS])
def test_they_come_back_the_same(path: Path) -> None:
    before = results(path)
    for data in (packed(before), packed(before, path.read_bytes())):
        same(before, unpacked(data, of_kind, again(path)))
    folded = unpacked(packed(before), of_kind, never)
    assert packed(folded) == packed(unpacked(packed(folded), of_kind, never))  # they are not unfolded to be packed again


def again(path: Path) -> Again:
    def readings(source: bytes) -> tuple[FileResult, ...]:
        assert source == path.read_bytes()
        return examine(source, path.name, book(), selection_of=lambda kind: RuleSelection(book=book_of_kind(kind)), selected=frozenset())

    return readings


def never(source: bytes) -> tuple[FileResult, ...]:
    raise AssertionError


def same(before: tuple[FileResult, ...], after: tuple[FileResult, ...]) -> None:
    assert [replace(each, reading=None) for each in after] == [replace(each, reading=None) for each in before]
    for old, new in zip(before, after, strict=True):
        told = [Quotes(old).of(finding) for finding in old.findings]
        assert [Quotes(new).of(finding) for finding in old.findings] == told
        assert [Quotes(each).pieces(finding) for each in (new,) for finding in old.findings] == [
            Quotes(old).pieces(finding) for finding in old.findings
        ]
        assert (old.report, old.figures) == (new.report, new.figures)
        assert new.reading is None or isinstance(new.reading, LazyReading)


def sound() -> bytes:
    return packed(results(ROOT / "rules" / "bases" / "sound-2021.txt"))


def test_a_report_of_eight_kilobytes_takes_less_than_thirty() -> None:
    assert len(sound()) < 30_000


def test_who_asks_twice_unfolds_once() -> None:
    (result,) = unpacked(sound(), of_kind, never)
    assert result.report is result.report


def test_answers_that_two_reports_share_are_there_once() -> None:
    (one,), (other,) = unpacked(sound(), of_kind, never), unpacked(sound(), of_kind, never)
    assert one.outcomes is other.outcomes


@pytest.mark.parametrize("at", range(0, 4000, 97))
def test_spoilt_bytes_are_refused_or_harmless(at: int) -> None:
    data = bytearray(sound())
    data[at] ^= 0x55
    try:
        for result in unpacked(bytes(data), of_kind, never):
            assert isinstance(result, FileResult)
    except SpoiltError:
        pass


GARBAGE = [b"", b"garbage", b"\x80\x05.", *(pickle.dumps(value) for value in (None, [1, 2], (None, ((1, 2, 3, 4),))))]


@pytest.mark.parametrize("data", GARBAGE)
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(SpoiltError):
        unpacked(data, of_kind, never)


def test_a_reading_that_is_spoilt_says_so_when_it_is_asked_for() -> None:
    (result,) = unpacked(packed(results(REPORTS[0])), of_kind, never)
    bare = pickle.loads(packed((result,)))
    ((held, outcomes, digest, reading),) = bare[1]
    spoilt = pickle.dumps((None, ((held, outcomes, digest, reading[:-9]),)))
    (opened,) = unpacked(spoilt, of_kind, never)
    assert isinstance(opened.reading, LazyReading)
    with pytest.raises(SpoiltError):
        opened.reading.report  # noqa: B018


class Evil:
    """Runs something when it is unpickled."""

    def __reduce__(self) -> object:
        return (open, ("/tmp/nianbao-evil", "w"))


@pytest.mark.parametrize("made", [Evil(), io.BytesIO, cache])
def test_nothing_but_values_is_made(made: object) -> None:
    with pytest.raises(SpoiltError):
        unpacked(pickle.dumps((None, ((made, b"", None, None),))), of_kind, never)


def test_texts_of_a_book_fresh_from_its_files_are_plain() -> None:
    """A book that no cache holds yet keeps the lines of its files; nothing of that may get into a result."""
    fresh = load_book(cache=False)
    path = ROOT / "examples" / "reports" / "faulty-2021-tab-sums.txt"
    found = examine(path.read_bytes(), path.name, fresh)
    assert any(finding.suspect for finding in found[0].findings)
    assert [each.findings for each in unpacked(packed(found), lambda kind: fresh, never)] == [each.findings for each in found]

"""Packed results are the results: every example, in every format, comes back the same; spoilt bytes make nothing."""

from __future__ import annotations

import io
import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from validator.collection.digest import digest
from validator.model import Book, County, FileResult
from validator.packing import Folded, SpoiltError, packed, unpacked
from validator.road import Desk, examine
from validator.rulebook import book_of_kind, load_book

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted(path for path in (ROOT / "examples").rglob("*") if path.is_file() and not path.name.endswith((".json", ".yaml", ".yml")))


@cache
def book() -> Book:
    return load_book()


def of_kind(kind: str | None) -> Book:
    own = book().kind
    return book() if kind is None or own is None or kind == own.name else book_of_kind(kind)


@cache
def results(path: Path) -> tuple[FileResult, ...]:
    found = examine(path.read_bytes(), path.name, book(), desks=lambda kind: Desk(book=book_of_kind(kind)))
    return tuple(
        replace(each, digest=digest(each.reading.report, each.reading.figures, book().tables, County())) if each.reading else each
        for each in found
    )


@pytest.mark.parametrize("path", REPORTS, ids=[path.name for path in REPORTS])
def test_they_come_back_the_same(path: Path) -> None:
    before = results(path)
    data = packed(before)
    after = unpacked(data, of_kind)
    assert [replace(each, reading=None) for each in after] == [replace(each, reading=None) for each in before]
    for old, new in zip(before, after, strict=True):
        assert (old.report, old.figures) == (new.report, new.figures)
        assert new.reading is None or isinstance(new.reading, Folded)
    assert packed(unpacked(data, of_kind)) == packed(after)  # folded once, they are not unfolded to be packed again


def sound() -> bytes:
    return packed(results(ROOT / "rules" / "bases" / "sound-2021.txt"))


def test_a_report_of_eight_kilobytes_takes_less_than_thirty() -> None:
    assert len(sound()) < 30_000


def test_who_asks_twice_unfolds_once() -> None:
    (result,) = unpacked(sound(), of_kind)
    assert result.report is result.report


def test_answers_that_two_reports_share_are_there_once() -> None:
    (one,), (other,) = unpacked(sound(), of_kind), unpacked(sound(), of_kind)
    assert one.outcomes is other.outcomes


@pytest.mark.parametrize("at", range(0, 4000, 97))
def test_spoilt_bytes_are_refused_or_harmless(at: int) -> None:
    data = bytearray(sound())
    data[at] ^= 0x55
    try:
        for result in unpacked(bytes(data), of_kind):
            assert isinstance(result, FileResult)
    except SpoiltError:
        pass


@pytest.mark.parametrize("data", [b"", b"garbage", b"\x80\x05.", pickle.dumps(None), pickle.dumps([1, 2]), pickle.dumps(((1, 2, 3, 4),))])
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(SpoiltError):
        unpacked(data, of_kind)


class Evil:
    """Runs something when it is unpickled."""

    def __reduce__(self) -> object:
        return (open, ("/tmp/nianbao-evil", "w"))


@pytest.mark.parametrize("made", [Evil(), io.BytesIO, cache])
def test_nothing_but_values_is_made(made: object) -> None:
    with pytest.raises(SpoiltError):
        unpacked(pickle.dumps(((made, b"", None, None),)), of_kind)


def test_texts_of_a_book_fresh_from_its_files_are_plain() -> None:
    """A book that no cache holds yet keeps the lines of its files; nothing of that may get into a result."""
    fresh = load_book(cache=False)
    path = ROOT / "examples" / "reports" / "faulty-2021-tab-sums.txt"
    found = examine(path.read_bytes(), path.name, fresh)
    assert any(finding.suspect for finding in found[0].findings)
    assert [each.findings for each in unpacked(packed(found), lambda kind: fresh)] == [each.findings for each in found]

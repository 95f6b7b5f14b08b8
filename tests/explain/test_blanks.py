"""Blank cells that make sums fail are told once."""

from __future__ import annotations

import pytest

from tests.support import ROOT
from validator.model import Book, FileResult, Severity
from validator.pipeline.check_file import examine

SOUND = (ROOT / "rules" / "bases" / "sound-2021.txt").read_text(encoding="utf-8")
GRANTED = "（一）予以公开\t3\t1\t0\t0\t0\t0\t4"


def checked(book: Book, old: str, new: str) -> FileResult:
    assert SOUND.count(old) == 1
    (file,) = examine(SOUND.replace(old, new).encode(), "青石镇.txt", book)
    return file


def told(file: FileResult) -> list[str]:
    return [finding.rule for finding in file.findings if finding.severity is not Severity.NOTE]


def test_cells_that_the_sums_fill_are_told_by_the_sums_alone(book: Book) -> None:
    file = checked(book, GRANTED, "（一）予以公开\t\t\t0\t0\t0\t0\t4")
    assert told(file) == ["totals.results"]
    (finding,) = [finding for finding in file.findings if finding.sums]
    assert "没有填；" not in finding.message["zh"] and "未填→3" in finding.message["zh"]


@pytest.mark.parametrize("row", ["（一）予以公开\t\t\t\t\t\t\t", "（一）予以公开\t\t\t\t\t\t\t4"])
def test_a_row_with_more_blank_cells_is_told_besides(book: Book, row: str) -> None:
    """The others of its cells are to be filled too."""
    assert sorted(told(checked(book, GRANTED, row))) == ["table.blank-figure", "totals.results"]


def test_blank_cells_apart_from_the_sums_that_fail_are_told_besides(book: Book) -> None:
    blank = "1.属于国家秘密\t0\t\t\t0\t0\t0\t0"
    text = SOUND.replace("1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0", blank).replace(GRANTED, "（一）予以公开\t3\t1\t0\t0\t0\t0\t5")
    (file,) = examine(text.encode(), "青石镇.txt", book)
    assert sorted(told(file)) == ["table.blank-figure", "totals.results"]
    alone = checked(book, "1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0", blank)
    assert told(alone) == ["table.blank-figure"]

"""Figures of the tables as formulas name them, those that ran together included."""

from __future__ import annotations

import pytest

from tests.support import base, book
from validator.checks.sums.table_terms import _divides, cells, undivided_row
from validator.model import Cell
from validator.pipeline.check_file import examine


def test_a_reading_must_be_one() -> None:
    result = examine(base().encode(), "report.txt", book())[0]
    assert result.figures is not None
    with pytest.raises(ValueError):
        cells(result.figures, "new + carried_in")


@pytest.mark.parametrize(
    ("digits", "parts", "possible"),
    [
        ("", 0, True),
        ("7", 0, False),
        ("", 1, False),
        ("000", 3, True),
        ("00", 1, False),
        ("770", 2, True),
        ("10", 3, False),
        ("105", 2, True),
    ],
)
def test_dividing_digits_that_ran_together(digits: str, parts: int, possible: bool) -> None:
    assert _divides(digits, parts) is possible


def test_a_run_that_cannot_give_the_text_s_figure() -> None:
    text = (
        base()
        .replace("行政规范性文件\t2\t1\t9\n", "")
        .replace(
            "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n",
            "信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件77132470\n",
        )
    )
    result = examine(text.encode(), "report.txt", book())[0]
    assert result.figures is not None
    cell = Cell(table="disclosure", row="normative_documents", column="effective")
    if result.figures.by_cell.get(cell) is not None and result.figures.by_cell[cell].state == "unreadable":
        assert undivided_row(result.figures, ((1, cell),), 393) == "77132470"
        assert undivided_row(result.figures, ((1, cell),), 470) is None

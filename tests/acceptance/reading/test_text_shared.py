"""The layouts of text that came with the task: four made-up reports and three real ones."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from validator.model import Cell, FileResult

from .judge import ROOT, Expected, check, judge, told, values

CASES = ROOT.parent / "shared" / "cases"
MORE = ROOT.parent / "shared" / "corpus-more"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the documents of the task are not here")


@cache
def _read(path: Path) -> FileResult:
    return check(f"report{path.suffix}", path.read_bytes())


def _figures(path: Path) -> dict[str, object]:
    read = _read(path).figures
    assert read is not None
    return values(read.by_cell)


def test_fifteen_numbers_on_one_line_are_section_four() -> None:
    path = CASES / "reports" / "17-table4-copied-from-a-pdf.txt"
    figures = _figures(path)
    assert len([name for name in figures if name.startswith("review.")]) == 15
    assert judge(_read(path), dict.fromkeys(figures, 0), Expected(status="clean")) == []


def test_cells_between_lines_with_a_bar() -> None:
    path = CASES / "reports" / "18-cells-separated-by-bar-lines.txt"
    figures = _figures(path)
    other_than_nought = {
        "disclosure.regulations.effective": 6,
        **{f"applications.{row}.{column}": 3 for row in ("new", "granted", "total") for column in ("natural_person", "total")},
    }
    assert len(figures) == 200
    expected = Expected(says=("table.regulations-power",), silent=("table.short-row", "table.unreadable"))
    assert judge(_read(path), dict.fromkeys(figures, 0) | other_than_nought, expected) == []


def test_a_label_printed_for_two_columns() -> None:
    path = CASES / "reports" / "36-column-label-twice.txt"
    assert judge(_read(path), {}, Expected(says=("form.changed-label",), silent=("table.missing-column", "table.short-row"))) == []


def test_rows_behind_a_line_with_a_bar() -> None:
    path = CASES / "text" / "43-cell-rows-with-leading-pipe.txt"
    rows = {
        "regulations": {"made": 0, "disclosed": 0, "disclosed_total": 0},
        "normative_documents": {"made": 1, "disclosed": 1, "disclosed_total": 7},
        "licensing": {"items_last_year": 12, "change": 1, "decisions": 28},
        "other_services": {"items_last_year": 15, "change": 0, "decisions": 64},
        "penalty": {"items_last_year": 43, "change": -2, "decisions": 5},
        "coercion": {"items_last_year": 6, "change": 0, "decisions": 0},
        "fees": {"items_last_year": 0, "change": 0},
        "procurement": {"projects": 3, "amount": 286400},
    }
    figures = {f"disclosure.{row}.{column}": value for row, columns in rows.items() for column, value in columns.items()}
    assert judge(_read(path), figures, Expected(status="clean", silent=("table.unreadable", "narrative.documents"))) == []


@pytest.mark.parametrize(
    ("name", "least"), [("kewei-2024.md", 200), ("pingtan-2019-run-together.txt", 179), ("suqian-2023-barpipes.txt", 200)]
)
def test_a_real_report_is_read_right_or_said_to_be_unread(name: str, least: int) -> None:
    result = _read(MORE / name)
    truth = json.loads((MORE / f"{name}.truth.json").read_text(encoding="utf-8"))
    assert result.figures is not None
    right, wrong = 0, []
    for table, rows in truth["figures"].items():
        for row, columns in rows.items():
            for column, value in columns.items():
                cell = Cell(table=table, row=row, column=column)
                figure = result.figures.by_cell.get(cell)
                given = figure.value if figure else None
                if given is None and value is None or given is not None and value is not None and Decimal(given) == Decimal(str(value)):
                    right += 1
                elif given is not None:
                    wrong.append(f"{cell} is {value}, read {given}")
                elif not told(result, cell):
                    wrong.append(f"{cell} is {value}, and nobody says that it was not read")
    assert wrong == []
    assert right >= least

"""The lines of a formula on a form, and formulas that cannot be wrong or cannot be right."""

from __future__ import annotations

import pytest

from tests.explain.sums_by_hand import at, form
from validator.checks.sums.formula_lines import expand, is_certain, judge
from validator.model import FormTable
from validator.parsing.formula import FormulaError, parse


def table(key: str, year: str = "2021") -> FormTable:
    found = form(year).table(key)
    assert found is not None
    return found


def test_a_row_formula_stands_in_every_row_that_has_its_columns() -> None:
    lines = expand(parse("effective + repealed >= made"), table("disclosure"), "row")
    assert [line.at.row for line in lines] == ["regulations", "normative_documents"]
    assert lines[0].left.terms == ((1, at("regulations", "effective", "disclosure")), (1, at("regulations", "repealed", "disclosure")))
    assert len(expand(parse("total == sum(applicants)"), table("applications"), "row")) == 29  # 25 rows, 4 optional ones


def test_a_column_formula_stands_in_every_column() -> None:
    lines = expand(parse("total == sum(results)"), table("applications"), "column")
    assert [line.at.column for line in lines] == list(table("applications").rows[0].columns)
    assert [len(line.right.terms) for line in lines] == [21] * 7
    assert lines[0].total == at("total", "natural_person")
    assert lines[0].terms[0] == (-1, at("total", "natural_person"))


def test_single_figures_are_row_and_column() -> None:
    (line,) = expand(parse("denied.third_party.total == new.business"), table("applications"), "none")
    assert line.cells == (at("denied.third_party", "total"), at("new", "business"))


@pytest.mark.parametrize(
    ("text", "each", "says"),
    [
        ("newly == total", "column", "new"),
        ("total == sum(result)", "column", "results"),
        ("total == sum(applicants)", "column", "rows"),
        ("total == sum(results)", "row", "columns"),
        ("new == total", "row", "no 'new'"),
        ("new == total", "none", "no 'new'"),
    ],
)
def test_unknown_names_are_told_with_what_is_near(text: str, each: str, says: str) -> None:
    with pytest.raises(FormulaError, match=says):
        judge(parse(text), table("applications"), each)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["new + total == total + new", "new >= 0", "new + 3 >= carried_in - carried_in", "0 <= total"])
def test_a_formula_that_is_always_true_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match="always true"):
        judge(parse(text), table("applications"), "column")


@pytest.mark.parametrize("text", ["new + 1 == new", "new + total <= -1", "new + carried_in + 2 == 1", "0 >= 1 + total"])
def test_a_formula_that_can_never_hold_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match="never true"):
        judge(parse(text), table("applications"), "column")


def test_signed_columns_may_be_negative() -> None:
    lines = expand(parse("items_last_year + change >= 0"), table("disclosure", "2019"), "row")
    assert len(lines) == 5 and all(is_certain(line, table("disclosure", "2019")) is None for line in lines)
    judge(parse("change >= 0"), table("disclosure", "2019"), "row")


def test_a_formula_without_a_place_to_stand_is_refused() -> None:
    with pytest.raises(FormulaError, match="no row or column"):
        judge(parse("made == decisions"), table("disclosure"), "row")

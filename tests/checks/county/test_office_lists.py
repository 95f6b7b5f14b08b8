"""Lists of other offices: which column is which, and what their cells state."""

from __future__ import annotations

import pytest

from validator.checks.county.office_lists import ListedFigure, ListError, figures_of
from validator.model import OfficeList, Sheet
from validator.rulebook import load_book

FACTS = load_book().tables.lists


def read(*rows: tuple[str, ...], path: str = "台账.xlsx", name: str = "") -> tuple[ListedFigure, ...]:
    """The figures of a list of one sheet."""
    assert FACTS is not None
    return figures_of(OfficeList(path=path, sheets=(Sheet(name=name, rows=rows),)), FACTS)


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("制发", "made"), ("本年制发件数", "made"), ("行政规范性文件制定数", "made"), ("新制发规范性文件（件）", "made"),
        ("印发数量", "made"),
        ("废止", "repealed"), ("失效", "repealed"), ("废止、失效件数", "repealed"), ("本年废止规范性文件数", "repealed"),
        ("现行有效", "effective"), ("现行有效件数", "effective"), ("年末有效的规范性文件数", "effective"),
        ("行政复议", "review"), ("信息公开行政复议案件数", "review"), ("复议（件）", "review"), ("被申请行政复议", "review"),
        ("行政诉讼", "litigation"), ("行政应诉案件", "litigation"), ("诉讼总计", "litigation"),
    ],
)  # fmt: skip
def test_headings(head: str, key: str) -> None:
    (figure,) = read(("单 位", head), ("青石镇", "3"))
    assert figure.column.key == key and figure.value == 3 and figure.row == 2


@pytest.mark.parametrize("head", ["联系人", "复议维持", "文件名称", "文号", "诉讼败诉", "制发日期", "备注", "复议结果"])
def test_other_headings_are_no_figures(head: str) -> None:
    with pytest.raises(ListError):
        read(("单位", head), ("青石镇", "3"))


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("３件", 3), (" 12 宗 ", 12), ("1,204", 1204), ("0", 0), ("约3件", None), ("3.5", None), ("-2", None), ("=SUM(B2:B4)", None),
     ("三", None), ("3+2", None), ("12,04", None), ("#REF!", None), ("1234567890", None)],
)  # fmt: skip
def test_what_a_cell_states(text: str, value: int | None) -> None:
    (figure,) = read(("单位", "制发"), ("青石镇", text))
    assert figure.value == value


@pytest.mark.parametrize("text", ["", "  ", "/", "—", "——", "　"])
def test_blank_cells_say_nothing(text: str) -> None:
    assert read(("单位", "制发", "废止"), ("青石镇", text, "1"))[0].column.key == "repealed"


def test_headings_of_two_lines_under_a_title() -> None:
    found = read(
        ("云岭县2023年规范性文件和案件台账",),
        ("序号", "报告单位", "规范性文件", "", "", "行政复议", "行政诉讼"),
        ("", "", "制发", "废止", "现行有效", "总计", "总计"),
        ("1", "青石镇", "1", "2", "3", "4", "5"),
        ("合计", "", "1", "2", "3", "4", "5"),
    )
    assert [(figure.column.key, figure.value, figure.year) for figure in found] == [
        ("made", 1, 2023), ("repealed", 2, 2023), ("effective", 3, 2023), ("review", 4, 2023), ("litigation", 5, 2023),
    ]  # fmt: skip


def test_columns_under_another_subject_are_left_alone() -> None:
    (figure,) = read(("", "规章", "规范性文件"), ("单位", "制发", "制发"), ("青石镇", "8", "2"))
    assert figure.value == 2


@pytest.mark.parametrize(
    ("head", "row", "path", "name", "year"),
    [
        (("单位", "年度", "制发"), ("青石镇", "2022年", "1"), "2021.xlsx", "", 2022),
        (("单位", "制发"), ("青石镇", "1"), "2021年台账.xlsx", "", 2021),
        (("单位", "制发"), ("青石镇", "1"), "2021年台账.xlsx", "2020年", 2020),
        (("单位", "制发"), ("青石镇", "1"), "台账.xlsx", "", None),
        (("单位", "年度", "制发"), ("青石镇", "", "1"), "2021.xlsx", "", None),
    ],
)
def test_the_year(head: tuple[str, ...], row: tuple[str, ...], path: str, name: str, year: int | None) -> None:
    assert [figure.year for figure in read(head, row, path=path, name=name)] == [year]


def test_two_columns_of_one_figure_are_refused() -> None:
    with pytest.raises(ListError, match="two columns"):
        read(("单位", "制发", "制发件数"), ("青石镇", "1", "2"))


@pytest.mark.parametrize("rows", [(), (("单位",),), (("制发", "废止"), ("1", "2")), (("",) * 3,) * 30])
def test_a_list_of_nothing_known(rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(ListError):
        read(*rows)

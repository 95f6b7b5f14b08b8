"""Advice that ends in one round: cases that came with the task, and more of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support import SHARED, base, book
from validator.model import FileResult, Finding
from validator.pipeline.check_file import examine

CASES = SHARED / "cases"
shared = pytest.mark.skipif(not CASES.is_dir(), reason="the task's own cases are not on this machine")


def read(path: Path) -> FileResult:
    (file,) = examine(path.read_bytes(), path.name, book())
    return file


def changed(changes: Mapping[str, str], name: str = "sound-2021") -> FileResult:
    text = base(name)
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (file,) = examine(text.encode(), "报告.txt", book())
    return file


def grave(file: FileResult) -> list[str]:
    return [finding.rule for finding in file.findings if finding.severity.value != "note"]


def of(file: FileResult, rule: str) -> list[Finding]:
    return [finding for finding in file.findings if finding.rule == rule]


@shared
def test_a_sound_word_report_has_nothing() -> None:
    assert grave(read(next(CASES.glob("clerk/1*.docx")))) == []


@shared
def test_the_slip_of_the_text_is_told_beside_the_sums() -> None:
    """The text's 3 is the slip, since the table says 2 whichever way its sums are mended; 17 is nobody's advice."""
    file = read(next(CASES.glob("clerk/2*.docx")))
    (slip,) = of(file, "narrative.results")
    assert "不予公开3件" in slip.message["zh"] and "按哪种改法都不符" in slip.message["zh"] and slip.expected is None
    assert of(file, "narrative.parts-sum") == [] and len([f for f in file.findings if f.sums]) == 3
    (balance,) = of(file, "totals.balance")
    assert "上年结转1件”与第 2 种改法不符" in balance.message["zh"] and "15件”与第 3 种改法不符" in balance.message["zh"]


@shared
def test_the_explanation_that_the_text_speaks_against_comes_last_and_is_named() -> None:
    (balance,) = of(read(next(CASES.glob("clerk/4*.docx"))), "totals.balance")
    assert "5件”与第 2 种改法不符" in balance.message["zh"] and balance.explanations[1][0].cell.row == "new"


@shared
def test_three_blank_tables_are_one_finding() -> None:
    (blank,) = of(read(next(CASES.glob("clerk/5*.docx"))), "table.blank-figure")
    assert blank.severity.value == "error" and all(f"第{number}部分表格" in blank.message["zh"] for number in "二三四")


@shared
@pytest.mark.parametrize("name", ["reports/17-table4-copied-from-a-pdf.txt", "text/43-cell-rows-with-leading-pipe.txt"])
def test_tables_copied_from_elsewhere_are_read(name: str) -> None:
    assert [rule for rule in grave(read(CASES / name)) if rule.startswith(("table.", "totals.", "narrative."))] == []


@shared
def test_cells_between_bar_lines_are_read() -> None:
    assert [rule for rule in grave(read(CASES / "reports/18-cells-separated-by-bar-lines.txt")) if rule.startswith("table.")] == [
        "table.regulations-power"
    ]


@shared
def test_a_label_printed_twice_is_no_label_of_the_form() -> None:
    (found,) = of(read(CASES / "reports/36-column-label-twice.txt"), "form.changed-label")
    assert found.severity.value == "warning" and found.expected == "本年新公开数量"


@shared
def test_a_case_in_no_row_is_looked_up_in_the_ledger() -> None:
    (found,) = of(read(CASES / "reports/61-one-result-not-entered.input.md"), "totals.results")
    assert found.message["zh"] == "办理结果各项只加到 3，总计 4：差 1 件（自然人）没有归类" and found.expected is None


@shared
def test_what_was_received_is_held_against_the_whole_table() -> None:
    (found,) = of(read(CASES / "text/42-received-two-table-three.txt"), "narrative.received")
    assert found.severity.value == "error" and found.expected is None


@shared
def test_a_row_left_blank_is_one_finding() -> None:
    file = read(CASES / "text/44-blank-row-seven-findings.txt")
    assert len(of(file, "table.blank-figure")) == 1 and of(file, "narrative.results") == []


# ------------------------------------------------------------------------------------------------ more of each kind

ROWS = ("2.重复申请", "5.属于三类内部事务信息", "3.补正后申请内容仍不明确")


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("sign", ["", "—"])
def test_other_rows_left_out_are_one_finding_each(row: str, sign: str) -> None:
    file = changed({row + "\t0" * 7: row + f"\t{sign}" * 7})
    (found,) = [f for f in file.findings if f.severity.value != "note"]
    assert found.rule == ("table.placeholder-figure" if sign else "table.blank-figure") and len(found.cells) == 7


def test_two_cells_left_out_of_a_row_are_one_finding_that_names_both() -> None:
    file = changed({"2.重复申请" + "\t0" * 7: "2.重复申请\t\t0\t0\t\t0\t0\t0"})
    (found,) = of(file, "table.blank-figure")
    assert [cell.column for cell in found.cells] == ["natural_person", "public_benefit"]
    assert "“自然人”“社会公益组织”列没有填" in found.message["zh"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"（一）予以公开\t3\t1\t0\t0\t0\t0\t4": "（一）予以公开\t2\t1\t0\t0\t0\t0\t3", "予以公开4件": "予以公开3件"}, "差 1 件（自然人）"),
        (
            {"（一）予以公开\t3\t1\t0\t0\t0\t0\t4": "（一）予以公开\t3\t0\t0\t0\t0\t0\t3", "予以公开4件": "予以公开3件"},
            "差 1 件（商业企业）",
        ),
        ({"（一）予以公开\t3\t1\t0\t0\t0\t0\t4": "（一）予以公开\t1\t1\t0\t0\t0\t0\t2", "予以公开4件": "予以公开2件"}, "差 2 件（自然人）"),
    ],
)
def test_other_cases_in_no_row(changes: Mapping[str, str], said: str) -> None:
    (found,) = [finding for finding in changed(changes).findings if finding.sums]
    assert said in found.message["zh"] and found.advice["zh"].startswith("按台账查这")


def test_a_total_that_is_wrong_is_still_suspected() -> None:
    """The control: the new row and the results both say 6, so that it is the total of natural persons that is wrong."""
    file = changed({"（七）总计\t5\t1\t0\t0\t0\t0\t6": "（七）总计\t4\t1\t0\t0\t0\t0\t6"})
    (found,) = [finding for finding in file.findings if finding.sums]
    assert found.suspect and found.suspect.expected == 5


# ------------------------------------------------------------------------------------------------ one cause, one finding

NO_SUPERVISION = """云岭县{unit}2023年政府信息公开工作年度报告
一、总体情况
2023年公开各类信息20条，未收到政府信息公开申请。信息发布前均经审核，网站栏目按月更新。{more}
二、主动公开政府信息情况
"""


@pytest.mark.parametrize(
    ("unit", "more", "found"),
    [
        ("青石镇人民政府", "", {"structure.missing-aspect": "监督保障（含工作考核、社会评议、责任追究的结果）"}),
        ("教育局", "", {"structure.missing-aspect": "没有写到：监督保障"}),
        ("青石镇人民政府", "全年开展培训2次。", {"structure.missing-accountability": "工作考核、社会评议、责任追究"}),
    ],
)
def test_supervision_and_its_results_are_told_once(unit: str, more: str, found: dict[str, str]) -> None:
    (file,) = examine(NO_SUPERVISION.format(unit=unit, more=more).encode(), "report.txt", book())
    told = {f.rule: f.message["zh"] for f in file.findings if f.rule in ("structure.missing-aspect", "structure.missing-accountability")}
    assert told.keys() == found.keys() and all(told[rule].endswith(words) or words in told[rule] for rule, words in found.items())


def test_a_prompt_that_is_a_placeholder_is_told_once() -> None:
    (file,) = examine("云岭县教育局2023年政府信息公开工作年度报告\n一、总体情况\n（待补充）\n".encode(), "report.txt", book())
    assert [f.rule for f in file.findings if f.category == "wording"] == ["wording.placeholder"]

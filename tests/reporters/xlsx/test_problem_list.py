"""The problem list as CSV and as a workbook: what is in it, what may not be in it, and that it opens."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from tests.reporters import samples
from validator.messages import say
from validator.model import Location, Run, Severity, Standing, State, Waived
from validator.reporters import Options, render
from validator.reporters.machine.csv import CELL, guarded
from validator.reporters.printable import clean, cut
from validator.reporters.xlsx.problem_list import COLUMNS

HEADS = "单位 年度 文件 部分 表格 行 列 问题 报告填写 应为 依据 怎么改 级别 状态 规则".split()
FORMATS = ("csv", "xlsx")
#: What a report or a file's name may hold: the beginnings of formulas, and what a spreadsheet would make of other texts.
FORMULAS = ("=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "\u3000=1")
HARMLESS = ("-11", "+2", "-0.5", "-", "3", "12.50", "“=1+1”", "1=1", "")


def rows_of(run: Run, format: str, language: str = "zh") -> list[list[str]]:
    """Every row of the problem list as its consumer reads it."""
    from openpyxl import load_workbook

    made = render(format, run, Options(language=language))
    assert isinstance(made, bytes)
    if format == "csv":
        return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(made)).worksheets[0]
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def found(run: Run, format: str, language: str = "zh") -> list[dict[str, str]]:
    head, *rows = rows_of(run, format, language)
    return [dict(zip(head, row, strict=True)) for row in rows]


def workbook(run: Run, language: str = "zh"):
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(render("xlsx", run, Options(language=language))))


@pytest.mark.parametrize("format", FORMATS)
def test_a_row_a_finding_under_the_header(format):
    head, *rows = rows_of(samples.run(samples.result(samples.finding(expected="3", actual="8"))), format)
    assert head == HEADS
    assert rows == [
        ["云岭县青石镇人民政府", "2023", "reports/青石镇.txt", "第一部分第 1 段", "", "", "", "wording.placeholder 的现状", "8", "3"]
        + ["国家格式 国办公开办函〔2021〕30号，所附格式，第三部分表格“总计”栏", "改正", "必须改", "", "wording.placeholder"]
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_the_list_in_english(format):
    head, row = rows_of(samples.run(samples.result(samples.finding())), format, "en")
    assert head == [say(f"xlsx.column.{column}", "en") for column in COLUMNS]
    assert row[7] == "what wording.placeholder found" and row[12] == "Must be changed"


@pytest.mark.parametrize("format", FORMATS)
def test_a_failed_sum_names_the_figure_to_look_at(format):
    (row,) = found(samples.run(samples.result(samples.failed_sum())), format)
    assert (row["部分"], row["表格"], row["行"], row["列"]) == ("第三部分", "第三部分表格", "4.保护第三方合法权益", "自然人")
    assert (row["报告填写"], row["应为"]) == ("8", "3（最可能填错的一格）")


@pytest.mark.parametrize(("language", "head"), [("zh", "就全部相符：1) "), ("en", "makes them agree: 1) ")])
def test_explanations_in_one_cell_read_as_a_sentence(language, head):
    finding = samples.failed_sum(suspect=None)
    finding = replace(finding, explanations=finding.explanations * 2, sums=finding.sums * 2)
    text = render("csv", samples.run(samples.result(finding)), Options(language=language)).decode("utf-8-sig")
    assert head in text and (("；2) " if language == "zh" else "; 2) ") in text)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_looks_like_a_pass(format):
    """Unreadable files, the set's findings, broken checks, files passed over, empty folders, waived findings: each has its row."""
    rows = found(replace(samples.everything(), empty=("reports/空",)), format)
    by_rule = {row["规则"]: row for row in rows if row["规则"]}
    assert by_rule["input.unreadable"]["问题"] == "未能读取（不等于没有问题）：文件是空的"
    assert by_rule["county.copied"]["文件"] == "a.txt；b.txt"
    assert by_rule["wording.slow"]["级别"] == "未检查"
    assert by_rule["wording.brackets"]["状态"] == "已说明：已备案（到 2024-06-30）"
    assert by_rule["contact.missing-email"]["级别"] == "供参考（需人工判断）"
    assert by_rule["contact.missing-email"]["文件"] == "reports/二.txt（其中第 2 份）"
    assert [row["级别"] for row in rows if row["文件"] in ("reports/README.md", "reports/空")] == ["未检查", "未检查"]
    assert all(row["状态"] == "" for row in rows if row["规则"] != "wording.brackets")


@pytest.mark.parametrize("format", FORMATS)
def test_the_baseline_is_told_from_a_waiver(format):
    waived = (Waived(finding=samples.finding(), reason="", baseline=True), Waived(finding=samples.finding(), reason="机构合并"))
    assert [row["状态"] for row in found(samples.run(samples.result(waived=waived)), format)] == ["基线中已有", "已说明：机构合并"]


@pytest.mark.parametrize("format", FORMATS)
def test_the_gravest_findings_come_first(format):
    grades = (Severity.NOTE, Severity.ERROR, Severity.WARNING)
    rows = found(samples.run(samples.result(*(samples.finding(severity=grade) for grade in grades))), format)
    assert [row["级别"] for row in rows] == ["必须改", "请核实", "供参考"]


def test_csv_opens_in_excel():
    data = render("csv", samples.everything(), Options())
    assert data.startswith(b"\xef\xbb\xbf" + "单位,年度".encode())
    assert data.endswith(b"\r\n") and data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_text_is_no_formula(text):
    assert guarded(text) == "'" + text
    (row,) = found(samples.run(samples.result(samples.finding(actual=text), path=text, unit=text)), "csv")
    assert row["报告填写"][0] == row["文件"][0] == row["单位"][0] == "'"


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_figures_stay_as_they_are(text):
    assert guarded(text) == text


@pytest.mark.parametrize("text", ("055600", "10000000000000001", "3-5", "1/2"))
def test_csv_keeps_what_excel_would_change(text):
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", (*FORMULAS, *HARMLESS, "0001", "1e5", "TRUE", "#REF!", "2023-01-31", "0.10"))
def test_a_workbook_has_no_formulas_and_changes_no_text(text):
    made = workbook(samples.run(samples.result(samples.finding(actual=text), path=text)))
    sheet = made.worksheets[0]
    shown = clean(text)
    for at in (COLUMNS.index("reported"), COLUMNS.index("file")):
        cell = sheet.cell(2, at + 1)
        assert cell.data_type in ("s", "n") and ("" if cell.value is None else str(cell.value)) == shown
        assert cell.quotePrefix == (shown[:1] in ("=", "+", "-", "@", "＝") and not isinstance(cell.value, int | float))
    assert not [cell for sheet in made for row in sheet for cell in row if cell.data_type == "f"]


def test_figures_are_numbers_in_a_workbook():
    sheet = workbook(samples.run(samples.result(samples.finding(actual="-11", expected="12.5")))).worksheets[0]
    assert [sheet.cell(2, COLUMNS.index(key) + 1).value for key in ("year", "reported", "expected")] == [2023, -11, 12.5]


@pytest.mark.parametrize("format", FORMATS)
def test_forty_thousand_characters_are_cut_with_a_sentence(format):
    (row,) = found(samples.run(samples.result(samples.finding(actual="长" * 40_000))), format)
    text = row["报告填写"]
    assert len(text) <= CELL and text.startswith("长" * 32_000) and text.endswith("字，一格放不下）")
    kept = text.count("长")
    assert f"另有 {40_000 - kept} 字" in text


def test_what_is_cut_is_counted_as_spreadsheets_count():
    whole = "𠮷" * 20
    assert cut(whole, 40, str) == whole
    short = cut(whole, 39, lambda left: f"+{left}")
    assert short == "𠮷" * 18 + "+2"
    assert cut("短", 10, str) == "短"


@pytest.mark.parametrize("format", FORMATS)
def test_control_characters_and_lone_surrogates_show_as_lost(format):
    (row,) = found(samples.run(samples.result(samples.finding(actual="甲\x00乙\x1b[31m\ud800丙\u202e\x0b\ufffe", unit="x"))), format)
    assert row["报告填写"] == "甲�乙�[31m�丙���"


@pytest.mark.parametrize("format", FORMATS)
def test_identity_numbers_are_masked(format):
    number = "230523199001011234"
    run = samples.run(samples.result(samples.finding(actual=number, message={"zh": f"写了{number}", "en": number}), path=f"{number}.txt"))
    for language in ("zh", "en"):
        assert not [row for row in rows_of(run, format, language) if number in "".join(row)]
    assert "2305************34" in "".join(rows_of(run, format)[1])


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_run_gives_the_same_bytes(format):
    assert len({render(format, samples.everything(), Options(version="1")) for _ in range(2)}) == 1


def test_a_workbook_carries_no_time():
    with zipfile.ZipFile(io.BytesIO(render("xlsx", samples.everything(), Options()))) as made:
        assert made.testzip() is None
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(date.today().year) not in made.read("docProps/core.xml").decode()


def test_the_workbook_is_ready_for_work():
    book = workbook(samples.everything())
    assert book.sheetnames == ["问题清单", "各份报告", "规则统计", "未检查的"]
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth == 1 and not sheet.page_setup.fitToHeight
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for row in sheet for cell in row)
    sheet = book["问题清单"]
    (menu,) = sheet.data_validations.dataValidation
    status = COLUMNS.index("status")
    assert menu.formula1 == '"未整改,已整改,已说明"' and str(menu.sqref).startswith("N2:N") and HEADS[status] == "状态"
    fills = {sheet.cell(row, COLUMNS.index("severity") + 1).fill.fgColor.rgb for row in range(2, sheet.max_row + 1)}
    assert len(fills) >= 4


def test_the_set_is_a_sheet_of_units_by_years():
    standings = (
        Standing(unit="云岭县青石镇人民政府", kind="township", year=2022, state=State.CLEAN),
        Standing(unit="云岭县青石镇人民政府", kind="township", year=2023, state=State.FAILED, paths=("reports/青石镇.txt",)),
        Standing(unit="云岭县教育局", kind="department", year=2023, state=State.MISSING),
    )
    book = workbook(samples.run(samples.result(samples.finding()), standings=standings, county="云岭县"))
    assert book.sheetnames[1] == "汇总" and book.properties.title == "云岭县政府信息公开工作年度报告检查"
    assert [[cell.value for cell in row] for row in book["汇总"]] == [
        ["单位", "类别", "2022 年度", "2023 年度"],
        ["云岭县教育局", "部门", None, "缺报"],
        ["云岭县青石镇人民政府", "乡镇", "未发现问题", "必须改"],
    ]
    heads, *kinds = [[cell.value for cell in row] for row in book["按单位类别"]]
    assert heads == ["类别", "份数", "缺报", "未能读取", "必须改", "请核实", "逾期", "未到期", "未发现问题"]
    assert kinds == [["部门", 1, 1, 0, 0, 0, 0, 0, 0], ["乡镇", 2, 0, 0, 1, 0, 0, 0, 1]]


def test_states_are_told_and_counted_apart():
    late = samples.finding("deadline.late", Severity.WARNING, state="late")
    missing = samples.finding("county.missing-report", Severity.ERROR, state="missing")
    book = workbook(replace(samples.run(samples.result(late)), collection=(missing,)))
    level = COLUMNS.index("severity")
    assert [row[level].value for row in book["问题清单"]][1:3] == ["逾期", "缺报"]
    heads, row, *_ = [[cell.value for cell in row] for row in book["各份报告"]]
    counts = dict(zip(heads, row, strict=True))
    assert (counts["结果"], counts["逾期"], counts["请核实"], counts["必须改"]) == ("逾期", 1, 0, 0)


def test_reports_rules_and_what_was_not_checked_are_counted():
    book = workbook(samples.everything())
    files = {row[0].value: [cell.value for cell in row] for row in book["各份报告"]}
    assert files["reports/青石镇.txt"][2:9] == ["云岭县青石镇人民政府", 2023, "必须改", 2, 1, 0, 1]
    assert files["reports/空.txt"][4:8] == ["未能读取", "-", "-", "-"]
    assert files["reports/二.txt"][1] == 2 and files["reports/二.txt"][4] == "未发现问题"
    rules = {row[0].value: [cell.value for cell in row[2:]] for row in book["规则统计"]}
    assert rules["identity.self-word"] == ["请核实", 1, 1, 0] and rules["wording.brackets"][-3:] == [0, 0, 1]
    rest = [[cell.value for cell in row] for row in book["未检查的"]]
    assert ["没有程序检查的", None, None, "版式、印章、字体未检查。"] in rest
    assert ["规则跳过", "reports/青石镇.txt", "totals.review", "没有第四部分表格"] in rest
    assert ["没有检查的文件", "reports/README.md", None, "不是年度报告"] in rest
    assert ["规则出错", "reports/二.txt", "wording.slow", "超过时限"] in rest


def test_a_finding_without_a_place_has_a_row_too():
    (row,) = found(samples.run(samples.result(samples.finding(location=Location(), place={}))), "csv")
    assert row["部分"] == row["表格"] == ""

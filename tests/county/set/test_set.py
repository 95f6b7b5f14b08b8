"""A county's folder seen as a set, bad input included: what is told, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT
from validator.cli import main as cli

BASES = ROOT / "rules" / "bases"
TOWN, BUREAU, COUNTY = ((BASES / f"{name}.txt").read_text(encoding="utf-8") for name in ("sound-2021", "bureau-2021", "county-2021"))
ROSTER = """county: 云岭县
reports: ["reports/**/*"]
years: {years}
roster:
{units}
"""
APRIL = "1714521600"  # 1 May 2024: everything of 2023 is due


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty county's folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", APRIL)
    return tmp_path


def roster(here: Path, *units: str, years: str = "[2023]", more: str = "") -> None:
    here.joinpath("nianbao.yaml").write_text(
        ROSTER.format(years=years, units="\n".join(f"  - {unit}" for unit in units)) + more, encoding="utf-8"
    )


def put(here: Path, name: str, text: str) -> Path:
    path = here / "reports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def checked(capsys: pytest.CaptureFixture[str], *words: str, status: int | None = None) -> dict[str, Any]:
    got = cli.main(["check", *words, "--format", "json", "--no-cache", "--jobs", "1"])
    out = capsys.readouterr()
    assert status is None or got == status, out.err or out.out[:2000]
    return json.loads(out.out) | {"stderr": out.err}  # type: ignore[no-any-return]


def of_set(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["rule"], one["severity"]) for one in result["collection"]["findings"]]


def states(result: dict[str, Any]) -> dict[tuple[str, int], str]:
    return {(one["unit"], one["year"]): one["state"] for one in result["collection"]["standings"]}


ONE, TWO = "云岭县青石镇人民政府", "云岭县教育局"
BOTH = (f"{{name: {ONE}, aliases: [青石镇]}}", f"{{name: {TWO}}}")


# ------------------------------------------------------------------------------------------------ who owes, who is there


def test_a_sound_set_is_told_of_nothing_and_each_stands_clean(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "新建文档(2).txt", TOWN)
    put(here, "2023/jyj.txt", BUREAU)
    result = checked(capsys, status=0)
    assert of_set(result) == []
    assert states(result) == {(ONE, 2023): "clean", (TWO, 2023): "clean"}


def test_missing_only_when_due(here: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "a.txt", TOWN)
    result = checked(capsys, status=1)
    assert of_set(result) == [("county.missing-report", "error")]
    assert states(result)[TWO, 2023] == "missing"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1706659200")  # 31 January 2024, the last day
    result = checked(capsys, status=0)
    assert of_set(result) == [] and states(result)[TWO, 2023] == "not-due"


def test_a_single_report_in_a_countys_folder_is_not_asked_for_the_others(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    path = put(here, "a.txt", TOWN)
    put(here, "b.txt", BUREAU)
    result = checked(capsys, str(path), status=0)
    assert result["collection"] == {"findings": []}
    assert [skip["reason"] for skip in result["files"][0]["skipped"] if skip["rule"] == "series.carried-over"] == ["没有上年的报告"]


def test_some_of_the_countys_reports_are_not_held_against_the_roster(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH, "{name: 云岭县民政局}", years="[2022, 2023]")
    put(here, "2023/a.txt", TOWN)
    put(here, "2023/b.txt", BUREAU)
    put(here, "2022/a.txt", TOWN.replace("2023年", "2022年"))
    result = checked(capsys, "reports/2023", status=0)
    assert of_set(result) == [] and set(states(result)) == {(ONE, 2023), (TWO, 2023)}
    assert {"rule": "county.missing-report", "reason": "只检查了一部分报告，没有核对名单"} in result["collection"]["skipped"]
    assert ("county.missing-report", "error") in of_set(checked(capsys, "reports", status=1))  # the folder that holds them all


def test_a_year_without_any_report_is_told_once(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH, years="[2022, 2023]")
    put(here, "a.txt", TOWN)
    put(here, "b.txt", BUREAU)
    result = checked(capsys, status=1)
    (found,) = result["collection"]["findings"]
    assert (found["rule"], found["year"]) == ("county.missing-report", 2022) and "2 个单位" in found["message"]
    assert states(result)[ONE, 2022] == "missing"


def test_renamed_and_merged_units(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    old, gone = TOWN.replace("2023年", "2022年"), TOWN.replace("青石镇", "白塔乡").replace("2023年", "2022年")
    now = TOWN.replace("青石镇人民政府", "青石街道办事处").replace("我镇", "我街道")
    roster(
        here,
        "{name: 云岭县青石街道办事处, formerly: [云岭县青石镇人民政府, 云岭县白塔乡人民政府]}",
        "{name: 云岭县白塔乡人民政府, until: 2022}",
        years="[2022, 2023]",
    )
    for name, text in (("1.txt", old), ("2.txt", gone), ("3.txt", now)):
        put(here, name, text)
    result = checked(capsys, "--select", "series,county")
    assert set(states(result)) == {("云岭县青石街道办事处", 2022), ("云岭县青石街道办事处", 2023), ("云岭县白塔乡人民政府", 2022)}
    found = [one for file in result["files"] for one in file["findings"] if one["rule"] == "series.carried-over"]
    assert [one["severity"] for one in found] == ["warning"]  # two units carried one each into one that says one
    assert "并入" in found[0]["message"] and found[0]["expected"] is None


# ------------------------------------------------------------------------------------------------ several files for one report


def test_equal_renditions_are_one_report_and_the_taken_one_is_shown(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "青石镇.txt", TOWN)
    put(here, "青石镇.md", TOWN)
    put(here, "教育局.txt", BUREAU)
    result = checked(capsys, status=0)
    (found,) = result["collection"]["findings"]
    assert (found["rule"], found["severity"]) == ("county.repeated-report", "note") and "以 reports/青石镇.md 为准" in found["message"]
    assert [file["path"] for file in result["files"]] == ["reports/教育局.txt", "reports/青石镇.md"]
    assert [one["path"] for one in result["passed_over"]] == ["reports/青石镇.txt"]


def test_of_differing_drafts_the_newest_is_checked_and_the_others_listed(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "a.txt", TOWN.replace("行政许可\t36", "行政许可\t30") + "\n发布日期：2024-01-10\n")
    put(here, "b.txt", TOWN + "\n发布日期：2024-01-20\n")
    put(here, "教育局.txt", BUREAU)
    result = checked(capsys, status=0)
    (found,) = result["collection"]["findings"]
    assert (found["rule"], found["severity"]) == ("county.repeated-report", "warning")
    assert "较新的 reports/b.txt" in found["message"] and "没有检查 reports/a.txt" in found["message"]
    assert [file["path"] for file in result["files"]] == ["reports/b.txt", "reports/教育局.txt"]
    assert [(one["path"], "reports/b.txt" in one["reason"]) for one in result["passed_over"]] == [("reports/a.txt", True)]
    assert states(result)[ONE, 2023] == "verify"


def test_a_draft_that_was_asked_for_by_name_is_checked(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    put(here, "a.txt", TOWN.replace("行政许可\t36", "行政许可\t30"))
    put(here, "b.txt", TOWN)
    result = checked(capsys, "reports/a.txt", "reports/b.txt", status=0)
    assert len(result["files"]) == 2 and of_set(result) == [("county.repeated-report", "warning")]


# Without tables: all that such files agree in is that neither has a figure.
HEADS = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况"]
HILLS = "\n".join(
    [
        "一、总体情况",
        "围绕矿山复绿、河道采砂和秸秆禁烧公布处罚决定，在东坪、西岭设点收集意见，排污许可办结后三日内上网，编发水源地保护问答，开放日接待学生。",
        *HEADS,
    ]
)
COAST = "\n".join(
    [
        "一、总体情况",
        "近岸海域水质按月发布，港区扬尘投诉由值班员当天答复，环评受理与批复同步挂网，辐射单位名录更新两次，组织渔民座谈入海排口整治。",
        *HEADS,
    ]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("平川市云岭区生态环境局", "区生态环境局"),
        ("云岭县林业局", "林业局"),
        ("云岭县教育局", "县教育局"),
    ],
)
def test_a_name_without_a_place_is_not_the_unit_of_another_place(here: Path, capsys, one: str, other: str) -> None:  # type: ignore[no-untyped-def]
    put(here, "a.txt", f"{one}2023年政府信息公开工作年度报告\n{HILLS}")
    put(here, "b.txt", f"{other}2023年政府信息公开工作年度报告\n{COAST}")
    result = checked(capsys, "reports")
    assert [file["path"] for file in result["files"]] == ["reports/a.txt", "reports/b.txt"] and result["passed_over"] == []
    assert set(states(result)) == {(one, 2023), (other, 2023)}


def test_a_folder_of_one_place_says_whose_a_name_without_a_place_is(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    put(here, "镇.txt", TOWN)
    put(here, "a.txt", BUREAU)
    put(here, "b.txt", BUREAU.replace("云岭县教育局2023年", "县教育局2023年"))
    result = checked(capsys, "reports")
    assert set(states(result)) == {(ONE, 2023), (TWO, 2023)} and [one["path"] for one in result["passed_over"]] == ["reports/b.txt"]


@pytest.mark.parametrize("tables", ["", "zeros", "figures"])
def test_files_of_one_name_that_share_nothing_are_not_one_report(here: Path, capsys, tables: str) -> None:  # type: ignore[no-untyped-def]
    """No figure on either side, zeros alone, or figures that differ: none of it makes a copy or a draft of another text."""
    rows = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t{}\t0\t{}\n"
    said = {"": ("", ""), "zeros": (rows.format(0, 0),) * 2, "figures": (rows.format(2, 9), rows.format(3, 7))}[tables]
    for name, text, own in zip("ab", (HILLS, COAST), said, strict=True):
        put(here, f"{name}.txt", "云岭县林业局2023年政府信息公开工作年度报告\n" + text.replace("情况\n三、", f"情况\n{own}三、"))
    result = checked(capsys, "reports")
    assert [file["path"] for file in result["files"]] == ["reports/a.txt", "reports/b.txt"] and result["passed_over"] == []
    (found,) = [one for one in result["collection"]["findings"] if one["rule"] == "county.repeated-report"]
    assert found["severity"] == "warning" and "内容却不是同一份" in found["message"]


def test_the_same_words_without_any_table_are_one_report(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    for name in ("a.txt", "b.md"):
        put(here, name, f"云岭县林业局2023年政府信息公开工作年度报告\n{HILLS}")
    assert len(checked(capsys, "reports")["passed_over"]) == 1


# ------------------------------------------------------------------------------------------------ whose they are


def test_a_report_of_another_county_and_one_that_says_nothing(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "a.txt", TOWN)
    put(here, "b.txt", BUREAU)
    put(here, "c.txt", BUREAU.replace("云岭县", "平川县"))
    body = "".join(TOWN.partition("一、总体情况")[1:]).replace("青石镇", "").replace("云岭县", "")
    put(here, "新建文档.txt", f"政府信息公开工作年度报告\n{body}")
    result = checked(capsys, "--select", "county.unassigned-report,county.unknown-unit")
    assert of_set(result) == [("county.unassigned-report", "warning"), ("county.unknown-unit", "warning")]
    assert set(states(result)) == {(ONE, 2023), (TWO, 2023)}


def test_a_roster_with_a_unit_twice_and_an_alias_of_two(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH, f"{{name: {TWO}}}", "{name: 云岭县青石镇林场, aliases: [青石镇]}")
    put(here, "a.txt", TOWN)
    assert cli.main(["check", "--format", "json", "--no-cache"]) == 2
    error = capsys.readouterr().err
    assert f"“{TWO}”在名单里指两个单位" in error and "“青石镇”在名单里指两个单位" in error
    assert "nianbao.yaml:7" in error and "nianbao.yaml:8" in error and "Traceback" not in error


def test_one_file_that_cannot_be_read_costs_nothing_else(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "a.txt", TOWN)
    (here / "reports" / "教育局2023.docx").write_bytes(b"PK\x03\x04 torn")
    result = checked(capsys, status=2)
    assert states(result) == {(ONE, 2023): "clean", (TWO, 2023): "unreadable"}
    assert of_set(result) == []  # it is there; that it cannot be read is said of the file


def test_the_copy_of_a_neighbour_is_told_with_both_paths(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    put(here, "a.txt", TOWN)
    put(here, "b.txt", TOWN.replace("青石镇", "白塔镇").replace("214", "198"))
    put(here, "c.txt", BUREAU)
    result = checked(capsys, "reports", "--select", "county", status=0)
    (found,) = result["collection"]["findings"]
    assert found["rule"] == "county.copied" and set(found["paths"]) == {"reports/a.txt", "reports/b.txt"}


# ------------------------------------------------------------------------------------------------ two files


def last(here: Path, text: str, name: str = "2022.txt") -> str:
    path = here / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_against_finds_what_does_not_continue(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    now = put(here, "2023.txt", TOWN)
    carried = "四、结转下年度继续办理\t1\t0\t0\t0\t0\t0\t1"
    before = last(here, TOWN.replace("2023年", "2022年").replace(carried, carried.replace("1", "2")))
    result = checked(capsys, str(now), "--against", before, "--select", "series.carried-over", status=1)
    assert [file["path"] for file in result["files"]] == [str(now)]  # the other is not itself checked
    (found,) = result["files"][0]["findings"]
    assert (found["expected"], found["actual"], found["location"]["row"]) == (None, "1", "carried_in")


def test_against_the_wrong_year_the_wrong_file_or_for_several(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    now = put(here, "2023.txt", TOWN)
    put(here, "other.txt", BUREAU)
    result = checked(capsys, str(now), "--against", last(here, TOWN), status=2)
    assert "请换成 2022 年度的" in result["broken"][0]["message"]
    result = checked(capsys, str(now), "--against", str(here / "none.txt"), status=2)
    assert "--against 的上年报告未能读取" in result["broken"][0]["message"] and len(result["files"]) == 1
    assert cli.main(["check", str(here / "reports"), "--against", last(here, TOWN)]) == 2
    assert "--against 只用于一份报告，这里有 2 份" in capsys.readouterr().err


def test_against_the_report_of_another_unit_is_said(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    now = put(here, "2023.txt", TOWN)
    result = checked(capsys, str(now), "--against", last(here, BUREAU.replace("2023年", "2022年")))
    assert f"上年报告的单位是“{TWO}”" in result["stderr"] and result["broken"] == []


# ------------------------------------------------------------------------------------------------ 缺报 and 逾期 are states

LATE = BUREAU.replace("\n", "\n发布日期：2024-02-18\n", 1)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    cli.main(["check", "--format", "text", "--no-cache", "--jobs", "1", *words])
    return capsys.readouterr().out


def test_a_missing_report_and_a_late_one_stand_under_headings_of_their_own(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH, "{name: 云岭县水利局}")
    put(here, "a.txt", TOWN)
    put(here, "b.txt", LATE)
    text = told(capsys)
    heads = [line for line in text.splitlines() if line.endswith(" 处")]
    assert "逾期 1 处" in heads and "缺报 1 处" in heads and not any(head.startswith(("必须改", "请核实")) for head in heads)
    rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.startswith("云岭县") and "报告" not in line}
    assert rows["云岭县水利局"] == ["缺报"] and rows[TWO] == ["逾期"] and rows[ONE] == ["未发现问题"]
    assert "Late: 1" in (english := told(capsys, "--lang", "en")) and "Missing: 1" in english and "Must be changed" not in english


def test_programs_and_the_exit_status_go_by_the_severity(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH, "{name: 云岭县水利局}")
    put(here, "a.txt", TOWN)
    put(here, "b.txt", LATE)
    result = checked(capsys, status=1)
    assert of_set(result) == [("county.missing-report", "error")]
    assert [(one["rule"], one["severity"]) for file in result["files"] for one in file["findings"]] == [("deadline.late", "warning")]
    assert (result["summary"]["errors"], result["summary"]["warnings"]) == (1, 1)
    assert states(result)[TWO, 2023] == "verify"
    assert sum(kind["verify"] for kind in result["collection"]["by_kind"]) == 1
    roster(here, *BOTH)
    checked(capsys, status=0)
    checked(capsys, "--fail-on", "warning", status=1)


def test_a_report_with_faults_that_is_late_is_shown_as_both(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "a.txt", TOWN)
    put(here, "b.txt", LATE.replace("六、", "七、", 1))
    text = told(capsys)
    row = next(line for line in text.splitlines() if line.startswith(f"{TWO}  "))
    assert row.endswith("，逾期") and ("必须改" in row or "请核实" in row)


def test_a_day_that_a_person_must_look_at_is_no_state(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    roster(here, *BOTH)
    put(here, "a.txt", TOWN)
    put(here, "b.txt", LATE.replace("2024-02-18", "2024-12-18"))
    text = told(capsys)
    assert "供参考 1 处" in text and "逾期 1 处" not in text


def test_a_report_from_before_the_forms_is_a_member_like_others(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    old = f"{ONE}2018年政府信息公开工作年度报告\n\n一、概述\n落实《条例》。\n\n二、主动公开政府信息情况\n主动公开信息2069条。\n"
    for name, text in (("2018.txt", old), ("2023.txt", TOWN), ("2023/jyj.txt", BUREAU)):
        put(here, name, text)
    result = checked(capsys, "reports")
    assert [(file["year"], file["form"]) for file in result["files"] if file["path"].endswith("2018.txt")] == [(2018, None)]
    assert "出错" not in result["stderr"]

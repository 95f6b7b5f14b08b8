"""Years left over from last year's report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.small_report import OVERVIEW, PERIOD, findings, said, subject, text
from tests.support import book
from validator.engine.run import run_rules


@pytest.mark.parametrize(
    "sentence",
    [
        "（一）主动公开。2022年，我镇公开信息18条。",
        "2022年度，我镇扎实推进公开工作。",
        "2021年青石镇认真落实条例。",
        "1.2022年，我镇规划建设办公室公开信息9条。",
    ],
)
def test_last_year_at_the_head_is_an_error(sentence: str) -> None:
    (found,) = findings(text(sections={1: OVERVIEW + "\n" + sentence}), "identity")
    assert (found.rule, found.severity.value, found.review) == ("identity.stale-year", "error", False)
    assert found.location.excerpt in ("2022", "2021") and found.location.section == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "公开信息120条，较2022年增长5%。",
        "2022年公开信息100条，2023年公开信息120条。",
        "比2022年（31起）下降29%。",
        "2022年结转的1件已办结。",
        "公开2022年部门决算和2023年部门预算。",
        "2022年度部门决算已公开。",
        "落实《2022年政务公开工作要点》。",
        "贯彻“十四五”规划（2021—2025年）和2022—2024年行动方案。",
        "依据国办公开办函〔2022〕1号文件。",
        "2022年印发的管理办法继续有效。",
        "县政府2022年12月20日发布的意见。",
        "网址为http://www.yunling.gov.cn/2022年/。",
        "公开2022年政府信息公开工作年度报告1份。",
        "自2022年以来，群众满意度逐年提高。",
        "李明同志2022年任镇长。",
        "2024年，我镇将加强培训。",
        "对2022年评估反馈的问题逐项整改。",
    ],
)
def test_years_that_are_right_where_they_stand(sentence: str) -> None:
    assert said(text(sections={1: OVERVIEW + "\n" + sentence}, end="2024年1月15日"), "identity") == []


def test_last_year_within_a_sentence_asks_for_a_look() -> None:
    (found,) = findings(text(sections={1: OVERVIEW + "围绕群众关切，于2022年开设了咨询窗口。"}), "identity")
    assert (found.rule, found.severity.value, found.review) == ("identity.stale-year", "note", True)


def test_the_announcement_of_last_years_report() -> None:
    (found,) = findings(text(preamble="现向社会公布青石镇2022年政府信息公开工作年度报告。" + PERIOD), "identity")
    assert (found.rule, found.severity.value) == ("identity.stale-year", "error") and "前言" in found.message["zh"]


def test_a_notice_of_another_year_is_no_announcement() -> None:
    cited = "根据省政府办公厅关于编制公布2022年政府信息公开工作年度报告有关事项的通知，编制本报告。" + PERIOD
    assert said(text(preamble=cited), "identity.stale-year") == []


def test_section_5_may_look_back() -> None:
    back = "2022年反映的更新不及时问题已整改。一是形式不够丰富。下一步将制作图解。"
    assert said(text(sections={5: back}), "identity.stale-year") == []
    copied = "2022年，我镇工作取得一定成效，但仍存在更新不及时的问题。下一步将加强督促。"
    assert said(text(sections={5: copied}), "identity.stale-year") == [("identity.stale-year", "error")]


def test_which_part_may_look_back_is_a_role_of_the_form_not_a_number() -> None:
    one = subject(text(sections={5: "2022年，我镇对照要求整改了更新不及时的问题。一是形式不够丰富。下一步将制作图解。"}))
    form = one.figures.form
    assert form.parts("plans") == {5} and form.parts("overview", "other") == {1, 6}
    bare = replace(form, sections=tuple(replace(section, role=None) for section in form.sections))
    elsewhere = replace(one, figures=replace(one.figures, form=bare))
    rules = [rule for rule in book().rules if rule.id == "identity.stale-year"]
    assert [len(run_rules(each, rules).findings) for each in (one, elsewhere)] == [0, 1]

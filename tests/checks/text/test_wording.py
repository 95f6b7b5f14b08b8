"""Wording: what must be found, and beside each what must be left alone."""

from __future__ import annotations

import pytest

from tests.checks.text.sentences import found, rules
from tests.support import book
from validator.pipeline.check_file import examine


@pytest.mark.parametrize(
    "text",
    [
        "20XX年公开信息。",
        "20xx年公开信息。",
        "２０ＸＸ年公开信息。",
        "202X年公开信息。",
        "20××年公开信息。",
        "××镇公开信息。",
        "XX局公开信息。",
        "从网站（具体网址）下载。",
        "从网站（请填写网址）下载。",
        "XXX镇公开信息。",
        "某某镇公开信息。",
        "公开信息__条。",
        "公开信息xx条。",
        "X年X月公开信息。",
        "按照填写说明公开。",
    ],
)
def test_placeholders(text: str) -> None:
    assert rules(text) == ["placeholder"]


@pytest.mark.parametrize(
    "text",
    [
        "见www.yunling.example/xxgk/。",
        "邮箱xxgk@yunling.example。",
        "申请人李××不服。",
        "拍摄X光片。",
        "目录XXGK-01。",
        "王某某反映。",
        "3×5=15。",
        "公开《X射线装置许可》。",
        "电话139****5678。",
        "文件_附件1。",
        "规格10×20×30。",
    ],
)
def test_what_is_no_placeholder(text: str) -> None:
    assert rules(text) == []


def test_a_placeholder_in_the_title() -> None:
    whole = "XX县青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n公开信息20条。\n"
    result = examine(whole.encode(), "report.txt", book(), snippet=True)[0]
    assert "wording.placeholder" in [finding.rule for finding in result.findings]


def test_guidance_and_the_form_s_own_notes() -> None:
    assert rules("该部分以表格形式报告。表格如下：", section="二、主动公开政府信息情况") == ["guidance-left-in"]
    notes = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n只计这一情形，不计其他情形\n单位：万元"
    assert rules(notes, section="三、收到和处理政府信息公开申请情况") == []


@pytest.mark.parametrize(
    "text",
    ["可通过可以通过网站查询。", "及时对对信息更新。", "加强培训的的力度。", "提高了了水平。", "公开和和查询。", "政府信息信息公开。"],
)
def test_doubled_words(text: str) -> None:
    assert rules(text) == ["doubled"]


@pytest.mark.parametrize(
    "text",
    [
        "件件有着落、事事有回音。",
        "人民政府政府信息公开。",
        "为了了解情况。",
        "以公开为目的的工作。",
        "应对对外宣传。",
        "办理涉及及时更新。",
        "共享和和谐发展。",
        "天天更新、层层落实、人人参与。",
        "一一对应。",
        "种种原因。",
        "核对对象。",
        "针对对口单位。",
        "受到了了不起的关注。",
    ],
)
def test_what_is_not_doubled(text: str) -> None:
    assert rules(text) == []


def test_outdated_terms_are_for_a_person_to_look_at() -> None:
    assert [(f.rule, f.review) for f in found("公开新冠肺炎防控信息20条。", year=2024)] == [("wording.outdated-term", True)]
    assert rules("公开新冠肺炎防控信息20条。", year=2021) == []

"""Statements that a report must hold."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, findings, said, text


@pytest.mark.parametrize(
    ("gone", "name"),
    [
        ("收到政府信息公开申请2件", "依申请公开"),
        ("发布前均经保密审查，", "政府信息管理"),
        ("网站专栏由专人维护。", "政府信息公开平台建设"),
    ],
)
def test_the_missing_aspect_is_named(gone: str, name: str) -> None:
    (found,) = findings(text(sections={1: OVERVIEW.replace(gone, "")}), "structure.missing-aspect")
    assert found.expected == name and found.severity.value == "warning"


def test_a_heading_alone_treats_an_aspect() -> None:
    overview = "（一）主动公开情况\n（二）依申请公开情况\n（三）信息管理情况\n（四）公开平台建设\n（五）监督保障情况\n总体平稳。"
    assert said(text(sections={1: overview}), "structure.missing-aspect") == []


def test_accountability_is_asked_of_governments_alone() -> None:
    silent = text(sections={1: OVERVIEW.split("公开工作纳入")[0]})
    assert said(silent, "structure.missing-accountability") == [("structure.missing-accountability", "warning")]
    for unit in ("云岭县教育局", "云岭县城南街道办事处", "云岭县人民政府办公室"):
        assert findings(silent, "structure.missing-accountability", unit=unit) == ()


def test_the_missing_result_is_named() -> None:
    (found,) = findings(text(sections={1: OVERVIEW.replace("组织社会评议1次，", "")}), "structure.missing-accountability")
    assert found.expected == "社会评议"


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度未收取任何费用。",
        "2023年，无收取信息公开处理费情况。",
        "发出收费通知1件，总金额100元，实际收取100元。",
        "全年收取信息处理费0元。",
        "政府信息公开未发生收费情况。",
    ],
)
def test_any_word_on_the_fee_will_do(sentence: str) -> None:
    assert said(text(sections={6: sentence}), "structure.missing-fee-statement") == []


def test_the_fee_in_another_place_is_a_note() -> None:
    elsewhere = text(sections={1: OVERVIEW + "未收取信息处理费。", 6: "无。"})
    assert said(elsewhere, "structure.missing-fee-statement") == [("structure.missing-fee-statement", "note")]
    other_fee = text(sections={1: OVERVIEW + "公开行政事业性收费目录1份。", 6: "无。"})
    assert said(other_fee, "structure.missing-fee-statement") == [("structure.missing-fee-statement", "warning")]

"""The title: its form, unit and year."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, UNIT, findings, said, text


@pytest.mark.parametrize(
    "title",
    [
        "2023年云岭县青石镇政府信息公开工作年度报告",
        f"{UNIT}\n2023 年政府信息公开工作年度报告",
        f"{UNIT}２０２３年政府信息公开工作年度报告（图片版）",
        f"{UNIT}二〇二三年政府信息公开工作年度报告",
    ],
)
def test_titles_that_are_right(title: str) -> None:
    assert said(text(title=title), "identity") == []


@pytest.mark.parametrize(
    "title",
    [
        f"{UNIT}2023政府信息公开工作年度报告",
        f"{UNIT}2023年度政府信息公开工作报告",
        f"{UNIT}2023年政务公开年报",
        f"{UNIT}2023年政府信息公开年度报告",
        f"{UNIT}政府信息公开工作年度报告",
    ],
)
def test_titles_in_another_form(title: str) -> None:
    (found,) = findings(text(title=title), "identity")
    assert (found.rule, found.severity.value) == ("identity.title-form", "warning")
    assert found.expected == f"{UNIT}2023年政府信息公开工作年度报告"


def test_a_title_that_says_the_year_twice_is_a_note() -> None:
    (found,) = findings(text(title=f"{UNIT}2023年度政府信息公开工作年度报告"), "identity")
    assert (found.rule, found.severity.value) == ("identity.title-form", "note")


def test_no_title_is_one_finding() -> None:
    assert said(text(title=""), "identity") == [("identity.missing-title", "error")]


def test_no_unit_and_no_year() -> None:
    nameless = text(title="政府信息公开工作年度报告", preamble="本报告依条例编制。", sections={1: OVERVIEW.replace("2023年，", "")})
    assert said(nameless, "identity.missing-unit", "identity.missing-year", "identity.title-form") == [
        ("identity.missing-unit", "warning"),
        ("identity.missing-year", "error"),
    ]

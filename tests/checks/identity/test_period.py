"""The period that the figures are of."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, PERIOD, UNIT, findings, said, text


@pytest.mark.parametrize(
    "period",
    [
        "统计期限自2023年1月1日起至2023年12月31日止。",
        "统计时限为２０２３ 年 1 月 1 日至 12 月 31 日。",
        "所列数据统计时间：2023.1.1—2023.12.31。",
        "数据统计期限为2023-01-01至2023-12-31。",
        "统计期限从2023年1月1日到12月31日。",
        "统计期限为：2023年1月1日——2023年12月31日。",
        "数据统计期限为2023年度。",
        "统计周期是2023年全年。",
        "报告中所涉及的数据核定时间点为2023年12月31日。",
        "数据统计自2023年1月1日零时始至2023年12月31日24时。",
        "统计期限为二〇二三年一月一日至十二月三十一日。",
        "统计时间为2023年1月至12月。",
    ],
)
def test_wordings_of_the_period(period: str) -> None:
    assert said(text(preamble=period), "identity") == []


@pytest.mark.parametrize("to", ["-" * 500, "—" * 500, "至" * 500, "止至" * 300, "截止到" * 300])
def test_words_between_two_dates_are_read_in_one_way(to: str) -> None:
    assert said(text(preamble=f"统计期限为2023年1月1日{to}2023年12月31日。"), "identity") == []
    assert said(text(preamble=f"统计期限为2023年1月1日{to}。"), "privacy") == []  # two to the 500th ways to fail, once


@pytest.mark.parametrize(
    "period",
    ["统计期限为20231月1日至2023年12月31日。", "统计期限为202311日至1231日。", "统计期限为2025111231日。", "统计期限为 2023 11日到1231日。",
     "统计期限为2023年1月1日至12月31止。", "统计期限为2023年1月1日至2月31日。", "统计期限为2023年1月日至12月31日。"],
)  # fmt: skip
def test_lost_characters_are_no_error(period: str) -> None:
    assert said(text(preamble=period), "identity") == [("identity.period-span", "warning")]


@pytest.mark.parametrize(
    "period", ["统计期限为2023年1月1日至11月30日。", "统计期限为2023年2月1日至2023年12月31日。", "统计期限为2022年1月1日至2023年12月31日。"]
)
def test_a_period_that_is_not_the_year(period: str) -> None:
    assert said(text(preamble=period), "identity") == [("identity.period-span", "error")]


def test_the_period_of_last_year_is_one_finding() -> None:
    (found,) = findings(text(preamble=PERIOD.replace("2023", "2022")), "identity")
    assert (found.rule, found.severity.value, found.expected, found.actual) == ("identity.period-year", "error", None, "2022")


def test_the_title_is_blamed_where_period_and_text_agree() -> None:
    stale = text(title=f"{UNIT}2022年政府信息公开工作年度报告", preamble="现公布青石镇2023年政府信息公开工作年度报告。" + PERIOD)
    (found,) = findings(stale, "identity")
    assert (found.rule, found.expected, found.location.excerpt) == ("identity.title-year", None, "2022")


def test_no_period() -> None:
    other_dates = "本报告依条例编制。2023年6月1日至7月31日开展集中清理。"
    assert said(text(preamble=other_dates), "identity") == [("identity.period-missing", "warning")]


def test_a_period_inside_section_1_counts() -> None:
    assert said(text(preamble="", sections={1: PERIOD + OVERVIEW}), "identity") == []

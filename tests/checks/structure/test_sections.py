"""The parts of a report: there, once, in order, numbered and headed as the form has them."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, findings, outcomes, said, text
from validator.model import Answer


def test_a_sound_report_is_silent() -> None:
    assert said(text(), "structure") == []


def test_neighbouring_missing_parts_are_one_finding() -> None:
    found = findings(text(headings={2: None, 3: None, 5: None}), "structure.missing-section")
    assert [(f.location.section, f.severity.value) for f in found] == [(2, "error"), (5, "error")]
    assert "第一、四部分之间" in found[0].message["zh"] and "二、" in found[0].message["zh"] and "三、" in found[0].message["zh"]
    assert "between sections 1 and 4" in found[0].message["en"]
    assert found[1].expected == "五、存在的主要问题及改进情况"


def test_a_missing_last_part_stands_after_the_one_before() -> None:
    (found,) = findings(text(headings={6: None}), "structure.missing-section")
    assert found.location.section == 6 and "第五部分之后" in found.message["zh"]


def test_what_a_missing_part_would_say_is_not_missed_again() -> None:
    answers = outcomes(text(headings={5: None, 6: None}), "structure")
    assert answers["structure.missing-section"] is Answer.FAIL
    for rule in ("missing-problem", "missing-measure", "thin-section", "missing-fee-statement"):
        assert answers[f"structure.{rule}"] is Answer.SKIP


def test_swapped_parts_are_one_finding_and_no_number_is_blamed() -> None:
    assert said(text(order=(1, 2, 4, 3, 5, 6)), "structure") == [("structure.section-order", "error")]


def test_a_part_that_stands_twice() -> None:
    assert said(text(end="六、其他需要报告的事项\n无。"), "structure") == [("structure.repeated-section", "error")]


def test_a_seventh_part() -> None:
    (found,) = findings(text(end="七、2024年工作思路\n继续做好公开工作。"), "structure")
    assert (found.rule, found.severity.value, found.location.excerpt) == ("structure.extra-section", "warning", "七、2024年工作思路")


@pytest.mark.parametrize(
    ("headings", "section"),
    [
        ({2: "一、主动公开政府信息情况"}, 2),
        ({5: "六、存在的主要问题及改进情况", 6: "七、其他需要报告的事项"}, 5),
        ({6: "五、其他需要报告的事项"}, 6),
    ],
)
def test_a_numeral_that_does_not_follow(headings: dict[int, str], section: int) -> None:
    (found,) = findings(text(headings=headings), "structure.section-number")
    assert (found.location.section, found.severity.value) == (section, "warning")


def test_the_gap_of_a_missing_part_is_no_skipped_numeral() -> None:
    assert said(text(headings={3: None}), "structure.section-number") == []
    moved = {4: "三、政府信息公开行政复议、行政诉讼情况", 5: "四、存在的主要问题及改进情况", 6: "五、其他需要报告的事项"}
    renumbered = text(headings={3: None, **moved})
    assert said(renumbered, "structure.section-number") == []


@pytest.mark.parametrize(
    ("heading", "weight"),
    [
        ("五、下一步工作思路", "warning"),
        ("五、存在的主要问题及下步措施", "warning"),
        ("五、存在问题和改进措施", "note"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "note"),
    ],
)
def test_headings_in_other_words(heading: str, weight: str) -> None:
    found = said(text(headings={5: heading}), "structure.heading-wording", "structure.missing-section")
    assert found == [("structure.heading-wording", weight)]


@pytest.mark.parametrize("number", [1, 5, 6])
def test_a_heading_with_nothing_under_it_is_said_once(number: int) -> None:
    assert said(text(sections={number: ""}), "structure") == [("structure.empty-section", "error")]


def test_a_part_that_says_none_is_not_empty() -> None:
    assert said(text(sections={6: "无。"}), "structure.empty-section") == []


def test_the_preamble_alone_is_no_overview() -> None:
    opening = "根据《中华人民共和国政府信息公开条例》要求，现公布青石镇2023年政府信息公开工作年度报告。统计期限为2023年1月1日至12月31日。"
    assert said(text(sections={1: opening}), "structure") == [("structure.empty-section", "error")]
    assert said(text(sections={1: opening + OVERVIEW}), "structure") == []

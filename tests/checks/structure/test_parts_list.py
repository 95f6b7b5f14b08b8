"""The sentence that lists the parts of a report."""

from __future__ import annotations

import pytest

from tests.checks.small_report import findings, said, text

FULL = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况"


@pytest.mark.parametrize(
    "sentence",
    [
        f"本报告由{FULL}、其他需要报告的事项等六个部分组成。",
        f"全文包括{FULL}以及其他需要报告的事项。",
        "本报告共分六个部分。",
        "本报告主要包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等。",
        "本报告由总体情况、行政机关主动公开政府信息情况、行政机关收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议、提起行政诉讼情况、"
        "政府信息公开工作存在的主要问题及改进情况、其他需要报告的事项组成。",
        f"本报告由以下六部分组成：{FULL.replace('、行政诉讼', '行政诉讼')}，其他需要报告的事项。",
        f"本报告由{FULL.replace('改进情况', '下步措施')}、其他需要报告的事项六个部分组成。",
        f"本报告由{FULL.replace('及改进情况', '和整改措施')}、其他需要报告的事项六个部分组成。",
        "全文由“总体情况”“主动公开情况”“收到和处理申请情况”“复议、诉讼情况”“存在的问题及打算”“其他事项”组成。",
        "工作中做到公开内容、公开时限、公开程序三个方面到位。",
    ],
)
def test_lists_of_parts_that_are_right(sentence: str) -> None:
    assert said(text(preamble=sentence), "structure.parts-list") == []


@pytest.mark.parametrize(
    ("sentence", "weight", "word"),
    [
        (f"本报告由{FULL.replace('存在的主要问题及改进情况', '明年计划')}、其他需要报告的事项六个部分组成。", "warning", "六个部分"),
        (f"本报告由{FULL.replace('公开申请情况', '公开审批情况')}、其他需要报告的事项六个部分组成。", "warning", "审批情况"),
        (f"本报告由{FULL}、其他需要报告的事项等七个部分组成。", "warning", "七个部分"),
        (f"本报告由{FULL}六个部分组成。", "warning", "六个部分"),
        (f"本报告由{FULL}组成。", "warning", "总体情况"),
        ("全文共四部分。", "warning", "四部分"),
    ],
)
def test_lists_of_parts_that_are_wrong(sentence: str, weight: str, word: str) -> None:
    (found,) = findings(text(preamble=sentence), "structure.parts-list")
    assert found.severity.value == weight and word in (found.location.excerpt or "")


def test_a_list_as_the_report_has_its_headings_is_not_blamed_twice() -> None:
    sentence = f"本报告由{FULL.replace('改进情况', '下步措施')}、其他需要报告的事项六个部分组成。"
    found = said(text(preamble=sentence, headings={5: "五、存在的主要问题及下步措施"}), "structure")
    assert found == [("structure.heading-wording", "warning")]

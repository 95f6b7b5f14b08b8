"""The parts of a report, its required statements and its section of problems."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, findings, outcomes, said, text
from validator.model import Answer

FULL = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况"


def test_a_sound_report_is_silent() -> None:
    assert said(text(), "structure") == []


# ---------------------------------------------------------------------------------------------- parts


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


# ---------------------------------------------------------------------------------------------- the list of parts


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
        "工作中做到公开内容、公开时限、公开程序三个方面到位。",
    ],
)
def test_lists_of_parts_that_are_right(sentence: str) -> None:
    assert said(text(preamble=sentence), "structure.parts-list") == []


@pytest.mark.parametrize(
    ("sentence", "weight", "word"),
    [
        (f"本报告由{FULL.replace('改进情况', '下步措施')}、其他需要报告的事项六个部分组成。", "warning", "存在的主要问题及下步措施"),
        (f"本报告由{FULL.replace('存在的主要问题及改进情况', '明年计划')}、其他需要报告的事项六个部分组成。", "warning", "明年计划"),
        (f"本报告由{FULL.replace('及改进情况', '和整改措施')}、其他需要报告的事项六个部分组成。", "note", "整改措施"),
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


# ---------------------------------------------------------------------------------------------- statements


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


# ---------------------------------------------------------------------------------------------- problems and measures


@pytest.mark.parametrize(
    "section",
    [
        "一是宣传力度不够，缺乏手段。下一步将利用多种渠道发布信息。二是制度还不完善，下一步将制订管理制度。",
        "（一）存在的主要问题\n1.更新不及时。\n2.形式单一。\n（二）改进措施\n1.加强督促。\n2.丰富形式。",
        "（一）存在的问题。工作人员公开意识有所松懈。（二）整改措施。组织业务学习。",
        "个别栏目更新滞后，对此我们已经建立按月提醒的机制，组织了专门培训。",
        "工作虽取得一定成效，但与群众期盼相比仍有差距，主要表现在解读有待加强。针对上述问题，我镇将在2024年继续加强培训。",
    ],
)
def test_problems_and_measures_that_are_there(section: str) -> None:
    assert said(text(sections={5: section}), "structure") == []


@pytest.mark.parametrize(
    ("section", "rule"),
    [
        ("下一步，我镇将采取以下措施：一是建立提醒机制，按月检查；二是制作图解，解决看不懂的问题。", "missing-problem"),
        ("一是加强组织领导，健全工作机制；二是丰富公开形式，拓宽公开渠道。", "missing-problem"),
        ("我镇工作存在以下问题：一是更新不够及时，存在滞后现象；二是公开的深度还有欠缺，意识需进一步提高。", "missing-measure"),
        ("无", "thin-section"),
        ("暂无。", "thin-section"),
        ("本年度政府信息公开工作不存在问题。", "thin-section"),
    ],
)
def test_problems_or_measures_that_are_not(section: str, rule: str) -> None:
    assert said(text(sections={5: section}), "structure") == [(f"structure.{rule}", "warning")]


def test_counts_that_differ_are_a_note() -> None:
    section = "主要问题：一是更新不及时；二是形式单一；三是人员不足。\n改进措施：一是加强督促；二是丰富形式。"
    (found,) = findings(text(sections={5: section}), "structure")
    assert (found.rule, found.severity.value, found.expected, found.actual) == ("structure.thin-section", "note", "3", "2")

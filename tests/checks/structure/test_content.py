"""The section of problems and measures."""

from __future__ import annotations

import pytest

from tests.checks.small_report import findings, said, text


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
    assert _said(section) == []


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
    assert _said(section) == [(f"structure.{rule}", "warning")]


@pytest.mark.parametrize(
    ("section", "generic"),
    [
        ("主动公开意识有待增强，更新不够及时。下一步加强学习。", True),
        ("一是业务能力不强；二是内容不够全面。改进措施：一是每周五检查栏目；二是培训2次。", True),
        ("一是业务能力不强；二是惠农补贴公示更新慢。改进措施：一是加强学习；二是按月督促。", False),
        ("问题有两处。信息更新不够及时，村务公开栏换得慢。下一步加强督促。", False),
        ("本年度政府信息公开工作不存在问题。", False),
    ],
)
def test_problems_that_name_nothing(section: str, generic: bool) -> None:
    found = [finding for finding in findings(text(sections={5: section}), "structure.generic-problem")]
    assert [(finding.severity.value, finding.review) for finding in found] == [("note", True)] * generic


def _said(section: str) -> list[tuple[str, str]]:
    """What is found but that the problems are general, which these short ones are."""
    return [found for found in said(text(sections={5: section}), "structure") if found[0] != "structure.generic-problem"]


def test_counts_that_differ_are_a_note() -> None:
    section = "主要问题：一是更新不及时；二是形式单一；三是人员不足。\n改进措施：一是加强督促；二是丰富形式。"
    (found,) = findings(text(sections={5: section}), "structure")
    assert (found.rule, found.severity.value, found.expected, found.actual) == ("structure.thin-section", "note", None, "2")

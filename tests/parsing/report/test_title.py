"""Titles over several lines, and names that are broken off at a line's end."""

from __future__ import annotations

import pytest

from tests.support import book
from validator.model import Title
from validator.pipeline.check_file import examine

_BODY = "一、总体情况\n公开信息20条。\n二、主动公开政府信息情况\n六、其他需要报告的事项\n本年度未收取信息处理费。"


def titles(head: str) -> list[Title]:
    """The titles read from the lines above a report."""
    (result,) = examine(f"{head}\n{_BODY}".encode(), "报告.txt", book(), snippet=True)
    report = result.report
    return list(report.titles) if report else []


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("云岭市桥西区人民政府柳溪街道\n办事处2023年政府信息公开工作年度报告", "云岭市桥西区人民政府柳溪街道办事处"),
        ("云岭市桥西区柳溪\n街道办事处2023年政府信息公开工作年度报告", "云岭市桥西区柳溪街道办事处"),
        ("云岭市青石\n区人民政府2023年政府信息公开工作年度报告", "云岭市青石区人民政府"),
        ("云岭县经济开发区\n管理委员会2023年政府信息公开工作年度报告", "云岭县经济开发区管理委员会"),
        ("• 青石镇人民政府\n• 2023年政府信息公开工作年度报告", "青石镇人民政府"),
        ("政府信息公开年报\n办事处2023年政府信息公开工作年度报告", None),
        ("办事处2023年政府信息公开工作年度报告", None),
    ],
)
def test_the_unit_of_a_title_over_two_lines(head: str, unit: str | None) -> None:
    assert titles(head)[-1].unit == unit


def test_a_whole_name_takes_no_line_above_it() -> None:
    (title,) = titles("云岭县政务公开\n青石镇2023年政府信息公开工作年度报告")
    assert (title.unit, title.text) == ("青石镇", "青石镇2023年政府信息公开工作年度报告")

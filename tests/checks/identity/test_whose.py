"""Unit and year by whatever tells them, and in which order it is believed."""

from __future__ import annotations

import pytest

from tests.support import book
from validator.pipeline.check_file import examine

_BODY = """一、总体情况
{head}我局公开信息20条。
二、主动公开政府信息情况
六、其他需要报告的事项
本年度未收取信息处理费。
{end}"""


def read(text: str, name: str = "报告.txt") -> tuple[str | None, str | None, int | None, str | None]:
    """Unit and year of a report, each with where it was taken from."""
    (result,) = examine(text.encode(), name, book(), snippet=True)
    return result.unit, result.unit_from, result.year, result.year_from


@pytest.mark.parametrize(
    ("opening", "head", "end", "name", "told"),
    [
        ("现公布云岭县水利局2022年政府信息公开工作年度报告。", "", "", "报告.txt", ("云岭县水利局", "opening", 2022, "opening")),
        ("统计期限为2022年1月1日至2022年12月31日。", "", "", "报告.txt", (None, None, 2022, "period")),
        ("", "2022年，", "云岭县水利局\n2023年1月9日", "报告.txt", ("云岭县水利局", "signature", 2022, "heading")),
        ("", "", "云岭县水利局\n2023年1月9日", "报告.txt", ("云岭县水利局", "signature", 2022, "signature")),
        ("", "", "云岭县水利局\n2022年12月29日", "报告.txt", ("云岭县水利局", "signature", 2022, "signature")),
        ("", "", "云岭县水利局\n2022年8月9日", "报告.txt", ("云岭县水利局", "signature", None, None)),
        ("", "", "", "云岭县水利局2022年报.txt", ("云岭县水利局", "file", 2022, "file")),
        ("", "", "", "2022年/云岭县水利局/报告.txt", ("云岭县水利局", "path", 2022, "path")),
        ("本年度报告由云岭县水利局根据条例编制。", "", "", "报告.txt", ("云岭县水利局", "compiled_by", None, None)),
        ("本年度报告由云岭县人民政府办公室汇总全县情况，由办公室编制。", "", "", "报告.txt", (None, None, None, None)),
        (
            "本年度报告根据《条例》（以下简称《条例》）和《规定》（以下简称《规定》）要求，由云岭县水利局编制。",
            "",
            "",
            "报告.txt",
            ("云岭县水利局", "compiled_by", None, None),
        ),
        ("本年度报告根据《条例》要求，由局办公室编制。", "", "", "报告.txt", (None, None, None, None)),
        ("本报告按照《条例》规定，由总体情况、主动公开政府信息情况等部分组成，由我局编制。", "", "", "报告.txt", (None, None, None, None)),
        ("云岭县水利局政府信息公开工作年度报告依据《条例》编制。", "", "", "报告.txt", ("云岭县水利局", "opening", None, None)),
        ("", "", "", "报告.txt", (None, None, None, None)),
    ],
)
def test_what_tells_it(opening: str, head: str, end: str, name: str, told: tuple[str | None, str | None, int | None, str | None]) -> None:
    assert read(f"{opening}\n{_BODY.format(head=head, end=end)}", name) == told


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("坚持把政府信息公开列入重要议事日程，及时调整充实领导小组成员，明确职责分工。2022年，共主动公开信息27条。", 2022),
        ("坚持把政府信息公开列入重要议事日程，及时调整充实领导小组成员，明确职责分工；2022年度，我局共收到申请3件。", 2022),
        (
            "坚持把政府信息公开列入重要议事日程，及时调整充实领导小组成员，明确职责分工。2022年，全局开展培训2次。2022年，办理申请3件。",
            2022,
        ),
        # two years, a document's year, a year of a plan: none of them is the report's
        (
            "坚持把政府信息公开列入重要议事日程，及时调整充实领导小组成员，明确职责分工。2021年，全局开展培训2次。2022年，办理申请3件。",
            None,
        ),
        ("坚持把政府信息公开列入重要议事日程，及时调整充实领导小组成员，明确职责分工。2022年政务公开工作要点印发后及时学习。", None),
        ("坚持把政府信息公开列入重要议事日程，及时调整充实领导小组成员，明确职责分工。2022年底前完成整改。", None),
    ],
)
def test_a_year_within_a_paragraph_is_believed_last(head: str, year: int | None) -> None:
    assert read(_BODY.format(head=head, end="")) == (None, None, year, "heading" if year else None)
    assert read(_BODY.format(head=head, end=""), "2020年报告.txt")[2:] == (2020, "file")

"""What of a report is its own: not what the form asks for, not section 6, no names."""

from __future__ import annotations

import pytest

from tests.similarity.invented import parts, report


@pytest.mark.parametrize(
    "text",
    [
        "本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号编制。",
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分组成。",
        "报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "如对本报告有疑问，请与青石镇党政综合办公室联系（电话：0578-6512306）。",
        "2023年，青石镇没有收到政府信息公开申请。",
        "全年未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。",
        "（一）主动公开情况。",
    ],
)
def test_what_the_form_asks_for_is_nobodys_own(text: str) -> None:
    (part,) = parts(report("云岭县青石镇人民政府", 2023, "1" + text))
    assert part.own == 0, [sentence.own for sentence in part.sentences]


def test_section_6_is_left_out_and_so_are_names() -> None:
    overview, other = "1云岭县青石镇的茶农领到了补贴，青石镇逐户公示。", "6本镇收取处理费的办法是自己写的一段话。"
    found = parts(report("云岭县青石镇人民政府", 2023, overview, other))
    assert [part.number for part in found] == [1]
    assert "".join(sentence.own for sentence in found[0].sentences) == "的茶农领到了补贴逐户公示"

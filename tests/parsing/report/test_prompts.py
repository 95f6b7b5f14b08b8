"""Prompts of the blank form are blanked once, where paragraphs are made; their places and the rest of the paragraph stay."""

from __future__ import annotations

import pytest

from tests.support import book
from validator.base.patterns import TablePattern
from validator.model import Block, Kind, Passage
from validator.parsing.report.prompts import without_prompts
from validator.text.paragraphs import paragraph


def _prompts() -> TablePattern:
    prompts = book().tables.reading.prompts
    assert prompts is not None
    return prompts


def _blanked(words: str) -> Passage:
    passage = Passage(text=words, places=((0, Block(kind=Kind.LINE, text=words, line=1, offset=1)),))
    return without_prompts([passage], _prompts())[0]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("（文字描述）", ""),
        ("文字 描述。", ""),
        ("（文字描述，收取信息处理费情况在此处报告。）", ""),
        ("（此处填写主要问题，200字左右）", ""),
        ("（一）主动公开（请填写主动公开情况）。公开信息20条。", "(一)主动公开。公开信息20条。"),
        (
            "监督保障（含《条例》第五十条第（四）项规定的各级人民政府“工作考核、社会评议和责任追究结果情况”）。培训2次。",
            "监督保障。培训2次。",
        ),
        ("公开信息20条。重在聚焦主题、简明客观，篇幅原则上不超过一千字。", "公开信息20条。。"),
    ],
)
def test_what_is_left_of_a_paragraph(words: str, left: str) -> None:
    passage = _blanked(words)
    assert paragraph(passage).text == left
    assert passage.printed == words
    assert len(passage.text) == len(words)  # so that all places stay


@pytest.mark.parametrize(
    "words",
    [
        "（注：统计口径说明见附件）",
        "认真落实第五十条第四项规定。",
        "公开信息20条（详见附表说明）。",
        "（此处说明：电话13912345678）",
        "此处无障碍。",
    ],
)
def test_what_is_the_reports_own_stays(words: str) -> None:
    passage = _blanked(words)
    assert (passage.text, passage.printed) == (words, "")

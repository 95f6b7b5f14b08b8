"""Content controls that show what is to be filled in: that is no content, but where it may be a figure, it is in doubt."""

from __future__ import annotations

import pytest

from tests.readers.docx.seen import lines, value
from tests.readers.docx.word_files import cell, paragraph, row, run, style, table

SHOWN, PROMPT = "<w:showingPlcHdr/>", '<w:rStyle w:val="a1"/>'
STYLES = style("character", "a1").replace('<w:name w:val="a1"/>', '<w:name w:val="Placeholder Text"/>')


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (control("<w:text/>", run("4")), ("4", "", "")),
        (control("<w:dropDownList/>", run("4")), ("4", "", "")),
        (control(SHOWN + "<w:dropDownList/>", run("选择一项。")), ("", "", "")),
        (control(SHOWN + "<w:text/>", run("请填数字，如 0", PROMPT)), ("", "", "")),
        (control(SHOWN + "<w:text/>", run("4", PROMPT)), ("4", "", "placeholder")),
        (control('<w:showingPlcHdr w:val="0"/>', run("4")), ("4", "", "")),
    ],
)
def test_controls_in_a_cell(runs: str, expected: tuple[str, str, str]) -> None:
    assert value(runs, styles=STYLES) == expected


def test_controls_around_cells_and_paragraphs() -> None:
    assert lines(table(row("甲", control(SHOWN, cell("单击输入"))))) == ["甲", ""]
    assert lines(control(SHOWN, paragraph(run("在此输入标题", PROMPT))) + paragraph("文"), styles=STYLES) == ["文"]


def test_words_that_a_program_filled_in_are_content() -> None:
    assert lines(control(SHOWN, paragraph("某某局2023年年度报告")) + paragraph("文"), styles=STYLES) == ["某某局2023年年度报告", "文"]

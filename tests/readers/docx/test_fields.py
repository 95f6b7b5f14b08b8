"""Fields and older form fields: the result or the value kept beside it is printed, the code is not."""

from __future__ import annotations

import pytest

from tests.readers.docx.seen import lines, value
from tests.readers.docx.word_files import field, paragraph, run

ENTRIES = "<w:listEntry w:val='0'/><w:listEntry w:val='4'/>"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (field("FORMDROPDOWN", None, f"<w:ddList><w:result w:val='1'/>{ENTRIES}</w:ddList>"), "4"),
        (field("FORMDROPDOWN", "4", f"<w:ddList><w:result w:val='1'/>{ENTRIES}</w:ddList>"), "4"),
        (field("FORMDROPDOWN", None, f"<w:ddList>{ENTRIES}</w:ddList>"), "0"),
        (field("FORMDROPDOWN", None, f"<w:ddList><w:default w:val='1'/>{ENTRIES}</w:ddList>"), "4"),
        (field("FORMTEXT", "4", "<w:textInput><w:default w:val='9'/></w:textInput>"), "4"),
        (field("FORMTEXT", None, "<w:textInput><w:default w:val='4'/></w:textInput>"), "4"),
        (field("FORMTEXT", "", "<w:textInput><w:default w:val='9'/></w:textInput>"), ""),
        (field("FORMCHECKBOX", None, "<w:checkBox><w:checked/></w:checkBox>"), "☑"),
        (field("FORMCHECKBOX", None, "<w:checkBox><w:default w:val='0'/></w:checkBox>"), "□"),
        (field("= SUM(ABOVE)", "12"), "12"),
        (field("MERGEFIELD 件数", ""), ""),
        (field(r'SYMBOL 52 \f "Symbol" \s 11', None), "4"),
    ],
)
def test_what_a_field_prints(runs: str, expected: str) -> None:
    assert value(runs) == (expected, "", "")


@pytest.mark.parametrize(
    ("runs", "doubt"),
    [
        (run("4") + field(r"EQ \s\up5(1)", None), "field"),
        (run("4") + field("MACROBUTTON NoMacro 1", None), "field"),
        (run("4") + field(r"SYMBOL 50 \f Marlett", None), "symbol"),
        (field("FORMDROPDOWN", "9", f"<w:ddList><w:result w:val='1'/>{ENTRIES}</w:ddList>"), "field"),
    ],
)
def test_fields_that_print_what_nobody_can_tell(runs: str, doubt: str) -> None:
    assert value(runs)[2] == doubt


def test_a_field_in_the_code_of_another_prints_nothing() -> None:
    inner = field("FORMDROPDOWN", None, f"<w:ddList>{ENTRIES}</w:ddList>")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    body = paragraph(begin, "<w:r><w:instrText>IF </w:instrText></w:r>", inner, separate, "共5件", end, "。")
    assert lines(body) == ["共5件。"]


def test_a_code_whose_run_is_hidden_stays_a_code() -> None:
    begin, end = (f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    assert lines(paragraph("前", begin, run("XE 索引"), end, "后")) == ["前后"]

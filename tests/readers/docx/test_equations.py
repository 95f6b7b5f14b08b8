"""Equations of Word on one line: digits are a figure, exponents, fractions and the like are none."""

from __future__ import annotations

import pytest

from tests.readers.docx.seen import lines, value
from tests.readers.docx.word_files import paragraph, run


def letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def test_digits_are_a_figure() -> None:
    assert value(math(letters("15"))) == ("15", "", "")
    assert value(run("1"), math(letters("5"))) == ("15", "", "")
    assert value(f"<m:oMathPara>{math(letters('15'))}</m:oMathPara>") == ("15", "", "")


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (f"<m:sSup><m:e>{letters('4')}</m:e><m:sup>{letters('1')}</m:sup></m:sSup>", ("4", "1", "raised")),
        (f"<m:sSub><m:e>{letters('4')}</m:e><m:sub>{letters('1')}</m:sub></m:sSub>", ("4", "1", "raised")),
        (f"<m:sPre><m:sub/><m:sup>{letters('1')}</m:sup><m:e>{letters('4')}</m:e></m:sPre>", ("4", "1", "raised")),
        (f"<m:f><m:num>{letters('4')}</m:num><m:den>{letters('12')}</m:den></m:f>", ("4/12", "", "equation")),
        (f"<m:rad><m:deg/><m:e>{letters('4')}</m:e></m:rad>", ("4", "", "equation")),
        (f"<m:eqArr><m:e>{letters('4')}</m:e><m:e>{letters('1')}</m:e></m:eqArr>", ("41", "", "equation")),
    ],
)
def test_structures_are_none(inner: str, expected: tuple[str, str, str]) -> None:
    assert value(math(inner)) == expected


def test_brackets_and_what_is_not_shown() -> None:
    brackets = f"<m:d><m:dPr><m:endChr m:val=']'/></m:dPr><m:e>{letters('3')}</m:e><m:e>{letters('5')}</m:e></m:d>"
    phantom = f"<m:phant><m:phantPr><m:show m:val='0'/></m:phantPr><m:e>{letters('9')}</m:e></m:phant>"
    deleted = f"<w:del w:id='1' w:author='a'>{letters('7')}</w:del>"
    assert lines(paragraph(math(letters("x=") + brackets + phantom + deleted))) == ["x=(3|5]"]


def test_letters_of_an_equation_that_nobody_sees() -> None:
    white = "<m:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><m:t>1</m:t></m:r>"
    assert value(math(white + letters("4"))) == ("4", "", "")

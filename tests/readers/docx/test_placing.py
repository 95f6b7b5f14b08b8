"""What stands beside the page or is not shown is not read and told; small shifts are nothing."""

from __future__ import annotations

import pytest

from tests.readers.docx.seen import lines, unread
from tests.readers.docx.word_files import document, docx, drawn, paragraph, row, run, shape, table
from validator.readers.docx.reader import read

AWAY = '<wp:positionH relativeFrom="{0}"><wp:posOffset>{1}</wp:posOffset></wp:positionH><wp:extent cx="1000000" cy="300000"/>'
BOX = paragraph("框中文字")


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        (paragraph(drawn(BOX, AWAY.format("page", -2_000_000))), "off-page"),
        (paragraph(drawn(BOX, AWAY.format("column", -20_000_000))), "off-page"),
        (paragraph(drawn(BOX, AWAY.format("page", 9_000_000))), "off-page"),
        (paragraph(drawn(BOX, '<wp:docPr id="1" hidden="1"/>')), "hidden"),
        (paragraph(shape(BOX, "position:absolute;margin-left:-2000pt;width:100pt")), "off-page"),
        (paragraph(shape(BOX, "visibility:hidden")), "hidden"),
        (paragraph("藏", properties='<w:framePr w:x="-20000" w:w="2000" w:hAnchor="page"/>'), "off-page"),
        (paragraph("藏", properties='<w:ind w:left="-9000"/>'), "off-page"),
        (paragraph("藏", properties='<w:ind w:hanging="9000"/>'), "off-page"),
        (paragraph(run("藏", '<w:position w:val="1600"/>')), "off-page"),
        (table(row("规章", "7")).replace("<w:tblPr/>", '<w:tblPr><w:tblpPr w:tblpX="-20000"/></w:tblPr>'), "off-page"),
        (table(row("规章", "7")).replace("<w:tblPr/>", '<w:tblPr><w:tblInd w:w="-20000"/></w:tblPr>'), "off-page"),
    ],
)
def test_off_the_page(hidden: str, kind: str) -> None:
    body = paragraph("前") + hidden + paragraph("后")
    assert lines(body) == ["前", "后"] and unread(body) == {kind: 1}


@pytest.mark.parametrize(
    "seen",
    [
        paragraph(drawn(BOX, AWAY.format("column", -900_000))),
        paragraph(drawn(BOX, AWAY.format("page", 0))),
        paragraph(shape(BOX, "position:absolute;margin-left:-20pt;width:100pt")),
        paragraph("框中文字", properties='<w:framePr w:x="1200" w:w="2000" w:hAnchor="page"/>'),
        paragraph("框中文字", properties='<w:ind w:left="-700"/>'),
        paragraph("框中文字", properties='<w:ind w:left="420" w:hanging="420"/>'),
        paragraph(drawn(paragraph(run("框中文字", '<w:color w:val="FFFFFF"/>')), fill="C00000")),
        paragraph(drawn(paragraph(run("框中文字", '<w:color w:val="FFFFFF"/>')))),  # nobody knows what lies below
    ],
)
def test_on_the_page(seen: str) -> None:
    assert lines(seen) == ["框中文字"] and unread(seen) == {}


def test_white_on_a_white_box() -> None:
    assert lines(paragraph("前") + paragraph(drawn(paragraph(run("藏", '<w:color w:val="FFFFFF"/>')), fill="FFFFFF"))) == ["前"]


def test_drawn_letters_are_a_line() -> None:
    assert lines(paragraph(shape('<v:textpath string="某某局&#10;年度报告"/>')) + paragraph("一")) == ["某某局", "年度报告", "一"]
    assert lines(paragraph(shape('<v:textpath on="f" string="甲"/>')) + paragraph("一")) == ["一"]


def test_white_words_over_a_picture_behind_them() -> None:
    white = paragraph(run("题目", '<w:color w:val="FFFFFF"/>'))
    picture = drawn(paragraph("")).replace('behindDoc="0"', 'behindDoc="1"')
    assert lines(paragraph(picture) + white) == ["题目"] and lines(white + paragraph("文")) == ["文"]


def test_white_words_on_a_page_of_another_colour() -> None:
    body = paragraph(run("题目", '<w:color w:val="FFFFFF"/>')) + paragraph("文")
    dark = document(body).replace("<w:body>", '<w:background w:color="1F3864"/><w:body>')
    (found,) = read(docx("", main=dark), "年报.docx")
    assert [block.text for block in found.blocks] == ["题目", "文"]

"""Cells of figures: two paragraphs, and boxes and pictures that stand beside the figure."""

from __future__ import annotations

import pytest

from tests.readers.docx.seen import lines, value
from tests.readers.docx.word_files import drawn, figure, level, lists, paragraph, run, shape

PICTURE = "<w:r><w:drawing><wp:{0} xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'><pic:pic/></wp:{0}></w:drawing></w:r>"
ART = '<v:textpath on="t" string="{}"/>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (paragraph("1") + paragraph("2"), ("1\n2", "", "paragraphs")),
        (paragraph("—") + paragraph("6"), ("—\n6", "", "paragraphs")),
        (paragraph(run("1"), "<w:r><w:br/></w:r>", run("2")), ("1\n2", "", "paragraphs")),
        (paragraph("") + paragraph("6") + paragraph(""), ("6", "", "")),
        (paragraph(run("9", "<w:vanish/>")) + paragraph("6"), ("6", "", "")),
        (paragraph("6") + paragraph("（其中修订2件）"), ("6\n（其中修订2件）", "", "")),
    ],
)
def test_paragraphs(content: str, expected: tuple[str, str, str]) -> None:
    assert value(content) == expected


@pytest.mark.parametrize("box", [shape(paragraph("3")), drawn(paragraph("3")), shape(ART.format("3")), drawn(paragraph("3件"))])
def test_a_box_with_digits_is_no_part_of_the_figure(box: str) -> None:
    assert value(run("4"), box) == ("4", "", "box")
    assert value(paragraph("4") + paragraph(box))[2] == "box"
    assert value(box)[0].startswith("3")  # the box is all there is


def test_words_of_a_box_stand_behind_the_table() -> None:
    assert lines(figure(run("4"), drawn(paragraph("此处盖章"))) + paragraph("尾")) == ["行政许可", "4", "此处盖章", "尾"]


def test_watermarks_enter_no_cell() -> None:
    mark = shape(ART.format("2023"), "position:absolute;rotation:315;z-index:-251658752", 'id="PowerPlusWaterMarkObject1"')
    assert lines(figure(run("4"), mark)) == ["行政许可", "4"] and value(run("4"), mark) == ("4", "", "")


def test_lines_and_rectangles_drawn_over_a_figure() -> None:
    line = '<w:r><w:pict><v:line style="position:absolute;z-index:1" from="0,0" to="20pt,0"/></w:pict></w:r>'
    assert value(run("4"), line) == ("4", "", "box") and value(line) == ("", "", "") and lines(paragraph(line, "文")) == ["文"]
    behind = line.replace("z-index:1", "z-index:-1")
    assert value(run("4"), behind) == ("4", "", "")
    assert value(run("4"), shape("<w:p/>", "position:absolute")) == ("4", "", "")  # an empty box


def test_an_equation_of_older_word_is_a_picture() -> None:
    formula = '<w:r><w:object><v:shape style="width:9pt"><v:imagedata/></v:shape><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    assert value(formula) == ("", "", "picture")
    inline = '<w:r><w:pict><v:shape style="width:9pt"><v:imagedata/></v:shape></w:pict></w:r>'
    assert value(inline)[2] == "picture" and value(run("4"), inline.replace("width:9pt", "position:absolute")) == ("4", "", "")


def test_pictures_on_the_line_and_elsewhere() -> None:
    assert value(run("4"), PICTURE.format("inline"))[2] == "picture" and value(PICTURE.format("inline")) == ("", "", "picture")
    assert value(run("4"), PICTURE.format("anchor")) == ("4", "", "")
    assert value(run("行政许可"), PICTURE.format("inline")) == ("行政许可", "", "")


def test_digits_printed_from_right_to_left() -> None:
    assert value('<w:bdo w:val="rtl">' + run("12") + "</w:bdo>")[2] == "direction"
    assert value('<w:bdo w:val="ltr">' + run("12") + "</w:bdo>") == ("12", "", "")


def test_a_figure_behind_an_automatic_number() -> None:
    counted = lists(level(0, "decimal", "%1."), level(1, "bullet", "•"))
    properties = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    assert value(paragraph("6", properties=properties.format(0)), numbering=counted) == ("1.6", "", "numbered")
    assert value(paragraph("6", properties=properties.format(1)), numbering=counted) == ("6", "", "")

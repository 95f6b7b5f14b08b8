"""How runs look: what is raised, struck, hidden, white or tiny, by themselves and by every style above them; and what only seems so."""

from __future__ import annotations

import pytest

from tests.readers.docx.seen import document, lines, unread, value
from tests.readers.docx.word_files import cell, figure, paragraph, row, run, style, table

UP, STRIKE, HIDE = '<w:vertAlign w:val="superscript"/>', "<w:strike/>", "<w:vanish/>"
WHITE = '<w:color w:val="FFFFFF"/>'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def of(key: str) -> str:
    return f'<w:rStyle w:val="{key}"/>'


@pytest.mark.parametrize(
    ("raised", "styles"),
    [
        (UP, ""),
        ('<w:vertAlign w:val="subscript"/>', ""),
        ('<w:position w:val="8"/>', ""),
        ('<w:position w:val="-6"/>', ""),
        ('<w:position w:val="2"/><w:sz w:val="10"/>', ""),
        (of("u"), style("character", "u", UP)),
        (of("v"), style("character", "u", UP) + style("character", "v", "<w:b/>", based="u")),
    ],
)
def test_raised_and_lowered_runs_are_marks(raised: str, styles: str) -> None:
    assert value(run("6"), run("1", raised), styles=styles) == ("6", "1", "")


@pytest.mark.parametrize(
    "styles",
    [
        f"<w:docDefaults><w:rPrDefault><w:rPr>{UP}</w:rPr></w:rPrDefault></w:docDefaults>",
        style("paragraph", "p", UP).replace("w:styleId", 'w:default="1" w:styleId'),
    ],
)
def test_what_is_not_raised_where_all_is(styles: str) -> None:
    assert value(run("6", '<w:vertAlign w:val="baseline"/>'), run("1"), styles=styles) == ("6", "1", "")


def test_places_of_marks() -> None:
    body = paragraph("共", run("①", UP), "14", run("1", UP), run("2", UP), "件", "<w:r><w:br/></w:r>", "第二行", run("3", UP))
    first, second = document(body).blocks
    assert (first.text, [(mark.text, mark.start) for mark in first.marks]) == ("共14件", [("①", 1), ("12", 3)])
    assert (second.text, [(mark.text, mark.start) for mark in second.marks]) == ("第二行", [("3", 3)])


def test_a_mark_in_a_paragraph_of_its_own_and_one_alone() -> None:
    assert value(paragraph("6") + paragraph(run("注1", UP))) == ("6", "注1", "")
    assert value(run("6", UP)) == ("6", "", "raised")


@pytest.mark.parametrize(
    "content",
    [
        (run("1"), run("2", UP), run("4")),
        (run("−", UP), run("4")),
        (run("4"), run(".5", UP)),
        (run("4", '<w:position w:val="-8"/>'), run("12", '<w:position w:val="8"/>')),
        (run("4"), run("123", '<w:position w:val="8"/>')),
    ],
)
def test_marks_that_may_belong_to_the_figure(content: tuple[str, ...]) -> None:
    assert value(*content)[2] == "raised"


@pytest.mark.parametrize(
    "content",
    [
        (run("1"), run("5")),
        (run("1", "<w:b/>"), run("5", '<w:color w:val="FF0000"/><w:sz w:val="12"/>')),
        (run("15", '<w:position w:val="6"/>'),),
        (run("1", '<w:position w:val="-4"/>'), run("5", '<w:position w:val="-4"/>')),
        (run("1"), run("5", '<w:position w:val="1"/>')),
        (run("15", '<w:vertAlign w:val="baseline"/>'),),
        (run("15", '<w:strike w:val="0"/><w:dstrike w:val="false"/><w:vanish w:val="0"/>'),),
        (run("15", "<w:webHidden/>"),),
    ],
)
def test_what_only_seems_raised_struck_or_hidden(content: tuple[str, ...]) -> None:
    assert value(*content) == ("15", "", "") and not document(figure(*content)).observations


def test_square_metres_are_words() -> None:
    assert lines(paragraph("80m", run("2", UP), "，", run("注", UP), "共6件")) == ["80m²，共6件"]


@pytest.mark.parametrize(
    ("properties", "styles"),
    [(STRIKE, ""), ("<w:dstrike/>", ""), (of("s"), style("character", "s", STRIKE)), (of("s"), style("character", "s", "<w:dstrike/>"))],
)
def test_struck_runs_are_not_read_and_told(properties: str, styles: str) -> None:
    body = figure(run("17", properties), run("6"))
    assert document(body, styles=styles).blocks[1].text == "6" and unread(body, styles=styles) == {"struck": 1}


def test_nothing_but_struck_runs() -> None:
    assert value(run("17", STRIKE)) == ("", "", "struck")


def test_switches_of_styles_undo_each_other_and_runs_overrule_them() -> None:
    styles = style("paragraph", "p", STRIKE) + style("character", "c", STRIKE)
    body = paragraph(run("甲"), run("乙", of("c")), run("丙", '<w:strike w:val="0"/>'), style="p")
    assert lines(body, styles=styles) == ["乙丙"]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (HIDE, "hidden"),
        (WHITE, "white"),
        ('<w:color w:val="FAFAFA"/>', "white"),
        ('<w:color w:val="000000" w:themeColor="background1"/>', "white"),
        ('<w:color w:val="000000" w:themeColor="text1" w:themeTint="00"/>', "white"),
        ('<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>', "white"),
        ('<w:color w:val="0000FF"/><w:highlight w:val="blue"/>', "white"),
        ('<w:sz w:val="2"/>', "small"),
        ('<w:w w:val="1"/>', "small"),
        (f"<w14:textFill {W14}><w14:noFill/></w14:textFill>", "white"),
        (f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>', "white"),
    ],
)
def test_what_nobody_sees_is_not_read_and_told(properties: str, kind: str) -> None:
    body = figure(run("1", properties), run("6"))
    assert document(body).blocks[1].text == "6" and unread(body) == {kind: 1}


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="auto"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>',
        WHITE + '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>',
        WHITE + '<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>',
        WHITE + '<w:highlight w:val="black"/>',
        WHITE + "<w:outline/>",
        '<w:color w:val="FFFFFF" w:themeColor="text1"/>',
        '<w:color w:val="FFFFFF" w:themeColor="background1" w:themeShade="80"/>',
        '<w:color w:val="FFFF00"/>',
        '<w:color w:val="BFBFBF"/>',
        '<w:sz w:val="10"/>',
    ],
)
def test_what_can_be_seen_is_read(properties: str) -> None:
    assert value(run("6", properties)) == ("6", "", "") and unread(figure(run("6", properties))) == {}


def test_the_ground_of_paragraph_cell_and_table() -> None:
    dark, light = (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' for fill in ("203864", "F4F4F4"))
    assert value(paragraph(run("6", WHITE), properties=dark)) == ("6", "", "")
    assert value(run("6", WHITE), properties=dark) == ("6", "", "")
    assert value(run("6", WHITE), properties=light) == ("", "", "")
    assert value(run("6", WHITE), run("7"), styles=style("table", "t", more=f"<w:tcPr>{dark}</w:tcPr>")) == ("7", "", "")  # not its style


def test_a_row_of_a_table_in_a_style() -> None:
    head = f'<w:tblStylePr w:type="firstRow"><w:rPr>{WHITE}</w:rPr><w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr>'
    look = '<w:tblStyle w:val="t"/><w:tblLook w:val="0020"/>'
    body = table(row("头", "件数"), row("甲", "4")).replace("<w:tblPr/>", f"<w:tblPr>{look}</w:tblPr>")
    assert lines(body, styles=style("table", "t", more=head)) == ["头", "件数", "甲", "4"]
    pale = head.replace("4472C4", "FFFFFF")
    assert lines(body, styles=style("table", "t", more=pale)) == ["", "", "甲", "4"]


def test_hidden_paragraphs_rows_and_lines_without_height() -> None:
    hidden = style("paragraph", "h", HIDE)
    assert lines(paragraph("藏", style="h") + paragraph("见"), styles=hidden) == ["见"]
    mark = f"<w:rPr>{HIDE}</w:rPr>"
    assert lines(paragraph("前", properties=mark) + paragraph("后")) == ["前后"]
    gone = cell(content=paragraph(run("乙", HIDE), properties=mark))
    rows = row("甲", "1") + row(gone, gone) + row("丙", "3", properties="<w:hidden/>")
    low = row("丁", "4", properties='<w:trHeight w:val="2" w:hRule="exact"/>')
    body = table(rows + low + row("戊", "5"))
    assert lines(body) == ["甲", "1", "戊", "5"] and unread(body) == {"hidden": 3, "clipped": 1}
    flat = paragraph("藏", properties='<w:spacing w:line="20" w:lineRule="exact"/>') + paragraph("见")
    assert lines(flat) == ["见"] and unread(flat) == {"clipped": 1}


def test_stretches_are_counted_not_runs_and_spaces_are_nothing() -> None:
    body = paragraph(run("一", HIDE), run("二", HIDE), "中", run("三", HIDE), run(" ", HIDE)) + paragraph(run("\u3000", WHITE), "尾")
    assert unread(body) == {"hidden": 2}

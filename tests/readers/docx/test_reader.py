"""The docx reader: reading order, places, numbering, merges, tracked changes, and files that are broken on purpose."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from tests.readers.docx.word_files import cell, document, docx, level, lists, numbered, paragraph, row, run, table, zipped
from tests.support import BOUND
from validator.model import Document, Kind, UnreadableError
from validator.readers.docx.numerals import format_number
from validator.readers.docx.reader import read

_HEADINGS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="公文标题"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/></w:style>'
)


def one(data: bytes) -> Document:
    """The only document."""
    (found,) = read(data, "年报.docx")
    return found


def texts(body: str, **more: str) -> list[str]:
    """The text of each block."""
    return [block.text for block in one(docx(body, **more)).blocks]


def grid(*rows: str, widths: tuple[int, ...] = ()) -> list[tuple[str, int, int, int, int]]:
    """Each cell of a table: text, row, column, spans."""
    blocks = one(docx(table(*rows, widths=widths))).blocks
    return [(block.text, block.row, block.column, block.row_span, block.column_span) for block in blocks]  # type: ignore[misc]


def noticed(body: str) -> dict[str, list[tuple[int | None, object]]]:
    """Observations by code."""
    found: dict[str, list[tuple[int | None, object]]] = {}
    for item in one(docx(body)).observations:
        found.setdefault(item.code, []).append((item.line, item.detail.get("count", item.detail.get("program"))))
    return found


# ---------------------------------------------------------------------------------------------- order and places


def test_places_of_paragraphs_and_cells() -> None:
    body = paragraph("一、总体情况") + paragraph("") + table(row("规章", "0"), row("行政规范性文件", "")) + paragraph("尾")
    first, *cells, last = one(docx(body)).blocks
    assert (first.kind, first.line, first.paragraph, first.cell) == (Kind.LINE, 1, 1, None)
    assert [(c.text, c.line, c.paragraph, c.cell) for c in cells] == [
        ("规章", 2, 3, (1, 1, 1)),
        ("0", 3, 3, (1, 1, 2)),
        ("行政规范性文件", 4, 3, (1, 2, 1)),
        ("", 5, 3, (1, 2, 2)),
    ]
    assert all(c.kind is Kind.CELL and c.exact and c.table == 1 for c in cells)
    assert (last.text, last.line, last.paragraph, last.table) == ("尾", 6, 4, None)


def test_document_says_what_it_is() -> None:
    found = one(docx(paragraph("正文")))
    assert (found.path, found.format, found.published, found.observations) == ("年报.docx", "docx", None, ())


def test_lines_of_one_paragraph_are_blocks_of_their_own() -> None:
    blocks = one(docx(paragraph(run("第一行"), "<w:r><w:br/></w:r>", run("第二行")) + paragraph("下段"))).blocks
    assert [(b.text, b.line, b.paragraph) for b in blocks] == [("第一行", 1, 1), ("第二行", 2, 1), ("下段", 3, 2)]


def test_signs_within_text() -> None:
    body = paragraph(
        run("甲"), "<w:r><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>1</w:t></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "<w:r><w:t> 无空格 </w:t></w:r>",
        "<m:oMath><m:r><m:t>3+5=8</m:t></m:r></m:oMath>",
    )  # fmt: skip
    assert texts(body) == ["甲\t乙-1☑无空格3+5=8"]


def test_wrappers_are_read_through() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件段落')}{table(row('格', '1'))}</w:sdtContent></w:sdt>"
        + paragraph(
            f"<w:hyperlink>{run('链接')}</w:hyperlink>", f"<w:smartTag><w:smartTagPr/>{run('标记')}</w:smartTag>",
            f"<w:sdt><w:sdtContent>{run('行内控件')}</w:sdtContent></w:sdt>",
        )
    )  # fmt: skip
    assert texts(body) == ["控件段落", "格", "1", "链接标记行内控件"]


def test_rows_and_cells_in_content_controls() -> None:
    inner = f"<w:sdt><w:sdtContent>{row('甲', '<w:sdt><w:sdtContent>' + cell('2') + '</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"
    assert grid(inner, row("乙", "3")) == [("甲", 1, 1, 1, 1), ("2", 1, 2, 1, 1), ("乙", 2, 1, 1, 1), ("3", 2, 2, 1, 1)]


def test_fields_give_their_result_alone() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = paragraph(
        run("共"), mark("begin"), "<w:r><w:instrText> = SUM(ABOVE) </w:instrText></w:r>", mark("separate"), run("12"), mark("end"),
        run("件"),
        f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>',
    ) + paragraph(mark("begin"), run("码")) + paragraph("后文仍在")  # fmt: skip
    assert texts(body) == ["共12件3", "后文仍在"]


def test_hidden_text_is_left_out() -> None:
    styles = _HEADINGS + '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = paragraph(
        run("可见"), run("隐藏", "<w:vanish/>"), run("不隐藏", '<w:vanish w:val="0"/>'), run("样式隐藏", '<w:rStyle w:val="h"/>')
    )
    assert texts(body, styles=styles) == ["可见不隐藏"]


def test_headings_by_style_name_inheritance_and_outline() -> None:
    body = (
        paragraph("题目", style="t") + paragraph("一、总体情况", style="1") + paragraph("继承", style="x") + paragraph("二级", style="2")
        + paragraph("大纲", properties='<w:outlineLvl w:val="2"/>') + paragraph("正文", style="1", properties='<w:outlineLvl w:val="9"/>')
    )  # fmt: skip
    blocks = one(docx(body, styles=_HEADINGS)).blocks
    assert [(b.kind, b.level) for b in blocks] == [(Kind.HEADING, n) for n in (1, 1, 1, 2, 3)] + [(Kind.LINE, None)]


def test_table_of_contents_is_left_out() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('目录')}</w:sdtContent></w:sdt>"
    body = paragraph("一、总体情况\t1", style="c") + control + paragraph("正文")
    assert texts(body, styles=_HEADINGS) == ["正文"]


def test_text_boxes_once_and_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框中文字')}{table(row('甲', '1'))}</w:txbxContent>"
    twin = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('旧式框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    found = one(docx(paragraph(run("锚"), twin) + paragraph(old)))
    assert [(b.text, b.paragraph) for b in found.blocks] == [("锚", 1), ("框中文字", 1), ("甲", 1), ("1", 1), ("旧式框", 2)]
    assert not found.observations


def test_text_box_in_a_cell_belongs_to_the_cell() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('8')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert [item[0] for item in grid(row("总计", cell(content=paragraph(box))))] == ["总计", "8"]


def test_symbols_of_unknown_fonts_print_nothing() -> None:
    assert texts(paragraph(run("a"), '<w:r><w:sym w:font="Marlett" w:char="F061"/><w:sym w:font="x" w:char="zz"/></w:r>')) == ["a"]


def test_references_to_footnotes_are_noted() -> None:
    assert noticed(paragraph(run("文"), '<w:r><w:footnoteReference w:id="2"/></w:r>')) == {"footnotes": [(1, 1)]}


def test_pictures_and_attachments_are_noted_where_they_stand() -> None:
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    sheet = '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    formula = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    body = paragraph("三、收到和处理政府信息公开申请情况") + paragraph(picture) + paragraph("四") + paragraph(sheet) + paragraph(formula)
    assert noticed(body) == {"picture": [(1, None)], "attachment": [(2, "Excel.Sheet.12")]}


# ---------------------------------------------------------------------------------------------- tables


def test_merged_cells_keep_their_origin() -> None:
    rows = (
        row(cell("项目", across=2, down="restart"), cell("申请人", across=3)),
        row(cell(across=2, down="continue"), "自然人", cell("法人", across=2)),
        row(cell("予以公开", down="restart"), "甲", "1", "", "3"),
        row(cell(down="continue"), "乙", "4", "5", "6"),
    )
    assert grid(*rows) == [
        ("项目", 1, 1, 2, 2), ("申请人", 1, 3, 1, 3),
        ("自然人", 2, 3, 1, 1), ("法人", 2, 4, 1, 2),
        ("予以公开", 3, 1, 2, 1), ("甲", 3, 2, 1, 1), ("1", 3, 3, 1, 1), ("", 3, 4, 1, 1), ("3", 3, 5, 1, 1),
        ("乙", 4, 2, 1, 1), ("4", 4, 3, 1, 1), ("5", 4, 4, 1, 1), ("6", 4, 5, 1, 1),
    ]  # fmt: skip


def test_rows_that_begin_further_right() -> None:
    assert grid(row("a", "b", "c"), row("d", "e", properties='<w:gridBefore w:val="1"/>'))[3:] == [("d", 2, 2, 1, 1), ("e", 2, 3, 1, 1)]


def test_a_merge_without_origin_is_a_cell() -> None:
    assert grid(row(cell("孤", down="continue"), "1")) == [("孤", 1, 1, 1, 1), ("1", 1, 2, 1, 1)]


def test_older_sideways_merge() -> None:
    def wide(text: str, value: str) -> str:
        return f'<w:tc><w:tcPr><w:hMerge w:val="{value}"/></w:tcPr>{paragraph(text)}</w:tc>'

    assert grid(row(wide("头", "restart"), wide("", "continue"), "尾")) == [("头", 1, 1, 1, 2), ("尾", 1, 3, 1, 1)]


def test_columns_dragged_askew_stay_one_column() -> None:
    rows = (row("规章", cell("1", across=2), "2"), row(cell("文件", across=2), "3", "4"))
    assert grid(*rows, widths=(2000, 60, 1900, 2000)) == [
        ("规章", 1, 1, 1, 1), ("1", 1, 2, 1, 1), ("2", 1, 3, 1, 1), ("文件", 2, 1, 1, 1), ("3", 2, 2, 1, 1), ("4", 2, 3, 1, 1),
    ]  # fmt: skip


def test_narrow_columns_with_cells_of_their_own_stay() -> None:
    assert [item[2] for item in grid(row("a", "b", "c"), row("d", "e", "f"), widths=(2000, 100, 100))] == [1, 2, 3, 1, 2, 3]


def test_paragraphs_of_a_cell_are_lines() -> None:
    assert grid(row(cell("法律服\n务机构"), cell("\n12\n")))[0][0] == "法律服\n务机构"
    assert grid(row(cell("法律服\n务机构"), cell("\n12\n")))[1][0] == "12"


def test_neighbouring_tables_stay_two() -> None:
    blocks = one(docx(table(row("a", "1")) + paragraph("") + table(row("b", "2")))).blocks
    assert [(b.text, b.table, b.paragraph) for b in blocks] == [("a", 1, 1), ("1", 1, 1), ("b", 2, 3), ("2", 2, 3)]


def test_a_box_around_the_report_is_no_table() -> None:
    inner = table(row("规章", "7"))
    blocks = one(docx(table(row(cell(content=paragraph("一、总体情况") + inner + paragraph("二、")))))).blocks
    assert [(b.text, b.kind, b.table, b.cell) for b in blocks] == [
        ("一、总体情况", Kind.LINE, None, (1, 1, 1)),
        ("规章", Kind.CELL, 2, (2, 1, 1)),
        ("7", Kind.CELL, 2, (2, 1, 2)),
        ("二、", Kind.LINE, None, (1, 1, 1)),
    ]


def test_a_frame_in_a_cell_belongs_to_the_cell() -> None:
    assert [item[0] for item in grid(row("总计", cell(content=table(row("8")) + paragraph(""))))] == ["总计", "8"]


# ---------------------------------------------------------------------------------------------- numbering


def test_numbers_of_headings_and_levels() -> None:
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "chineseCountingThousand", "（%2）"), level(2, "decimal", "%3."))
    body = "".join(numbered(text, 1, depth) for text, depth in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1), ("己", 2)))
    assert texts(body, numbering=numbering) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "1.己"]


def test_numbers_by_style_and_none_by_zero() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="heading {0}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = lists(
        level(0, "japaneseCounting", "%1、", more='<w:pStyle w:val="1"/>'),
        level(1, "decimal", "%1.%2", more='<w:isLgl/><w:pStyle w:val="2"/>'),
    )
    without = paragraph("无号", style="1", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = paragraph("甲", style="1") + paragraph("乙", style="2") + without + paragraph("丙", style="1")
    assert texts(body, styles=style.format(1) + style.format(2), numbering=numbering) == ["一、甲", "1.1乙", "无号", "二、丙"]


def test_starts_restarts_and_lists_that_go_on() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    more = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>{again}</w:num>'
    numbering = lists(level(0, "decimal", "%1、", start=3), more=more)
    body = "".join(numbered("", which) for which in (1, 1, 2, 3, 3))
    assert texts(body, numbering=numbering) == ["3、", "4、", "5、", "1、", "2、"]


def test_levels_that_do_not_restart() -> None:
    numbering = lists(level(0, "decimal", "%1、"), level(1, "decimal", "(%2)", more='<w:lvlRestart w:val="0"/>'))
    body = "".join(numbered("", 1, depth) for depth in (0, 1, 0, 1))
    assert texts(body, numbering=numbering) == ["1、", "(1)", "2、", "(2)"]


def test_bullets_have_no_words_and_tabs_print_as_space() -> None:
    second = '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    numbering = lists(level(0, "bullet", "\uf0b7"), second)
    assert texts(numbered("点", 1, 0) + numbered("项", 1, 1), numbering=numbering) == ["点", "1. 项"]


@pytest.mark.parametrize(
    ("value", "format", "expected"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"), (105, "japaneseCounting", "一百零五"),
        (20, "taiwaneseCounting", "二十"),
        (110, "chineseCounting", "一百一十"), (10, "ideographDigital", "一〇"), (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircleChinese", "㉑"), (60, "decimalEnclosedCircle", "60"),
        (2, "decimalEnclosedParen", "⑵"), (3, "decimalEnclosedFullstop", "⒊"), (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２"),
        (1, "ideographTraditional", "甲"), (12, "ideographZodiac", "亥"), (4, "lowerRoman", "iv"), (9, "upperRoman", "IX"),
        (28, "lowerLetter", "bb"),
        (5, "madeUp", "5"), (0, "chineseCounting", "0"), (12_003, "chineseCounting", "一万二千零三"),
    ],
)  # fmt: skip
def test_formats_of_numbers(value: int, format: str, expected: str) -> None:
    assert format_number(value, format) == expected


# ---------------------------------------------------------------------------------------------- changes and comments


def test_tracked_changes_are_read_as_accepted() -> None:
    body = paragraph("首段") + paragraph(
        run("收到"), f'<w:ins w:id="1" w:author="a">{run("新")}</w:ins>',
        '<w:del w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        run("申请"), run("件", '<w:rPrChange w:id="3" w:author="a"><w:rPr/></w:rPrChange>'),
    )  # fmt: skip
    assert texts(body) == ["首段", "收到新申请件"]
    assert noticed(body) == {"tracked-changes": [(2, 3)]}


def test_moved_text_is_read_once() -> None:
    body = paragraph(f'<w:moveFrom w:id="1" w:author="a">{run("移动")}</w:moveFrom>', "前") + paragraph(
        f'<w:moveTo w:id="2" w:author="a">{run("移动")}</w:moveTo>', "后"
    )
    assert texts(body) == ["前", "移动后"]
    assert noticed(body)["tracked-changes"] == [(1, 1)]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = paragraph("前半", properties='<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>') + paragraph("后半") + paragraph("下段")
    assert texts(body) == ["前半后半", "下段"]
    assert noticed(body)["tracked-changes"] == [(1, 1)]


def test_deleted_rows_are_gone() -> None:
    body = table(row("甲", "1"), row("乙", "2", properties='<w:del w:id="1" w:author="a"/>'), row("丙", "3"))
    blocks = one(docx(body)).blocks
    assert [(b.text, b.row) for b in blocks] == [("甲", 1), ("1", 1), ("丙", 2), ("3", 2)]


def test_comments_are_counted() -> None:
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'
    body = paragraph("一") + paragraph("二", mark) + paragraph(mark)
    assert noticed(body) == {"comments": [(2, 2)]}


def test_a_document_without_changes_says_nothing() -> None:
    assert noticed(paragraph("插入 ins del 修订") + table(row("a", "b"))) == {}


# ---------------------------------------------------------------------------------------------- other writings of the format


def test_strict_namespace() -> None:
    text = document(paragraph("一、") + table(row("a", "1"))).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert [block.text for block in one(docx("", main=text)).blocks] == ["一、", "a", "1"]


def test_another_prefix_utf16_and_another_part_name() -> None:
    text = document(paragraph("一、总体情况")).replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace("xmlns:w=", "xmlns:ns0=")
    assert [block.text for block in one(docx("", main=text.replace("UTF-8", "UTF-16").encode("utf-16"))).blocks] == ["一、总体情况"]
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Target="/word/document2.xml" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/></Relationships>'
    )
    assert [b.text for b in one(zipped({"_rels/.rels": rels, "word/document2.xml": document(paragraph("正文"))})).blocks] == ["正文"]


# ---------------------------------------------------------------------------------------------- bad input


def reason(data: bytes) -> str:
    """Why it cannot be read, found out soon."""
    began = time.perf_counter()
    with pytest.raises(UnreadableError) as caught:
        read(data, "坏.docx")
    assert time.perf_counter() - began < BOUND
    return caught.value.reason


def test_empty_and_pictures_alone() -> None:
    assert reason(docx("")) == "empty"
    assert reason(docx(paragraph("  "))) == "empty"
    assert reason(docx(paragraph("<w:r><w:drawing><pic:pic/></w:drawing></w:r>"))) == "no-text-layer"
    assert reason(docx('<w:altChunk r:id="a"/>')) == "no-own-text"


def test_truncated_at_every_length() -> None:
    whole = docx(paragraph("一、总体情况") * 50)
    for length in range(0, len(whole), 97):
        assert reason(whole[:length]) == "damaged"


def test_broken_parts() -> None:
    assert reason(docx("", main="<w:document")) == "damaged"
    assert reason(docx("", main="")) == "damaged"
    assert reason(docx("", main="<a/>")) == "damaged"
    assert reason(zipped({"word/other.xml": "<a/>"})) == "damaged"
    assert reason(b"PK\x03\x04" + b"\0" * 100) == "damaged"


def test_damaged_styles_and_lists_cost_only_headings_and_numbers() -> None:
    assert texts(paragraph("正文", style="1") + numbered("项"), styles="<broken", numbering="<broken") == ["正文", "项"]


def test_a_part_that_unpacks_to_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = docx("", main=b"<a>" + b" " * (70 * 2**20))
    assert len(bomb) < 200_000
    assert reason(bomb) == "too-large"


def test_a_part_larger_than_it_says() -> None:
    data = bytearray(docx("", main=b"<a>" + b" " * (70 * 2**20)))
    size = (70 * 2**20 + 3).to_bytes(4, "little")
    while size in data:
        at = data.index(size)
        data[at : at + 4] = (5000).to_bytes(4, "little")
    assert reason(bytes(data)) in ("damaged", "too-large")


def test_a_million_paragraphs() -> None:
    assert reason(docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000)) == "too-many-blocks"


def test_too_many_cells() -> None:
    (document,) = read(docx("<w:tbl>" + "<w:tr>" + "<w:tc/>" * 60_000 + "</w:tr></w:tbl>"), "a.docx")
    assert len(document.blocks) == 50_000 and [item.detail["bound"] for item in document.observations] == ["cells"]


def test_attributes_without_end() -> None:
    assert reason(docx("<w:p " + " ".join(f'a{n}=""' for n in range(1_300_000)) + "/>")) == "too-many-blocks"


def test_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    laughs = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{laughs}]>'
    outside = f'<!DOCTYPE x [<!ENTITY e9 SYSTEM "{secret.as_uri()}">]>'
    for head in (bomb, outside, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'):
        text = document(paragraph("&e9;")).replace("?>", "?>" + head, 1)
        assert reason(docx("", main=text)) == "damaged"
        assert reason(docx("", main=text.replace("UTF-8", "UTF-16").encode("utf-16"))) == "damaged"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    data = zipped(
        {
            "_rels/.rels": '<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": document(paragraph("正文")),
            "word/_rels/document.xml.rels": '<Relationships><Relationship Type="x/styles" TargetMode="External" Target="http://a.example/s.xml"/></Relationships>',
        }
    )
    assert [block.text for block in one(data).blocks] == ["正文"]


def test_deep_nesting() -> None:
    deep = paragraph("底")
    for _ in range(3000):
        deep = f"<w:sdt><w:sdtContent>{deep}</w:sdtContent></w:sdt>"
    assert reason(docx(deep)) == "too-deep"
    nested = paragraph("底")
    for _ in range(70):
        nested = table(row(cell(content=nested), "x"))
    assert reason(docx(nested)) == "too-deep"


def test_styles_that_go_in_circles() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="n{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("p", "q"), ("q", "p"))
    )
    assert texts(paragraph("正文", style="p"), styles=styles) == ["正文"]


def test_numbers_beyond_reason() -> None:
    numbering = lists(level(0, "chineseCounting", "%1、", start=999_999_999), level(1, "lowerLetter", "%2", start=-5))
    assert texts(numbered("甲") + numbered("乙", 1, 1) + numbered("丙", 1, 99), numbering=numbering) == ["999999999、甲", "-5乙", "丙"]
    assert grid(row(cell("宽", across=999_999_999), "x"))[1][2] == 1001

"""Marks in a docx stand around the very words, whatever the words stand in; nothing else of the text changes."""

from __future__ import annotations

import pytest

from tests.readers.docx.word_files import cell, document, docx, level, lists, numbered, paragraph, row, run, table
from tests.reporters.docx.word_comments import STRICT, W, bare, under, without_marks
from validator.readers.docx.origins import trace_origins
from validator.readers.docx.package import unpack
from validator.readers.docx.reader import read
from validator.reporters.docx.anchors import Anchor, Anchors
from validator.reporters.docx.links import namespaces
from validator.reporters.docx.marks import insert_marks
from validator.reporters.docx.source import Source

_BOX = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('框中文字')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
_TWIN = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{paragraph("新式框")}</w:txbxContent>'
    f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('新式框')}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_RUBY = f"<w:r><w:ruby><w:rt>{run('zhù')}</w:rt><w:rubyBase>{run('注')}</w:rubyBase></w:ruby></w:r>"


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


#: What is inside of a body → a name for it.
BODIES = {
    "runs": paragraph(run("收到", "<w:b/>"), run("申请"), run("12件", '<w:sz w:val="32"/>')),
    "one run": paragraph("一、总体情况，共收到申请12件。"),
    "escapes": paragraph("甲&amp;乙&lt;丙&gt;“丁”𠮷字"),
    "comment inside": paragraph("<w:r><w:t>前<!-- 旁注 -->后文</w:t></w:r>"),
    "spaces lost": paragraph("<w:r><w:t> 前 后 文 </w:t></w:r>", "<w:r><w:t>\n接 着\n</w:t></w:r>"),
    "signs": paragraph("<w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t><w:tab/><w:t>乙丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r>"),
    "lines": paragraph("<w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:br/><w:br/><w:t>第三行</w:t></w:r>"),
    "page break": paragraph("<w:r><w:rPr><w:b/></w:rPr><w:lastRenderedPageBreak/><w:t>甲乙</w:t></w:r>"),
    "changes": paragraph(
        run("收到"), f'<w:ins w:id="1" w:author="a">{run("新的")}</w:ins>',
        '<w:del w:id="2" w:author="a"><w:r><w:delText>旧的</w:delText></w:r></w:del>', run("申请"),
    ),
    "moves": paragraph(f'<w:moveFrom w:id="1" w:author="a">{run("移动")}</w:moveFrom>', "前")
    + paragraph(f'<w:moveTo w:id="2" w:author="a">{run("移动")}</w:moveTo>', "后"),
    "joined": paragraph("前半", properties='<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>') + paragraph("后半") + paragraph("下段"),
    "hidden": paragraph("看得见", run("看不见", "<w:vanish/>"), "又看得见"),
    "link": paragraph("见", f'<w:hyperlink w:anchor="x">{run("网站上")}{run("链接")}</w:hyperlink>', "。"),
    "smart tag": paragraph("在", f'<w:smartTag w:element="place"><w:smartTagPr/>{run("青石镇")}</w:smartTag>', "办理"),
    "rich control": paragraph("填", f"<w:sdt><w:sdtPr/><w:sdtContent>{run('行内')}{run('控件')}</w:sdtContent></w:sdt>", "完"),
    "fields": paragraph(
        "共", _field("begin"), "<w:r><w:instrText>=1</w:instrText></w:r>", _field("separate"), run("12"), _field("end"), run("件"),
    ),
    "block control": f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件段落')}{table(row('格子', '1'))}</w:sdtContent></w:sdt>",
    "table": table(
        row(cell("合并", down="restart"), cell("甲\n乙"), "1"), row(cell(down="continue"), cell("横跨", across=2)), row("尾", "", "0")
    ),
    "layout": table(row(cell(content=paragraph("一、总体情况") + table(row("规章", "7")) + paragraph("二、")))),
    "frame": table(row("总计", cell(content=table(row("8")) + paragraph("")))),
    "lone paragraphs": paragraph("有字") + "<w:p/>" + '<w:p w:rsidR="00A1"/>' + table(row("甲", cell(content="<w:p/>"))),
    "numbers": numbered("总体情况") + numbered("主动公开"),
    "prefix": f"<w:p>{run('正文一句话')}</w:p>",
}  # fmt: skip
_NUMBERING = lists(level(0, "chineseCounting", "%1、"))
#: The words are inside something that takes no marks: what holds them is marked, and the note says so.
ASIDE = {
    "box": (paragraph("锚字", _BOX), "框中文字", True),
    "twin box": (paragraph("锚字", _TWIN), "新式框", True),
    "box in a cell": (table(row("总计", cell(content=paragraph("乙", _BOX)))), "框中文字", True),
    "control to fill in": (
        paragraph("填", f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('行内')}</w:sdtContent></w:sdt>", "完"), "行内", False,
    ),
    "simple field": (paragraph("共", f'<w:fldSimple w:instr="PAGE">{run("37")}</w:fldSimple>', "页"), "37", False),
    "ruby": (paragraph("前", _RUBY, "后"), "注", False),
    "formula": (paragraph("前", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "后"), "x=1", False),
}  # fmt: skip


def _stretches(text: str) -> list[tuple[int, int]]:
    """Every stretch of a text that begins and ends with something to be seen; of a long one those near its ends."""
    size = len(text)
    ends = [at for at in range(size) if at < 8 or at > size - 8]
    found = [(start, end + 1 - start) for start in ends for end in ends if end >= start]
    return [(0, 0), *((start, length) for start, length in found if text[start].strip() and text[start + length - 1].strip())]


def _all_marked(data: bytes) -> tuple[bytes, list[tuple[str, Anchor]]]:
    """The text with every stretch of every block marked, all at once; what each should stand around."""
    package = unpack(data)
    source = Source(package.text, package.body.getroottree().getroot())
    origins = trace_origins(package)
    anchors = Anchors(package, source, origins)
    wanted = [
        (origin.block.text[start : start + length] if length else origin.block.text, anchors.at(line, start, length))
        for line, origin in origins.items()
        for start, length in _stretches(origin.block.text)
    ]
    placed = {number: anchor for number, (_, anchor) in enumerate(wanted)}
    return insert_marks(source, placed, namespaces(package.text).words), wanted


def _with(main: bytes) -> bytes:
    return docx("", main=main, numbering=_NUMBERING)


def _files(body: str) -> dict[str, bytes]:
    """The body written as usual, in Strict, with another prefix, in UTF-16."""
    usual = document(body)
    other = usual.replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace(" w:", " ns0:").replace("xmlns:w=", "xmlns:ns0=")
    return {
        "usual": _with(usual.encode()),
        "strict": _with(usual.replace(W[1:-1], STRICT).encode()),
        "other prefix": _with(other.encode()),
        "utf-16": _with(usual.replace("UTF-8", "UTF-16").encode("utf-16")),
    }


@pytest.mark.parametrize("writing", ["usual", "strict", "other prefix", "utf-16"])
@pytest.mark.parametrize("name", BODIES)
def test_marks_stand_around_the_very_words(name: str, writing: str) -> None:
    data = _files(BODIES[name])[writing]
    text, wanted = _all_marked(data)
    found = under(text)
    assert len(found) == len(wanted) > 0
    for number, (words, anchor) in enumerate(wanted):
        if name == "numbers":  # Word makes the number itself, and there is nothing of it to mark
            assert bare(found[number]) in ("总体情况", "主动公开") if words in "一、二、" else words.endswith(found[number])
            continue
        assert (bare(found[number]), anchor.aside) == (bare(words), "")
    assert read(_with(text), "x.docx")[0].blocks == read(data, "x.docx")[0].blocks


@pytest.mark.parametrize("name", BODIES)
def test_where_no_mark_stands_inside_a_run_every_byte_stays(name: str) -> None:
    data = _files(BODIES[name])["usual"]
    package = unpack(data)
    source = Source(package.text, package.body.getroottree().getroot())
    origins = trace_origins(package)
    anchors = Anchors(package, source, origins)
    text = insert_marks(source, {number: anchors.at(line) for number, line in enumerate(origins)}, W[1:-1])
    plain = without_marks(text)
    if name not in ("lone paragraphs", "lines"):  # <w:p/> must be opened, and a run of several lines divided
        assert plain == package.text
    assert len(under(text)) == len(origins)


@pytest.mark.parametrize("name", ASIDE)
def test_what_takes_no_marks_inside_is_marked_whole(name: str) -> None:
    body, whole, aside = ASIDE[name]
    data = docx(body)
    text, wanted = _all_marked(data)
    found = under(text)
    for number, (words, anchor) in enumerate(wanted):
        there = bare(found[number])
        assert bare(words) in there and len(there) - len(bare(words)) < 2 * len(whole) + 2
        assert anchor.aside == ("box" if aside and anchor.start.text is None and words[0] in whole else "")
    assert read(docx("", main=text), "x.docx")[0].blocks == read(data, "x.docx")[0].blocks


def test_a_divided_run_keeps_its_look_and_its_attributes() -> None:
    text = '<w:p><w:r w:rsidR="00AB"><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t>收到 12 件</w:t></w:r></w:p>'
    package = unpack(docx(text))
    source = Source(package.text, package.body.getroottree().getroot())
    anchor = Anchors(package, source, trace_origins(package)).at(1, 3, 2)
    out = insert_marks(source, {7: anchor}, W[1:-1]).decode()
    look = '<w:r w:rsidR="00AB"><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t xml:space="preserve">'
    assert f'{look}收到 </w:t></w:r><w:commentRangeStart w:id="7"/>{look}12</w:t></w:r><w:commentRangeEnd w:id="7"/>' in out
    assert f'<w:r><w:commentReference w:id="7"/></w:r>{look} 件</w:t></w:r></w:p>' in out


def test_words_that_go_on_in_the_next_paragraph() -> None:
    package = unpack(docx(paragraph("前文收到") + paragraph("申请后文")))
    source = Source(package.text, package.body.getroottree().getroot())
    anchor = Anchors(package, source, trace_origins(package)).at(1, 2, 4)
    assert under(insert_marks(source, {0: anchor}, W[1:-1])) == {0: "收到申请"}


def test_a_place_that_no_paragraph_holds_is_marked_near() -> None:
    """A whole paragraph in alternative contents: no comment may stand there."""
    twice = f'<mc:AlternateContent><mc:Choice Requires="wps">{paragraph("替换段落")}</mc:Choice></mc:AlternateContent>'
    package = unpack(docx(paragraph("前一段") + twice))
    source = Source(package.text, package.body.getroottree().getroot())
    anchor = Anchors(package, source, trace_origins(package)).at(2)
    assert anchor.aside == "near" and under(insert_marks(source, {0: anchor}, W[1:-1])) == {0: "前一段"}

"""Notes, page headers and footers, and parts of other formats: read where they belong, told where they cannot be."""

from __future__ import annotations

import io
import zipfile

from tests.readers.docx.word_files import W, docx, figure, paragraph, run, shape, zipped
from validator.model import Document, Kind
from validator.readers.docx.package import unpack
from validator.readers.docx.reader import read

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def packed(body: str, parts: dict[str, str | bytes], **linked: tuple[str, str]) -> Document:
    """A docx with further parts, and what its text is linked with: id → kind, target."""
    with zipfile.ZipFile(io.BytesIO(docx(body))) as source:
        files: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
    more = "".join(f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{to}"/>' for key, (kind, to) in linked.items())
    links = files["word/_rels/document.xml.rels"]
    assert isinstance(links, bytes)
    files["word/_rels/document.xml.rels"] = links.decode().replace("</Relationships>", more + "</Relationships>")
    (found,) = read(zipped(files | parts), "年报.docx")
    return found


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def notes(*items: str) -> str:
    inner = "".join(f'<w:footnote w:id="{number}">{item}</w:footnote>' for number, item in enumerate(items, 2))
    return f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{paragraph("——")}</w:footnote>{inner}</w:footnotes>'


def header(content: str, name: str = "hdr") -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:{name}>'


def section(*references: str) -> str:
    return f"<w:sectPr>{''.join(references)}</w:sectPr>"


def test_notes_stand_behind_what_refers_to_them() -> None:
    body = paragraph("甲", REFERENCE.format(2), "文") + figure(run("6"), REFERENCE.format(3)) + paragraph("尾")
    found = packed(body, {"word/footnotes.xml": notes(paragraph("注一"), paragraph("注二"))}, f=("footnotes", "footnotes.xml"))
    assert texts(found) == ["甲文", "注一", "行政许可", "6", "注二", "尾"]
    assert [[(mark.text, mark.start) for mark in block.marks] for block in found.blocks[::3]] == [[("1", 1)], [("2", 1)]]
    assert [(item.code, item.detail["count"]) for item in found.observations] == [("footnotes", 2)]


def test_notes_that_are_not_there_are_only_noted() -> None:
    found = packed(paragraph("文", REFERENCE.format(9)), {})
    assert texts(found) == ["文"] and [item.code for item in found.observations] == ["footnotes"]


def test_a_header_that_says_more_than_the_text_stands_before_it() -> None:
    reference = '<w:headerReference xmlns:r="{}" w:type="{}" r:id="{}"/>'
    body = paragraph("一、总体情况") + section(reference.format(_LINKS, "default", "h"), reference.format(_LINKS, "even", "e"))
    parts: dict[str, str | bytes] = {
        "word/h.xml": header(paragraph("某某局年度报告") + paragraph("一、总体情况") + paragraph("— 1 —")),
        "word/e.xml": header(paragraph("偶数页的页眉")),
    }
    found = packed(body, parts, h=("header", "h.xml"), e=("header", "e.xml"))
    assert [(block.text, block.kind, block.level) for block in found.blocks] == [
        ("某某局年度报告", Kind.HEADING, 0),
        ("一、总体情况", Kind.LINE, None),
    ]


def test_a_watermark_in_a_header_is_no_title() -> None:
    reference = f'<w:headerReference xmlns:r="{_LINKS}" w:type="default" r:id="h"/>'
    art = shape('<v:textpath string="内部资料某某局"/>', "position:absolute;rotation:315")
    found = packed(paragraph("文") + section(reference), {"word/h.xml": header(paragraph(art))}, h=("header", "h.xml"))
    assert texts(found) == ["文"]


def test_a_footer_that_may_be_a_contact_stands_behind() -> None:
    reference = f'<w:footerReference xmlns:r="{_LINKS}" w:type="default" r:id="f"/>'
    footer = header(paragraph("办公地址：某某县建设路1号") + paragraph("电话：0558-6000000") + paragraph("第1页 共12页"), "ftr")
    found = packed(paragraph("文") + section(reference), {"word/f.xml": footer}, f=("footer", "f.xml"))
    assert texts(found) == ["文", "办公地址：某某县建设路1号", "电话：0558-6000000"]
    other = packed(
        paragraph("文") + section(reference), {"word/f.xml": header(paragraph("某某局办公室印发"), "ftr")}, f=("footer", "f.xml")
    )
    assert texts(other) == ["文"]


def chunk(key: str = "c") -> str:
    return f'<w:altChunk xmlns:r="{_LINKS}" r:id="{key}"/>'


def test_parts_of_other_formats_are_read_in_their_place() -> None:
    page = "<html><body><p>网页一段</p><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table></body></html>"
    body = paragraph("前") + figure("3") + chunk() + figure("4") + paragraph("后")
    found = packed(body, {"word/c.htm": page}, c=("aFChunk", "c.htm"))
    assert texts(found) == ["前", "行政许可", "3", "网页一段", "甲", "1", "乙", "2", "行政许可", "4", "后"]
    assert [block.table for block in found.blocks if block.kind is Kind.CELL] == [1, 1, 2, 2, 2, 2, 3, 3]
    assert [block.line for block in found.blocks] == list(range(1, 12))
    inner = packed(paragraph("前") + chunk(), {"word/c.docx": docx(paragraph("另一文件"))}, c=("aFChunk", "/word/c.docx"))
    assert texts(inner) == ["前", "另一文件"]


def test_parts_that_cannot_be_read_are_told() -> None:
    for parts in ({}, {"word/c.bin": b"\x00\x01\x02"}, {"word/c.bin": b"PK\x03\x04"}):
        found = packed(paragraph("前") + chunk() + paragraph("后"), dict(parts), c=("aFChunk", "c.bin"))
        assert texts(found) == ["前", "后"]
        assert [(item.code, item.line) for item in found.observations] == [("attachment", 1), ("body-elsewhere", 1)]


def test_parts_in_parts_in_parts_end() -> None:
    data = docx(paragraph("最里"))
    for _ in range(5):
        with zipfile.ZipFile(io.BytesIO(docx(paragraph("外") + chunk()))) as source:
            files: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
        link = f'<Relationship Id="c" Type="{_LINKS}/aFChunk" Target="c.docx"/></Relationships>'
        files["word/_rels/document.xml.rels"] = str(files["word/_rels/document.xml.rels"], "utf-8").replace("</Relationships>", link)  # type: ignore[arg-type]
        data = zipped(files | {"word/c.docx": data})
    (found,) = read(data, "年报.docx")
    assert texts(found) == ["外", "外", "外"] and "body-elsewhere" in [item.code for item in found.observations]


def test_links_out_of_the_file_lead_nowhere() -> None:
    package = unpack(docx(paragraph("文")))
    assert package.linked("none") is None and package.root("theme") is None and package.part("../../etc/passwd") is None


def test_documents_of_a_master_document_are_told() -> None:
    found = packed(paragraph("前") + chunk().replace("altChunk", "subDoc"), {}, c=("subDocument", "part2.docx"))
    assert texts(found) == ["前"] and [item.code for item in found.observations] == ["attachment", "body-elsewhere"]

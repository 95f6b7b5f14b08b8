"""Word files in which what is printed and what stands in the markup differ, by kind; beside each kind what must stay as it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from tests.readers.docx.word_files import cell, paragraph, run

from .cells import written
from .judge import ANY, UNREAD, Expected

LICENSES, EFFECTIVE = "disclosure.licensing.decisions", "disclosure.normative_documents.effective"
NOTE, UNREADABLE, HIDDEN, WORDS = "table.figure-with-note", "table.unreadable", "input.hidden-text", "table.not-a-number"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, kw_only=True)
class Case:
    """`contents`: figure → markup put in its cell; `edit` changes the whole document.xml; `parts` are further parts of the package and
    `links` what the text is linked with: id → kind, target."""

    kind: str
    name: str
    expected: Expected
    contents: Mapping[str, str] = field(default_factory=dict)
    styles: str = ""
    edit: Callable[[str], str] | None = None
    parts: Mapping[str, str | bytes] = field(default_factory=dict)
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""

        def edit(xml: str) -> str:
            for name, (token, text) in _PLACES.items():
                content = self.contents.get(name, run(text))
                xml = re.sub(
                    _PARAGRAPH if content.startswith("<w:p") else _RUN,
                    lambda found, content=content: content,
                    xml.replace(token, _TOKEN),
                    count=1,
                )
            return self.edit(xml) if self.edit else xml

        return packed(_base(), edit, self.styles, self.parts, self.links)


_TOKEN = "ZK0ZK"
#: Figures whose cells the cases fill, what stands for each until then, and what the sound report prints there.
_PLACES = {LICENSES: ("ZK1ZK", "4"), EFFECTIVE: ("ZK2ZK", "15")}
_RUN = re.compile(r"<w:r>(?:(?!</w:r>).)*?ZK0ZK.*?</w:r>", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p>(?:(?!</w:p>).)*?ZK0ZK.*?</w:p>", re.DOTALL)


@cache
def _base() -> bytes:
    """The sound report with a token in each cell that a case may fill."""
    return written("docx", {name: token for name, (token, _) in _PLACES.items()})[1]


def packed(
    data: bytes,
    edit: Callable[[str], str] | None,
    styles: str,
    parts: Mapping[str, str | bytes],
    links: Mapping[str, tuple[str, str]],
) -> bytes:
    """A docx with its text changed, styles added, parts and links put in."""
    linked = "".join(f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{to}"/>' for key, (kind, to) in links.items())
    more = {
        "word/document.xml": lambda xml: edit(xml) if edit else xml,
        "word/styles.xml": lambda xml: xml.replace("</w:styles>", styles + "</w:styles>"),
        "word/_rels/document.xml.rels": lambda xml: xml.replace("</Relationships>", linked + "</Relationships>"),
        "word/settings.xml": lambda xml: xml,
    }
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in source.infolist():
            part = source.read(entry)
            change = more.get(entry.filename)
            package.writestr(entry.filename, change(part.decode()) if change else part)
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def _style(kind: str, key: str, run_properties: str, *, based: str = "", more: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{base}<w:rPr>{run_properties}</w:rPr>{more}</w:style>'


def _of(style: str) -> str:
    return f'<w:rStyle w:val="{style}"/>'


_UP = '<w:vertAlign w:val="superscript"/>'
_MARK = Expected(says=(NOTE,))
_UNREAD_4 = Expected(figures={LICENSES: UNREAD}, says=(UNREADABLE,))
_SAME = Expected(status="clean")


def _math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def _letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def _char(step: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{step}">{inner}</w:fldChar></w:r>'


def _code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


def _field(code: str, result: str | None, data: str = "") -> str:
    shown = "" if result is None else _char("separate") + (run(result) if result else "")
    return _char("begin", f"<w:ffData>{data}</w:ffData>" if data else "") + _code(code) + shown + _char("end")


_RAISED = [
    ("direct", run("4") + run("1", _UP), ""),
    ("a circled digit", run("4") + run("①", _UP), ""),
    ("lowered", run("4") + run("2", '<w:vertAlign w:val="subscript"/>'), ""),
    ("an asterisk before it", run("*", _UP) + run("4"), ""),
    ("a character style", run("4") + run("1", _of("脚注")), _style("character", "脚注", _UP)),
    ("a style based on it", run("4") + run("3", _of("b")), _style("character", "a9", _UP) + _style("character", "b", "<w:b/>", based="a9")),
    ("by position", run("4", '<w:sz w:val="24"/>') + run("1", '<w:position w:val="8"/><w:sz w:val="24"/>'), ""),
    ("by position, lowered", run("4") + run("1", '<w:position w:val="-6"/>'), ""),
    ("by position in a style", run("4") + run("1", _of("up")), _style("character", "up", '<w:position w:val="6"/>')),
    ("a table of contents' hyperlink", run("4") + f'<w:hyperlink w:anchor="n1">{run("1", _UP)}</w:hyperlink>', ""),
    (
        "a footnote's own mark",
        run("4") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="7"/><w:t>1</w:t></w:r>',
        "",
    ),
    (
        "an endnote's own mark in the next run",
        run("4") + '<w:r><w:endnoteReference w:customMarkFollows="1" w:id="7"/></w:r>' + run("①"),
        "",
    ),
    ("a footnote's number", run("4") + '<w:r><w:footnoteReference w:id="2"/></w:r>', ""),
    (
        "ruby",
        "<w:r><w:ruby><w:rubyPr/><w:rt>" + run("3") + "</w:rt><w:rubyBase>" + run("4") + "</w:rubyBase></w:ruby></w:r>",
        "",
    ),
]
_POWERS = [
    ("sup", _math(f"<m:sSup><m:e>{_letters('4')}</m:e><m:sup>{_letters('1')}</m:sup></m:sSup>")),
    ("sub", _math(f"<m:sSub><m:e>{_letters('4')}</m:e><m:sub>{_letters('1')}</m:sub></m:sSub>")),
    ("before it", _math(f"<m:sPre><m:sub/><m:sup>{_letters('1')}</m:sup><m:e>{_letters('4')}</m:e></m:sPre>")),
    ("fraction", _math(f"<m:f><m:num>{_letters('4')}</m:num><m:den>{_letters('1')}</m:den></m:f>")),
    ("beside a run", run("4") + _math(f"<m:sSup><m:e/><m:sup>{_letters('1')}</m:sup></m:sSup>")),
    ("between digits", run("1") + run("2", _UP) + run("4")),
    ("a raised sign", run("−", _UP) + run("4")),
    ("raised alone", run("4", _UP)),
    ("one raised, one lowered run", run("4", '<w:position w:val="-8"/>') + run("12", '<w:position w:val="8"/>')),
    ("field of an equation", run("4") + _field(r"EQ \s\up5(1)", None)),
]
_ON_ONE_LINE = [
    ("split runs", run("1") + run("5"), ""),
    ("split runs of two looks", run("1", "<w:b/>") + run("5", '<w:color w:val="FF0000"/>'), ""),
    ("all of it raised by position", run("15", '<w:position w:val="6"/>'), ""),
    ("all of it in two runs, lowered", run("1", '<w:position w:val="-4"/>') + run("5", '<w:position w:val="-4"/>'), ""),
    ("base line said", run("15", '<w:vertAlign w:val="baseline"/>'), ""),
    ("style's raising taken back", run("15", _of("r") + '<w:vertAlign w:val="baseline"/>'), _style("character", "r", _UP)),
    ("an equation of digits", _math(_letters("15")), ""),
    ("bold, highlighted, small", run("15", '<w:b/><w:highlight w:val="yellow"/><w:sz w:val="12"/>'), ""),
    ("red", run("15", '<w:color w:val="FF0000"/>'), ""),
    ("a nudge of half a point", run("1") + run("5", '<w:position w:val="1"/>'), ""),
]


def _raised() -> list[Case]:
    made = [Case(kind="raised", name=n, contents={LICENSES: c}, styles=s, expected=_MARK) for n, c, s in _RAISED]
    made += [Case(kind="raised, undecided", name=n, contents={LICENSES: c}, expected=_UNREAD_4) for n, c in _POWERS]
    made += [Case(kind="control: raised", name=n, contents={EFFECTIVE: c}, styles=s, expected=_SAME) for n, c, s in _ON_ONE_LINE]
    table = _style("table", "T1", _UP) + '<w:style w:type="character" w:styleId="c0"><w:name w:val="c0"/></w:style>'
    made.append(
        Case(
            kind="raised",
            name="by the table's style",
            contents={LICENSES: run("4", '<w:vertAlign w:val="baseline"/>') + run("1")},
            styles=table,
            edit=_dressed("T1"),
            expected=Expected(figures=_only(LICENSES), says=(NOTE,)),
        )
    )
    made += [
        Case(
            kind="raised",
            name="in the text",
            edit=lambda xml: xml.replace("主动公开各类信息369条", "主动公开各类信息369" + "</w:t></w:r>" + run("12", _UP) + "<w:r><w:t>条"),
            expected=_SAME,
        ),
        Case(
            kind="control: raised",
            name="a square metre in the text",
            edit=lambda xml: xml.replace(
                "本年度未收取信息处理费。", "查阅场所80m</w:t></w:r>" + run("2", _UP) + "<w:r><w:t>，未收取信息处理费。"
            ),
            expected=_SAME,
        ),
    ]
    return made


def _only(name: str) -> dict[str, int | float | str]:
    """The figures of a table that is dressed as a whole: only one is judged."""
    from .cells import printed

    return {key: ANY for key in printed() if key != name}


def _dressed(style: str) -> Callable[[str], str]:
    """Every table in that style."""

    def edit(xml: str) -> str:
        return re.sub(r"<w:tblPr>(?:<w:tblStyle [^>]*/>)?", f'<w:tblPr><w:tblStyle w:val="{style}"/>', xml)

    return edit


_STRIKE = Expected(says=(HIDDEN,), words=("删除线",))
_STRUCK = [
    ("direct", run("17", "<w:strike/>") + run("4"), ""),
    ("twice", run("17", "<w:dstrike/>") + run("4"), ""),
    ("behind it", run("4") + run("0", '<w:strike w:val="1"/>'), ""),
    ("by a character style", run("1", _of("s")) + run("4"), _style("character", "s", "<w:strike/>")),
    (
        "by the paragraph's style",
        "<w:p><w:pPr><w:pStyle w:val='ps'/></w:pPr>" + run("17") + run("4", '<w:strike w:val="0"/>') + "</w:p>",
        _style("paragraph", "ps", "<w:strike/>"),
    ),
    ("a paragraph of its own", paragraph(run("17", "<w:strike/>")) + paragraph(run("4")), ""),
]
_NOT_STRUCK = [
    ("switched off", run("15", '<w:strike w:val="0"/>'), ""),
    ("off by another word", run("15", '<w:dstrike w:val="false"/>'), ""),
    (
        "two styles cancel",
        "<w:p><w:pPr><w:pStyle w:val='ps'/></w:pPr>" + run("15", _of("cs")) + "</w:p>",
        _style("paragraph", "ps", "<w:strike/>") + _style("character", "cs", "<w:strike/>"),
    ),
    ("underlined", run("15", '<w:u w:val="single"/>'), ""),
    ("struck before a change of formats", run("15", "<w:rPrChange w:id='1' w:author='a'><w:rPr><w:strike/></w:rPr></w:rPrChange>"), ""),
]


def _struck() -> list[Case]:
    made = [Case(kind="struck", name=n, contents={LICENSES: c}, styles=s, expected=_STRIKE) for n, c, s in _STRUCK]
    made += [
        Case(
            kind="control: struck",
            name=n,
            contents={EFFECTIVE: c},
            styles=s,
            expected=Expected(silent=(HIDDEN, UNREADABLE)),
        )
        for n, c, s in _NOT_STRUCK
    ]
    deleted = '<w:del w:id="5" w:author="a"><w:r><w:delText>17</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="6" w:author="a">{run("1")}</w:moveFrom>'
    made += [
        Case(kind="struck", name="nothing beside it", contents={LICENSES: run("17", "<w:strike/>")}, expected=_UNREAD_4),
        Case(
            kind="struck",
            name="in the text",
            edit=lambda xml: xml.replace("各类信息369条", "各类信息</w:t></w:r>" + run("99", "<w:strike/>") + "<w:r><w:t>369条"),
            expected=_STRIKE,
        ),
        Case(
            kind="deleted",
            name="a tracked change",
            contents={LICENSES: deleted + run("4")},
            expected=Expected(says=("input.tracked-changes",), silent=(HIDDEN,)),
        ),
        Case(
            kind="deleted",
            name="moved away",
            contents={LICENSES: moved + run("4")},
            expected=Expected(says=("input.tracked-changes",), silent=(HIDDEN,)),
        ),
        Case(
            kind="deleted",
            name="deleted and struck",
            contents={
                LICENSES: '<w:del w:id="5" w:author="a"><w:r><w:rPr><w:strike/></w:rPr><w:delText>1</w:delText></w:r></w:del>' + run("4")
            },
            expected=Expected(says=("input.tracked-changes",), silent=(HIDDEN,)),
        ),
    ]
    return made


def _shaded(fill: str, properties: str, text: str = "15") -> str:
    """A run on the paragraph's own ground."""
    return f'<w:p><w:pPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:pPr>{run(text, properties)}</w:p>'


_WHITE = '<w:color w:val="FFFFFF"/>'
_NO_FILL = "<w14:textFill><w14:noFill/></w14:textFill>"
_UNSEEN = [
    ("hidden", run("1", "<w:vanish/>") + run("4"), ""),
    ("hidden by a character style", run("1", _of("h")) + run("4"), _style("character", "h", "<w:vanish/>")),
    (
        "hidden by the paragraph's style",
        "<w:p><w:pPr><w:pStyle w:val='hp'/></w:pPr>" + run("1") + run("4", '<w:vanish w:val="0"/>') + "</w:p>",
        _style("paragraph", "hp", "<w:vanish/>"),
    ),
    ("white", run("1", _WHITE) + run("4"), ""),
    ("nearly white", run("1", '<w:color w:val="FDFDFD"/>') + run("4"), ""),
    ("the theme's white", run("4") + run("0", '<w:color w:val="000000" w:themeColor="background1"/>'), ""),
    ("white by a style", run("1", _of("w")) + run("4"), _style("character", "w", _WHITE)),
    ("black on black", run("1", '<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>') + run("4"), ""),
    ("blue on blue", run("1", '<w:color w:val="0000FF"/><w:highlight w:val="blue"/>') + run("4"), ""),
    ("one point", run("1", '<w:sz w:val="2"/>') + run("4"), ""),
    ("no ink", run("1", _NO_FILL) + run("4"), ""),
    ("one per cent wide", run("1", '<w:w w:val="1"/>') + run("4"), ""),
    ("white in an equation", f"<m:oMath><m:r><w:rPr>{_WHITE}</w:rPr><m:t>1</m:t></m:r>{_letters('4')}</m:oMath>", ""),
    ("a hidden paragraph", paragraph(run("1", "<w:vanish/>")) + paragraph(run("4")), ""),
]
_SEEN = [
    ("white on a dark paragraph", _shaded("1F4E79", _WHITE), ""),
    ("white on a dark run", run("15", _WHITE + '<w:shd w:val="clear" w:color="auto" w:fill="C00000"/>'), ""),
    ("white on a black highlight", run("15", _WHITE + '<w:highlight w:val="black"/>'), ""),
    ("automatic on black", _shaded("000000", '<w:color w:val="auto"/>'), ""),
    ("the theme's black", run("15", '<w:color w:val="FFFFFF" w:themeColor="text1"/>'), ""),
    ("hidden on the web alone", run("15", "<w:webHidden/>"), ""),
    ("not hidden", run("15", '<w:vanish w:val="0"/>'), ""),
    ("grey", run("15", '<w:color w:val="A6A6A6"/>'), ""),
    ("yellow", run("15", '<w:color w:val="FFFF00"/>'), ""),
    ("small type", run("15", '<w:sz w:val="10"/>'), ""),
    ("a solid pattern", run("15", _WHITE + '<w:shd w:val="solid" w:color="404040" w:fill="FFFFFF"/>'), ""),
]


def _in_cell(place_of: str, properties: str) -> Callable[[str], str]:
    """The cell that holds these words gets these properties."""

    def edit(xml: str) -> str:
        at = xml.index(place_of)
        begin = xml.rindex("<w:tcPr>", 0, at) + len("<w:tcPr>")
        return xml[:begin] + properties + xml[begin:]

    return edit


def _before_row(words: str, extra: str) -> Callable[[str], str]:
    """A row put before the one that holds these words."""

    def edit(xml: str) -> str:
        begin = xml.rindex("<w:tr>", 0, xml.index(words))
        return xml[:begin] + extra + xml[begin:]

    return edit


def _dark(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


_TABLE_STYLE = (
    '<w:style w:type="table" w:styleId="Deep"><w:name w:val="Deep"/><w:tblStylePr w:type="firstRow"><w:rPr>'
    '<w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr><w:tcPr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="4472C4" w:themeFill="accent1"/></w:tcPr></w:tblStylePr></w:style>'
)


def _hidden() -> list[Case]:
    told = Expected(says=(HIDDEN,))
    made = [Case(kind="hidden", name=n, contents={LICENSES: c}, styles=s, expected=told) for n, c, s in _UNSEEN]
    made += [
        Case(kind="control: hidden", name=n, contents={EFFECTIVE: c}, styles=s, expected=Expected(silent=(HIDDEN, UNREADABLE)))
        for n, c, s in _SEEN
    ]
    four = "".join(cell(text) for text in ("行政许可", "99"))
    low = '<w:trHeight w:val="1" w:hRule="exact"/>'
    made += [
        Case(kind="hidden", name="a row", edit=_before_row("行政处罚", f"<w:tr><w:trPr><w:hidden/></w:trPr>{four}</w:tr>"), expected=told),
        Case(
            kind="hidden",
            name="a row without height",
            edit=_before_row("行政处罚", f"<w:tr><w:trPr>{low}</w:trPr>{four}</w:tr>"),
            expected=told,
        ),
        Case(
            kind="hidden",
            name="white on the cell's white",
            contents={LICENSES: run("1", '<w:color w:val="F0F0F0"/>') + run("4")},
            edit=_in_cell('<w:t xml:space="preserve">1</w:t>', _dark("F2F2F2")),
            expected=told,
        ),
        Case(
            kind="hidden",
            name="a paragraph of white words",
            edit=lambda xml: xml.replace("<w:sectPr ", paragraph(run("全年收到政府信息公开申请99件。", _WHITE)) + "<w:sectPr ", 1),
            expected=told,
        ),
        Case(
            kind="hidden",
            name="a box off the page",
            edit=lambda xml: xml.replace("<w:sectPr ", _box_off("全年收到政府信息公开申请99件。") + "<w:sectPr ", 1),
            expected=told,
        ),
        Case(
            kind="control: hidden",
            name="white in a dark cell",
            contents={LICENSES: run("4", _WHITE)},
            edit=_in_cell('<w:t xml:space="preserve">4</w:t>', _dark("203864")),
            expected=Expected(silent=(HIDDEN, UNREADABLE)),
        ),
        Case(
            kind="control: hidden",
            name="a table's head in white by its style",
            styles=_TABLE_STYLE,
            edit=lambda xml: _dressed("Deep")(xml).replace("</w:tblPr>", '<w:tblLook w:firstRow="1" w:val="0020"/></w:tblPr>'),
            expected=_SAME,
        ),
        Case(
            kind="control: hidden",
            name="a title in a dark box",
            edit=lambda xml: _title_in(xml, lambda text: _dark_box(run(text, _WHITE))),
            expected=_SAME,
        ),
    ]
    return made


def _vml(inner: str, style: str = "", more: str = "") -> str:
    """A shape of older Word; `style` is its place."""
    return f'<w:r><w:pict><v:shape style="{style}" {more}>{inner}</v:shape></w:pict></w:r>'


def _boxed(content: str) -> str:
    return f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"


def _drawn(content: str, *, behind: bool = False, fill: str = "", rotated: bool = False, x: int = 0, y: int = 0, to: str = "column") -> str:
    """A text box of newer Word, with its twin for older ones."""
    paint = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    turn = ' rot="18900000"' if rotated else ""
    down = "page" if to == "page" else "paragraph"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor behindDoc="{int(behind)}" simplePos="0" relativeHeight="1" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="{to}"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down}"><wp:posOffset>{y}</wp:posOffset></wp:positionV><wp:extent cx="1200000" cy="400000"/>'
        f'<wp:wrapNone/><wp:docPr id="3" name="文本框 3"/><a:graphic xmlns:a="{_A}"><a:graphicData uri="wps"><wps:wsp>'
        f"<wps:spPr><a:xfrm{turn}/>{paint}</wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{_boxed(content)}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _box_off(text: str) -> str:
    return paragraph(_drawn(paragraph(text), x=-9_000_000, y=0, to="page"))


def _dark_box(content: str) -> str:
    return _drawn(f"<w:p>{content}</w:p>", fill="1F3864")


TITLE = "临泉山县白塔乡人民政府 2023 年政府信息公开工作年度报告"


def _title_in(xml: str, put: Callable[[str], str]) -> str:
    """The title's run put elsewhere."""
    return xml.replace(f"<w:r><w:t>{TITLE}</w:t></w:r>", put(TITLE), 1)


_ART = '<v:textpath on="t" string="{}"/>'
_BOXES = [
    ("a shape of older Word", run("4") + _vml(_boxed(paragraph("3")))),
    ("a box of newer Word", run("4") + _drawn(paragraph("3"))),
    ("before it", _drawn(paragraph("1")) + run("4")),
    ("letters as a drawing", run("4") + _vml(_ART.format("3"))),
    ("in a paragraph of its own", paragraph(run("4")) + paragraph(_vml(_boxed(paragraph("12"))))),
    (
        "a picture on the line",
        run("4")
        + "<w:r><w:drawing><wp:inline><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/></wp:inline></w:drawing></w:r>",
    ),
]
_PEN = "<w:r><w:drawing><wp:anchor>{}<wp:extent cx='300000' cy='90000'/><w14:contentPart xmlns:w14='{}'/></wp:anchor></w:drawing></w:r>"
_BOXES += [
    ("a pen's stroke", run("4") + _PEN.format("<wp:wrapNone/>", "http://schemas.microsoft.com/office/word/2010/wordml")),
    ("a pen's stroke on the line", run("4") + "<w:r><w:contentPart/></w:r>"),
    (
        "a floating picture alone",
        "<w:r><w:drawing><wp:anchor><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/></wp:anchor></w:drawing></w:r>",
    ),
    ("the number of the page behind it", "<w:r><w:t>4</w:t><w:pgNum/></w:r>"),
    ("the day behind it", "<w:r><w:t>4</w:t><w:dayShort/></w:r>"),
]
_ASIDE = [
    (
        "a floating picture beside it",
        run("4")
        + "<w:r><w:drawing><wp:anchor><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/></wp:anchor></w:drawing></w:r>",
    ),
    (
        "a watermark",
        run("4") + _vml(_ART.format("2023"), "position:absolute;rotation:315;z-index:-251658752", 'id="PowerPlusWaterMarkObject1"'),
    ),
    ("behind the text, turned", run("4") + _drawn(paragraph("样本99"), behind=True, rotated=True)),
    ("words of a box", run("4") + _drawn(paragraph("此处盖章"))),
]


def _beside() -> list[Case]:
    made = [Case(kind="box", name=n, contents={LICENSES: c}, expected=_UNREAD_4) for n, c in _BOXES]
    made += [Case(kind="control: box", name=n, contents={LICENSES: c}, expected=Expected(silent=(UNREADABLE, WORDS))) for n, c in _ASIDE]
    two = [
        ("two figures", paragraph("4") + paragraph("3")),
        ("a sign and a figure", paragraph("—") + paragraph("4")),
        ("a line end", run("4") + "<w:r><w:br/></w:r>" + run("1")),
        ("a sign and a line end", run("—") + "<w:r><w:br/></w:r>" + run("4")),
        (
            "one of them in a content control",
            f"<w:p>{run('4')}</w:p><w:sdt><w:sdtPr/><w:sdtContent>{paragraph('1')}</w:sdtContent></w:sdt>",
        ),
    ]
    one = [
        ("one is blank", paragraph("4") + paragraph("")),
        ("one is spaces", paragraph(" ") + paragraph("4") + paragraph("\u3000")),
        ("a hidden mark joins two", "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>" + paragraph("4")),
    ]
    made += [Case(kind="paragraphs", name=n, contents={LICENSES: c}, expected=_UNREAD_4) for n, c in two]
    made += [Case(kind="control: paragraphs", name=n, contents={LICENSES: c}, expected=_SAME) for n, c in one]
    return made


def _sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _symbols() -> list[Case]:
    unread = [
        ("a text font's private place", run("4") + _sym("Times New Roman", "F032")),
        ("alone", _sym("宋体", "F034")),
        ("an unknown font", run("4") + _sym("Marlett", "F061")),
        ("no code", run("4") + _sym("Symbol", "")),
        ("a picture font over a digit", run("4") + run("1", '<w:rFonts w:ascii="Webdings" w:hAnsi="Webdings"/>')),
        ("a private character", run("4\uf031")),
        ("a circled digit", _sym("Wingdings", "F084")),
        ("a field", run("4") + _field(r'SYMBOL 50 \f "Marlett"', None)),
    ]
    read = [
        ("Symbol's own digits", _sym("Symbol", "F034")),
        ("beside a run", _sym("Symbol", "0034")),
        ("a plain code", _sym("宋体", "0034")),
        ("a run in Symbol", run("4", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')),
        ("a field", _field(r'SYMBOL 52 \f "Symbol" \s 11', None)),
    ]
    made = [
        Case(kind="symbol", name=n, contents={LICENSES: c}, expected=Expected(figures={LICENSES: UNREAD}, silent=("table.blank-figure",)))
        for n, c in unread
    ]
    made += [Case(kind="control: symbol", name=n, contents={LICENSES: c}, expected=_SAME) for n, c in read]
    return made


def _control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


_ITEMS = '<w:dropDownList><w:listItem w:value="9"/><w:listItem w:displayText="4" w:value="d"/></w:dropDownList>'
_LIST = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="0"/><w:listEntry w:val="4"/></w:ddList>'


def _forms() -> list[Case]:
    read = [
        ("a text control", _control("<w:text/>", run("4"))),
        ("a control over paragraphs", "<w:p/>" + _control("<w:richText/>", paragraph("4"))),
        ("a drop-down list", _control(_ITEMS, run("4"))),
        ("an older drop-down", _field("FORMDROPDOWN", None, _LIST)),
        (
            "an older drop-down, first entry",
            _field("FORMDROPDOWN", None, '<w:ddList><w:listEntry w:val="4"/><w:listEntry w:val="5"/></w:ddList>'),
        ),
        (
            "an older drop-down, its default",
            _field("FORMDROPDOWN", None, '<w:ddList><w:default w:val="1"/><w:listEntry w:val="5"/><w:listEntry w:val="4"/></w:ddList>'),
        ),
        ("an older text field", _field("FORMTEXT", "4", '<w:textInput><w:default w:val="9"/></w:textInput>')),
        ("an older text field not yet filled in", _field("FORMTEXT", None, '<w:textInput><w:default w:val="4"/></w:textInput>')),
        ("a sum", _field("=SUM(ABOVE)", "4")),
        (
            "a field within a field",
            _char("begin") + _code("IF") + _field("MERGEFIELD a", "9") + _code("= 9") + _char("separate") + run("4") + _char("end"),
        ),
    ]
    made = [Case(kind="form", name=n, contents={LICENSES: c}, expected=_SAME) for n, c in read]
    prompt = run("选择一项。", _of("PlaceholderText"))
    made += [
        Case(
            kind="placeholder",
            name="a list not yet chosen from",
            contents={LICENSES: _control("<w:showingPlcHdr/>" + _ITEMS, prompt)},
            expected=Expected(figures={LICENSES: ANY}, silent=(WORDS,)),
        ),
        Case(
            kind="placeholder",
            name="a text not yet filled in",
            contents={LICENSES: _control("<w:showingPlcHdr/><w:text/>", run("单击或点击此处输入文字。"))},
            expected=Expected(figures={LICENSES: ANY}, silent=(WORDS,)),
        ),
        Case(
            kind="placeholder",
            name="a figure that may be the prompt",
            contents={LICENSES: _control("<w:showingPlcHdr/><w:text/>", run("4"))},
            expected=_UNREAD_4,
        ),
        Case(
            kind="form",
            name="a box ticked in a figure's cell",
            contents={LICENSES: _field("FORMCHECKBOX", None, "<w:checkBox><w:default w:val='1'/></w:checkBox>")},
            expected=Expected(figures={LICENSES: UNREAD}),
        ),
    ]
    return made


def _header(content: str) -> str:
    return f'<w:hdr {_W} xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:hdr>'


def _referring(kind: str) -> Callable[[str], str]:
    """The first section refers to that header or footer."""

    def edit(xml: str) -> str:
        begin = xml.rindex("<w:sectPr")
        end = xml.index(">", begin) + 1
        return xml[:end] + f'<w:{kind} w:type="default" r:id="rIdX"/>' + xml[end:]

    return edit


def _without_title(xml: str) -> str:
    return _title_in(xml, lambda text: "")


_CHUNK_HTML = "<html><head><meta charset='utf-8'></head><body><p>六、其他需要报告的事项</p><p>本年度未收取信息处理费。</p></body></html>"


def _cut_last(xml: str) -> str:
    """Section 6 stands in another part."""
    begin = xml.rindex("<w:p>", 0, xml.index("六、其他需要报告的事项</w:t>"))
    end = xml.rindex("<w:sectPr")
    return xml[:begin] + '<w:altChunk r:id="rIdX"/>' + xml[end:]


def _places() -> list[Case]:
    from tests.readers.docx.word_files import docx as small

    chunk = {"rIdX": ("aFChunk", "chunk1.htm")}
    contact = "如对本报告有疑问，请与白塔乡党政办公室联系，电话0558-6000000。"
    note = (
        f'<w:footnotes {_W}><w:footnote w:id="-1" w:type="separator"/><w:footnote w:id="3">{paragraph(contact)}</w:footnote></w:footnotes>'
    )
    return [
        Case(
            kind="title",
            name="in the page's header",
            edit=lambda xml: _referring("headerReference")(_without_title(xml)),
            parts={"word/header1.xml": _header(paragraph(TITLE))},
            links={"rIdX": ("header", "header1.xml")},
            expected=_SAME,
        ),
        Case(
            kind="title",
            name="in the header, over two lines, in a box",
            edit=lambda xml: _referring("headerReference")(_without_title(xml)),
            parts={
                "word/header1.xml": _header(
                    paragraph(_vml(_boxed(paragraph("临泉山县白塔乡人民政府") + paragraph("2023年政府信息公开工作年度报告"))))
                )
            },
            links={"rIdX": ("header", "header1.xml")},
            expected=_SAME,
        ),
        Case(kind="title", name="as letters drawn", edit=lambda xml: _title_in(xml, lambda text: _vml(_ART.format(text))), expected=_SAME),
        Case(
            kind="title",
            name="as letters drawn, newer Word",
            edit=lambda xml: _title_in(xml, lambda text: _drawn(paragraph(text))),
            expected=_SAME,
        ),
        Case(
            kind="control: title",
            name="a watermark in the header",
            edit=lambda xml: _referring("headerReference")(_without_title(xml)),
            parts={
                "word/header1.xml": _header(
                    paragraph(_vml(_ART.format("2019年政府信息公开工作年度报告"), "rotation:315", 'id="PowerPlusWaterMarkObject2"'))
                )
            },
            links={"rIdX": ("header", "header1.xml")},
            expected=Expected(says=("identity.missing-title",)),
        ),
        Case(
            kind="control: title",
            name="the header repeats it",
            edit=_referring("headerReference"),
            parts={"word/header1.xml": _header(paragraph(TITLE))},
            links={"rIdX": ("header", "header1.xml")},
            expected=_SAME,
        ),
        Case(
            kind="control: title",
            name="page numbers in the footer",
            edit=_referring("footerReference"),
            parts={
                "word/footer1.xml": f"<w:ftr {_W}>{paragraph('第', _field('PAGE', '1'), '页 共', _field('NUMPAGES', '12'), '页')}</w:ftr>"
            },
            links={"rIdX": ("footer", "footer1.xml")},
            expected=_SAME,
        ),
        Case(
            kind="contact",
            name="in a footnote",
            edit=lambda xml: xml.replace("编制了2023年", '</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t>编制了2023年'),
            parts={"word/footnotes.xml": note},
            links={"rIdX": ("footnotes", "footnotes.xml")},
            expected=Expected(silent=("contact.missing",)),
        ),
        Case(
            kind="contact",
            name="in the footer",
            edit=_referring("footerReference"),
            parts={"word/footer1.xml": f"<w:ftr {_W}>{paragraph(contact)}</w:ftr>"},
            links={"rIdX": ("footer", "footer1.xml")},
            expected=Expected(silent=("contact.missing",)),
        ),
        Case(kind="chunk", name="a web page", edit=_cut_last, parts={"word/chunk1.htm": _CHUNK_HTML}, links=chunk, expected=_SAME),
        Case(
            kind="chunk",
            name="another docx",
            edit=_cut_last,
            parts={"word/chunk2.docx": small(paragraph("六、其他需要报告的事项") + paragraph("本年度未收取信息处理费。"))},
            links={"rIdX": ("aFChunk", "chunk2.docx")},
            expected=_SAME,
        ),
        Case(
            kind="chunk",
            name="plain text",
            edit=_cut_last,
            parts={"word/chunk3.txt": "六、其他需要报告的事项\n本年度未收取信息处理费。"},
            links={"rIdX": ("aFChunk", "chunk3.txt")},
            expected=_SAME,
        ),
        Case(
            kind="chunk",
            name="nothing there",
            edit=_cut_last,
            expected=Expected(says=("structure.missing-section",), words=("嵌入",)),
        ),
        Case(
            kind="picture",
            name="a photo",
            edit=lambda xml: xml.replace(
                "<w:sectPr ",
                paragraph(
                    "<w:r><w:drawing><wp:inline><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/></wp:inline></w:drawing></w:r>"
                )
                + "<w:sectPr ",
                1,
            ),
            expected=_SAME,
        ),
    ]


CASES = [*_raised(), *_struck(), *_hidden(), *_beside(), *_symbols(), *_forms(), *_places()]

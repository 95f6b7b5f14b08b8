"""Word files made by hand for the tests of the docx reader: the body's XML in, the bytes of a docx out."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def links(*pairs: tuple[str, str]) -> str:
    """A .rels part."""
    inner = "".join(f'<Relationship Id="rId{i}" Type="{_LINKS}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(pairs))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def document(body: str) -> str:
    """word/document.xml."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_SPACES}><w:body>{body}</w:body></w:document>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()


def docx(body: str, *, styles: str = "", numbering: str = "", main: str | bytes | None = None) -> bytes:
    """A docx with that body, those styles (inside of w:styles) and lists (inside of w:numbering); `main` replaces document.xml."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/document.xml": document(body) if main is None else main,
        "word/_rels/document.xml.rels": links(("styles", "styles.xml"), ("numbering", "numbering.xml")),
    }
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
    return zipped(parts)


def run(text: str, properties: str = "") -> str:
    """A w:r."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "", style: str = "") -> str:
    """A w:p; a piece that is no XML becomes a run."""
    inner = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    pieces = "".join(piece if piece.startswith("<") else run(piece) for piece in content)
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{pieces}</w:p>"


def numbered(text: str, identity: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>')


def level(depth: int, format: str, pattern: str, *, start: int = 1, more: str = "") -> str:
    """A w:lvl."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*levels: str, more: str = "") -> str:
    """One abstract list, and w:num 1 for it."""
    inner = "".join(levels)
    return f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'


def cell(text: str = "", *, across: int = 1, down: str = "", content: str | None = None) -> str:
    """A w:tc; `down` is restart or continue."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = f'<w:vMerge w:val="{down}"/>' if down == "restart" else "<w:vMerge/>" if down else ""
    inner = content if content is not None else "".join(paragraph(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A w:tr; a piece that is no XML becomes a cell."""
    inner = "".join(piece if piece.startswith("<") else cell(piece) for piece in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A w:tbl."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def style(kind: str, key: str, run_properties: str = "", *, based: str = "", more: str = "") -> str:
    """A w:style of that kind (paragraph, character, table) whose name is its id."""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{base}<w:rPr>{run_properties}</w:rPr>{more}</w:style>'


def figure(*content: str, properties: str = "") -> str:
    """A table of one row: a label and a cell with that content, runs or whole paragraphs; `properties` are the cell's."""
    inner = "".join(content) if content and content[0].startswith("<w:p>") else paragraph(*content)
    made = cell(content=inner)
    return table(row("行政许可", made.replace("<w:tcPr>", f"<w:tcPr>{properties}", 1)))


def field(code: str, result: str | None, data: str = "") -> str:
    """The runs of a field: its code, its result (None: it has none), its w:ffData."""
    shown = "" if result is None else _step("separate") + (run(result) if result else "")
    begin = _step("begin", f"<w:ffData>{data}</w:ffData>" if data else "")
    return begin + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' + shown + _step("end")


def _step(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def drawn(content: str, place: str = "", fill: str = "") -> str:
    """A text box of newer Word; `place` goes into its wp:anchor."""
    paint = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else ""
    return (
        '<w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" behindDoc="0">{place}<wps:wsp><wps:spPr>{paint}</wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r>"
    )


def shape(inner: str, style: str = "", more: str = "") -> str:
    """A shape of older Word; `inner` is its v:textpath, or paragraphs that become its text box."""
    boxed = f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>" if inner.startswith("<w:p") else inner
    return f'<w:r><w:pict><v:shape style="{style}" {more}>{boxed}</v:shape></w:pict></w:r>'

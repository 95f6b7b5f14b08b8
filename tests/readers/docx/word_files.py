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

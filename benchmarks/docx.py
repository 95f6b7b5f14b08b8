"""How long a docx takes to read, against opening it and walking its XML. `python benchmarks/docx.py [FILE...]`.

The target is under twice. "Opening" is unpacking and parsing the parts that text depends on (document, styles, numbering, links) with
lxml; where python-docx is installed, its Document() followed by the same walk is shown beside it. Ends with 1 where the target is missed.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # not this folder: `import docx` must find python-docx

from validator.readers.docx.reader import read  # noqa: E402

ROUNDS = 40
TARGET = 2.0
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels")
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sample() -> bytes:
    """A report of five pages as Word writes it: every run with its fonts, tables of 10, 28 and 4 rows, forty styles."""
    look = (
        '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:color w:val="000000"/><w:kern w:val="0"/>'
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    )
    run = f'<w:r w:rsidRPr="00A1">{look}<w:t>全年共收到政府信息公开申请十二件，</w:t></w:r>'
    edge = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right"))
    cell = (
        f'<w:tc><w:tcPr><w:tcW w:w="850" w:type="dxa"/><w:tcBorders>{edge}</w:tcBorders><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:widowControl/><w:jc w:val="center"/></w:pPr><w:r>{look}<w:t>0</w:t></w:r></w:p></w:tc>'
    )
    column = '<w:gridCol w:w="850"/>'
    tables = "".join(
        f"<w:tbl><w:tblGrid>{column * wide}</w:tblGrid>{('<w:tr>' + cell * wide + '</w:tr>') * rows}</w:tbl><w:p/>"
        for rows, wide in ((10, 4), (28, 10), (4, 15))
    )
    body = f'<w:p><w:pPr><w:spacing w:line="560"/></w:pPr>{run * 6}</w:p>' * 50 + tables
    style = (
        '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="heading {0}"/>'
        '<w:pPr><w:keepNext/><w:spacing w:line="240"/></w:pPr>{1}</w:style>'
    )
    links = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{_LINK}/{{}}" '
        'Target="{}"/></Relationships>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{_SPACE}"><w:body>{body}</w:body></w:document>')
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{_SPACE}">{"".join(style.format(n, look) for n in range(40))}</w:styles>')
        package.writestr("word/_rels/document.xml.rels", links.format("styles", "styles.xml"))
        package.writestr("_rels/.rels", links.format("officeDocument", "word/document.xml"))
        package.writestr("[Content_Types].xml", _TYPES)
    return target.getvalue()


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)


def opened(data: bytes) -> None:
    """Unpack, parse and visit every element of the text, with lxml."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        roots = [etree.fromstring(package.read(name)) for name in PARTS if name in package.namelist()]
    walk(roots[0])


def opened_by_python_docx(data: bytes) -> None:
    """The same with python-docx."""
    import docx

    walk(docx.Document(io.BytesIO(data)).element)


def walk(root: etree._Element) -> int:
    """Visit every element: its tag and its text."""
    return sum(len(element.tag) + len(element.text or "") for element in root.iter(etree.Element))


def milliseconds(*calls: Callable[[], object]) -> list[float]:
    """The best time of each, taken in turns in processor time, so that a busy machine is busy for all."""
    best = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for place, call in enumerate(calls):
            began = time.process_time()
            call()
            best[place] = min(best[place], time.process_time() - began)
    return [seconds * 1000 for seconds in best]


def measure(data: bytes, name: str) -> bool:
    """Print one line; whether the target is met."""
    calls: list[Callable[[], object]] = [lambda: read(data, name), lambda: opened(data)]
    try:
        import docx  # noqa: F401

        calls.append(lambda: opened_by_python_docx(data))
    except ModuleNotFoundError:
        pass
    ours, base, *other = milliseconds(*calls)
    (document,) = read(data, name)
    more = f"  python-docx and walk {other[0]:.1f} ms ({ours / other[0]:.2f})" if other else ""
    print(f"{name}: {len(document.blocks)} blocks  read {ours:.1f} ms  open and walk {base:.1f} ms  ratio {ours / base:.2f}{more}")
    return ours < TARGET * base


if __name__ == "__main__":
    files = [(Path(argument).read_bytes(), argument) for argument in sys.argv[1:]] or [(sample(), "sample")]
    sys.exit(0 if all([measure(data, name) for data, name in files]) else 1)

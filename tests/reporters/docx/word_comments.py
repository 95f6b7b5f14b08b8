"""What stands under the comments of a docx, told by reading the XML from its beginning to its end: not by the way they were put there."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {W + name for name in ("del", "moveFrom", "delText", "instrText", "rt")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_SIGNS = {W + "br": "\n", W + "tab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_WRAPPING = {W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "sdt", "customXml", "dir", "bdo")}
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    """A part of a docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def parts(data: bytes) -> dict[str, bytes]:
    """All parts, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def root_of(text: bytes) -> etree._Element:
    """The root of an XML text; Strict is taken for the usual."""
    return etree.fromstring(text.replace(STRICT.encode(), W[1:-1].encode()))


def under(main: bytes) -> dict[int, str]:
    """The words from the beginning to the end of each comment, by its number. Every one must have a beginning, an end and a reference."""
    found: dict[int, str] = {}
    open_: set[int] = set()
    ended: set[int] = set()
    referred: list[int] = []

    def walk(element: etree._Element) -> None:
        number = int(element.get(W + "id", "-1")) if isinstance(element.tag, str) and element.tag.startswith(W + "comment") else -1
        if element.tag in (W + "commentRangeStart", W + "commentRangeEnd"):
            _check_place(element)
        if element.tag == W + "commentRangeStart":
            assert number not in found, "two beginnings"
            found[number] = ""
            open_.add(number)
        elif element.tag == W + "commentRangeEnd":
            open_.remove(number)
            ended.add(number)
        elif element.tag == W + "commentReference":
            assert number in ended, "a reference stands behind the end"
            assert element.getparent().tag == W + "r"
            _check_place(element.getparent())
            referred.append(number)
        elif element.tag in _GONE or element.find(f"{W}rPr/{W}vanish") is not None:
            return
        text = (element.text or "") if element.tag in (W + "t", _MATH) else _SIGNS.get(element.tag, "")
        for number in open_:
            found[number] += text
        for child in element:
            walk(child)

    walk(root_of(main))
    assert not open_ and sorted(referred) == sorted(found)
    return found


_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def _check_place(element: etree._Element) -> None:
    """Marks stand in a paragraph or in what may wrap runs in one, and in no text box."""
    above = [item.tag for item in element.iterancestors()]
    assert W + "p" in above and W + "txbxContent" not in above
    assert all(tag in _WRAPPING for tag in above[: above.index(W + "p")])


def bare(text: str) -> str:
    """Without spaces and line ends."""
    return re.sub(r"\s+", "", text)


def without_marks(main: bytes) -> bytes:
    """The text without what comments put into it; runs that were divided stay so."""
    main = re.sub(rb"<w:commentRange(?:Start|End) w:id=\"\d+\"/>", b"", main)
    return re.sub(rb"<w:r><w:commentReference w:id=\"\d+\"/></w:r>", b"", main)

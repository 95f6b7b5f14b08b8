"""A docx taken apart: the XML parts that hold text, styles and numbering, each parsed within limits and without a DTD."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from validator.model import UnreadableError
from validator.readers.zip_limits import content, opened

if TYPE_CHECKING:
    from validator.readers.xml_element import Element as Element
else:
    Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Tags and attributes in one part, each worth up to 250 bytes of memory; a long report has some forty thousand.
MAX_MARKS = 1_200_000
_HIDING = (W + "vanish", W + "specVanish")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
#: The elements of tracked changes, those of formats among them.
REVISIONS = tuple(
    W + name
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange", "rPrChange", "pPrChange",
        "tblPrChange", "trPrChange", "tcPrChange", "tblPrExChange", "tblGridChange", "sectPrChange",
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """The parts of a docx that are read. `revised`: the text holds tracked changes; `hides`: it or its styles may hide text.

    `main` is the name of the part that holds the text, `text` its XML as it stands there (in UTF-8 where it was UTF-16). Parts that few
    documents have are read from `data`, the whole file, when they are asked for.
    """

    body: Element
    styles: Element | None
    numbering: Element | None
    revised: bool
    hides: bool
    main: str = ""
    text: bytes = b""
    data: bytes = b""
    _roots: dict[str, Element | None] = field(default_factory=dict)
    _linked: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)  # part → what it is linked with

    def part(self, name: str) -> bytes | None:
        """The bytes of another part, by its name in any case; None where it is not there. Raises UnreadableError."""
        with opened(self.data, "docx") as source:
            return _part(source, next((info for info in source.infolist() if info.filename.lower().lstrip("/") == name.lower()), None))

    def root(self, kind: str) -> Element | None:
        """A part that the text is linked with by that kind of link (theme, settings, footnotes …); None where there is none to be read."""
        name = next((target for linked, target in self._links().values() if linked == kind), None)
        return None if name is None else self._root(name)

    def linked(self, key: str) -> str | None:
        """The name of the part that the text is linked with by that id."""
        link = self._links().get(key)
        return None if link is None else link[1]

    def linked_root(self, key: str) -> Element | None:
        """The same part, parsed; None where it is none or damaged."""
        name = self.linked(key)
        return None if name is None else self._root(name)

    def _links(self) -> dict[str, tuple[str, str]]:
        """What the text is linked with inside the file: id → kind of link, name of the part."""
        if self.main not in self._linked:
            folder = posixpath.dirname(self.main)
            root = self._root(links_of(self.main))
            self._linked[self.main] = {
                str(link.get("Id", "")): (str(link.get("Type", "")).rsplit("/", 1)[-1], _within(folder, str(link.get("Target", ""))))
                for link in (() if root is None else root)
                if link.get("TargetMode") != "External"
            }
        return self._linked[self.main]

    def _root(self, name: str) -> Element | None:
        """A part, parsed once; one that is damaged is as good as none."""
        if name not in self._roots:
            try:
                data = self.part(name)
                self._roots[name] = None if data is None else parse_part(data)
            except UnreadableError as error:
                if error.reason != "damaged":
                    raise
                self._roots[name] = None
        return self._roots[name]


def unpack(data: bytes) -> Package:
    """The parts of a docx. Raises UnreadableError: damaged, encrypted, too-large, too-many-blocks, too-deep."""
    with opened(data, "docx") as source:
        names = {info.filename.lower().lstrip("/"): info for info in source.infolist()}
        main = main_part(source, names)
        text = _part(source, names.get(main.lower()))
        if text is None:
            raise UnreadableError("damaged", format="docx")
        text = as_utf8(text)
        root = parse_part(text)
        body = next((child for child in root if child.tag == W + "body"), None)
        if body is None:
            raise UnreadableError("damaged", format="docx")
        parts = linked_parts(source, names, main, ("styles", "numbering"))
        styles = _optional(source, names.get(parts.get("styles", "")))
        return Package(
            body=body,
            styles=styles,
            numbering=_optional(source, names.get(parts.get("numbering", ""))),
            revised=_has(body, *REVISIONS),
            hides=_has(body, *_HIDING) or styles is not None and _has(styles, *_HIDING),
            main=names[main.lower()].filename,
            text=text,
            data=data,
        )


def parse_part(text: bytes) -> Element:
    """The root of an XML part. No DTD is allowed, no entity expanded, no file or address opened."""
    from lxml import etree

    text = as_utf8(text)
    if b"<!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        raise UnreadableError("damaged", format="docx", cause="doctype")
    marks = text.count(b"<") + text.count(b"=") if len(text) > MAX_MARKS else 0
    if marks > MAX_MARKS:
        raise UnreadableError("too-many-blocks", count=marks, limit=MAX_MARKS)
    for strict, usual in _STRICT if b"purl.oclc.org" in text[:65536] else ():
        text = text.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root: Any = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("too-deep" if "xcessive depth" in str(error) else "damaged", format="docx") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("damaged", format="docx", cause="doctype")
    part: Element = root
    return part


def as_utf8(text: bytes) -> bytes:
    """UTF-16 to UTF-8, so that the scans of bytes see what the parser sees; anything else as it is."""
    if text[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" not in text[:4]:
        return text
    try:
        as_utf8 = text.decode("utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le" if text[1:2] == b"\0" else "utf-16-be")
    except UnicodeDecodeError as error:
        raise UnreadableError("damaged", format="docx") from error
    return re.sub(r"^(\s*<\?xml[^>]*?)(?<!\s)\s+encoding\s*=\s*(['\"]).*?\2", r"\1", as_utf8, count=1).encode("utf-8", "replace")


def _has(root: Element, *tags: str) -> bool:
    """Whether any of these elements occurs. lxml looks the names up first: where they are nowhere, this costs nothing."""
    return next(root.iter(*tags), None) is not None


def _part(source: zipfile.ZipFile, info: zipfile.ZipInfo | None) -> bytes | None:
    """The bytes of a part, None where it is not there."""
    return None if info is None else content(source, info, "docx")


def _optional(source: zipfile.ZipFile, info: zipfile.ZipInfo | None) -> Element | None:
    """A part that the text can be read without: where it is damaged, so much the worse for its headings and numbers."""
    try:
        data = _part(source, info)
        return None if data is None else parse_part(data)
    except UnreadableError as error:
        if error.reason == "damaged":
            return None
        raise


def main_part(source: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str:
    """The name of the part that holds the text, as the package says it."""
    root = _optional(source, names.get("_rels/.rels"))
    for link in () if root is None else root:
        if str(link.get("Type", "")).endswith("/officeDocument"):
            return posixpath.normpath(str(link.get("Target", "")).lstrip("/"))
    return "word/document.xml"


def linked_parts(source: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], main: str, kinds: tuple[str, ...]) -> dict[str, str]:
    """Parts that the main part is linked with: kind of link → name of the part in lower case, the usual one where no link says it."""
    folder = posixpath.dirname(main)
    part_names = {kind: posixpath.join(folder, f"{kind}.xml").lower() for kind in kinds}
    root = _optional(source, names.get(links_of(main).lower()))
    for link in () if root is None else root:
        kind = str(link.get("Type", "")).rsplit("/", 1)[-1]
        if kind in part_names and link.get("TargetMode") != "External":
            target = str(link.get("Target", ""))
            part_names[kind] = _within(folder, target)
    return part_names


def _within(folder: str, target: str) -> str:
    """The name of a linked part, in lower case."""
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)).lower()


def links_of(part: str) -> str:
    """The name of the part that lists the links of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def count_revisions(body: Element) -> int:
    """The number of tracked changes. Marks of whole paragraphs count only where there is nothing else; a move counts once."""
    revisions = [item for item in body.iter(*REVISIONS) if item.tag != W + "moveTo" and next(item.iterancestors(_FALLBACK), None) is None]
    return sum(_tag_above(item) != W + "rPr" or item.tag.endswith("Change") for item in revisions) or len(revisions)


def _tag_above(element: Element) -> str:
    above = element.getparent()
    return "" if above is None else above.tag

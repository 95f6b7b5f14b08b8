"""The lists of a docx's parts: the comments part made known, a digital signature (which a changed copy cannot keep) taken out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from validator.base.records import positional_record
from validator.readers.docx.package import Element, parse_part
from validator.reporters.docx.comments import escaped
from validator.reporters.docx.parts import Parts
from validator.reporters.docx.source import Edit, Source, apply_edits

_TYPES, _ROOT_LINKS = "[Content_Types].xml", "_rels/.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_SIGNATURES = "_xmlsignatures/"


@positional_record
class Namespaces:
    """Of the text's elements, and the beginning of the kinds of link: those of Strict or of the usual (Transitional) Office Open XML."""

    words: str
    links: str


def namespaces(main: bytes) -> Namespaces:
    """Those that the text uses."""
    if b"http://purl.oclc.org/ooxml/wordprocessingml/main" in main[:65536]:
        return Namespaces("http://purl.oclc.org/ooxml/wordprocessingml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
    return Namespaces(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )


def link_comments(parts: Parts, links: str, name: str, spaces: Namespaces) -> None:
    """Make the comments part known, where it is not yet. `links`: the part that lists the links of the text."""
    kind = f"{spaces.links}/comments"
    text = parts.text(links)
    if text is None:
        text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_LINKS}"/>'.encode()
    root = parse_part(text)
    if not any(str(link.get("Type", "")).rsplit("/", 1)[-1] == "comments" for link in root):
        ids = {link.get("Id", "") for link in root}
        free = next(number for number in range(1, len(ids) + 2) if f"rId{number}" not in ids)
        item = f'<Relationship Id="rId{free}" Type="{kind}" Target="{escaped(_target(links, name))}"/>'
        parts.put(links, _appended(text, root, item, _LINKS))
    types = parts.text(_TYPES) or f'<Types xmlns="{_TYPES_SPACE}"/>'.encode()
    root = parse_part(types)
    if not any(str(item.get("PartName", "")).lower().lstrip("/") == name.lower() for item in root):
        item = f'<Override PartName="/{escaped(name)}" ContentType="{_TYPE}"/>'
        parts.put(_TYPES, _appended(types, root, item, _TYPES_SPACE))


def remove_signature(parts: Parts) -> bool:
    """Take a digital signature out; whether there was one. Word would say of a changed copy that it may have been tampered with."""
    names = [name for name in parts.names if name.startswith(_SIGNATURES)]
    for name in names:
        parts.drop(name)
    if names:
        _without(parts, _ROOT_LINKS, lambda item: str(item.get("Type", "")).endswith("/digital-signature/origin"))
        _without(parts, _TYPES, lambda item: str(item.get("PartName", "")).lower().lstrip("/").startswith(_SIGNATURES))
    return bool(names)


def _without(parts: Parts, name: str, unwanted: Callable[[Element], bool]) -> None:
    text = parts.text(name)
    if text is None:
        return
    source = Source(text, parse_part(text))
    gone = [source.span(item) for item in source.root if unwanted(item)]
    parts.put(name, apply_edits(text, [Edit(span.start, span.end, b"") for span in gone]))


def _appended(text: bytes, root: Element, item: str, namespace: str) -> bytes:
    """A list with one more item at its end."""
    if root.nsmap.get(None) != namespace:
        item = re.sub(r"^(<\w+)", rf'\1 xmlns="{namespace}"', item)
    source = Source(text, root)
    return apply_edits(text, [source.appended(root, source.encoded(item))])


def _target(links: str, name: str) -> str:
    """A part as a link says it: from the folder of the part that the links are of."""
    folder = posixpath.dirname(posixpath.dirname(links))
    return name[len(folder) + 1 :] if folder and name.startswith(folder + "/") else "/" + name

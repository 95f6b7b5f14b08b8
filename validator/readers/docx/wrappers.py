"""Elements of a docx that only wrap what is printed: content controls, insertions, links and the like."""

from __future__ import annotations

from validator.model import UnreadableError
from validator.readers.docx.package import Element, W
from validator.readers.docx.shapes import ALTERNATIVES, chosen_alternative

_P, _TBL = W + "p", W + "tbl"
#: Elements in whose place other files stand: parts of another format, documents of a master document.
CHUNKS = frozenset({W + "altChunk", W + "subDoc"})
#: Elements that only wrap what is printed.
WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "ins", "moveTo", "fldSimple", "dir", "bdo")
)
#: Wrappers within wrappers; a document of people stays below ten.
MAX_DEPTH = 60


def gather(container: Element, pieces: list[Element], depth: int) -> None:
    """Add the paragraphs and tables of a container, wrappers taken off."""
    if depth > MAX_DEPTH:
        raise UnreadableError("too-deep", format="docx")
    for element in container:
        tag = element.tag
        if tag == _P or tag == _TBL or tag in CHUNKS:
            pieces.append(element)
        elif tag in WRAPPERS:
            if not _contents(element):
                gather(element, pieces, depth + 1)
        elif tag == ALTERNATIVES:
            gather(chosen_alternative(element), pieces, depth + 1)


def _contents(element: Element) -> bool:
    """Whether a content control is a table of contents: its lines are no headings."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"

"""The text of a docx paragraph as it is printed: tracked changes accepted, field results, no hidden text, shapes set aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.model import UnreadableError
from validator.readers.docx.numbering import Numbering
from validator.readers.docx.package import REVISIONS, Element, Package, W
from validator.readers.docx.shapes import ALTERNATIVES, chosen, shapes, symbol
from validator.readers.docx.styles import Style, Styles, on

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _TBL, _R, _T, _LOOK = W + "p", W + "tbl", W + "r", W + "t", W + "rPr"
#: Elements that only wrap what is printed.
WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "ins", "moveTo", "fldSimple", "dir", "bdo")
)
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_SHAPES = frozenset({W + "drawing", W + "pict", W + "object"})
_NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})
#: Wrappers within wrappers; a document of people stays below ten.
MAX_DEPTH = 60


class Piece(NamedTuple):
    """A piece of text and the element it comes from; `start` is 0-based in the text of the paragraph or block."""

    start: int
    length: int
    element: Element


class Paragraph(NamedTuple):  # there is one for every cell; a frozen dataclass takes six times as long to make
    """A paragraph as printed, its number in front, and what it holds besides text."""

    text: str
    level: int | None = None  # of a heading, 1-based
    boxes: tuple[Element, ...] = ()  # contents of text boxes anchored here
    pictures: int = 0
    objects: tuple[str, ...] = ()  # programs of embedded files
    comments: int = 0
    notes: int = 0  # references to footnotes and endnotes
    changed: bool = False
    extras: bool = False  # any of these
    element: Element | None = None  # the w:p, where the walk is traced
    pieces: tuple[Piece, ...] = ()  # where the text comes from, likewise


class _Found:
    """What has been found in a paragraph so far. `codes` is the stack of fields: True where the instruction is still going on."""

    __slots__ = ("boxes", "codes", "comments", "extras", "notes", "objects", "parts", "pictures")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.boxes: list[Element] = []
        self.objects: list[str] = []
        self.codes: list[bool] = []
        self.pictures = self.comments = self.notes = 0
        self.extras = False  # whether there is anything besides text


class Typesetter:
    """Paragraphs as printed. They must be asked for in reading order, since numbers count on."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.styles, package.body)
        self._numbering = Numbering(package.numbering)
        self._hides = package.hides
        self._found = _Found()  # one for all: every paragraph is finished before the next is begun, in whatever container
        self.revised = package.revised

    def flow(self, container: Element, depth: int = 0) -> Iterator[Paragraph | Element]:
        """The paragraphs and tables of a body, cell or text box in reading order; a paragraph whose mark is deleted runs into the next."""
        first = None
        pieces: list[Element] = []
        _gather(container, pieces, depth)
        for element in pieces:
            if element.tag == _TBL:
                if first is not None:
                    yield self._finished(first)
                    first = None
                yield element
                continue
            first = element
            self._collect(element, self._found, self._hidden(element), 0)
            if self._found.codes:
                self._found.codes.clear()  # an unclosed field must not swallow the rest of the document
            if not self._runs_on(element):
                yield self._finished(first)
                first = None
        if first is not None:
            yield self._finished(first)

    def _hidden(self, element: Element) -> bool:
        """Whether the paragraph's style hides its text."""
        return self._hides and bool(self._styles.of(element)[1].hidden)

    def _runs_on(self, element: Element) -> bool:
        """Whether the paragraph mark is deleted by a tracked change, or is Word's invisible style separator."""
        if not (self.revised or self._hides):
            return False
        mark = element.find(f"{W}pPr/{W}rPr")
        return mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom", "specVanish"))

    def _finished(self, element: Element) -> Paragraph:
        """The paragraph with its number."""
        found = self._found
        own, style, key = self._styles.of(element)
        outline = style.outline if own.outline is None else own.outline
        text = "" if style.contents else self._label(own, style, key) + "".join(found.parts)
        level = outline + 1 if outline is not None and 0 <= outline < 9 else None
        changed = self.revised and _changed(element)
        if not (found.extras or changed):
            found.parts.clear()
            return Paragraph(text=text, level=level) if text else _EMPTY
        self._found = _Found()
        return Paragraph(
            text=text,
            level=level,
            boxes=tuple(found.boxes),
            pictures=found.pictures,
            objects=tuple(found.objects),
            comments=found.comments,
            notes=found.notes,
            changed=changed,
            extras=True,
        )

    def _label(self, own: Style, style: Style, key: str) -> str:
        """The automatic number."""
        identity = style.list_id if own.list_id is None else own.list_id
        if identity is None or identity == "0":
            return ""
        depth = own.list_level
        if depth is None and own.list_id is None:
            depth = self._numbering.level_of(identity, key) if style.list_level is None else style.list_level
        return self._numbering.label(identity, depth or 0)

    def _collect(self, element: Element, found: _Found, hidden: bool, depth: int) -> None:
        """The runs of a paragraph or of a wrapper within it."""
        if depth > MAX_DEPTH:
            raise UnreadableError("too-deep", format="docx")
        for child in element:
            tag = child.tag
            if tag == _R:
                if not (self._hides and self._run_hidden(child, hidden)):
                    self._run(child, found, depth)
            elif tag in WRAPPERS:
                self._collect(child, found, hidden, depth + 1)
            elif tag == ALTERNATIVES:
                self._collect(chosen(child), found, hidden, depth + 1)
            elif tag in (_MATH + "oMath", _MATH + "oMathPara"):
                found.parts.extend(item.text or "" for item in child.iter(_MATH + "t"))

    def _run_hidden(self, run: Element, inherited: bool) -> bool:
        """Whether a run is hidden: by itself, by its style or by the paragraph's."""
        own = run.find(W + "rPr")
        if own is None:
            return inherited
        direct = on(own.find(W + "vanish"))
        if direct is not None:
            return direct
        named = own.find(W + "rStyle")
        style = None if named is None else self._styles.get(named.get(W + "val", "")).hidden
        return inherited if style is None else style

    def _run(self, run: Element, found: _Found, depth: int) -> None:
        """The text, signs and shapes of a run."""
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text and not (found.codes and True in found.codes):
                    found.parts.append(text if text[0] > " " and text[-1] > " " and "\n" not in text else words(child))
            elif tag == _LOOK:
                continue
            elif tag in _SIGNS:
                if not (found.codes and True in found.codes):
                    found.parts.append(_SIGNS[tag])
            elif tag in _SHAPES:
                found.extras = True
                boxes, objects, pictures = shapes(child)
                found.boxes += boxes
                found.objects += objects
                found.pictures += pictures
            elif tag == W + "fldChar":
                _field(child.get(W + "fldCharType", ""), found.codes)
            elif tag == W + "sym":
                found.parts.append(symbol(child))
            elif tag == W + "commentReference" or tag in _NOTES:
                found.extras = True
                found.comments += tag not in _NOTES
                found.notes += tag in _NOTES
            elif tag == ALTERNATIVES:
                if depth > MAX_DEPTH:
                    raise UnreadableError("too-deep", format="docx")
                self._run(chosen(child), found, depth + 1)
            elif tag == W + "ruby":
                for base in child.iterchildren(W + "rubyBase"):
                    self._collect(base, found, False, depth + 1)


_EMPTY = Paragraph(text="")


def _gather(container: Element, pieces: list[Element], depth: int) -> None:
    """Add the paragraphs and tables of a container, wrappers taken off."""
    if depth > MAX_DEPTH:
        raise UnreadableError("too-deep", format="docx")
    for element in container:
        tag = element.tag
        if tag == _P or tag == _TBL:
            pieces.append(element)
        elif tag in WRAPPERS:
            if not _contents(element):
                _gather(element, pieces, depth + 1)
        elif tag == ALTERNATIVES:
            _gather(chosen(element), pieces, depth + 1)


def _contents(element: Element) -> bool:
    """Whether a content control is a table of contents: its lines are no headings."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _changed(element: Element) -> bool:
    """Whether tracked changes touch the paragraph."""
    return next(element.iter(*REVISIONS), None) is not None


def words(element: Element) -> str:
    """The text of a w:t; spaces at its ends count only where they are to be preserved."""
    text = element.text
    if text[0] in " \t\r\n" or text[-1] in " \t\r\n":
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
    return text.replace("\n", " ") if "\n" in text else text


def _field(step: str, codes: list[bool]) -> None:
    """Keep the stack of fields: what stands between begin and separate is an instruction."""
    if step == "begin":
        codes.append(True)
    elif step == "separate" and codes:
        codes[-1] = False
    elif step == "end" and codes:
        codes.pop()

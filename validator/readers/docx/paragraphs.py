"""The text of a docx paragraph as it is printed: tracked changes accepted, field results, nothing hidden, marks and shapes set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validator.model import Mark, UnreadableError
from validator.readers.docx.equations import EQUATIONS, MATH, steps
from validator.readers.docx.fields import Field
from validator.readers.docx.found import Found
from validator.readers.docx.looks import Ground, Looks
from validator.readers.docx.numbering import Numbering
from validator.readers.docx.outside import NOTES, Outside
from validator.readers.docx.package import REVISIONS, Element, Package, W
from validator.readers.docx.placing import Sheet
from validator.readers.docx.prompts import Prompts
from validator.readers.docx.shapes import ALTERNATIVES, Shape, chosen, shapes
from validator.readers.docx.styles import Style, Styles, on
from validator.readers.docx.symbols import spelled, symbol
from validator.readers.docx.wrappers import MAX_DEPTH, WRAPPERS, gather

_P, _TBL, _R, _T, _LOOK, _SDT = W + "p", W + "tbl", W + "r", W + "t", W + "rPr", W + "sdt"
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_SHAPES = frozenset({W + "drawing", W + "pict", W + "object", W + "contentPart"})
#: What is printed in their place is known to Word alone: the number of a page, the day of today.
_PRINTED = frozenset(W + name for name in ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong"))
_ON = ("1", "true", "on")


class Piece(NamedTuple):
    """A piece of text and the element it comes from; `start` is 0-based in the text of the paragraph or block."""

    start: int
    length: int
    element: Element


class Paragraph(NamedTuple):  # there is one for every cell; a frozen dataclass takes six times as long to make
    """A paragraph as printed, its number in front, and what it holds besides text."""

    text: str
    level: int | None = None  # of a heading, 1-based
    boxes: tuple[Shape, ...] = ()  # text boxes and drawn letters anchored here
    pictures: int = 0
    objects: tuple[str, ...] = ()  # programs of embedded files
    comments: int = 0
    notes: tuple[Element, ...] = ()  # references to footnotes and endnotes
    changed: bool = False
    marks: tuple[Mark, ...] = ()  # raised and lowered ones, at their places in `text`
    doubt: str = ""  # why no figure may be read here
    unread: tuple[tuple[str, int], ...] = ()  # why text is not read (hidden, white, small, struck …), and how often
    extras: bool = False  # any of these
    element: Element | None = None  # the w:p, where the walk is traced
    pieces: tuple[Piece, ...] = ()  # where the text comes from, likewise


class Typesetter:
    """Paragraphs as printed. They must be asked for in reading order, since numbers count on."""

    def __init__(self, package: Package) -> None:
        self.outside = Outside(package)
        self._styles = Styles(package.styles, package.body)
        self._numbering = Numbering(package.numbering)
        self._hides = package.hides
        self._found = Found()  # one for all: every paragraph is finished before the next is begun, in whatever container
        self._looks = Looks.of(package, self._styles.raw, self.outside.roots())
        self._prompts = Prompts.of(package)
        self.sheet = Sheet(package.body) if self._looks is None else self._looks.sheet
        self.revised = package.revised

    @property
    def numbering_cut(self) -> int:
        """Levels of numbering that are used whose text was cut, being longer than any that Word writes."""
        return self._numbering.cut

    def flow(self, container: Element, depth: int = 0) -> Iterator[Paragraph | Element]:
        """The paragraphs, tables and parts of other formats of a body, cell or text box in reading order.

        A paragraph whose mark is deleted or hidden runs into the next.
        """
        first = None
        pieces: list[Element] = []
        gather(container, pieces, depth)
        last = pieces[-1] if pieces else None
        for element in pieces:
            if element.tag != _P:
                if first is not None:
                    yield self._finished(first)
                    first = None
                yield element
                continue
            first = element if first is None else first
            self._text(element)
            if self._runs_on(element, element is last):
                first = first if self._found.parts else None  # nothing printed yet: the next is a paragraph of its own
                continue
            yield self._finished(first)
            first = None
        if first is not None:
            yield self._finished(first)

    def _text(self, element: Element) -> None:
        """Collect what a paragraph prints."""
        found = self._found
        ground = None if self._looks is None else self._looks.ground(element)
        if ground is not None and ground.doubt:
            found.doubtful(ground.doubt)
        prompt = "" if self._prompts is None else self._prompts.around(element)
        if prompt == "doubt":
            found.doubtful("placeholder")
        if prompt != "skip":
            self._collect(element, found, ground, 0)
        if found.fields:
            found.fields.clear()
            found.codes = 0  # an unclosed field must not swallow the rest of the document

    def _runs_on(self, element: Element, last: bool) -> bool:
        """Whether the paragraph mark is deleted by a tracked change, hidden, or Word's invisible style separator."""
        if not (self.revised or self._hides):
            return False
        mark = element.find(f"{W}pPr/{W}rPr")
        if mark is None:
            return False
        gone = any(mark.find(W + name) is not None for name in ("del", "moveFrom", "specVanish"))
        return gone or bool(on(mark.find(W + "vanish"))) and not last

    def table_off(self, table: Element) -> bool:
        """Whether a table stands beside the page."""
        return self.sheet.table_off(table)

    def _finished(self, element: Element) -> Paragraph:
        """The paragraph with its number."""
        found = self._found
        own, style, key = self._styles.of(element)
        outline = style.outline if own.outline is None else own.outline
        label = "" if style.contents else self._label(own, style, key)
        text = "" if style.contents else label + "".join(found.parts)
        level = outline + 1 if outline is not None and 0 <= outline < 9 else None
        changed = self.revised and _changed(element)
        if not (found.extras or changed or label):
            found.parts.clear()
            return Paragraph(text=text, level=level) if text else _EMPTY
        self._found = Found()
        doubt = found.settled(text[len(label) :]) or _numbered(label, text)
        return Paragraph(
            text=text,
            level=level,
            boxes=tuple(found.boxes),
            pictures=found.pictures,
            objects=tuple(found.objects),
            comments=found.comments,
            notes=tuple(found.notes),
            changed=changed,
            marks=tuple(Mark(text=mark.text, start=mark.start + len(label)) for mark in found.marks),
            doubt=doubt or ("struck" if "struck" in found.unread and not text.strip() else ""),
            unread=tuple(found.unread.items()),
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

    def _collect(self, element: Iterable[Element], found: Found, ground: Ground | None, depth: int) -> None:
        """The runs of a paragraph or of a wrapper within it."""
        if depth > MAX_DEPTH:
            raise UnreadableError("too-deep", format="docx")
        for child in element:
            tag = child.tag
            if tag == _R:
                if ground is None and not found.pending:
                    self._run(child, found, depth)
                    found.aside = ""
                else:
                    self._looked_at(child, found, ground, depth)
            elif tag in WRAPPERS:
                if tag == _SDT and self._prompts is not None and self._prompted(child, found):
                    continue
                if tag == W + "bdo" and child.get(W + "val") == "rtl":
                    found.doubtful("direction")  # its digits are printed from right to left
                self._collect(child, found, ground, depth + 1)
            elif tag == ALTERNATIVES:
                self._collect(chosen(child), found, ground, depth + 1)
            elif tag in EQUATIONS:
                self._equation(child, found, ground, depth)

    def _prompted(self, control: Element, found: Found) -> bool:
        """Whether a content control within a paragraph only shows what is to be filled in there."""
        state = "" if self._prompts is None else self._prompts.state(control)
        if state == "doubt":
            found.doubtful("placeholder")
        return state == "skip"

    def _looked_at(self, run: Element, found: Found, ground: Ground | None, depth: int) -> None:
        """A run of which it must be known how it looks."""
        outer, waiting = found.aside, found.pending
        found.pending = False
        aside = "" if ground is None or self._looks is None else self._looks.aside(run, ground)
        found.aside = aside or outer or ("mark" if waiting else "")
        self._run(run, found, depth)
        found.aside = outer

    def _equation(self, element: Element, found: Found, ground: Ground | None, depth: int) -> None:
        """An equation, on one line."""
        outer, raised = found.aside, 0
        for step in steps(element):
            if step.kind == "doubt":
                found.doubtful(step.text)
            elif step.kind in ("raise", "lower"):
                raised += 1 if step.kind == "raise" else -1
            elif step.kind == "sign":
                found.aside = outer or ("mark" if raised else "")
                found.put(step.text)
            elif step.run is not None:
                aside = "" if ground is None or self._looks is None else self._looks.aside(step.run, ground)
                found.aside = aside or outer or ("mark" if raised else "")
                if step.run.tag == _R:
                    self._run(step.run, found, depth)
                else:
                    for item in step.run.iterchildren(MATH + "t"):
                        found.put(item.text or "")
        found.aside = outer

    def _run(self, run: Iterable[Element], found: Found, depth: int) -> None:
        """The text, signs and shapes of a run."""
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text and not found.codes:
                    shown = text if text[0] > " " and text[-1] > " " and "\n" not in text else words(child)
                    if found.aside or self._looks is not None:
                        self._letters(child, shown, found)
                    else:
                        found.parts.append(shown)
            elif tag == _LOOK:
                continue
            elif tag in _SIGNS:
                if not found.codes:
                    found.put(_SIGNS[tag])
            elif tag in _SHAPES:
                self._shapes(child, found)
            elif tag == W + "fldChar":
                self._field(child, found)
            elif tag == W + "instrText":
                if found.fields:
                    found.fields[-1].code.append(child.text or "")
            elif tag == W + "sym":
                if not found.codes:
                    self._symbol(symbol(child), found)
            elif tag in NOTES:
                self._reference(child, found)
            elif tag == W + "commentReference":
                found.extras = True
                found.comments += 1
            elif tag == ALTERNATIVES:
                if depth > MAX_DEPTH:
                    raise UnreadableError("too-deep", format="docx")
                self._run(chosen(child), found, depth + 1)
            elif tag == W + "ruby":
                self._ruby(child, found, depth)
            elif tag in _PRINTED and not found.aside:
                found.doubtful("field")

    def _letters(self, element: Element, text: str, found: Found) -> None:
        """The letters of a run whose look may matter; those of a symbol font by its table."""
        run = element.getparent()
        own = None if run is None else run.find(_LOOK)
        if own is None or self._looks is None or not (font := self._looks.pictured(own)):
            found.put(text)
            return
        printed, known = spelled(font, text)
        if not known and not found.aside:
            found.doubtful("symbol")
        found.put(printed)

    def _symbol(self, text: str, found: Found) -> None:
        """A character of a symbol font; '' where nobody can tell which."""
        if not text and not found.aside:
            found.doubtful("symbol")
        found.put(text or ("?" if found.aside == "mark" else ""))

    def _shapes(self, element: Element, found: Found) -> None:
        """A drawing, unless its run is hidden."""
        if found.aside == "hidden":
            return
        found.extras = True
        boxes, objects, pictures = shapes(element, self.sheet)
        found.boxes += boxes
        found.objects += objects
        found.pictures += pictures
        if (pictures or element.tag == W + "object") and _inline(element):
            found.doubtful("picture")

    def _reference(self, element: Element, found: Found) -> None:
        """A reference to a note: its number is a raised mark; where it has a mark of its own, that comes next."""
        found.extras = True
        if found.aside not in ("", "mark"):
            return
        found.notes.append(element)
        if element.get(W + "customMarkFollows") in _ON:
            found.aside = "mark"
            found.pending = _textless(element)
        else:
            found.mark(self.outside.number(element))

    def _field(self, element: Element, found: Found) -> None:
        """Keep the stack of fields: what stands between begin and separate is a code."""
        step = element.get(W + "fldCharType", "")
        if step == "begin":
            found.begin(Field(element))
        elif step == "separate":
            found.separate()
        elif step == "end":
            found.end()

    def _ruby(self, element: Element, found: Found, depth: int) -> None:
        """Words with small ones above them: those are marks."""
        for base in element.iterchildren(W + "rubyBase"):
            self._collect(base, found, None, depth + 1)
        above = "".join(item.text or "" for text in element.iterchildren(W + "rt") for item in text.iter(_T)).strip()
        if above and found.aside in ("", "mark"):
            found.mark(above)


_EMPTY = Paragraph(text="")


def _changed(element: Element) -> bool:
    """Whether tracked changes touch the paragraph."""
    return next(element.iter(*REVISIONS), None) is not None


def words(element: Element) -> str:
    """The text of a w:t; spaces at its ends count only where they are to be preserved."""
    text = element.text or ""
    if text and (text[0] in " \t\r\n" or text[-1] in " \t\r\n"):
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
    return text.replace("\n", " ") if "\n" in text else text


def _numbered(label: str, text: str) -> str:
    """The doubt about a figure behind an automatic number."""
    return "numbered" if label and len(text) > len(label) and not any(map(str.isalpha, text)) else ""


def _textless(reference: Element) -> bool:
    """Whether nothing follows a reference in its run."""
    return not any(item.tag in (_T, W + "sym") for item in reference.itersiblings())


def _inline(drawing: Element) -> bool:
    """Whether a drawing stands on the line, like a letter."""
    if drawing.tag == W + "drawing":
        return any(str(child.tag).endswith("}inline") for child in drawing)
    return not any("position:absolute" in str(item.get("style", "")).replace(" ", "") for item in drawing.iter())

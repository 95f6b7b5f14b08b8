"""The text of a docx paragraph as it is printed: tracked changes accepted, field results, nothing hidden, marks and shapes set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validator.model import Mark, UnreadableError
from validator.readers.docx.equations import EQUATIONS, MATH, steps
from validator.readers.docx.fields import Field
from validator.readers.docx.looks import Ground, RunLooks
from validator.readers.docx.numbering import Numbering
from validator.readers.docx.outside import NOTES, Outside
from validator.readers.docx.package import REVISIONS, Element, Package, W
from validator.readers.docx.paragraph_content import ParagraphContent
from validator.readers.docx.placing import PageSheet
from validator.readers.docx.prompts import Prompts
from validator.readers.docx.shapes import ALTERNATIVES, Shape, chosen_alternative, shapes
from validator.readers.docx.styles import Style, Styles, on
from validator.readers.docx.symbols import symbol, symbol_text
from validator.readers.docx.wrappers import MAX_DEPTH, WRAPPERS, gather

_P, _TBL, _R, _T, _LOOK, _SDT = W + "p", W + "tbl", W + "r", W + "t", W + "rPr", W + "sdt"
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_SHAPES = frozenset({W + "drawing", W + "pict", W + "object", W + "contentPart"})
#: What is printed in their place is known to Word alone: the number of a page, the day of today.
_PRINTED = frozenset(W + name for name in ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong"))
_ON = ("1", "true", "on")


class TextSource(NamedTuple):
    """A piece of text and the element it comes from; `start` is 0-based in the text of the paragraph or block."""

    start: int
    length: int
    element: Element


class DocxParagraph(NamedTuple):  # there is one for every cell; a frozen dataclass takes six times as long to make
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
    pieces: tuple[TextSource, ...] = ()  # where the text comes from, likewise


class ParagraphReader:
    """Paragraphs as printed. They must be asked for in reading order, since numbers count on."""

    def __init__(self, package: Package) -> None:
        self.outside = Outside(package)
        self._styles = Styles(package.styles, package.body)
        self._numbering = Numbering(package.numbering)
        self._hides = package.hides
        self._content = ParagraphContent()  # one for all: every paragraph is finished before the next is begun, in whatever container
        self._looks = RunLooks.of(package, self._styles.raw, self.outside.roots())
        self._prompts = Prompts.of(package)
        self.sheet = PageSheet(package.body) if self._looks is None else self._looks.sheet
        self.revised = package.revised

    @property
    def numbering_cut(self) -> int:
        """Levels of numbering that are used whose text was cut, being longer than any that Word writes."""
        return self._numbering.cut

    def flow(self, container: Element, depth: int = 0) -> Iterator[DocxParagraph | Element]:
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
                    yield self._finish(first)
                    first = None
                yield element
                continue
            first = element if first is None else first
            self._text(element)
            if self._runs_on(element, element is last):
                first = first if self._content.parts else None  # nothing printed yet: the next is a paragraph of its own
                continue
            yield self._finish(first)
            first = None
        if first is not None:
            yield self._finish(first)

    def _text(self, element: Element) -> None:
        """Collect what a paragraph prints."""
        content = self._content
        ground = None if self._looks is None else self._looks.ground(element)
        if ground is not None and ground.doubt:
            content.add_doubt(ground.doubt)
        prompt = "" if self._prompts is None else self._prompts.state_around(element)
        if prompt == "doubt":
            content.add_doubt("placeholder")
        if prompt != "skip":
            self._collect(element, content, ground, 0)
        if content.fields:
            content.fields.clear()
            content.codes = 0  # an unclosed field must not swallow the rest of the document

    def _runs_on(self, element: Element, last: bool) -> bool:
        """Whether the paragraph mark is deleted by a tracked change, hidden, or Word's invisible style separator."""
        if not (self.revised or self._hides):
            return False
        mark = element.find(f"{W}pPr/{W}rPr")
        if mark is None:
            return False
        is_deleted = any(mark.find(W + name) is not None for name in ("del", "moveFrom", "specVanish"))
        return is_deleted or bool(on(mark.find(W + "vanish"))) and not last

    def _finish(self, element: Element) -> DocxParagraph:
        """The paragraph with its number."""
        content = self._content
        direct, style, key = self._styles.of(element)
        outline = style.outline if direct.outline is None else direct.outline
        label = "" if style.contents else self._label(direct, style, key)
        text = "" if style.contents else label + "".join(content.parts)
        level = outline + 1 if outline is not None and 0 <= outline < 9 else None
        changed = self.revised and _has_revisions(element)
        if not (content.extras or changed or label):
            content.parts.clear()
            return DocxParagraph(text=text, level=level) if text else _EMPTY
        self._content = ParagraphContent()
        doubt = content.final_doubt(text[len(label) :]) or _number_doubt(label, text)
        return DocxParagraph(
            text=text,
            level=level,
            boxes=tuple(content.boxes),
            pictures=content.pictures,
            objects=tuple(content.objects),
            comments=content.comments,
            notes=tuple(content.notes),
            changed=changed,
            marks=tuple(Mark(text=mark.text, start=mark.start + len(label)) for mark in content.marks),
            doubt=doubt or ("struck" if "struck" in content.unread and not text.strip() else ""),
            unread=tuple(content.unread.items()),
            extras=True,
        )

    def _label(self, direct: Style, style: Style, key: str) -> str:
        """The automatic number."""
        identity = style.list_id if direct.list_id is None else direct.list_id
        if identity is None or identity == "0":
            return ""
        depth = direct.list_level
        if depth is None and direct.list_id is None:
            depth = self._numbering.level_of(identity, key) if style.list_level is None else style.list_level
        return self._numbering.label(identity, depth or 0)

    def _collect(self, element: Iterable[Element], content: ParagraphContent, ground: Ground | None, depth: int) -> None:
        """The runs of a paragraph or of a wrapper within it."""
        if depth > MAX_DEPTH:
            raise UnreadableError("too-deep", format="docx")
        for child in element:
            tag = child.tag
            if tag == _R:
                if ground is None and not content.pending:
                    self._run(child, content, depth)
                    content.aside = ""
                else:
                    self._styled_run(child, content, ground, depth)
            elif tag in WRAPPERS:
                if tag == _SDT and self._prompts is not None and self._prompted(child, content):
                    continue
                if tag == W + "bdo" and child.get(W + "val") == "rtl":
                    content.add_doubt("direction")  # its digits are printed from right to left
                self._collect(child, content, ground, depth + 1)
            elif tag == ALTERNATIVES:
                self._collect(chosen_alternative(child), content, ground, depth + 1)
            elif tag in EQUATIONS:
                self._equation(child, content, ground, depth)

    def _prompted(self, control: Element, content: ParagraphContent) -> bool:
        """Whether a content control within a paragraph only shows what is to be filled in there."""
        state = "" if self._prompts is None else self._prompts.state(control)
        if state == "doubt":
            content.add_doubt("placeholder")
        return state == "skip"

    def _styled_run(self, run: Element, content: ParagraphContent, ground: Ground | None, depth: int) -> None:
        """A run of which it must be known how it looks."""
        outer, waiting = content.aside, content.pending
        content.pending = False
        aside = "" if ground is None or self._looks is None else self._looks.aside(run, ground)
        content.aside = aside or outer or ("mark" if waiting else "")
        self._run(run, content, depth)
        content.aside = outer

    def _equation(self, element: Element, content: ParagraphContent, ground: Ground | None, depth: int) -> None:
        """An equation, on one line."""
        outer, raised = content.aside, 0
        for step in steps(element):
            if step.kind == "doubt":
                content.add_doubt(step.text)
            elif step.kind in ("raise", "lower"):
                raised += 1 if step.kind == "raise" else -1
            elif step.kind == "sign":
                content.aside = outer or ("mark" if raised else "")
                content.add_text(step.text)
            elif step.run is not None:
                aside = "" if ground is None or self._looks is None else self._looks.aside(step.run, ground)
                content.aside = aside or outer or ("mark" if raised else "")
                if step.run.tag == _R:
                    self._run(step.run, content, depth)
                else:
                    for item in step.run.iterchildren(MATH + "t"):
                        content.add_text(item.text or "")
        content.aside = outer

    def _run(self, run: Iterable[Element], content: ParagraphContent, depth: int) -> None:
        """The text, signs and shapes of a run."""
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text and not content.codes:
                    shown = text if text[0] > " " and text[-1] > " " and "\n" not in text else words(child)
                    if content.aside or self._looks is not None:
                        self._letters(child, shown, content)
                    else:
                        content.parts.append(shown)
            elif tag == _LOOK:
                continue
            elif tag in _SIGNS:
                if not content.codes:
                    content.add_text(_SIGNS[tag])
            elif tag in _SHAPES:
                self._shapes(child, content)
            elif tag == W + "fldChar":
                self._field(child, content)
            elif tag == W + "instrText":
                if content.fields:
                    content.fields[-1].code.append(child.text or "")
            elif tag == W + "sym":
                if not content.codes:
                    self._symbol(symbol(child), content)
            elif tag in NOTES:
                self._reference(child, content)
            elif tag == W + "commentReference":
                content.extras = True
                content.comments += 1
            elif tag == ALTERNATIVES:
                if depth > MAX_DEPTH:
                    raise UnreadableError("too-deep", format="docx")
                self._run(chosen_alternative(child), content, depth + 1)
            elif tag == W + "ruby":
                self._ruby(child, content, depth)
            elif tag in _PRINTED and not content.aside:
                content.add_doubt("field")

    def _letters(self, element: Element, text: str, content: ParagraphContent) -> None:
        """The letters of a run whose look may matter; those of a symbol font by its table."""
        run = element.getparent()
        properties = None if run is None else run.find(_LOOK)
        if properties is None or self._looks is None or not (font := self._looks.pictured(properties)):
            content.add_text(text)
            return
        printed, is_known = symbol_text(font, text)
        if not is_known and not content.aside:
            content.add_doubt("symbol")
        content.add_text(printed)

    def _symbol(self, text: str, content: ParagraphContent) -> None:
        """A character of a symbol font; '' where nobody can tell which."""
        if not text and not content.aside:
            content.add_doubt("symbol")
        content.add_text(text or ("?" if content.aside == "mark" else ""))

    def _shapes(self, element: Element, content: ParagraphContent) -> None:
        """A drawing, unless its run is hidden."""
        if content.aside == "hidden":
            return
        content.extras = True
        boxes, objects, pictures = shapes(element, self.sheet)
        content.boxes += boxes
        content.objects += objects
        content.pictures += pictures
        if (pictures or element.tag == W + "object") and _inline(element):
            content.add_doubt("picture")

    def _reference(self, element: Element, content: ParagraphContent) -> None:
        """A reference to a note: its number is a raised mark; where it has a mark of its own, that comes next."""
        content.extras = True
        if content.aside not in ("", "mark"):
            return
        content.notes.append(element)
        if element.get(W + "customMarkFollows") in _ON:
            content.aside = "mark"
            content.pending = _ends_run(element)
        else:
            content.add_mark(self.outside.number(element))

    def _field(self, element: Element, content: ParagraphContent) -> None:
        """Keep the stack of fields: what stands between begin and separate is a code."""
        step = element.get(W + "fldCharType", "")
        if step == "begin":
            content.begin(Field(element))
        elif step == "separate":
            content.separate()
        elif step == "end":
            content.end()

    def _ruby(self, element: Element, content: ParagraphContent, depth: int) -> None:
        """Words with small ones above them: those are marks."""
        for base in element.iterchildren(W + "rubyBase"):
            self._collect(base, content, None, depth + 1)
        above = "".join(item.text or "" for text in element.iterchildren(W + "rt") for item in text.iter(_T)).strip()
        if above and content.aside in ("", "mark"):
            content.add_mark(above)


_EMPTY = DocxParagraph(text="")


def _has_revisions(element: Element) -> bool:
    """Whether tracked changes touch the paragraph."""
    return next(element.iter(*REVISIONS), None) is not None


def words(element: Element) -> str:
    """The text of a w:t; spaces at its ends count only where they are to be preserved."""
    text = element.text or ""
    if text and (text[0] in " \t\r\n" or text[-1] in " \t\r\n"):
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
    return text.replace("\n", " ") if "\n" in text else text


def _number_doubt(label: str, text: str) -> str:
    """The doubt about a figure behind an automatic number."""
    return "numbered" if label and len(text) > len(label) and not any(map(str.isalpha, text)) else ""


def _ends_run(reference: Element) -> bool:
    """Whether nothing follows a reference in its run."""
    return not any(item.tag in (_T, W + "sym") for item in reference.itersiblings())


def _inline(drawing: Element) -> bool:
    """Whether a drawing stands on the line, like a letter."""
    if drawing.tag == W + "drawing":
        return any(str(child.tag).endswith("}inline") for child in drawing)
    return not any("position:absolute" in str(item.get("style", "")).replace(" ", "") for item in drawing.iter())

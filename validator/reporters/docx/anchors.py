"""Where in the XML of a docx a comment begins and ends: words of a block → marks, at which runs are divided where they must be.

Comments may stand in the paragraphs of the text and of its tables. Words of a text box, of a formula or of a form field are marked
at what holds them; what stands in no paragraph that may be marked, at the nearest that may.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from validator.model import UnreadableError
from validator.readers.docx.origins import Origin
from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.paragraphs import TextSource, words
from validator.reporters.docx.source import Source

_P, _R, _T = W + "p", W + "r", W + "t"
_SDT, _BOX = W + "sdt", W + "txbxContent"
#: What may stand between the body and a paragraph that takes comments, and between such a paragraph and a run.
_OUTER = frozenset(
    W + name for name in ("body", "tbl", "tr", "tc", "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
)
_INNER = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "dir", "bdo")
)  # fmt: skip
#: Fields to be filled in take no marks inside.
_FILLED_IN = frozenset(
    W + name for name in ("text", "date", "dropDownList", "comboBox", "picture", "equation", "docPartList", "dataBinding")
) | {"{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"}
Side = Literal["before", "after"]
Aside = Literal["", "box", "near"]


class XmlPosition(NamedTuple):
    """A place in the XML. In order of bytes, then of characters in a text.

    `text`: the w:t that is divided there; `run`: the run that is divided there; `empty`: the paragraph at whose end it is.
    """

    at: int
    offset: int = 0
    text: Element | None = None
    run: Element | None = None
    paragraph: Element | None = None

    @property
    def order(self) -> tuple[int, int]:
        """For comparing marks."""
        return self.at, self.offset


class Anchor(NamedTuple):
    """From where to where a comment goes. `aside`: it cannot stand at the words themselves, which are in a text box or elsewhere near."""

    start: XmlPosition
    end: XmlPosition
    aside: Aside = ""


class _Unit(NamedTuple):
    """The smallest thing around an element that marks can stand beside; `child`: the part of that run that can be divided off."""

    element: Element
    child: Element | None
    boxed: bool


class Anchors:
    """The marks of one document."""

    def __init__(self, package: Package, source: Source, origins: Mapping[int, Origin]) -> None:
        self._body = package.body
        self._source = source
        self._origins = origins
        self._lines: Sequence[int] = sorted(origins)

    def at(self, line: int, start: int = 0, length: int = 0) -> Anchor:
        """The anchor of `length` characters from the 0-based `start` of the block of that line, going on into the next blocks.

        0 characters: the whole block.
        """
        origin = self._origins[line]
        pieces = self._pieces(line, start, start + length) if length else self._whole(line)
        return self._around(pieces or self._whole(line)) or self._beside(origin) or self._near(line)

    def _whole(self, line: int) -> list[TextSource]:
        """The pieces of a whole block."""
        return self._pieces(line, 0, len(self._origins[line].block.text))

    def _pieces(self, line: int, start: int, end: int) -> list[TextSource]:
        """The pieces between two places of the text of a block and those after it, cut to them; their `start` is the place in the piece."""
        pieces = []
        for number in self._lines[bisect_left(self._lines, line) :]:
            origin = self._origins[number]
            for piece in origin.pieces:
                first, last = max(start - piece.start, 0), min(end - piece.start, piece.length)
                if first < last:
                    pieces.append(TextSource(first, last - first, piece.element))
            size = len(origin.block.text)
            if end <= size:
                break
            start, end = max(start - size, 0), end - size
        return pieces

    def _around(self, pieces: Sequence[TextSource]) -> Anchor | None:
        """From the first piece to the last; None where no mark may stand there."""
        if not pieces:
            return None
        first, last = pieces[0], pieces[-1]
        first_unit, last_unit = self._unit(first.element), self._unit(last.element)
        if first_unit is None:
            return None
        start = self._mark(first_unit, first.start, "before")
        end = self._mark(last_unit, last.start + last.length, "after") if last_unit else start
        if end.order <= start.order:  # the words go on in a box that hangs at an earlier place
            end = self._mark(first_unit, first.start + first.length, "after")
        return Anchor(start, end, "box" if first_unit.boxed else "")

    def _beside(self, origin: Origin) -> Anchor | None:
        """The end of the paragraph of a block that has no piece."""
        if origin.pieces or origin.element is None:
            return None
        chain = self._chain(origin.element)
        if any(element.tag not in _OUTER for element in chain[:-1]):
            unit = self._unit(origin.element)
            return unit and Anchor(self._outside(unit.element, "before"), self._outside(unit.element, "after"), "box")
        span = self._source.span(origin.element)
        mark = XmlPosition(span.close, paragraph=origin.element)
        return Anchor(mark, mark)

    def _near(self, line: int) -> Anchor:
        """The nearest block before, else after, that takes marks; the end of the first paragraph where there is none.

        Raises UnreadableError: damaged, where there is no paragraph either.
        """
        place = bisect_left(self._lines, line)
        for number in (*reversed(self._lines[:place]), *self._lines[place:]):
            anchor = self._around(self._whole(number))
            if anchor is not None:
                return anchor._replace(aside="near")
        paragraph = next((item for item in self._body.iterchildren(_P)), None)
        if paragraph is None:
            raise UnreadableError("damaged", format="docx")
        mark = XmlPosition(self._source.span(paragraph).close, paragraph=paragraph)
        return Anchor(mark, mark, "near")

    def _chain(self, element: Element) -> list[Element]:
        """From the body's child down to the element."""
        chain = [element]
        while (above := chain[-1].getparent()) is not None and above is not self._body:
            chain.append(above)
        return chain[::-1]

    def _unit(self, element: Element) -> _Unit | None:
        """What marks can stand beside; None where no paragraph that takes comments holds it."""
        chain = self._chain(element)
        boxed = any(item.tag == _BOX for item in chain)
        place = next((number for number, item in enumerate(chain) if item.tag not in _OUTER), len(chain))
        if place == len(chain) or chain[place].tag != _P:
            return None
        rest = chain[place + 1 :]
        while len(rest) > 1 and rest[0].tag in _INNER and not _filled_in(rest[0]):
            rest = rest[1:]
        if not rest:
            return None
        exact = rest[0].tag == _R and len(rest) == 2
        return _Unit(rest[0], rest[1] if exact else None, boxed)

    def _mark(self, unit: _Unit, offset: int, side: Side) -> XmlPosition:
        """Before or after a character of what the unit holds."""
        if unit.child is None:
            return self._outside(unit.element, side)
        if unit.child.tag == _T and 0 < offset < len(words(unit.child)):
            return XmlPosition(self._source.span(unit.child).start, offset, text=unit.child, run=unit.element)
        return self._in_run(unit.element, unit.child, side)

    def _in_run(self, run: Element, child: Element, side: Side) -> XmlPosition:
        """Before or after a child of a run, which is divided unless the child is its first or last."""
        beside = child.getprevious() if side == "before" else child.getnext()
        while side == "before" and beside is not None and beside.tag == W + "lastRenderedPageBreak":
            beside = beside.getprevious()
        if beside is None or beside.tag == W + "rPr":
            return self._outside(run, side)
        span = self._source.span(child)
        return XmlPosition(span.start if side == "before" else span.end, run=run)

    def _outside(self, element: Element, side: Side) -> XmlPosition:
        """Before or after an element of a paragraph; of what it is the first or last in, likewise."""
        while (above := element.getparent()) is not None and above.tag in _INNER:
            beside = element.getprevious() if side == "before" else element.getnext()
            if beside is not None and not str(beside.tag).endswith("Pr"):
                break
            element = above
        span = self._source.span(element)
        return XmlPosition(span.start if side == "before" else span.end)


def _filled_in(element: Element) -> bool:
    """Whether a content control is a field to be filled in."""
    properties = element.find(W + "sdtPr") if element.tag == _SDT else None
    return properties is not None and any(child.tag in _FILLED_IN for child in properties)

"""What the walk over a page collects: lines and tables in the order of the page, and the text of a line as a browser prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from validator.base.regex_cache import expression
from validator.model import Mark

Notice = tuple[str, dict[str, object]]  # code and detail of an Observation

#: Characters that are not printed.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_FIXED = re.compile("[\u00a0\u2007\u202f]")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—《》]")
_FIGURE = re.compile(r"[+＋-]?[\d０-９][\d０-９,，.．]*%?")
#: Stands in a line for a raised mark until the line is ended; no page has it, for the decoder takes it out.
_PLACE = "\0"
_BETWEEN_DIGITS = expression(rf"(?<=\d){_PLACE}+(?=\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class HtmlLine:
    """A line of the page. One without text only carries notices or raised marks."""

    text: str
    level: int | None = None
    notices: tuple[Notice, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(kw_only=True, slots=True)
class HtmlCell:
    """A cell as the walk fills it. `doubt`: why no figure may be read from it; `ink`: what else is printed in it, the first of it."""

    row_span: int = 1
    column_span: int = 1
    flow: Flow = field(default_factory=lambda: Flow())
    doubt: str = ""
    ink: str = ""
    line: int = 0  # of its tag in the source, 1-based

    @property
    def text(self) -> str:
        """The lines of the cell, tables in it left out."""
        items = self.flow.items
        if len(items) == 1 and isinstance(items[0], HtmlLine):
            return items[0].text
        return "\n".join(item.text for item in items if isinstance(item, HtmlLine) and item.text)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The raised marks of the cell, each with its place in the cell's text."""
        if not any(isinstance(item, HtmlLine) and item.marks for item in self.flow.items):
            return ()
        placed: list[Mark] = []
        at, text = 0, self.text  # a last line that is a mark alone has no place of its own: it stands behind the words
        for item in self.flow.items:
            if isinstance(item, HtmlLine):
                placed += [Mark(text=mark.text, start=min(at + mark.start, len(text))) for mark in item.marks]
                at += len(item.text) + 1 if item.text else 0
        return tuple(placed)

    def why(self, text: str) -> str:
        """Why no figure may be read: a doubt, or ink in a cell that has no words. `text`: its words."""
        if self.doubt or text:
            return self.doubt
        return self.ink or ("box" if any(isinstance(item, HtmlGrid) for item in self.flow.items) else "")

    @property
    def is_figure(self) -> bool:
        """Whether a number is all that stands in the cell."""
        return bool(_FIGURE.fullmatch(self.text.strip()))


@dataclass(frozen=True, kw_only=True, slots=True)
class HtmlGrid:
    """A table that holds data. `hidden`: its columns that are not shown, 1-based."""

    groups: list[list[list[HtmlCell]]]
    figures: int
    hidden: frozenset[int] = frozenset()


@dataclass(kw_only=True, slots=True)
class Flow:
    """Lines and tables under way, and the line that is being written."""

    items: list[HtmlLine | HtmlGrid] = field(default_factory=list)
    level: int | None = None
    marker: str = ""  # the number of a list's item, printed before its first line
    _pieces: list[str] = field(default_factory=list)
    _notices: list[Notice] = field(default_factory=list)
    _raised: list[str] = field(default_factory=list)

    def write(self, text: str | None) -> None:
        """Go on with the line."""
        if text:
            self._pieces.append(text)

    def raise_mark(self, text: str) -> None:
        """Set a raised or lowered mark aside at this place of the line."""
        self._pieces.append(_PLACE)
        self._raised.append(text)

    def notice(self, code: str, **detail: object) -> None:
        """Note something at this place."""
        self._notices.append((code, detail))

    @property
    def last(self) -> str:
        """The character before this place; '' at the beginning of a line."""
        return next((piece[-1] for piece in reversed(self._pieces) if piece), "")

    def end_line(self) -> None:
        """End the line, if anything is in it."""
        if not self._pieces and not self._notices:
            return
        source = "".join(self._pieces)
        marks: tuple[Mark, ...] = ()
        if self._raised:
            source, marks = _split_marks(source, self._raised)
            self._raised = []
        text = printed(source)
        if text:
            marks = tuple(Mark(text=mark.text, start=mark.start + len(self.marker)) for mark in marks) if self.marker else marks
            text, self.marker = self.marker + text, ""
        if text or self._notices or marks:
            self.items.append(HtmlLine(text=text, level=self.level, notices=tuple(self._notices), marks=marks))
            self._notices.clear()
        self._pieces.clear()


def _split_marks(source: str, raised: list[str]) -> tuple[str, tuple[Mark, ...]]:
    """A line's source without the places of marks, and the marks at their places in the printed text. Between digits a gap is left."""
    source = _BETWEEN_DIGITS.sub(lambda match: match[0] + " ", source)
    pieces = source.split(_PLACE)
    marks, before = [], ""
    for piece, text in zip(pieces, raised, strict=False):
        before += piece
        marks.append(Mark(text=text, start=len(printed(before))))
    return "".join(pieces), tuple(marks)


def printed(source: str) -> str:
    """A line's source as a browser prints it: spaces collapsed, a line break between Chinese characters no space, &nbsp; a space."""
    text = _SPACE.sub(_collapse, source.translate(_UNSEEN))
    return _FIXED.sub(" ", text).strip(" \u3000")


def _collapse(match: re.Match[str]) -> str:
    """One space, or none where the source only broke its line between two Chinese characters."""
    run, text = match[0], match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return "" if ("\n" in run or "\r" in run) and _WIDE.match(before) and _WIDE.match(after) else " "

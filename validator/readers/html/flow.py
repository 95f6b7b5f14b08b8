"""What the walk over a page collects: lines and tables in the order of the page, and the text of a line as a browser prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Mark = tuple[str, dict[str, object]]  # code and detail of an Observation

#: Characters that are not printed.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_FIXED = re.compile("[\u00a0\u2007\u202f]")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—《》]")
_FIGURE = re.compile(r"[+＋-]?[\d０-９][\d０-９,，.．]*%?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of the page. One without text only carries marks."""

    text: str
    level: int | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(kw_only=True, slots=True)
class Cell:
    """A cell as the walk fills it."""

    row_span: int = 1
    column_span: int = 1
    flow: Flow = field(default_factory=lambda: Flow())

    @property
    def text(self) -> str:
        """The lines of the cell, tables in it left out."""
        return "\n".join(item.text for item in self.flow.items if isinstance(item, Line) and item.text)

    @property
    def is_figure(self) -> bool:
        """Whether a number is all that stands in the cell."""
        return bool(_FIGURE.fullmatch(self.text.strip()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table that holds data."""

    groups: list[list[list[Cell]]]
    figures: int


@dataclass(kw_only=True, slots=True)
class Flow:
    """Lines and tables under way, and the line that is being written."""

    items: list[Line | Grid] = field(default_factory=list)
    level: int | None = None
    marker: str = ""  # the number of a list's item, printed before its first line
    _pieces: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)

    def write(self, text: str | None) -> None:
        """Go on with the line."""
        if text:
            self._pieces.append(text)

    def mark(self, code: str, **detail: object) -> None:
        """Note something at this place."""
        self._marks.append((code, detail))

    def end_line(self) -> None:
        """End the line, if anything is in it."""
        text = printed("".join(self._pieces)) if self._pieces else ""
        if text:
            text, self.marker = self.marker + text, ""
        if text or self._marks:
            self.items.append(Line(text=text, level=self.level, marks=tuple(self._marks)))
            self._marks.clear()
        self._pieces.clear()


def printed(source: str) -> str:
    """A line's source as a browser prints it: spaces collapsed, a line break between Chinese characters no space, &nbsp; a space."""
    text = _SPACE.sub(_collapsed, source.translate(_UNSEEN))
    return _FIXED.sub(" ", text).strip(" \u3000")


def _collapsed(found: re.Match[str]) -> str:
    """One space, or none where the source only broke its line between two Chinese characters."""
    run, text = found[0], found.string
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return "" if ("\n" in run or "\r" in run) and _WIDE.match(before) and _WIDE.match(after) else " "

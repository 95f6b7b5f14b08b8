"""The small table of failed sums for a terminal."""

from __future__ import annotations

from rich.cells import cell_len

from validator.messages import say
from validator.model import Figures, Finding, Language
from validator.reporters.failed_sums import Picture, PictureRow, picture
from validator.reporters.text.layout import OutputLine, Span, clip, line, pad

_LABEL = 26  # columns of the terminal for a row's label, at most; where there is little room _LEAST
_LEAST = 12
_HEADERS = (6, 4)  # for a column's label: three characters, or two where there is little room, the rest below


def table(finding: Finding, figures: Figures | None, language: Language, *, indent: int, width: int) -> list[OutputLine]:
    """The figures that the failed sums are about, as a small table; nothing where they are not known."""
    drawn = picture(finding, figures, language)
    return _Drawing(drawn, language, indent, width).lines() if drawn else []


class _Drawing:
    """The small table for a terminal: how wide, what is cut."""

    def __init__(self, drawn: Picture, language: Language, indent: int, width: int) -> None:
        self.drawn, self.language, self.margin, self.width = drawn, language, " " * indent, width
        self.texts = [[f"[{clip(text, 12)}]" if marked else clip(text, 12) for text, marked in row.cells] for row in drawn.rows]
        self.header, room = next(fit for fit in map(self._fit, _HEADERS) if fit[1] >= _LABEL or fit[0] == _HEADERS[-1])
        self.labels = [clip(row.label, min(max(room, _LEAST), _LABEL)) for row in drawn.rows]
        self.label = max((cell_len(label) for label in self.labels), default=0)
        self.sizes = self._sizes(self.header)

    def lines(self) -> list[OutputLine]:
        """Header, rows, and how many rows are left out."""
        shown = [*self._header(), *(self._row(number) for number in range(len(self.drawn.rows)))]
        if self.drawn.hidden:
            shown.append(line(self.margin, (say("reporters.zeros", self.language, count=self.drawn.hidden), "dim")))
        return shown

    def _fit(self, header: int) -> tuple[int, int]:
        """A header's width, and the columns of the terminal that it leaves for the rows' labels."""
        beside = max((cell_len(_arrow(row)) for row in self.drawn.rows), default=0)
        return header, self.width - len(self.margin) - beside - sum(size + 1 for size in self._sizes(header))

    def _sizes(self, header: int) -> list[int]:
        return [max([header, *(cell_len(texts[at]) for texts in self.texts)]) for at in range(len(self.drawn.columns))]

    def _header(self) -> list[OutputLine]:
        labels = [_halved(column, self.header) for column in self.drawn.columns]
        height = max(len(label) for label in labels)
        return [
            line(
                self.margin,
                " " * self.label,
                *(
                    (" " + pad(label[at] if at < len(label) else "", size, right=True), "dim")
                    for label, size in zip(labels, self.sizes, strict=True)
                ),
            )
            for at in range(height)
        ]

    def _row(self, number: int) -> OutputLine:
        row = self.drawn.rows[number]
        spans: list[Span] = [(self.margin, ""), (pad(self.labels[number], self.label), "")]
        for text, size, (_, marked) in zip(self.texts[number], self.sizes, row.cells, strict=True):
            spans.append((" " + pad(text, size, right=True), "mark" if marked else ""))
        spans.append((_arrow(row), "error"))
        return OutputLine(tuple(spans))


def _arrow(row: PictureRow) -> str:
    return "  ← " + row.beside if row.beside else ""


def _halved(label: str, width: int) -> list[str]:
    """A column's label in lines of equal length, at most `width` columns wide."""
    lines = -(-cell_len(label) // width)
    size = -(-len(label) // max(lines, 1))
    return [label[at : at + size] for at in range(0, len(label), size)]

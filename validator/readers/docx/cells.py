"""A cell of a Word table: its own words, what stands beside them in boxes, and whether a figure may be read there at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.model import Mark
from validator.readers.docx.grid import DocxCell
from validator.readers.docx.looks import ALONE
from validator.readers.docx.paragraphs import DocxParagraph

#: A box with a digit in it and no more letters than this may be taken for a part of the figure beside it.
_SHORT = 8


class CellReading:
    """The reading of one cell.

    `text`, `marks` and `doubt` as in Block; `paragraphs` those that the text was made of, and `begin` where in them it begins;
    `own`: those of the cell; `beside`: what stands in boxes and is no part of the cell. `drawn`: lines or rectangles hang in it.
    """

    def __init__(self, paragraphs: Sequence[DocxParagraph], boxes: Sequence[Sequence[DocxParagraph]], *, drawn: bool = False) -> None:
        self.own = tuple(paragraphs)
        self.beside: list[DocxParagraph] = []
        self.marks: tuple[Mark, ...] = ()
        if len(paragraphs) == 1 and not paragraphs[0].extras and not boxes:  # most cells
            self.paragraphs = tuple(paragraphs)
            self.text = paragraphs[0].text.strip("\n")
            self.begin = paragraphs[0].text.index(self.text)
            self.doubt = "" if self.text.isascii() and "\n" not in self.text else self._lines() or self._symbols()
            return
        lines = _without_raised(paragraphs)
        self.doubt = next((paragraph.doubt for paragraph in lines if paragraph.doubt and paragraph.doubt != "struck"), "")
        filled = any(paragraph.text.strip() for paragraph in lines)
        for box in boxes:
            text = "".join(paragraph.text for paragraph in box).strip()
            if not text:
                continue
            if not filled:
                lines += box  # a cell whose figure stands in a box
                filled = True
            elif figure_like(text):
                self.doubt = self.doubt or "box"
            else:
                self.beside += box
        self.paragraphs = tuple(lines)
        joined = "\n".join([paragraph.text for paragraph in lines])
        self.text = joined.strip("\n")
        self.begin = len(joined) - len(joined.lstrip("\n"))
        self.marks = self._marks()
        if drawn and any(char.isdigit() for char in self.text):
            self.doubt = self.doubt or "box"  # a line through the figure, a rectangle over it
        self.doubt = self.doubt or self._lines() or self._struck() or self._symbols()
        if self.doubt == "picture" and not _may_be_figure(self.text):
            self.doubt = ""
        if not self.text.strip() and any(paragraph.pictures for paragraph in paragraphs):
            self.doubt = self.doubt or "picture"  # a picture that floats may stand for the figure where nothing else does

    def _marks(self) -> tuple[Mark, ...]:
        """The paragraphs' marks at their places in the cell's text."""
        marks, at = [], -self.begin
        for paragraph in self.paragraphs:
            marks += [replace(mark, start=min(max(0, mark.start + at), len(self.text))) for mark in paragraph.marks]
            at += len(paragraph.text) + 1
        return tuple(marks)

    def _lines(self) -> str:
        """Two figures or signs in lines of their own: nobody can tell which is meant."""
        if "\n" not in self.text:
            return ""
        lines = [line for line in self.text.split("\n") if line.strip()]
        alone = len(lines) > 1 and not any(char.isalpha() for line in lines for char in line)
        return "paragraphs" if alone else ""

    def _struck(self) -> str:
        """Nothing but what was struck out."""
        return "struck" if not self.text.strip() and any(paragraph.doubt == "struck" for paragraph in self.paragraphs) else ""

    def _symbols(self) -> str:
        """Characters of the private area: only a font that may not be there knows what they print."""
        return "symbol" if not self.text.isascii() and any("\ue000" <= char <= "\uf8ff" for char in self.text) else ""


def _without_raised(paragraphs: Sequence[DocxParagraph]) -> list[DocxParagraph]:
    """The paragraphs of a cell; one all of which is raised is a mark where others are not, else it is in doubt."""
    raised = [paragraph.doubt == ALONE for paragraph in paragraphs]
    others = any(paragraph.text.strip() for paragraph, up in zip(paragraphs, raised, strict=True) if not up)
    level = []
    for paragraph, up in zip(paragraphs, raised, strict=True):
        if up and others:
            marks = (*paragraph.marks, Mark(text=paragraph.text.strip(), start=0)) if paragraph.text.strip() else paragraph.marks
            paragraph = paragraph._replace(text="", pieces=(), marks=marks, doubt="")
        elif up:
            paragraph = paragraph._replace(doubt="raised")
        level.append(paragraph)
    return level


def hidden_rows(readings: Sequence[tuple[DocxCell, CellReading]]) -> set[int]:
    """The rows that Word does not show since all of their words are hidden."""
    all_hidden: dict[int, bool] = {}
    blank: dict[int, bool] = {}
    for cell, read in readings:
        hidden = any(why == "hidden" for paragraph in read.own for why, _ in paragraph.unread)
        all_hidden[cell.row] = all_hidden.get(cell.row, False) or hidden
        blank[cell.row] = blank.get(cell.row, True) and cell.row_span == 1 and not read.text.strip() and not read.doubt
    return {row for row, hidden in all_hidden.items() if hidden and blank[row]}


def figure_like(text: str) -> bool:
    """Whether what stands in a box could be taken for a figure or a part of one."""
    return any(char.isdigit() for char in text) and len(text) <= _SHORT or not any(char.isalpha() for char in text)


def _may_be_figure(text: str) -> bool:
    """Whether a cell could hold a figure: it has a digit, or nothing at all."""
    return not text.strip() or any(char.isdigit() for char in text)

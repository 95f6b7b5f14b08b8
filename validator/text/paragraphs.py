"""The running text of a report for the checks that read it: without spaces, in half width, with the way back to the place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Block, Passage, Report, Section, Spot, Subject
from validator.text.characters import Pattern, Squeezed, even, squeeze

_STOPS = expression(r"[。;!?\n]")
_COMMAS = expression(r"[。;!?\n,:]")


@positional_record
class Line:
    """A paragraph as the checks read it: `text` has no spaces, half-width characters and hyphens for dashes."""

    text: str
    places: tuple[int, ...]
    passage: Passage
    section: Section | None = None  # None: before the first heading

    @property
    def number(self) -> int | None:
        """Which of the form's parts it stands in."""
        return self.section.number if self.section else None

    def spot(self, start: int, end: int) -> Spot:
        """Where text[start:end] stands in the report, over the ends of lines too."""
        first, last = self.places[start], self.places[max(start, end - 1)] + 1
        block, offset = self.passage.place(first)
        begin = offset - block.offset
        return Spot(block=block, start=begin, length=max(1, last - first), section=self.number)

    def printed(self, start: int, end: int) -> str:
        """text[start:end] as the report prints it."""
        return self.passage.text[self.places[start] : self.places[end - 1] + 1] if end > start else ""

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end of each sentence or part between semicolons."""
        return _pieces(self.text, _STOPS)

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Start and end of each piece between commas, colons and stops."""
        return _pieces(self.text, _COMMAS)

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The sentence that holds the character at `at`."""
        return _piece_at(self.text, at, _STOPS)

    def clause_at(self, at: int) -> tuple[int, int]:
        """The clause that holds the character at `at`."""
        return _piece_at(self.text, at, _COMMAS)


@lru_cache(maxsize=64)
def _ends(text: str, stops: re.Pattern[str]) -> tuple[int, ...]:
    """Where the stops stand; a paragraph is asked for each of its years or numbers."""
    return tuple(stop.start() for stop in stops.finditer(text))


def _piece_at(text: str, at: int, stops: re.Pattern[str]) -> tuple[int, int]:
    """The piece between two stops that holds the character at `at`; the whole text where that is a stop or none."""
    ends = _ends(text, stops)
    following = bisect_left(ends, at)
    if not 0 <= at < len(text) or ends[following : following + 1] == (at,):
        return 0, len(text)
    return ends[following - 1] + 1 if following else 0, ends[following] if following < len(ends) else len(text)


def _pieces(text: str, stops: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for stop in stops.finditer(text):
        if stop.start() > at:
            yield at, stop.start()
        at = stop.end()
    if at < len(text):
        yield at, len(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> Squeezed:
    found = squeeze(text)
    return Squeezed(even(found.text), found.places)


def line(passage: Passage, section: Section | None = None) -> Line:
    """That passage as a line."""
    found = _read(passage.text)
    return Line(found.text, found.places, passage, section)


def one(block: Block) -> Passage:
    """A block as a passage of its own."""
    return Passage(text=block.text, places=((0, block),))


def opening(report: Report) -> list[Line]:
    """What stands before the first heading."""
    return [found for passage in report.preamble if (found := line(passage)).text]


def within(section: Section) -> list[Line]:
    """The paragraphs of a section, sub-headings included."""
    return [found for passage in section.passages if (found := line(passage, section)).text]


def body(subject: Subject) -> Sequence[Line]:
    """All running text of the report, preamble and sections: made once, for thirty checks ask for it one after another."""
    return subject.once(_body, subject.report)


def _body(report: Report) -> Sequence[Line]:
    return (*opening(report), *(found for section in report.sections for found in within(section)))


def chosen(subject: Subject, sections: tuple[int, ...]) -> Sequence[Line]:
    """The running text of those parts of the form; 0 is the preamble; none named: everything."""
    if not sections:
        return body(subject)
    lines = opening(subject.report) if 0 in sections else []
    return lines + [found for section in subject.report.sections if section.number in sections for found in within(section)]


def head(section: Section) -> Spot:
    """The heading of a section."""
    return Spot(block=section.block, section=section.number)


def beginning(report: Report) -> Spot:
    """Where the report begins: its title, else its first paragraph or heading."""
    if report.title is not None:
        return Spot(block=report.title.block)
    if report.preamble:
        return Spot(block=report.preamble[0].place(0)[0])
    return Spot(block=report.sections[0].block if report.sections else next(iter(report.document.blocks), None))


@lru_cache(maxsize=512)
def pattern(source: str) -> Pattern:
    """A pattern of a table, compiled once."""
    return Pattern(source)

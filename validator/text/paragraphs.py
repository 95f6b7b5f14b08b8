"""The running text of a report for the checks that read it: without spaces, in half width, with the way back to the place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Block, Passage, Report, Section, Spot, Subject
from validator.text.characters import Pattern, Squeezed, even, squeeze

_STOPS = expression(r"[。;!?\n]")
_COMMAS = expression(r"[。;!?\n,:]")


#: Characters of a sub-heading; a longer one is a paragraph, and leads none.
_LEAD = 40


def place_in(passage: Passage, start: int, length: int, *, section: int | None = None, private: bool = False) -> Spot:
    """Where passage.text[start : start + length] stands in the report; it may run on over the end of its first block."""
    block, offset = passage.place(start)
    return Spot(block=block, start=offset - block.offset, length=max(1, length), section=section, private=private)


def within_block(spot: Spot) -> Spot:
    """The spot as far as its first block goes."""
    if spot.block is None:
        return spot
    return replace(spot, length=max(1, min(spot.length, len(spot.block.text) - spot.start)))


@positional_record
class Paragraph(Squeezed):
    """A paragraph as the checks read it: `text` has no spaces, half-width characters and hyphens for dashes."""

    passage: Passage
    section: Section | None = None  # None: before the first heading
    lead: str = ""  # the sub-heading it stands under, read in the same way

    @property
    def number(self) -> int | None:
        """Which of the form's parts it stands in."""
        return self.section.number if self.section else None

    def spot(self, start: int, end: int, *, private: bool = False) -> Spot:
        """Where text[start:end] stands in the report, over the ends of lines too."""
        first, last = self.span(start, end)
        return place_in(self.passage, first, last - first, section=self.number, private=private)

    def printed(self, start: int, end: int) -> str:
        """text[start:end] as the report prints it."""
        if end <= start:
            return ""
        first, last = self.span(start, end)
        return self.passage.text[first:last]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end of each sentence or part between semicolons."""
        return pieces(self.text, _STOPS)

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Start and end of each piece between commas, colons and stops."""
        return pieces(self.text, _COMMAS)

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


def pieces(text: str, stops: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of the text between two stops; empty ones are left out."""
    at = 0
    for stop in stops.finditer(text):
        if stop.start() > at:
            yield at, stop.start()
        at = stop.end()
    if at < len(text):
        yield at, len(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> Squeezed:
    squeezed = squeeze(text)
    return Squeezed(even(squeezed.text), squeezed.places)


def paragraph(passage: Passage, section: Section | None = None, lead: str = "") -> Paragraph:
    """That passage as the checks read it."""
    squeezed = _read(passage.text)
    return Paragraph(squeezed.text, squeezed.places, passage, section, lead)


def block_passage(block: Block) -> Passage:
    """A block as a passage of its own."""
    return Passage(text=block.text, places=((0, block),))


def opening(report: Report) -> list[Paragraph]:
    """What stands before the first heading."""
    return [read for passage in report.preamble if (read := paragraph(passage)).text]


def within(section: Section) -> list[Paragraph]:
    """The paragraphs of a section, sub-headings included, each with the sub-heading it stands under; which stands under itself."""
    result, lead = [], ""
    for passage in section.passages:
        text = _read(passage.text).text
        if text:
            lead = text if passage.heading and len(text) <= _LEAD else lead
            result.append(paragraph(passage, section, lead))
    return result


def as_printed(report: Report) -> Iterator[Paragraph]:
    """The paragraphs that hold prompts of the blank form, with them: nothing else reads those."""
    for number, passages in ((None, report.preamble), *((section, section.passages) for section in report.sections)):
        for passage in passages:
            if passage.printed:
                yield paragraph(replace(passage, text=passage.printed), number)


def body(subject: Subject) -> Sequence[Paragraph]:
    """All running text of the report, preamble and sections: made once, for thirty checks ask for it one after another."""
    return subject.once(paragraphs, subject.report)


def paragraphs(report: Report) -> Sequence[Paragraph]:
    """The same of a report alone."""
    return (*opening(report), *(item for section in report.sections for item in within(section)))


def chosen(subject: Subject, sections: tuple[int, ...]) -> Sequence[Paragraph]:
    """The running text of those parts of the form; 0 is the preamble; none named: everything."""
    if not sections:
        return body(subject)
    lines = opening(subject.report) if 0 in sections else []
    return lines + [item for section in subject.report.sections if section.number in sections for item in within(section)]


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

"""One paragraph while it is read: its sentences, what each clause is about, and the facts found so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from validator.base.regex_cache import expression
from validator.model import Value
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.fact import Anchor, Circumstances, Fact
from validator.parsing.statements.topics import TopicMarks
from validator.text.numbers_in_text import ENDS
from validator.text.paragraphs import Paragraph

#: Characters of a quotation.
QUOTE = 20


class StatementParagraph:
    """A paragraph, the number it has in the report, the report's year, and the topic of what names none (`default`)."""

    def __init__(self, read: Paragraph, number: int, year: int | None, default: str, phrases: PhraseFacts) -> None:
        self.read, self.number, self.year, self.default, self.phrases = read, number, year, default, phrases
        self.text = read.text
        self.found: list[Fact] = []
        self.marks = TopicMarks(read.text, phrases)
        self._ends = [place for place, char in enumerate(read.text) if char in ENDS]

    def is_slogan(self, place: int) -> bool:
        """Whether the number that begins there stands in a slogan, which counts nothing."""
        return any(start <= place < end for start, end in self._slogans)

    @cached_property
    def _slogans(self) -> list[tuple[int, int]]:
        return [match.span() for match in self.phrases.slogan.finditer(self.text)]

    def sentence_at(self, place: int) -> int:
        """Where the sentence begins that the character before `place` belongs to or ends."""
        end = bisect_left(self._ends, place) - 1
        return self._ends[end] + 1 if end >= 0 else 0

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Start and end of each clause; brackets end none, nor does a comma in a figure, nor a colon before a word for nought."""
        at, text = 0, self.text
        for stop in expression(r"[,:;。!?\n]").finditer(text):
            place = stop.start()
            digits = stop[0] == "," and text[place - 1 : place].isdigit() and text[place + 1 : place + 4].isdigit()
            if digits or text.startswith(self.phrases.nought_after_colon, place):
                continue
            if place > at:
                yield at, place
            at = place + 1
        if at < len(text):
            yield at, len(text)

    def topic(self, start: int, end: int, sentence: int) -> tuple[str, Anchor]:
        """What text[start:end] is about, and where that was said. The clause itself decides, then what stands before it.

        `sentence`: where its sentence begins.
        """
        named_here = self.marks.last_before(end)
        if named_here and named_here[0] >= start:
            return named_here[1], "clause"
        place, named = self.marks.last_before(start) or (-1, "")
        if named and place >= sentence:
            return named, "sentence"
        topic = self.phrases.topic_named.get(named)
        if topic and not topic.another and not (self.default and topic.yields):
            near = named == self.default or place >= self.sentence_at(max(0, sentence - 1))  # in the sentence before this one
            return named, "sentence" if near else "paragraph"
        return self.default, "sentence" if self.default else "paragraph"

    def fact(
        self,
        kind: str,
        value: Value,
        span: tuple[int, int],
        quote: str,
        sentence: int,
        meant: Circumstances,
        *,
        unit: str = "",
        anchor: Anchor = "clause",
        none: bool = False,
    ) -> Fact:
        """The fact that text[span[0]:span[1]] states."""
        start, end = self.read.span(*span)
        return Fact(
            kind=kind,
            value=value,
            unit=unit,
            measure=meant.measure,
            year=meant.year,
            scope=meant.scope,
            actor=meant.actor,
            soft=meant.soft,
            anchor=anchor,
            none=none,
            section=self.read.number,
            passage=self.read.passage,
            start=start,
            length=end - start,
            quote=quote,
            line=self.number,
            sentence=sentence,
        )

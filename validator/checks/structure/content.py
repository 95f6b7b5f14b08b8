"""Check on what a section of problems and measures says: names both, or says nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.messages import both
from validator.model import Hit, Section, Skip, Subject
from validator.model.fact_tables import ProblemFacts
from validator.text.characters import Pattern
from validator.text.paragraphs import Paragraph, head, within

_LEAD = 24  # characters in which a sub-heading says what follows


@positional_record
class _Halves:
    """What a section says of problems and of measures, a piece of a sentence each."""

    problems: tuple[str, ...]
    measures: tuple[str, ...]
    mixed: bool  # measures stand among the problems
    led: int = 0  # characters of what stands under a heading or a lead that says measures follow


@record
class Content:
    """The section of problems and measures, by the words of a table.

    A sentence is split where one of the table's `turns` begins to speak of measures; a sub-heading that matches `measures_heading` or
    `problems_heading` says what the paragraphs under it are. `thin` also counts the two lists where each stands by itself. `generic`:
    nothing that is said of problems has anything of `specific` in it.
    """

    look_for: Literal["problem", "measure", "thin", "generic"]
    section: int
    words: Annotated[str, ProblemFacts] = "problems"
    least: int = 15  # characters, without spaces
    specific: Pattern | None = None
    review: bool = True  # generic: whether a person's eye decides

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """What the section does not say."""
        section = subject.report.section(self.section)
        lines = within(section) if section else []
        if section is None or not lines:
            yield Skip(reason=both("checks.no-text"))
            return
        words = subject.tables.required(self.words, ProblemFacts)
        halves = _ProblemReader(words).halves(lines)
        named = [text for text in halves.problems if words.problem.search(text) and not words.nothing.search(text)]
        problem = bool(named)
        measure = halves.led >= self.least or any(words.measure.search(text) for text in halves.measures)
        thin = not (problem or measure) or sum(len(line.text) for line in lines) < self.least
        if self.look_for == "generic":
            if named and not thin and self.specific and not any(self.specific.search(text) for text in halves.problems):
                yield Hit(spot=head(section), facts={"heading": section.heading, "quote": named[0][:24]}, review=self.review)
        elif self.look_for == "thin":
            yield from self._thin(section, lines, halves, thin, words)
        elif not thin and not (problem if self.look_for == "problem" else measure):
            yield Hit(spot=head(section), facts={"heading": section.heading})

    def _thin(self, section: Section, lines: list[Paragraph], halves: _Halves, thin: bool, words: ProblemFacts) -> Iterator[Hit]:
        if thin:
            yield Hit(spot=lines[0].spot(0, min(len(lines[0].text), 20)), facts={"heading": section.heading})
            return
        if halves.mixed:
            return
        found, planned = _count(halves.problems, words), _count(halves.measures, words)
        if found > 1 and planned > 1 and found != planned:
            facts = {"problems": found, "measures": planned, "heading": section.heading}
            yield Hit(spot=head(section), facts=facts, variant="count", expected=str(found), actual=str(planned))


@positional_record
class _ProblemReader:
    """Tells problems from measures, sentence by sentence."""

    words: ProblemFacts

    def halves(self, lines: list[Paragraph]) -> _Halves:
        """Every piece of the section, as one of problems or of measures."""
        problems: list[str] = []
        measures: list[str] = []
        order: list[bool] = []
        under, led = False, 0
        for line in lines:
            under, rest = self._lead(line.text, under, line.passage.heading)
            led += len(rest) if under else 0
            for start, end in _sentences(rest):
                sentence = rest[start:end]
                turn = self.words.turns.search(sentence)
                cut = 0 if under else turn.start() if turn else len(sentence)
                for text, measure in ((sentence[:cut], False), (sentence[cut:], True)):
                    if text:
                        (measures if measure else problems).append(text)
                        order.append(measure)
                # a list that follows an announcement of measures is measures to its end
                under = under or (cut < len(sentence) and self._announces(sentence[cut:]))
        changes = sum(a != b for a, b in zip(order, order[1:], strict=False))
        return _Halves(tuple(problems), tuple(measures), changes > 1, led)

    def _lead(self, text: str, under: bool, heading: bool) -> tuple[bool, str]:
        """Whether the paragraph is about measures, and what it says after its sub-heading."""
        lead = self.words.subheading.match(text)
        name = lead.group(1) if lead else ""
        if lead is not None and 0 < len(name) <= _LEAD and (heading or lead.end() == len(text) or text[lead.end() - 1] in "。:"):
            problems, measures = self.words.problems_heading.search(name), self.words.measures_heading.search(name)
            if bool(problems) != bool(measures):
                return bool(measures), text[lead.end() :]
            if problems:  # 存在的问题及改进措施 above both says nothing about which
                return under, text[lead.end() :]
        return under, text

    def _announces(self, text: str) -> bool:
        """Whether the piece introduces a list of measures that goes on in the next sentences."""
        return bool(self.words.first_item.search(text)) or text.endswith(":")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for stop in expression(r"[。;!?\n]").finditer(text):
        if stop.start() > at:
            yield at, stop.start()
        at = stop.end()
    if at < len(text):
        yield at, len(text)


def _count(pieces: tuple[str, ...], words: ProblemFacts) -> int:
    """How many items a list has, by the marks of the list that begins first; 0 where it has no marks."""
    text = "\n".join(pieces)
    first = words.first_item.search(text)
    if first is None:
        return 0
    marks = next((mark for mark in words.items if mark.match(text, first.start())), None)
    return sum(1 for _ in marks.finditer(text)) if marks else 0

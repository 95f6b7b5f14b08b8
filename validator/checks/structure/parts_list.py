"""Check on the preamble's list of the report's parts: how many it promises, and whether each is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from validator.base.records import positional_record, record
from validator.model import Hit, Skip, Subject
from validator.text.characters import Pattern, bare, even
from validator.text.numerals import numeral
from validator.text.paragraphs import Paragraph, chosen

#: Paragraphs in which a list of parts stands, if there is one.
_PARAGRAPHS = 12


@positional_record
class _ListOfParts:
    """A list of parts: where it stands in its line, and by part the words that name it."""

    start: int
    end: int
    named: frozenset[int]


@record
class PartsList:
    """The list of parts in the first paragraphs of some `parts` (0: the preamble).

    `opens` matches what comes before the list, `closes` what ends it, `count` the number of parts promised (group 1) and `open_end` the
    word after which a list need not be complete. `says` gives, by part, the words one of which names it: how it is worded besides is the
    author's. A piece that is nearly a part's heading without any of them is another part (`like`: how near, of 1); `between` parts the
    list's pieces. `counts` shows that a list of counted things follows, `within` what stands before a list that breaks up something else.
    """

    parts: tuple[int, ...]
    opens: Pattern
    closes: Pattern
    count: tuple[Pattern, ...]
    open_end: Pattern
    between: Pattern
    says: dict[str, Pattern]
    like: float = 0.75
    counts: Pattern | None = None
    within: Pattern | None = None
    least: int = 3  # parts of the form that make an enumeration such a list

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A false count, a part that is another, parts left out; at most one hit for a list."""
        due = {section.number: section.heading for section in subject.figures.form.sections}
        if not all(str(number) in self.says for number in due):
            return
        for line in chosen(subject, self.parts)[:_PARAGRAPHS]:
            listed = self._list(line.text, due)
            counted = self._promised_number(line.text, listed)
            if listed or counted:
                yield from self._judge(subject, line, listed, counted, due)
                return

    def _list(self, text: str, due: Mapping[int, str]) -> _ListOfParts | None:
        """The list in that paragraph, if it holds one: of several openings the last that is followed by most parts."""
        best: _ListOfParts | None = None
        if sum(self.says[str(number)].search(text) is not None for number in due) < self.least:
            return best
        for opening in self.opens.finditer(text):
            closing = self.closes.search(text, opening.end())
            start, end = opening.end(), closing.start() if closing else len(text)
            if self._of_things(text, opening.start(), start, end):
                continue
            named = frozenset(number for number in due if self.says[str(number)].search(text[start:end]))
            if len(named) >= self.least and (best is None or len(named) >= len(best.named)):
                best = _ListOfParts(start, end, named)
        return best

    def _of_things(self, text: str, opening: int, start: int, end: int) -> bool:
        """Whether the list tells what was published, received …: 其中包括概况类信息6条."""
        if self.within is not None and self.within.search(text[max(0, opening - 8) : start]):
            return True
        return self.counts is not None and self.counts.search(text[start:end]) is not None

    def _promised_number(self, text: str, listed: _ListOfParts | None) -> re.Match[str] | None:
        """The promised number of parts: after the list, or alone."""
        for pattern in self.count:
            for match in pattern.finditer(text):
                if listed is None or listed.start - 40 <= match.start(1) <= listed.end + 20:
                    return match
        return None

    def _judge(
        self, subject: Subject, line: Paragraph, listed: _ListOfParts | None, counted: re.Match[str] | None, due: Mapping[int, str]
    ) -> Iterator[Hit]:
        number = numeral(counted.group(1)) if counted else None
        allowed = {len(due), len(subject.report.sections)}
        if counted is not None and number is not None and number not in allowed:
            yield self._false_count(line, counted, number, len(due), "count")
            return
        if listed is None:
            return
        left_out = [part for part in due if part not in listed.named]
        open_end = self.open_end.match(line.text[listed.end : listed.end + 4]) is not None
        if open_end and (number is None or len(left_out) > 1):
            return  # the first of them, and so on
        if number is not None and number <= len(listed.named) or not left_out:
            return
        other = next((hit for part in left_out if (hit := self._other(subject, line, listed, part, due[part]))), None)
        if other is not None:
            yield other
        elif counted is not None and number is not None:
            yield self._false_count(line, counted, number, len(due), "short", len(listed.named))
        elif len(left_out) <= len(due) - self.least:
            names = "、".join(due[part] for part in left_out)
            spot = line.spot(listed.start, listed.end)
            yield Hit(spot=spot, facts={"names": names, "count": len(left_out)}, expected=names, variant="omits")

    def _false_count(self, line: Paragraph, counted: re.Match[str], number: int, due: int, variant: str, listed: int = 0) -> Hit:
        facts = {"count": number, "listed": listed or due, "due": due}
        expected = str(due) if variant == "count" else None
        return Hit(spot=line.spot(*counted.span()), facts=facts, expected=expected, actual=str(number), variant=variant)

    def _other(self, subject: Subject, line: Paragraph, listed: _ListOfParts, part: int, heading: str) -> Hit | None:
        """The piece that stands where the part should be named, unless the report's own heading says the same."""
        from difflib import SequenceMatcher

        printed = {_plain(section.wording) for section in subject.report.sections if section.number == part}
        for start, end in _pieces(line.text, listed.start, listed.end, self.between):
            name = _plain(line.text[start:end])
            if any(self.says[str(number)].search(name) for number in listed.named) or name in printed:
                continue
            if SequenceMatcher(None, name, _plain(heading), autojunk=False).ratio() >= self.like:
                facts = {"part": line.printed(start, end), "due": heading}
                return Hit(spot=line.spot(start, end), facts=facts, expected=heading, actual=str(facts["part"]))
        return None


def _plain(wording: str) -> str:
    """A heading for comparison; pages lose the 、 of 行政复议、行政诉讼."""
    return even(bare(wording)).replace("、", "")


def _pieces(text: str, start: int, end: int, between: Pattern) -> Iterator[tuple[int, int]]:
    """The pieces of text[start:end] between separators, alone and with the next one, since a part's own name may hold one."""
    cuts = [(start + separator.start(), start + separator.end()) for separator in between.finditer(text[start:end])]
    begins, ends = [start, *(last for _, last in cuts)], [*(first for first, _ in cuts), end]
    for at, begin in enumerate(begins):
        yield from ((begin, stop) for stop in ends[at : at + 2] if stop > begin)

"""Words that should not stand in a report: expressions over its text, with what excuses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Annotated

from validator.base.records import record
from validator.model import Hit, Subject
from validator.model.fact_tables import OutdatedFacts, OutdatedTerm
from validator.text.characters import Pattern
from validator.text.paragraphs import Paragraph, as_printed, block_passage, body, paragraph

#: Lines above a title that may be a letter's.
_ABOVE = 30


@record
class WordingPhrase:
    """One expression, looked for where one of the words of `hint` stands in the report; `unless` is searched in the words around it
    (20 characters on either side).
    """

    says: Pattern
    hint: tuple[str, ...] = ()
    unless: Pattern | None = None
    variant: str | None = None
    says_instead: str = ""


@record
class Wording:
    """Phrases in the running text, and in titles where `titles` is true; one hit for each different one, with how often it stands there."""

    phrases: tuple[WordingPhrase, ...]
    titles: bool = False
    headings: bool = False  # in the headings of the parts, too
    above: bool = False  # in what stands above the title, too
    prompts: bool = False  # also what is blanked for all other checks: prompts of the blank form
    once: bool = False  # one hit for all of them, at the first
    but_name: bool = False  # what stands so in the unit's own name is right

    def run(self, subject: Subject) -> Iterable[Hit]:
        """The hits in the order of the phrases."""
        hits = list(self._hits(subject))
        if self.once and hits:
            total = sum(int(str(hit.facts["count"])) for hit in hits)
            yield replace(hits[0], facts={**hits[0].facts, "count": total})
            return
        yield from hits

    def _hits(self, subject: Subject) -> Iterator[Hit]:
        texts = list(self._texts(subject))
        whole = "\n".join(text.text for text in texts)
        for phrase in self.phrases:
            if phrase.hint and not any(word in whole for word in phrase.hint):
                continue
            hits: dict[str, tuple[Hit, int]] = {}
            for text in texts:
                for start, end in _matches(phrase, text):
                    words = text.printed(start, end)
                    if self.but_name and subject.unit.name and text.text[start : min(end, start + 2)] in subject.unit.name:
                        continue
                    hit, count = hits.get(words, (self._hit(text, start, end, words, phrase), 0))
                    hits[words] = (hit, count + 1)
            for hit, count in hits.values():
                yield Hit(spot=hit.spot, facts={**hit.facts, "count": count}, expected=hit.expected, actual=hit.actual, variant=hit.variant)

    def _texts(self, subject: Subject) -> Iterator[Paragraph]:
        if self.titles:
            yield from (paragraph(title.passage or block_passage(title.block)) for title in subject.report.titles)
        if self.above:
            yield from _above(subject)
        if self.headings:
            yield from (paragraph(block_passage(section.block), section) for section in subject.report.sections)
        if self.prompts:
            yield from as_printed(subject.report)
        yield from (text for text in body(subject) if not (self.prompts and text.passage.printed))

    def _hit(self, text: Paragraph, start: int, end: int, words: str, phrase: WordingPhrase) -> Hit:
        quote = "".join(words.split())
        return Hit(
            spot=text.spot(start, end),
            facts={"quote": quote if len(quote) <= 20 else quote[:19] + "…", "right": phrase.says_instead},
            expected=phrase.says_instead or None,
            actual=words,
            variant=phrase.variant,
        )


def _above(subject: Subject) -> Iterator[Paragraph]:
    """What stands above the title; where that is far down, another report or a site's menus."""
    title = subject.report.title
    first = list(islice(subject.report.document.blocks, _ABOVE + 1))
    at = next((number for number, block in enumerate(first) if title is not None and block is title.block), None)
    for block in first[:at] if at else ():
        if block.row is None:
            yield paragraph(block_passage(block))


def _matches(phrase: WordingPhrase, text: Paragraph) -> Iterator[tuple[int, int]]:
    for match in phrase.says.finditer(text.text):
        start, end = match.span()
        if end > start and not (phrase.unless and phrase.unless.search(text.text[max(0, start - 20) : end + 20])):
            yield start, end


@record
class Outdated:
    """Terms whose time is over, from a table with the last report year each may be used for without a question."""

    book: Annotated[str, OutdatedFacts] = "outdated"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for a term; a person has to look."""
        year = subject.report.year
        listed = subject.tables.named(self.book, OutdatedFacts)
        if year is None or listed is None:
            return
        texts = body(subject)
        for term in listed.terms:
            if year > term.until and (hit := self._first(term, texts)):
                yield hit

    def _first(self, term: OutdatedTerm, texts: Sequence[Paragraph]) -> Hit | None:
        for text in texts:
            if match := term.says.search(text.text):
                return Hit(
                    spot=text.spot(*match.span()),
                    facts={"term": match[0][:20], "until": str(term.until), "instead": term.instead},
                    actual=match[0],
                    review=True,
                )
        return None

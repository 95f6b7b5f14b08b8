"""Whether a report was written this year by this unit, or copied: from its own last year's, or from another unit's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Annotated

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.messages import both
from validator.model import Digest, Hit, Skip, Spot, Subject
from validator.model.fact_tables import CopyingFacts
from validator.similarity.own_text import OwnSentence, county_names, excluded_text, parts_of, unit_names
from validator.similarity.pairs import worth_comparing
from validator.similarity.share import CopiedPart, comes_near
from validator.similarity.similar_reports import CopyLimit, copied_parts
from validator.text.paragraphs import place_in

#: Passages that a message names, and the characters of each.
_NAMED, _QUOTE = 3, 14
_NUMBER = expression(r"\d{5,}")


@record
class CopyLimits:
    """From when on a part counts as copied: more than `limit` percent of its own letters stand in the other report, as passages of ten
    letters and more.

    A part is judged from `shortest` characters on of which `own` letters are the report's own. `common` (percent) and `least`: a sentence
    that so much of a set has, and so many of its reports, is nobody's. `words` is the table of what is set aside.
    """

    limit: float = 50
    shortest: int = 150
    own: int = 80
    common: float = 30
    least: int = 3
    words: Annotated[str, CopyingFacts] = "copying"

    @property
    def measure(self) -> CopyLimit:
        """The options as the comparison takes them."""
        return CopyLimit(limit=self.limit / 100, shortest=self.shortest, own=self.own, percent=self.common, least=self.least)


@record
class CopiedText(CopyLimits):
    """A report held against last year's of the same unit; of what it plans the variant `plans` speaks."""

    SCOPES = ("series",)
    FACTS = ("percent", "paragraphs", "passages", "last_year")

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for each part that stands in last year's report of the unit."""
        before = subject.before
        if before is None:
            yield Skip(reason=both("checks.no-earlier-report"))
            return
        words = subject.tables.required(self.words, CopyingFacts)
        names = {name for one in (subject, before) for name in (*unit_names(words, one.unit), *county_names(words, one.county))}
        mine, last = (parts_of(one.report, excluded_text(words, one.figures, *sorted(names))) for one in (subject, before))
        if not any(part.length >= self.shortest and part.own >= self.own for part in mine):
            yield Skip(reason=both("checks.no-part-long-enough"))
        plans = subject.figures.form.parts("plans")
        for found in copied_parts(mine, last, self.measure):
            told = {**facts(found), "last_year": before.report.year or ""}
            yield Hit(spot=spot(found), facts=told, variant="plans" if found.part.number in plans else None)

    def clear(self, this: Digest, before: Digest) -> bool | Skip:
        """Whether no part can have more than `limit` in common; why there is too little to judge."""
        if this.sketch is None or before.sketch is None:
            return False
        if not any(part.judged for part in this.sketch.parts):
            return Skip(reason=both("checks.no-part-long-enough"))
        limit = self.limit / 100
        return not worth_comparing(this.sketch, before.sketch, limit) or not comes_near(this.sketch, before.sketch, limit)


def percent(found: CopiedPart) -> int:
    """The share in percent, rounded up: what is beyond a limit never reads as the limit."""
    return ceil(100 * found.share - 1e-9)


def facts(found: CopiedPart) -> dict[str, object]:
    """What fills messages: percent, how many paragraphs to write anew, and how the copied passages begin."""
    return {"percent": percent(found), "paragraphs": found.paragraphs, "passages": passages(found)}


def passages(found: CopiedPart) -> tuple[str, ...]:
    """The first words of the longest copied passages, in the order of the report."""
    longest = sorted(found.runs, key=_letters, reverse=True)[:_NAMED]
    return tuple(f"“{_begins(run[0])}”" for run in found.runs if run in longest)


def _letters(run: Sequence[OwnSentence]) -> int:
    return sum(len(sentence.own) for sentence in run)


def _begins(sentence: OwnSentence) -> str:
    words = "".join(sentence.passage.text[sentence.start : sentence.end].split())
    words = _NUMBER.sub("…", words)  # a number that long may be private
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"


def spot(found: CopiedPart) -> Spot:
    """Where the longest copied passage begins; its length to the end of its first paragraph's copied sentences."""
    if not found.runs:
        return Spot(block=found.part.section.block, section=found.part.number)
    run = max(found.runs, key=_letters)
    last = [sentence for sentence in run if sentence.passage is run[0].passage][-1]
    text = run[0].passage.text
    start = run[0].start + len(text[run[0].start :]) - len(text[run[0].start :].lstrip())
    return place_in(run[0].passage, start, last.end - start, section=found.part.number)

"""Check on a year after the report's at the head of what was done: it cannot have happened yet when the report's year ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.base.records import record
from validator.checks.identity.period import stated, true_year
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.model.fact_tables import DateFacts
from validator.text.dates import YEAR, YEARS
from validator.text.paragraphs import Paragraph, body


@record
class LaterYear:
    """Later years at the head of a paragraph or a sentence that tells what was done, by the words of rules/tables/dates.yaml.

    The parts of the form that plan the next year may name it.
    """

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One finding for each sentence."""
        year = true_year(subject, stated(subject))
        if year is None:
            yield Skip(reason=both("checks.no-year"))
            return
        planning = subject.figures.form.parts("plans")
        for text in body(subject):
            if text.number not in planning:
                yield from self._line(text, year, subject.tables.dates)

    def _line(self, text: Paragraph, year: int, words: DateFacts) -> Iterator[Hit]:
        plain = words.enclosed.compiled.sub(lambda match: "□" * len(match[0]), text.text)
        plain = YEARS.sub(lambda match: "□" * len(match[0]), plain)
        for begin, end in text.sentences():
            lead = words.lead.match(plain[begin:end])
            at = begin + (lead.end() if lead else 0)
            match = YEAR.match(plain, at, end)
            if match is None or int(match[1]) <= year or not words.acts.match(plain, match.end()):
                continue
            if words.done.search(plain, match.end(), end) and not words.ahead.search(plain, match.end(), end):
                facts = {"later": match[1], "year": year}
                yield Hit(spot=text.spot(*match.span(1)), facts=facts, expected=None, actual=match[1])

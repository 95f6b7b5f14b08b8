"""Check on years that were left over from an earlier report: in the announcement, at the head of a paragraph, within the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from validator.base.records import record
from validator.checks.identity.period import Stated, announced_years, stated, true_year
from validator.checks.identity.title import title_spot
from validator.messages import both
from validator.model import Hit, Skip, Spot, Subject
from validator.model.fact_tables import DateFacts
from validator.text.dates import YEAR, YEARS, names_year
from validator.text.paragraphs import Paragraph, body


@record
class StaleYear:
    """Years before the report's, by the words of rules/tables/dates.yaml.

    Where the report is announced and at the head of a paragraph an earlier year is an error; last year anywhere else asks for a look.
    Years that the period or the title is blamed for by other rules are left to them. The parts of the form that plan the next year may
    look back at what became of last year's problems.
    """

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """Every stale year, one finding for a sentence."""
        period = stated(subject)
        year = true_year(subject, period)
        if year is None:
            yield Skip(reason=both("checks.no-year"))
            return
        words = subject.tables.dates
        yield from self._titles(subject, year)
        announced = [(text, start) for text, start, _, year_found in announced_years(subject) if year_found < year]
        for text, start in announced:
            yield _hit(text.spot(start, start + 4), text.text[start : start + 4], year, "announced")
        announced_places = {(id(text.passage), start) for text, start in announced}
        past = subject.figures.form.parts("plans")
        for text in body(subject):
            yield from self._line(text, year, words, announced_places, period, past)

    def _titles(self, subject: Subject, year: int) -> Iterator[Hit]:
        """A second title of an earlier year; the report's own is judged by identity.title-year."""
        report = subject.report
        for title in report.titles:
            same = report.title is not None and title.unit in (None, report.title.unit)
            if title is not report.title and title.year is not None and title.year < year and same and len(report.titles) == 2:
                yield _hit(title_spot(title, str(title.year)), str(title.year), year, "title")

    def _line(
        self, text: Paragraph, year: int, words: DateFacts, announced: set[tuple[int, int]], period: Stated | None, past: Collection[int]
    ) -> Iterator[Hit]:
        plain = words.enclosed.compiled.sub(lambda match: "□" * len(match[0]), text.text)
        plain = YEARS.sub(lambda match: "□" * len(match[0]), plain)
        lead = words.lead.match(plain)
        heads = {0, lead.end() if lead else 0}
        sentences_told: set[int] = set()
        this_year = names_year(plain, year)
        excused: dict[tuple[int, int], bool] = {}
        compared: dict[int, bool] = {}  # of each sentence: whether it names this year too, or compares
        for match in YEAR.finditer(plain):
            start, stale = match.start(), int(match[1])
            sentence = text.sentence_at(start)
            if stale >= year or sentence[0] in sentences_told or (id(text.passage), start) in announced:
                continue
            if period is not None and period.line.passage is text.passage and _near(text, start, period):
                continue
            if sentence[0] not in compared:
                words_in = plain[sentence[0] : sentence[1]]
                compared[sentence[0]] = str(year) in words_in or words.compares.search(words_in) is not None
            if compared[sentence[0]]:
                continue
            if not this_year and start in heads and _heads(plain, text, start, sentence, words, text.number in past):
                sentences_told.add(sentence[0])
                yield _hit(text.spot(start, start + 4), match[1], year, None)
            elif stale == year - 1 and not self._excused(plain, text, start, words, excused):
                sentences_told.add(sentence[0])
                yield _hit(text.spot(start, start + 4), match[1], year, "look")

    def _excused(self, plain: str, text: Paragraph, start: int, words: DateFacts, answers: dict[tuple[int, int], bool]) -> bool:
        """Whether the clauses of a year say why last year is named; `known` holds the answers of the paragraph."""
        clauses = _clauses(text, start)
        if clauses not in answers:
            answers[clauses] = words.excused.search(plain[clauses[0] : clauses[1]]) is not None
        return answers[clauses]


def _heads(plain: str, text: Paragraph, start: int, sentence: tuple[int, int], words: DateFacts, past: bool) -> bool:
    """Whether a year at the head of a paragraph says that the paragraph is about that year. `past`: its part may look back."""
    return bool(words.acts.match(plain, start + 4)) and not (past and words.looks_back.search(plain[sentence[0] : sentence[1]]))


def _near(text: Paragraph, start: int, period: Stated) -> bool:
    """Whether a year belongs to the statement of the period, which has its own rules."""
    return period.start - 2 <= start < period.end


def _clauses(text: Paragraph, start: int) -> tuple[int, int]:
    """The clause of a year and the one after it, where the year stands alone: 2022年，县政府印发…"""
    begin, end = text.clause_at(start)
    if end - begin <= 6:
        end = text.clause_at(min(end + 1, len(text.text) - 1))[1]
    return begin, end


def _hit(spot: Spot, stale: str, year: int, variant: str | None) -> Hit:
    return Hit(spot=spot, facts={"stale": stale, "year": year}, expected=str(year), actual=stale, variant=variant)

"""Checks on the statistical period: whether it is stated, is the report's year, and runs from January to December."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.messages import both
from validator.model import Hit, Skip, Spot, Subject
from validator.model.fact_tables import DateFacts
from validator.text.dates import DOUBLED_YEAR, LEADING_YEAR, REMAINS, STRETCH, WHOLE_DATE, WHOLE_YEAR, lacks_day_mark
from validator.text.numerals import numeral
from validator.text.paragraphs import Paragraph, beginning, body, paragraph

_AFTER = 24  # characters between the announcement and the dates
_SHORT = expression(r"[。;]")


@positional_record
class Stated:
    """A period as the report states it; `first` and `last` are its years where they are printed."""

    line: Paragraph
    start: int
    end: int
    state: Literal["dates", "year", "damaged"]
    first: int | None = None
    last: int | None = None
    whole: bool = True  # from 1 January to 31 December

    @property
    def year(self) -> int | None:
        """The one year it speaks of."""
        if self.state == "damaged" or (self.first and self.last and self.first != self.last):
            return None
        return self.first or self.last

    @property
    def printed(self) -> str:
        """As the report prints it."""
        return self.line.printed(self.start, self.end)

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return self.line.spot(self.start, self.end)


def stated(subject: Subject) -> Stated | None:
    """The statistical period of the report, wherever it stands; the preamble first."""
    words = subject.tables.dates
    damaged: Stated | None = None
    lines = [*body(subject), *(paragraph(passage) for passage in subject.report.furniture)]
    for text in lines:
        for found in words.period.finditer(text.text):
            period = _after(text, found.end(), words)
            if period is not None and period.state != "damaged":
                return period
            damaged = damaged or period
    if damaged is not None:
        return damaged
    for text in lines:
        for period in _ranges(text, 0, len(text.text), words):
            if period.whole and period.state == "dates":
                return period
    return None


def _after(text: Paragraph, start: int, words: DateFacts) -> Stated | None:
    """The period that follows its announcement."""
    stop = _SHORT.search(text.text, start)
    end = min(stop.start() if stop else len(text.text), start + 60)
    found = next(_ranges(text, start, end, words), None)
    if found is not None and found.start - start <= _AFTER:
        return found
    for pattern in (words.point, WHOLE_YEAR):
        match = pattern.search(text.text, start, end)
        if match and match.start() - start <= _AFTER:
            year = numeral(match["y"])
            return Stated(text, match.start(), match.end(), "year", year, year)
    match = REMAINS.search(text.text, start, end)
    if match and match.start() - start <= _AFTER and not WHOLE_DATE.fullmatch(match[0]):
        return Stated(text, match.start(), match.end(), "damaged")
    return None


def _ranges(text: Paragraph, start: int, end: int, words: DateFacts) -> Iterator[Stated]:
    """Pairs of dates in that stretch."""
    for found in STRETCH.finditer(text.text, start, end):
        months = [numeral(found[f"m{i}"]) or 0 for i in (1, 2)]
        days = [numeral(found[f"d{i}"] or "") for i in (1, 2)]
        ends = bool(found["e2"])
        if bool(found["d1"]) != (bool(found["d2"]) or ends) and not (found["d1"] is None and ends):
            yield Stated(text, found.start(), found.end(), "damaged")
            continue
        first, last = (numeral(found[f"y{i}"]) if found[f"y{i}"] else None for i in (1, 2))
        lost = any(lacks_day_mark(text.text, found, i) for i in (1, 2))
        if lost or any(not _real(month, day) for month, day in zip(months, days, strict=True)) or _glued(text.text, found):
            yield Stated(text, found.start(), found.end(), "damaged")
            continue
        whole = words.whole.is_whole(months, days, to_the_end=ends) and (not first or not last or first == last)
        yield Stated(text, found.start(), found.end(), "dates", first, last, whole)


def _glued(text: str, found: re.Match[str]) -> bool:
    """Whether digits stand right before the dates: 20231月1日."""
    return found.start() > 0 and text[found.start() - 1].isdigit()


def _real(month: int, day: int | None) -> bool:
    return 1 <= month <= 12 and (day is None or 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31))


@record
class Period:
    """The statistical period, looked at in one respect."""

    look_for: Literal["missing", "year", "span"]

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """What is wrong with the period in that respect."""
        period = stated(subject)
        twice = _doubled(subject) if self.look_for != "missing" else None
        if self.look_for == "missing":
            if period is None:
                yield Hit(spot=beginning(subject.report))
        elif twice is not None:
            if self.look_for == "year":
                yield twice
        elif period is None:
            yield Skip(reason=both("checks.no-period"))
        elif self.look_for == "span":
            yield from self._span(subject, period)
        else:
            yield from self._year(subject, period)

    def _span(self, subject: Subject, period: Stated) -> Iterator[Hit]:
        year = subject.report.year or period.first or period.last
        due = subject.tables.dates.whole.written(year)
        facts = {"period": period.printed, "due": due}
        if period.state == "damaged":
            yield Hit(spot=period.spot, facts=facts, expected=due, actual=period.printed, variant="damaged")
        elif not period.whole:
            yield Hit(spot=period.spot, facts=facts, expected=due, actual=period.printed)

    def _year(self, subject: Subject, period: Stated) -> Iterator[Hit | Skip]:
        year = subject.report.year
        if year is None or period.year is None:
            yield Skip(reason=both("checks.no-year-to-compare"))
        elif period.year != year and true_year(subject, period) == year:
            facts = {"period": period.printed, "year": year, "stated": period.year}
            yield Hit(spot=period.spot, facts=facts, expected=str(year), actual=str(period.year))


def _doubled(subject: Subject) -> Hit | None:
    """A year in the statement of the period whose digits stand twice: 202023年12月31日."""
    words = subject.tables.dates
    for text in body(subject):
        for announced in words.period.finditer(text.text):
            stop = _SHORT.search(text.text, announced.end())
            end = min(stop.start() if stop else len(text.text), announced.end() + 60)
            if found := DOUBLED_YEAR.search(text.text, announced.end(), end):
                facts = {"period": found[0], "stated": found[0], "year": subject.report.year or ""}
                return Hit(spot=text.spot(*found.span()), facts=facts, actual=found[0], variant="doubled")
    return None


def announced_years(subject: Subject) -> list[tuple[Paragraph, int, int, int]]:
    """Where the report says that it publishes a year's report: the line, start and end of the year, the year."""
    words = subject.tables.dates
    found: list[tuple[Paragraph, int, int, int]] = []
    overview = subject.figures.form.parts("overview")
    opening = [text for text in body(subject) if text.number is None or text.number in overview][:6]
    for text in opening:
        for lead in words.announced.finditer(text.text):
            for year in re.finditer(r"(?<!\d)(20\d\d)", text.text[lead.start() : lead.start() + 60]):
                at = lead.start() + year.start()
                between = text.text[lead.start() : at]
                if "。" not in between and words.announces.match(text.text, at + 4):
                    found.append((text, at, at + 4, int(year[1])))
                    break
            if found:
                return found
    return found


def true_year(subject: Subject, period: Stated | None) -> int | None:
    """The year the report is about: the title's, unless the period and the rest of the text agree on another."""
    year = subject.report.year
    if year is None or period is None or period.year is None or period.year == year:
        return year or (period.year if period else None)
    others = [found[3] for found in announced_years(subject)]
    if subject.report.published is not None:
        others.append(subject.report.published.day.year - 1)
    heads = [int(found[1]) for text in body(subject) if (found := LEADING_YEAR.match(text.text))]
    others += [y for y in (year, period.year) if heads.count(y) > heads.count(period.year if y == year else year)]
    return period.year if others.count(period.year) > others.count(year) else year

"""Whose report it is and of which year, where its title does not say: all that tells it, the surest first."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from validator.base.records import positional_record
from validator.checks.identity.names import presented, signed
from validator.checks.identity.period import announced_years, stated
from validator.model import Report, Source, Spot, Subject
from validator.model.unit_facts import UnitFacts
from validator.roster.roster import path_year, roster_for, tidy
from validator.roster.units import judge_unit
from validator.text.dates import DAY, YEAR
from validator.text.numerals import numeral
from validator.text.paragraphs import Paragraph, body, paragraph

#: A report is signed and published in the months after its year, until this one …
_EARLY = 6
#: … or, before its time, from this one of its year.
_LATE = 11
#: Characters of the longest line that only signs a report.
_SIGNED = 50


@positional_record
class UnitClaim:
    """A unit that something names as the report's."""

    name: str
    source: Source


@positional_record
class YearClaim:
    """A year that something gives as the report's; `spot`: where, if it stands in the text."""

    year: int
    source: Source
    spot: Spot | None = None


def settled(subject: Subject) -> Report:
    """The report with unit and year where anything tells them; its title and what the user gave come before all."""
    report = subject.report
    if report.year is None and (year := next(_years(subject), None)) is not None:
        report = replace(report, year=year.year, year_from=year.source)
    if report.unit is None and (unit := next(_units(replace(subject, report=report)), None)) is not None:
        report = replace(report, unit=unit.name, unit_from=unit.source)
    return report


def _units(subject: Subject) -> Iterator[UnitClaim]:
    """The units that are named, in the order in which they are believed."""
    report, table = subject.report, subject.tables.units
    yield from (UnitClaim(called.name, "opening") for called in presented(subject) if _is_unit(called.name, table))
    yield from (UnitClaim(called.name, "signature") for called in signed(subject) if _is_unit(called.name, table))
    if report.publisher is not None:
        yield UnitClaim(report.publisher, "publication")
    if report.document.part is None:
        yield from _in_path(subject)
    yield from (UnitClaim(name, "compiled_by") for name in _compiled_by(subject))


def _is_unit(name: str, table: UnitFacts) -> bool:
    """Whether a name is that of a unit and no pronoun for it."""
    return not table.pronouns.search(name) and judge_unit(name, table).kind is not None


def _in_path(subject: Subject) -> Iterator[UnitClaim]:
    """The unit of the file's name, of the roster by a folder's, of a folder's name."""
    path, table, year = subject.report.document.path, subject.tables.units, subject.report.year
    *folders, name = path.replace("\\", "/").split("/")
    stem = os.path.splitext(name)[0]
    roster = roster_for(subject.county, table) if subject.county.roster else None
    sources: tuple[tuple[str, Source, Source], ...] = ((stem, "file", "file"), *((folder, "roster", "path") for folder in folders[:-4:-1]))
    for piece, by_roster, by_name in sources:
        units = roster.in_path(piece, year) if roster is not None else ()
        if len(units) == 1:
            yield UnitClaim(units[0].name, by_roster)
        for found in table.in_path.finditer(tidy(piece)):
            if _is_unit(found["name"], table):
                yield UnitClaim(found["name"], by_name)


def _compiled_by(subject: Subject) -> Iterator[str]:
    """Who drew the report up; not an office that writes it for others, which the text shows by the area it speaks for."""
    table = subject.tables.units
    lines = body(subject)
    for text in lines:
        for match in table.compiled_by.finditer(text.text):
            kind = judge_unit(match["name"], table).kind
            if kind is None or table.pronouns.search(match["name"]):
                continue
            own = next((words for of, words in table.not_self.items() if of == kind), None)
            if own is not None and any(own.search(other.text) for other in lines):
                continue
            if kind != "office" or not any(table.compiled_for.search(other.text) for other in lines):
                yield match["name"]


def _years(subject: Subject) -> Iterator[YearClaim]:
    """The years that are told, in the order in which they are believed."""
    claims = {claim.source: claim for claim in reversed(year_claims(subject))}
    order: tuple[Source, ...] = ("opening", "period", "file", "path", "heading", "signature", "publication")
    yield from (claims[source] for source in order if source in claims)
    yield from _within_paragraphs(subject)


def year_claims(subject: Subject) -> list[YearClaim]:
    """Every year that something gives as the report's, one for each source."""
    report = subject.report
    found = [YearClaim(year, "opening", text.spot(start, end)) for text, start, end, year in announced_years(subject)[:1]]
    period = stated(subject)
    if period is not None and period.year is not None:
        found.append(YearClaim(period.year, "period", period.spot))
    found += _heads(subject)
    found += _signed_year(report)
    if report.document.part is None:
        name = os.path.basename(report.document.path.replace("\\", "/"))
        if (year := path_year(name)) is not None:
            found.append(YearClaim(year, "file"))
        elif (year := path_year(report.document.path)) is not None:
            found.append(YearClaim(year, "path"))
    if report.published is not None and (year := _year_before(report.published.day.year, report.published.day.month)) is not None:
        found.append(YearClaim(year, "publication"))
    return found


def _heads(subject: Subject) -> list[YearClaim]:
    """The year at the heads of most paragraphs; those that look ahead are left out."""
    ahead, words = subject.figures.form.parts("plans"), subject.tables.dates
    places: dict[int, Spot] = {}
    counts = Counter[int]()
    for text in body(subject):
        lead = words.lead.match(text.text) if text.number not in ahead else None
        found = YEAR.match(text.text, lead.end()) if lead else None
        if found is not None and words.acts.match(text.text, found.end()):
            year = int(found[1])
            counts[year] += 1
            places.setdefault(year, text.spot(*found.span(1)))
    ranked = counts.most_common(2)
    if not ranked or len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return []
    return [YearClaim(ranked[0][0], "heading", places[ranked[0][0]])]


def _within_paragraphs(subject: Subject) -> list[YearClaim]:
    """The one year that heads of sentences tell what was done in, where nothing else tells any: 2023年，我局共主动公开信息27条."""
    ahead, words = subject.figures.form.parts("plans"), subject.tables.dates
    places: dict[int, Spot] = {}
    for text in body(subject):
        for start, _ in text.sentences() if text.number not in ahead else ():
            found = YEAR.match(text.text, start)
            if found is not None and words.acts.match(text.text, found.end()):
                places.setdefault(int(found[1]), text.spot(*found.span(1)))
    return [YearClaim(year, "heading", spot) for year, spot in places.items()] if len(places) == 1 else []


def _signed_year(report: Report) -> list[YearClaim]:
    """The year of which a report is that is signed on the day at its end."""
    for section in report.sections[-1:]:
        for passage in reversed(section.passages[-4:]):
            text = paragraph(passage, section)
            found = DAY.search(text.text) if len(text.text) <= _SIGNED else None
            if found and found.end() == len(text.text) and (year := _of_day(found[1], found[2])) is not None:
                return [YearClaim(year, "signature", _at(text, found.start()))]
    return []


def _of_day(year: str, month: str) -> int | None:
    return _year_before(numeral(year) or 0, numeral(month) or 0)


def _at(text: Paragraph, start: int) -> Spot:
    return text.spot(start, len(text.text))


def latest_year(day: date) -> int:
    """The last year of which a report that appears on that day can be."""
    return day.year if day.month >= _LATE else day.year - 1


def _year_before(year: int, month: int) -> int | None:
    """The year of a report that appears then; None where that may be one or the other."""
    if not 2000 <= year <= 2100:
        return None
    return year - 1 if month <= _EARLY else year if month >= _LATE else None

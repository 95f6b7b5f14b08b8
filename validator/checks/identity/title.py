"""Checks on the title and on what it says: unit, year and the form's name for the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from validator.base.records import record
from validator.checks.identity.names import named_units
from validator.checks.identity.period import announced_years, stated, true_year
from validator.messages import both
from validator.model import Hit, Passage, Skip, Spot, Subject, Title
from validator.text.characters import Pattern, even, squeeze
from validator.text.dates import FIRST_YEAR
from validator.text.paragraphs import beginning, block_passage, body, place_in, within_block

#: What is no part of the report: it may tell unit and year, and the report still does not say them.
_OUTSIDE = ("file", "roster", "path")


@record
class TitleCheck:
    """The title, looked at in one respect.

    For `form`: `official` is the title as the form has it, with {unit} and {year}; `name` is the report's name in it, `year_mark` the year
    as it should be written, `doubled` a title that says 年度 twice, `tail` what a page may add after the title.
    """

    look_for: Literal["missing", "unit", "year", "form", "agrees"]
    official: str = ""
    name: Pattern | None = None
    doubled: Pattern | None = None
    year_mark: Pattern | None = None
    tail: Pattern | None = None

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """What is wrong with the title in that respect."""
        report = subject.report
        if self.look_for == "missing":
            if report.title is None:
                yield Hit(spot=beginning(report))
        elif self.look_for == "unit":
            yield from self._unit(subject)
        elif self.look_for == "year":
            yield from self._year(subject)
        elif report.title is None:
            yield Skip(reason=both("checks.no-title"))
        elif self.look_for == "form":
            yield from self._form(subject, report.title)
        else:
            yield from self._agrees(subject, report.title)

    def _unit(self, subject: Subject) -> Iterator[Hit]:
        """No name of the unit: not in the title, not where the report is announced or signed."""
        report = subject.report
        told = (report.unit or subject.unit.name) and report.unit_from not in _OUTSIDE
        if report.title is not None and not (told or named_units(subject)):
            yield Hit(spot=title_spot(report.title))

    def _year(self, subject: Subject) -> Iterator[Hit]:
        """No year: not in the title, not in the period, not where the report is announced."""
        report = subject.report
        told = report.year is not None and report.year_from not in (*_OUTSIDE, "signature", "publication")
        if report.title is not None and not told and not _told_year(subject):
            yield Hit(spot=title_spot(report.title))

    def _form(self, subject: Subject, title: Title) -> Iterator[Hit]:
        text = squeeze(even(title.text)).text
        if self.tail and (tail := self.tail.search(text)):
            text = text[: tail.start()]
        facts = {"title": title.text.strip()}
        spot = title_spot(title)
        year = title.year or subject.report.year or true_year(subject, stated(subject))
        known = title.unit or subject.report.unit or subject.unit.name
        due = self.official.format(unit=known or "X", year=year or "X")
        variant = self._fault(text, title, subject)
        if variant is not None:
            yield Hit(spot=spot, facts=facts, expected=due, actual=str(facts["title"]), variant=variant)

    def _fault(self, text: str, title: Title, subject: Subject) -> str | None:
        """The variant that says what is wrong with the title's form."""
        if self.name is not None and not self.name.search(text):
            return "name"
        if title.year is None:
            return "year" if subject.report.year or _told_year(subject) else None
        if self.year_mark is not None and not self.year_mark.search(text):
            return "mark"
        if title.unit is None:
            return "unit" if subject.report.unit or subject.unit.name or named_units(subject) else None
        if self.doubled is not None and self.doubled.search(text):
            return "doubled"
        return None

    def _agrees(self, subject: Subject, title: Title) -> Iterator[Hit | Skip]:
        """The title's year against period and text; where these agree on another, the title is at fault."""
        if title.year is None:
            yield Skip(reason=both("checks.no-year-in-title"))
            return
        year = true_year(subject, stated(subject))
        if year is not None and year != title.year:
            facts = {"title": title.text.strip(), "year": title.year, "due": year}
            yield Hit(spot=title_spot(title, str(title.year)), facts=facts, expected=str(year), actual=str(title.year))


def title_spot(title: Title, part: str = "") -> Spot:
    """The title, or the piece of it that is meant."""
    passage: Passage = title.passage or block_passage(title.block)
    at = passage.text.find(part) if part else 0
    start, end = (at, at + len(part)) if part and at >= 0 else (0, len(passage.text))
    return within_block(place_in(passage, start, end - start))


def _told_year(subject: Subject) -> bool:
    """Whether period or announcement tell the year."""
    period = stated(subject)
    if (period and period.year) or announced_years(subject):
        return True
    return any(FIRST_YEAR.match(text.text) for text in body(subject))

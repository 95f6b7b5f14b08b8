"""Checks on the publication date: after the unit's deadline, or before the period of the report has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from validator.base.records import record
from validator.messages import both
from validator.model import Hit, Passage, Published, Report, Skip, Spot, Subject, Unit
from validator.model.demands import MonthDay
from validator.model.unit_facts import UnitKind, UnitLevel
from validator.text.characters import Pattern, even, squeeze
from validator.text.dates import SIGNED_DAY
from validator.text.numerals import ROUND, numeral
from validator.text.paragraphs import paragraph

_AT_END = 6  # paragraphs at the end among which the report is signed


@record
class LastDay:
    """A last day that somebody else sets for some units, in the year after the report's."""

    day: MonthDay
    kinds: tuple[UnitKind, ...]
    levels: tuple[UnitLevel, ...] = ()  # empty: all
    speaks: str  # the variant of the rule that speaks where it has passed

    def binds(self, unit: Unit) -> bool:
        """Whether it holds for the unit."""
        return unit.kind in self.kinds and (not self.levels or unit.level in self.levels)


@record
class Deadline:
    """`late`: published after the day that `days` gives for the kind of unit, or one of `more`; of those passed the latest speaks. `early`:
    before the period ended.

    A day that the county's nianbao.yaml lays down for a kind of unit stands before them all. Hits have the variants '' (dated in the text),
    that of one of `more`, `county` (after the county's day), `long` (so many days later that the page rather was moved or put together with
    others), `metadata` (of the page alone: they change when it is posted again), `doubtful` (the page calls the day otherwise than that of
    publication) and, when early, `signed`: no publication date, and the date under the report is early. No day is expected: none is to be
    changed.
    """

    look_for: Literal["late", "early"]
    days: Mapping[str, str] = field(default_factory=dict)  # kind of unit → last day, month-day, in the year after the report's
    names: Mapping[str, Pattern] = field(default_factory=dict)  # kind of unit → the names that it holds for; none: all
    not_levels: tuple[str, ...] = ()  # levels of unit that `days` does not hold for
    more: tuple[LastDay, ...] = ()
    together: tuple[str, ...] = ()  # what was noticed where a page holds the reports of several years: its one date is not that of each
    long: int = 0  # days after which a late date says little about when the report was first published; 0: none

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """The publication date where it is out of time."""
        if subject.report.year is None:
            yield Skip(reason=both("checks.no-year"))
        elif self.look_for == "late":
            yield from self._late(subject, subject.report.year)
        else:
            yield from self._early(subject, subject.report.year)

    def _late(self, subject: Subject, year: int) -> Iterator[Hit | Skip]:
        days, published = self._days(subject, year), subject.report.published
        if not days:
            yield Skip(reason=both("checks.no-deadline"))
        elif published is None:
            yield Skip(reason=both("checks.no-publication-date"))
        elif passed := [(due, variant) for due, variant in days if due < published.day]:
            due, variant = max(passed, key=lambda each: each[0])
            long = self.long and (published.day - min(day for day, _ in days)).days > self.long
            together = any(item.code in self.together for item in subject.report.document.observations)
            yield _hit(subject.report, published, due, "long" if long else "together" if together else variant)

    def _days(self, subject: Subject, year: int) -> list[tuple[date, str | None]]:
        """The unit's last days, each with the variant that speaks of it; the county's own stands for all."""
        unit = subject.unit
        if laid_down := subject.county.deadline(unit.kind):
            return [(date.fromisoformat(f"{year + 1}-{laid_down}"), "county")]
        days: list[tuple[str, str | None]] = [(last.day, last.speaks) for last in self.more if last.binds(unit)]
        if day_of_kind := self._own_day(unit):
            days.append((day_of_kind, None))
        return [(date.fromisoformat(f"{year + 1}-{day}"), variant) for day, variant in days]

    def _own_day(self, unit: Unit) -> str | None:
        """The day of `days` for the unit."""
        names = self.names.get(unit.kind or "")
        if unit.level in self.not_levels or names is not None and not names.search(squeeze(even(unit.name or "")).text):
            return None
        return self.days.get(unit.kind or "")

    def _early(self, subject: Subject, year: int) -> Iterator[Hit | Skip]:
        report = subject.report
        end = date.fromisoformat(f"{year}-{subject.tables.dates.whole.last}")
        published, signed = report.published, _signed(report)
        if published is not None and (published.source == "text" or signed is None):
            if published.day < end:
                yield _hit(report, published, end)
        elif signed is not None:
            if signed.day < end:
                yield _hit(report, signed, end, variant="signed")
        else:
            yield Skip(reason=both("checks.no-publication-date"))


def _hit(report: Report, published: Published, due: date, variant: str | None = None) -> Hit:
    variant = variant if published.source == "text" else published.source
    facts = {"published": published.day.isoformat(), "due": due.isoformat(), "days": abs((published.day - due).days)}
    return Hit(spot=_spot(report, published), facts=facts, actual=published.day.isoformat(), variant=variant)


def _spot(report: Report, published: Published) -> Spot:
    """Where the date is printed; nowhere for metadata."""
    if published.source == "metadata" or published.line is None:
        return Spot()
    blocks = [block for block in report.document.blocks if block.line == published.line]
    block = next((block for block in blocks if published.text and published.text in block.text), blocks[0] if blocks else None)
    if block is None or published.text not in block.text:
        return Spot(block=block)
    return Spot(block=block, start=block.text.index(published.text), length=len(published.text))


def _signed(report: Report) -> Published | None:
    """The date under the report, beside or below the unit's name."""
    if not report.sections:
        return None
    for passage in reversed(report.sections[-1].passages[-_AT_END:]):
        if published := _signature(passage):
            return published
    return None


def _signature(passage: Passage) -> Published | None:
    """The date that a line is or ends with."""
    text = paragraph(passage)
    match = SIGNED_DAY.fullmatch(text.text)
    numbers = [numeral(part.replace("O", ROUND)) for part in match.groups()] if match else []
    parts = [number for number in numbers if number is not None]
    if not match or len(parts) < len(numbers):
        return None
    try:
        day = date(*parts)
    except ValueError:
        return None
    start, end = text.span(match.start(1), match.end())
    block, offset = passage.place(start)
    begin = offset - block.offset
    return Published(day=day, source="text", line=block.line, text=block.text[begin : begin + end - start])

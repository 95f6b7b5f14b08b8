"""Another unit of the roster where the report speaks of its own: the surest sign that a neighbour's report was copied."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from validator.base.records import record
from validator.checks.identity.names import Called, named_units
from validator.messages import both
from validator.model import Hit, RosterUnit, Skip, Spot, Subject
from validator.roster.roster import Roster, roster_for
from validator.roster.units import same_unit
from validator.text.characters import Pattern
from validator.text.paragraphs import Paragraph, body

#: Kinds that speak for all units of the county, and each for the other.
_ALL = ("government", "office")


@record
class ForeignUnit:
    """One hit for each other unit. Variants: '' where the report presents whose it is, `title` where the title names another unit than
    the file, `acted` where another unit is the one that received, answered or published: by the expressions `acts` (group `name`), which
    are held against the beginning of each clause; `subject` where it is what a section or a paragraph begins with, by `opens`, unless the
    first clause says that it acts on the unit or together with it (`unless`)."""

    acts: tuple[Pattern, ...] = ()
    opens: tuple[Pattern, ...] = ()
    unless: Pattern | None = None

    FACTS = ("unit", "name", "count")

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """In the order of the report."""
        if not subject.county.roster:
            yield Skip(reason=both("checks.no-roster"))
            return
        roster, year = roster_for(subject.county, subject.tables.units), subject.report.year
        stated = roster.find(subject.report.unit, year)
        filed = roster.in_path(os.path.basename(subject.report.document.path), year)
        reporting = filed or stated
        if len(reporting) != 1:
            yield Skip(reason=both("checks.not-on-roster"))
            return
        if stated and filed and filed[0] not in stated:
            yield _titled(subject, reporting[0], stated[0])
        foreign: dict[str, list[tuple[Called, str | None]]] = {}
        for called, variant in self._called(subject, roster, reporting[0]):
            units = roster.find(called.name, year, offices=False)
            if len(units) != 1 or units[0] is reporting[0] or units[0] in stated or self._same(called.name, reporting[0], subject):
                continue
            if not {roster.kind(units[0]), roster.kind(reporting[0])} <= set(_ALL):
                foreign.setdefault(units[0].name, []).append((called, variant))
        for name, times in foreign.items():
            called, variant = next((each for each in times if each[1] != "subject"), times[0])
            yield Hit(spot=called.spot, variant=variant, expected=reporting[0].name, actual=called.name,
                      facts={"unit": reporting[0].name, "name": name, "count": len(times)})  # fmt: skip

    def _called(self, subject: Subject, roster: Roster, own: RosterUnit) -> Iterator[tuple[Called, str | None]]:
        """The names by which the report speaks of whose it is and who acted."""
        yield from ((called, None) for called in named_units(subject))
        if roster.kind(own) in _ALL:
            return
        for text in body(subject) if self.acts else ():
            for start, end in text.clauses():
                for act in self.acts:
                    if match := act.match(text.text[start:end]):
                        first, last = match.span("name")
                        yield Called(match["name"], text.spot(start + first, start + last)), "acted"
            yield from ((called, "subject") for called in self._opens(text))

    def _opens(self, text: Paragraph) -> Iterator[Called]:
        """The name that a paragraph begins with as the one that acts."""
        for words in self.opens:
            match = words.match(text.text)
            if match is None:
                continue
            first, last = match.span("name")
            clause = text.text[first : text.clause_at(last)[1]] if last < len(text.text) else text.text[first:]
            if self.unless is None or not self.unless.search(clause):
                yield Called(match["name"], text.spot(first, last))
                return

    def _same(self, name: str, own: RosterUnit, subject: Subject) -> bool:
        """Whether the name may mean the unit after all, by one of its own names."""
        table = subject.tables.units
        return any(same_unit(name, each, table) for each in (own.name, *own.aliases, *own.formerly))


def _titled(subject: Subject, own: RosterUnit, said: RosterUnit) -> Hit:
    title = subject.report.title
    return Hit(spot=Spot(block=title.block if title else None), variant="title", expected=own.name, actual=said.name,
               facts={"unit": own.name, "name": said.name, "count": 1})  # fmt: skip

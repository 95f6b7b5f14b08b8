"""Which unit of the roster a name or a path means, when each unit owes its report, and until which day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from validator.base.records import positional_record, record
from validator.model import County, RosterUnit
from validator.model.fact_tables import DeadlineFacts
from validator.model.unit_facts import UnitFacts
from validator.roster.units import EDGES, core, judge_unit, tails, unnoted
from validator.text.characters import bare, even
from validator.text.dates import PATH_YEAR

#: The shortest piece of a name by which a path tells a unit: 民政局, 青石镇.
_PIECE = 3
#: Kinds whose name without its organ is the county's, which stands in half the paths.
_WHOLE = ("government", "office")


@record
class _NameForms:
    """A name taken apart: as it is, the places above it, the rest, the rest without the organ at its end; its kind."""

    plain: str
    above: str
    tail: str
    core: str
    kind: str | None


@positional_record
class _RosterName:
    """One of a unit's names. `old`: a former one."""

    unit: RosterUnit
    form: _NameForms
    old: bool


def tidy(name: str) -> str:
    """A name in half width without spaces and without what stands around it."""
    return unnoted(bare(even(name)).strip(EDGES))


def path_year(path: str) -> int | None:
    """The one year that the file's name tells, else the nearest folder's."""
    for piece in reversed(_pieces(path)):
        years = {int(year) for year in PATH_YEAR.findall(piece)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _pieces(path: str) -> list[str]:
    """Folders and the file's name without its suffix."""
    *folders, last = re.split(r"[\\/]", path)
    return [*folders, last.rsplit(".", 1)[0] if "." in last[1:] else last]


class Roster:
    """The units that owe a report. `table`: rules/tables/units.yaml."""

    def __init__(self, county: County, table: UnitFacts) -> None:
        self.units: list[RosterUnit] = []
        self._table = table
        self._county = tidy(county.name or "")
        self._forms: dict[str, _NameForms] = {}
        self._index: dict[str, list[_RosterName]] = {}  # by name, name without place, name without place and organ
        self._pieces: dict[str, list[_RosterName]] = {}  # by the pieces that tell a unit in a path
        self._matches: dict[tuple[str, int | None, bool], tuple[RosterUnit, ...]] = {}
        for unit in county.roster:
            self.add(unit)

    def add(self, unit: RosterUnit) -> None:
        """One unit more."""
        self.units.append(unit)
        self._matches.clear()
        for name, old in [(name, False) for name in (unit.name, *unit.aliases)] + [(name, True) for name in unit.formerly]:
            form = self._form(tidy(name))
            entry = _RosterName(unit, form, old)
            for key in {form.plain, form.tail, form.core}:
                self._index.setdefault(key, []).append(entry)
            for part in dict.fromkeys(_parts(form)):
                self._pieces.setdefault(part, []).append(entry)

    def kind(self, unit: RosterUnit) -> str | None:
        """What the roster says it is, else what its name says."""
        return unit.kind or self._form(tidy(unit.name)).kind

    def find(self, name: str | None, year: int | None, *, offices: bool = True) -> tuple[RosterUnit, ...]:
        """The unit of that name; several where the name fits them equally well, none where it fits nobody.

        With `offices` the name of an office stands for its unit.
        """
        key = (tidy(name or ""), year, offices)
        if key not in self._matches:
            self._matches[key] = self._best(self._form(key[0]), year, offices) if key[0] else ()
        return self._matches[key]

    def names(self, unit: RosterUnit) -> tuple[str, ...]:
        """Its names and their short forms, as they stand in a path or a text without spaces, in half width."""
        pieces = [part for name in (unit.name, *unit.aliases, *unit.formerly) for part in _parts(self._form(tidy(name)))]
        return tuple(dict.fromkeys(pieces))

    def in_path(self, path: str, year: int | None) -> tuple[RosterUnit, ...]:
        """The unit that a path names: the longest name in the file's name, else in the nearest folder."""
        for piece in reversed(_pieces(path)):
            ranks: dict[str, tuple[tuple[int, bool], RosterUnit]] = {}
            for size, name in self._names_in(tidy(piece)):
                rank = (size, not name.old and owes(name.unit, year))
                if rank > ranks.get(name.unit.name, ((0, False), name.unit))[0]:
                    ranks[name.unit.name] = (rank, name.unit)
            if ranks:
                best = max(rank for rank, _ in ranks.values())
                return tuple(unit for rank, unit in ranks.values() if rank == best)
        return ()

    def _names_in(self, text: str) -> Iterator[tuple[int, _RosterName]]:
        """The names of which a piece stands in the text, with the piece's length: looked up piece by piece, whatever the roster's size."""
        for start in range(len(text)):
            for end in range(start + 1, len(text) + 1):
                for name in self._pieces.get(text[start:end], ()):
                    yield end - start, name

    def _form(self, plain: str) -> _NameForms:
        if plain not in self._forms:
            kind = judge_unit(plain, self._table).kind
            at = self._head(plain) if kind in _WHOLE else self._above(plain)
            tail = plain[at:].removeprefix(self._table.between) if kind not in _WHOLE else plain[at:]
            above = plain[:at].removesuffix(self._table.between)
            self._forms[plain] = _NameForms(plain=plain, above=above, tail=tail, core=core(tail, self._table), kind=kind)
        return self._forms[plain]

    def _above(self, plain: str) -> int:
        """Where the places above a unit end: 云岭县 of 云岭县教育局; 县 of 县教育局 says nothing."""
        tail = (tails(plain, self._table) or [plain])[-1]
        at = plain.rfind(tail)
        return at or int(plain[:1] in self._table.areas and len(plain) > _PIECE and plain[1] not in self._table.goes_on)

    def _head(self, plain: str) -> int:
        """Where the place of a government begins, after those above it: 云岭县人民政府 in 丽水市云岭县人民政府."""
        place, at = self._table.place, 0
        while (match := place.match(plain, at)) and place.match(plain, match.end()):
            at = match.end()
        return at

    def _best(self, form: _NameForms, year: int | None, offices: bool) -> tuple[RosterUnit, ...]:
        """The units that fit best: those that owe a report for the year, present names, then the nearest name."""
        near = [name for key in {form.plain, form.tail, form.core} for name in self._index.get(key, ())]
        longer = [name for end in range(_PIECE, len(form.tail) + 1) for name in self._index.get(form.tail[:end], ())] if offices else []
        for names, rank_of in ((near, self._rank), (longer, self._rank_of_office)):
            ranks: dict[str, tuple[tuple[bool, bool, int], RosterUnit]] = {}
            for name in names:
                rank = rank_of(form, name.form)
                if rank is not None:
                    entry = ((not owes(name.unit, year), name.old, rank), name.unit)
                    ranks[name.unit.name] = min(ranks.get(name.unit.name, entry), entry, key=lambda pair: pair[0])
            if ranks:
                best = min(rank for rank, _ in ranks.values())
                return tuple(unit for rank, unit in ranks.values() if rank == best)
        return ()

    def _rank(self, form: _NameForms, listed: _NameForms) -> int | None:
        """How well a name fits one of the roster: 0 the same, 1 without the places above, 2 in short; None: not."""
        if form.plain == listed.plain:
            return 0
        if not self._places_agree(form, listed):
            return None
        if form.tail == listed.tail:
            return 1
        same = form.kind == listed.kind or not {form.kind, listed.kind} & set(_WHOLE)
        return 2 if same and form.core == listed.core and len(form.core) > 1 else None

    def _rank_of_office(self, form: _NameForms, listed: _NameForms) -> int | None:
        """Whether a name is that of an office of the unit, which reports for it: 青石镇党政办公室."""
        if listed.kind in _WHOLE or len(listed.core) < _PIECE or not self._places_agree(form, listed):
            return None
        offices = self._table.offices
        rests = [form.tail.removeprefix(part) for part in (listed.tail, listed.core) if form.tail.startswith(part)]
        return 3 if any(offices.fullmatch(rest) for rest in rests) else None

    def _places_agree(self, form: _NameForms, listed: _NameForms) -> bool:
        """Whether the places above two names are no contradiction; a unit of the county need not say whose it is."""
        county = "" if form.kind in _WHOLE else self._county
        above, other = (county if each.above in ("", *self._table.areas) else each.above for each in (form, listed))
        return not above or not other or above.endswith(other) or other.endswith(above)


def _parts(form: _NameForms) -> list[str]:
    """The pieces by which a path or a text may name the unit, the longest first."""
    if form.kind in _WHOLE:
        return [form.plain]
    return [form.plain, *(part for part in (form.tail, form.core) if len(part) >= _PIECE)]


def roster_for(county: County, table: UnitFacts) -> Roster:
    """The county's roster, made once for a run."""
    return county.once(Roster, county, table)


def owes(unit: RosterUnit, year: int | None) -> bool:
    """Whether the unit owes a report for that year."""
    return year is None or (unit.since or 0) <= year <= (unit.until or 9999)


def due_day(kind: str | None, year: int, county: County, table: DeadlineFacts | None) -> date | None:
    """The last day for a year's report: the county's for that kind of unit, else that of rules/tables/deadlines.yaml."""
    last = county.deadline(kind) or (table and (table.day(kind) or table.otherwise))
    return date.fromisoformat(f"{year + 1}-{last}") if last else None


def roster_of(names: Iterable[str], table: UnitFacts) -> Roster:
    """A roster made of the names that reports use, longest first: several names of one unit are one."""
    roster = Roster(County(), table)
    longest_first = sorted({tidy(name) for name in names if tidy(name)}, key=lambda name: (-len(name), name))
    placed = [name for name in longest_first if _placed(name, table)]
    for name in placed:
        if not roster.find(name, None):
            roster.add(RosterUnit(name=name))
    home = _one_place(roster.units, table)
    for name in longest_first:
        if name not in placed and not (home and roster.find(name, None)):
            roster.add(RosterUnit(name=name))
    return roster


def _placed(name: str, table: UnitFacts) -> bool:
    """Whether a name says where its unit is: 云岭县教育局, 青石镇; every county has a 县教育局."""
    place = judge_unit(name, table).place
    return place is not None and place not in table.areas


def _one_place(units: Sequence[RosterUnit], table: UnitFacts) -> bool:
    """Whether several units, all of one place and those within it, show that a name without a place is of that place too."""
    places = sorted({judge_unit(unit.name, table).place or "" for unit in units}, key=len)
    return len(units) > 1 and all(places[0] in place for place in places)

"""The unit to contact held against the unit that reports: another place or another bureau is a sign of copying."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.checks.contact.contact import clipped, spot
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.text.characters import Pattern, bare
from validator.text.paragraphs import body


@record
class _UnitName:
    """A unit's name taken apart: the places at its head, the lowest last, and the rest."""

    places: tuple[tuple[str, str], ...]  # stem, level: (朝阳, 镇)
    rest: str

    @property
    def place(self) -> str:
        """The lowest place as printed."""
        return "".join(self.places[-1]) if self.places else ""


@record
class ContactUnit:
    """Compares places level by level, then bureaus. Offices without a place or bureau of their own are the unit's."""

    place: Pattern  # one administrative place at the head of a name; groups: stem, level
    between: Pattern  # what may stand between two places: 人民政府 in 鹿城区人民政府七都街道
    low: tuple[str, ...]  # levels of a township: 镇, 乡 …
    middle: tuple[str, ...]  # levels of a county: 县, 区, 市, 旗 …
    government: Pattern  # the organ itself after its place: a town's report names the county's government
    bureau: Pattern  # the bureau in what follows the place; group name
    stem: Pattern  # a place that lost its level: 青石人民政府党政办; group stem
    levels_alone: tuple[str, ...]  # stems that are no name: 县, 镇, 本 …
    people: Pattern  # the end of a people's name in a place's, which may be left out: 青石畲族乡
    zone: Pattern  # a level that is a zone's
    own: Pattern  # how a unit calls itself at the head of its office's name: 我局, 本单位

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit, with how often the other name stands in the contact block."""
        contact = subject.report.contact
        office = contact.first("office") if contact else None
        if contact is None or office is None or not office.value:
            return [Skip(reason=both("checks.no-contact-unit"))]
        title = subject.report.title
        names = [name for name in (subject.unit.name, title.unit if title else None) if name]
        if not names:
            return [Skip(reason=both("checks.no-reporting-unit"))]
        if self.own.match(bare(office.value)) or _is_defined(bare(office.value), subject):
            return []
        office_name = self._name(office.value)
        if any(self._same(self._name(name), office_name) for name in names):
            return []
        unit, other = self._shown(names[0], office_name), office_name.place or clipped(office.value)
        printed = [d.value or "" for d in contact.details if d.kind in ("office", "address")]
        count = max(1, sum(bare(text).count(other) for text in printed))
        facts = {"unit": unit, "office": clipped(office.value), "place": other, "count": count}
        return [Hit(spot=spot(contact, office), facts=facts, expected=unit, actual=office.value)]

    def _name(self, text: str) -> _UnitName:
        text, at, places = bare(text), 0, []
        while match := self.place.match(text, at):
            places.append((match["stem"], match["level"]))
            at = match.end()
            gap = self.between.match(text, at)
            if gap and self.place.match(text, gap.end()):
                at = gap.end()
        return _UnitName(places=tuple(places), rest=text[at:])

    def _shown(self, name: str, office: _UnitName) -> str:
        """How the message calls the reporting unit: by its place where the place differs, else in full."""
        unit = self._name(name)
        return unit.place if unit.place and office.place != unit.place and not self._bureau(unit) else clipped(bare(name))

    def _bureau(self, name: _UnitName) -> str:
        match = self.bureau.search(name.rest)
        return _bare_level(match["name"], (*self.low, *self.middle)) if match else ""

    def _same(self, unit: _UnitName, office: _UnitName) -> bool:
        if office.places and unit.places and not self._same_place(unit, office):
            return False
        if not office.places and not self._same_stem(unit, office):
            return False
        unit_bureau, office_bureau = self._bureau(unit), self._bureau(office)
        return not (unit_bureau and office_bureau) or _short_of(unit_bureau, office_bureau) or _short_of(office_bureau, unit_bureau)

    def _same_place(self, unit: _UnitName, office: _UnitName) -> bool:
        """Whether the lowest place to contact is the unit's own, or one above it that only hosts the office."""
        if _shortens(office.place, unit.place):
            return True
        place, mine = office.places[-1], unit.places[-1]
        if self._rank(place) == self._rank(mine):
            return self._same_level(place[1], mine[1]) and self._alike(place[0], mine[0]) and self._same_above(unit, office)
        if self._rank(place) < self._rank(mine):  # above: the county of a town
            above = [higher for higher in unit.places[:-1] if self._rank(higher) == self._rank(place)]
            if any(not self._alike(higher[0], place[0]) for higher in above):
                return False
            return self.government.match(office.rest) is None or bool(self._bureau(unit))
        return bool(self._bureau(unit)) or self._rank(place) < 3

    def _same_above(self, unit: _UnitName, office: _UnitName) -> bool:
        """Two towns of one name are one only in the same county."""
        unit_places = [place for place in unit.places[:-1] if self._rank(place) == 2]
        office_places = [place for place in office.places[:-1] if self._rank(place) == 2]
        return not unit_places or not office_places or self._alike(unit_places[-1][0], office_places[-1][0])

    def _alike(self, one: str, other: str) -> bool:
        """云岭青石 and 青石: a level word may be left out of the place above; 青石畲族 and 青石: so may the people's name."""
        short, long = sorted((one, other), key=len)
        return long.endswith(short) or (long.startswith(short) and bool(self.people.search(long)))

    def _same_level(self, one: str, other: str) -> bool:
        """自治县 is a 县, 经济开发区 an 开发区; a zone and the county it grew from often share their offices."""
        zones = [self.zone.search(level) is not None for level in (one, other)]
        return one.endswith(other) or other.endswith(one) or zones[0] != zones[1]

    def _rank(self, place: tuple[str, str]) -> int:
        """1 above the county, 2 county, zone or city, 3 township."""
        return 3 if place[1] in self.low else 2 if place[1] in self.middle else 1

    def _same_stem(self, unit: _UnitName, office: _UnitName) -> bool:
        """A name whose level is missing is the unit's unless its stem is another place's."""
        match = self.stem.match(office.rest)
        stem = match["stem"] if match else ""
        if not unit.places or not stem or stem in self.levels_alone or unit.rest.startswith(stem) or self.bureau.match(stem):
            return True
        return any(self._alike(stem, place[0]) or stem.startswith(place[0]) for place in unit.places)


def _shortens(short: str, name: str) -> bool:
    """Whether a place's name is the other with characters left out, of the same level: 科右中旗 of 科尔沁右翼中旗."""
    rest = iter(name)
    return 1 < len(short) < len(name) and short[-1:] == name[-1:] and all(char in rest for char in short)


def _is_defined(office: str, subject: Subject) -> bool:
    """Whether the office's name begins with one that the report defines for its unit: （以下简称经开区管委会）."""
    defines = subject.tables.units.defines
    return any(len(name[1]) > 2 and office.startswith(name[1]) for text in body(subject) for name in defines.finditer(text.text))


def _bare_level(name: str, levels: tuple[str, ...]) -> str:
    """县发改局 without the level that stands for the place."""
    return next((name[len(level) :] for level in levels if name.startswith(level)), name)


def _short_of(short: str, long: str) -> bool:
    """Whether all characters of `short` stand in `long`: 发改局 in 发展和改革局; parts of a branch office change places."""
    return set(short) <= set(long)

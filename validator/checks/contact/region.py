"""Area codes and postcodes held against the province and prefecture of the address, else of the unit's name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.checks.contact.contact import clipped, spot
from validator.messages import both
from validator.model import Contact, ContactDetail, Hit, Skip, Subject
from validator.model.fact_tables import RegionFacts
from validator.text.characters import bare

_AREA = expression(r"(01\d|02\d|0[3-9]\d{2})-")


@record
class _Place:
    """A province, the prefecture where it is named, and which words said so."""

    province: str
    prefecture: str | None
    text: str
    source: Literal["address", "unit"]


@record
class Region:
    """Fires only where both sides are certain: the code is in the table, and a province or prefecture is named."""

    detail: Literal["phone", "postcode"]
    regions: Annotated[str, RegionFacts] = "regions"

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A hit for the first code that belongs elsewhere."""
        contact, regions = subject.report.contact, subject.tables.named(self.regions, RegionFacts)
        kinds = ("phone", "fax") if self.detail == "phone" else ("postcode",)
        found = [d for d in contact.details if d.kind in kinds and d.value] if contact else []
        if contact is None or regions is None or not found:
            return [Skip(reason=both("checks.no-code"))]
        place = _place(contact, subject, regions)
        if place is None:
            return [Skip(reason=both("checks.no-province"))]
        hits = [hit for d in found if (hit := self._judge(d, place, contact, regions))]
        return hits[:1]

    def _judge(self, detail: ContactDetail, place: _Place, contact: Contact, regions: RegionFacts) -> Hit | None:
        if self.detail == "postcode":
            code, home = str(detail.value)[:2], _of_postcode(str(detail.value), place, regions)
        else:
            code, home = _of_area(str(detail.value), place, regions)
        if home is None:
            return None
        facts = {"code": code, "home": home, "text": clipped(detail.text), "place": clipped(place.text), "count": 1}
        return Hit(spot=spot(contact, detail), facts=facts, actual=detail.value, variant=None if place.source == "address" else "unit")


def _of_area(value: str, place: _Place, regions: RegionFacts) -> tuple[str, str | None]:
    """The area code, and where it belongs if that is elsewhere."""
    match = _AREA.match(value)
    known = regions.areas.get(match[1]) if match else None
    if match is None or known is None:
        return "", None
    if known.province != place.province:
        return match[1], known.province + "、".join(known.regions[:1])
    if place.prefecture and known.regions and place.prefecture not in known.regions:
        return match[1], known.province + "、".join(known.regions)
    return match[1], None


def _of_postcode(value: str, place: _Place, regions: RegionFacts) -> str | None:
    """The province of a postcode if it is another one."""
    here = regions.provinces[place.province]
    if value[:2] in (*here.own, *here.near):
        return None
    return next((name for name, province in regions.provinces.items() if value[:2] in province.own), None)


def _place(contact: Contact, subject: Subject, regions: RegionFacts) -> _Place | None:
    """Where the unit is: by the head of its address, else of its full name."""
    units = (subject.unit.name, subject.report.title.unit if subject.report.title else None)
    names = [("address", detail.value) for detail in contact.all("address")] + [("unit", unit) for unit in units]
    for source, name in names:
        found = _locate(bare(name), regions, subject.tables.units.goes_on) if name else None
        if found is not None:
            return _Place(province=found[0], prefecture=found[1], text=found[2], source="address" if source == "address" else "unit")
    return None


def _locate(name: str, regions: RegionFacts, goes_on: Collection[str]) -> tuple[str, str | None, str] | None:
    """Province and prefecture at the head of a name, and the words that say so."""
    province, at, cities = None, 0, regions.cities
    for full, facts in regions.provinces.items():
        head = next((word for word in (full, *facts.other) if name.startswith(word)), None)
        if head:
            province, at = full, len(head)
            break
    city = next((city for city in cities if name.startswith(city, at) and province in (None, cities[city])), None)
    if city and name[at + len(city) : at + len(city) + 1] in goes_on:  # 朝阳市场路 is a street
        city = None
    if city is not None:
        return cities[city], city, name[: at + len(city)]
    return (province, None, name[:at]) if province else None

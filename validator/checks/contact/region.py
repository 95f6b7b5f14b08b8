"""Area codes and postcodes held against the province and prefecture of the address, else of the unit's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.checks.contact.contact import area, clipped, spot
from validator.messages import both
from validator.model import Contact, ContactDetail, Hit, Skip, Subject
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
    regions: str = "regions"

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A hit for the first code that belongs elsewhere."""
        contact, regions = subject.report.contact, subject.tables.get(self.regions)
        kinds = ("phone", "fax") if self.detail == "phone" else ("postcode",)
        found = [d for d in contact.details if d.kind in kinds and d.value] if contact else []
        if contact is None or not isinstance(regions, Mapping) or not found:
            return [Skip(reason=both("checks.no-code"))]
        place = _place(contact, subject, regions)
        if place is None:
            return [Skip(reason=both("checks.no-province"))]
        hits = [hit for d in found if (hit := self._judge(d, place, contact, subject, regions))]
        return hits[:1]

    def _judge(self, detail: ContactDetail, place: _Place, contact: Contact, subject: Subject, regions: Mapping[str, object]) -> Hit | None:
        if self.detail == "postcode":
            code, home = str(detail.value)[:2], _of_postcode(str(detail.value), place, regions)
        else:
            code, home = _of_area(str(detail.value), place, subject, self.regions)
        if home is None:
            return None
        facts = {"code": code, "home": home, "text": clipped(detail.text), "place": clipped(place.text), "count": 1}
        return Hit(spot=spot(contact, detail), facts=facts, actual=detail.value, variant=None if place.source == "address" else "unit")


def _of_area(value: str, place: _Place, subject: Subject, table: str) -> tuple[str, str | None]:
    """The area code, and where it belongs if that is elsewhere."""
    match = _AREA.match(value)
    known = area(subject, table, match[1]) if match else None
    if match is None or known is None:
        return "", None
    province, regions = str(known["province"]), known["regions"]
    assert isinstance(regions, list)
    if province != place.province:
        return match[1], province + "、".join(regions[:1])
    if place.prefecture and regions and place.prefecture not in regions:
        return match[1], province + "、".join(regions)
    return match[1], None


def _of_postcode(value: str, place: _Place, regions: Mapping[str, object]) -> str | None:
    """The province of a postcode if it is another one."""
    provinces = regions["provinces"]
    assert isinstance(provinces, Mapping)
    here = provinces[place.province]
    if value[:2] in [*here["own"], *here["near"]]:
        return None
    return next((name for name, facts in provinces.items() if value[:2] in facts["own"]), None)


def _place(contact: Contact, subject: Subject, regions: Mapping[str, object]) -> _Place | None:
    """Where the unit is: by the head of its address, else of its full name."""
    units = (subject.unit.name, subject.report.title.unit if subject.report.title else None)
    names = [("address", detail.value) for detail in contact.all("address")] + [("unit", unit) for unit in units]
    for source, name in names:
        found = _locate(bare(name), regions) if name else None
        if found is not None:
            return _Place(province=found[0], prefecture=found[1], text=found[2], source="address" if source == "address" else "unit")
    return None


_LAST: list[tuple[object, dict[str, str]]] = []  # the table asked last: the same for every report of a run


def _cities(areas: Mapping[str, Mapping[str, object]]) -> Mapping[str, str]:
    """City → its province."""
    if not _LAST or _LAST[0][0] is not areas:
        _LAST[:] = [(areas, {city: str(facts["province"]) for facts in areas.values() for city in facts["regions"]})]  # type: ignore[attr-defined]
    return _LAST[0][1]


def _locate(name: str, regions: Mapping[str, object]) -> tuple[str, str | None, str] | None:
    """Province and prefecture at the head of a name, and the words that say so."""
    provinces, areas = regions["provinces"], regions["areas"]
    assert isinstance(provinces, Mapping) and isinstance(areas, Mapping)
    province, at = None, 0
    for full, facts in provinces.items():
        head = next((word for word in (full, *facts["other"], full.removesuffix("省") + "省") if name.startswith(word)), None)
        if head:
            province, at = str(full), len(head)
            break
    cities = _cities(areas)
    city = next((city for city in cities if name.startswith(city, at) and province in (None, cities[city])), None)
    if city and name[at + len(city) : at + len(city) + 1] in ("场", "政"):  # 朝阳市场路 is a street
        city = None
    if city is not None:
        return cities[city], city, name[: at + len(city)]
    return (province, None, name[:at]) if province else None

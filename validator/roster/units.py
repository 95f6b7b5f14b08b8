"""What a unit is, and whether two names mean one: by the words of rules/tables/units.yaml."""

from __future__ import annotations

import re
from collections import Counter

from validator.base.regex_cache import expression, passing
from validator.model import Unit
from validator.model.unit_facts import UnitFacts
from validator.text.characters import bare, even

_NOTE = expression(r"(?<=.)\([^()]{1,12}(\)|$)")
#: What may stand around a name and is no part of it.
EDGES = "()[]【】《》“”\"'-_|:,。、"


def judge_unit(name: str | None, table: UnitFacts) -> Unit:
    """The unit of that name. `kind` and `level` are None where the name does not tell."""
    plain = table.itself.sub("", unnoted(bare(even(name)).strip(EDGES))) if name else ""
    if not plain:
        return Unit(name=name, kind=None, level=None)
    kind = next((ending.kind for ending in table.endings if ending.name.fullmatch(plain)), None)
    place = _place(plain, kind, table)
    return Unit(name=name, kind=kind, level=_level(plain, kind, place, table), place=place)


def unnoted(name: str) -> str:
    """A name in half width without a note in brackets at its end: 教育局(本级机关)."""
    return _NOTE.sub("", name)


def _place(name: str, kind: str | None, table: UnitFacts) -> str | None:
    """The place the unit belongs to: 宝清县朝阳镇, 宝清县 of 宝清县教育局."""
    if kind in ("government", "office", "township", "subdistrict", "committee"):
        rest = table.organs.sub("", name) or name
        end = next((end for of, end in table.of_kind.items() if of == kind), "")
        return rest + end if end and not rest.endswith(end) and rest + end in name else rest
    start = table.before_place.match(name)
    at = begin = start.end() if start else 0
    while (match := table.place.match(name, at)) and len(name) - match.end() >= 2:
        at = match.end()
    return name[begin:at] or None


def _level(name: str, kind: str | None, place: str | None, table: UnitFacts) -> str | None:
    """The level, only where name or place leave no doubt; a city may be a county's or a prefecture's."""
    if kind in ("township", "subdistrict"):
        return "township"
    for level, ending in table.own_levels.items():
        if kind == "department" and ending.search(name):
            return level
    if kind in ("committee", None):
        return None
    if place is None:
        return next((level for level, begins in table.begins.items() if begins.match(name)), None)
    return next((level.level for level in table.levels if level.place.fullmatch(place)), None)


def same_unit(name: str, other: str, table: UnitFacts) -> bool:
    """Whether two names are those of one unit: short, long, with or without the place above it, or an office of it."""
    forms = [core(each, table) for each in tails(bare(even(other)), table)]
    plain = bare(even(name))
    short = core(plain, table)
    if any(_covers(short, form, table) or _covers(form, short, table) for form in forms):
        return True
    whole = [*forms, *tails(bare(even(other)), table)]
    return any(form and passing(f".{{0,200}}{re.escape(form)}{table.offices.source}").fullmatch(plain) for form in whole)


def core(name: str, table: UnitFacts) -> str:
    """A name without the organ at its end."""
    for long, short in table.short:
        name = long.sub(short, name)
    return name


def tails(name: str, table: UnitFacts) -> list[str]:
    """A name, and the name without the places above it: 宝清县朝阳镇, 朝阳镇."""
    endings = [name]
    at = 0
    while match := table.place.match(name, at):
        at = match.end()
        if len(name) - at < 2:
            break
        endings.append(name[at:].removeprefix(table.between))
    return [each for each in endings if len(each) > 1]


def _covers(short: str, long: str, table: UnitFacts) -> bool:
    """Whether `short` is a short form of `long`: its end, or its characters in any order with the same last one."""
    if not short or not long:
        return False
    if long.endswith(short):
        return True
    return short[-1] == long[-1] and len(short) > 2 and not Counter(short) - Counter(long) and short[-1] not in table.place_ends

"""What a unit is, and whether two names mean one: by the words of rules/tables/units.yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from validator.base.regex_cache import expression, passing
from validator.model import Unit
from validator.text.characters import bare, even

_EDGES = "()[]【】《》“”\"'-_|:,。、"


@lru_cache(maxsize=256)
def _compiled(source: str) -> re.Pattern[str]:
    return expression(source)


def judge_unit(name: str | None, table: Mapping[str, Any] | object) -> Unit:
    """The unit of that name. `kind` and `level` are None where the name does not tell."""
    plain = bare(name).strip(_EDGES) if name else ""
    if not plain or not isinstance(table, Mapping):
        return Unit(name=name, kind=None, level=None)
    kind = next((entry["kind"] for entry in table["endings"] if _compiled(f".{{0,200}}(?:{entry['ends']})").fullmatch(plain)), None)
    place = _place(plain, kind, table)
    return Unit(name=name, kind=kind, level=_level(plain, kind, place, table), place=place)


def _place(name: str, kind: str | None, table: Mapping[str, Any]) -> str | None:
    """The place the unit belongs to: 宝清县朝阳镇, 宝清县 of 宝清县教育局."""
    if kind in ("government", "office", "township", "subdistrict", "committee"):
        rest = _compiled(table["organs"]).sub("", name) or name
        return f"{rest}街道" if kind == "subdistrict" and not rest.endswith("街道") and f"{rest}街道" in name else rest
    start = _compiled(table["before_place"]).match(name)
    at = begin = start.end() if start else 0
    while (found := _compiled(table["place"]).match(name, at)) and len(name) - found.end() >= 2:
        at = found.end()
    return name[begin:at] or None


def _level(name: str, kind: str | None, place: str | None, table: Mapping[str, Any]) -> str | None:
    """The level, only where name or place leave no doubt; a city may be a county's or a prefecture's."""
    if kind in ("township", "subdistrict"):
        return "township"
    for level, ending in table["own_levels"].items():
        if kind == "department" and _compiled(ending).search(name):
            return level
    if kind in ("committee", None):
        return None
    if place is None:
        return "county" if name[0] in "县旗" else None
    return next((entry["level"] for entry in table["levels"] if _compiled(entry["place"]).fullmatch(place)), None)


def same_unit(name: str, own: str, table: Mapping[str, Any]) -> bool:
    """Whether two names are those of one unit: short, long, with or without the place above it, or an office of it."""
    forms = [core(each, table) for each in tails(bare(even(own)), table)]
    plain = bare(even(name))
    short = core(plain, table)
    if any(_covers(short, form) or _covers(form, short) for form in forms):
        return True
    whole = [*forms, *tails(bare(even(own)), table)]
    return any(form and passing(f".{{0,200}}{re.escape(form)}{table['offices']}").fullmatch(plain) for form in whole)


def core(name: str, table: Mapping[str, Any]) -> str:
    """A name without the organ at its end."""
    for long, short in table["short"]:
        name = _compiled(long).sub(short, name)
    return name


def tails(name: str, table: Mapping[str, Any]) -> list[str]:
    """A name, and the name without the places above it: 宝清县朝阳镇, 朝阳镇."""
    found = [name]
    at = 0
    while match := _compiled(table["place"]).match(name, at):
        at = match.end()
        if len(name) - at < 2:
            break
        found.append(name[at:].removeprefix("人民政府"))
    return [each for each in found if len(each) > 1]


def _covers(short: str, long: str) -> bool:
    """Whether `short` is a short form of `long`: its end, or its characters in any order with the same last one."""
    if not short or not long:
        return False
    if long.endswith(short):
        return True
    return short[-1] == long[-1] and len(short) > 2 and not Counter(short) - Counter(long) and short[-1] not in "省市县区旗镇乡道木"

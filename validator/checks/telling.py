"""Whose figure a fact of the text is: the reporting unit's own, or another's; and how surely it may be held against a table."""

from __future__ import annotations

import re
from typing import Literal

from validator.grammar.facts import Fact
from validator.kept import expression
from validator.model import Spot, Unit

_SELF = expression(r"[我本该][一-龥]{1,4}$|^(?:年度?|全年|单位|机关)$")
_COMMON = {
    "township": expression(r"(?:^|年|度|,)(?:镇|乡|苏木)?(?:镇|乡|人民政府|政府|机关|单位)$"),
    "subdistrict": expression(r"(?:^|年|度|,)(?:街道|办事处|街道办事处|街道办|单位|机关)$"),
    "department": expression(r"(?:^|年|度|,)(?:[省市县区州旗]?(?:局|委|厅|委员会)|单位|机关|办公室)$"),
    "government": expression(r"(?:^|年|度|,)(?:[省市县区州旗](?:人民)?政府|政府|单位|机关)$"),
    "office": expression(r"(?:^|年|度|,)(?:[省市县区州旗]?(?:人民)?政府(?:办公?室?|办公厅)?|办公室|办公厅|单位|机关)$"),
    "committee": expression(r"(?:^|年|度|,)(?:管委会|管理委员会|单位|机关)$"),
}
_LEVELS = {"province": "国省市区", "prefecture": "市州盟", "county": "县区市旗", "township": "镇乡街道"}
_AREAS = ("government", "office", "committee")
_SHORT = expression("人民政府|政府|办事处|管理委员会|管委会|办公室|办公厅|委员会|办$")


def whose(fact: Fact, unit: Unit) -> Literal["own", "open", "other"]:
    """own: the unit's, or nobody else is named; open: perhaps another scope; other: not to be compared."""
    if fact.scope == "elsewhere":
        return "other"
    if fact.scope == "level":
        return "own" if _area(fact.actor, unit) else "other"
    if fact.scope == "below":
        return "open" if unit.kind in _AREAS else "other"
    actor = fact.actor
    if not actor or _SELF.search(actor) or _named(actor, unit):
        return "own"
    common = _COMMON.get(unit.kind or "")
    if common is not None and common.search(actor):
        return "own"
    return "open" if unit.name is None or "政府" in actor else "other"


def _named(actor: str, unit: Unit) -> bool:
    """Whether the actor is the unit by its name or a shorter form of it."""
    if not unit.name:
        return False
    short, name = _SHORT.sub("", actor), _SHORT.sub("", unit.name)
    office = bool(re.search("办(?:公室|公厅)?$", actor)) and "办" not in unit.name
    return not office and bool(short) and (name.endswith(short) or short.endswith(name) or (len(short) > 2 and name.endswith(short[-3:])))


def _area(level: str, unit: Unit) -> bool:
    """Whether 全县 and the like is the area that the unit reports for."""
    if unit.kind in _AREAS:
        return unit.level is None or level[1:] in _LEVELS.get(unit.level, "") or level[1:] in (unit.place or unit.name or "")[-6:]
    wide = {"township": "镇乡", "subdistrict": "街道镇", "department": "局委办", "vertical": "局", "institution": "局"}.get(unit.kind or "", "")
    return level[1:] in wide


def firm(fact: Fact, unit: Unit) -> bool:
    """Whether only one reading is possible: the unit's own figure, no word that leaves it open, its subject named beside it."""
    return whose(fact, unit) == "own" and not fact.soft and fact.anchor != "paragraph"


def place(fact: Fact, *, private: bool = False) -> Spot:
    """Where the figure stands."""
    block, offset = fact.passage.place(fact.start)
    return Spot(block=block, start=offset - block.offset, length=fact.length, section=fact.section, private=private)

"""Whose figure a fact of the text is: the reporting unit's own, or another's; and how surely it may be held against a table."""

from __future__ import annotations

from typing import Any, Literal

from validator.model import Spot, Subject, Unit
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.facts import Fact
from validator.text.paragraphs import pattern

_AREAS = ("government", "office", "committee")


def whose(fact: Fact, subject: Subject) -> Literal["own", "open", "other"]:
    """own: the unit's, or nobody else is named; open: perhaps another scope; other: not to be compared. Words: phrases.yaml, `own`."""
    if fact.scope == "own" and not fact.actor:
        return "own"
    if fact.scope == "elsewhere":
        return "other"
    unit = subject.unit
    words: Any = subject.tables.required("phrases", PhraseFacts)["own"]
    if fact.scope == "level":
        return "own" if _area(fact.actor[1:], unit, words) else "other"
    if fact.scope == "below":
        return "open" if unit.kind in _AREAS else "other"
    common = words["common"].get(unit.kind or "")
    if pattern(words["self"]).search(fact.actor) or _named(fact.actor, unit, words) or (common and pattern(common).search(fact.actor)):
        return "own"
    return "open" if unit.name is None or words["government"] in fact.actor else "other"


def _named(actor: str, unit: Unit, words: Any) -> bool:
    """Whether the actor is the unit by its name or a shorter form of it. An office is not the government that it serves."""
    if not unit.name:
        return False
    office = pattern(words["office"])
    if office.search(actor) and not office.search(unit.name):
        return False
    ends = pattern(words["ends"])
    short, name = _without(actor, ends), _without(unit.name, ends)
    return bool(short) and (name.endswith(short) or short.endswith(name) or (len(short) > 2 and name.endswith(short[-3:])))


def _without(name: str, ends: Any) -> str:
    found = ends.search(name)
    return name[: found.start()] if found else name


def _area(area: str, unit: Unit, words: Any) -> bool:
    """Whether 全县 and the like (`area`: 县) is what the unit reports for."""
    if unit.kind in _AREAS:
        return unit.level is None or area in words["levels"].get(unit.level, "") or area in (unit.place or unit.name or "")[-6:]
    return area in words["within"].get(unit.kind or "", "")


def firm(fact: Fact, subject: Subject) -> bool:
    """Whether only one reading is possible: the unit's own figure, no word that leaves it open, its subject named beside it."""
    return whose(fact, subject) == "own" and not fact.soft and fact.anchor != "paragraph"


def place(fact: Fact, *, private: bool = False) -> Spot:
    """Where the figure stands."""
    block, offset = fact.passage.place(fact.start)
    return Spot(block=block, start=offset - block.offset, length=fact.length, section=fact.section, private=private)

"""Whose figure a fact of the text is: the reporting unit's own, or another's; and how surely it may be held against a table."""

from __future__ import annotations

import re
from typing import Literal

from validator.model import Spot, Subject, Unit
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.fact import Fact
from validator.text.paragraphs import place_in


def whose(fact: Fact, subject: Subject, phrases: PhraseFacts) -> Literal["own", "open", "other"]:
    """own: the unit's, or nobody else is named; open: perhaps another scope; other: not to be compared. Words: phrases.yaml, `own`."""
    if fact.scope == "own" and not fact.actor:
        return "own"
    if fact.scope == "elsewhere":
        return "other"
    unit, owner_words = subject.unit, phrases.own
    if fact.scope == "level":
        return "own" if _area(fact.actor[1:], unit, phrases) else "other"
    if fact.scope == "below":
        return "open" if unit.kind in owner_words.areas else "other"
    common = owner_words.common.get(unit.kind or "")
    itself = phrases.named("own.itself").search(fact.actor) or (common and phrases.pattern(common).search(fact.actor))
    if itself or _named(fact.actor, unit, phrases):
        return "own"
    return "open" if unit.name is None or owner_words.government in fact.actor else "other"


def _named(actor: str, unit: Unit, phrases: PhraseFacts) -> bool:
    """Whether the actor is the unit by its name or a shorter form of it. An office is not the government that it serves."""
    if not unit.name:
        return False
    office = phrases.named("own.office")
    if office.search(actor) and not office.search(unit.name):
        return False
    ends = phrases.named("own.ends")
    short, name = _without(actor, ends), _without(unit.name, ends)
    return bool(short) and (name.endswith(short) or short.endswith(name) or (len(short) > 2 and name.endswith(short[-3:])))


def _without(name: str, ends: re.Pattern[str]) -> str:
    match = ends.search(name)
    return name[: match.start()] if match else name


def _area(area: str, unit: Unit, phrases: PhraseFacts) -> bool:
    """Whether 全县 and the like (`area`: 县) is what the unit reports for."""
    owner_words = phrases.own
    if unit.kind in owner_words.areas:
        return unit.level is None or area in owner_words.levels.get(unit.level, "") or area in (unit.place or unit.name or "")[-6:]
    return area in owner_words.within.get(unit.kind or "", "")


def firm(fact: Fact, subject: Subject, phrases: PhraseFacts) -> bool:
    """Whether only one reading is possible: the unit's own figure, no word that leaves it open, its subject named beside it."""
    return whose(fact, subject, phrases) == "own" and not fact.soft and fact.anchor != "paragraph"


def place(fact: Fact, *, private: bool = False) -> Spot:
    """Where the figure stands."""
    return place_in(fact.passage, fact.start, fact.length, section=fact.section, private=private)

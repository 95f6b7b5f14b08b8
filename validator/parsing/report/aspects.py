"""The aspects of the first part where a report numbers them as parts of their own: 一、总体情况 二、主动公开 … and then 一、 once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.model import Kind, Passage, Section

#: So many headings between the first part and the second are its aspects, where the numerals begin anew after them …
_ENOUGH = 2
#: … and where they go on.
_MANY = 3
#: So many of the form's parts must follow.
_FOLLOW = 3


def with_aspects(sections: Sequence[Section]) -> list[Section]:
    """The sections; headings of the first level that are but aspects of the first part stand inside it, with their text."""
    first = next((place for place, section in enumerate(sections) if section.number is not None), None)
    if first is None or sections[first].number != 1:
        return list(sections)
    second = _second(sections, first)
    if second is None:
        return list(sections)
    aspects = sections[first + 1 : second]
    passages, blocks = [*sections[first].passages], [*sections[first].blocks]
    for aspect in aspects:
        passages += [Passage(text=aspect.block.text, places=((0, aspect.block),), heading=True), *aspect.passages]
        blocks += [aspect.block, *aspect.blocks]
    whole = replace(sections[first], passages=tuple(passages), blocks=tuple(blocks), aspects=tuple(aspect.block for aspect in aspects))
    return [*sections[:first], whole, *sections[second:]]


def _second(sections: Sequence[Section], first: int) -> int | None:
    """Where the second part begins, if what stands between it and the first are the first one's aspects."""
    for place in range(len(sections) - 1, first + _ENOUGH, -1):
        section, between = sections[place], sections[first + 1 : place]
        if section.number != 2 or section.match not in ("form", "long", "near") or any(_tabular(aspect) for aspect in between):
            continue
        numerals = [aspect.numeral for aspect in between]
        if None in numerals or any(b != (a or 0) + 1 for a, b in zip(numerals, numerals[1:], strict=False)):
            continue
        if not _goes_on(sections[place:]):
            continue
        if section.numeral in (1, 2) and len(between) >= _ENOUGH and (numerals[-1] or 0) > section.numeral:
            return place
        if len(between) >= _MANY and all(aspect.number is None for aspect in between) and section.numeral == (numerals[-1] or 0) + 1:
            return place
    return None


def _tabular(section: Section) -> bool:
    return any(block.kind is Kind.CELL for block in section.blocks)


def _goes_on(sections: Sequence[Section]) -> bool:
    """Whether these are the form's parts in their order."""
    numbers = [section.number for section in sections if section.number is not None]
    return len(numbers) >= _FOLLOW and all(a < b for a, b in zip(numbers, numbers[1:], strict=False))

"""Automatic numbering: the 一、 and （一） that stand in numbering.xml alone, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from validator.readers.docx.numerals import format_number
from validator.readers.docx.package import Element, W
from validator.readers.docx.styles import number, on, value

LEVELS = 9
#: Marks that stand close to the text; after others Word's tab or space is printed as a space.
_CLOSE = frozenset("、，。．：）】〕》〉」』,:)")
#: Characters of a level's text that Word keeps; a longer one is cut and reported as damaged text.
LONGEST = 255
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One level of a list."""

    format: str = "decimal"
    pattern: str = ""  # %1、
    start: int = 1
    restart: int | None = None  # the level (1-based) after which it begins again; 0: never; None: after any higher one
    legal: bool = False  # all numbers in Arabic digits
    gap: str = "tab"
    cut: bool = False  # its text is longer than any that Word writes
    style: str = ""  # the paragraph style that stands for this level


@dataclass(slots=True)
class _NumberedList:
    """A list and where its counting stands. Lists of the same abstract definition count on together."""

    levels: dict[int, Level]
    state: dict[int, int]
    starts: dict[int, int] = field(default_factory=dict)  # overrides, each to be applied once


class Numbering:
    """The lists of a document. `label` must be called for each numbered paragraph in reading order."""

    def __init__(self, root: Element | None) -> None:
        parts = (() if root is None else root.iterchildren(W + "abstractNum")), (() if root is None else root.iterchildren(W + "num"))
        self._abstract = {item.get(W + "abstractNumId", ""): item for item in parts[0]}
        self._numbers = {item.get(W + "numId", ""): item for item in parts[1]}
        self._states: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _NumberedList | None] = {}
        #: Lists used whose text was cut.
        self.cut = 0

    def _list(self, identity: str) -> _NumberedList | None:
        """The list of that w:num; most are never used."""
        if identity not in self._lists:
            self._lists[identity] = self._build(identity)
        return self._lists[identity]

    def _build(self, identity: str) -> _NumberedList | None:
        """A list out of its definitions. A definition may point to the one that a list style stands for."""
        item = self._numbers.get(identity)
        target = None if item is None else item.find(W + "abstractNumId")
        source = None if target is None else self._abstract.get(target.get(W + "val", ""))
        if item is None or source is None:
            return None
        link = source.find(W + "numStyleLink")
        if link is not None:
            name = link.get(W + "val")
            others = ((other, other.find(W + "styleLink")) for other in self._abstract.values())
            source = next((other for other, mark in others if mark is not None and mark.get(W + "val") == name), source)
        result = _list(item, source, self._states.setdefault(source.get(W + "abstractNumId", ""), {}))
        self.cut += sum(level.cut for level in result.levels.values())
        return result

    def level_of(self, identity: str, style: str) -> int | None:
        """The level that a paragraph style stands for in a list."""
        list_ = self._list(identity)
        return None if list_ is None else next((key for key, level in list_.levels.items() if level.style and level.style == style), None)

    def label(self, identity: str, depth: int) -> str:
        """The number printed in front of the next paragraph at that level (0-based), with the space after it."""
        list_ = self._list(identity)
        if list_ is None or not 0 <= depth < LEVELS:
            return ""
        level = list_.levels.get(depth, Level())
        _advance(list_, depth)
        if level.format == "bullet":
            return ""
        text = _PLACE.sub(lambda match: _number(list_, int(match[1]) - 1, level.legal), level.pattern).rstrip()
        if not text.strip():
            return ""
        return text if level.gap == "nothing" or text[-1] in _CLOSE else text + " "


def _number(list_: _NumberedList, depth: int, legal: bool) -> str:
    """The number of one level as printed in a label."""
    level = list_.levels.get(depth, Level())
    if level.format == "none":
        return ""
    value = list_.state.get(depth, list_.starts.get(depth, level.start))
    return format_number(value, "decimal" if legal else level.format)


def _advance(list_: _NumberedList, depth: int) -> None:
    """Count one on at that level and let the deeper levels begin again."""
    start = list_.starts.pop(depth, None)
    level = list_.levels.get(depth, Level())
    if start is not None:
        list_.state[depth] = start
    else:
        list_.state[depth] = list_.state[depth] + 1 if depth in list_.state else level.start
    for deeper in [key for key in list_.state if key > depth]:
        restart = list_.levels.get(deeper, Level()).restart
        if restart is None or 0 < restart and depth < restart:
            del list_.state[deeper]


def _list(item: Element, source: Element, state: dict[int, int]) -> _NumberedList:
    """A w:num: its abstract definition with the levels it overrides."""
    levels = dict(_levels(source))
    starts: dict[int, int] = {}
    for override in item.iterchildren(W + "lvlOverride"):
        depth = number(override, "ilvl")
        if depth is None:
            continue
        levels.update(_levels(override))
        start = number(override.find(W + "startOverride"))
        if start is not None:
            starts[depth] = start
    return _NumberedList(levels, state, starts)


def _levels(parent: Element) -> Mapping[int, Level]:
    """The levels written under an abstract definition or an override."""
    levels = {}
    for item in parent.iterchildren(W + "lvl"):
        depth = number(item, "ilvl")
        if depth is not None and 0 <= depth < LEVELS:
            levels[depth] = _level(item)
    return levels


def _level(item: Element) -> Level:
    """One w:lvl."""
    formats = [child.get(W + "val", "decimal") for child in item.iter(W + "numFmt")]
    start, text = number(item.find(W + "start")), value(item.find(W + "lvlText"))
    return Level(
        format=next((name for name in formats if name != "custom"), "decimal"),
        pattern=text[:LONGEST],
        cut=len(text) > LONGEST,
        start=0 if start is None else start,
        restart=number(item.find(W + "lvlRestart")),
        legal=bool(on(item.find(W + "isLgl"))),
        gap=value(item.find(W + "suff"), "tab"),
        style=value(item.find(W + "pStyle")),
    )

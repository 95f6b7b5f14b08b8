"""How the time of a regular expression grows: it is tried on strings made of its own parts, said over and over.

Backtracking happens inside C, where counted steps do not see it, so that processor time is measured: on growing strings, the least of
several runs, and only where it is long enough to be told from noise. Other work on the machine does not count as this process's time, nor
does the collecting of garbage, which is none of the expression's doing.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations
from time import process_time
from typing import Any

from validator.base import re_internals
from validator.base.re_internals import Item, Parsed
from validator.base.records import record

#: The exponent of growth that is still called linear (n log n is 1.1), and what the tests of the built-in expressions use too.
MOST_EXPONENT = 1.3
#: Characters of the longest string tried, and of the shorter ones before it that stop an expression whose time doubles with each character.
LENGTH = 40_000
_SHORT = (1, 2, 3, 4, 6, 8, 11, 14, 18, 22, 28, 36, 48, 96, 200, 600, 2000, 8000)
#: Seconds below which growth is not judged, for strings of LENGTH: a quadratic expression takes ten times that.
FLOOR = 0.02
#: Seconds after which an expression is too slow, whatever its growth.
TOO_LONG = 1.0
#: How many strings are tried at most, those of endless repeats first, and how many of the alternatives at one place.
_STRINGS, _BRANCHES = 120, 24
#: How many of its characters are tried in pairs: "(?:[^"\\]|\\.)*" is slow on \"\"\" alone.
_PAIRED = 5
#: A repeat that may go on for so long is an endless one: (甲{0,500}乙){0,500}.
_ENDLESS = 100
#: Characters of each kind, the usual one first: at a line's end alone is (?m)^\s+ slow.
_KINDS = {
    "CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " \n", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "文", "CATEGORY_NOT_SPACE": "文",
    "CATEGORY_NOT_WORD": "，",
}  # fmt: skip
#: What a set that names what it excludes is tried with.
_OTHERS = "文a1 ，-\n"

Run = Callable[[str], object]


@record
class Growth:
    """The worst that was seen of an expression: its exponent, seconds for the longest string, and the string's beginning."""

    exponent: float
    seconds: float
    text: str


def growth(run: Run, source: str, flags: int = 0, *, length: int = LENGTH, glance: bool = False) -> Growth | None:
    """What of its own parts lets the time of `run` (a search, say, of the compiled `source`) grow faster than in proportion; None: nothing.

    An expression that CPython's `re` cannot parse is not judged. `glance`: the longest string is tried only where the shorter ones give
    reason to, which is five times as fast: see `_looks_even`.
    """
    least = least_width(source, flags)
    for prefix, pump in pumps(source, flags):
        if worst := _growth(run, prefix, pump, [least + size for size in _SHORT if least + size < length] + [length], glance):
            return worst
    return None


def _growth(run: Run, prefix: str, pump: str, sizes: Sequence[int], glance: bool) -> Growth | None:
    def text(size: int) -> str:
        return (prefix + pump * (size // len(pump) + 1))[:size] + "\0"  # which nothing expects, so that the whole is tried in vain

    def least(size: int) -> float:
        return min(_spent(run, text(size)) for _ in range(3))

    def grown(exponent: float, seconds: float) -> Growth:
        return Growth(exponent=exponent, seconds=seconds, text=text(8))

    def faster(before: int, size: int, spent: float, most: float) -> Growth | None:
        """The growth between two sizes where it is above `most`. One long run suffices to say no: others only make it seem slower."""
        if spent < FLOOR or _exponent(shorter := least(before), spent, size / before) <= most or (spent := least(size)) < FLOOR:
            return None
        exponent = _exponent(shorter, spent, size / before)
        return grown(exponent, spent) if exponent > most else None

    before, spent = 0, 0.0
    for size in sizes:
        if glance and size == sizes[-1] and _looks_even(least, before, spent, sizes):
            return None
        spent = _spent(run, text(size))
        if spent > TOO_LONG and (spent := min(spent, _spent(run, text(size)))) > TOO_LONG:
            return grown(math.inf, spent)
        if before and size != sizes[-1] and (worst := faster(before, size, spent, MOST_EXPONENT + 0.3)):
            return worst
        before = size
    return faster(sizes[-1] // 4, sizes[-1], spent, MOST_EXPONENT)


def _looks_even(least: Callable[[int], float], size: int, spent: float, sizes: Sequence[int]) -> bool:
    """Whether the longest string need not be tried: its time would be below FLOOR even by the square, or so far it grew in proportion."""
    if spent * (sizes[-1] / size) ** 2 < FLOOR:
        return True
    shorter = sizes[-3] if len(sizes) > 2 else 0
    return bool(shorter) and math.log(max(least(size), 1e-6) / max(least(shorter), 1e-6)) / math.log(size / shorter) <= MOST_EXPONENT


def _exponent(before: float, after: float, times: float) -> float:
    """By which the seconds grew where the string grew so many times."""
    return math.log(max(after, 1e-6) / max(before, FLOOR / 100)) / math.log(times)


def least_width(source: str, flags: int = 0) -> int:
    """The fewest characters that the expression matches: shorter texts are refused at sight."""
    try:
        return re_internals.parse(source, flags).getwidth()[0]
    except Exception:
        return 0


def _spent(run: Run, text: str) -> float:
    collected = gc.isenabled()
    gc.disable()
    try:
        begun = process_time()
        run(text)
        return process_time() - begun
    finally:
        if collected:
            gc.enable()


def all_found(pattern: Any) -> Run:
    """Every match of the pattern, as the widest use of it."""

    def run(text: str) -> None:
        for _ in pattern.finditer(text):
            pass

    return run


def pumps(source: str, flags: int = 0) -> list[tuple[str, str]]:
    """What is put before and what is repeated, for each part of the expression that may make it go back."""
    try:
        parsed = re_internals.parse(source, flags)
    except Exception:
        return []
    found: dict[tuple[str, str], bool] = {}
    for prefix, pump, endless in _pumps(parsed, ""):
        if pump:
            found[prefix, pump] = found.get((prefix, pump), False) or endless
    named = [char for char in _characters(parsed) if char in source][:_PAIRED]
    for one, other in permutations(named, 2):
        found.setdefault(("", one + other), False)
    return sorted(found, key=lambda item: not found[item])[:_STRINGS]


def _pumps(parsed: Parsed, before: str) -> Iterator[tuple[str, str, bool]]:
    """Beginnings of the sequence, what it repeats, and the characters that it names, each to be said over and over.

    With each, whether an endless repeat takes it.
    """
    items = list(parsed)
    samples = [_sample([item]) for item in items]
    for number, item in enumerate(items):
        yield "", "".join(samples[: number + 1]), False
        yield from _within(item, before + "".join(samples[:number]), "".join(samples[number + 1 : number + 3]))
    for char in _characters(parsed):
        yield "", char, False


def _within(item: Item, before: str, after: str) -> Iterator[tuple[str, str, bool]]:
    name, value = str(item[0]), item[1]
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        endless = int(value[1]) >= _ENDLESS
        for body in _samples(value[2]):
            yield before, body, endless
            yield "", body, endless
            yield "", before[-4:] + body, endless
            yield "", body + after, endless
        yield from _pumps(value[2], before)
    elif name == "BRANCH":
        for branch in value[1][:_BRANCHES]:
            yield from _pumps(branch, before)
    elif name == "SUBPATTERN":
        yield from _pumps(value[3], before)
    elif name == "ATOMIC_GROUP":
        yield from _pumps(value, before)
    elif name in ("ASSERT", "ASSERT_NOT"):
        yield from _pumps(value[1], before)


def _samples(parsed: Parsed) -> list[str]:
    """Short texts that the sequence matches; several where one character or a choice is asked for."""
    if len(parsed) == 1:
        return _choices(parsed[0])
    return [_sample(parsed)]


def _choices(item: Item) -> list[str]:
    name, value = str(item[0]), item[1]
    if name == "IN":
        return _members(value)[:8]
    if name == "ANY":
        return list("文1 ")
    if name == "BRANCH":
        return [_sample(branch) for branch in value[1][:8]]
    if name == "SUBPATTERN":
        return _samples(value[3])
    return [_sample([item])]


def _sample(parsed: Iterable[Item]) -> str:
    """A short text that the sequence matches, with one of everything that may be left out."""
    found = ""
    for code, value in parsed:
        name = str(code)
        if name == "LITERAL":
            found += chr(value)
        elif name == "NOT_LITERAL":
            found += next(char for char in _OTHERS if ord(char) != value)
        elif name == "ANY":
            found += "文"
        elif name == "IN":
            found += (_members(value) or [""])[0]
        elif name == "BRANCH":
            found += _sample(value[1][0])
        elif name == "SUBPATTERN":
            found += _sample(value[3])
        elif name == "ATOMIC_GROUP":
            found += _sample(value)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            found += _sample(value[2]) * min(max(int(value[0]), min(1, int(value[1]))), 40)
    return found


def _members(items: Sequence[Item]) -> list[str]:
    """Characters of a set, one of each kind and some of those named."""
    found: list[str] = []
    negated = False
    for code, value in items:
        name = str(code)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found.append(chr(value))
        elif name == "RANGE":
            found.append(chr(value[0]))
        elif name == "CATEGORY":
            found += _KINDS.get(str(value), "文")
    if not negated:
        return found
    try:
        pattern = re_internals.of_set(items)
        return [char for char in (*_OTHERS, "《", "(", '"') if pattern.match(char)]
    except Exception:
        return [char for char in _OTHERS if char not in found]


def _characters(parsed: Parsed) -> Iterator[str]:
    """Characters that the expression names, each once, the first that come."""
    seen: set[str] = set()

    def walk(sequence: Parsed) -> Iterator[str]:
        for code, value in sequence:
            name = str(code)
            if name == "LITERAL":
                yield chr(value)
            elif name in ("NOT_LITERAL", "ANY"):
                yield "文"
                if name == "NOT_LITERAL":
                    yield chr(value)
            elif name == "IN":
                yield from _members(value)[:6]
            elif name == "BRANCH":
                for branch in value[1][:_BRANCHES]:
                    yield from walk(branch)
            elif name == "SUBPATTERN":
                yield from walk(value[3])
            elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                yield from walk(value[2])
            elif name == "ATOMIC_GROUP":
                yield from walk(value)
            elif name in ("ASSERT", "ASSERT_NOT"):
                yield from walk(value[1])

    for char in walk(parsed):
        if char not in seen:
            seen.add(char)
            yield char

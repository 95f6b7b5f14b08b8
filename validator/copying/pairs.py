"""Which reports of a set are worth comparing: an inverted index over their signatures, bounded for every hash.

Work grows with the number of reports: a hash that many reports have is looked up among its nearest `NEAR` neighbours alone, in an
order in which alike reports stand together. What stands in a large share of the set is nobody's and is not looked up at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil

from validator.copying.sketch import unpacked
from validator.model import Sketch
from validator.records import record

#: Neighbours of a report that are looked at for one hash.
NEAR = 64
#: The others that are compared exactly with one part of a report.
MOST = 6
#: A part is worth comparing where this fraction of the limit's share of its hashes stands in the other report: edits cost more
#: hashes than letters.
_SLACK = 0.5
#: At least so many hashes must be shared.
_LEAST = 3


@record
class Common:
    """What stands in so much of the set that it is nobody's own: hashes of sentences and of runs."""

    sentences: frozenset[int] = frozenset()
    hashes: frozenset[int] = frozenset()


def common_of(sketches: Sequence[Sketch], percent: float, least: int) -> Common:
    """What stands in that share of the reports, and in `least` of them."""
    enough = max(least, ceil(len(sketches) * percent / 100))
    sentences: Counter[int] = Counter()
    hashes: Counter[int] = Counter()
    for sketch in sketches:
        sentences.update(unpacked(sketch.sentences))
        hashes.update({number for part in sketch.parts for number in unpacked(part.hashes)})
    return Common(sentences=_often(sentences, enough), hashes=_often(hashes, enough))


def _often(counted: Counter[int], enough: int) -> frozenset[int]:
    return frozenset(number for number, times in counted.items() if times >= enough)


def candidates(sketches: Sequence[Sketch], common: Common, limit: float) -> list[tuple[int, int]]:
    """Pairs of places in `sketches`, the smaller first, of which one may have more than `limit` (0 to 1) of a part of the other."""
    order = sorted(range(len(sketches)), key=lambda place: (_signature(sketches[place]), place))
    index = _index([sketches[place] for place in order], common)
    found: set[tuple[int, int]] = set()
    for at, place in enumerate(order):
        for other in _alike(at, sketches[place], index, common, limit):
            found.add((min(place, order[other]), max(place, order[other])))
    return sorted(found)


def worth_comparing(sketch: Sketch, other: Sketch, limit: float) -> bool:
    """Whether one of the two may have more than `limit` of a part of the other."""
    return _worth(sketch, other, limit) or _worth(other, sketch, limit)


def _worth(sketch: Sketch, other: Sketch, limit: float) -> bool:
    held = {number for part in other.parts for number in unpacked(part.hashes)}
    for part in sketch.parts:
        if part.judged:
            hashes = unpacked(part.hashes)
            if sum(number in held for number in hashes) >= _needed(len(hashes), limit):
                return True
    return False


def _needed(hashes: int, limit: float) -> int:
    return max(_LEAST, ceil(hashes * limit * _SLACK))


def _signature(sketch: Sketch) -> tuple[int, ...]:
    """The smallest hash of each part, the last part first: equal for copies, by MinHash's argument."""
    return tuple(int.from_bytes(part.hashes[:4], "little") for part in reversed(sketch.parts))


def _index(sketches: Sequence[Sketch], common: Common) -> dict[int, list[int]]:
    """Hash → the reports that have it, in order; only hashes that several reports have and that are not common."""
    once: set[int] = set()
    several: set[int] = set()
    for sketch in sketches:
        own = {number for part in sketch.parts for number in unpacked(part.hashes)}
        several |= own & once
        once |= own
    several -= common.hashes
    index: dict[int, list[int]] = {number: [] for number in several}
    for at, sketch in enumerate(sketches):
        for number in {number for part in sketch.parts for number in unpacked(part.hashes)} & several:
            index[number].append(at)
    return index


def _alike(at: int, sketch: Sketch, index: Mapping[int, list[int]], common: Common, limit: float) -> set[int]:
    """The reports most like this one, part by part."""
    found: set[int] = set()
    for part in sketch.parts:
        if part.judged:
            hashes = [number for number in unpacked(part.hashes) if number not in common.hashes]
            counted: Counter[int] = Counter()
            for number in hashes:
                counted.update(_near(index.get(number, ()), at))
            counted.pop(at, None)
            needed = _needed(len(hashes), limit)
            likely = sorted((other for other in counted if counted[other] >= needed), key=lambda other: (-counted[other], other))
            found.update(likely[:MOST])
    return found


def _near(held: Sequence[int], at: int) -> Sequence[int]:
    """The reports that have a hash; of many, those that stand nearest."""
    if len(held) <= NEAR:
        return held
    from bisect import bisect_left

    start = min(max(0, bisect_left(held, at) - NEAR // 2), len(held) - NEAR)
    return held[start : start + NEAR]

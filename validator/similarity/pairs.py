"""Which reports of a set are worth comparing: an inverted index over their signatures, bounded for every hash.

Work grows with the number of reports: a hash that many reports have is looked up among its nearest `NEAR` neighbours alone, in an
order in which alike reports stand together. What stands in a large share of the set is common and not looked up at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from math import ceil

from validator.base.records import record
from validator.model import PartSketch, Sketch
from validator.similarity.sketch import RUN, unpacked

#: For one hash a report is compared with so many reports at most, the nearest in the sorted order.
NEAR = 64
#: The others that are compared exactly with one part of a report.
MOST = 6
#: Two reports are looked at again where this fraction of the limit's share of a part's hashes is in both: edits cost more hashes than
#: letters.
_SLACK = 0.5
#: They are compared exactly where the share as estimated comes near the limit: this fraction of it.
_NEARLY = 0.8
#: Letters before and behind its run that a shared hash stands for, where its neighbours are not shared.
_AROUND = 3
#: Hashes that two reports must share at least to be compared.
_LEAST = 3


@record
class CommonText:
    """Text that stands in a large share of the set and so is not counted as copied: hashes of sentences and of runs."""

    sentences: frozenset[int] = frozenset()
    hashes: frozenset[int] = frozenset()


def common_of(sketches: Sequence[Sketch], percent: float, least: int) -> CommonText:
    """What stands in that share of the reports, and in `least` of them."""
    enough = max(least, ceil(len(sketches) * percent / 100))
    sentences: Counter[int] = Counter()
    hashes: Counter[int] = Counter()
    for sketch in sketches:
        sentences.update(unpacked(sketch.sentences))
        hashes.update(hashes_of(sketch))
    return CommonText(sentences=_frequent(sentences, enough), hashes=_frequent(hashes, enough))


def _frequent(counted: Counter[int], enough: int) -> frozenset[int]:
    return frozenset(number for number, times in counted.items() if times >= enough)


def candidates(sketches: Sequence[Sketch], common: CommonText, limit: float) -> list[tuple[int, int]]:
    """Pairs of places in `sketches`, the smaller first, of which one may have more than `limit` (0 to 1) of a part of the other."""
    order = sorted(range(len(sketches)), key=lambda place: (_signature(sketches[place]), place))
    hashes = [hashes_of(sketches[place]) for place in order]
    index = _index(hashes, common)
    pairs: set[tuple[int, int]] = set()
    for at, place in enumerate(order):
        for other in _most_alike(at, sketches[place], hashes, index, common, limit):
            pairs.add((min(place, order[other]), max(place, order[other])))
    return sorted(pairs)


def worth_comparing(sketch: Sketch, other: Sketch, limit: float) -> bool:
    """Whether one of the two may have more than `limit` of a part of the other."""
    return any(
        estimate(part, other_hashes, CommonText()) > _NEARLY * limit
        for judged, other_hashes in ((sketch, hashes_of(other)), (other, hashes_of(sketch)))
        for part in judged.parts
        if part.judged
    )


def estimate(part: PartSketch, other_hashes: Collection[int], common: CommonText) -> float:
    """The share of a part's own letters that stand in a report with these hashes, what is common set aside: nearly the exact one.

    Hashes that follow each other and are both there stand for the letters between them, and for some before and behind.
    """
    hashes = unpacked(part.hashes)
    shared = _letters_covered(part, [number in other_hashes and number not in common.hashes for number in hashes])
    nobodys = _letters_covered(part, [number in common.hashes for number in hashes]) if common.hashes else 0
    return shared / max(1, part.letters - nobodys)


def _letters_covered(part: PartSketch, there: Sequence[bool]) -> int:
    """How many letters the hashes that are there stand for."""
    letters, before = 0, False
    for step, is_shared in zip(part.steps, there, strict=True):
        if is_shared:
            letters += min(step, RUN + _AROUND) if before else RUN + _AROUND
        before = is_shared
    return min(letters, part.letters)


def hashes_of(sketch: Sketch) -> frozenset[int]:
    """All hashes of a report's signature."""
    return frozenset(number for part in sketch.parts for number in unpacked(part.hashes))


def _signature(sketch: Sketch) -> tuple[int, ...]:
    """The smallest hash of each part, the last part first: equal for copies, by MinHash's argument."""
    return tuple(min(unpacked(part.hashes)) for part in reversed(sketch.parts))


def _index(hashes: Sequence[frozenset[int]], common: CommonText) -> dict[int, list[int]]:
    """Hash → the reports that have it, in order; only hashes that several reports have and that are not common."""
    once: set[int] = set()
    several: set[int] = set()
    for report_hashes in hashes:
        several |= report_hashes & once
        once |= report_hashes
    several -= common.hashes
    index: dict[int, list[int]] = {number: [] for number in several}
    for at, report_hashes in enumerate(hashes):
        for number in report_hashes & several:
            index[number].append(at)
    return index


def _most_alike(
    at: int, sketch: Sketch, all_hashes: Sequence[frozenset[int]], index: Mapping[int, list[int]], common: CommonText, limit: float
) -> set[int]:
    """The reports most like this one, part by part."""
    nearest: set[int] = set()
    for part in sketch.parts:
        if part.judged:
            hashes = set(unpacked(part.hashes)) - common.hashes
            counted = Counter(chain.from_iterable(_nearby(index[number], at) for number in hashes if number in index))
            counted.pop(at, None)
            needed = max(_LEAST, ceil(len(hashes) * limit * _SLACK))
            likely = [(estimate(part, all_hashes[other], common), other) for other in counted if counted[other] >= needed]
            likely.sort(key=lambda pair: (-pair[0], pair[1]))
            nearest.update(other for share, other in likely[:MOST] if share > _NEARLY * limit)
    return nearest


def _nearby(places: Sequence[int], at: int) -> Sequence[int]:
    """The reports that have a hash; of many, those that stand nearest."""
    if len(places) <= NEAR:
        return places
    start = min(max(0, bisect_left(places, at) - NEAR // 2), len(places) - NEAR)
    return places[start : start + NEAR]

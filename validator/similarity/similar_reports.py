"""Reports of a set that are largely the same, pair by pair: candidates by their signatures, then the exact share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from validator.base.records import record
from validator.model import Figures, Report, Sketch
from validator.model.fact_tables import CopyingFacts
from validator.similarity.own_text import Part, parts_of, setting
from validator.similarity.pairs import candidates, common_of
from validator.similarity.share import Copied, compare, near


@record
class Measure:
    """What counts as copied: more than `limit` (0 to 1) of the own letters of a part that has `shortest` characters and `own` letters."""

    limit: float
    shortest: int
    own: int
    percent: float = 30  # share of the set in which a sentence is nobody's own
    least: int = 3  # and at least so many reports

    def fires(self, found: Copied) -> bool:
        """Whether the part is copied."""
        return found.part.length >= self.shortest and found.own >= self.own and found.share > self.limit


@record
class Opened:
    """One report, read: what is compared, and the names that are set aside from it and from what it is compared with."""

    report: Report
    figures: Figures
    names: tuple[str, ...]


@record
class Twins:
    """Two reports, by their places in the set, with the parts of the first that stand in the second; the part with most of it first."""

    first: int
    second: int
    copied: tuple[Copied, ...]
    alike: int = 2  # how many reports of the set the first has such parts in common with, itself included


@record
class Likely:
    """Pairs of places that may be copies of each other, and the sentences that are nobody's: what twins are looked for among."""

    pairs: tuple[tuple[int, int], ...]
    common: frozenset[int]


def likely(sketches: Sequence[Sketch], measure: Measure) -> Likely:
    """What the signatures say, of which no report need be opened."""
    common = common_of(sketches, measure.percent, measure.least)
    limit, marks = measure.limit, common.sentences
    found = []
    for one, two in candidates(sketches, common, limit):
        a, b = sketches[one], sketches[two]
        if near(a, b, limit, marks) or near(b, a, limit, marks):
            found.append((one, two))
    return Likely(pairs=tuple(found), common=marks)


def twins(among: Likely, opened: Callable[[int], Opened], table: CopyingFacts, measure: Measure) -> list[Twins]:
    """For each report the other that it has most in common with, each pair once. Reports are opened for likely pairs alone."""
    found: dict[tuple[int, int], tuple[Copied, ...]] = {}
    for one, two in among.pairs:
        for first, copied in _both(one, two, opened, table, measure, among.common).items():
            found[first, two if first == one else one] = copied
    return _told(found)


def _both(
    one: int, two: int, opened: Callable[[int], Opened], table: CopyingFacts, measure: Measure, common: Collection[int]
) -> dict[int, tuple[Copied, ...]]:
    """The copied parts of each of the two."""
    a, b = opened(one), opened(two)
    names = (*a.names, *b.names)
    mine, yours = (parts_of(each.report, setting(table, each.figures, *names)) for each in (a, b))
    held = {one: copied_parts(mine, yours, measure, common), two: copied_parts(yours, mine, measure, common)}
    return {place: copied for place, copied in held.items() if copied}


def copied_parts(parts: Sequence[Part], others: Sequence[Part], measure: Measure, common: Collection[int] = ()) -> tuple[Copied, ...]:
    """The parts that are copied from the others, in the order of the report."""
    long = (part for part in parts if part.length >= measure.shortest and part.own >= measure.own)
    return tuple(found for part in long if measure.fires(found := compare(part, others, common)))


def _told(found: Mapping[tuple[int, int], tuple[Copied, ...]]) -> list[Twins]:
    """Each report with its nearest twin; a pair that is nearest both ways is told once, from the side that has more of the other."""
    nearest: dict[int, tuple[float, int]] = {}
    alike: dict[int, set[int]] = {}
    for (first, second), copied in found.items():
        alike.setdefault(first, {first}).add(second)
        alike.setdefault(second, {second}).add(first)
        for place, other in ((first, second), (second, first)):
            weight = (_weight(copied), -other)
            nearest[place] = max(nearest.get(place, weight), weight)
    pairs = {(min(place, -other), max(place, -other)) for place, (_, other) in nearest.items()}
    told = []
    for one, two in sorted(pairs):
        first, second = max(((one, two), (two, one)), key=lambda pair: (_weight(found.get(pair, ())), -pair[0]))
        told.append(Twins(first=first, second=second, copied=found[first, second], alike=len(alike[first] | alike[second])))
    return told


def _weight(copied: Sequence[Copied]) -> float:
    return max((one.share for one in copied), default=0.0)

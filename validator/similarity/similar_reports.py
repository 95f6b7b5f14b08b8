"""Reports of a set that are largely the same, pair by pair: candidates by their signatures, then the exact share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from validator.base.records import record
from validator.model import Figures, Report, Sketch
from validator.model.fact_tables import CopyingFacts
from validator.similarity.own_text import OwnPart, excluded_text, parts_of
from validator.similarity.pairs import candidates, common_of
from validator.similarity.share import CopiedPart, comes_near, compare


@record
class CopyLimit:
    """What counts as copied: more than `limit` (0 to 1) of the own letters of a part that has `shortest` characters and `own` letters."""

    limit: float
    shortest: int
    own: int
    percent: float = 30  # share of the set (in per cent) from which on a sentence is common and not counted
    least: int = 3  # and at least so many reports

    def fires(self, copied: CopiedPart) -> bool:
        """Whether the part is copied."""
        return copied.part.length >= self.shortest and copied.own >= self.own and copied.share > self.limit


@record
class OpenedReport:
    """One report, read: what is compared, and the names that are set aside from it and from what it is compared with."""

    report: Report
    figures: Figures
    names: tuple[str, ...]


@record
class SimilarPair:
    """Two reports, by their places in the set, with the parts of the first that stand in the second; the part with most of it first."""

    first: int
    second: int
    copied: tuple[CopiedPart, ...]
    alike: int = 2  # how many reports of the set the first has such parts in common with, itself included


@record
class LikelyPairs:
    """Pairs of places that may be copies of each other, and the marks of sentences that are too common to count."""

    pairs: tuple[tuple[int, int], ...]
    common: frozenset[int]


def likely_pairs(sketches: Sequence[Sketch], measure: CopyLimit) -> LikelyPairs:
    """The likely pairs by the signatures alone: no report is opened for them."""
    common = common_of(sketches, measure.percent, measure.least)
    limit, marks = measure.limit, common.sentences
    pairs = []
    for first, second in candidates(sketches, common, limit):
        a, b = sketches[first], sketches[second]
        if comes_near(a, b, limit, marks) or comes_near(b, a, limit, marks):
            pairs.append((first, second))
    return LikelyPairs(pairs=tuple(pairs), common=marks)


def similar_pairs(
    among: LikelyPairs, open_report: Callable[[int], OpenedReport], table: CopyingFacts, measure: CopyLimit
) -> list[SimilarPair]:
    """For each report the other that it has most in common with, each pair once. Reports are opened for likely pairs alone."""
    copied_by_pair: dict[tuple[int, int], tuple[CopiedPart, ...]] = {}
    for a, b in among.pairs:
        for first, copied in _copied_both_ways(a, b, open_report, table, measure, among.common).items():
            copied_by_pair[first, b if first == a else a] = copied
    return _nearest_pairs(copied_by_pair)


def _copied_both_ways(
    first: int, second: int, open_report: Callable[[int], OpenedReport], table: CopyingFacts, measure: CopyLimit, common: Collection[int]
) -> dict[int, tuple[CopiedPart, ...]]:
    """The copied parts of each of the two."""
    a, b = open_report(first), open_report(second)
    names = (*a.names, *b.names)
    first_parts, second_parts = (parts_of(each.report, excluded_text(table, each.figures, *names)) for each in (a, b))
    copied_by_place = {
        first: copied_parts(first_parts, second_parts, measure, common),
        second: copied_parts(second_parts, first_parts, measure, common),
    }
    return {place: copied for place, copied in copied_by_place.items() if copied}


def copied_parts(
    parts: Sequence[OwnPart], others: Sequence[OwnPart], measure: CopyLimit, common: Collection[int] = ()
) -> tuple[CopiedPart, ...]:
    """The parts that are copied from the others, in the order of the report."""
    long = (part for part in parts if part.length >= measure.shortest and part.own >= measure.own)
    return tuple(copied for part in long if measure.fires(copied := compare(part, others, common)))


def _nearest_pairs(copied_by_pair: Mapping[tuple[int, int], tuple[CopiedPart, ...]]) -> list[SimilarPair]:
    """Each report with the one most like it; a pair that is so both ways is given once, from the side that has more of the other."""
    nearest: dict[int, tuple[float, int]] = {}
    alike: dict[int, set[int]] = {}
    for (first, second), copied in copied_by_pair.items():
        alike.setdefault(first, {first}).add(second)
        alike.setdefault(second, {second}).add(first)
        for place, other in ((first, second), (second, first)):
            weight = (_weight(copied), -other)
            nearest[place] = max(nearest.get(place, weight), weight)
    pairs = {(min(place, -other), max(place, -other)) for place, (_, other) in nearest.items()}
    similar = []
    for pair in sorted(pairs):
        first, second = max((pair, pair[::-1]), key=lambda pair: (_weight(copied_by_pair.get(pair, ())), -pair[0]))
        similar.append(
            SimilarPair(first=first, second=second, copied=copied_by_pair[first, second], alike=len(alike[first] | alike[second]))
        )
    return similar


def _weight(copied: Sequence[CopiedPart]) -> float:
    return max((part.share for part in copied), default=0.0)

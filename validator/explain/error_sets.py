"""Candidate error sets of 2 to 4 figures in which each failing sum holds exactly two of them: listed by structure, solved as equations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product

from validator.explain.equations import Bundle, Step, System, bits, subsets, union
from validator.model import Value


def candidate_sets(system: System, budget: int, failing: int) -> Iterator[tuple[int, ...]]:
    """Sets of two to four bundles that meet every failing equation, and every equation twice or not at all. `budget`: figures at most."""
    for size in (2, 3):
        for numbers in system.layout.small_error_sets[size] if size <= budget else ():
            if not failing & ~union(system.layout.bundles[n].mask for n in numbers):
                yield numbers
    if budget >= 4:
        yield from _grow(system, (), 0, 0, failing, set())


def _grow(
    system: System, picked: tuple[Bundle, ...], once: int, twice: int, failing: int, listed: set[frozenset[int]]
) -> Iterator[tuple[int, ...]]:
    """Sets of four bundles that meet every failing equation. `once`, `twice`: equations met so often or more."""
    if len(picked) == 4:
        numbers = frozenset(bundle.number for bundle in picked)
        if once == twice and not failing & ~twice and numbers not in listed:
            listed.add(numbers)
            yield tuple(sorted(numbers))
        return
    for bundle in _next(system, picked, once, twice, failing):
        if bundle not in picked:
            yield from _grow(system, (*picked, bundle), once | bundle.mask, twice | (once & bundle.mask), failing, listed)


def _next(system: System, picked: tuple[Bundle, ...], once: int, twice: int, failing: int) -> Iterable[Bundle]:
    """The bundles one of which must come next: those of an equation that is met once, or fails and is not met."""
    single, open_ = once & ~twice, failing & ~once
    if len(picked) == 3:
        if open_:
            return ()
        return [bundle for mask in subsets(single, twice) for bundle in system.layout.by_mask.get(mask, ())]
    need = single or open_
    if need:
        return min((system.layout.members[i] for i in bits(need)), key=len)
    return [bundle for bundle in system.layout.bundles if bundle.mask & once]


def solve(bundles: list[Bundle], residuals: Sequence[Value], system: System, budget: int) -> Iterator[tuple[Step, ...]]:
    """How these bundles, all of them, can repair the residuals at the cost of `budget` figures: at most one way, the smallest change."""
    solved = _equations(bundles, residuals)
    if solved is None:
        return
    base, directions = solved
    best: tuple[Value, tuple[Step, ...]] | None = None
    for shift in _shifts(base, directions, bundles, system):
        values = [_plain(b + sum(t * d[i] for t, d in zip(shift, directions, strict=True))) for i, b in enumerate(base)]
        changes = [value for value in values if value]
        if len(changes) < len(values):  # one is no whole number, or zero
            continue
        if sum(system.cost(bundle, value, budget) for bundle, value in zip(bundles, changes, strict=True)) != budget:
            continue
        weight = sum(abs(value) for value in changes)
        if best is None or weight < best[0]:
            best = weight, tuple((bundle.number, value) for bundle, value in zip(bundles, changes, strict=True))
    if best:
        yield best[1]


def _plain(value: Fraction) -> int | None:
    """A whole number as int; others cannot be told exactly."""
    return int(value) if value.denominator == 1 else None


def _equations(bundles: list[Bundle], residuals: Sequence[Value]) -> tuple[list[Fraction], list[list[Fraction]]] | None:
    """One solution of the linear equations and the directions in which it can be moved; None where there is none."""
    width = len(bundles)
    rows = []
    for i in bits(union(bundle.mask for bundle in bundles)):
        rows.append([Fraction(dict(bundle.factors).get(i, 0)) for bundle in bundles] + [Fraction(-residuals[i])])
    pivots: list[int] = []
    for column in range(width):
        pivot = next((k for k in range(len(pivots), len(rows)) if rows[k][column]), None)
        if pivot is None:
            continue
        at = len(pivots)
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [x / rows[at][column] for x in rows[at]]
        for k, row in enumerate(rows):
            if k != at and row[column]:
                rows[k] = [x - row[column] * y for x, y in zip(row, rows[at], strict=True)]
        pivots.append(column)
    if any(row[width] for row in rows[len(pivots) :]):
        return None
    base = [Fraction(0)] * width
    for at, column in enumerate(pivots):
        base[column] = rows[at][width]
    directions = []
    for free in (column for column in range(width) if column not in pivots):
        direction = [Fraction(0)] * width
        direction[free] = Fraction(1)
        for at, column in enumerate(pivots):
            direction[column] = -rows[at][free]
        directions.append(direction)
    return base, directions


def _shifts(
    base: list[Fraction], directions: list[list[Fraction]], bundles: list[Bundle], system: System
) -> Iterator[tuple[Fraction, ...]]:
    """Along each direction, the points where something may begin or cease to be possible. The cost is constant between them."""
    if not directions:
        yield ()
        return
    axes = []
    for direction in directions:
        marks: set[int] = set()
        for i, bundle in enumerate(bundles):
            if direction[i]:
                for edge in _edges(bundle, system):
                    point = (edge - base[i]) / direction[i]
                    floor = point.numerator // point.denominator
                    marks.update(range(floor - 1, floor + 3))
        axes.append(sorted(Fraction(mark) for mark in marks))
    yield from product(*axes)


def _edges(bundle: Bundle, system: System) -> list[Fraction]:
    """Changes at which the number of figures that must change may itself change."""
    edges = [Fraction(0)]
    for way in (1, -1):
        total = Fraction(0)
        values = (Fraction(system.quantities[number].value) for number, w in bundle.figures if w == way)
        for value in sorted(values, reverse=True)[:4]:
            total += value
            edges.append(-way * total)
    return edges

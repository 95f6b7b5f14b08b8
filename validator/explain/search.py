"""The smallest sets of figures whose change repairs every sum of a table: exact, all of them, up to a given size.

The search rests on two facts. Where a set is looked for in which some failing sum holds one wrong figure alone, that figure's error is the
sum's residual: change it, and look for the rest (peeling). And sums of one kind have no figure in common, so that as many figures are
wrong as sums of one kind fail; where that bound is met, each of these sums holds exactly one of them. Sets in which every sum holds two
wrong figures or none are rare; they are listed by their structure and solved as equations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from validator.base.records import record
from validator.explain.equations import Bundle, Step, System, bits, fits
from validator.explain.error_sets import candidate_sets, solve
from validator.model import Cell, Value

Solution = Mapping[Cell, Value]  # figure → what it would have to be


@record
class Repair:
    """A smallest set, by bundles: which ones change, by how much, and how many figures of each must."""

    steps: tuple[tuple[int, Value, int], ...]  # bundle, change, figures

    @property
    def size(self) -> int:
        """How many figures change."""
        return sum(count for _, _, count in self.steps)


def repairs(system: System, most: int = 4) -> tuple[Repair, ...]:
    """All smallest repairs of the system; none where nothing fails or where more than `most` figures would have to change."""
    return repairs_of(system, system.failing, most)


def repairs_of(system: System, failing: int, most: int) -> tuple[Repair, ...]:
    """All smallest repairs of these failing equations, which no figure ties to the other failing ones."""
    if not failing:
        return ()
    residuals = [r if failing >> i & 1 else 0 for i, r in enumerate(system.residuals)]
    for size in range(system.bound(failing), most + 1):
        search = _Search(system)
        search.look(size, residuals, failing, ())
        if search.repairs:
            ordered = sorted(search.repairs.values(), key=lambda steps: [step[0] for step in steps])
            return tuple(Repair(steps=steps) for steps in ordered)
    return ()


class _Search:
    """One pass for sets of one size."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.repairs: dict[tuple[int, ...], tuple[tuple[int, Value, int], ...]] = {}
        self.visited: set[tuple[int, frozenset[Step]]] = set()

    def look(self, budget: int, residuals: Sequence[Value], failing: int, chosen: tuple[Step, ...]) -> None:
        """Find what repairs `residuals` with `budget` more figures."""
        if budget == 1:
            self._last(residuals, failing, chosen)
            return
        tight = [family for family in self.system.layout.families if (failing & family).bit_count() == budget]
        if tight:
            self._forced(budget, residuals, failing, chosen, tight)
            return
        key = (budget, frozenset(chosen))
        if key in self.visited:
            return
        self.visited.add(key)
        rest = failing
        while rest:
            equation = (rest & -rest).bit_length() - 1
            rest &= rest - 1
            for bundle in self.system.layout.members[equation]:
                self._peel(budget, residuals, failing, chosen, bundle, equation)
        self._closed_sets(budget, residuals, failing, chosen)

    def _last(self, residuals: Sequence[Value], failing: int, chosen: tuple[Step, ...]) -> None:
        for bundle in self.system.layout.by_mask.get(failing, ()):
            first, factor = bundle.factors[0]
            change = _divided(-residuals[first], factor)
            if change is None or any(residuals[i] + a * change for i, a in bundle.factors):
                continue
            if self.system.cost(bundle, change, 1) == 1:
                self._keep((*chosen, (bundle.number, change)))

    def _forced(self, budget: int, residuals: Sequence[Value], failing: int, chosen: tuple[Step, ...], tight: list[int]) -> None:
        """Each failing equation of a tight family holds exactly one of the figures: branch on the smallest such equation."""
        system = self.system
        equations = [i for i in bits(failing & tight[0])]
        equation = min(equations, key=lambda i: len(system.layout.members[i]))
        for bundle in system.layout.members[equation]:
            # in every tight family each figure meets exactly one of the failing equations, and no other
            if all(bundle.mask & family and not bundle.mask & family & ~failing for family in tight):
                self._peel(budget, residuals, failing, chosen, bundle, equation)

    def _peel(self, budget: int, residuals: Sequence[Value], failing: int, chosen: tuple[Step, ...], bundle: Bundle, equation: int) -> None:
        change = _divided(-residuals[equation], bundle.factor(equation))
        if change is None:
            return
        after = failing
        for i, a in bundle.factors:
            after = after & ~(1 << i) if residuals[i] + a * change == 0 else after | 1 << i
        if self.system.bound(after) >= budget or any(number == bundle.number for number, _ in chosen):
            return
        remain = budget - self.system.cost(bundle, change, budget)
        if remain < 0 or (remain == 0) != (after == 0) or self.system.bound(after) > remain:
            return
        step = (*chosen, (bundle.number, change))
        if not after:
            self._keep(step)
            return
        changed = list(residuals)
        for i, a in bundle.factors:
            changed[i] = residuals[i] + a * change
        self.look(remain, changed, after, step)

    def _keep(self, steps: tuple[Step, ...]) -> None:
        ordered = sorted(steps)
        self.repairs[tuple(number for number, _ in ordered)] = tuple(
            (number, change, self.system.cost(self.system.layout.bundles[number], change, 99)) for number, change in ordered
        )

    def _closed_sets(self, budget: int, residuals: Sequence[Value], failing: int, chosen: tuple[Step, ...]) -> None:
        numbers_chosen = {number for number, _ in chosen}
        bundles = self.system.layout.bundles
        for numbers in candidate_sets(self.system, budget, failing):
            if numbers_chosen.isdisjoint(numbers):
                for steps in solve([bundles[n] for n in numbers], residuals, self.system, budget):
                    self._keep((*chosen, *steps))


def _divided(value: Value, by: int) -> Value | None:
    """value / by where that is exact."""
    if by == 1:
        return value
    if by == -1:
        return -value
    quotient = value // by
    if quotient * by == value:
        return quotient
    exact = value / by
    return None if isinstance(exact, float) or exact * by != value else exact


def figures(system: System, steps: Iterable[tuple[int, Value, int]]) -> Iterator[Solution]:
    """Every set of figures that a repair by bundles stands for, with what each would have to be."""
    choices = [list(_spread(system, system.layout.bundles[number], change, count)) for number, change, count in steps]
    for parts in product(*choices):
        yield {cell: value for part in parts for cell, value in part}


def _spread(system: System, bundle: Bundle, change: Value, count: int) -> Iterator[tuple[tuple[Cell, Value], ...]]:
    """The figures of one bundle that can carry the change: one alone, or several that are all lowered."""
    if count == 1:
        for number, way in bundle.figures:
            quantity = system.quantities[number]
            if fits(quantity, quantity.value + way * change):
                yield ((system.layout.cells[number], quantity.value + way * change),)
        return
    falling = [(system.layout.cells[number], system.quantities[number].value) for number, way in bundle.figures if way * change < 0]
    amount = -change if change < 0 else change
    able = [(cell, value) for cell, value in falling if value > 0]
    for group in combinations(able, count):
        if sum(value for _, value in group) >= amount:
            yield _lowered(group, amount)


def _lowered(group: Sequence[tuple[Cell, Value]], amount: Value) -> tuple[tuple[Cell, Value], ...]:
    """The figures of the group lowered by `amount` together, each by one at least, the first ones by most."""
    rest, done = amount, []
    for position, (cell, value) in enumerate(group):
        cut = min(value, rest - (len(group) - 1 - position))
        done.append((cell, value - cut))
        rest -= cut
    return tuple(done)

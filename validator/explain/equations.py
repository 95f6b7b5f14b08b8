"""The equations of one table, how they hang together, and the figures of one report in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from validator.base.records import record
from validator.model import Cell, Value


@record
class Quantity:
    """A figure as the search sees it: its value (zero where blank), and whether it may be negative or have decimals."""

    value: Value
    signed: bool = False
    money: bool = False


@record
class Equation:
    """Σ coefficient × figure = 0. Equations of one `kind` tend to have no figure in common. `slack`: what rounding may make up."""

    kind: str
    terms: tuple[tuple[int, Cell], ...]
    slack: Value = 0


Step = tuple[int, Value]  # bundle, by how much it changes


class Bundle:
    """Figures that occur in the same equations with proportional coefficients: for the sums it is all one which of them changes."""

    __slots__ = ("factors", "figures", "mask", "number")

    def __init__(self, number: int, mask: int, factors: tuple[tuple[int, int], ...]) -> None:
        self.number = number
        self.mask = mask  # equations, as bits
        self.factors = factors  # equation, coefficient; the first is positive
        self.figures: list[tuple[int, int]] = []  # number of the figure, and 1 or -1: which way it counts

    def factor(self, equation: int) -> int:
        """The coefficient in an equation it occurs in."""
        return next(a for i, a in self.factors if i == equation)


class EquationLayout:
    """How the equations of a table hang together; the same for every report on the same form, so it is kept from one to the next."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self.cells: list[Cell] = []
        self.rows: list[list[tuple[int, int]]] = []  # of each equation: coefficient, number of the figure
        self.bundles: list[Bundle] = []
        self.members: list[list[Bundle]] = [[] for _ in equations]  # of each equation
        self.by_mask: dict[int, list[Bundle]] = {}
        self._bundle(self._read(equations))
        self.families = self._families(equations)

    def _read(self, equations: Sequence[Equation]) -> list[list[tuple[int, int]]]:
        """For each figure the equations it occurs in, and with what coefficient."""
        numbers: dict[Cell, int] = {}
        places: list[list[tuple[int, int]]] = []
        for i, equation in enumerate(equations):
            row = []
            for c, cell in equation.terms:
                number = numbers.setdefault(cell, len(places))
                if number == len(places):
                    places.append([])
                    self.cells.append(cell)
                places[number].append((i, c))
                row.append((c, number))
            self.rows.append(row)
        return places

    def _bundle(self, places: list[list[tuple[int, int]]]) -> None:
        by_factors: dict[tuple[tuple[int, int], ...], Bundle] = {}
        for number, occurrences in enumerate(places):
            way = 1 if occurrences[0][1] > 0 else -1
            key = tuple([(i, way * c) for i, c in occurrences])
            bundle = by_factors.get(key)
            if bundle is None:
                bundle = by_factors[key] = self._new(key)
            bundle.figures.append((number, way))

    def _new(self, factors: tuple[tuple[int, int], ...]) -> Bundle:
        bundle = Bundle(len(self.bundles), union(1 << i for i, _ in factors), factors)
        self.bundles.append(bundle)
        for i, _ in factors:
            self.members[i].append(bundle)
        self.by_mask.setdefault(bundle.mask, []).append(bundle)
        return bundle

    def _families(self, equations: Sequence[Equation]) -> list[int]:
        """Sets of equations (bits) no two of which have a figure in common: as many figures are wrong as fail in one set."""
        families: dict[str, tuple[int, int]] = {}
        for i, equation in enumerate(equations):
            bundles = union(1 << bundle.number for bundle in self.members[i])
            mask, used = families.get(equation.kind, (0, 0))
            if not used & bundles:
                families[equation.kind] = (mask | 1 << i, used | bundles)
        return [mask for mask, _ in families.values()]

    @cached_property
    def small_error_sets(self) -> dict[int, list[tuple[int, ...]]]:
        """Sets of two and three bundles in which every equation is met twice or not at all, by size."""
        cores: dict[int, set[tuple[int, ...]]] = {2: set(), 3: set()}
        for same in self.by_mask.values():
            cores[2].update((a.number, b.number) for a, b in combinations(same, 2))
        for equation in range(len(self.members)):
            for a, b in combinations(self.members[equation], 2):
                for mask in subsets(a.mask ^ b.mask, a.mask & b.mask):
                    cores[3].update(
                        tuple(sorted((a.number, b.number, c.number))) for c in self.by_mask.get(mask, ()) if c is not a and c is not b
                    )
        return {size: sorted(sets) for size, sets in cores.items()}


_LAYOUTS: dict[tuple[object, ...], tuple[EquationLayout, tuple[Equation, ...]]] = {}


def layout_of(equations: Sequence[Equation]) -> EquationLayout:
    """The layout of these equations. Known by the identity of their terms, which are kept so that none can take another's place."""
    key = tuple((equation.kind, id(equation.terms)) for equation in equations)
    if key not in _LAYOUTS:
        if len(_LAYOUTS) >= 16:
            _LAYOUTS.clear()
        _LAYOUTS[key] = EquationLayout(equations), tuple(equations)
    return _LAYOUTS[key][0]


class System:
    """The equations of one table with the figures of one report, these in the order of the layout's cells."""

    def __init__(self, equations: Sequence[Equation], quantities: Sequence[Quantity]) -> None:
        self.layout = layout_of(equations)
        self.quantities = quantities
        values = [quantity.value for quantity in self.quantities]
        self.residuals: list[Value] = []
        self.failing = 0  # equations, as bits
        for i, row in enumerate(self.layout.rows):
            residual: Value = sum([c * values[number] for c, number in row])
            if -equations[i].slack <= residual <= equations[i].slack:
                residual = 0
            else:
                self.failing |= 1 << i
            self.residuals.append(residual)
        self._costs: dict[Step, int] = {}

    def bound(self, failing: int) -> int:
        """At least so many figures are wrong where these equations fail."""
        return max((failing & family).bit_count() for family in self.layout.families) or int(failing != 0)  # one in no family fails

    def cost(self, bundle: Bundle, change: Value, most: int) -> int:
        """How many figures of the bundle must change for it to change by that much; more than `most` where that many cannot."""
        key = (bundle.number, change)
        cost = self._costs.get(key)
        if cost is None:
            cost = self._costs[key] = self._cost(bundle, change)
        return cost if cost <= most else most + 1

    def _cost(self, bundle: Bundle, change: Value) -> int:
        room: list[Value] = []
        for number, way in bundle.figures:
            quantity = self.quantities[number]
            if fits(quantity, quantity.value + way * change):
                return 1
            # a figure that is not whole cannot share a change of whole numbers
            if quantity.value > 0 and way * change < 0 and (quantity.money or quantity.value == int(quantity.value)):
                room.append(quantity.value)
        if change != int(change) and not any(self.quantities[number].money for number, _ in bundle.figures):
            return 1 << 30
        total: Value = 0
        needed = -change if change < 0 else change
        for number, most in enumerate(sorted(room, reverse=True), 1):
            total += most
            if total >= needed:
                return number
        return 1 << 30


def fits(quantity: Quantity, value: Value) -> bool:
    """Whether the figure may have that value: not negative unless signed, whole unless money."""
    return (quantity.signed or value >= 0) and (quantity.money or value == int(value))


def subsets(base: int, free: int) -> Iterator[int]:
    """`base` with every subset of the bits of `free`, nothing excepted but zero."""
    part = free
    while True:
        if base | part:
            yield base | part
        if not part:
            return
        part = (part - 1) & free


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def union(masks: Iterable[int]) -> int:
    """The bits that any of the masks has."""
    whole = 0
    for mask in masks:
        whole |= mask
    return whole

"""The search against an exact integer programme, and against trying everything: it must find the smallest sets, and all of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest

from tests.explain.sums_by_hand import APPLICANTS, at, full, results, sound
from validator.explain.components import components
from validator.explain.equations import Equation, Quantity, System, layout_of
from validator.explain.search import figures, repairs
from validator.model import Cell

CASES = 520  # for the integer programme


def system(equations: Sequence[Equation], values: dict[tuple[str, str], int]) -> System:
    return System(equations, [Quantity(value=values[cell.row or "", cell.column or ""]) for cell in layout_of(equations).cells])


def equations_of(form: str) -> list[Equation]:
    return [Equation(kind=identity.rule, terms=identity.terms) for identity in full(form)]


def smaller(rnd: random.Random, form: str) -> list[Equation]:
    """Some rows and columns of the form's sums: the same shape, quicker to solve."""
    rows = {"new", "carried_in", *rnd.sample(results(form), rnd.randint(2, 4)), "total", "carried_out"}
    columns = {*rnd.sample(APPLICANTS, 2), "total"}
    kept = []
    for equation in equations_of(form):
        terms = tuple((c, cell) for c, cell in equation.terms if cell.row in rows and cell.column in columns)
        if len(terms) > 2:
            kept.append(Equation(kind=equation.kind, terms=terms))
    return kept


def table(rnd: random.Random, equations: Sequence[Equation], most: int) -> dict[tuple[str, str], int]:
    """Sound figures for the equations: parts at random, then the totals they ask for."""
    cells = sorted({(cell.row or "", cell.column or "") for equation in equations for _, cell in equation.terms})
    parts = sorted({row for row, _ in cells} - {"new", "carried_in", "total", "carried_out"})
    values = {key: 0 for key in cells}
    for column in sorted({column for _, column in cells} - {"total"}):
        for row in parts:
            values[row, column] = rnd.randint(0, most) if rnd.random() < 0.5 else 0
        values["total", column] = sum(values[row, column] for row in parts)
        values["carried_out", column] = rnd.randint(0, most) if rnd.random() < 0.3 else 0
        known = values["total", column] + values["carried_out", column]
        values["carried_in", column] = rnd.randint(0, known) if rnd.random() < 0.4 else 0
        values["new", column] = known - values["carried_in", column]
    for row in {row for row, _ in cells}:
        values[row, "total"] = sum(value for (r, column), value in values.items() if r == row and column != "total")
    return values


def printed(made: System) -> dict[tuple[str, str], int]:
    pairs = zip(made.layout.cells, made.quantities, strict=True)
    return {(cell.row or "", cell.column or ""): int(quantity.value) for cell, quantity in pairs}


def smallest(equations: Sequence[Equation], values: dict[tuple[str, str], int]) -> int:
    """The size of the smallest set of figures, by an integer programme: chosen figures, how much up, how much down."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    cells = sorted({cell for equation in equations for _, cell in equation.terms})
    number = {cell: n for n, cell in enumerate(cells)}
    n = len(cells)
    x = np.array([values[cell.row or "", cell.column or ""] for cell in cells], dtype=float)
    a = np.zeros((len(equations), n))
    for i, equation in enumerate(equations):
        for c, cell in equation.terms:
            a[i, number[cell]] += c
    big = np.abs(a @ x).sum() + x.max() + 1  # no smallest set needs a larger change: the sums' coefficients are all 1 or -1
    nothing, one = np.zeros((n, n)), np.eye(n)
    constraints = [
        LinearConstraint(np.hstack([np.zeros_like(a), a, -a]), -(a @ x), -(a @ x)),
        LinearConstraint(np.hstack([-big * one, one, nothing]), -np.inf, 0),
        LinearConstraint(np.hstack([-big * one, nothing, one]), -np.inf, 0),
    ]
    bounds = Bounds(np.zeros(3 * n), np.concatenate([np.ones(n), np.full(n, big), x]))
    found = milp(np.concatenate([np.ones(n), np.zeros(2 * n)]), constraints=constraints, bounds=bounds, integrality=np.ones(3 * n))
    assert found.success, found.message
    return round(found.fun)


def spoilt(rnd: random.Random, values: dict[tuple[str, str], int], wrong: int) -> dict[tuple[str, str], int]:
    made = dict(values)
    for key in rnd.sample(sorted(made), wrong):
        made[key] = max(0, rnd.choice((0, made[key] + 1, made[key] - 1, made[key] * 10, made[key] + rnd.randint(2, 9))))
    return made


def test_an_integer_programme_agrees_on_the_size(capsys: pytest.CaptureFixture[str]) -> None:
    rnd, seen = random.Random(2024), {size: 0 for size in range(6)}
    for case in range(CASES):
        whole = case % 40 == 0  # a full table takes the programme up to seconds with three wrong figures
        form = rnd.choice(("2019", "2021"))
        equations = equations_of(form) if whole else smaller(rnd, form)
        values = sound(rnd, form, rnd.choice((0, 2))) if whole else table(rnd, equations, rnd.choice((1, 3, 40)))
        made = system(equations, spoilt(rnd, values, rnd.choice((1, 2) if whole else (1, 1, 2, 2, 3, 3, 4, 4, 5))))
        size = smallest(equations, printed(made))
        found = repairs(made)
        assert (found[0].size if found else 5 if made.failing else 0) == min(size, 5), (form, values)
        seen[min(size, 5)] += 1
    with capsys.disabled():
        print(f"\nexplain, integer programme: {CASES} cases agree; smallest sets by size {seen}")


def everything(equations: Sequence[Equation], values: dict[tuple[str, str], int], most: int, reach: int) -> set[frozenset[Cell]]:
    """All smallest sets, by trying every change of every set of figures, each figure from 0 to `reach`."""
    import numpy as np

    cells = sorted({cell for equation in equations for _, cell in equation.terms})
    x = np.array([values[cell.row or "", cell.column or ""] for cell in cells])
    a = np.array([[sum(c for c, other in equation.terms if other == cell) for cell in cells] for equation in equations])
    residual = a @ x
    for size in range(1, most + 1):
        grids = np.indices((reach + 1,) * size).reshape(size, -1)
        good = {
            frozenset(cells[i] for i in chosen)
            for chosen in combinations(range(len(cells)), size)
            if not (a[:, chosen] @ (grids - x[list(chosen), None]) + residual[:, None]).any(axis=0).all()
        }
        if good:
            return good
    return set()


def odd_table(rnd: random.Random) -> tuple[list[Equation], dict[tuple[str, str], int]]:
    """A tiny table of which some sums cannot be judged, so that figures are interchangeable or hang together in rings."""
    rows, columns = ("a", "b", "c")[: rnd.randint(2, 3)], ("x", "y")
    values = {(row, column): rnd.randint(0, 2) for row in rows for column in columns}
    values |= {("sum", column): sum(values[row, column] for row in rows) for column in columns}
    values |= {(row, "all"): sum(values[row, column] for column in columns) for row in (*rows, "sum")}
    down = [(*((1, at(row, column)) for row in rows), (-1, at("sum", column))) for column in (*columns, "all")]
    across = [(*((1, at(row, column)) for column in columns), (-1, at(row, "all"))) for row in (*rows, "sum")]
    stated = [("down", terms) for terms in down] + [("across", terms) for terms in across]
    return [Equation(kind=kind, terms=terms) for kind, terms in stated if rnd.random() < 0.75], values


def test_every_smallest_set_is_found_where_everything_can_be_tried() -> None:
    rnd, judged, sizes = random.Random(7), 0, set()
    for _ in range(160):
        equations, values = odd_table(rnd)
        for key in rnd.sample(sorted(values), rnd.randint(1, 4)):
            values[key] = rnd.randint(0, 4)
        held = {(cell.row, cell.column) for equation in equations for _, cell in equation.terms}
        if not held:
            continue
        made = system(equations, values)
        if not made.failing:
            continue
        wanted = everything(equations, values, 3, 12)
        found = {frozenset(solution) for repair in repairs(made, 3) for solution in figures(made, repair.steps)}
        assert found == wanted, (equations, values)
        judged += 1
        sizes |= {len(cells) for cells in wanted}
    assert judged > 100 and sizes >= {1, 2, 3}


def test_rings_of_four_figures_are_found_where_everything_can_be_tried() -> None:
    rnd, fours = random.Random(31), 0
    for _ in range(24):
        equations, values = odd_table(rnd)
        for key in rnd.sample(sorted(values), 5):
            values[key] = rnd.randint(0, 3)
        made = system(equations, values)
        if not made.failing or repairs(made, 3):
            continue
        wanted = everything(equations, values, 4, 8)
        found = {frozenset(solution) for repair in repairs(made) for solution in figures(made, repair.steps)}
        assert found == wanted, (equations, values)
        fours += bool(wanted)
    assert fours


def test_what_is_listed_repairs_every_sum() -> None:
    rnd = random.Random(99)
    for _ in range(200):
        equations, values = odd_table(rnd)
        for key in rnd.sample(sorted(values), rnd.randint(1, 5)):
            values[key] = rnd.randint(0, 5)
        made = system(equations, values)
        for repair in repairs(made):
            for solution in figures(made, repair.steps):
                after = {at(*key): value for key, value in values.items()} | dict(solution)
                assert all(sum(c * after[cell] for c, cell in equation.terms) == 0 for equation in equations)
                assert all(value >= 0 and value != values[cell.row or "", cell.column or ""] for cell, value in solution.items())
                assert len(solution) == repair.size


def test_blocks_multiply_to_all_repairs() -> None:
    """Independent errors are listed apart; put together again, they are exactly the smallest sets of the whole table."""
    rnd = random.Random(12)
    for _ in range(80):
        form = rnd.choice(("2019", "2021"))
        equations = smaller(rnd, form)
        made = system(equations, spoilt(rnd, table(rnd, equations, rnd.choice((1, 4))), rnd.randint(1, 3)))
        whole = {frozenset(solution) for repair in repairs(made) for solution in figures(made, repair.steps)}
        if not whole:
            continue
        joined = {frozenset()}
        for block in components(made):
            joined = {one | frozenset(solution) for one in joined for solution in block.repairs}
        assert joined == whole


def test_an_equation_that_meets_others_of_its_kind_is_repaired_too() -> None:
    """Of one kind, yet with a figure in common: the second belongs to no family, and at least one figure is wrong all the same."""
    a, b, c = (Cell(table="applications", row=row, column="total") for row in ("new", "carried_in", "total"))
    chain = [Equation(kind="same", terms=((1, one), (-1, other))) for one, other in ((a, b), (b, c))]
    made = system(chain, {("new", "total"): 3, ("carried_in", "total"): 3, ("total", "total"): 5})
    assert [solution for repair in repairs(made) for solution in figures(made, repair.steps)] == [{c: 3}]

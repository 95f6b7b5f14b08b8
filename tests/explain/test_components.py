"""Thousands of wrong figures in sound tables of section 3: never explained by more figures, and the true ones are in the list."""

from __future__ import annotations

import random
import time

import pytest

from tests.explain.sums_by_hand import APPLICANTS, COLUMNS, book, failed, figures, full, section3, sound
from tests.support import BOUND
from validator.explain import explain
from validator.explain.components import components
from validator.explain.equations import Equation, Quantity, System, layout_of
from validator.model import Cell

RUNS = 180  # for each form, kind of table and number of wrong figures
FORMS, DIGITS, WRONG = ("2019", "2021"), (0, 3, 7), (1, 2, 3)
Values = dict[tuple[str, str], int]


def slip(rnd: random.Random, values: Values, row: str, column: str) -> int:
    """A wrong figure, as people err: digits, factors of ten, neighbours, totals, one more or less, anything."""
    right = values[row, column]
    digits = list(str(right))
    rnd.shuffle(digits)
    beside = COLUMNS[(COLUMNS.index(column) + 1) % len(COLUMNS)]
    made = rnd.choice((
        int("".join(digits)), right * 10, right // 10, values[row, beside], values[row, "total"], right + 1, right - 1, 0,
        int(f"{right}{right % 10}"), rnd.randint(0, 2 * right + 9),
    ))  # fmt: skip
    return made if made >= 0 and made != right else right + rnd.randint(1, 9)


def spoil(rnd: random.Random, values: Values, wrong: int) -> tuple[Values, set[Cell]]:
    """The table with so many wrong figures, and which they are. Now and then a case is booked in two columns."""
    made = dict(values)
    keys = rnd.sample(sorted(made), wrong)
    if wrong >= 2 and rnd.random() < 0.2:
        row = keys[0][0]
        keys[:2] = [(row, column) for column in rnd.sample(APPLICANTS, 2)]
        keys = list(dict.fromkeys(keys))
    for row, column in keys:
        made[row, column] = slip(rnd, values, row, column)
    return made, {Cell(table="applications", row=row, column=column) for row, column in keys}


def looked_at(form: str, values: Values) -> System:
    equations = [Equation(kind=identity.rule, terms=identity.terms) for identity in full(form)]
    return System(equations, [Quantity(value=values[cell.row or "", cell.column or ""]) for cell in layout_of(equations).cells])


def test_no_set_is_larger_than_the_true_one_and_the_true_one_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    rnd, runs, smallest, listed = random.Random(511), 0, 0, 0
    slowest = 0.0
    for form in FORMS:
        for digits in DIGITS:
            for wrong in WRONG:
                for _ in range(RUNS):
                    values, true = spoil(rnd, sound(rnd, form, digits), wrong)
                    start = time.perf_counter()
                    found = components(looked_at(form, values))
                    slowest = max(slowest, time.perf_counter() - start)
                    assert not any(block.more or not block.repairs for block in found), values
                    size = sum(len(block.repairs[0]) for block in found)
                    assert size <= len(true), (form, values, true)
                    runs += 1
                    if size == len(true):
                        smallest += 1
                        sets = [{frozenset(repair) for repair in block.repairs} for block in found]
                        parts = [next((s for s in options if s <= true), None) for options in sets]
                        listed += None not in parts and frozenset().union(*parts) == true  # type: ignore[arg-type]
    with capsys.disabled():
        print(f"\nexplain, {runs} tables with one to three wrong figures: none explained by more; the true set is of smallest size in "
              f"{smallest} and listed in {listed} of these; slowest {slowest * 1000:.0f} ms")  # fmt: skip
    assert runs >= 2000 and listed == smallest


def test_a_single_wrong_figure_is_named_first(capsys: pytest.CaptureFixture[str]) -> None:
    rnd, runs, first, suspected = random.Random(95), 0, 0, 0
    for form in FORMS:
        for digits in DIGITS:
            for _ in range(50):
                values, true = spoil(rnd, sound(rnd, form, digits), 1)
                found = figures(form, section3(values))
                told = explain(failed(full(form), found), found, full(form), book().tables.explain)
                runs += 1
                first += len(told) == 1 and {change.cell for change in told[0].explanations[0]} == true
                suspected += len(told) == 1 and told[0].suspect is not None and {told[0].suspect.cell} == true
    with capsys.disabled():
        print(f"\nexplain, {runs} single wrong figures: named first in {first / runs:.1%}, the suspect in {suspected / runs:.1%}")
    assert first >= 0.95 * runs and suspected >= 0.95 * runs


def test_a_table_full_of_errors_ends_soon() -> None:
    rnd = random.Random(3)
    for wrong in (4, 5, 8, 30, 120):
        for digits in DIGITS:
            values, _ = spoil(rnd, sound(rnd, "2021", digits), wrong)
            start = time.perf_counter()
            components(looked_at("2021", values))
            assert time.perf_counter() - start < BOUND

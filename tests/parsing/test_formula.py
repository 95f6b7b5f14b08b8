"""The formulas of sum rules: what they mean, and where a typo stands."""

from __future__ import annotations

import pytest

from validator.parsing.formula import Formula, FormulaError, Term, parse


def terms(text: str) -> list[tuple[int, str | None, str | None]]:
    return [(t.coefficient, t.name, t.group) for t in parse(text).terms]


def test_both_sides_the_comparison_and_the_places() -> None:
    assert parse("new + carried_in == total - 2*carried_out") == Formula(
        text="new + carried_in == total - 2*carried_out",
        left=(Term(coefficient=1, name="new", position=1), Term(coefficient=1, name="carried_in", position=7)),
        op="==",
        right=(Term(coefficient=1, name="total", position=21), Term(coefficient=-2, name="carried_out", position=31)),
    )


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("total == sum(applicants)", [(1, "total", None), (1, None, "applicants")]),
        ("-a + 3 >= 0", [(-1, "a", None), (3, None, None), (0, None, None)]),
        ("denied.third_party <= 2 * sum(denied)", [(1, "denied.third_party", None), (2, None, "denied")]),
        ("sum == sum(sum)", [(1, "sum", None), (1, None, "sum")]),
        ("a==b", [(1, "a", None), (1, "b", None)]),
    ],
)  # fmt: skip
def test_what_a_formula_may_hold(text: str, meaning: list[tuple[int, str | None, str | None]]) -> None:
    if text.startswith("sum =="):
        with pytest.raises(FormulaError):  # the word is taken
            parse(text)
    else:
        assert terms(text) == meaning


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1), ("new ==", 7), ("new = total", 5), ("new == total == carried_in", 14), ("new + == total", 7), ("New == total", 1),
        ("new == sum(results", 19), ("new == total)", 13), ("new * 2 == total", 5), ("__import__('os') == 1", 11), ("总计 == new", 1),
        ("new == 1.5", 9),
    ],
)  # fmt: skip
def test_a_typo_is_told_with_its_place(text: str, position: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.position == position
    assert str(position) in caught.value.text["zh"] and text in caught.value.text["en"]

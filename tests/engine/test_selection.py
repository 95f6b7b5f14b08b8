"""Which rules report, and which run for their sake."""

from __future__ import annotations

import pytest

from tests.engine.ruling import Says, rule
from validator.engine.selection import Selected, Selection, chosen, known_names, named, needed, reading, reporting, unknown_names
from validator.model import Severity

RULES = (
    rule("input.a", Says(), severity=Severity.ERROR), rule("input.b", Says()), rule("x.a", Says()), rule("x.b", Says(), requires=("x.a",)),
    rule("y.c", Says(), requires=("x.b",)),
)  # fmt: skip


def test_unknown_names_are_told() -> None:
    assert unknown_names([rule("x.a", Says())], ["x", "x.a", "x.b", "z"]) == ("x.b", "z")
    assert known_names(RULES[:3]) == {"input", "input.a", "input.b", "x", "x.a"}


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ((), (), {"input.a", "input.b", "x.a", "x.b", "y.c"}),
        (("x",), (), {"input.a", "x.a", "x.b"}),
        (("x", "y.c"), ("x.a",), {"input.a", "x.b", "y.c"}),
        ((), ("input", "x"), {"input.a", "y.c"}),
    ],
)
def test_what_select_and_ignore_leave_always_says_what_could_not_be_read(
    select: tuple[str, ...], ignore: tuple[str, ...], left: set[str]
) -> None:
    assert chosen(RULES, select, ignore) == left
    assert reading(RULES) == {"input.a"}


@pytest.mark.parametrize(
    ("selected", "reports"),
    [
        (None, ["input.a", "input.b", "x.a", "x.b", "y.c"]),
        ({"x", "y.c"}, ["x.a", "x.b", "y.c"]),
        ((), []),
        (Selection(ignore=frozenset({"input", "y.c"})), ["x.a", "x.b"]),
    ],
)
def test_a_selection_is_names_or_a_question(selected: Selected, reports: list[str]) -> None:
    assert [one.id for one in RULES if reporting(selected)(one)] == reports


def test_a_rule_is_named_by_its_id_or_its_whole_category() -> None:
    assert named("x.a", {"x.a"}) and named("x.a", {"x"})
    assert not named("x.a", {"x.ab", "a", "x."})


def test_what_is_required_by_what_is_required_runs_too_and_in_order() -> None:
    assert [one.id for one in needed(RULES, lambda one: one.id == "y.c")] == ["x.a", "x.b", "y.c"]
    assert [one.id for one in needed(RULES, lambda one: one.id == "x.b")] == ["x.a", "x.b"]
    assert needed(RULES, lambda one: False) == ()

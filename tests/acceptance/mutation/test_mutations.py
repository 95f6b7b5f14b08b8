"""Break one thing at a time: exactly the rules meant fire, in every layout; on sound reports nothing does.

Each break is tried in a share of the layouts, another share for each, so that every layout has its turn with every kind of break;
`NIANBAO_FULL=1` tries each in all of them and with several seeds.
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.acceptance.mutation import judge, oracle
from tests.acceptance.mutation.sound import sound
from tests.acceptance.mutation.variations import VARIATIONS, Variation
from tests.acceptance.mutation.writers import LAYOUTS, Layout
from tests.support import book

FULL = os.environ.get("NIANBAO_FULL") == "1"
TURNS = range(4 if FULL else 1)


#: One layout in so many is tried; breaks in the tables depend on the layout, breaks in the prose hardly.
STEP = {"form": 3, "table": 3, "totals": 4, "prose": 7, "sound": 6}


def _layouts(name: str, form: str, kind: str, only: tuple[str, ...] = ()) -> tuple[Layout, ...]:
    fitting = tuple(layout for layout in LAYOUTS if not only or layout.name in only)
    step = 1 if FULL else min(STEP.get(kind, STEP["prose"]), len(fitting))
    return fitting[judge.seed(name, form) % step :: step]


def _kind(mutation: dict[str, Any]) -> str:
    rule = mutation["fires"][0]["rule"]
    return str(rule[0] if isinstance(rule, list) else rule).partition(".")[0]


BREAKS = [pytest.param(m, form, id=f"{m['id']}-{form}") for m in judge.MUTATIONS for form in m.get("forms", judge.FORMS)]
SOUND = [pytest.param(v, form, id=f"{v.id}-{form}") for v in VARIATIONS for form in v.forms]


@pytest.mark.parametrize(("mutation", "form"), BREAKS)
def test_a_break_is_caught_and_nothing_else(mutation: dict[str, Any], form: str) -> None:
    wrong = {
        (layout.name, turn): problems
        for layout in (LAYOUTS[:1] if mutation.get("once") else _layouts(mutation["id"], form, _kind(mutation)))
        for turn in TURNS
        if (problems := judge.trial(mutation, form, layout, turn))
    }
    assert not wrong, _told(wrong)


@pytest.mark.parametrize(("variation", "form"), SOUND)
def test_a_sound_report_stays_silent(variation: Variation, form: str) -> None:
    wrong = {
        (layout.name, turn): problems
        for layout in _layouts(variation.id, form, "sound", variation.only)
        for turn in TURNS
        if (problems := judge.sound_trial(variation, form, layout, turn))
    }
    assert not wrong, _told(wrong)


def _told(wrong: dict[tuple[str, int], list[str]]) -> str:
    return "\n" + "\n".join(f"{layout}/{turn}: {problem}" for (layout, turn), problems in wrong.items() for problem in problems[:4])


def test_every_rule_has_a_mutation_or_a_reason() -> None:
    rules = {rule.id for rule in book().rules if rule.category in judge.CATEGORIES and rule.scope == "report"}
    broken = {
        rule
        for mutation in judge.MUTATIONS
        for wanted in mutation["fires"]
        for rule in (wanted["rule"] if isinstance(wanted["rule"], list) else [wanted["rule"]])
    }
    reasons = judge.LIST["impossible"]
    assert rules - broken - reasons.keys() == set(), "rules that nothing breaks"
    assert (broken | reasons.keys()) - rules == set(), "mutations of rules that are not there"
    assert not broken & reasons.keys()
    assert all(reasons.values())


def test_every_listed_mutation_has_a_function_and_an_id_of_its_own() -> None:
    ids = [mutation["id"] for mutation in judge.MUTATIONS]
    assert len(ids) == len(set(ids))
    assert all(callable(judge.function(mutation)) for mutation in judge.MUTATIONS)


@pytest.mark.parametrize("form", judge.FORMS)
def test_the_model_holds_its_own_sums(form: str) -> None:
    assert not any(oracle.failed(sound(number, form=form)) for number in range(60))


@pytest.mark.parametrize(("mutation", "form"), [p for p in BREAKS if p.values[0].get("sums")])
def test_a_broken_sum_is_broken_by_the_oracle_too(mutation: dict[str, Any], form: str) -> None:
    it = judge.break_it(mutation, form, judge.seed(mutation["id"], form))
    assert it.report and oracle.failed(it.report)


@pytest.mark.parametrize("form", judge.FORMS)
def test_every_mutation_changes_what_is_written(form: str) -> None:
    layout = LAYOUTS[0]
    given = ("old-form", "new-form-early", "before-2019")
    for mutation in judge.MUTATIONS:
        if form not in mutation.get("forms", judge.FORMS) or mutation["id"] in given or mutation.get("once"):
            continue
        number = judge.seed(mutation["id"], form)
        before = sound(number, form=form, **mutation.get("base", {}))
        after = judge.break_it(mutation, form, number).report
        assert after and judge.write(after, layout) != judge.write(before, layout), mutation["id"]

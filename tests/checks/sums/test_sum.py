"""Sums of one table: what fails, what is unknown, and what each failed sum says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.explain.sums_by_hand import APPLICANTS, COLUMNS, at, form, results, rule, section3, subject
from validator.checks.sums.sum import Condition, SumCheck
from validator.model import Cell, Hit, Skip, Spot, Sum

Values = Mapping[tuple[str, str], object]


def town(form_key: str = "2021") -> dict[tuple[str, str], object]:
    """A small sound section 3."""
    rows = ("new", "carried_in", *results(form_key), "total", "carried_out")
    values: dict[tuple[str, str], object] = {(row, column): 0 for row in rows for column in COLUMNS}
    some = (("new", 5, 2), ("carried_in", 1, 0), ("granted", 4, 2), ("partial", 1, 0), ("total", 5, 2), ("carried_out", 1, 0))
    for row, person, business in some:
        values |= {(row, "natural_person"): person, (row, "business"): business, (row, "total"): person + business}
    return values


def hits(rule_id: str, values: Values, form_key: str = "2021") -> list[Hit]:
    return [found for found in rule(rule_id).check.run(subject(form_key, section3(values))) if isinstance(found, Hit)]


def skips(rule_id: str, values: Values, form_key: str = "2021") -> list[Skip]:
    return [found for found in rule(rule_id).check.run(subject(form_key, section3(values))) if isinstance(found, Skip)]


def sums(rule_id: str, values: Values, form_key: str = "2021") -> list[tuple[str | None, str | None, object, object]]:
    return [(s.row, s.column, s.expected, s.actual) for hit in hits(rule_id, values, form_key) if (s := hit.sum)]


ALL = ("totals.balance", "totals.results", "totals.row-total", "totals.subtotal")


@pytest.mark.parametrize("form_key", ["2019", "2021"])
def test_a_sound_table_fails_nothing(form_key: str) -> None:
    assert [hit for one in ALL for hit in hits(one, town(form_key), form_key)] == []
    assert [one for one in ALL if skips(one, town(form_key), form_key)] == ["totals.subtotal"]  # no subtotal is printed


def test_a_row_total_says_what_its_parts_add_up_to() -> None:
    (hit,) = hits("totals.row-total", town() | {("granted", "total"): 8})
    assert hit.sum == Sum(rule="", row="granted", column=None, expected=6, actual=8)
    assert (hit.expected, hit.actual) == ("6", "8")
    assert hit.spot.cell == at("granted", "total") and hit.spot.section == 3 and hit.spot.block is not None
    assert hit.identity is not None and dict((cell, c) for c, cell in hit.identity.terms)[at("granted", "total")] == -1
    assert len(hit.identity.terms) == 7 and (hit.identity.row, hit.identity.column) == ("granted", None)


def test_the_results_of_a_column_stand_at_its_total() -> None:
    (hit,) = hits("totals.results", town() | {("denied.third_party", "research"): 3})
    assert hit.sum == Sum(rule="", row=None, column="research", expected=3, actual=0)
    assert hit.spot.cell == at("total", "research")


def test_the_balance_shows_both_sides() -> None:
    (hit,) = hits("totals.balance", town() | {("carried_out", "natural_person"): 0})
    assert hit.sum == Sum(rule="", row=None, column="natural_person", expected=6, actual=5)
    assert hit.spot.cell == Cell(table="applications", column="natural_person")
    shown = {name: hit.facts[name] for name in ("new", "carried_in", "total", "carried_out", "left", "right")}
    assert shown == {"new": 5, "carried_in": 1, "total": 5, "carried_out": 0, "left": 6, "right": 5}


@pytest.mark.parametrize("blank", ["", "/"])
def test_a_blank_part_counts_as_zero(blank: str) -> None:
    values = town() | {("rejected.petition", column): blank for column in APPLICANTS}
    assert not any(hits(one, values) for one in ALL)
    assert sums("totals.row-total", town() | {("granted", "business"): blank}) == [("granted", None, 4, 6)]


@pytest.mark.parametrize("blank", ["", "/"])
def test_a_blank_total_fails_no_sum_and_is_the_sum_of_its_parts_elsewhere(blank: str) -> None:
    values = town() | {("granted", "total"): blank, ("new", "total"): blank, ("total", "business"): blank}
    assert not any(hits(one, values) for one in ALL)
    assert skips("totals.row-total", values)[0].cells  # only these rows, not the rule
    # its parts are wrong: the sums that need it show it, the sum whose total it is does not
    wrong = values | {("granted", "business"): 3}
    assert sums("totals.row-total", wrong) == [("total", None, 8, 7)]
    assert sums("totals.results", wrong) == [(None, "total", 8, 7)]
    assert sums("totals.balance", wrong) == [(None, "business", 2, 3)]


def test_a_total_whose_parts_are_blank_totals_too() -> None:
    values = town() | {("total", column): "" for column in COLUMNS}
    assert not any(hits(one, values) for one in ALL)
    assert sums("totals.balance", values | {("new", "natural_person"): 6, ("new", "total"): 8}) == [
        (None, "natural_person", 7, 6), (None, "total", 9, 8)
    ]  # fmt: skip


def test_the_identities_of_blank_totals_hold_their_parts() -> None:
    values = town() | {("granted", "total"): ""}
    found = rule("totals.results").check.identities(subject("2021", section3(values)))  # type: ignore[attr-defined]
    column = next(identity for identity in found if identity.column == "total")
    cells = [cell for _, cell in column.terms]
    assert at("granted", "total") not in cells and at("granted", "business") in cells and len(found) == 7


def test_text_is_unknown() -> None:
    values = town() | {("granted", "natural_person"): "若干"}
    assert not hits("totals.results", values) and not hits("totals.row-total", values)
    (skip,) = skips("totals.results", values)
    assert at("granted", "natural_person") in skip.cells and at("granted", "business") not in skip.cells
    assert sums("totals.results", values | {("total", "business"): 5})[0][:2] == (None, "business")


def test_what_is_missing_is_not_judged() -> None:
    values = {key: value for key, value in town().items() if key[0] != "partial"}
    assert not hits("totals.results", values)
    assert [skip.cells for skip in skips("totals.results", values)] == [()]  # every column lacks it: the rule judged nothing
    without = {key: value for key, value in town().items() if key[1] != "total"}
    assert not hits("totals.row-total", without) and not hits("totals.balance", without)


def test_a_table_that_is_not_there_or_blank_throughout_is_a_skip() -> None:
    assert [type(found) for found in rule("totals.balance").check.run(subject("2021", {}))] == [Skip]
    blank = {key: "" for key in town()}
    for one in ALL:
        assert not hits(one, blank) and skips(one, blank)


def test_a_figure_that_a_required_rule_refused_is_not_judged() -> None:
    made = subject("2021", section3(town() | {("granted", "total"): 8, ("partial", "total"): 9}))
    refused = Hit(spot=Spot(cell=at("granted", "total")))
    found = list(rule("totals.row-total").check.run(replace(made, failed={"table.not-a-number": (refused,)})))
    assert [hit.sum.row for hit in found if isinstance(hit, Hit) and hit.sum] == ["partial"]
    assert any(isinstance(skip, Skip) and skip.after == "table.not-a-number" for skip in found)


def test_a_printed_subtotal_is_checked_and_not_counted_twice() -> None:
    right = town() | {("denied", column): 0 for column in COLUMNS}
    assert not any(hits(one, right) for one in ALL)
    wrong = right | {("denied", "business"): 2, ("denied", "total"): 2}
    assert sums("totals.subtotal", wrong) == [("denied", "business", 0, 2), ("denied", "total", 0, 2)]
    assert not hits("totals.results", wrong)


def undivided(**cells: object) -> dict[tuple[str, str], object]:
    """A section 3 on the 2021 form that leaves （六） in one row."""
    kept = {key: value for key, value in town().items() if not key[0].startswith("other.")}
    return kept | {("other", column): 0 for column in COLUMNS} | {("other", column): value for column, value in cells.items()}


def test_an_undivided_other_counts_in_place_of_its_parts() -> None:
    assert not any(hits(one, undivided()) for one in ALL)
    assert sums("totals.results", undivided(business=3, total=3)) == [(None, "business", 5, 2), (None, "total", 10, 7)]


def test_an_other_beside_all_its_parts_is_a_subtotal() -> None:
    values = town() | {("other", column): 0 for column in COLUMNS} | {("other", "business"): 1, ("other", "total"): 1}
    assert not hits("totals.results", values)
    assert sums("totals.subtotal", values) == [("other", "business", 0, 1), ("other", "total", 0, 1)]


def test_the_2019_form_has_one_other_row() -> None:
    assert sums("totals.results", town("2019") | {("other", "business"): 1, ("other", "total"): 1}, "2019") == [
        (None, "business", 3, 2), (None, "total", 8, 7)
    ]  # fmt: skip


def disclosure(**cells: object) -> dict[tuple[str, str, str], object]:
    values: dict[tuple[str, str, str], object] = {}
    documents, items = ("made", "disclosed", "disclosed_total"), ("items_last_year", "change", "decisions")
    for row, columns in (("normative_documents", documents), ("penalty", items)):
        values |= {("disclosure", row, column): cells.get(column, 0) for column in columns}
    return values


@pytest.mark.parametrize(
    ("rule_id", "cells", "fails"),
    [
        ("totals.disclosed", {"made": 2, "disclosed": 0, "disclosed_total": 83}, False),
        ("totals.disclosed", {"made": 0, "disclosed": 9, "disclosed_total": 83}, False),  # older documents may be opened now
        ("totals.disclosed", {"disclosed": 9, "disclosed_total": 8}, True),
        ("totals.disclosed", {"disclosed": 9, "disclosed_total": ""}, False),
        ("totals.disclosed", {"disclosed": "", "disclosed_total": 8}, False),
        ("totals.items", {"items_last_year": 71, "change": -11}, False),
        ("totals.items", {"items_last_year": 0, "change": 5}, False),
        ("totals.items", {"items_last_year": 3, "change": -4}, True),
        ("totals.items", {"items_last_year": "", "change": -4}, False),
    ],
)
def test_at_most_and_at_least(rule_id: str, cells: dict[str, object], fails: bool) -> None:
    found = [hit for hit in rule(rule_id).check.run(subject("2019", disclosure(**cells))) if isinstance(hit, Hit)]
    assert bool(found) is fails
    assert all(hit.identity is None and hit.sum is not None for hit in found)


def test_the_limit_is_said_with_its_sign() -> None:
    made = subject("2019", disclosure(disclosed=9, disclosed_total=8))
    (hit,) = (found for found in rule("totals.disclosed").check.run(made) if isinstance(found, Hit))
    assert (hit.expected, hit.actual) == ("≤8", "9")
    assert hit.sum == Sum(rule="", row="normative_documents", column=None, expected=8, actual=9)


def section4(**cells: object) -> dict[tuple[str, str, str], object]:
    columns = ("upheld", "corrected", "other", "pending", "total")
    values: dict[tuple[str, str, str], object] = {
        ("review", row, column): 0 for row in ("review", "litigation_direct", "litigation_after_review") for column in columns
    }
    return values | {("review", *name.split("__")): value for name, value in cells.items()}  # type: ignore[misc]


def test_each_block_of_section_four_has_its_own_rule() -> None:
    made = subject("2021", section4(litigation_direct__upheld=2))
    found = {one: [h for h in rule(one).check.run(made) if isinstance(h, Hit)] for one in ("totals.review", "totals.litigation-direct")}
    assert [hit.sum.row for hit in found["totals.litigation-direct"] if hit.sum] == ["litigation_direct"]
    assert found["totals.review"] == []


@pytest.mark.parametrize(
    ("new", "carried_in", "cases", "fails"), [(0, 0, 1, True), (0, 1, 1, False), (1, 0, 1, False), (0, 0, 0, False), ("", 0, 1, True)]
)
def test_reviews_without_applications(new: object, carried_in: object, cases: int, fails: bool) -> None:
    values = {key: 0 for key in town()} | {("new", "total"): new, ("carried_in", "total"): carried_in}
    made = subject("2021", section3(values) | section4(review__upheld=cases, review__total=cases))
    found = [hit for hit in rule("totals.review-without-applications").check.run(made) if isinstance(hit, Hit)]
    assert bool(found) is fails
    assert all(hit.identity is None and hit.spot.cell == at("review", "total", "review") and hit.actual == "1" for hit in found)


def test_money_is_compared_within_the_precision_printed() -> None:
    check = SumCheck(table="disclosure", each="none", formula="procurement.amount == 2*procurement.projects")
    for amount, fails in ((Decimal("6.0"), False), (Decimal("6.04"), True), (Decimal("6.005"), True), (6, False), (7, True)):
        made = subject("2019", {("disclosure", "procurement", "amount"): amount, ("disclosure", "procurement", "projects"): 3})
        assert bool([hit for hit in check.run(made) if isinstance(hit, Hit)]) is fails, amount


def test_mistakes_in_options_are_told() -> None:
    forms = (form("2019"), form("2021"))
    assert not any(one.check.mistakes(forms) for one in map(rule, ALL))  # type: ignore[attr-defined]
    for check, word in (
        (SumCheck(table="applications", each="column", formula="new == totl"), "totl"),
        (SumCheck(table="applications", each="column", formula="new = total"), "= total"),
        (SumCheck(table="applications", each="column", formula="new == new"), "always true"),
        (SumCheck(table="applications", each="row", only=("nowhere",), formula="total == sum(applicants)"), "nowhere"),
        (SumCheck(table="applications", each="column", formulas=("denied == sum(nothing)",)), "nothing"),
        (SumCheck(table="applications", each="column", formula="new == total", whole={"total": "resalts"}), "resalts"),
        (SumCheck(table="applications", each="column", formula="new == total", stand_in=("granted",)), "granted"),
        (SumCheck(table="applications", each="column"), "formula"),
        (SumCheck(table="review", formula="review.total == 0", when=Condition(table="applications", formula="new.sum == 0")), "new.sum"),
    ):
        told = check.mistakes(forms)
        assert told and word in told[0]["en"] and told[0]["zh"], check

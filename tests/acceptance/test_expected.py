"""Which rules print a value under 应为, and why it is sure; the others say in words what should be, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from validator.examples.runner import run_examples
from validator.model import Book, Finding
from validator.rulebook import load_book

#: Rules whose findings print a value, and what makes it sure.
SURE: Mapping[str, str] = {
    "form.changed-label": "the form's own label of that row or column",
    "identity.period-span": "a report is on a whole year, and the year is the one that the period itself names",
    "identity.title-form": "the form's title with the unit and year that the title names",
    "structure.heading-wording": "the form's heading of that part",
    "narrative.percentage": "the share of the one total that its sentence names, half rounded up",
    "structure.missing-accountability": "what article 50 asks for, named; no figure",
    "structure.missing-aspect": "what the notice asks for, named; no figure",
    "structure.missing-section": "the form's heading of the part that is not there",
    "structure.parts-list": "the form's own parts and their number",
    "structure.section-number": "the form's numeral of that part",
    "structure.section-order": "the form's order",
    "table.figure-with-note": "the figure as printed, without what stands beside it",
    "table.fullwidth-figure": "the figure as printed, in half width",
    "table.short-row": "the form's number of columns",
    "table.thousands-separator": "the figure as printed, without separators",
    "table.unit-in-figure": "the figure as printed, without its unit",
    "wording.citation-number": "the notice's own number",
    "wording.citation-pair": "the notice's own number or name",
    "wording.citation-retired": "the notice in force for that year",
    "wording.regulation-name": "the regulation's own name",
}
#: Rules on failed sums: the one figure whose change makes all sums hold; it is called the likeliest, to be looked up in the ledger.
SUSPECT = {"totals.balance", "totals.results", "totals.row-total", "totals.subtotal"}


@cache
def _book() -> Book:
    return load_book([], examples=True)


@cache
def found() -> tuple[Finding, ...]:
    """What the rules find in their own examples."""
    return tuple(f for result in run_examples(_book()) for f in result.findings if f.rule == result.rule.id)


def test_a_value_is_printed_only_where_it_is_sure() -> None:
    assert {finding.rule for finding in found() if finding.expected and not finding.sums} == set(SURE)


def test_a_figure_is_proposed_for_failed_sums_alone() -> None:
    proposed = {finding.rule for finding in found() if finding.suspect}
    assert proposed <= SUSPECT
    assert all(len(finding.explanations[0]) == 1 for finding in found() if finding.suspect)


def test_where_text_and_table_or_two_years_differ_no_side_is_said_to_be_right() -> None:
    told = {finding.rule for finding in found()}
    for finding in found():
        if finding.rule.startswith(("narrative.", "series.", "deadline.")) and finding.rule not in SURE:
            assert finding.expected is None, finding.rule
    assert {"narrative.received", "series.carried-over", "deadline.late"} <= told


@pytest.mark.parametrize("key", ["deadline.late", "deadline.early"])
def test_no_advice_changes_a_date_of_publication(key: str) -> None:
    advice = [finding.advice["zh"] for finding in found() if finding.rule == key and not finding.review]
    assert advice and all("改为" not in words and "核对日期" not in words for words in advice)
    rule = next(rule for rule in _book().rules if rule.id == key)
    assert rule.advice["zh"].startswith("不改日期")


def test_no_sentence_of_a_rule_says_what_should_be_where_the_value_is_not_sure() -> None:
    sentences = {
        rule.id: [rule.message, *(v.message for v in rule.variants.values() if v.message)] for rule in _book().rules if rule.should
    }
    assert len(sentences) > 15
    assert [(key, text["zh"]) for key, texts in sentences.items() for text in texts if "应为" in text["zh"]] == []


def test_titles_of_errors_say_the_fault() -> None:
    """They stand after 必须改 and as the reason why other rules were not checked."""
    asks = ("写明", "齐全", "一致", "正确", "等于", "都在")
    wrong = [
        (rule.id, rule.title["zh"])
        for rule in _book().rules
        if rule.severity.value == "error"
        and any(word in rule.title["zh"].replace("不等于", "").replace("没有写明", "").replace("不齐全", "") for word in asks)
    ]
    assert wrong == []

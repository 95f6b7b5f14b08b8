"""The engine: order, what is skipped and why, what a broken check costs, what is made of hits."""

from __future__ import annotations

import pytest

from tests.engine.ruling import BLOCKS, Crash, Says, hit, rule, subject, text
from validator.checks.structure.observed import Observed
from validator.engine.run import run_rules, run_series, run_set
from validator.engine.selection import Selection
from validator.model import (
    Acceptance,
    Answer,
    Book,
    Cell,
    Hit,
    Observation,
    Outcome,
    Rule,
    Severity,
    Skip,
    Spot,
    Subject,
    Sum,
    Variant,
    in_order,
)
from validator.model.fact_tables import FactTables

ROW_B = "第二部分表格“（二）部分公开”行“其他”列"


def answers(*rules: Rule, **changes: object) -> dict[str, Answer]:
    return {outcome.rule: outcome.answer for outcome in run_rules(subject(**changes), rules).outcomes}


def test_five_answers() -> None:
    found = answers(
        rule("x.pass", Says()),
        rule("x.fail", Says(found=(hit(),))),
        rule("x.review", Says(found=(hit(review=True),))),
        rule("x.skip", Says(found=(Skip(reason=text("没有")),))),
        rule("x.error", Crash()),
        rule("x.both", Says(found=(Skip(reason=text("没有"), cells=(Cell(table="t"),)), hit()))),
    )
    assert found == {
        "x.pass": Answer.PASS, "x.fail": Answer.FAIL, "x.review": Answer.REVIEW, "x.skip": Answer.SKIP, "x.error": Answer.ERROR,
        "x.both": Answer.FAIL,
    }  # fmt: skip


def test_a_broken_check_costs_one_answer_and_keeps_no_half_of_its_findings() -> None:
    result = run_rules(subject(), [rule("x.a", Crash()), rule("x.b", Says(found=(hit(),)), requires=("x.a",))])
    assert [finding.rule for finding in result.findings] == ["x.b"]
    assert [(broken.rule, broken.path) for broken in result.broken] == [("x.a", "r.txt")]
    assert "ValueError: no such thing" in result.broken[0].message["zh"]


def test_one_cause_is_one_finding() -> None:
    """What a rule finds at words that one it yields to speaks of is not told again; elsewhere it is, and where that one is silent."""
    here, there = Hit(spot=Spot(block=BLOCKS[0], start=0, length=2)), Hit(spot=Spot(block=BLOCKS[0], start=2, length=1))
    lesser = rule("x.lesser", Says(found=(here, there)), yields_to=("x.graver",))
    graver = rule("x.graver", Says(found=(Hit(spot=Spot(block=BLOCKS[0], start=1, length=1)),)))
    result = run_rules(subject(), in_order([lesser, graver]))
    assert [(finding.rule, finding.location.offset) for finding in result.findings] == [("x.graver", 2), ("x.lesser", 3)]
    alone = run_rules(subject(), in_order([rule("x.lesser", Says(found=(here,)), yields_to=("x.graver",)), graver]))
    (outcome,) = [outcome for outcome in alone.outcomes if outcome.rule == "x.lesser"]
    assert (outcome.answer, outcome.waits) == (Answer.SKIP, "told") and outcome.reason == graver.title
    unasked = run_rules(subject(), in_order([lesser, graver]), selected={"x.lesser"})
    assert [finding.location.offset for finding in unasked.findings] == [1, 3]


def test_figures_are_the_same_words_where_they_are_the_same_cells() -> None:
    def at(row: str) -> Hit:
        return Hit(spot=Spot(block=BLOCKS[0]), cells=(Cell(table="t", row=row, column="c"),))

    lesser = rule("x.lesser", Says(found=(at("a"), at("b"))), yields_to=("x.graver",))
    result = run_rules(subject(), in_order([lesser, rule("x.graver", Says(found=(at("a"),)))]))
    assert [(finding.rule, [cell.row for cell in finding.cells]) for finding in result.findings if finding.rule == "x.lesser"] == [
        ("x.lesser", ["b"])
    ]


def test_a_pattern_out_of_time_says_what_to_do() -> None:
    result = run_rules(subject(), [rule("x.a", Crash(TimeoutError()))])
    assert "改写" in result.broken[0].message["zh"]


def test_a_message_that_lacks_a_fact_is_the_rules_error() -> None:
    result = run_rules(subject(), [rule("x.a", Says(found=(hit(),)), message=text("有 {count} 处"))])
    assert result.findings == () and result.outcomes[0].answer is Answer.ERROR
    assert "count" in (result.outcomes[0].reason or {})["zh"]


def test_rules_run_after_those_they_require_whatever_their_order() -> None:
    last, middle, first = rule("x.c", Says(), requires=("x.b",)), rule("x.b", Says(), requires=("x.a",)), rule("x.a", Says())
    assert [item.id for item in in_order([last, middle, first])] == ["x.a", "x.b", "x.c"]


def test_a_book_keeps_its_rules_by_scope_and_in_order() -> None:
    rules = (
        rule("x.b", Says(), requires=("x.a",)), rule("county.a", Says(), scope="county"), rule("x.a", Says()),
        rule("series.a", Says(), scope="series", requires=("x.a",)),
    )  # fmt: skip
    held = Book(forms=(), rules=rules, tables=FactTables(), fingerprint="")
    assert [item.id for item in held.of_scope("report")] == ["x.a", "x.b"]
    assert [[item.id for item in held.of_scope(scope)] for scope in ("series", "county", "config")] == [["series.a"], ["county.a"], []]
    assert held.of_scope("report") is held.of_scope("report")


def test_a_failure_of_the_whole_report_skips_what_requires_it_and_says_why() -> None:
    first = rule("x.a", Says(found=(Hit(spot=Spot()),)))
    result = run_rules(subject(), [first, rule("x.b", Says(found=(hit(),)), requires=("x.a",))])
    assert result.outcomes[1].answer is Answer.SKIP and result.outcomes[1].waits == "fault"


def test_a_review_does_not_block() -> None:
    first = rule("x.a", Says(found=(Hit(spot=Spot(), review=True),)))
    assert answers(first, rule("x.b", Says(found=(hit(),)), requires=("x.a",)))["x.b"] is Answer.FAIL


def test_a_failure_in_one_part_blocks_rules_on_that_part_only() -> None:
    first = rule("x.a", Says(found=(hit(section=1),)))
    found = answers(
        first,
        rule("x.same", Says(found=(hit(5, section=1),), section=1), requires=("x.a",)),
        rule("x.other", Says(found=(hit(7, section=2),), section=2), requires=("x.a",)),
        rule("x.report", Says(found=(hit(5, section=1), hit(7, section=2))), requires=("x.a",)),
    )
    assert found == {"x.a": Answer.FAIL, "x.same": Answer.SKIP, "x.other": Answer.FAIL, "x.report": Answer.FAIL}


def test_a_missing_table_blocks_rules_on_that_table() -> None:
    first = rule("x.a", Says(found=(hit(cell=Cell(table="t")),)))
    found = answers(first, rule("x.b", Says(found=(hit(),), table="t"), requires=("x.a",)), rule("x.c", Says(table="u"), requires=("x.a",)))
    assert found["x.b"] is Answer.SKIP and found["x.c"] is Answer.PASS


def test_hits_on_figures_where_a_required_rule_failed_are_dropped_others_stay() -> None:
    first = rule("x.a", Says(found=(hit(cell=Cell(table="t", row="r")),)))
    second = Says(found=(hit(cell=Cell(table="t", row="r", column="a")), hit(cell=Cell(table="t", row="s", column="a"))))
    result = run_rules(subject(), [first, rule("x.b", second, requires=("x.a",))])
    assert [finding.location.row for finding in result.findings if finding.rule == "x.b"] == ["s"]


def test_a_failure_two_steps_back_blocks_too() -> None:
    first = rule("x.a", Says(found=(hit(cell=Cell(table="t", row="r")),)))
    third = rule("x.c", Says(found=(hit(cell=Cell(table="t", row="r", column="a")),)), requires=("x.b",))
    assert answers(first, rule("x.b", Says(), requires=("x.a",)), third)["x.c"] is Answer.SKIP


def test_a_check_is_told_what_failed() -> None:
    seen: list[str | None] = []
    first = rule("x.a", Says(found=(hit(cell=Cell(table="t", row="r")),)))
    check = Says(act=lambda subject: seen.append(subject.blocked(Cell(table="t", row="r", column="b"))))
    run_rules(subject(), [first, rule("x.b", check, requires=("x.a",))])
    assert seen == ["x.a"]


@pytest.mark.parametrize(
    ("limits", "changes", "says"),
    [
        ({"forms": ("2019",)}, {}, "2021 年格式"),
        ({"years": (2024, None)}, {}, "2023 年度"),
        ({"years": (None, 2022)}, {}, "2023 年度"),
        ({"years": (2021, None)}, {"year": None}, "看不出报告年度"),
        ({"kinds": ("department",)}, {}, "这类单位"),
        ({"kinds": ("department",)}, {"kind": None}, "看不出单位类别"),
    ],
)
def test_what_does_not_apply_is_skipped_with_the_reason(limits: dict[str, object], changes: dict[str, object], says: str) -> None:
    outcome = run_rules(subject(**changes), [rule("x.a", Says(found=(hit(),)), **limits)]).outcomes[0]
    assert outcome.answer is Answer.SKIP and says in (outcome.reason or {})["zh"] and (outcome.reason or {})["en"]


def test_selected_rules_report_and_what_they_require_runs_unreported() -> None:
    rules = [
        rule("x.a", Says(found=(hit(cell=Cell(table="t")),))), rule("x.b", Says(found=(hit(),), table="t"), requires=("x.a",)),
        rule("y.c", Says(found=(hit(),))),
    ]  # fmt: skip
    result = run_rules(subject(), rules, selected={"x.b"})
    assert [(outcome.rule, outcome.answer) for outcome in result.outcomes] == [("x.b", Answer.SKIP)] and not result.findings
    assert [f.rule for f in run_rules(subject(), rules, selected={"y"}).findings] == ["y.c"]
    assert [f.rule for f in run_rules(subject(), rules, selected=Selection(ignore=frozenset({"x"}))).findings] == ["y.c"]
    assert run_rules(subject(), rules, selected=()).outcomes == ()


def test_severity_comes_from_the_hit_then_the_variant_then_the_rule() -> None:
    variants = {"v": Variant(severity=Severity.NOTE, message=text("另一种"))}
    hits = (hit(4), hit(5, variant="v"), hit(6, variant="v", severity=Severity.ERROR), hit(7, review=True))
    findings = run_rules(subject(), [rule("x.a", Says(found=hits), variants=variants)]).findings
    assert [(f.severity, f.review, f.message["zh"]) for f in findings] == [
        (Severity.WARNING, False, "现状"), (Severity.NOTE, False, "另一种"),
        (Severity.ERROR, False, "另一种"), (Severity.NOTE, True, "现状"),
    ]  # fmt: skip


def test_messages_speak_the_forms_labels_in_both_languages() -> None:
    found = hit(
        cell=Cell(table="t", row="r", column="b"), expected="8", actual="3", facts={"who": {"zh": "甲", "en": "A"}, "of": ("一", "二")}
    )
    message = {"zh": "{table}“{row}”行“{column}”列：应 {expected}，填 {actual}，{who}，{of}，{{}}", "en": "{table}, {who}, {of}"}
    finding = run_rules(subject(), [rule("x.a", Says(found=(found,)), message=message)]).findings[0]
    assert finding.message == {
        "zh": f"{ROW_B}：应 8，填 3，甲，一、二，{{}}",
        "en": "the table of section 2, A, 一, 二",
    }
    assert finding.place["zh"] == ROW_B


def test_an_ambiguous_label_is_said_with_its_band() -> None:
    finding = run_rules(subject(), [rule("x.a", Says(found=(hit(cell=Cell(table="t", row="s")),)))]).findings[0]
    assert finding.place["zh"] == "第二部分表格“（六）其他处理3.其他”行"


@pytest.mark.parametrize(("line", "place"), [(2, "正文开头"), (3, "第一部分"), (5, "第一部分"), (7, "第二部分"), (1, "第 1 行")])
def test_the_place_is_said_in_the_reports_words(line: int, place: str) -> None:
    assert run_rules(subject(), [rule("x.a", Says(found=(hit(line),)))]).findings[0].place["zh"] == place


def test_the_location_is_the_contracts() -> None:
    place = run_rules(subject(), [rule("x.a", Says(found=(hit(4, 4, 8),)))]).findings[0].location
    assert (place.line, place.offset, place.length, place.excerpt) == (4, 5, 8, "字到行尾接着第二")
    assert (place.heading, place.section, place.table) == ("一、总体情况", 1, None)


def test_private_words_are_masked() -> None:
    found = Hit(spot=Spot(block=BLOCKS[6], start=0, length=11, private=True))
    finding = run_rules(subject(), [rule("x.a", Says(found=(found,)), message=text("有号码 {excerpt}"))]).findings[0]
    assert finding.location.excerpt == "138******34" and finding.message["zh"] == "有号码 138******34"


def test_findings_stand_in_order_of_line_offset_and_rule() -> None:
    rules = [rule("x.b", Says(found=(hit(7), hit(4, 2, 1), hit(4, 1, 1)))), rule("x.a", Says(found=(hit(4, 1, 1),)))]
    found = [(f.location.line, f.location.offset, f.rule) for f in run_rules(subject(), rules).findings]
    assert found == [(4, 2, "x.a"), (4, 2, "x.b"), (4, 3, "x.b"), (7, 1, "x.b")]


def test_a_failed_sum_knows_its_rule() -> None:
    found = hit(sum=Sum(rule="", row="r", column=None, expected=8, actual=3))
    assert run_rules(subject(), [rule("totals.a", Says(found=(found,)))]).findings[0].sums[0].rule == "totals.a"


def test_rules_of_series_and_county_are_not_asked_of_one_report() -> None:
    assert run_rules(subject(), [rule("series.a", Crash(), scope="series")]).outcomes == ()


def test_what_a_reader_noticed_is_said_at_its_line() -> None:
    noticed = (Observation(code="empty", line=4, detail={"count": 2}), Observation(code="other"))
    findings = run_rules(subject(observations=noticed), [rule("input.a", Observed(codes=("empty",)), message=text("{count} 处"))]).findings
    assert [(f.location.line, f.message["zh"]) for f in findings] == [(4, "2 处")]


def test_what_is_known_without_opening_reports_comes_first_and_opens_none() -> None:
    opened: list[int] = []

    def open_() -> Subject:
        opened.append(1)
        return subject()

    sure, open_rule = rule("series.b", Crash(), scope="series"), rule("series.a", Says(found=(hit(),)), scope="series")
    known = {"series.b": Outcome(rule="series.b", answer=Answer.PASS)}
    rules = [open_rule, sure, rule("series.c", Crash(), scope="series"), rule("x.a", Crash())]
    result = run_series(open_, rules, {"series.a", "series.b"}, lambda one: known.get(one.id))
    assert [(one.rule, one.answer) for one in result.outcomes] == [("series.b", Answer.PASS), ("series.a", Answer.FAIL)]
    assert opened == [1]
    assert run_series(open_, rules, {"series.b"}, lambda one: known.get(one.id)).outcomes == (known["series.b"],) and opened == [1]


def test_a_rule_about_what_is_accepted_that_breaks_costs_its_answer_alone() -> None:
    found = (Hit(spot=Spot(), facts={"line": 9}), Skip(reason=text("一部分")))
    rules = [
        rule("config.b", Crash(), scope="config"),
        rule("config.a", Says(found=found), scope="config"),
        rule("county.a", Crash(), scope="county"),
    ]
    result = run_set(Acceptance(), rules, {"config.a", "config.b", "county.a"})
    assert [(one.rule, one.answer) for one in result.outcomes] == [("config.b", Answer.ERROR), ("config.a", Answer.FAIL)]
    assert [one.location.line for one in result.findings] == [9] and [(one.rule, one.path) for one in result.broken] == [("config.b", None)]

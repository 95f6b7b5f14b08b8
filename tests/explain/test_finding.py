"""Which figure is wrong: one story for one cause, all smallest explanations, nobody accused without reason."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.explain.sums_by_hand import COLUMNS, at, book, results, run, section3, sound
from validator.explain import explain
from validator.model import Cell, Evidence, Finding

REVIEW = ("review", "litigation_direct", "litigation_after_review")
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


def told(form: str, printed: dict, evidence: dict[Cell, tuple[Evidence, ...]] | None = None) -> tuple[Finding, ...]:
    """The findings of a report after explanation."""
    made, findings, identities = run(form, printed)
    return explain(findings, made.figures, identities, book().tables.explain, evidence)


def town() -> dict[tuple[str, str], object]:
    """A small sound section 3 on the 2021 form."""
    rows = ("new", "carried_in", *results("2021"), "total", "carried_out")
    values: dict[tuple[str, str], object] = {(row, column): 0 for row in rows for column in COLUMNS}
    values |= {("new", "natural_person"): 12, ("new", "total"): 14, ("new", "business"): 2, ("total", "natural_person"): 12}
    values |= {("granted", "natural_person"): 12, ("partial", "business"): 2, ("total", "business"): 2, ("total", "total"): 14}
    return values | {("granted", "total"): 12, ("partial", "total"): 2}


def review(**cells: object) -> dict[tuple[str, str, str], object]:
    """Section 4, zero but for the cells given as row__column."""
    values: dict[tuple[str, str, str], object] = {("review", row, column): 0 for row in REVIEW for column in OUTCOMES}
    return values | {("review", *name.split("__")): value for name, value in cells.items()}  # type: ignore[misc]


def sets(finding: Finding) -> list[set[Cell]]:
    return [{change.cell for change in changes} for changes in finding.explanations]


def test_one_wrong_part_is_one_story_with_a_suspect() -> None:
    (found,) = told("2021", section3(town() | {("granted", "natural_person"): 21}))
    assert [(s.rule, s.row, s.column) for s in found.sums] == [
        ("totals.results", None, "natural_person"),
        ("totals.row-total", "granted", None),
    ]
    assert found.rule == "totals.results"
    assert found.suspect is not None
    assert (found.suspect.cell, found.suspect.actual, found.suspect.expected) == (at("granted", "natural_person"), 21, 12)
    assert found.explanations == ((found.suspect,),) and not found.more
    assert "填 21" in found.message["zh"] and "若为 12" in found.message["zh"] and "颠倒" in found.message["zh"]
    assert found.place["zh"] == "第三部分表格“（一）予以公开”行“自然人”列"
    assert "不要为凑平而改" in found.advice["zh"]
    assert found.basis[-1].kind == "logic"


def test_a_wrong_grand_total_breaks_three_sums_in_the_order_of_the_contract() -> None:
    (found,) = told("2021", section3(town() | {("total", "total"): 140}))
    assert [s.rule for s in found.sums] == ["totals.balance", "totals.results", "totals.row-total"]
    assert found.suspect is not None and found.suspect.expected == 14
    assert "一个 0" in found.message["zh"] or " 0" in found.message["zh"]


def test_two_independent_errors_are_two_findings() -> None:
    found = told("2021", section3(town() | {("granted", "natural_person"): 15, ("carried_out", "business"): 7}))
    assert len(found) == 2
    assert {f.suspect.cell for f in found if f.suspect} == {at("granted", "natural_person"), at("carried_out", "business")}


def test_two_errors_that_could_be_crossed_stay_together_and_nobody_is_suspected() -> None:
    values = dict(sound(random.Random(4), "2021", 3))
    wrong = {key: values[key] + 1 for key in (("granted", "natural_person"), ("partial", "business"))}
    (found,) = told("2021", section3(values | wrong))
    assert found.suspect is None and len(found.sums) == 4
    assert {at("granted", "natural_person"), at("partial", "business")} in sets(found)
    assert {at("granted", "business"), at("partial", "natural_person")} in sets(found)


def test_a_figure_that_would_be_negative_is_no_explanation() -> None:
    wrong = town() | {("granted", "natural_person"): 13, ("partial", "research"): 1}
    found = told("2021", section3(wrong))  # crossed, it would take one from the zeros beside
    assert {f.suspect.cell for f in found if f.suspect} == {at("granted", "natural_person"), at("partial", "research")}


def test_an_application_in_the_wrong_column_names_both_columns_and_the_row_only_where_it_is_certain() -> None:
    moved = town() | {("partial", "business"): 1, ("partial", "research"): 1}
    (found,) = told("2021", section3(moved))
    assert [s.rule for s in found.sums] == ["totals.results", "totals.results"]
    assert found.suspect is None and sets(found) == [{at("partial", "business"), at("partial", "research")}]
    assert "“商业企业”“科研机构”" in found.message["zh"] and "（“（二）部分公开”行）" in found.message["zh"]
    both = moved | {("granted", "research"): 3, ("granted", "total"): 15, ("total", "research"): 3, ("total", "total"): 17}
    both |= {("new", "research"): 3, ("new", "total"): 17}
    (found,) = told("2021", section3(both))
    assert len(found.explanations) == 2 and "行）" not in found.message["zh"]


def test_a_blank_part_that_should_hold_a_figure_is_named() -> None:
    (found,) = told("2021", section3(town() | {("granted", "natural_person"): ""}))
    assert found.suspect is not None and found.suspect.actual is None and found.suspect.expected == 12
    assert found.message["zh"].startswith("未填")


def test_a_missing_row_is_not_guessed() -> None:
    values = {key: value for key, value in town().items() if key[0] != "partial"}
    found = told("2021", section3(values | {("granted", "natural_person"): 15}))
    cells = {change.cell for f in found for changes in f.explanations for change in changes}
    assert all(cell.row != "partial" for cell in cells)
    assert [f.rule for f in found] == ["totals.row-total"]  # the results cannot be judged without the row
    assert found[0].suspect is None and len(found[0].explanations) == 2  # a part or the total; parts of zero cannot be lowered


def test_more_than_four_wrong_figures_leave_every_failed_sum_by_itself() -> None:
    wrong = zip(results("2021"), ("research", "business") * 6, strict=False)
    values = town() | {cell: 5 + n for n, cell in enumerate(wrong)}
    made, findings, identities = run("2021", section3(values))
    assert explain(findings, made.figures, identities, book().tables.explain) == findings
    assert len(findings) > 4 and all(not f.explanations and f.suspect is None for f in findings)


def test_section_four_gives_a_part_or_its_total_and_suspects_nobody() -> None:
    (found,) = told("2021", review(review__upheld=3, review__total=1))
    assert found.rule == "totals.review" and found.suspect is None
    assert sets(found) in (
        [{at("review", "upheld", "review")}, {at("review", "total", "review")}],
        [{at("review", "total", "review")}, {at("review", "upheld", "review")}],
    )
    assert found.message["zh"] == "totals.review 不平"  # one failed sum speaks for itself


def test_the_text_decides_a_tie_and_is_named() -> None:
    heard = {at("review", "upheld", "review"): (Evidence(value=1, source={"zh": "正文“结果维持1件”", "en": "the text"}),)}
    (found,) = told("2021", review(review__upheld=3, review__total=1), heard)
    assert found.suspect is not None and found.suspect.cell == at("review", "upheld", "review")
    assert "正文“结果维持1件”也是 1" in found.message["zh"] and "the text also says 1" in found.message["en"]
    assert found.explanations[0] == (found.suspect,) and len(found.explanations) == 2


def test_last_year_speaks_against_the_figure_it_contradicts() -> None:
    heard = {at("review", "upheld", "review"): (Evidence(value=3, source={"zh": "正文", "en": "the text"}),)}
    (found,) = told("2021", review(review__upheld=3, review__total=1), heard)
    assert sets(found)[0] == {at("review", "total", "review")}


def test_three_rows_of_section_four_are_three_findings() -> None:
    found = told("2021", review(review__upheld=3, litigation_direct__total=2, litigation_after_review__other=1))
    assert [f.rule for f in found] == ["totals.litigation-after-review", "totals.litigation-direct", "totals.review"]


def test_a_sum_that_is_not_reported_still_helps_and_is_not_told() -> None:
    made, findings, identities = run("2021", section3(town() | {("granted", "natural_person"): 21}))
    chosen = tuple(f for f in findings if f.rule == "totals.row-total")
    (found,) = explain(chosen, made.figures, identities, book().tables.explain)
    assert [s.rule for s in found.sums] == ["totals.row-total"]
    assert found.suspect is not None and found.suspect.cell == at("granted", "natural_person")


def test_findings_of_other_kinds_and_sound_reports_come_back_as_they_are() -> None:
    made, findings, identities = run("2021", section3(town()))
    assert findings == ()
    assert explain((), made.figures, identities, book().tables.explain) == ()
    made, findings, identities = run("2021", section3(town() | {("total", "total"): 15}))
    other = replace(findings[0], rule="table.blank-figure", sums=(), identities=())
    found = explain((other, *findings), made.figures, identities, book().tables.explain)
    assert found[0] == other and len(found) == 2


def test_blank_totals_are_no_errors_and_do_not_hide_the_wrong_part() -> None:
    values = town() | {(row, "total"): "" for row in results("2021")}
    assert told("2021", section3(values)) == ()
    (found,) = told("2021", section3(values | {("granted", "natural_person"): 9}))
    assert sorted(map(list, sets(found))) == sorted([at(row, "natural_person")] for row in results("2021"))
    assert found.suspect is None  # without row totals any result of the column could be too low
    (found,) = told("2021", section3(values | {("granted", "natural_person"): 15}))
    assert found.suspect is not None and found.suspect.cell == at("granted", "natural_person")  # zeros cannot be too high


def test_many_explanations_are_cut_at_two_hundred_and_said_to_be_more() -> None:
    rnd = random.Random(5)
    values: dict[tuple[str, str], object] = dict(sound(rnd, "2021", 3))
    values |= {(row, "total"): "" for row in results("2021")}
    for key, less in ((("granted", "natural_person"), 1), (("partial", "business"), 2)):
        values[key] = int(str(values[key])) + 5 - less
        for total in (("total", key[1]), ("total", "total"), ("new", key[1]), ("new", "total")):
            values[total] = int(str(values[total])) + 5
    found = told("2021", section3(values))
    assert any(f.more and len(f.explanations) == 200 and f.suspect is None for f in found)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (1223, "；可能多打了一位"),
        (1230, "；可能多写或少写一个 0"),
        (13, "；可能漏了一位"),
        (132, "；可能是两位数字颠倒"),
        (77, "改法）"),
    ],
)
def test_how_people_err_is_said(wrong: int, words: str) -> None:
    values = {key: 123 if value == 12 else value for key, value in town().items()}
    values |= {("new", "total"): 125, ("total", "total"): 125}
    (found,) = told("2021", section3(values | {("granted", "natural_person"): wrong}))
    assert found.message["zh"].endswith(words)


def test_a_partial_disclosure_counted_twice_is_said() -> None:
    values = town() | {("granted", "natural_person"): 14, ("partial", "natural_person"): 2, ("partial", "total"): 4}
    values |= {("total", "natural_person"): 14, ("total", "total"): 16, ("new", "natural_person"): 14, ("new", "total"): 16}
    (found,) = told("2021", section3(values))
    assert found.suspect is not None and found.suspect.expected == 12
    assert "“（二）部分公开”行重复计数" in found.message["zh"]


def test_partial_disclosures_that_every_column_has_too_many_are_said() -> None:
    values = town() | {("granted", "natural_person"): 12, ("partial", "natural_person"): 5, ("partial", "total"): 7}
    (found,) = told("2021", section3(values))  # 部分公开 is counted, and so is its other result
    assert [s.column for s in found.sums] == ["natural_person", "total"]
    assert "多出的正好是“（二）部分公开”行的数" in found.message["zh"] and found.suspect is None
    both = town() | {("partial", "natural_person"): 4, ("partial", "business"): 0, ("partial", "total"): 4}
    both |= {("granted", "natural_person"): 12, ("granted", "business"): 2, ("granted", "total"): 14}
    (found,) = told("2021", section3(both))
    assert [(s.rule, s.column) for s in found.sums] == [("totals.results", "natural_person"), ("totals.results", "total")]
    assert "多出的正好是“（二）部分公开”行的数" in found.message["zh"] and found.suspect is None


def test_messages_hold_both_languages_and_the_same_input_gives_the_same_story() -> None:
    rnd = random.Random(11)
    for _ in range(60):
        values: dict[tuple[str, str], object] = dict(sound(rnd, "2021", rnd.choice((0, 4))))
        for key in rnd.sample(sorted(values), rnd.randint(1, 4)):
            values[key] = rnd.randint(0, 50)
        first, second = told("2021", section3(values)), told("2021", section3(values))
        assert first == second
        assert all(set(f.message) == {"zh", "en"} and "{" not in f.message["zh"] + f.message["en"] for f in first)

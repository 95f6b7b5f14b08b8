"""Which reports of a set are told to be the same, and how a rule tells it."""

from __future__ import annotations

import random
from functools import cache
from itertools import combinations

import pytest

from benchmarks import making_reports as made
from tests.support import book
from validator.checks.county.copied_from_last_year import CopiedText, passages, percent, spot
from validator.forms.read_tables import measure
from validator.model import Hit, Sketch, Skip, Subject
from validator.pipeline.check_file import understand
from validator.readers import read_documents
from validator.roster.units import judge_unit
from validator.similarity.own_text import parts_of, setting, unit_names
from validator.similarity.pairs import common_of
from validator.similarity.share import compare
from validator.similarity.similar_reports import Opened, Twins, likely, twins
from validator.similarity.sketch import sketch_of


@cache
def subject(text: str, before: str = "") -> Subject:
    report = understand(read_documents(text.encode(), "report.txt")[0], book())
    return Subject(
        report=report,
        figures=measure(report, book().forms, year=report.year),
        unit=judge_unit(report.unit, book().tables["units"]),
        tables=book().tables,
        before=subject(before) if before else None,
    )


def sketch(text: str) -> Sketch:
    return sketch_of(parts_of(subject(text).report, _setting(text)), 100)


def found_in(texts: list[str], **options: float) -> list[Twins]:
    """The twins of a set, as a rule with these options finds them."""

    def opened(place: int) -> Opened:
        one = subject(texts[place])
        return Opened(report=one.report, figures=one.figures, names=unit_names(one.unit))

    measure = CopiedText(**options).measure  # type: ignore[arg-type]
    return twins(likely([sketch(text) for text in texts], measure), opened, book().tables["copying"], measure)


@cache
def county() -> tuple[dict[str, str], dict[str, str]]:
    """The texts of forty units in two years, by unit."""
    units, reports = made.county(40, (2022, 2023), seed=7)
    return tuple({unit.name: made.printed(reports[unit.name, year]) for unit in units} for year in (2022, 2023))  # type: ignore[return-value]


def copied(text: str, source: str, *headings: str) -> str:
    """The report with whole parts of another's."""
    order = ["一、总体情况", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]

    def part(of: str, heading: str) -> str:
        following = order[order.index(heading) + 1]
        return of[of.index("\n" + heading) : of.index("\n" + following)]

    for heading in headings:
        text = text.replace(part(text, heading), part(source, heading))
    return text


FIVE, ONE = "五、存在的主要问题及改进情况", "一、总体情况"


def test_reports_of_different_clerks_are_no_twins() -> None:
    assert found_in(list(county()[1].values())) == []


def test_planted_copies_are_found_with_the_part_and_the_share() -> None:
    texts = list(county()[1].values())
    texts[20] = copied(texts[20], texts[10], FIVE)
    texts[31] = copied(texts[31], texts[30], ONE, FIVE)
    first, second = found_in(texts)
    assert {first.first, first.second} == {10, 20} and {second.first, second.second} == {30, 31}
    assert [one.part.number for one in first.copied] == [5]
    assert sorted(one.part.number for one in second.copied) == [1, 5]
    assert all(percent(one) >= 95 for pair in (first, second) for one in pair.copied)
    assert first.alike == 2


def test_the_pairs_are_those_of_comparing_all_with_all() -> None:
    """Recall of the index against the exact measure, on copies of every degree."""
    rnd = random.Random(11)
    texts = list(county()[1].values())
    for place in range(5, 40, 5):  # from a twentieth to all of section 5, clause by clause
        start, end = (text.index("\n六、") for text in (texts[place], texts[place - 1]))
        mine, theirs = texts[place][texts[place].index("\n五、") : start], texts[place - 1][texts[place - 1].index("\n五、") : end]
        pieces = [rnd.choice(pair) for pair in zip(mine.split("，"), theirs.split("，"), strict=False)]
        texts[place] = texts[place].replace(mine, "\n五、存在的主要问题及改进情况\n" + "，".join(pieces[1:]) + "。")
    exact, common = set(), common_of([sketch(text) for text in texts], 30, 3)
    for one, two in combinations(range(len(texts)), 2):
        a, b = subject(texts[one]), subject(texts[two])
        names = (*unit_names(a.unit), *unit_names(b.unit))
        mine_, yours = (parts_of(each.report, setting(book().tables["copying"], each.figures, *names)) for each in (a, b))
        pairs = [(part, yours) for part in mine_] + [(part, mine_) for part in yours]
        if any(CopiedText(limit=30).measure.fires(compare(part, others, common.sentences)) for part, others in pairs):
            exact.add((one, two))
    told = {tuple(sorted((pair.first, pair.second))) for pair in found_in(texts, limit=30)}
    assert len(exact) >= 3
    assert told <= exact
    assert {place for pair in exact for place in pair} == {place for pair in told for place in pair}


def test_one_text_of_three_units_is_told_of_each() -> None:
    texts = list(county()[1].values())
    for place in (3, 9):
        texts[place] = copied(texts[place], texts[6], FIVE)
    # three of forty are less than what makes a sentence nobody's
    told = found_in(texts)
    assert {place for pair in told for place in (pair.first, pair.second)} == {3, 6, 9}
    assert all(pair.alike == 3 for pair in told)


def test_what_a_third_of_the_set_has_is_nobodys() -> None:
    texts = list(county()[1].values())
    for place in range(2, 16):
        texts[place] = copied(texts[place], texts[1], FIVE)
    assert found_in(texts) == []
    assert len(found_in(texts, common=60)) >= 7


@pytest.mark.parametrize("limit", [40, 99])
def test_the_limit_can_be_set(limit: float) -> None:
    texts = list(county()[1].values())
    texts[20] = copied(texts[20], texts[10], FIVE).replace("；二是", "；二是因为历年的老办法一直没有人肯去动它，新来的人又不敢改，")
    texts[10] = texts[10].replace("；二是", "；二是轮岗以后台账放在前任的抽屉里，谁也没想起来去拿，")
    assert len(found_in(texts, limit=limit)) == (limit == 40)


# ------------------------------------------------------------------------------------------------ last year


def test_last_years_section_is_found_and_where() -> None:
    last, this = ([*texts.values()][7] for texts in county())
    hits = list(CopiedText().run(subject(copied(this, last, FIVE), last)))
    (hit,) = hits
    assert isinstance(hit, Hit) and hit.spot.section == 5
    assert hit.facts["last_year"] == 2022 and hit.facts["percent"] == 100 and hit.facts["paragraphs"] == 2
    assert hit.spot.block is not None and hit.spot.block.text[hit.spot.start :] and hit.spot.length > 10


def test_a_new_text_passes() -> None:
    for last, this in zip(*(texts.values() for texts in county()), strict=True):
        assert list(CopiedText().run(subject(this, last))) == []


def test_without_last_years_report_nothing_is_judged() -> None:
    (skip,) = CopiedText().run(subject([*county()[1].values()][3]))
    assert isinstance(skip, Skip)


def test_what_is_too_short_is_not_judged() -> None:
    title = "云岭县青石镇人民政府2023年政府信息公开工作年度报告"
    text = f"{title}\n一、总体情况\n今年做得不错。\n五、存在的主要问题及改进情况\n更新慢，要改进。\n"
    (skip,) = CopiedText().run(subject(text, text.replace("2023", "2022")))
    assert isinstance(skip, Skip)


def test_quotes_are_short_and_tell_no_long_number() -> None:
    last = [*county()[0].values()][7].replace("一是", "一是电话13812345678打不通的问题没有人管，")
    this = copied([*county()[1].values()][7], last, FIVE)
    found = [compare(part, parts_of(subject(last).report, _setting(last))) for part in parts_of(subject(this).report, _setting(this))]
    (five,) = [one for one in found if one.part.number == 5]
    assert passages(five) and all(len(words) <= 16 and "1381234" not in words for words in passages(five))
    assert spot(five).block is not None


def _setting(text: str):  # type: ignore[no-untyped-def]
    one = subject(text)
    return setting(book().tables["copying"], one.figures, *unit_names(one.unit))

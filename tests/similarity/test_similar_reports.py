"""Which reports of a set are told to be the same, and how a rule tells it."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from tests.similarity.county import FIVE, ONE, copied, county, setting_of, subject
from tests.support import book
from validator.checks.county.copied_from_last_year import CopiedText, percent
from validator.model import Sketch
from validator.similarity.own_text import excluded_text, parts_of, unit_names
from validator.similarity.pairs import common_of
from validator.similarity.share import compare
from validator.similarity.similar_reports import OpenedReport, SimilarPair, likely_pairs, similar_pairs
from validator.similarity.sketch import sketch_of


def sketch(text: str) -> Sketch:
    return sketch_of(parts_of(subject(text).report, setting_of(text)), 100)


def found_in(texts: list[str], **options: float) -> list[SimilarPair]:
    """The twins of a set, as a rule with these options finds them."""

    def opened(place: int) -> OpenedReport:
        one = subject(texts[place])
        return OpenedReport(report=one.report, figures=one.figures, names=unit_names(book().tables.copying, one.unit))

    measure = CopiedText(**options).measure  # type: ignore[arg-type]
    return similar_pairs(likely_pairs([sketch(text) for text in texts], measure), opened, book().tables.copying, measure)


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
        names = (*unit_names(book().tables.copying, a.unit), *unit_names(book().tables.copying, b.unit))
        mine_, yours = (parts_of(each.report, excluded_text(book().tables.copying, each.figures, *names)) for each in (a, b))
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

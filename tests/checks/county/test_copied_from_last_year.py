"""Parts that stand in last year's report of the same unit."""

from __future__ import annotations

from tests.similarity.county import FIVE, copied, county, setting_of, subject
from validator.checks.county.copied_from_last_year import CopiedText, passages, spot
from validator.model import Hit, Skip
from validator.similarity.own_text import parts_of
from validator.similarity.share import compare


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
    found = [compare(part, parts_of(subject(last).report, setting_of(last))) for part in parts_of(subject(this).report, setting_of(this))]
    (five,) = [one for one in found if one.part.number == 5]
    assert passages(five) and all(len(words) <= 16 and "1381234" not in words for words in passages(five))
    assert spot(five).block is not None

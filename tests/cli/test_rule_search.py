"""`nianbao rules 电话`: rules found by a word."""

from __future__ import annotations

import pytest

from validator.cli import main as cli
from validator.cli.rule_search import found, looks_like_id
from validator.model import Book


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["rules", *words])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_rules_are_listed_with_their_severity_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "电话")
    *rows, blank, last = out.splitlines()
    ids = [row.split()[0] for row in rows]
    assert status == 0 and "contact.missing-phone" in ids and "contact.mobile-phone" in ids and "totals.balance" not in ids
    assert all(row.split()[1] in ("必须改", "请核实", "供参考") for row in rows)
    assert blank == "" and f"{len(rows)} 条" in last


def test_titles_stand_before_what_is_said(book: Book) -> None:
    ids = [rule.id for rule in found(book.rules, ["电话"])]
    named = [("电话" in rule.title["zh"]) for rule in found(book.rules, ["电话"])]
    assert named == sorted(named, reverse=True) and False in named and len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["年年相同"], "series.copied"),
        (["信息处理费"], "structure.missing-fee-statement"),
        (["PHONE"], "contact.missing-phone"),
        (["逾期"], "deadline.late"),
    ],
)
def test_what_a_rule_says_and_why_is_searched_in_both_languages(words: list[str], rule: str, book: Book) -> None:
    assert rule in [each.id for each in found(book.rules, words)]


def test_several_words_must_all_be_there(book: Book) -> None:
    both = {rule.id for rule in found(book.rules, ["电话", "手机"])}
    assert both and both < {rule.id for rule in found(book.rules, ["电话"])}


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "鲸鱼")
    assert status == 2 and out == "" and "“鲸鱼”" in err
    status, out, err = run(capsys, "鲸鱼", "--lang", "en")
    assert status == 2 and "no rule" in err


def test_an_id_shows_its_page_and_a_mistaken_one_its_neighbours(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "contact.missing-phone")
    assert status == 0 and out.startswith("contact.missing-phone") and "怎么改" in out
    status, out, err = run(capsys, "contact.missing-fone")
    assert status == 2 and out == "" and "contact.missing-phone" in err
    assert looks_like_id("contact.missing-fone") and not looks_like_id("电话") and not looks_like_id("2.5")

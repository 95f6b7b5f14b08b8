"""Strings made of an expression's own parts: what is slow on them is told from what is not, under any load of the machine."""

from __future__ import annotations

import re

import pytest

from validator.base.pumping import MOST_EXPONENT, all_found, growth, pumps

#: Expressions known to be slow, by the kind of mistake.
SLOW = {
    "a delimited span that takes its opener": ["《[^》]*》", r"\([^)]*\)", "<[^>]*>", "“.*?”", "(?s)【.*?】", r"<!--(?:[^-]|-(?!->))*-->"],
    "a repeat at the beginning that fails late": [
        "a*b",
        r"\s*：",
        r"\s*,\s*",
        r"\s+$",
        r"\d+年",
        "[^。]*申请",
        "[一-龥]+局$",
        r"[\s\u3000]+第",
    ],
    "the same, lazy": [".*?乙", r"\d+?年", "[^。]*?申请"],
    "the same, of groups": ["(?:甲|乙)*丙", "(?:ab?)*c", r"(?:\d+,)*\d+元", "(?:政府|信息)+公开", r"[a-z]+(?:\.[a-z]+)+"],
    "the same, behind something that may be missing": ["x?y*z", "(?:第)?[一二三]*条", "《?[^》]*》"],
    "after a word that comes again": ["甲[^。]*乙", "收到.*件", "(?:电话|传真).*[0-9]"],
    "repeats side by side": ["a*a*b", r"x\s*-?\s*y", r"[-+\d]*\d[-+\d]*元", ".*甲.*乙.*丙", r"\w+\s*\w+\s*："],
    "a repeat in a repeat": ["(a+)+b", "(a+)+$", "(.*)*乙", "(甲|甲甲)+$", "(a|a)*$", r"([^\s]+\s?)+："],
    "a look ahead or behind": ["(?=.*x)a", "甲(?!.*乙)", "(?!.*丙)甲", "(?<!乙)甲*丙"],
    "something said again": [r"(\d+)\1年", r"(?P<a>[^,]+),(?P=a)", r"(.+)\1"],
    "quotation with escapes": [r'"(?:[^"\\]|\\.)*"', r"'(?:\\.|[^'])*'"],
    "a bound so large that it is none": [".{0,9000}乙"],
    "options": ["(?i)a*B", r"(?m)^\s+甲", r"(?x) \d+ \s* 年"],
    "as they once stood in the program": [
        r"\d{1,2}月(?:至|到|-+|~|截?止(?:至|到|于)?|—+)+\d", r"""["'\s]*(?:wingdings|webdings|zapf ?dingbats)""",
        r"width\s*:\s*([\d.]+)\s*(px|em|rem)?\s*\)",
    ],
}  # fmt: skip


@pytest.mark.parametrize("source", [source for kind in SLOW.values() for source in kind])
def test_what_grows_faster_than_in_proportion_is_found(source: str) -> None:
    worst = growth(all_found(re.compile(source)), source, glance=True)
    assert worst is not None and (worst.exponent > MOST_EXPONENT or worst.seconds > 1), worst


@pytest.mark.parametrize("source", [kind[0] for kind in SLOW.values()])
def test_on_all_strings_too(source: str) -> None:
    worst = growth(all_found(re.compile(source)), source, length=12_000)
    assert worst is not None and (worst.exponent > MOST_EXPONENT or worst.seconds > 1), worst


@pytest.mark.parametrize("source", ["(a+)+$", r"\d*\s*\d*：", "(?:甲|甲甲)*乙", "a*a*b"])
def test_what_is_slow_from_one_place_is_found_in_a_match_too(source: str) -> None:
    assert growth(re.compile(source).match, source, glance=True) is not None


@pytest.mark.parametrize(
    "source",
    [
        "《[^《》]*》", r"\([^()]*\)", r"(?<!\s)\s+$", "(?:a|b)+", "甲.{0,20}乙", r"\d{1,12}年", r"(?:https?://)?www\.[\w./-]+",
        "(政府信息|公开)+",
        r"收到[^,。]{0,30}件", r"x\s*(?:-\s*)?y", "[^。]{0,40}?申请", "(?:县|区|市)(?:人民)?政府",
    ],
)  # fmt: skip
def test_what_grows_in_proportion_passes(source: str) -> None:
    assert growth(all_found(re.compile(source)), source, glance=True) is None
    assert growth(all_found(re.compile(source)), source, length=16_000) is None


def test_what_is_asked_at_one_place_alone_may_be_slow_elsewhere() -> None:
    pattern = re.compile(r"\s*,\s*")
    assert growth(pattern.match, pattern.pattern) is None and growth(all_found(pattern), pattern.pattern) is not None


def test_strings_are_made_of_the_expressions_parts() -> None:
    assert {("", "《"), ("", "》"), ("", "《文")} <= set(pumps("《[^》]*》"))
    assert ("甲", "乙") in pumps("甲(?:乙)*丙") and ("", "甲乙") in pumps("甲(?:乙)*丙")
    assert pumps("(") == [] == pumps("")

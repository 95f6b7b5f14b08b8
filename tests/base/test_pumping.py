"""Strings made of an expression's own parts: what is slow on them is told from what is not, under any load of the machine."""

from __future__ import annotations

import re

import pytest

from validator.base.pumping import MOST_EXPONENT, all_found, growth, pumps


@pytest.mark.parametrize(
    "source",
    [
        "《[^》]*》", r"\([^)]*\)", r"\s*,\s*", r"\s+$", "a*a*b", "(a+)+b", "(甲|甲甲)+$", "(.*)*乙", ".*甲.*乙.*丙", "(?=.*x)a", r"\d+年",
        r"[a-z]+(?:\.[a-z]+)+", r"<[^>]*>", r"x\s*-?\s*y", "甲[^。]*乙", r"[-+\d]*\d[-+\d]*元",
    ],
)  # fmt: skip
def test_what_grows_faster_than_in_proportion_is_found(source: str) -> None:
    worst = growth(all_found(re.compile(source)), source, length=12_000)
    assert worst is not None and (worst.exponent > MOST_EXPONENT or worst.seconds > 1), worst


@pytest.mark.parametrize(
    "source",
    [
        "《[^《》]*》", r"\([^()]*\)", r"(?<!\s)\s+$", "(?:a|b)+", "甲.{0,20}乙", r"\d{1,12}年", r"(?:https?://)?www\.[\w./-]+",
        "(政府信息|公开)+",
        r"收到[^,。]{0,30}件", r"x\s*(?:-\s*)?y", "[^。]{0,40}?申请", "(?:县|区|市)(?:人民)?政府",
    ],
)  # fmt: skip
def test_what_grows_in_proportion_passes(source: str) -> None:
    assert growth(all_found(re.compile(source)), source) is None


def test_what_is_asked_at_one_place_alone_may_be_slow_elsewhere() -> None:
    pattern = re.compile(r"\s*,\s*")
    assert growth(pattern.match, pattern.pattern) is None and growth(all_found(pattern), pattern.pattern) is not None


def test_strings_are_made_of_the_expressions_parts() -> None:
    assert {("", "《"), ("", "》"), ("", "《文")} <= set(pumps("《[^》]*》"))
    assert ("甲", "乙") in pumps("甲(?:乙)*丙") and ("", "甲乙") in pumps("甲(?:乙)*丙")
    assert pumps("(") == [] == pumps("")

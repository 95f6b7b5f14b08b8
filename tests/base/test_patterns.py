"""Expressions of tables: compiled when first used, small and large letters apart unless the table's key is another."""

from __future__ import annotations

import re

import pytest

from validator.base.patterns import AnyCase, TablePattern


def test_it_searches_as_re_does() -> None:
    pattern = TablePattern("[甲乙]+")
    for _ in range(2):  # before and after it asks the compiled one directly
        assert pattern.search("丙甲乙", 1) and not pattern.search("甲丙", 1)
        assert pattern.match("丙甲", 1) and not pattern.match("丙甲")
        assert pattern.fullmatch("甲乙") and not pattern.fullmatch("甲丙")
        assert [found[0] for found in pattern.finditer("甲丙乙乙")] == ["甲", "乙乙"]
        assert pattern.sub("·", "甲丙乙乙") == "·丙·"


def test_case_counts_but_where_the_kind_says_otherwise() -> None:
    assert not TablePattern("qq").search("QQ") and AnyCase("qq").search("QQ")
    assert TablePattern("a") == TablePattern("a") != AnyCase("a")


def test_a_mistake_is_told_when_it_is_compiled() -> None:
    broken = TablePattern("a(")
    with pytest.raises(re.error):
        broken.search("a")

"""Expressions kept compiled are the expressions; what is spoilt is compiled anew."""

from __future__ import annotations

import json
import re

import pytest

from validator.base import regex_cache
from validator.base.regex_cache import expression

SOURCES = [
    ("[一二三四五六七八九十]{1,3}[、.](?!\\d)", 0),
    ("(?P<year>20\\d\\d)年(?P<rest>.*?)(?:。|$)", 0),
    ("(?<![十第])是|(a|b)+?\\1", re.IGNORECASE),
    ("[\u4e00-\u9fff]+", re.DOTALL),
    ("(?i:abc)\\b[^,。;:\\n()]{2,40}", re.MULTILINE),
    ("", 0),
]
TEXT = "一、2023年收到申请5件。Abc aBa 第十二是\n20\u00b2"


@pytest.fixture(autouse=True)
def own_store(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A store of the test's own."""
    monkeypatch.setattr(regex_cache, "store", regex_cache.PatternCache())
    expression.cache_clear()
    yield
    expression.cache_clear()


def again() -> None:
    """As the next run finds it: what was kept went through JSON."""
    regex_cache.bring(json.loads(json.dumps(regex_cache.store.held)))
    expression.cache_clear()


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_a_kept_expression_is_the_expression(source: str, flags: int) -> None:
    right = re.compile(source, flags)
    assert expression(source, flags) == right
    again()
    found = expression(source, flags)
    assert found == right and found.groupindex == right.groupindex and found.groups == right.groups
    assert [m.span() for m in found.finditer(TEXT)] == [m.span() for m in right.finditer(TEXT)]
    assert [m.groupdict() for m in found.finditer(TEXT)] == [m.groupdict() for m in right.finditer(TEXT)]
    assert not regex_cache.store.fresh


def test_what_is_kept_is_used() -> None:
    expression("甲|乙")
    again()
    key = next(iter(regex_cache.store.held))
    regex_cache.store.held[key] = regex_cache.store.held[key].copy()
    regex_cache.store.held[key][0] = int(re.compile("甲|乙", re.IGNORECASE).flags)
    assert expression("甲|乙").flags & re.IGNORECASE


@pytest.mark.parametrize(
    "spoilt", [None, 3, [], [32, "", 0, {}], [32, "AAAA", 0, {}], [32, "!", 0, {}], [32, "////////", 0, {}], ["x", "AAAA", "y", 1]]
)
def test_spoilt_code_is_compiled_anew(spoilt: object) -> None:
    expression("甲|(乙)")
    regex_cache.store.held = dict.fromkeys(regex_cache.store.held, spoilt)
    again()
    assert expression("甲|(乙)") == re.compile("甲|(乙)")


@pytest.mark.parametrize("held", [None, [], "text", 4])
def test_a_spoilt_store_is_empty(held: object) -> None:
    regex_cache.bring(held)
    assert regex_cache.store.held == {} and expression("a").search("a")


def test_another_python_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(re, "_parser")
    assert expression("甲+").fullmatch("甲甲") and not regex_cache.store.fresh


def test_a_mistake_is_told_as_ever() -> None:
    with pytest.raises(re.error):
        expression("(甲")


def test_the_store_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex_cache, "MOST", 3)
    for number in range(9):
        assert expression(f"甲{number}")
    assert len(regex_cache.store.held) == 3

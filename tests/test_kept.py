"""Expressions kept compiled are the expressions; what is spoilt is compiled anew."""

from __future__ import annotations

import json
import re

import pytest

from validator import kept
from validator.kept import expression

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
    monkeypatch.setattr(kept, "store", kept.Kept())
    expression.cache_clear()
    yield
    expression.cache_clear()


def again() -> None:
    """As the next run finds it: what was kept went through JSON."""
    kept.bring(json.loads(json.dumps(kept.store.held)))
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
    assert not kept.store.fresh


def test_what_is_kept_is_used() -> None:
    expression("甲|乙")
    again()
    key = next(iter(kept.store.held))
    kept.store.held[key] = kept.store.held[key].copy()
    kept.store.held[key][0] = int(re.compile("甲|乙", re.IGNORECASE).flags)
    assert expression("甲|乙").flags & re.IGNORECASE


@pytest.mark.parametrize(
    "spoilt", [None, 3, [], [32, "", 0, {}], [32, "AAAA", 0, {}], [32, "!", 0, {}], [32, "////////", 0, {}], ["x", "AAAA", "y", 1]]
)
def test_spoilt_code_is_compiled_anew(spoilt: object) -> None:
    expression("甲|(乙)")
    kept.store.held = dict.fromkeys(kept.store.held, spoilt)
    again()
    assert expression("甲|(乙)") == re.compile("甲|(乙)")


@pytest.mark.parametrize("held", [None, [], "text", 4])
def test_a_spoilt_store_is_empty(held: object) -> None:
    kept.bring(held)
    assert kept.store.held == {} and expression("a").search("a")


def test_another_python_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(re, "_parser")
    assert expression("甲+").fullmatch("甲甲") and not kept.store.fresh


def test_a_mistake_is_told_as_ever() -> None:
    with pytest.raises(re.error):
        expression("(甲")


def test_the_store_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(9):
        assert expression(f"甲{number}")
    assert len(kept.store.held) == 3

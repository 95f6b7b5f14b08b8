"""Chinese numerals: what each says, what says nothing, how numbers are written, and that their characters are listed in one module."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support import ROOT
from validator.text.numerals import CIRCLES, counted, formal, numeral, ordinal, spelled

#: Several of them one after another, as a class of characters or a table lists them.
_LIST = re.compile("[零〇一二三四五六七八九十]{3}|[壹贰叁肆伍陆柒捌玖]{2}|十百|拾佰|万亿|[①②③④⑤⑥⑦⑧⑨⑩⑳]-?[①②③④⑤⑥⑦⑧⑨⑩⑳]")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12), ("一百零五", 105), ("二〇二三", 2023), ("两万三千", 23_000), ("一亿零五万", 100_050_000),
        ("一万亿", 10**12), ("三十二万亿五千万", 32 * 10**12 + 5 * 10**7),
    ],
)  # fmt: skip
def test_what_a_numeral_says(text: str, value: int) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["万亿", "亿亿", "一亿亿", "一万一万", "一万亿万", "万", "", "十十", "一百五"])
def test_what_is_no_numeral(text: str) -> None:
    assert numeral(text) is None


def test_numbers_are_written_and_read_back() -> None:
    for value in (*range(1200), 2023, 9999, 10_000, 10_001, 10_010, 12_000, 20_305, 99_999):
        assert numeral(counted(value)) == numeral(formal(value)) == value, value
    assert numeral(spelled(2023)) == 2023


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (0, ("零", "零", "〇", "零")), (10, ("十", "壹拾", "一〇", "十")), (11, ("十一", "壹拾壹", "一一", "11")),
        (20, ("二十", "贰拾", "二〇", "20")), (105, ("一百零五", "壹佰零伍", "一〇五", "105")),
        (12_000, ("一万二千", "壹万贰仟", "一二〇〇〇", "12000")),
    ],
)  # fmt: skip
def test_how_a_number_is_written(value: int, texts: tuple[str, ...]) -> None:
    assert (counted(value), formal(value), spelled(value), ordinal(value)) == texts


def lists(path: Path) -> list[str]:
    """The lists of numerals among a module's literals; docstrings and examples in them are none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said]
    return [f"{path.name}:{node.lineno}" for node in literals if _LIST.search(str(node.value))]


def test_the_characters_are_listed_in_one_module() -> None:
    modules = sorted((ROOT / "validator").rglob("*.py"))
    assert [found for path in modules for found in lists(path) if path.name != "numerals.py" or path.parent.name != "text"] == []
    assert lists(ROOT / "validator" / "text" / "numerals.py"), CIRCLES

"""Chinese numerals: what each says, and what says nothing."""

from __future__ import annotations

import pytest

from validator.text.characters import numeral


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

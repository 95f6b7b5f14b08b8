"""The letters of a text that are compared."""

from __future__ import annotations

from validator.similarity.words import letters


def test_letters_alone() -> None:
    assert letters("2023年，全镇 共 收到申请十二件（Ａpp）") == "年全镇共收到申请件app"

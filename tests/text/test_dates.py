"""Dates as texts print them, and what was lost of them."""

from __future__ import annotations

import pytest

from validator.text.dates import DAY, PATH_YEAR, SIGNED_DAY, STRETCH, WHOLE_YEAR, YEAR, lacks_day_mark, names_year, without_year_words


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("2023年1月1日至2023年12月31日", ("2023", "1", "1", "2023", "12", "31")),
        ("2023.1.1-12.31", ("2023", "1", "1", None, "12", "31")),
        ("二〇二三年一月一日起至十二月三十一日止", ("二〇二三", "一", "一", None, "十二", "三十一")),
        ("1月到12月底", (None, "1", None, None, "12", None)),
    ],
)
def test_a_stretch_has_two_dates(text: str, groups: tuple[str | None, ...]) -> None:
    found = STRETCH.fullmatch(text)
    assert found and tuple(found[name] for name in ("y1", "m1", "d1", "y2", "m2", "d2")) == groups


@pytest.mark.parametrize(
    ("text", "lacks"), [("1月1日至12月31日", False), ("1月1日至12月31止", True), ("1.1-12.31", False), ("1月-12月", False)]
)
def test_a_lost_day_mark_is_seen(text: str, lacks: bool) -> None:
    found = STRETCH.search(text)
    assert found and lacks_day_mark(text, found, 2) is lacks


def test_years() -> None:
    assert [found[1] for found in YEAR.finditer("2022年，2023年1月，〔2021年，第2020年")] == ["2022"]
    assert WHOLE_YEAR.match("二〇二三年度") and WHOLE_YEAR.match("2023全年") and not WHOLE_YEAR.match("2023年1月")
    assert PATH_YEAR.findall("青石镇2023年报-2024-01-20") == ["2023"]
    assert names_year("于2023年底", 2023) and not names_year("2023.1.1", 2023)


def test_days_and_what_a_report_is_signed_with() -> None:
    day, signed = DAY.fullmatch("2024年1月20日"), SIGNED_DAY.fullmatch("青石镇人民政府(2024年1月20日)")
    assert day and signed and day.groups() == signed.groups() == ("2024", "1", "20")
    assert not SIGNED_DAY.fullmatch("截至目前，2024年1月20日")


@pytest.mark.parametrize(("name", "left"), [("青石镇年度", "青石镇"), ("年度青石镇", "青石镇"), ("青石镇", "青石镇")])
def test_what_a_year_left_behind_is_taken_off(name: str, left: str) -> None:
    assert without_year_words(name) == left

"""Lines for a terminal: wrapping, cutting and windows count columns, and a Chinese character takes two."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from rich.cells import cell_len

from tests.support import given
from validator.reporters.text.layout import clip, pad, window, wrap


def texts(st: ModuleType) -> Any:
    return st.text(st.sampled_from("政府信息，。（）“”ab1 \t-:"), max_size=120)


@given(lambda st: (texts(st), st.integers(20, 60)))
def test_wrap_keeps_every_character_and_the_width(text, width):
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrap_breaks_no_word_and_begins_no_line_with_a_closing_mark():
    assert wrap("前六列相加 128，总计填 12", 14) == ["前六列相加", "128，总计填 12"]
    assert wrap("一二三四五。六七", 10) == ["一二三四", "五。六七"]


@given(lambda st: (texts(st), st.integers(0, 130), st.integers(0, 60), st.integers(20, 60)))
def test_window_fits_and_carets_stay_under_the_text(text, start, length, width):
    view = window(text, start, length, width)
    assert cell_len(view.text) <= width
    assert cell_len(view.carets) <= width


def test_window_of_a_long_line_shows_the_spot():
    view = window("甲" * 500 + "错字" + "乙" * 500, 500, 2, 40)
    assert "错字" in view.text and view.text.startswith("…") and view.text.endswith("…")
    assert cell_len(view.text[: view.text.index("错字")]) == view.carets.index("^")
    assert view.carets.count("^") == 4


def test_window_of_a_line_of_millions_is_quick():
    assert "错字" in window("甲" * 5_000_000 + "错字" + "乙" * 5_000_000, 5_000_000, 2, 60).text


def test_clip_and_pad():
    assert clip("一二三四五", 7) == "一二三…"
    assert clip("reports/一二三.txt", 9, keep_end=True) == "…三.txt" or cell_len(clip("reports/一二三.txt", 9, keep_end=True)) <= 9
    assert pad("一", 5, right=True) == "   一"

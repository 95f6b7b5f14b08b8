"""Characters of symbol fonts: by the fonts' own tables; what no table explains is no figure and leaves none beside it."""

from __future__ import annotations

import pytest

from tests.readers.docx.seen import value
from tests.readers.docx.word_files import run, style
from validator.readers.docx.symbols import character


def sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("Symbol", 0xF034, "4"), ("Symbol", 0x34, "4"), ("Symbol", 0xF02D, "−"), ("Symbol", 0xF061, "α"), ("Wingdings", 0xF080, "⓪"),
        ("Wingdings", 0xF084, "④"), ("WINGDINGS", 0xF08A, "⑩"), ("Wingdings", 0xF095, "❿"), ("Wingdings 2", 0xF06A, "①"),
        ("Wingdings", 0xF034, ""), ("Times New Roman", 0xF032, ""), ("宋体", 0x32, "2"), ("Marlett", 0xF061, ""), ("x", 0xD800, ""),
        ("Symbol", 0x2D40, ""), ("x", 0x110000, ""),
    ],
)  # fmt: skip
def test_tables_of_fonts(font: str, code: int, expected: str) -> None:
    assert character(font, code) == expected


@pytest.mark.parametrize("unknown", [sym("Times New Roman", "F032"), sym("Marlett", "F061"), sym("Symbol", ""), sym("x", "zz")])
def test_an_unknown_character_is_a_doubt(unknown: str) -> None:
    assert value(run("6"), unknown) == ("6", "", "symbol") and value(unknown) == ("", "", "symbol")


def test_an_unknown_mark_of_a_note_takes_nothing_from_the_figure() -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="7"/><w:sym w:font="Marlett" w:char="F061"/></w:r>'
    assert value(run("6"), mark) == ("6", "?", "")


def test_runs_in_a_symbol_font() -> None:
    fonts = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    assert value(run("4", fonts.format("Symbol"))) == ("4", "", "")
    assert value(run("6"), run("4", fonts.format("Wingdings"))) == ("6", "", "symbol")
    assert value(run("4", '<w:rStyle w:val="w"/>'), styles=style("character", "w", fonts.format("Webdings"))) == ("", "", "symbol")
    assert value(run("6", fonts.format("宋体"))) == ("6", "", "")


def test_characters_of_the_private_area() -> None:
    assert value(run("4\uf031")) == ("4\uf031", "", "symbol")

"""Fonts in a file that does not say how high they are: characters stand in their line whatever their ink is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.readers.chinese_fonts import Ink, chinese_font
from tests.readers.pdf.pdf_files import unembedded
from validator.readers.pdf.pdfium import pages
from validator.readers.pdf.reader import read

#: As many characters as a report has: PDFium takes the height of glyphs 65 and 103 for the font's.
_MANY = sorted({*map(chr, range(0x21, 0x7F)), *map(chr, range(0x4E00, 0x4E40)), *"，。一年月日", " "})
_LOW: Ink = (60, -160, 300, 260)
_INKS = {char: _LOW for char in (".", ",", "，", "。", _MANY[64], _MANY[102])} | {"一": (60, 330, 940, 400), "-": (60, 230, 940, 290)}
#: Letters and digits as they are: some reach below the line, most do not.
_TAILS: Mapping[str, Ink] = (
    {char: (60, 0, 940, 700) for char in "136"} | {char: (60, 0, 940, 500) for char in "cn"} | {char: (60, -230, 940, 700) for char in "@g"}
)


def file_of(text: str, ascent: int, descent: int, folder: Path, inks: Mapping[str, Ink] = _INKS) -> bytes:
    """A page with the text in a font that it holds; the descriptor tells these heights."""
    chinese_font(folder / "font.ttf", "Test Song", _MANY, inks=inks)
    codes = {char: number for number, char in enumerate(_MANY, 1)}
    described = (
        f"/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+Test/Flags 4/FontBBox[0 -200 1000 950]/ItalicAngle 0"
        f"/Ascent {ascent}/Descent {descent}/CapHeight 700/StemV 80/FontFile2 8 0 R>>"
    )
    widths = " ".join(f"{codes[char]}[{500 if char.isascii() else 1000}]" for char in _MANY)
    part = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Test/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/CIDToGIDMap/Identity/W[{widths}]{described}>>"
    )
    font = "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Test/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 7 0 R>>"
    pairs = [f"<{codes[char]:04X}><{ord(char):04X}>" for char in _MANY]
    meanings = " ".join(f"{len(some)} beginbfchar {' '.join(some)} endbfchar" for some in (pairs[:90], pairs[90:]))
    data = b"".join(codes[char].to_bytes(2, "big") for char in text)
    return unembedded(font, part, data, meanings=meanings.encode(), held=(folder / "font.ttf").read_bytes())


@pytest.mark.parametrize("text", ["12.5", "丁12.5，一丈-万。", "-0.35", "1,398.89"])
def test_a_point_is_part_of_its_figure(text: str, tmp_path: Path) -> None:
    (found,) = read(file_of(text, 0, 0, tmp_path), "年报.pdf")
    assert [block.text for block in found.blocks] == [text]


def test_every_box_is_as_high_as_its_line(tmp_path: Path) -> None:
    (page,), _ = pages(file_of("丁12.5，一", 0, 0, tmp_path), 9)
    assert {(round(top, 1), round(bottom, 1)) for _, _, top, _, bottom in page.chars} == {(131.4, 143.4)}


def test_a_font_that_says_its_height_keeps_it(tmp_path: Path) -> None:
    (page,), _ = pages(file_of("丁12.5，一", 950, -200, tmp_path), 9)
    assert {round(bottom - top, 1) for _, _, top, _, bottom in page.chars} == {13.8}


def test_letters_without_a_tail_are_no_marks(tmp_path: Path) -> None:
    """The height made up is near a real one, the depth is not: what goes below the line does not raise the rest."""
    (found,) = read(
        file_of("丁163@g.cn，一", 0, 0, tmp_path, {_MANY[102]: (60, 0, 940, 820), _MANY[64]: (60, 0, 940, 820), **_TAILS}), "年报.pdf"
    )
    assert [(block.text, block.marks) for block in found.blocks] == [("丁163@g.cn，一", ())]

"""Fonts that a PDF names and does not hold: it is read by its own widths, the same on every machine."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.readers import font_ways
from tests.readers.pdf.pdf_files import Sheet, unembedded
from tests.readers.pdf.pdf_files import pdf as made
from tests.support import ROOT
from validator.base.limits import Limits
from validator.readers.pdf import fonts, pdfium
from validator.readers.pdf.reader import read
from validator.readers.pdf.sandbox import read_apart

_TEXT = "青石镇1398889 总计12"
_DESCRIPTOR = (
    "/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags {flags}/FontBBox[0 -120 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
)
_SONG = "/DW 1000" + _DESCRIPTOR.format(flags=6)
_HALF = "/FirstChar 32/LastChar 126/Widths[" + "500 " * 95 + "]"


def wide(name: str, encoding: str, ordering: str, widths: str, more: str = "") -> tuple[str, str]:
    """A font of two bytes a character and the part of it that tells the widths."""
    head = f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{encoding}/DescendantFonts[4 0 R]{more}>>"
    info = f"/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>"
    return head, f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}{info}/W[{widths}]{_SONG}>>"


def narrow(name: str, kind: str = "TrueType", more: str = _HALF, flags: int | None = 32) -> tuple[str, str]:
    """A font of one byte a character."""
    return f"<</Type/Font/Subtype/{kind}/BaseFont/{name}{more}{_DESCRIPTOR.format(flags=flags) if flags else ''}>>", "null"


#: The ways to name a font that the file does not hold: the font, the bytes of the text.
NAMED = {
    "unicode": (wide("STSong-Light", "UniGB-UCS2-H", "GB1", "1 95 500"), _TEXT.encode("utf-16-be")),
    "gbk": (wide("SimSun", "GBK-EUC-H", "GB1", "1 95 500 814 939 500"), "青石镇1398889总计12".encode("gbk")),
    "gbk-in-truetype": (narrow("#CB#CE#CC#E5", more="/Encoding/WinAnsiEncoding" + _HALF), "青石镇1398889".encode("gbk")),
    "identity": (wide("SimSun", "Identity-H", "Identity", "32 126 500", "/ToUnicode 7 0 R"), _TEXT.encode("utf-16-be")),
    "big5": (wide("MingLiU", "ETen-B5-H", "CNS1", "1 98 500 13648 13742 500"), "總計1398889".encode("big5")),
    "digits": (narrow("SimSun", more="/Encoding/WinAnsiEncoding" + _HALF), b"1398889 12 -3.5%"),
    "digits-of-a-symbolic-font": (narrow("FangSong_GB2312", flags=6), b"1398889 12 -3.5%"),
    "type1": (narrow("FooBar", "Type1", flags=34), b"1398889 12 -3.5%"),
}


def chars(data: bytes) -> list[tuple[str, float, float, float, float]]:
    """The characters of the only page with their boxes."""
    (page,), _ = pdfium.pages(data, 9)
    return page.chars


@pytest.mark.parametrize("name", NAMED)
def test_every_character_is_as_wide_as_the_file_says(name: str) -> None:
    (font, part), text = NAMED[name]
    found = chars(unembedded(font, part, text))
    words = "".join(char for char, *_ in found)
    assert words == (text.decode("utf-16-be") if name in ("unicode", "identity") else text.decode("big5" if name == "big5" else "gbk"))
    x = 100.0
    for char, x0, top, x1, bottom in found:
        size = 6 if char.isascii() else 12
        assert (x0, x1) == pytest.approx((x, x + size), abs=0.01), char
        assert (top, bottom) == pytest.approx((842 - 700 - 10.56, 842 - 700 + 1.44), abs=0.01), char
        x += size


def test_a_font_without_a_box_of_its_own_has_one() -> None:
    head, _ = wide("STSong-Light", "UniGB-UCS2-H", "GB1", "1 95 500")
    part = "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>"
    boxes = {(round(top, 1), round(bottom, 1)) for _, _, top, _, bottom in chars(unembedded(head, part, _TEXT.encode("utf-16-be")))}
    assert boxes == {(131.4, 143.4)}


@pytest.mark.parametrize(
    ("name", "kind", "widths"),
    [
        ("Helvetica", "Type1", (222, 944)),
        ("Times-Roman", "Type1", (278, 944)),
        ("Courier", "Type1", (600, 600)),
        ("Arial", "TrueType", (222, 944)),
    ],
)
def test_fonts_of_every_reader_keep_their_widths(name: str, kind: str, widths: tuple[int, int]) -> None:
    found = chars(unembedded(*narrow(name, kind, "/Encoding/WinAnsiEncoding", None), b"iW1"))
    assert [round(x1 - x0, 1) for _, x0, _, x1, _ in found[:2]] == pytest.approx([width * 0.012 for width in widths], abs=0.15)


def test_signs_are_what_their_fonts_mean() -> None:
    assert "".join(char for char, *_ in chars(unembedded(*narrow("Symbol", "Type1", "", None), b"ab1"))) == "αβ1"
    assert "".join(char for char, *_ in chars(unembedded(*narrow("ZapfDingbats", "Type1", "", None), b"ab"))) == "❁❂"


# ------------------------------------------------------------------------------------- the font


def test_the_font_is_what_the_script_makes(tmp_path: Path) -> None:
    target = tmp_path / "stroke.ttf"
    subprocess.run([sys.executable, str(ROOT / "scripts" / "make_stroke_font.py"), str(target)], check=True)
    assert target.read_bytes() == fonts.FONT.read_bytes()
    assert len(target.read_bytes()) < 1024


def test_the_font_has_all_of_unicode() -> None:
    from fontTools.ttLib import TTFont

    held = TTFont(fonts.FONT).getBestCmap()
    assert set(held) == set(range(0x110000)) and len(set(held.values())) == 2


@pytest.mark.parametrize("missing", ["FPDF_SYSFONTINFO", "FPDF_SetSystemFontInfo", "MapFont"])
def test_a_pdfium_that_takes_no_font_goes_on(missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import pypdfium2.raw as raw

    fields = [field for field in raw.FPDF_SYSFONTINFO._fields_ if field[0] != missing]
    struct = type("FPDF_SYSFONTINFO", (ctypes.Structure,), {"_fields_": fields})
    parts = {"FPDF_SYSFONTINFO": struct, "FPDF_SetSystemFontInfo": lambda _: None}
    parts.pop(missing, None)
    monkeypatch.delenv("NIANBAO_DEBUG", raising=False)
    assert fonts.supply.__wrapped__(SimpleNamespace(**parts)) is False
    assert capsys.readouterr() == ("", "")
    monkeypatch.setenv("NIANBAO_DEBUG", "1")
    assert fonts.supply.__wrapped__(SimpleNamespace(**parts)) is False
    told = capsys.readouterr()
    assert missing in told.err and told.out == ""


# ------------------------------------------------------------------------------------- other machines and processes

_SHOW = (
    "import sys, json\n"
    "from tests.readers.pdf.test_fonts import NAMED, chars, pdfium, unembedded\n"
    "if sys.argv[1] == 'without': pdfium.supply = lambda _: False\n"
    "print(json.dumps({name: chars(unembedded(*font, text)) for name, (font, text) in NAMED.items()}))\n"
)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if font_ways.missing():
        pytest.skip(font_ways.missing())
    return tmp_path_factory.mktemp("fonts")


def shown(way: str, folder: Path, supplied: str) -> dict[str, list[tuple[str, float, float, float, float]]]:
    """The characters of all files of NAMED on another machine."""
    done = font_ways.run(way, folder, "-c", _SHOW, supplied)
    assert done.returncode == 0, done.stderr
    return {name: [tuple(char) for char in found] for name, found in json.loads(done.stdout).items()}


def test_characters_stand_where_they_stand_on_every_machine(elsewhere: Path) -> None:
    here = {name: chars(unembedded(*font, text)) for name, (font, text) in NAMED.items()}
    assert [shown(way, elsewhere, "with") for way in font_ways.WAYS] == [here, here]


def test_those_machines_are_unlike(elsewhere: Path) -> None:
    """Without the font of our own the same files are read otherwise there: the test above would notice."""
    bare, chinese = (shown(way, elsewhere, "without") for way in font_ways.WAYS)
    assert {"unicode", "gbk", "gbk-in-truetype", "big5"} <= {name for name in NAMED if bare[name] != chinese[name]}


@pytest.mark.parametrize("way", font_ways.WAYS)
def test_the_reader_passes_its_tests_on_every_machine(elsewhere: Path, way: str) -> None:
    bombs = "not memory and not inflate and not thousand and not double and not bytes and not cut"  # they say nothing of fonts
    done = font_ways.run(way, elsewhere, "-m", "pytest", "-p", "no:cacheprovider", "tests/readers/pdf/test_reader.py", "-k", bombs, "-x")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_worker_processes_read_the_same() -> None:
    """A process of a pool, and one of its own under limits: the figure that is wider than its cell, whole."""
    data = made([Sheet().grid((74, 100, 126, 200), (100, 130), [["", "", "x"]]).text(78, 115, "1398889", 10)])
    here = read(data, "年报.pdf")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(read, data, "年报.pdf").result(60) == here == (read_apart(data, "年报.pdf", Limits(pdf_seconds=60)),)
    assert "1398889" in [block.text for block in here[0].blocks]

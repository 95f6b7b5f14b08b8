"""Fonts with Chinese characters, made for tests: what is printed with them, and what PDFium finds of them, is the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

Ink = tuple[int, int, int, int]
#: Left, bottom, right and top of the ink of a character an em wide.
PLAIN = (60, -60, 940, 820)


#: What fontconfig is told: the fonts of one folder and no others.
_CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


def surroundings(folder: Path, characters: Iterable[str]) -> dict[str, str]:
    """The environment in which a program that prints has one font, with those characters, and none of the machine's.

    Without a Chinese font LibreOffice prints empty half boxes and Chromium nothing. Where fontconfig does not rule (Windows, macOS) there
    are Chinese fonts.
    """
    home = folder / "fonts"
    home.mkdir(exist_ok=True)
    chinese_font(home / "test.ttf", "Test Song", characters)
    (home / "fonts.conf").write_text(_CONFIG.format(folder=home), encoding="utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(home / "fonts.conf")}


def chinese_font(target: Path, family: str, characters: Iterable[str], ink: Ink = PLAIN, inks: Mapping[str, Ink] | None = None) -> None:
    """Write a font of boxes: ASCII half an em wide, the rest an em; each character has a glyph of its own, so that it can be copied out.

    `ink` is that of a character an em wide, `inks` those of single ones. Glyphs are numbered from 1 by their characters, blank among them.
    """
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

    glyphs, widths = {".notdef": TTGlyphPen(None).glyph()}, {".notdef": (1000, 0)}
    names = {ord(char): f"u{ord(char):04X}" for char in sorted({*characters, " "})}
    for code, name in names.items():
        pen, half = TTGlyphPen(None), 2 if code < 0x80 else 1
        left, bottom, right, top = (inks or {}).get(chr(code), ink)
        if not chr(code).isspace():
            for place, (x, y) in enumerate(((left, bottom), (left, top), (right, top), (right, bottom))):
                (pen.lineTo if place else pen.moveTo)((x // half, y))
            pen.closePath()
        glyphs[name], widths[name] = pen.glyph(), (1000 // half, 0 if chr(code).isspace() else left // half)
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", *names.values()])
    made.setupCharacterMap(names)
    made.setupGlyf(glyphs)
    made.setupHorizontalMetrics(widths)
    made.setupHorizontalHeader(ascent=880, descent=-120)
    chinese = {"ulCodePageRange1": 1 << 18 | 1, "ulUnicodeRange2": 1 << 27}  # simplified Chinese and western; ideographs
    made.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120, usWeightClass=400, **chinese)
    made.setupNameTable({"familyName": family, "styleName": "Regular", "fullName": family, "psName": family.replace(" ", "")})
    made.setupPost(keepGlyphNames=False)
    made.save(target)

"""The fonts that PDFium has for what a report names and does not hold: its own fourteen and one of ours, none of the machine's.

Where PDFium finds no font with a character, it cannot say where that one stands; what it took for such a font is another on every
machine, and so was what was read. The font of ours (scripts/make_stroke_font.py) has every character; how wide each is, the report says.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FONT = Path(__file__).with_name("stroke.ttf")
_NAME = b"Nianbao Stroke\0"
_ANSI, _SYMBOLS = 0, 2  # character sets: western letters; the signs of fonts like Wingdings
#: The fonts that PDFium brings, by the names that it gives to all their kin (Arial, Times New Roman …); it has two more, of signs.
_BUILT_IN = frozenset(
    family + style
    for family, styles in {
        b"Courier": (b"", b"-Bold", b"-BoldOblique", b"-Oblique"),
        b"Helvetica": (b"", b"-Bold", b"-BoldOblique", b"-Oblique"),
        b"Times": (b"-Roman", b"-Bold", b"-BoldItalic", b"-Italic"),
    }.items()
    for style in styles
)
_HANDLE = 1  # PDFium asks for a handle other than 0; one will do, since there is one font
_kept: list[object] = []  # referred to here so that Python frees nothing that PDFium still calls or reads


@cache
def supply(pdfium: Any) -> bool:
    """Give PDFium (`pypdfium2.raw`) the font before it opens a document, once in a process. Called by the thread that runs PDFium.

    It then holds for every document that this process opens, whoever opens it. False: this PDFium does not take it and goes on with the
    fonts of the machine; why, is said only to those who look for faults (NIANBAO_DEBUG).
    """
    try:
        calls = _calls(FONT.read_bytes())
        kinds = {field[0]: field[1] for field in pdfium.FPDF_SYSFONTINFO._fields_}
        fonts = pdfium.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](call) for name, call in calls.items()})
        pdfium.FPDF_SetSystemFontInfo(fonts)
    except (OSError, AttributeError, KeyError, TypeError, ValueError, ctypes.ArgumentError) as error:
        if os.environ.get("NIANBAO_DEBUG"):
            print(f"PDFium reads with the fonts of this machine: {type(error).__name__}: {error}", file=sys.stderr)
        return False
    _kept.append(fonts)
    return True


def _calls(data: bytes) -> Mapping[str, Callable[..., Any]]:
    """What PDFium is told when it asks. Of what is left out it needs nothing: there is one font, and no list of them."""

    def map_font(_this: Any, _weight: int, _italic: int, charset: int, _pitch: int, face: Any, _exact: Any) -> int | None:
        name = ctypes.string_at(face) if face else b""
        return None if charset == _SYMBOLS or (charset == _ANSI and name in _BUILT_IN) else _HANDLE

    def font_data(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        return 0 if table else _copied(data, buffer, size)  # 0: the whole file; other tables are asked of collections of fonts alone

    def face_name(_this: Any, _font: Any, buffer: Any, size: int) -> int:
        return _copied(_NAME, buffer, size)

    def delete_font(_this: Any, _font: Any) -> None:
        return None

    return {"MapFont": map_font, "GetFontData": font_data, "GetFaceName": face_name, "DeleteFont": delete_font}


def _copied(data: bytes, buffer: Any, size: int) -> int:
    """How long the data is; it is copied where the buffer holds it."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)

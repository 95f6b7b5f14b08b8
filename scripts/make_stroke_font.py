"""Writes validator/readers/pdf/stroke.ttf: the font that PDFium is given for the fonts that a report names and does not hold.

One narrow upright stroke stands for every character of Unicode (a cmap of format 13 maps them all to one glyph); blanks have no ink.
Nothing is ever drawn with it: PDFium asks a font only which characters it has and how far their ink reaches. The stroke stands so near
to the left that no width that a report sets is too small for it. Needs fontTools; the same version of it gives the same bytes.
Run: python scripts/make_stroke_font.py [TARGET]
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from struct import pack

TARGET = Path(__file__).resolve().parent.parent / "validator" / "readers" / "pdf" / "stroke.ttf"

UNITS = 1000
#: Left, bottom, right and top of the box that PDFium takes where a report gives none: as Song type has it.
BOX = (0, -120, 1000, 880)
#: Left, bottom, right and top of the stroke's ink.
INK = (20, 0, 60, 700)
#: Half an em, as wide as a digit; reports give widths of their own.
WIDTH = 500
#: Characters without ink.
BLANKS = (0x20, 0xA0, 0x3000)
LAST = 0x10FFFF
#: The first day of 1970 in the seconds of font files, so that the day of making is no part of it.
DAY = 2082844800


def cmap() -> bytes:
    """The table of characters, packed by hand (a million entries would come to the same): glyph 1 for all but the blanks, glyph 2."""
    groups, start = [], 0
    for blank in (*BLANKS, LAST + 1):
        if start < blank:
            groups.append((start, blank - 1, 1))
        if blank <= LAST:
            groups.append((blank, blank, 2))
        start = blank + 1
    encodings = (1, 10)  # Windows: the characters of the first plane, and all; both find the same part
    head = pack(">HH", 0, len(encodings)) + b"".join(pack(">HHI", 3, encoding, 4 + 8 * len(encodings)) for encoding in encodings)
    part = pack(">HHIII", 13, 0, 16 + 12 * len(groups), 0, len(groups))
    return head + part + b"".join(pack(">III", *group) for group in groups)


def font() -> bytes:
    """The font file."""
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
    from fontTools.ttLib.tables.DefaultTable import DefaultTable  # type: ignore[import-untyped]

    pen = TTGlyphPen(None)
    left, bottom, right, top = INK
    for place, corner in enumerate(((left, bottom), (left, top), (right, top), (right, bottom))):
        (pen.lineTo if place else pen.moveTo)(corner)
    pen.closePath()
    stroke, blank = pen.glyph(), TTGlyphPen(None).glyph()

    made = FontBuilder(UNITS, isTTF=True)
    made.setupGlyphOrder([".notdef", "stroke", "blank"])
    made.setupGlyf({".notdef": blank, "stroke": stroke, "blank": blank})
    made.setupHorizontalMetrics({".notdef": (WIDTH, 0), "stroke": (WIDTH, left), "blank": (WIDTH, 0)})
    made.setupHorizontalHeader(ascent=BOX[3], descent=BOX[1], advanceWidthMax=WIDTH)
    made.setupNameTable({"familyName": "Nianbao Stroke", "styleName": "Regular"}, mac=False)
    made.setupPost(keepGlyphNames=False)
    table = made.font["cmap"] = DefaultTable("cmap")
    table.data = cmap()
    made.font.recalcTimestamp = made.font.recalcBBoxes = False  # the box is the one above, not the ink's
    made.font["maxp"].maxPoints, made.font["maxp"].maxContours = 4, 1
    head = made.font["head"]
    head.created = head.modified = DAY
    head.xMin, head.yMin, head.xMax, head.yMax = BOX
    out = BytesIO()
    made.save(out)
    return out.getvalue()


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET).write_bytes(font())

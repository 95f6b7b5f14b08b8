"""PDFs made by hand for the tests of the PDF reader: pages of text and ruled lines in, bytes out.

No font is embedded: STSong is every reader's own.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDE, HIGH = 595, 842
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Sheet:
    """A page under way; y is measured from its top."""

    commands: list[str] = field(default_factory=list)
    extra: str = ""  # more entries of the page's dictionary

    def text(self, x: float, y: float, text: str, size: float = 12) -> Sheet:
        """Text whose baseline is `y` points below the top; ASCII is half as wide as the rest."""
        self.commands.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {HIGH - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
        return self

    def aslant(self, x: float, y: float, text: str, size: float = 60) -> Sheet:
        """A watermark at 45 degrees."""
        self.commands.append(f"BT /F1 {size} Tf 0.7 0.7 -0.7 0.7 {x} {HIGH - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A stroked line."""
        self.commands.append(f"0.5 w {x0} {HIGH - y0} m {x1} {HIGH - y1} l S")
        return self

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A filled box, as Word draws its borders."""
        self.commands.append(f"{x0} {HIGH - y1} {x1 - x0} {y1 - y0} re f")
        return self

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A stroked box."""
        self.commands.append(f"0.5 w {x0} {HIGH - y1} {x1 - x0} {y1 - y0} re S")
        return self

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A picture."""
        self.commands.append(f"q {x1 - x0} 0 0 {y1 - y0} {x0} {HIGH - y1} cm /Im1 Do Q")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[object]], size: float = 10) -> Sheet:
        """A table. A cell is its text, or (text, rows, columns) where it spans; None is covered by another cell."""
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if cell is None:
                    continue
                text, deep, wide = cell if isinstance(cell, tuple) else (str(cell), 1, 1)
                self.frame(xs[j], ys[i], xs[j + wide], ys[i + deep])
                for line, piece in enumerate(text.split("\n")):
                    if piece:
                        self.text(xs[j] + 2, ys[i] + (1 + 1.2 * line) * size, piece, size)
        return self


def pdf(
    sheets: Sequence[Sheet | bytes],
    *,
    objects: Sequence[bytes] = (),
    packed: bool = True,
    password: tuple[str, str] | None = None,
    catalog: bytes = b"",
    fonts: bytes = b"",
    resources: bytes = b"",
) -> bytes:
    """The file. A page may be given as its bare commands; `objects` are numbered from 6 on; `password`: the user's, the owner's.

    `catalog`, `fonts` and `resources` are more entries of the catalogue, of each page's fonts and of its resources.
    """
    first = 6 + len(objects)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(sheets)))
    body = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>",
        stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", False),
        *objects,
    ]
    for i, sheet in enumerate(sheets):
        commands = sheet if isinstance(sheet, bytes) else "\n".join(sheet.commands).encode()
        extra = b"" if isinstance(sheet, bytes) else sheet.extra.encode()
        drawn = b" ".join(b"/X%d %d 0 R" % (6 + k, 6 + k) for k in range(len(objects)))
        body.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R" % (WIDE, HIGH, first + 2 * i + 1)
            + b"/Resources<</Font<</F1 3 0 R"
            + fonts
            + b">>/XObject<</Im1 5 0 R "
            + drawn
            + b">>"
            + resources
            + b">>"
            + extra
            + b">>"
        )
        body.append(stream(commands, b"", packed))
    return _file(body, password)


def unembedded(font: str, part: str, text: bytes, *, meanings: bytes = b"", held: bytes = b"") -> bytes:
    """A page with one text at 100 across and 700 up, set in 12 points of a font that the file does not hold.

    `part` is the object 4 that the font may name; object 7 says what the codes mean, by default every one the character of its number;
    object 8 is a font file, where `held` is one.
    """
    each = b"1 begincodespacerange <0000><FFFF> endcodespacerange " + (meanings or b"1 beginbfrange <0000><FFFF><0000> endbfrange")
    body = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
        font.encode(),
        part.encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 6 0 R/Resources<</Font<</F1 3 0 R>>>>>>" % (WIDE, HIGH),
        stream(b"BT /F1 12 Tf 1 0 0 1 100 700 Tm <%s> Tj ET" % text.hex().encode(), b"", False),
        stream(b"begincmap /CMapType 2 def " + each + b" endcmap", b"", False),
        *([stream(held, b"/Length1 %d" % len(held), True)] if held else []),
    ]
    return _file(body, None)


def form(commands: bytes, names: Sequence[int] = ()) -> bytes:
    """A drawing that pages can place as /X6 …; it can place the ones in `names` itself."""
    inner = b" ".join(b"/X%d %d 0 R" % (name, name) for name in names)
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<<" + inner + b">>>>"
    return stream(commands, head, False)


def stream(content: bytes, head: bytes = b"", packed: bool = False) -> bytes:
    """An object with a stream; `head`: the other entries of its dictionary."""
    if packed:
        content, head = zlib.compress(content, 9), head + b"/Filter/FlateDecode"
    return b"<<" + head + b"/Length %d>>\nstream\n" % len(content) + content + b"\nendstream"


def _file(body: Sequence[bytes], password: tuple[str, str] | None) -> bytes:
    """Objects, cross-reference table and trailer."""
    name = hashlib.md5(b"fictional").digest()
    lock = _Lock(*password, name) if password else None
    found, places = b"%PDF-1.6\n", []
    for number, item in enumerate(body, 1):
        places.append(len(found))
        found += b"%d 0 obj\n" % number + (lock.locked(number, item) if lock else item) + b"\nendobj\n"
    start = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(body) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"/ID[<%s><%s>]" % (name.hex().encode(), name.hex().encode()) + (b"/Encrypt " + lock.entry if lock else b"")
    return found + b"trailer\n<</Size %d/Root 1 0 R" % (len(body) + 1) + tail + b">>\nstartxref\n%d\n%%%%EOF\n" % start


class _Lock:
    """The 40-bit protection of PDF 1.1: enough to be a file that asks for a password."""

    def __init__(self, user: str, owner: str, name: bytes) -> None:
        rights = (-44).to_bytes(4, "little", signed=True)
        key = hashlib.md5(_padded(owner or user)).digest()[:5]
        owned = _rc4(key, _padded(user))
        self._key = hashlib.md5(_padded(user) + owned + rights + name).digest()[:5]
        used = _rc4(self._key, _PAD)
        self.entry = b"<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>" % (owned.hex().encode(), used.hex().encode())

    def locked(self, number: int, item: bytes) -> bytes:
        """An object with its stream encrypted."""
        head, mark, rest = item.partition(b"\nstream\n")
        if not mark:
            return item
        key = hashlib.md5(self._key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return head + mark + _rc4(key, rest.removesuffix(b"\nendstream")) + b"\nendstream"


def _padded(password: str) -> bytes:
    return (password.encode() + _PAD)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)

"""Cases of PDFs: what stands over, beside or in the stead of a figure, each with what must be read; and controls that stay as they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import validator
from tests.acceptance.reading.pdf_report import SIZE, Printed, Spot, at, printed, turned, word, written
from tests.readers.pdf.pdf_files import HIGH, WIDE, Sheet, stream

MADE = "disclosure.normative_documents.made"
LICENSING = "disclosure.licensing.decisions"
PENALTY = "disclosure.penalty.decisions"
NEW = "applications.new.natural_person"
GRANTED = "applications.granted.natural_person"
BUSINESS = "applications.granted.business"
TOTAL = "applications.total.total"
UPHELD = "review.review.upheld"
_STROKE = Path(validator.__file__).parent / "readers" / "pdf" / "stroke.ttf"


@dataclass(frozen=True, kw_only=True)
class Case:
    """`make` draws upon the report, `without` these figures. `doubts`: figures that must not be read, and why. `marks`: marks set aside
    beside figures that are read. `hidden`: the kinds of text that must be told as unseen. What is not named must be read as printed."""

    make: Callable[[Printed], None]
    without: tuple[str, ...] = ()
    doubts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    struck: bool = False


def _on(name: str, draw: Callable[[Spot], str], *, first: bool = False) -> Callable[[Printed], None]:
    """Draw commands on the page of a figure."""

    def make(report: Printed) -> None:
        spot = report.spots[name]
        report.put(report.page(spot), draw(spot), first=first)

    return make


def _box(spot: Spot, *, sides: float = 1.0) -> str:
    """The figure's cell without its border, as a path."""
    return f"{spot.x0 + sides} {at(spot.bottom - sides)} {spot.x1 - spot.x0 - 2 * sides} {spot.bottom - spot.top - 2 * sides} re"


def _all(*makes: Callable[[Printed], None]) -> Callable[[Printed], None]:
    def make(report: Printed) -> None:
        for each in makes:
            each(report)

    return make


def _faint(report: Printed, alpha: float, extra: str = "") -> None:
    """A graphics state /G0 of the pages that covers only a part."""
    report.resources += f"/ExtGState<</G0<</ca {alpha}/CA {alpha}{extra}>>>>".encode()


# ---------------------------------------------------------------------------------------------- raised and lowered


def _with_rise(spot: Spot) -> str:
    return f"BT /F1 {SIZE} Tf 1 0 0 1 {spot.x} {at(spot.y)} Tm {word(spot.text)} Tj /F1 5.5 Tf 3.5 Ts {word('1')} Tj ET"


def _level_in_cell(name: str, raised: float, size: float, text: str) -> Callable[[Printed], None]:
    return _on(name, lambda spot: written(spot.end + 0.3, spot.y - raised, text, size))


RAISED = {
    "rise": Case(make=_on(NEW, _with_rise), without=(NEW,), marks={NEW: "1"}),
    "raised-alone": Case(make=_level_in_cell(GRANTED, 4, 5.5, "2"), marks={GRANTED: "2"}),
    "circled": Case(make=_level_in_cell(LICENSING, 3.8, 5.5, "①"), marks={LICENSING: "①"}),
    "bracketed": Case(make=_level_in_cell(PENALTY, 3.8, 5, "[12]"), marks={PENALTY: "[12]"}),
    "lowered": Case(make=_level_in_cell(UPHELD, -1.8, 5.5, "1"), marks={UPHELD: "1"}),
    "same-size-raised": Case(make=_level_in_cell(TOTAL, 3, SIZE, "1"), doubts={TOTAL: "raised"}),
}


# ---------------------------------------------------------------------------------------------- turned


def _placed(name: str, matrix: str, x: float, up: float) -> Case:
    """A figure printed by another matrix, so that it does not stand upright."""

    def draw(spot: Spot) -> str:
        return f"BT /F1 {SIZE} Tf {matrix} {spot.x + x} {at(spot.y - up)} Tm {word(spot.text)} Tj ET"

    return Case(make=_on(name, draw), without=(name,), doubts={name: "direction"})


UPSIDE_DOWN = {
    "upside-down": _placed(TOTAL, "-1 0 0 -1", 18, 7),
    "mirrored": _placed(LICENSING, "-1 0 0 1", 18, 0),
    "flipped": _placed(NEW, "1 0 0 -1", 0, 7),
}

# ---------------------------------------------------------------------------------------------- struck out


def _line(spot: Spot, x0: float, x1: float, up: float = 2.9) -> str:
    return f"0.6 w {x0} {at(spot.y - up)} m {x1} {at(spot.y - up)} l S"


def _next_struck(spot: Spot) -> str:
    """Another figure, struck out, before the one that holds."""
    return written(spot.end + 3, spot.y, "17") + " " + _line(spot, spot.end + 2, spot.end + 3 + SIZE)


def _by_pen(spot: Spot) -> str:
    """A stroke up and down through a figure."""
    steps = " ".join(f"{spot.x + 2 * n} {at(spot.y - 2 - 3 * (n % 2))} l" for n in range(1, 9))
    return f"1 0 0 RG 0.8 w {spot.x - 1} {at(spot.y - 2)} m {steps} S"


def _strike_note(report: Printed) -> None:
    spot = report.spots[GRANTED]
    sides = f"{spot.x} {at(spot.y - 7)} {spot.end} {at(spot.y + 1)}"
    corners = f"{spot.x} {at(spot.y - 7)} {spot.end} {at(spot.y - 7)} {spot.x} {at(spot.y + 1)} {spot.end} {at(spot.y + 1)}"
    number = report.add(f"<</Type/Annot/Subtype/StrikeOut/Rect[{sides}]/QuadPoints[{corners}]/C[1 0 0]/F 4>>".encode())
    report.page(spot).extra += f"/Annots[{number} 0 R]"


def _through_row(report: Printed) -> None:
    """A line through all figures of a row."""
    first, last = report.spots[GRANTED], report.spots["applications.granted.total"]
    report.put(report.page(first), _line(first, first.x0 - 40, last.x1 - 1))


_ROW = ("natural_person", "business", "research", "public_benefit", "legal_service", "other_org", "total")


def _picture_in_cell(name: str, x: float) -> Callable[[Printed], None]:
    """A picture with dots enough for a figure, in the cell of one."""

    def make(report: Printed) -> None:
        number = report.add(
            stream(b"\x00\xff" * 32, b"/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray")
        )
        spot = report.spots[name]
        report.put(report.page(spot), f"9 0 0 9 {spot.x0 + x} {at(spot.bottom - 2)} cm /X{number} Do")

    return make


PICTURED = {
    "in-its-stead": Case(make=_picture_in_cell(NEW, 4), without=(NEW,), doubts={NEW: "picture"}),
    "beside-it": Case(make=_picture_in_cell(LICENSING, 40), doubts={LICENSING: "picture"}),
}

OVERPRINTED = {
    "narrow-gap": Case(
        make=_on(LICENSING, lambda s: f"{written(s.x, s.y, s.text[:-1])} {written(s.end - SIZE / 2 + 2, s.y, s.text[-1])}"),
        without=(LICENSING,),
        doubts={LICENSING: "gap"},
    ),
    "two-figures": Case(make=_on(NEW, lambda s: written(s.x + 0.4, s.y, "472"[: len(s.text)])), doubts={NEW: "overprint"}),
    "half-a-digit-on": Case(make=_on(TOTAL, lambda s: written(s.x + SIZE / 5, s.y, s.text)), doubts={TOTAL: "overprint"}),
}

STRUCK = {
    "stroke": Case(make=_on(LICENSING, lambda s: _line(s, s.x - 1, s.end + 1)), doubts={LICENSING: "struck"}, struck=True),
    "bar": Case(make=_on(NEW, lambda s: f"{s.x - 0.5} {at(s.y - 2.6)} {s.end - s.x + 1} 0.5 re f"), doubts={NEW: "struck"}, struck=True),
    "beside": Case(make=_on(PENALTY, _next_struck), doubts={PENALTY: "struck"}, struck=True),
    "note": Case(make=_strike_note, doubts={GRANTED: "struck"}, struck=True),
    "row": Case(make=_through_row, doubts={f"applications.granted.{column}": "struck" for column in _ROW}, struck=True),
    "pen": Case(make=_on(LICENSING, _by_pen), doubts={LICENSING: "struck"}),
    "bent": Case(
        make=_on(
            PENALTY,
            lambda s: f"{s.x - 2} {at(s.y - 2)} m {s.x + 3} {at(s.y - 6)} {s.x + 6} {at(s.y)} {s.end + 2} {at(s.y - 4)} c S",
        ),
        doubts={PENALTY: "struck"},
    ),
    "slash": Case(make=_on(TOTAL, lambda s: f"0.8 w {s.x - 2} {at(s.y + 2)} m {s.end + 2} {at(s.y - 8)} l S"), doubts={TOTAL: "struck"}),
}


# ---------------------------------------------------------------------------------------------- not seen


def _layers(report: Printed, default: str, *, member: bool = False) -> None:
    """Layers /L1, which is off, and /L2, which is on; `default`: the settings of the file."""
    off, on = report.add(b"<</Type/OCG/Name(draft)>>"), report.add(b"<</Type/OCG/Name(final)>>")
    named = report.add(f"<</Type/OCMD/OCGs[{off} 0 R]/P/AllOn>>".encode()) if member else off
    report.catalog += f"/OCProperties<</OCGs[{off} 0 R {on} 0 R]/D<<{default.format(off=off, on=on)}>>>>".encode()
    report.resources += f"/Properties<</L1 {named} 0 R/L2 {on} 0 R>>".encode()


def _in_layer(name: str, layer: str, text: str) -> Callable[[Printed], None]:
    return _on(name, lambda s: f"/OC /{layer} BDC {written(s.end + 1, s.y, text)} EMC")


def _layered_drawing(report: Printed) -> None:
    """A drawing of its own that belongs to the layer that is off."""
    _layers(report, "/OFF[{off} 0 R]")
    spot = report.spots[NEW]
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 6 0 R/Resources<</Font<</F1 3 0 R>>>>"
    number = report.add(stream(written(spot.end + 1, spot.y, "9").encode(), head))
    report.put(report.page(spot), f"/X{number} Do")


def _under_layer(report: Printed) -> None:
    """A draft under the figure that holds, at the same place."""
    _layers(report, "/OFF[{off} 0 R]")
    spot = report.spots[NEW]
    report.put(report.page(spot), f"/OC /L1 BDC {written(spot.x, spot.y, '999')} EMC /OC /L2 BDC {written(spot.x, spot.y, spot.text)} EMC")


def _cover(name: str, colour: str, new: str = "") -> Callable[[Printed], None]:
    return _on(name, lambda s: f"{colour} {_box(s)} f 0 g " + (written(s.x, s.y, new) if new else ""))


def _cover_picture(report: Printed) -> None:
    """Another figure under an opaque picture beside the one that holds."""
    spot = report.spots[NEW]
    sheet = report.page(spot)
    report.put(sheet, written(spot.end + 2, spot.y, "8"))
    report.put(sheet, f"{SIZE} 0 0 {2 * SIZE} {spot.end + 1.5} {at(spot.y + SIZE / 2)} cm /Im1 Do")


def _cover_note(report: Printed) -> None:
    """A white box that an editor laid over a figure beside the one that holds."""
    spot = report.spots[NEW]
    report.put(report.page(spot), written(spot.end + 2, spot.y, "8"))
    sides = f"{spot.end + 1.5} {at(spot.y + 2)} {spot.x1 - 2} {at(spot.top + 1)}"
    number = report.add(f"<</Type/Annot/Subtype/Square/Rect[{sides}]/C[1 1 1]/IC[1 1 1]/F 4>>".encode())
    report.page(spot).extra += f"/Annots[{number} 0 R]"


def _crop(report: Printed) -> None:
    """Words beyond the part of the sheet that is shown."""
    report.sheets[0].extra += "/CropBox[0 40 595 842]"
    report.put(report.sheets[0], written(200, 820, "内部资料8888"))


def _beyond(report: Printed) -> None:
    """Words beyond the sheet."""
    report.put(report.sheets[1], written(WIDE + 20, 300, "5") + written(300, HIGH + 30, "合计8888"))


UNSEEN = {
    "white": Case(make=_on(NEW, lambda s: "1 g " + written(s.end, s.y, "9")), hidden=frozenset({"white"})),
    "nearly-white": Case(make=_on(GRANTED, lambda s: "0.97 0.98 0.97 rg " + written(s.end, s.y, "9")), hidden=frozenset({"white"})),
    "no-ink": Case(make=_on(TOTAL, lambda s: "0 0 0 0 k " + written(s.end, s.y, "9")), hidden=frozenset({"white"})),
    "black-on-black": Case(
        make=_on(PENALTY, lambda s: f"{s.end + 8} {at(s.bottom - 1)} 20 {s.bottom - s.top - 2} re f " + written(s.end + 10, s.y, "9")),
        hidden=frozenset({"white"}),
    ),
    "unpainted": Case(make=_on(NEW, lambda s: "3 Tr " + written(s.end, s.y, "9")), hidden=frozenset({"hidden"})),
    "transparent": Case(
        make=_all(lambda r: _faint(r, 0), _on(UPHELD, lambda s: "/G0 gs " + written(s.end, s.y, "9"))), hidden=frozenset({"hidden"})
    ),
    "outline-white": Case(make=_on(NEW, lambda s: "1 Tr 1 G " + written(s.end, s.y, "9")), hidden=frozenset({"white"})),
    "covered-white": Case(
        make=_all(_on(NEW, lambda s: written(s.x, s.y, "77")), lambda r: _cover(NEW, "1 g", r.spots[NEW].text)(r)),
        without=(NEW,),
        hidden=frozenset({"covered"}),
    ),
    "blackened": Case(make=_on(UPHELD, lambda s: f"0 g {_box(s)} f"), doubts={UPHELD: "picture"}, hidden=frozenset({"covered"})),
    "covered-blue": Case(
        make=_all(_on(UPHELD, lambda s: written(s.x, s.y, "77")), lambda r: _cover(UPHELD, "0.8 0.9 1 rg", r.spots[UPHELD].text)(r)),
        without=(UPHELD,),
        hidden=frozenset({"covered"}),
    ),
    "covered-by-picture": Case(make=_cover_picture, hidden=frozenset({"covered"})),
    "covered-by-note": Case(make=_cover_note, hidden=frozenset({"covered"})),
    "layer": Case(make=_all(lambda r: _layers(r, "/OFF[{off} 0 R]"), _in_layer(NEW, "L1", "9")), hidden=frozenset({"layer"})),
    "layer-by-base": Case(
        make=_all(lambda r: _layers(r, "/BaseState/OFF/ON[{on} 0 R]"), _in_layer(GRANTED, "L1", "9")), hidden=frozenset({"layer"})
    ),
    "layer-by-list": Case(
        make=_all(lambda r: _layers(r, "/OFF[{off} 0 R]", member=True), _in_layer(UPHELD, "L1", "9")), hidden=frozenset({"layer"})
    ),
    "layered-drawing": Case(make=_layered_drawing, hidden=frozenset({"layer"})),
    "layer-beneath": Case(make=_under_layer, without=(NEW,), hidden=frozenset({"layer"})),
    "clipped": Case(
        make=_on(NEW, lambda s: f"{s.x} {at(s.bottom)} {s.end - s.x} {s.bottom - s.top} re W n " + written(s.x, s.y, s.text + " 45")),
        without=(NEW,),
        hidden=frozenset({"clipped"}),
    ),
    "clipped-away": Case(make=_on(PENALTY, lambda s: "0 0 20 20 re W* n " + written(s.end, s.y, "8")), hidden=frozenset({"clipped"})),
    "covered-alike": Case(
        make=_all(_on(NEW, lambda s: written(s.x, s.y, s.text[:-1] + "7")), lambda r: _cover(NEW, "1 g", r.spots[NEW].text)(r)),
        without=(NEW,),
        hidden=frozenset({"covered"}),
    ),
    "off-page": Case(make=_beyond, hidden=frozenset({"off-page"})),
    "cropped": Case(make=_crop, hidden=frozenset({"off-page"})),
    "dust": Case(make=_on(NEW, lambda s: written(s.end, s.y, "9", 0.5)), hidden=frozenset({"small"})),
    "dust-by-matrix": Case(
        make=_on(GRANTED, lambda s: f"BT /F1 {SIZE} Tf 0.05 0 0 0.05 {s.end} {at(s.y)} Tm {word('98')} Tj ET"), hidden=frozenset({"small"})
    ),
}


# ---------------------------------------------------------------------------------------------- watermarks and seals


def _everywhere(draw: Callable[[int], str], *, first: bool = True) -> Callable[[Printed], None]:
    def make(report: Printed) -> None:
        for index, sheet in enumerate(report.sheets):
            report.put(sheet, draw(index), first=first)

    return make


def _tiles(angle: float, text: str, colour: str, size: float, step: float) -> str:
    """Small text all over the page."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    rows = [(x, y) for x in range(20, 560, 110) for y in range(40, 820, int(step))]
    return f"{colour} " + " ".join(turned(x, y, text, cosine, sine, size) for x, y in rows)


def _ring(report: Printed) -> None:
    """A round seal over figures: characters along a ring, a star, a number straight below."""
    spot = report.spots[GRANTED]
    x, y, far = spot.x1 + 30, spot.bottom + 20, 45.0
    parts = ["1 0 0 rg 1 0 0 RG 1.5 w", _circle(x, y, far + 12)]
    for index, char in enumerate("临川县白鹭镇人民政府"):
        angle = math.radians(200 - 22 * index)
        parts.append(turned(x + far * math.cos(angle), y - far * math.sin(angle), char, math.sin(angle), -math.cos(angle), 11))
    parts.append(written(x - 30, y + 30, "3301234567890", 8))
    report.put(report.page(spot), " ".join(parts))


def _circle(x: float, y: float, far: float) -> str:
    k, y = 0.5523 * far, at(y)
    return (
        f"{x + far} {y} m {x + far} {y + k} {x + k} {y + far} {x} {y + far} c {x - k} {y + far} {x - far} {y + k} {x - far} {y} c "
        f"{x - far} {y - k} {x - k} {y - far} {x} {y - far} c {x + k} {y - far} {x + far} {y - k} {x + far} {y} c S"
    )


def _stamp_note(report: Printed) -> None:
    """A stamp with words of its own, laid on the page as a note."""
    spot = report.spots[GRANTED]
    look = report.add(
        stream(
            b"BT /F1 20 Tf 1 0 0 1 2 6 Tm <5DF25BA10032003000320034> Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 120 30]/Resources<</Font<</F1 3 0 R>>>>",
        )
    )
    sides = f"{spot.x0} {at(spot.bottom + 10)} {spot.x0 + 120} {at(spot.top - 10)}"
    number = report.add(f"<</Type/Annot/Subtype/Stamp/Rect[{sides}]/AP<</N {look} 0 R>>/F 4>>".encode())
    report.page(spot).extra += f"/Annots[{number} 0 R]"


MARKED = {
    "large-grey": Case(make=_everywhere(lambda _: "0.85 g " + written(100, 420, "20240131", 80))),
    "large-black": Case(make=_everywhere(lambda _: written(90, 400, "2024 0131", 70))),
    "faint-black": Case(
        make=_all(lambda r: _faint(r, 0.2), _everywhere(lambda _: "/G0 gs " + written(80, 300, "内部 5566", 48), first=False))
    ),
    "tiled-slanted": Case(make=_everywhere(lambda _: _tiles(25, "李四0571 20240131", "0.8 g", 8, 70))),
    "tiled-upright": Case(make=_everywhere(lambda _: _tiles(0, "核对稿2024", "0.82 0.82 0.9 rg", 10, 37))),
    "tiled-slanted-black": Case(make=_everywhere(lambda _: _tiles(30, "3344", "0 g", 7, 60))),
    "seal": Case(make=_ring),
    "seal-straight": Case(make=_on(NEW, lambda s: "0.9 0.1 0.1 rg " + written(s.x0 - 20, s.y + 3, "公开专用章（2）号2024", 11))),
    "stamp-note": Case(make=_stamp_note),
}


# ---------------------------------------------------------------------------------------------- fields and notes

_LOOKS = "/DA(/F1 9 Tf 0 g)/DR<</Font<</F1 3 0 R>>>>"


def _fields(report: Printed, numbers: list[int], more: str = "") -> None:
    refs = " ".join(f"{number} 0 R" for number in numbers)
    report.catalog += f"/AcroForm<</Fields[{refs}]{_LOOKS}{more}>>".encode()


def _rect(spot: Spot) -> str:
    return f"/Rect[{spot.x0 + 1} {at(spot.bottom - 1)} {spot.x1 - 1} {at(spot.top + 1)}]"


def _note(report: Printed, name: str, entries: str) -> int:
    """Something upon the page over a figure's cell."""
    spot = report.spots[name]
    number = report.add(f"<</Type/Annot/F 4{_rect(spot)}/DA(/F1 9 Tf 0 g){entries}>>".encode())
    sheet = report.page(spot)
    sheet.extra = sheet.extra[:-1] + f" {number} 0 R]" if sheet.extra.startswith("/Annots") else f"/Annots[{number} 0 R]"
    return number


def _text_fields(names: tuple[str, ...], more: str) -> Callable[[Printed], None]:
    def make(report: Printed) -> None:
        numbers = [_note(report, name, f"/Subtype/Widget/FT/Tx/T(f{at_})/V({report.spots[name].text})") for at_, name in enumerate(names)]
        _fields(report, numbers, more)

    return make


def _drawn_field(report: Printed) -> None:
    """A field with a look of its own."""
    spot = report.spots[NEW]
    commands = f"/Tx BMC BT /F1 9 Tf 2 4 Td {word(spot.text)} Tj ET EMC".encode()
    frame = f"/BBox[0 0 {spot.x1 - spot.x0 - 2} {spot.bottom - spot.top - 2}]"
    look = report.add(stream(commands, f"/Type/XObject/Subtype/Form{frame}/Resources<</Font<</F1 3 0 R>>>>".encode()))
    _fields(report, [_note(report, NEW, f"/Subtype/Widget/FT/Tx/T(a)/V({spot.text})/AP<</N {look} 0 R>>")])


def _child_field(report: Printed) -> None:
    """A value that stands in the field above."""
    parent = len(report.objects) + 7
    child = _note(report, GRANTED, f"/Subtype/Widget/Parent {parent} 0 R")
    assert report.add(f"<</FT/Tx/T(p)/V({report.spots[GRANTED].text})/Kids[{child} 0 R]>>".encode()) == parent
    _fields(report, [parent], "/NeedAppearances true")


def _choice(flags: int, name: str) -> Callable[[Printed], None]:
    def make(report: Printed) -> None:
        text = report.spots[name].text
        entries = f"/Subtype/Widget/FT/Ch/Ff {flags}/T(c)/Opt[({text})(71)(72)]/V({text})"
        _fields(report, [_note(report, name, entries)], "/NeedAppearances true")

    return make


def _free_text(report: Printed) -> None:
    _note(report, UPHELD, f"/Subtype/FreeText/BS<</W 0>>/Contents({report.spots[UPHELD].text})")


def _popup(report: Printed) -> None:
    _note(report, NEW, "/Subtype/Text/Contents(should be 99?)")


def _hidden_field(report: Printed) -> None:
    number = _note(report, NEW, "/Subtype/Widget/FT/Tx/T(h)/V(99)")
    report.objects[number - 6] = report.objects[number - 6].replace(b"/F 4", b"/F 2")
    _fields(report, [number])


FIELDS = {
    "fields": Case(make=_text_fields((LICENSING, NEW, UPHELD), ""), without=(LICENSING, NEW, UPHELD)),
    "fields-without-looks": Case(make=_text_fields((PENALTY, TOTAL), "/NeedAppearances true"), without=(PENALTY, TOTAL)),
    "drawn-field": Case(make=_drawn_field, without=(NEW,)),
    "child-field": Case(make=_child_field, without=(GRANTED,)),
    "drop-down": Case(make=_choice(1 << 17, LICENSING), without=(LICENSING,)),
    "list": Case(make=_choice(0, NEW), without=(NEW,)),
    "free-text": Case(make=_free_text, without=(UPHELD,)),
    "popup": Case(make=_popup),
    "hidden-field": Case(make=_hidden_field),
}


# ---------------------------------------------------------------------------------------------- pages on their side


def _whole(matrix: str, extra: str, *names: str) -> Callable[[Printed], None]:
    """All pages, or those with these figures, drawn turned or shown turned."""

    def make(report: Printed) -> None:
        for index in {report.spots[name].page for name in names} or range(len(report.sheets)):
            sheet = report.sheets[index]
            sheet.commands = [f"q {matrix} cm", *sheet.commands, "Q"]
            sheet.extra += extra

    return make


def _table_on_its_side(report: Printed) -> None:
    """The page with the second table: an upright line, and below it the rest on its side."""
    page = report.spots[NEW].page
    sheet = report.sheets[page]
    report.sheets[page] = Sheet(
        [written(200, 30, "（表格见下，横排）"), f"q 0 1 -1 0 {HIGH} 0 cm", *sheet.commands, "Q"], extra="/MediaBox[0 -30 842 842]"
    )


TURNED = {
    "rotate-90": Case(make=_whole("1 0 0 1 0 0", "/Rotate 90")),
    "rotate-180": Case(make=_whole("1 0 0 1 0 0", "/Rotate 180")),
    "rotate-270-of-one": Case(make=_whole("1 0 0 1 0 0", "/Rotate 270", NEW)),
    "drawn-turned": Case(make=_whole("0 1 -1 0 842 0", "/MediaBox[0 0 842 595]", NEW)),
    "drawn-turned-other": Case(make=_whole("0 -1 1 0 0 595", "/MediaBox[0 0 842 595]", NEW, UPHELD)),
    "turned-and-rotated": Case(make=_whole("0 1 -1 0 842 0", "/MediaBox[0 0 842 595]/Rotate 90")),
    "upside-down": Case(make=_whole("-1 0 0 -1 595 842", "", UPHELD)),
    "table-on-its-side": Case(make=_table_on_its_side),
}


# ---------------------------------------------------------------------------------------------- controls


def _seal_picture(report: Printed) -> None:
    """A seal as a picture that lets the paper through, upon figures."""
    mask = report.add(
        stream(
            b"\x00\x00\x00\x00\x00\x90\x90\x00\x00\x90\x90\x00\x00\x00\x00\x00",
            b"/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray",
        )
    )
    picture = report.add(
        stream(
            b"\xc0" * 16, f"/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray/SMask {mask} 0 R".encode()
        )
    )
    spot = report.spots[GRANTED]
    report.put(report.page(spot), f"110 0 0 110 {spot.x0 - 10} {at(spot.bottom + 60)} cm /X{picture} Do")


def _highlight_note(report: Printed) -> None:
    spot = report.spots[NEW]
    corners = f"{spot.x0} {at(spot.top)} {spot.x1} {at(spot.top)} {spot.x0} {at(spot.bottom)} {spot.x1} {at(spot.bottom)}"
    _note(report, NEW, f"/Subtype/Highlight/QuadPoints[{corners}]/C[1 1 0]")


def _double_total(spot: Spot) -> str:
    """The double line that bookkeepers draw below a sum."""
    return " ".join(f"0.5 w {spot.x} {at(spot.y + below)} m {spot.end} {at(spot.y + below)} l S" for below in (1.2, 2.6))


CONTROLS = {
    "as-it-is": Case(make=lambda report: None),
    "white-on-dark": Case(
        make=_on(LICENSING, lambda s: f"0.1 0.2 0.5 rg {_box(s)} f 1 g {written(s.x, s.y, s.text)}"), without=(LICENSING,)
    ),
    "red": Case(make=_on(GRANTED, lambda s: "1 0 0 rg " + written(s.x, s.y, s.text)), without=(GRANTED,)),
    "grey": Case(make=_on(UPHELD, lambda s: "0.6 g " + written(s.x, s.y, s.text)), without=(UPHELD,)),
    "yellow-ground": Case(make=_on(NEW, lambda s: f"1 1 0 rg {_box(s)} f 0 g {written(s.x, s.y, s.text)}"), without=(NEW,)),
    "highlighted": Case(make=_highlight_note),
    "faint-shade-upon": Case(make=_all(lambda r: _faint(r, 0.3), _on(NEW, lambda s: f"/G0 gs 1 1 0 rg {_box(s)} f"))),
    "multiplied-shade": Case(make=_all(lambda r: _faint(r, 1, "/BM/Multiply"), _on(NEW, lambda s: f"/G0 gs 1 1 0 rg {_box(s)} f"))),
    "underlined": Case(make=_on(TOTAL, _double_total)),
    "a-line-of-waves-below": Case(
        make=_on(
            TOTAL,
            lambda s: f"0.5 w {s.x} {at(s.y + 1)} m " + " ".join(f"{s.x + 2 * n} {at(s.y + 1 + n % 2)} l" for n in range(1, 9)) + " S",
        )
    ),
    "ringed": Case(
        make=_on(
            LICENSING,
            lambda s: (
                f"{s.x - 3} {at(s.y - 3)} m {s.x - 3} {at(s.y - 13)} {s.end + 3} {at(s.y - 13)} {s.end + 3} {at(s.y - 3)} c "
                f"{s.end + 3} {at(s.y + 6)} {s.x - 3} {at(s.y + 6)} {s.x - 3} {at(s.y - 3)} c S"
            ),
        )
    ),
    "spaced-out": Case(
        make=_on(NEW, lambda s: f"BT /F1 {SIZE} Tf 2 Tc 1 0 0 1 {s.x} {at(s.y)} Tm {word(s.text)} Tj ET"),
        without=(NEW,),
    ),
    "underlined-bar": Case(make=_on(NEW, lambda s: f"{s.x} {at(s.y + 1.3)} {s.end - s.x} 0.5 re f")),
    "line-above": Case(make=_on(NEW, lambda s: _line(s, s.x, s.end, up=9.2))),
    "seal-picture": Case(make=_seal_picture),
    "layer-on": Case(
        make=_all(lambda r: _layers(r, "/OFF[{off} 0 R]"), _on(NEW, lambda s: f"/OC /L2 BDC {written(s.x, s.y, s.text)} EMC")),
        without=(NEW,),
    ),
    "within-clip": Case(make=_on(NEW, lambda s: f"{_box(s, sides=0.5)} W n {written(s.x, s.y, s.text)}"), without=(NEW,)),
    "small-note": Case(make=lambda r: r.put(r.sheets[-1], written(60, 800, "注：表中数据以办结日期统计。", 6))),
    "small-figure": Case(make=_on(UPHELD, lambda s: written(s.x, s.y, s.text, 6)), without=(UPHELD,)),
    "bold-by-printing-twice": Case(make=_on(TOTAL, lambda s: written(s.x + 0.3, s.y, s.text))),
    "bold-by-outline": Case(make=_on(TOTAL, lambda s: f"2 Tr 0.3 w {written(s.x, s.y, s.text)}"), without=(TOTAL,)),
    "letterhead": Case(make=_everywhere(lambda _: "150 0 0 60 40 770 cm /Im1 Do")),
    "paper-ground": Case(make=_everywhere(lambda _: f"{WIDE} 0 0 {HIGH} 0 0 cm /Im1 Do")),
    "figure-by-figure": Case(
        make=_on(LICENSING, lambda s: " ".join(written(s.x + SIZE / 2 * k, s.y, digit) for k, digit in enumerate(s.text))),
        without=(LICENSING,),
    ),
}

ALL: Mapping[str, Case] = {
    f"{kind}/{name}": case
    for kind, cases in {
        "raised": RAISED,
        "struck": STRUCK,
        "pictured": PICTURED,
        "overprinted": OVERPRINTED,
        "unseen": UNSEEN,
        "marked": MARKED,
        "fields": FIELDS,
        "turned": TURNED,
        "upside-down": UPSIDE_DOWN,
        "control": CONTROLS,
    }.items()
    for name, case in cases.items()
}


# ---------------------------------------------------------------------------------------------- whole files


def without_characters(*, whole: bool) -> bytes:
    """The report with fonts that do not say which characters their glyphs are: a simple font, or one of numbers of glyphs."""
    report = printed()
    file = report.add(stream(_STROKE.read_bytes(), b"/Length1 %d" % _STROKE.stat().st_size))
    sizes = "/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80"
    about = f"/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4{sizes}/FontFile2 {file} 0 R>>"
    if whole:
        order = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        part = report.add(f"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Song{order}/DW 1000{about}>>".encode())
        font = report.add(f"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts[{part} 0 R]>>".encode())
    else:
        widths = " ".join(["500"] * 224)
        font = report.add(
            f"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Song/FirstChar 32/LastChar 255/Widths[{widths}]{about}>>".encode()
        )
    report.fonts = f"/F9 {font} 0 R".encode()
    for sheet in report.sheets:
        sheet.commands = [_coded(line, whole) for line in sheet.commands]
    return report.data()


def _coded(line: str, whole: bool) -> str:
    """The text of a command by numbers that mean nothing outside the font."""
    if "<" not in line:
        return line
    head, _, rest = line.partition("<")
    text, _, tail = rest.partition(">")
    chars = bytes.fromhex(text).decode("utf-16-be")
    code = "".join(f"{ord(char) % 900 + 3:04x}" if whole else f"{ord(char) % 94 + 33:02x}" for char in chars)
    return f"{head.replace('/F1', '/F9')}<{code}>{tail}"


def scan(*, covered: bool = False, visible: str = "") -> bytes:
    """Pictures of pages with recognised text: not painted, or covered by the picture; `visible`: printed upon each."""
    report = printed()
    for sheet in report.sheets:
        picture = f"q {WIDE} 0 0 {HIGH} 0 0 cm /Im1 Do Q"
        sheet.commands = [*sheet.commands, picture] if covered else [picture, "3 Tr", *sheet.commands]
        if visible:
            sheet.commands.append("0 Tr " + written(240, 815, visible))
    return report.data()

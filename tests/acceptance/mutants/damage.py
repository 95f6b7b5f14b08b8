"""Ways in which a printed figure or its surroundings come to harm, by format, and what may still be read.

A figure of digits alone goes in; out comes what is put into its cell. `reads`: the values that a person may read there; BLANK: nothing is
to be seen. Nothing of them: the figure must be unread, and an error must say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from .paper import SIZE, Draw

BLANK = "blank"
#: Unread is allowed too: who reads it as printed does well, who says that it cannot be read does not wrong.
ALL = ("text", "markdown", "html", "docx", "pdf")
_W = "<w:r>{}<w:t xml:space='preserve'>{}</w:t></w:r>"
_GAPS = (" ", "  ", "\u00a0", "\u3000", "\u2002", "\u2003")
_UNSEEN = tuple("\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202c\u202d\u2060\u2066\u2069\ufeff\u00ad\ufe0f\u034f")
_ALIKE = {"0": "OoＯ〇○", "1": "lIｌ|"}


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What is put into a cell, as text or as markup (`raw`) or drawn, and what may be read there."""

    text: str = ""
    raw: bool = False
    draw: Draw | None = None
    reads: frozenset[Any] = frozenset()
    around: str = ""  # what is done to the cell itself: gone, wide, deep


Way = Callable[[Random, str], Harm]
WAYS: dict[str, dict[str, Way]] = {format: {} for format in ALL}


def _way(*formats: str) -> Callable[[Way], Way]:
    def keep(way: Way) -> Way:
        for format in formats:
            WAYS[format][way.__name__] = way
        return way

    return keep


def _cut(random: Random, figure: str) -> tuple[str, str]:
    """The figure in two pieces; one digit becomes two."""
    figure = figure if len(figure) > 1 else figure + random.choice("123456789")
    at = random.randrange(1, len(figure))
    return figure[:at], figure[at:]


def _value(text: str) -> frozenset[Any]:
    return frozenset({int(text)})


# ------------------------------------------------------------------------------------------------- characters, in every format


@_way(*ALL)
def gap(random: Random, figure: str) -> Harm:
    """Digits kept apart by a space."""
    first, second = _cut(random, figure)
    return Harm(text=first + random.choice(_GAPS) + second)


@_way(*ALL)
def look_alike(random: Random, figure: str) -> Harm:
    """A letter or a ring in a digit's place."""
    digit = random.choice("01")
    letter = random.choice(_ALIKE[digit])
    letter = "l" if letter == "|" else letter
    first, second = random.choice((("", figure), (figure, "")))
    return Harm(text=first + letter + second)


@_way(*ALL)
def letter_alone(random: Random, figure: str) -> Harm:
    """A letter or a ring and nothing else."""
    return Harm(text=random.choice("OoＯ〇○Il"))


@_way(*ALL)
def symbol(random: Random, figure: str) -> Harm:
    """A sign that is no digit, before, behind or within the figure."""
    sign = random.choice("?？■□%℃§…~=^&@$£\ufffd")
    first, second = _cut(random, figure)
    return Harm(text=random.choice((figure + sign, sign + figure, first + sign + second, sign)))


@_way(*ALL)
def separator(random: Random, figure: str) -> Harm:
    """A comma or a point where none may stand."""
    first, second = _cut(random, figure)
    return Harm(text=random.choice((f"{first}, {second}", f"{first}、{second}", f"{first}..{second}", f".{figure}", f"{figure}, 1")))


@_way(*ALL)
def two_figures(random: Random, figure: str) -> Harm:
    """Two figures in one cell."""
    other = str(random.randrange(1, 40))
    return Harm(
        text=random.choice((f"{figure}/{other}", f"{figure} {other}", f"{figure}→{other}", f"{figure}:{other}", f"{figure}+{other}"))
    )


@_way(*ALL)
def words(random: Random, figure: str) -> Harm:
    """Words in the figure's place."""
    return Harm(text=random.choice(("若干", "较多", "不详", f"约{figure}", f"{figure}件左右", f"{figure}多", "见附表", "二十余")))


@_way(*ALL)
def zeros(random: Random, figure: str) -> Harm:
    """Two figures run together."""
    return Harm(text="0" + figure)


@_way("text", "markdown", "html", "docx")
def unseen(random: Random, figure: str) -> Harm:
    """Characters that nobody sees."""
    places = [random.randrange(len(figure) + 1) for _ in range(random.randrange(1, 4))]
    text = figure
    for place in sorted(places, reverse=True):
        text = text[:place] + random.choice(_UNSEEN) + text[place:]
    return Harm(text=text, reads=_value(figure))


@_way("text", "markdown", "html", "docx")
def turned(random: Random, figure: str) -> Harm:
    """The direction of writing turned round."""
    first, second = _cut(random, figure)
    text = first + second
    return Harm(text=f"\u202e{text}\u202c", reads=_value(text[::-1]) if text[::-1][0] != "0" else frozenset())


@_way(*ALL)
def full_width(random: Random, figure: str) -> Harm:
    """Full-width digits."""
    return Harm(text="".join(chr(ord(digit) + 0xFEE0) for digit in figure), reads=_value(figure))


@_way(*ALL)
def stop(random: Random, figure: str) -> Harm:
    """A full stop, a unit or a note behind the figure."""
    return Harm(text=figure + random.choice((".", "。", "件", "（其中修订1件）")), reads=_value(figure))


@_way("text", "markdown", "html", "docx")
def raised_character(random: Random, figure: str) -> Harm:
    """A raised figure as a character of its own."""
    return Harm(text=figure + random.choice("¹²³①②"), reads=_value(figure))


# ------------------------------------------------------------------------------------------------- pages


@_way("html")
def html_lines(random: Random, figure: str) -> Harm:
    """Two lines in the cell."""
    first, second = _cut(random, figure)
    return Harm(
        text=random.choice((f"{first}<br>{second}", f"{first}</p><p>{second}", f"—<br>{figure}", f"<div>{first}</div><div>{second}</div>")),
        raw=True,
    )


@_way("html")
def html_pieces(random: Random, figure: str) -> Harm:
    """One figure in several elements."""
    first, second = _cut(random, figure)
    joined = random.choice(
        (f"<span>{first}</span><span>{second}</span>", f"<b>{first}</b>{second}", f"{first}<!-- x -->{second}", f"{first}<wbr>{second}")
    )
    return Harm(text=joined, raw=True, reads=_value(first + second))


@_way("html")
def html_raised(random: Random, figure: str) -> Harm:
    """A raised or lowered mark."""
    tag = random.choice(("<sup>{}</sup>", "<sub>{}</sub>", "<span style='vertical-align:super;font-size:60%'>{}</span>"))
    return Harm(text=figure + tag.format(random.randrange(1, 9)), raw=True, reads=_value(figure))


@_way("html")
def html_struck(random: Random, figure: str) -> Harm:
    """A figure struck out, with or without another beside it."""
    other = str(random.randrange(1, 60))
    tag = random.choice(("<s>{}</s>", "<del>{}</del>", "<strike>{}</strike>", "<span style='text-decoration:line-through'>{}</span>"))
    if random.random() < 0.5:
        return Harm(text=tag.format(other) + figure, raw=True, reads=_value(figure))
    return Harm(text=tag.format(figure), raw=True, reads=frozenset({BLANK}))


@_way("html")
def html_hidden(random: Random, figure: str) -> Harm:
    """A figure that is not shown, with or without another beside it."""
    other = str(random.randrange(1, 60))
    style = random.choice(("display:none", "visibility:hidden", "font-size:0", "opacity:0", "color:#fff;background:#fff"))
    hidden = f"<span style='{style}'>{other}</span>"
    if random.random() < 0.5:
        return Harm(text=hidden + figure, raw=True, reads=_value(figure))
    return Harm(text=hidden, raw=True, reads=frozenset({BLANK}))


@_way("html")
def html_beside(random: Random, figure: str) -> Harm:
    """A picture, a box or a table in the cell."""
    other = random.choice(
        (
            "<img src='figure.png' width=40 height=20>",
            f"{figure}<img src='seal.png' width=80 height=80>",
            f"<table><tr><td>{figure}</td></tr></table>",
            f"<input value='{figure}'>",
            f"<ruby>{figure}<rt>2</rt></ruby>",
        )
    )
    return Harm(text=other, raw=True, reads=_value(figure) | (frozenset({BLANK}) if other.startswith("<img") else frozenset()))


@_way("html", "docx")
def cell_gone(random: Random, figure: str) -> Harm:
    """The cell is not there; the row is too short."""
    return Harm(text=figure, around="gone", reads=frozenset({BLANK}))


@_way("html", "docx")
def cell_wide(random: Random, figure: str) -> Harm:
    """The cell takes the place of the next one too."""
    return Harm(text=figure, around="wide", reads=_value(figure) | {BLANK})


# ------------------------------------------------------------------------------------------------- Word


def _run(text: str, properties: str = "") -> str:
    return _W.format(f"<w:rPr>{properties}</w:rPr>" if properties else "", text)


@_way("docx")
def docx_lines(random: Random, figure: str) -> Harm:
    """Two lines in the cell."""
    first, second = _cut(random, figure)
    broken = f"<w:r><w:t>{first}</w:t><w:br/><w:t>{second}</w:t></w:r>"
    parts = f"<w:p>{_run(first)}</w:p><w:p>{_run(second)}</w:p>"
    return Harm(text=random.choice((broken, parts, f"<w:p>{_run('—')}</w:p><w:p>{_run(figure)}</w:p>")), raw=True)


@_way("docx")
def docx_pieces(random: Random, figure: str) -> Harm:
    """One figure in several runs."""
    first, second = _cut(random, figure)
    return Harm(
        text=_run(first) + random.choice(("", "<w:proofErr w:type='spellStart'/>")) + _run(second, "<w:b/>"),
        raw=True,
        reads=_value(first + second),
    )


@_way("docx")
def docx_raised(random: Random, figure: str) -> Harm:
    """A raised or lowered mark."""
    look = random.choice(("<w:vertAlign w:val='superscript'/>", "<w:vertAlign w:val='subscript'/>", "<w:position w:val='8'/>"))
    return Harm(text=_run(figure) + _run(str(random.randrange(1, 9)), look), raw=True, reads=_value(figure))


@_way("docx")
def docx_struck(random: Random, figure: str) -> Harm:
    """A figure struck out, with or without another beside it."""
    other = _run(str(random.randrange(1, 60)), random.choice(("<w:strike/>", "<w:dstrike/>")))
    if random.random() < 0.5:
        return Harm(text=other + _run(figure), raw=True, reads=_value(figure))
    return Harm(text=other, raw=True, reads=frozenset({BLANK}))


@_way("docx")
def docx_hidden(random: Random, figure: str) -> Harm:
    """A figure that is not shown, with or without another beside it."""
    other = _run(str(random.randrange(1, 60)), random.choice(("<w:vanish/>", "<w:color w:val='FFFFFF'/>")))
    if random.random() < 0.5:
        return Harm(text=other + _run(figure), raw=True, reads=_value(figure))
    return Harm(text=other, raw=True, reads=frozenset({BLANK}))


@_way("docx")
def docx_tracked(random: Random, figure: str) -> Harm:
    """A figure deleted and another put in, the change tracked."""
    gone = f"<w:del w:id='9' w:author='x'><w:r><w:delText>{random.randrange(1, 60)}</w:delText></w:r></w:del>"
    return Harm(text=gone + f"<w:ins w:id='8' w:author='x'>{_run(figure)}</w:ins>", raw=True, reads=_value(figure))


@_way("docx")
def docx_symbol(random: Random, figure: str) -> Harm:
    """A symbol of a font that is no text."""
    sign = f"<w:r><w:sym w:font='Wingdings' w:char='F0{random.randrange(0x40, 0xF0):02X}'/></w:r>"
    return Harm(text=random.choice((_run(figure) + sign, sign + _run(figure))), raw=True, reads=frozenset())


@_way("docx")
def docx_control(random: Random, figure: str) -> Harm:
    """The figure in a content control or a field."""
    control = f"<w:sdt><w:sdtContent>{_run(figure)}</w:sdtContent></w:sdt>"
    return Harm(text=random.choice((control, f"<w:fldSimple w:instr='=1'>{_run(figure)}</w:fldSimple>")), raw=True, reads=_value(figure))


# ------------------------------------------------------------------------------------------------- pages of print


@_way("pdf")
def pdf_lines(random: Random, figure: str) -> Harm:
    """Two figures one over the other in a cell."""
    other = str(random.randrange(1, 60))

    def draw(sheet: Any, x: float, y: float, right: float, low: float) -> None:
        sheet.text(x, y - 3, figure, 5).text(x, y + 3, other, 5)

    return Harm(draw=draw)


@_way("pdf")
def pdf_pieces(random: Random, figure: str) -> Harm:
    """One figure in two pieces of text."""
    first, second = _cut(random, figure)

    def draw(sheet: Any, x: float, y: float, right: float, low: float) -> None:
        sheet.text(x, y, first, SIZE).text(x + SIZE / 2 * len(first), y, second, SIZE)

    return Harm(draw=draw, reads=_value(first + second))


@_way("pdf")
def pdf_raised(random: Random, figure: str) -> Harm:
    """A small raised mark behind the figure."""
    mark = str(random.randrange(1, 9))

    def draw(sheet: Any, x: float, y: float, right: float, low: float) -> None:
        sheet.text(x, y, figure, SIZE).text(x + SIZE / 2 * len(figure), y - 3.5, mark, 4.5)

    return Harm(draw=draw, reads=_value(figure))


@_way("pdf")
def pdf_struck(random: Random, figure: str) -> Harm:
    """A line through the figure."""

    def draw(sheet: Any, x: float, y: float, right: float, low: float) -> None:
        sheet.text(x, y, figure, SIZE).rule(x - 1, y - SIZE * 0.35, x + SIZE / 2 * len(figure) + 1, y - SIZE * 0.35)

    return Harm(draw=draw)


@_way("pdf")
def pdf_white(random: Random, figure: str) -> Harm:
    """White digits, with or without others beside them."""
    beside = random.random() < 0.5
    other = str(random.randrange(1, 60))

    def draw(sheet: Any, x: float, y: float, right: float, low: float) -> None:
        sheet.commands.append("q 1 1 1 rg")
        sheet.text(x + (SIZE / 2 * len(figure) if beside else 0), y, other, SIZE)
        sheet.commands.append("Q")
        if beside:
            sheet.text(x, y, figure, SIZE)

    return Harm(draw=draw, reads=_value(figure) if beside else frozenset({BLANK}))


@_way("pdf")
def pdf_overprint(random: Random, figure: str) -> Harm:
    """Two figures printed over one another."""
    other = str((int(figure) + random.randrange(1, 9)) % 10 ** len(figure)).zfill(len(figure))

    def draw(sheet: Any, x: float, y: float, right: float, low: float) -> None:
        sheet.text(x, y, figure, SIZE).text(x + 0.4, y, other, SIZE)

    return Harm(draw=draw, reads=frozenset())


@_way("pdf")
def pdf_picture(random: Random, figure: str) -> Harm:
    """A picture where the figure should be."""

    def draw(sheet: Any, x: float, y: float, right: float, low: float) -> None:
        sheet.picture(x, y - SIZE, min(x + 20, right - 2), min(y + 2, low - 1))

    return Harm(draw=draw, reads=frozenset({BLANK}))

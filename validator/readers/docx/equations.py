"""Equations of Word (OMML) as one line: 4/1 for a fraction, brackets written out, exponents and indices set apart as raised marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from validator.model import UnreadableError
from validator.readers.docx.package import Element, W

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATIONS = frozenset({MATH + "oMath", MATH + "oMathPara"})
_DEEPEST = 60
_PLAIN = frozenset({MATH + name for name in ("oMath", "oMathPara", "e", "box", "boxPr", "num", "den", "fName", "deg", "lim")})
_RAISING = frozenset({MATH + "sup", MATH + "sub"})
_SCRIPTS = frozenset({MATH + name for name in ("sSup", "sSub", "sSubSup", "sPre")})
#: Structures (roots, sums, matrices) whose digits do not make one figure.
_BUILT = frozenset(
    MATH + name for name in ("nary", "rad", "limLow", "limUpp", "m", "mr", "eqArr", "bar", "acc", "groupChr", "func", "borderBox")
)
_GONE = frozenset({W + "del", W + "moveFrom"})


class Step(NamedTuple):
    """A step through an equation: a run of it (m:r or w:r), a sign that is printed, a raised part that begins or ends, a doubt."""

    kind: Literal["run", "sign", "raise", "lower", "doubt", "hidden"]
    run: Element | None = None
    text: str = ""


def steps(element: Element, depth: int = 0) -> Iterator[Step]:
    """An equation or a part of one, in the order in which it is read aloud. Raises UnreadableError: too-deep."""
    if depth > _DEEPEST:
        raise UnreadableError("too-deep", format="docx")
    for child in element:
        tag = child.tag
        if tag in (MATH + "r", W + "r"):
            yield Step("run", child)
        elif tag in _RAISING:
            if next(child.iter(MATH + "t"), None) is not None:
                yield Step("raise")
                yield from steps(child, depth + 1)
                yield Step("lower")
        elif tag == MATH + "f":
            yield Step("doubt", text="equation")
            yield from _fraction(child, depth)
        elif tag == MATH + "d":
            yield from _bracketed(child, depth)
        elif tag == MATH + "phant":
            shown = child.find(f"{MATH}phantPr/{MATH}show")
            if shown is None or shown.get(MATH + "val") not in ("0", "off", "false"):
                yield from steps(child, depth + 1)
        elif tag in _SCRIPTS or tag in _BUILT:
            yield Step("doubt", text="raised" if tag in _SCRIPTS else "equation")
            yield from steps(child, depth + 1)
        elif tag in _PLAIN or str(tag).startswith(W) and tag not in _GONE:
            yield from steps(child, depth + 1)


def _fraction(element: Element, depth: int) -> Iterator[Step]:
    """Numerator / denominator."""
    for name, sign in (("num", "/"), ("den", "")):
        for part in element.iterchildren(MATH + name):
            yield from steps(part, depth + 1)
        yield Step("sign", text=sign)


def _bracketed(element: Element, depth: int) -> Iterator[Step]:
    """What stands in brackets, with them."""
    properties = element.find(MATH + "dPr")

    def sign(name: str, usual: str) -> Step:
        printed = None if properties is None else properties.find(MATH + name)
        return Step("sign", text=usual if printed is None else printed.get(MATH + "val", ""))

    yield sign("begChr", "(")
    for number, part in enumerate(element.iterchildren(MATH + "e")):
        if number:
            yield sign("sepChr", "|")
        yield from steps(part, depth + 1)
    yield sign("endChr", ")")

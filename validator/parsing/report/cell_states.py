"""What stands in a value cell: a figure, nothing, a sign for nothing, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model import Value
from validator.text.characters import SPACES, bare, even, narrow

_UNIT = "万元|亿元|元|件次|人次|个工作日|件|条|个|宗|项|份|起|例|人|部|次|天|期|篇"
_FIGURE = expression(
    rf"(?P<sign>[-+])?(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?(?P<unit>{_UNIT})?(?P<note>\([^()]*\d*[^()]*\)|\([^()]*)?"
)
_PLACEHOLDER = expression(r"-{1,6}|/{1,3}|\\{1,2}|无|\*{1,3}|[xX×]|N/?A|_{1,6}|空", re.IGNORECASE)
_RUN = expression(r"[-+\d., ]*\d[-+\d., ]*元?")

State = Literal["number", "blank", "placeholder", "text", "run"]


@record
class Printed:
    """A value cell, read."""

    state: State
    value: Value | None = None
    marks: frozenset[str] = frozenset()  # note, fullwidth, thousands, unit
    note: str = ""  # the note or the unit as printed


@lru_cache(maxsize=4096)
def printed(text: str) -> Printed:
    """Read a value cell. Digits kept apart by spaces are a run: nobody can tell 1 2 from 12."""
    inner = "".join(char if char not in SPACES else " " for char in even(text)).strip()
    if not inner:
        return Printed(state="blank")
    close = bare(inner)
    if _PLACEHOLDER.fullmatch(close):
        return Printed(state="placeholder")
    head = inner.split("(")[0].strip()
    if expression(r"\d +\d").search(head):
        return Printed(state="run") if _RUN.fullmatch(close) else Printed(state="text")
    found = _FIGURE.fullmatch(close)
    if not found:
        return Printed(state="text")
    number = (found["sign"] or "") + found["number"].replace(",", "") + (found["fraction"] or "")
    value: Value = Decimal(number) if found["fraction"] else int(number)
    marks = {name for name in ("unit", "note") if found[name]}
    if "," in found["number"]:
        marks.add("thousands")
    if any(char.isdigit() and narrow(char) != char for char in text):
        marks.add("fullwidth")
    return Printed(state="number", value=value, marks=frozenset(marks), note=found["note"] or found["unit"] or "")


def divided(text: str, kinds: tuple[str, ...], adds: bool, limit: int = 2) -> list[tuple[str, ...]]:
    """The ways (at most `limit`) to divide digits that run together into one figure for each of `kinds` (count, signed, money).

    Spaces are true divisions. With `adds` the last figure must be the sum of the others.
    """
    text = " ".join("".join(c if c not in SPACES else " " for c in even(text)).split()).rstrip("元")
    found: list[tuple[str, ...]] = []
    if len(text) <= 120:
        _divide(text, 0, kinds, (), adds, found, limit)
    return found


_ONE = {"count": expression(r"0|[1-9]\d*"), "signed": expression(r"0|[-+]?[1-9]\d*"), "money": expression(r"(?:0|[1-9]\d*)(?:\.\d+)?")}


def _divide(
    text: str, at: int, kinds: tuple[str, ...], done: tuple[str, ...], adds: bool, found: list[tuple[str, ...]], limit: int
) -> None:
    """Depth first over the places where a figure may end; the last one must reach the end."""
    at += text[at : at + 1] == " "
    left = len(kinds) - len(done)
    if len(found) >= limit or len(text) - at < left:
        return
    pattern = _ONE[kinds[len(done)]]
    if left == 1:
        rest = text[at:]
        if pattern.fullmatch(rest) and (not adds or sum(map(Decimal, done)) == Decimal(rest)):
            found.append((*done, rest))
        return
    for end in range(at + 1, len(text) - left + 2):
        part = text[at:end]
        if " " in part:
            break
        if pattern.fullmatch(part):
            _divide(text, end, kinds, (*done, part), adds, found, limit)

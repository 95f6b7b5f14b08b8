"""What stands in a value cell: a figure, nothing, a sign for nothing, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model import Value
from validator.text.characters import SPACES, bare, even, narrow, without_invisible
from validator.text.numerals import CIRCLED, MOST_DIGITS

_UNIT = "万元|亿元|元|件次|人次|个工作日|件|条|个|宗|项|份|起|例|人|部|次|天|期|篇"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹" + CIRCLED
_HEAD = expression(r"(?P<sign>[-+] *)?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?")
_TAIL = expression(rf"(?P<unit>{_UNIT})?(?P<note>\([^()]*\)|\([^()]*)?(?P<mark>[{_RAISED}]+)?(?P<stop>[.。])?")
_CHANGE = expression(rf"(?P<way>减少|减|增加|增)(?P<number>[0-9]+)(?P<unit>{_UNIT})?")
_PLACEHOLDER = expression(r"-{1,6}|/{1,3}|\\{1,2}|无|\*{1,3}|[xX×]|N/?A|_{1,6}|空", re.IGNORECASE)
_RUN = expression(r"[-+., ]*[0-9][-+0-9., ]*元?")
#: Three digits behind a thin space are thousands, as books print them.
_THIN = expression("(?<![0-9])[0-9]{1,3}(?:[\u2006\u2009\u200a\u202f][0-9]{3})+(?![0-9])")
_THIN_SPACES = expression("[\u2006\u2009\u200a\u202f]")
_LINES = expression(r"[-+/0-9.,][ ]*\n\s*[-+/0-9.,]")
_GAP = expression(r"[0-9]\s+[0-9]")
#: Letters and signs that stand for digits by mistake: nobody may say which digit was meant.
_ALIKE = expression("[0-9oOοОо○〇◯lIⅠ|]+")
_POINTS = expression(r"[-+., 、]*[0-9][-+0-9., 、]*")
#: More digits than a figure has.
_DIGITS = expression(f"[0-9]{{{MOST_DIGITS + 1}}}|[0-9,.]{{{2 * MOST_DIGITS}}}")
#: Turns the order of what follows, digits too.
_TURNED = "\u202e"

State = Literal["number", "blank", "placeholder", "text", "run", "unread"]


@record
class Printed:
    """A value cell, read. `run`: digits that may be several figures; `unread`: other ink that is neither figure nor word."""

    state: State
    value: Value | None = None
    marks: frozenset[str] = frozenset()  # note, fullwidth, thousands, unit, change (减1), stop (3.)
    note: str = ""  # the note or the unit as printed
    mark: str = ""  # a raised mark behind the figure
    reason: str = ""  # why it is not read: gap, paragraphs, zeros, alike, separator, symbol


@lru_cache(maxsize=4096)
def printed(text: str, signed: bool = False) -> Printed:
    """Read a value cell. Digits kept apart by spaces are a run: nobody can tell 1 2 from 12.

    `signed`: a change is asked for, which may stand in words (减1).
    """
    shown = even(text)
    if not shown.isascii():
        shown = _THIN.sub(lambda found: _THIN_SPACES.sub(",", found[0]), without_invisible(shown))
    inner = "".join(char if char == "\n" or char not in SPACES else " " for char in shown).strip()
    if not inner:
        return Printed(state="blank")
    close = bare(inner)
    if _PLACEHOLDER.fullmatch(close):
        return Printed(state="placeholder")
    if len(close) > MOST_DIGITS and _DIGITS.search(close):
        return Printed(state="unread", reason="long")
    if signed and (change := _CHANGE.fullmatch(close)):
        sign = -1 if change["way"][0] == "减" else 1
        return Printed(state="number", value=sign * int(change["number"]), marks=frozenset({"change"}))
    head = _HEAD.match(inner)
    tail = _TAIL.fullmatch(bare(inner[head.end() :])) if head else None
    if head is None or tail is None or (_TURNED in text and len(head[0]) > 1):
        return _unread(inner, close)
    if len(head["number"]) > 1 and head["number"][0] == "0":
        return Printed(state="run", reason="zeros")
    number = (head["sign"] or "").strip() + head["number"].replace(",", "") + (head["fraction"] or "")
    value: Value = Decimal(number) if head["fraction"] else int(number)
    marks = {name for name in ("unit", "note", "stop") if tail[name]}
    if "," in head["number"]:
        marks.add("thousands")
    if any(char.isdigit() and narrow(char) != char for char in text):
        marks.add("fullwidth")
    return Printed(state="number", value=value, marks=frozenset(marks), note=tail["note"] or tail["unit"] or "", mark=tail["mark"] or "")


def _unread(inner: str, close: str) -> Printed:
    """Ink that is no figure: words, or what cannot be read and why."""
    words = any(char.isalpha() for char in close)
    outside = inner.split("(")[0].strip()
    if not words and _LINES.search(outside):
        return Printed(state="run" if _RUN.fullmatch(close) else "unread", reason="paragraphs")
    gap = _GAP.search(outside)
    if gap and not any(char.isalpha() for char in expression(_UNIT).sub("", close.split("(")[0])):
        return Printed(state="run" if _RUN.fullmatch(close) else "unread", reason="paragraphs" if "\n" in gap[0] else "gap")
    if _ALIKE.fullmatch(close):
        return Printed(state="unread", reason="alike")
    if words:
        return Printed(state="text")
    return Printed(state="unread", reason="separator" if _POINTS.fullmatch(close) else "symbol")


def divided(text: str, kinds: tuple[str, ...], adds: bool, limit: int = 2) -> list[tuple[str, ...]]:
    """The ways (at most `limit`) to divide digits that run together into one figure for each of `kinds` (count, signed, money).

    Spaces are true divisions. With `adds` the last figure must be the sum of the others.
    """
    text = " ".join("".join(c if c not in SPACES else " " for c in without_invisible(even(text))).split()).rstrip("元")
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

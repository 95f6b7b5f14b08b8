"""Text of a report for formats that people open: private numbers masked, what no reader can show replaced where it stood."""

from __future__ import annotations

from collections.abc import Callable

from validator.base.shown import LOST
from validator.engine.locations import hidden

_KEPT = (0x09, 0x0A, 0x0D)
_LOST = {code: LOST for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF) if code not in _KEPT}
#: What turns the direction of reading would let a report forge what stands beside it; marks without an effect of their own go.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), LOST) | dict.fromkeys((0x200E, 0x200F, 0x061C))
_SHOWN = _LOST | _TURNING | {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}


def clean(text: str) -> str:
    """The text as it may stand in a file for people: identity numbers masked, control characters and lone surrogates as �."""
    return hidden(text.translate(_SHOWN).replace("\r\n", "\n").replace("\r", "\n"))


def cut(text: str, most: int, remark: Callable[[int], str]) -> str:
    """The text with at most `most` UTF-16 units (what spreadsheets count in); at its end what `remark` says of the number left out."""
    if len(text) * 2 <= most or _units(text) <= most:
        return text
    room, size = most - _units(remark(len(text))), 0
    while (room := room - _units(text[size])) >= 0:
        size += 1
    return text[:size] + remark(len(text) - size)


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)

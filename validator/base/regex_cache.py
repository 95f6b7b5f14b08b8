"""What need not be worked out twice: plain data by key, and regular expressions compiled before.

The command brings it from the user's cache and takes it back there (cli/commands/setup.py). Without it everything is worked out anew,
to the same end.
"""

from __future__ import annotations

import re
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from functools import cache
from typing import Any

#: More expressions than program and built-in rules have; beyond it they are compiled and forgotten.
MOST = 4000


class PatternCache:
    """Plain data by key; `fresh` once something was added to what the cache held."""

    def __init__(self, held: object = None) -> None:
        self.held: dict[str, Any] = held if isinstance(held, dict) else {}
        self.fresh = False

    def get(self, key: str) -> Any:
        """What was kept under the key; None where there is nothing."""
        return self.held.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep plain data under the key."""
        if len(self.held) < MOST:
            self.held[key], self.fresh = value, True


store = PatternCache()


def bring(held: object) -> None:
    """Begin with what the cache held."""
    global store
    store = PatternCache(held)


def version() -> str:
    """What kept expressions depend on beside their text: the program's Python and the form of its compiled code."""
    made_by = getattr(re, "_constants", None)
    return f"{sys.implementation.cache_tag}-{getattr(made_by, 'MAGIC', 0)}-{sys.byteorder}"


def place(program: str) -> str:
    """The name that the cache keeps it under, for this version of the program."""
    return f"kept-{program}-{version()}"


#: Every expression asked for, with its flags: the tests try each on text that makes bad ones slow.
asked: dict[tuple[str, int], None] = {}


def passing(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile` for an expression made of names in the report: it is no use to another report, and not kept."""
    made = re.compile(source, flags)
    _register(source, flags)
    return made


def _register(source: str, flags: int) -> None:
    if len(asked) < MOST:
        asked[source, int(flags)] = None


@cache
def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, faster where the same was compiled before. For expressions that do not depend on the report."""
    key = f"re:{int(flags)}:{source}"
    made = None
    if (code := store.get(key)) is not None:
        made = _revived(source, code)
    if made is None and (code := _code(source, flags)) is not None and (made := _revived(source, code)):
        store.put(key, code)
    made = made or re.compile(source, flags)
    _register(source, flags)
    return made


# CPython's `re` turns an expression into a list of numbers and gives it to the C module `_sre`, which checks it; the first step takes
# nearly all the time. None of this is documented: where it is not as known, expressions are compiled as usual. A test compares the two.


def _code(source: str, flags: int) -> list[Any] | None:
    """The expression as plain data: its flags, numbers, and groups; None where that cannot be had."""
    try:
        from validator.base import re_internals

        parsed = re_internals.parse(source, flags)
        numbers = array("I", re_internals.numbers(parsed, flags))
        state = parsed.state
        return [int(flags | state.flags), b2a_base64(numbers.tobytes(), newline=False).decode(), state.groups - 1, dict(state.groupdict)]
    except Exception:  # a mistake in the expression is for `re.compile` to tell
        return None


def _revived(source: str, held: Any) -> re.Pattern[str] | None:
    """The expression of its plain data; None where that is not what `_code` gave, or another Python sees it otherwise."""
    try:
        import _sre  # type: ignore[import-not-found]  # CPython's own module in C: no stub tells of it

        flags, code, groups, names = held
        numbers = array("I", a2b_base64(code))
        positions: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            positions[number] = name
        made: re.Pattern[str] = _sre.compile(source, flags, numbers.tolist(), groups, names, tuple(positions))
        return made
    except Exception:
        return None

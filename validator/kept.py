"""What need not be worked out twice: plain data by key, and regular expressions compiled before.

The command brings it from the user's cache and takes it back there (cli.py). Without it everything is worked out anew, to the same end.
"""

from __future__ import annotations

import re
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import cache
from typing import Any

#: More expressions than program and built-in rules have; beyond it they are compiled and forgotten.
MOST = 4000


class Kept:
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


store = Kept()


def bring(held: object) -> None:
    """Begin with what the cache held."""
    global store
    store = Kept(held)


def version() -> str:
    """What kept expressions depend on beside their text: the program's Python and the form of its compiled code."""
    made_by = getattr(re, "_constants", None)
    return f"{sys.implementation.cache_tag}-{getattr(made_by, 'MAGIC', 0)}-{sys.byteorder}"


@cache
def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, faster where the same was compiled before. For expressions that do not depend on the report."""
    key = f"re:{int(flags)}:{source}"
    if (code := store.get(key)) is not None and (made := _revived(source, code)):
        return made
    made = re.compile(source, flags)
    if (code := _code(source, flags)) is not None:
        store.put(key, code)
    return made


# CPython's `re` turns an expression into a list of numbers and gives it to the C module `_sre`, which checks it; the first step takes
# nearly all the time. None of this is documented: where it is not as known, expressions are compiled as usual.


def _revived(source: str, kept: Any) -> re.Pattern[str] | None:
    try:
        flags, code, groups, names = kept
        numbers = array("I")
        numbers.frombytes(b64decode(code, validate=True))
        positions: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            positions[number] = name
        return _maker()(source, flags, numbers.tolist(), groups, names, tuple(positions))
    except Exception:  # whatever a spoilt cache holds, and however another Python sees it
        return None


def _maker() -> Callable[..., re.Pattern[str]]:
    import _sre

    return _sre.compile  # type: ignore[no-any-return]


def _code(source: str, flags: int) -> list[Any] | None:
    """What `_revived` needs; None where it cannot be had or does not give the same expression."""
    try:
        parsed = re._parser.parse(source, flags)  # type: ignore[attr-defined]
        numbers = re._compiler._code(parsed, flags)  # type: ignore[attr-defined]
        state = parsed.state
        kept = [int(flags | state.flags), b64encode(array("I", numbers).tobytes()).decode(), state.groups - 1, dict(state.groupdict)]
    except Exception:
        return None
    return kept if _revived(source, kept) == re.compile(source, flags) else None

"""What is used of the inside of CPython's `re`: an expression taken apart, and its numbers put together.

None of it is documented and no stub tells of it: each function raises whatever a Python raises that has it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

_inside: Any = re


#: What is matched at one place: its name (`str` tells it), and what belongs to it, which is another thing for each name.
Item = tuple[object, Any]


class ExpressionState(Protocol):
    """What an expression says of itself: its flags, how many groups it has (the whole is one) and those with names."""

    flags: int
    groups: int
    groupdict: Mapping[str, int]


class Parsed(Protocol):
    """An expression, or a part of it, taken apart: a sequence of names of what is matched, each with what belongs to it."""

    state: ExpressionState

    def __iter__(self) -> Iterator[Item]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, at: int, /) -> Item: ...
    def getwidth(self) -> tuple[int, int]:
        """The fewest and the most characters that it matches."""
        ...


def parse(source: str, flags: int = 0) -> Parsed:
    """The expression taken apart."""
    parsed: Parsed = _inside._parser.parse(source, flags)
    return parsed


def numbers(parsed: Parsed, flags: int) -> list[int]:
    """What the C module that matches is given in place of the expression."""
    found: list[int] = _inside._compiler._code(parsed, flags)
    return found


def of_set(items: Sequence[Item]) -> re.Pattern[str]:
    """The expression that matches one character of a set, of the set's parts."""
    parsed = _inside._parser.parse("[^a]")
    parsed.data[:] = [(_inside._constants.IN, list(items))]
    made: re.Pattern[str] = _inside._compiler.compile(parsed)
    return made

"""What was worked out of unchanging records, kept as long as whoever holds a `Once`: a report's paragraphs, a county's roster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple

_Made = TypeVar("_Made")
_Of = TypeVarTuple("_Of")


class Once:
    """Calls a function once for the same arguments, which are told apart by what they are and not by what they hold.

    It means nothing to the record that holds it: two are equal, and none travels to another process.
    """

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], tuple[Any, tuple[object, ...]]] = {}

    def __call__(self, make: Callable[[*_Of], _Made], *of: *_Of) -> _Made:
        """What `make` gives for these arguments."""
        key = (make, *map(id, of))
        held = self._made.get(key)
        if held is None:
            held = self._made[key] = make(*of), of  # the arguments stay, so that no other object gets their ids
        made: _Made = held[0]
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Once)

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "Once()"

    def __reduce__(self) -> tuple[type[Once], tuple[()]]:
        return Once, ()

"""Patterns of paths in nianbao.yaml: `*` and `?` within a folder, `**` over folders, a folder's name for all that is in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether a path (from the folder of nianbao.yaml, with forward slashes) fits the pattern."""
    pieces, names = _pieces(pattern), _pieces(path)
    if not pieces or pattern.startswith("/") != path.startswith("/"):
        return False
    folder = not any(mark in pieces[-1] for mark in "*?[")
    places = _over(frozenset((0,)), pieces)
    for number, name in enumerate(names, 1):
        places = _over(frozenset(next_place for place in places for next_place in _next(place, name, pieces)), pieces)
        if len(pieces) in places and (folder or number == len(names)):
            return True
    return False


def _next(place: int, name: str, pieces: Sequence[str]) -> Iterator[int]:
    """The places in the pattern after this name."""
    if place == len(pieces):
        return
    if pieces[place] == "**":
        yield place
    if pieces[place] == "**" and place == len(pieces) - 1 or pieces[place] != "**" and fnmatchcase(name, pieces[place]):
        yield place + 1


def _over(at: frozenset[int], pieces: Sequence[str]) -> frozenset[int]:
    """The places in the pattern from which the next name is looked for: `**` may also stand for no folder."""
    places = set(at)
    for place in sorted(at):
        while place < len(pieces) - 1 and pieces[place] == "**":
            place += 1
            places.add(place)
    return frozenset(places)


@cache
def _pieces(path: str) -> tuple[str, ...]:
    """Folders and file, as they are compared: systems write letters with accents in more than one way."""
    names = unicodedata.normalize("NFC", path).replace("\\", "/").split("/")
    return tuple(name for name in names if name not in ("", "."))

"""Patterns of paths (`reports/**/*.docx`) → the paths they match, in one walk over the folders.

The standard library's glob follows links wherever they lead, visits a folder once for each way through the pattern and calls itself for
each of its parts: two links to `.` or a pattern of a thousand `**/` are enough. Here a folder is visited once for each way to it, `**`
follows no link, other parts follow none that leads back, and there is a bound on what is looked at.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable, Iterator

from validator.base import windows
from validator.base.records import record

#: Entries of folders that one pattern or one walk may look at.
MOST = 300_000
_ANY = "**"
#: The part that is next, and whether `**` took the name before it.
_Step = tuple[int, bool]
_MAGIC = "*?["


@record
class _Folder:
    """A folder to look into, the parts of the pattern that may come next, and the folders above it as the system numbers them."""

    path: str
    states: frozenset[int]
    above: tuple[tuple[int, int], ...]


def is_pattern(path: str) -> bool:
    """Whether a path has signs of a pattern."""
    return any(mark in path for mark in _MAGIC)


def expand(pattern: str, most: int = MOST) -> tuple[list[str], bool]:
    """The paths that match, sorted, links that lead nowhere among them; and whether all could be looked at."""
    drive, rest = os.path.splitdrive(pattern)
    root = drive + rest[: len(rest) - len(rest.lstrip(_SEPARATORS))]
    parts = _parts(rest)
    if not parts:
        return [], True
    walk = _PatternWalk(parts, most)
    found = set(walk.matches(root))
    return sorted(found), not walk.stopped


_SEPARATORS = os.sep + (os.altsep or "")


def _parts(rest: str) -> list[str]:
    """The parts of a pattern; several `**` after each other are one."""
    parts: list[str] = []
    for part in (rest.replace(os.altsep, os.sep) if os.altsep else rest).split(os.sep):
        if part and not (part == _ANY and parts[-1:] == [_ANY]):
            parts.append(part)
    return parts


class _PatternWalk:
    """One walk. States are numbers of parts: the one that is to be matched next."""

    def __init__(self, parts: list[str], most: int) -> None:
        self._parts, self._left, self.stopped = parts, most, False
        self._fits = [_fitting(part) for part in parts]

    def matches(self, root: str) -> Iterator[str]:
        """What matches, in no order."""
        waiting = [_Folder(path=root, states=self._open({0}), above=())]
        while waiting and not self.stopped:
            folder = waiting.pop()
            for name, steps in self._entries(folder).items():
                path = os.path.join(folder.path, name)
                if any(state == len(self._parts) for state, _ in steps):
                    yield path
                if further := self._further(folder, path, steps):
                    waiting.append(further)

    def _open(self, states: set[int]) -> frozenset[int]:
        """The states, and those behind a `**` that takes nothing."""
        return frozenset(states | {state + 1 for state in states if state < len(self._parts) - 1 and self._parts[state] == _ANY})

    def _entries(self, folder: _Folder) -> dict[str, set[_Step]]:
        """Names in the folder → the steps that lead to them."""
        found: dict[str, set[_Step]] = {}
        states = [state for state in folder.states if state < len(self._parts)]
        listed = [state for state in states if is_pattern(self._parts[state])]
        for state in set(states).difference(listed):
            if os.path.lexists(windows.long_path(os.path.join(folder.path, self._parts[state]))):
                found.setdefault(self._parts[state], set()).add((state + 1, False))
        for name in self._names(folder.path) if listed else ():
            for state in listed:
                if self._fits[state](name):
                    found.setdefault(name, set()).update(self._steps(state))
        return found

    def _steps(self, state: int) -> Iterator[_Step]:
        """Where a name that fits leads: `**` may take more folders, and as the last part it takes files too."""
        if self._parts[state] != _ANY:
            yield state + 1, False
            return
        yield state, True
        if state == len(self._parts) - 1:
            yield state + 1, True

    def _names(self, path: str) -> Iterator[str]:
        try:
            with os.scandir(windows.long_path(path or os.curdir)) as entries:
                for entry in entries:
                    self._left -= 1
                    if self._left < 0:
                        self.stopped = True
                        return
                    yield entry.name
        except (OSError, ValueError):
            return

    def _further(self, folder: _Folder, path: str, steps: set[_Step]) -> _Folder | None:
        """The folder to look into next; None where there is none, where only `**` leads there by a link, or where a link leads back."""
        try:
            path_there = windows.long_path(path)
            linked = os.path.islink(path_there)
            rest = {state for state, by_any in steps if state < len(self._parts) and not (by_any and linked)}
            status = os.stat(path_there) if rest else None
        except (OSError, ValueError):
            return None
        if status is None or not stat.S_ISDIR(status.st_mode):
            return None
        number = (status.st_dev, status.st_ino)
        if linked and number in folder.above:
            return None
        return _Folder(path=path, states=self._open(rest), above=(*folder.above, number))


def _fitting(part: str) -> Callable[[str], bool]:
    """Whether a name fits a part; hidden names fit only a part that begins with a full stop."""
    if part == _ANY:
        return lambda name: not name.startswith(".")
    pattern = re.compile(fnmatch.translate(os.path.normcase(part)))
    hidden = part.startswith(".")
    return lambda name: (hidden or not name.startswith(".")) and pattern.match(os.path.normcase(name)) is not None

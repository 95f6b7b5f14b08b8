"""What only Windows does, in one place: where programs are looked for, names of devices, long paths, files that others hold open.

Every function takes what it depends on, so that each can be tried on any system; `HERE` says whether this one is Windows.
"""

from __future__ import annotations

import ntpath
import os
import time
from collections.abc import Callable, Iterator, Mapping

#: Whether this system is Windows.
HERE = os.name == "nt"
#: Windows errors of a file that another program has open, which an office program does to every document.
SHARING = (32, 33)
#: Names that are devices in every folder, whatever their suffix.
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")))
_LONG = 248  # characters from which on a path of a folder needs the long form; a file may have 12 more
_PATIENCE = (0.05, 0.1, 0.2, 0.4)  # seconds between attempts at a file that a virus scanner may just be reading


def is_device(path: str) -> bool:
    """Whether Windows takes the path's last name for a device: CON, nul.txt, `COM1 `, though a folder stands before it."""
    name = ntpath.basename(path)
    return name.split(".")[0].split(":")[0].rstrip(" ").lower() in _DEVICES


def long_path(path: str, here: bool = HERE) -> str:
    """The path in the form that may be longer than 260 characters, where it must be: `\\\\?\\C:\\…`, `\\\\?\\UNC\\server\\share\\…`."""
    if not here or path.startswith(("\\\\?\\", "\\\\.\\")):
        return path
    full = ntpath.normpath(path if ntpath.isabs(path) else ntpath.join(os.getcwd(), path))
    if len(full) < _LONG:
        return path
    return "\\\\?\\UNC\\" + full[2:] if full.startswith("\\\\") else "\\\\?\\" + full


def is_held(trouble: OSError) -> bool:
    """Whether another program has the file open."""
    return getattr(trouble, "winerror", None) in SHARING


def patiently(act: Callable[[], None], wait: Callable[[float], None] = time.sleep) -> None:
    """What may fail for a moment because a file is held, tried for most of a second. Raises OSError as `act` does."""
    for seconds in _PATIENCE:
        try:
            return act()
        except OSError as trouble:
            if not is_held(trouble):
                raise
        wait(seconds)
    return act()


def names(program: str, environment: Mapping[str, str]) -> Iterator[str]:
    """The file names that stand for a program: with each ending that the system runs; one that has such an ending stands for itself."""
    endings = [one for one in environment.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";") if one]
    if program.lower().endswith(tuple(one.lower() for one in endings)):
        yield program
    else:
        yield from (program + one for one in endings)


def system_program(name: str, environment: Mapping[str, str]) -> str:
    """A program of Windows itself, by its full path."""
    return ntpath.join(environment.get("SystemRoot") or environment.get("windir") or "C:\\Windows", "System32", name)

"""Other programs and Python processes started so that nothing of the working folder is run or imported.

Programs are looked for by nianbao itself and started by their full path: the system's own look-up may begin in the working folder
(on Windows always, elsewhere where PATH has an empty entry). Python puts the working folder first among the places of modules when it
is started with `-c`, which multiprocessing does too; `-P` and PYTHONSAFEPATH forbid that. `-I` would also drop PYTHONPATH and the user's
packages, where nianbao itself may be installed.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextvars import ContextVar

from validator.base import windows

_SAFE = "PYTHONSAFEPATH"
_LOCK = threading.RLock()
_allowed: ContextVar[bool] = ContextVar("programs", default=True)


def find(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """The full path of a program on the PATH; None where it is not there. The working folder and relative folders are passed over."""
    surroundings = os.environ if environment is None else environment
    file_names = list(windows.names(name, surroundings)) if windows.HERE else [name]
    for folder in folders(surroundings.get("PATH", os.defpath)):
        for file_name in file_names:
            path = os.path.join(folder, file_name)
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


def folders(path: str) -> list[str]:
    """The folders of a PATH that programs may come from: full paths, none of them the working folder."""
    return [folder for entry in path.split(os.pathsep) if os.path.isabs(folder := entry.strip('"')) and not _is_here(folder)]


def _is_here(folder: str) -> bool:
    """Whether that is the working folder, by whatever name. The root of a disk is nobody's working folder."""
    try:
        return os.path.samefile(folder, os.curdir) and os.path.dirname(os.path.abspath(folder)) != os.path.abspath(folder)
    except OSError:
        return False


def surroundings(**more: str) -> dict[str, str]:
    """The environment for another program: what it starts by name does not come from the working folder either."""
    return {**os.environ, "PATH": os.pathsep.join(folders(os.environ.get("PATH", os.defpath))), _SAFE: "1", **more}


def python(code: str) -> tuple[list[str], dict[str, str]]:
    """Command and environment of another Python that runs `code` with the modules of this one."""
    modules = os.pathsep.join(os.path.abspath(place) for place in sys.path if place)
    return [sys.executable, "-P", "-c", code], {**os.environ, _SAFE: "1", "PYTHONPATH": modules}


def are_allowed() -> bool:
    """Whether a reader may start another program or process."""
    return _allowed.get()


@contextlib.contextmanager
def forbidden() -> Iterator[None]:
    """While readers start no other program or process: what needs one is unreadable."""
    before = _allowed.set(False)
    try:
        yield
    finally:
        _allowed.reset(before)


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """While processes of multiprocessing are started: they, and its resource tracker, import nothing from the working folder.

    There is no option for their command line, so it stands in the environment, which they inherit; afterwards that is as it was.
    """
    with _LOCK:
        before = os.environ.get(_SAFE)
        os.environ[_SAFE] = "1"
        try:
            yield
        finally:
            if before is None:
                os.environ.pop(_SAFE, None)
            else:
                os.environ[_SAFE] = before

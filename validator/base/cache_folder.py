"""Compiled rules in the user's cache folder: plain data as JSON, never a pickle. A cache that fails is no cache."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from secrets import token_hex

from validator.base.regular_files import read_regular

#: Older files are deleted when a new one is written beyond this many.
KEPT = 40
#: Bytes of one file; the largest, a book with its packs, has some three million.
MOST_BYTES = 64 * 2**20
#: Named by the way of writing: a version of the program that writes otherwise looks at other files.
_SUFFIX = ".sealed.json"
_HEAD = 2 + 64 + 3  # bytes before the value: a bracket, the sum in quotes, a comma, a line's end


def folder() -> Path | None:
    """The user's cache folder for nianbao; None where there is none."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
        return Path(home, "nianbao", "Cache") if home else None
    home = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(home):
        return Path(home, "nianbao")
    try:
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "nianbao"
    except RuntimeError:  # no home is known
        return None


def load(key: str) -> object | None:
    """What was saved under `key`; None where there is nothing usable: a file that was not written whole by `save`, whatever it holds."""
    place = folder()
    try:
        return None if place is None else _value(read_regular(place / f"{key}{_SUFFIX}", MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def save(key: str, value: object) -> None:
    """Keep `value` under `key`, whole or not at all and for this user alone; a folder that cannot be written changes nothing."""
    place = folder()
    if place is None:
        return
    fresh = place / f"{key}.{token_hex(8)}.new"
    try:
        own_folder(place)
        with open(fresh, "wb", opener=lambda path, _: own_file(Path(path))) as file:
            file.write(_sealed(value))
        fresh.replace(place / f"{key}{_SUFFIX}")
        _prune(place)
    except (OSError, TypeError, ValueError):
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def own_folder(place: Path) -> None:
    """Make the folder, or make it this user's alone: what is kept of reports is nobody else's business. Raises OSError."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name != "nt" and stat.S_IMODE(place.stat().st_mode) & 0o077:
        place.chmod(0o700)


def own_file(path: Path) -> int:
    """A new file that this user alone may read, opened to be written; no link is followed. Raises OSError where one is there."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)


def _sealed(value: object) -> bytes:
    """The file: a list of the sum of the value's JSON and the value."""
    inner = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b'["' + _sum(inner) + b'",\n' + inner + b"]"


def _value(data: bytes) -> object:
    """The value of a file. Raises ValueError where its sum is not the one that it was written with."""
    inner = data[_HEAD:-1]
    if data[:_HEAD] != b'["' + _sum(inner) + b'",\n' or data[-1:] != b"]":
        raise ValueError("damaged")
    return json.loads(inner.decode("utf-8", "surrogatepass"))


def _sum(inner: bytes) -> bytes:
    return hashlib.sha256(inner).hexdigest().encode()


def _prune(place: Path) -> None:
    files = sorted(place.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)

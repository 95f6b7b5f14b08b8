"""Results of earlier runs in the user's cache folder: one SQLite file, bounded, safe beside other runs. A cache that fails is no cache."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from validator.pipeline.inputs import InputFile
from validator.pipeline.run import RunOptions, limits_of
from validator.pipeline.worker import program

if TYPE_CHECKING:
    import sqlite3

_T = TypeVar("_T")
#: Bytes of the file; when it is larger, what was not used for longest is deleted.
LIMIT = 256 * 2**20
_LARGEST = 4 * 2**20  # bytes of one result
_ROWS_AT_ONCE = 256  # written in one transaction
_WAIT = 2.0  # seconds for another run that is writing
_SHAPE = 3  # of the file and of what is in it
_TABLE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, day INTEGER NOT NULL, data BLOB NOT NULL)"
_MASTER = ("table", "results", _TABLE.replace("IF NOT EXISTS ", ""))  # all that the file may hold, as SQLite writes it down


class Results:
    """Packed results by what they depend on: the file's bytes and path, program, rules, options."""

    def __init__(self, path: Path | None, salt: bytes = b"") -> None:
        self._path, self._salt = path, salt
        self._base: sqlite3.Connection | None = None
        self._new: list[tuple[bytes, int, bytes]] = []
        self._used: list[bytes] = []
        self._day = int(time.time() // 86_400)  # says what goes first when there is no room, and nothing else

    @classmethod
    def of(cls, options: RunOptions) -> Results:
        """Those of the user's cache folder for these options."""
        from validator.base import cache_folder

        place = cache_folder.folder()
        return cls(place / f"results-{_SHAPE}.sqlite" if place else None, _salt(options))

    def get(self, file: InputFile) -> bytes | None:
        """The packed results of a file; None where they are not there, or not whole."""
        if self._path is None or not isinstance(file.data, bytes):
            return None
        key = self._key(file.path, file.data)
        row = self._query(lambda base: base.execute("SELECT data, day FROM results WHERE key = ?", (key,)).fetchone())
        if row is None or (data := _checked(key, row[0])) is None:
            return None
        if row[1] != self._day:
            self._used.append(key)
        return data

    def put(self, file: InputFile, data: bytes) -> None:
        """Keep the packed results of a file."""
        if self._path is None or not isinstance(file.data, bytes) or len(data) > _LARGEST:
            return
        key = self._key(file.path, file.data)
        self._new.append((key, self._day, _sum(key, data) + data))
        if len(self._new) >= _ROWS_AT_ONCE:
            self._write()

    def recall(self, name: str, of: bytes) -> bytes | None:
        """What was kept of a whole set, by all that it depends on."""
        return self.get(InputFile(path=name, data=of, walked=False))

    def keep(self, name: str, of: bytes, data: bytes) -> None:
        """Keep what was found out of a whole set."""
        self.put(InputFile(path=name, data=of, walked=False), data)

    def close(self) -> None:
        """Write what is new."""
        self._write()
        if self._base is not None:
            with contextlib.suppress(Exception):
                self._base.close()
        self._path = self._base = None

    def _key(self, path: str, data: bytes) -> bytes:
        digest = hashlib.sha256(self._salt)
        digest.update(path.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(data)
        return digest.digest()

    def _write(self) -> None:
        new, self._new = self._new, []
        used, self._used = self._used, []
        if new or used:
            self._query(lambda base: _write_rows(base, new, used, self._day))

    def _query(self, question: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """The answer of the file. One that is no such file is deleted; after any other trouble it is left alone for this run."""
        import sqlite3

        for _ in range(2):
            if self._path is None:
                return None
            try:
                self._base = self._base or _connect(self._path)
                return question(self._base)
            except (sqlite3.OperationalError, OSError, MemoryError):
                self._path = None  # busy, read-only, no such folder, no room
            except (sqlite3.Error, ValueError, TypeError, OverflowError):
                self._delete()
        return None

    def _delete(self) -> None:
        base, self._base = self._base, None
        with contextlib.suppress(Exception):
            if base is not None:
                base.close()
        try:
            if self._path is not None:
                self._path.unlink(missing_ok=True)
                self._path.with_name(self._path.name + "-journal").unlink(missing_ok=True)
        except OSError:
            self._path = None


NO_RESULTS = Results(None)


def _connect(path: Path) -> sqlite3.Connection:
    import sqlite3

    from validator.base.cache_folder import own_file, own_folder

    with contextlib.suppress(OSError):
        own_folder(path.parent)
    if path.is_symlink() or not path.is_file() and path.exists():
        raise sqlite3.DatabaseError("no regular file")
    with contextlib.suppress(OSError):
        os.close(own_file(path))  # SQLite gives its journal the rights of the file
    if os.name != "nt" and path.stat().st_mode & 0o077:
        path.chmod(0o600)
    base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        base.execute("PRAGMA synchronous = OFF")  # what a power failure spoils is made anew
        base.execute(_TABLE)
        if base.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'").fetchall() != [_MASTER]:
            raise sqlite3.DatabaseError("another file's tables")
    except BaseException:
        base.close()
        raise
    return base


def _write_rows(base: sqlite3.Connection, new: list[tuple[bytes, int, bytes]], used: list[bytes], day: int) -> None:
    base.execute("BEGIN IMMEDIATE")
    try:
        base.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", new)
        base.executemany("UPDATE results SET day = ? WHERE key = ?", [(day, key) for key in used])
        _bound(base)
    finally:
        base.execute("COMMIT")


def _bound(base: sqlite3.Connection) -> None:
    """Delete the oldest quarter while the file is too large; its room is used again."""

    def ask(name: str) -> int:
        return int(base.execute(f"PRAGMA {name}").fetchone()[0])

    if (ask("page_count") - ask("freelist_count")) * ask("page_size") > LIMIT:
        count = base.execute("SELECT count(*) FROM results").fetchone()[0]
        oldest = "SELECT rowid FROM results ORDER BY day, rowid LIMIT ?"
        base.execute(f"DELETE FROM results WHERE rowid IN ({oldest})", (count // 4 + 1,))


def _sum(key: bytes, data: bytes) -> bytes:
    return zlib.crc32(data, zlib.crc32(key)).to_bytes(4, "big")


def _checked(key: bytes, stored: Any) -> bytes | None:
    if not isinstance(stored, bytes) or stored[:4] != _sum(key, stored[4:]):
        return None
    return stored[4:]


def _salt(options: RunOptions) -> bytes:
    """All that results depend on beside the file."""
    import sys

    parts = (
        _SHAPE, program(), sys.version_info[:3], options.fingerprint, options.pack, options.unit, options.year, options.form,
        sorted(options.selected), options.select, options.ignore, options.county, options.set, limits_of(options),
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()

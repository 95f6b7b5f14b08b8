"""Inputs → their bytes; a zip of files is taken apart as if it were a folder."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from validator.base import windows
from validator.base.input_paths import STDIN, SUFFIXES, Input, inputs
from validator.base.records import record
from validator.model import UnreadableError

if TYPE_CHECKING:
    from validator.readers.archive import ArchiveWork

__all__ = ["LIMIT", "STDIN", "SUFFIXES", "Input", "InputFile", "count", "files_of", "inputs", "open_input"]

#: Bytes read of one input. The readers refuse smaller ones with better reasons; this only bounds memory.
LIMIT = 256 * 2**20


@record
class InputFile:
    """One file's bytes, or why there are none. `walked`: found in a folder or a zip, so that it need not be a report."""

    path: str
    data: bytes | UnreadableError
    walked: bool


def open_input(item: Input, work: ArchiveWork | None = None) -> Iterator[InputFile]:
    """The bytes of an input, at most LIMIT + 1 of them; a zip of files is taken apart as if it were a folder.

    `work`: what the run may still unpack; None: as much as one run may.
    """
    yield from files_of(UnreadableError(item.trouble) if item.trouble else _bytes(item), item, work)


def files_of(data: bytes | UnreadableError, item: Input, work: ArchiveWork | None = None) -> Iterator[InputFile]:
    """The files that the bytes of an input are: those of a zip, else the one."""
    if isinstance(data, bytes) and data.startswith(b"PK") and _is_zip(data, item.path):
        yield from _entries(data, item, work)
    else:
        yield InputFile(path=item.path, data=data, walked=item.folder is not None)


def count(item: Input) -> int:
    """How many files an input is: those of a zip, else one. Standard input can be read but once and counts as one."""
    return 1 if item.source == STDIN else sum(1 for _ in open_input(item))


def _bytes(item: Input) -> bytes | UnreadableError:
    try:
        if item.source == STDIN:
            if sys.stdin is None:  # closed
                return UnreadableError("not-a-file")
            return sys.stdin.buffer.read(LIMIT + 1)
        with open(windows.long_path(item.source), "rb", opener=_without_waiting) as file:
            data: bytes | None = file.read(LIMIT + 1)
        return UnreadableError("not-a-file") if data is None else data
    except FileNotFoundError:
        return UnreadableError("missing")
    except OSError as error:
        return UnreadableError("denied" if isinstance(error, PermissionError) else "not-a-file")


def _without_waiting(path: str, flags: int) -> int:
    """The file opened so that nothing which only looks like one (/proc/kmsg) is waited for; a pipe, which was named, is."""
    regular = stat.S_ISREG(os.stat(path).st_mode)
    return os.open(path, flags | (getattr(os, "O_NONBLOCK", 0) if regular else 0))


def _is_zip(data: bytes, path: str) -> bool:
    from validator.readers import sniff

    return sniff(data, path) == "zip"


def _entries(data: bytes, item: Input, work: ArchiveWork | None) -> Iterator[InputFile]:
    from validator.readers.archive import entries

    try:
        for path, entry in entries(data, item.path, lambda name: Path(name.lower()).suffix in SUFFIXES, work):
            yield InputFile(path=path, data=entry, walked=True)
    except UnreadableError as error:
        yield InputFile(path=item.path, data=error, walked=False)

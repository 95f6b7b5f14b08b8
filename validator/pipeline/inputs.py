"""Paths of the command line → the inputs to read: files as named, folders walked in order."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from validator.base.records import record
from validator.model import UnreadableError

#: What a folder walk takes; a file named on the command line may have any suffix.
SUFFIXES = frozenset(
    (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf", ".doc", ".wps", ".rtf", ".odt", ".zip")
    + (".rar", ".7z", ".ofd")  # they cannot be read, which must be said: reports may be in them
)
_SILENT = frozenset(("thumbs.db", "__macosx", "desktop.ini"))
#: Bytes read of one input. The readers refuse smaller ones with better reasons; this only bounds memory.
LIMIT = 256 * 2**20
STDIN = "-"


@record
class Input:
    """A file to read. `folder`: the one whose walk found it, None for a file that was named."""

    path: str  # as it is shown
    source: str  # as the system knows it; '-' is standard input
    folder: str | None = None
    trouble: str | None = None  # why it cannot be read: missing, denied, not-a-file


@record
class Piece:
    """One file's bytes, or why there are none. `walked`: found in a folder or a zip, so that it need not be a report."""

    path: str
    data: bytes | UnreadableError
    walked: bool


def inputs(paths: tuple[str, ...], *, stdin_name: str | None = None) -> tuple[Input, ...]:
    """Every input once: in the order given, folders recursively and sorted."""
    found: dict[str, Input] = {}
    for path in paths:
        for item in _of(path, stdin_name):
            found.setdefault(STDIN if item.source == STDIN else os.path.normcase(os.path.abspath(item.source)), item)
    return tuple(found.values())


def opened(item: Input) -> Iterator[Piece]:
    """The bytes of an input, at most LIMIT + 1 of them; a zip of files is taken apart as if it were a folder."""
    data = UnreadableError(item.trouble) if item.trouble else _bytes(item)
    if isinstance(data, bytes) and data.startswith(b"PK") and _is_zip(data, item.path):
        yield from _entries(data, item)
    else:
        yield Piece(path=item.path, data=data, walked=item.folder is not None)


def count(item: Input) -> int:
    """How many files an input is: those of a zip, else one. Standard input can be read but once and counts as one."""
    return 1 if item.source == STDIN else sum(1 for _ in opened(item))


def _bytes(item: Input) -> bytes | UnreadableError:
    try:
        if item.source == STDIN:
            return sys.stdin.buffer.read(LIMIT + 1)
        with open(item.source, "rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError:
        return UnreadableError("missing")
    except OSError as trouble:
        return UnreadableError("denied" if isinstance(trouble, PermissionError) else "not-a-file")


def _is_zip(data: bytes, path: str) -> bool:
    from validator.readers import sniff

    return sniff(data, path) == "zip"


def _entries(data: bytes, item: Input) -> Iterator[Piece]:
    from validator.readers.archive import entries

    try:
        for path, found in entries(data, item.path, lambda name: Path(name.lower()).suffix in SUFFIXES):
            yield Piece(path=path, data=found, walked=True)
    except UnreadableError as error:
        yield Piece(path=item.path, data=error, walked=False)


def _of(path: str, stdin_name: str | None) -> Iterator[Input]:
    if path == STDIN:
        yield Input(path=stdin_name or STDIN, source=STDIN)
    elif os.path.isdir(path):
        yield from _walk(path)
    elif any(mark in path for mark in "*?[") and not os.path.lexists(path):
        yield from _expand(path)
    else:
        yield Input(path=_shown(path), source=path, trouble=_trouble(path))


def _expand(pattern: str) -> Iterator[Input]:
    """The files that a pattern matches, each as if it was named: not every shell expands them, Windows' own never does."""
    from glob import glob

    matches = sorted(glob(pattern, recursive=True))
    for match in matches:
        if os.path.isfile(match) and not _silent(os.path.basename(match).lower()):
            yield Input(path=_shown(match), source=match, trouble=_trouble(match))
    if not matches:
        yield Input(path=_shown(pattern), source=pattern, trouble="missing")


def _walk(folder: str, top: str | None = None) -> Iterator[Input]:
    """The files of a folder by name, those of its sub-folders among them. Links to folders are not followed: they may lead round."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield Input(path=_shown(folder), source=folder, trouble="denied")
        return
    for entry in entries:
        name = entry.name.lower()
        if _silent(name):
            continue
        path = os.path.join(folder, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, top or folder)
        elif Path(name).suffix in SUFFIXES and (entry.is_file() or entry.is_symlink()):
            yield Input(path=_shown(path), source=path, folder=top or folder, trouble=_trouble(path))


def _silent(name: str) -> bool:
    """Whether a file is one that systems and programs leave behind: hidden ones, the locks of Word."""
    return name.startswith((".", "~$")) or name in _SILENT


def _trouble(path: str) -> str | None:
    """Why a path cannot be opened, as far as that is known before. A pipe may be read; a device might never end."""
    try:
        mode = os.stat(path).st_mode
    except PermissionError:
        return "denied"
    except (OSError, ValueError):
        return "missing"
    return None if stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) else "not-a-file"


def _shown(path: str) -> str:
    """The path with forward slashes; bytes that are no text show as U+FFFD."""
    text = os.fsencode(path).decode(sys.getfilesystemencoding(), "replace") if os.name != "nt" else path
    return text.replace(os.sep, "/")

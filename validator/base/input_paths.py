"""Paths as a user gives them → the files they mean: files as named, folders walked in order, patterns expanded."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from validator.base.records import record

#: What a folder walk takes; a file named on the command line may have any suffix.
SUFFIXES = frozenset(
    (".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml", ".docx", ".pdf", ".doc", ".wps", ".rtf", ".odt", ".zip")
    + (".rar", ".7z", ".ofd")  # they cannot be read, which must be said: reports may be in them
)
_SILENT = frozenset(("thumbs.db", "__macosx", "desktop.ini"))
STDIN = "-"


@record
class Input:
    """A file to read. `folder`: the one whose walk found it, None for a file that was named."""

    path: str  # as it is shown
    source: str  # as the system knows it; '-' is standard input
    folder: str | None = None
    trouble: str | None = None  # why it cannot be read: missing, denied, not-a-file


def inputs(paths: tuple[str, ...], *, stdin_name: str | None = None) -> tuple[Input, ...]:
    """Every input once: in the order given, folders recursively and sorted."""
    found: dict[str, Input] = {}
    for path in paths:
        for item in _of(path, stdin_name):
            found.setdefault(STDIN if item.source == STDIN else os.path.normcase(os.path.abspath(item.source)), item)
    return tuple(found.values())


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

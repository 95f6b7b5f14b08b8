"""Paths as a user gives them → the files they mean: files as named, folders walked in order, patterns expanded."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from validator.base import windows
from validator.base.path_patterns import MOST, expand, is_pattern
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
    trouble: str | None = None  # why it cannot be read: missing, denied, not-a-file, too-many-entries


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
    elif os.path.isdir(windows.long_path(path)):
        yield from _walk(path)
    elif is_pattern(path) and not os.path.lexists(windows.long_path(path)):
        yield from _expand(path)
    else:
        yield Input(path=_shown(path), source=path, trouble=_trouble(path))


def _expand(pattern: str) -> Iterator[Input]:
    """The files that a pattern matches, each as if it was named: not every shell expands them, Windows' own never does."""
    matches, whole = expand(pattern)
    for match in matches:
        if _may_be_file(match) and not _silent(os.path.basename(match).lower()):
            yield Input(path=_shown(match), source=match, trouble=_trouble(match))
    if not whole:
        yield Input(path=_shown(pattern), source=pattern, trouble="too-many-entries")
    elif not matches:
        yield Input(path=_shown(pattern), source=pattern, trouble="missing")


def _walk(top: str) -> Iterator[Input]:
    """The files of a folder by name, those of its sub-folders among them. Links to folders are not followed: they may lead round."""
    left = MOST
    waiting = [(top, _entries(top))]
    while waiting:
        folder, entries = waiting[-1]
        item = next(entries, None)
        if item is None:
            waiting.pop()
        elif isinstance(item, OSError):
            yield Input(path=_shown(item.filename), source=item.filename, trouble="denied")
        else:
            left -= 1
            if left < 0:
                yield Input(path=_shown(top), source=top, trouble="too-many-entries")
                return
            name = item.name.lower()
            if _silent(name):
                continue
            path = os.path.join(folder, item.name)  # item.path may be in Windows' long form
            if _is(item.is_dir, follow_symlinks=False):
                waiting.append((path, _entries(path)))
            elif Path(name).suffix in SUFFIXES and (item.is_symlink() or _is(item.is_file)):
                yield Input(path=_shown(path), source=path, folder=top, trouble=_trouble(path, named=False))


def _entries(folder: str) -> Iterator[os.DirEntry[str] | OSError]:
    """What is in a folder, by name; the system's error where it cannot be told."""
    try:
        with os.scandir(windows.long_path(folder)) as found:
            entries = sorted(islice(found, MOST + 1), key=lambda entry: entry.name)
    except OSError as trouble:
        trouble.filename = folder
        yield trouble
        return
    yield from entries


def _is(ask: Callable[..., bool], **how: bool) -> bool:
    """What an entry is; nothing where the system cannot say."""
    try:
        return ask(**how)
    except OSError:
        return False


def _may_be_file(path: str) -> bool:
    """Whether a match is a file, or a link of which nobody knows: that is named rather than left out."""
    path = windows.long_path(path)
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))


def _silent(name: str) -> bool:
    """Whether a file is one that systems and programs leave behind: hidden ones, the locks of Word."""
    return name.startswith((".", "~$")) or name in _SILENT


def _trouble(path: str, *, named: bool = True) -> str | None:
    """Why a path cannot be opened, as far as that is known before. A pipe that was named is read; one that was only come upon might
    have no writer, and a device might never end."""
    try:
        mode = os.stat(windows.long_path(path)).st_mode
    except PermissionError:
        return "denied"
    except (OSError, ValueError) as trouble:
        return "not-a-file" if getattr(trouble, "errno", None) == errno.ELOOP else "missing"
    return None if stat.S_ISREG(mode) or (named and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode))) else "not-a-file"


def _shown(path: str) -> str:
    """The path with forward slashes; bytes that are no text show as U+FFFD."""
    text = os.fsencode(path).decode(sys.getfilesystemencoding(), "replace") if os.name != "nt" else path
    return text.replace(os.sep, "/")

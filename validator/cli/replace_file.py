"""Putting content where the user asked: a file is replaced in one step, a device, a pipe or an open stream is written into.

A file that is replaced keeps its links, its mode, its owner and its attributes as far as the system lets it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from pathlib import Path

from validator.base import windows
from validator.base.regular_files import read_regular

#: Links that lead to a stream this process has open; what they lead to may have no name.
_STREAM = re.compile(r"/dev/(stdin|stdout|stderr|fd/(\d+))|/proc/(?:self|thread-self|(\d+))/fd/(\d+)")
_NUMBERS = {"stdin": 0, "stdout": 1, "stderr": 2}
_LINKS = 40  # that a path may have
#: Seconds that a named pipe may be without a reader.
PATIENCE = 10.0


class Meanwhile(Exception):
    """The file is no longer as it was when it was looked at."""


class Anything:
    """The file is replaced whatever it holds."""


ANYTHING = Anything()


def stream(target: str) -> int | None:
    """The number of the open stream that a path means, as /dev/stdout does; None for every other path."""
    path = os.path.abspath(target)
    for _ in range(_LINKS):
        if found := _STREAM.fullmatch(path):
            if found[3] and int(found[3]) != os.getpid():
                return None
            return _NUMBERS[found[1]] if found[1] in _NUMBERS else int(found[2] or found[4])
        try:
            path = os.path.normpath(os.path.join(os.path.dirname(path), os.readlink(path)))
        except (OSError, ValueError):
            return None
    return None


def is_written_into(target: str) -> bool:
    """Whether a path is no file that can be replaced: a device, a named pipe, a stream."""
    if windows.HERE:
        return windows.is_device(target)
    if stream(target) is not None:
        return True
    try:
        mode = os.stat(target).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def write_into(data: bytes, target: str) -> None:
    """The content into a device, a pipe or a stream. Raises OSError; a disk is never written into."""
    if (number := None if windows.HERE else stream(target)) is not None:
        if number == 1 and sys.stdout is not None:
            sys.stdout.flush()
        _write_all(number, data)
        return
    if not windows.HERE and stat.S_ISBLK(os.stat(target).st_mode):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), target)
    handle = _opened(target)
    try:
        _write_all(handle, data)
    finally:
        os.close(handle)


def _opened(target: str) -> int:
    """A device or pipe opened for writing; a pipe without a reader is waited for, but not for ever. Raises OSError."""
    if windows.HERE:
        return os.open(target, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    end = time.monotonic() + PATIENCE
    while True:
        try:
            handle = os.open(target, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
            break
        except OSError as trouble:
            if trouble.errno != errno.ENXIO or time.monotonic() > end:
                raise
        time.sleep(0.02)
    os.set_blocking(handle, True)
    return handle


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def replace(data: bytes, real: Path, was: bytes | None | Anything = ANYTHING) -> None:
    """The content as the file of that name, whole or not at all. `was`: what it must still hold, None that it must still be missing.

    `real` is no link. Raises OSError; Meanwhile where it is not as it was. The draft has a name that nobody can know beforehand and is
    made by this process or not at all, so that it is no link to another file.
    """
    path = windows.long_path(str(real))
    draft = os.path.join(os.path.dirname(path), f".{real.name[:50]}.{secrets.token_hex(8)}.tmp")
    file = open(draft, "xb")  # exclusively: it is an error where anything has that name, a link too
    try:
        with file:
            file.write(data)
        if not isinstance(was, Anything) and _held(path, len(was or b"")) != was:
            raise Meanwhile(path)
        try:
            old = os.stat(path, follow_symlinks=False)
        except FileNotFoundError:
            _put(draft, path, fresh=was is None)
            return
        if old.st_nlink > 1 and not windows.HERE or not _same_keeping(draft, path, old):
            _overwrite(data, path)
        else:
            _put(draft, path)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(draft)


def create(data: bytes, target: Path) -> None:
    """A file of that name that is not there yet, whole or not at all; no link of that name is followed. Raises OSError, Meanwhile."""
    replace(data, Path(os.path.realpath(target.parent)) / target.name, None)


def _held(path: str, most: int) -> bytes | None:
    """What the file holds now, at most `most` bytes; None where there is none. Raises Meanwhile where it is none any more."""
    if not os.path.lexists(path):
        return None
    try:
        return read_regular(path, most)
    except OSError:  # a link that leads nowhere, a pipe, a larger file
        raise Meanwhile(path) from None


def _put(draft: str, path: str, *, fresh: bool = False) -> None:
    """The draft under the file's name. `fresh`: where there is still none. Raises Meanwhile where somebody made one."""
    if fresh and not windows.HERE:
        try:
            os.link(draft, path, follow_symlinks=False)
            return
        except FileExistsError:
            raise Meanwhile(path) from None
        except (OSError, NotImplementedError):  # a file system without second names
            pass
    elif fresh:
        try:
            windows.patiently(lambda: os.rename(draft, path))
            return
        except FileExistsError:
            raise Meanwhile(path) from None
    windows.patiently(lambda: os.replace(draft, path))


def _same_keeping(draft: str, path: str, old: os.stat_result) -> bool:
    """Whether the draft could be given the owner, attributes and mode of the file that it replaces."""
    if windows.HERE:
        return True
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(path, follow_symlinks=False):
                with contextlib.suppress(OSError):
                    os.setxattr(draft, name, os.getxattr(path, name, follow_symlinks=False), follow_symlinks=False)
    new = os.stat(draft, follow_symlinks=False)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.chown(draft, old.st_uid, old.st_gid)
        except OSError:
            return False
    os.chmod(draft, stat.S_IMODE(old.st_mode))
    return True


def _overwrite(data: bytes, path: str) -> None:
    """The content into the file itself: it has other names, or an owner that only it can keep. The draft is there until this is done."""
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        _write_all(handle, data)
        os.ftruncate(handle, len(data))
        os.fsync(handle)
    finally:
        os.close(handle)

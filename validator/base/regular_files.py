"""Settings files read within bounds: a device, a pipe or a file without end is refused at once instead of being read."""

from __future__ import annotations

import os
import stat

from validator.base import windows
from validator.messages import Text, both


class UnfitFileError(OSError):
    """A file that is none to read settings from; `text` says why in both languages, in a few words without a full stop."""

    def __init__(self, text: Text) -> None:
        super().__init__(text["en"])
        self.text = text


def read_regular(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a regular file (or of one that a link leads to) of at most `most` bytes.

    Raises UnfitFileError for a device, a pipe, a socket or a larger file, other OSErrors where the system refuses.
    """
    with open(windows.long_path(os.fspath(path)), "rb", opener=_opened) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise UnfitFileError(both("base.no-regular-file"))
        data = file.read(most + 1)
    if len(data) > most:
        raise UnfitFileError(both("base.too-large", size=_size(most)))
    return data


def _opened(path: str, flags: int) -> int:
    """The file, opened without waiting: a pipe that nobody writes to would else keep us for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _size(count: int) -> str:
    return f"{count // 2**20} MB" if count >= 2**20 else f"{count // 1024} KB"

"""A zip of reports, read as if it were a folder: 包.zip/镇/报告.docx. Nothing is written anywhere."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from validator.base.limits import in_force
from validator.model import UnreadableError
from validator.readers.detect_format import sniff
from validator.readers.zip_limits import content, opened

#: Unpacked to packed; text in XML comes to some thirty, zeros to a thousand.
MAX_RATIO = 200
_FREE = 4 * 2**20  # bytes; a file that unpacks to no more than this is harmless at any ratio
_JUNK = re.compile(r"(?:^|/)(?:~\$[^/]*|thumbs\.db|desktop\.ini)$|(?:^|/)(?:__macosx(?:/|$)|\.(?!\.?(?:/|$)))", re.IGNORECASE)
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field with the name in UTF-8
_LINK = 0o120000
Entry = tuple[str, bytes | UnreadableError]


def entries(data: bytes, path: str, is_wanted: Callable[[str], bool] | None = None, work: ArchiveWork | None = None) -> Iterator[Entry]:
    """The files in a zip by name, each with its bytes or why it cannot be read; a zip in it is followed, one in that is not.

    `wanted` sees each shown path and may refuse it before it is unpacked. `work`: what the run may still unpack. Raises UnreadableError
    where the zip itself cannot be read.
    """
    yield from _entries(data, path, is_wanted or (lambda _: True), work or ArchiveWork(), nested=False)


class ArchiveWork:
    """What may still be unpacked: over all zips of a run, and those in them."""

    def __init__(self) -> None:
        self.left = in_force().archive_work

    def take(self, source: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry. Raises UnreadableError: too-large, archive-work, damaged, encrypted."""
        if info.file_size > max(_FREE, info.compress_size * MAX_RATIO):
            raise UnreadableError("too-large", size=info.file_size, limit=max(_FREE, info.compress_size * MAX_RATIO))
        most = in_force().unpacked
        if min(info.file_size, most) > self.left:
            raise UnreadableError("archive-work", limit=in_force().archive_work)
        self.left -= min(info.file_size, most)  # also of what turns out to be damaged: it was unpacked all the same
        return content(source, info, "zip", most)


def _entries(data: bytes, path: str, is_wanted: Callable[[str], bool], budget: ArchiveWork, nested: bool) -> Iterator[Entry]:
    """The files of one zip."""
    with opened(data, "zip") as source:
        members = sorted(((_name(info), info) for info in source.infolist()), key=lambda item: item[0])
        for name, info in members:
            if name.endswith("/") or _JUNK.search(name):
                continue
            shown = f"{path}/{name.lstrip('/')}"
            if _climbs(name) or info.external_attr >> 16 & 0o170000 == _LINK:
                yield shown, UnreadableError("outside-folder", entry=name)
            elif name.lower().endswith(".zip") or is_wanted(shown):
                yield from _read(source, info, shown, is_wanted, budget, nested)


def _read(
    source: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, is_wanted: Callable[[str], bool], budget: ArchiveWork, nested: bool
) -> Iterator[Entry]:
    """One entry; a zip in a zip is opened once more."""
    try:
        data = budget.take(source, info)
    except UnreadableError as error:
        yield shown, error
        return
    if not data.startswith(b"PK") or sniff(data, shown) != "zip":
        if is_wanted(shown):
            yield shown, data
        return
    if nested:
        yield shown, UnreadableError("nested-zip", entry=shown)
        return
    try:
        yield from _entries(data, shown, is_wanted, budget, nested=True)
    except UnreadableError as error:
        yield shown, error


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its maker saw it: UTF-8 where it says so, else UTF-8 or GB18030, whichever fits; `/` between folders."""
    # not info.filename: on Windows zipfile has turned the second byte of some GBK characters into a slash
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        name = _unicode_path(info.extra, raw) or next((text for code in ("utf-8", "gb18030") if (text := _decoded(raw, code))), name)
    return "".join(char if char.isprintable() else "\ufffd" for char in name.split("\0", 1)[0].replace("\\", "/"))


def _decoded(raw: bytes, encoding: str) -> str | None:
    """The text, None where it is in another encoding."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name out of Info-ZIP's extra field, if it belongs to this name."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and size > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
            return _decoded(field[5:], "utf-8")
    return None


def _climbs(name: str) -> bool:
    """Whether a name leads out of the folder: /etc, C:\\, .. ."""
    return name.startswith("/") or re.match(r"[A-Za-z]:", name) is not None or ".." in name.split("/")

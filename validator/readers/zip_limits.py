"""Zip files opened with limits: what a docx, an odt and a zip of reports have in common."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from validator.model import UnreadableError

MAX_ENTRIES = 20_000
#: One entry unpacked, in bytes. The text of a long report is below one megabyte.
MAX_CONTENT = 64 * 2**20


def opened(data: bytes, format: str) -> zipfile.ZipFile:
    """The zip file. Raises UnreadableError: damaged, too-many-entries."""
    _bounded(data, format)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error, EOFError, OSError) as error:
        raise UnreadableError("damaged", format=format) from error


def content(source: zipfile.ZipFile, entry: str | zipfile.ZipInfo, format: str, limit: int = MAX_CONTENT) -> bytes:
    """One entry unpacked, never more than `limit` bytes. Raises UnreadableError: damaged, encrypted, too-large; KeyError: not there."""
    info = source.getinfo(entry) if isinstance(entry, str) else entry
    if info.flag_bits & 0x1:
        raise UnreadableError("encrypted", format=format)
    if info.file_size > limit:
        raise UnreadableError("too-large", size=info.file_size, limit=limit)
    try:
        with source.open(info) as stream:
            data = stream.read(limit + 1)  # the declared size may be a lie
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, zlib.error, EOFError, OSError, struct.error) as error:
        raise UnreadableError("damaged", format=format) from error
    if len(data) > limit:
        raise UnreadableError("too-large", size=len(data), limit=limit)
    return data


def _bounded(data: bytes, format: str) -> None:
    """Refuse a directory of millions of entries before zipfile builds an object for each."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or len(data) < end + 22:
        raise UnreadableError("damaged", format=format)
    count, size = struct.unpack_from("<HL", data, end + 10)
    if count == 0xFFFF or size == 0xFFFFFFFF:
        wide = data.rfind(b"PK\x06\x06", 0, end)
        if wide < 0 or len(data) < wide + 56:
            raise UnreadableError("damaged", format=format)
        count, size = struct.unpack_from("<QQ", data, wide + 32)
    count = max(count, data.count(b"PK\x01\x02", max(0, end - size)))  # the number given may be a lie
    if count > MAX_ENTRIES:
        raise UnreadableError("too-many-entries", count=count, limit=MAX_ENTRIES)

"""Zip files opened with limits: what a docx, an odt and a zip of reports have in common."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from validator.base.limits import in_force
from validator.model import UnreadableError

_HEADER = 30  # bytes before each entry, at the least


def opened(data: bytes, format: str) -> zipfile.ZipFile:
    """The zip file. Raises UnreadableError: damaged, overlapping-entries, too-many-entries."""
    _check_directory(data, format)
    try:
        source = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error, EOFError, OSError) as error:
        raise UnreadableError("damaged", format=format) from error
    if _has_overlap(source):
        source.close()
        raise UnreadableError("overlapping-entries", format=format)
    return source


def _has_overlap(source: zipfile.ZipFile) -> bool:
    """Whether two entries share bytes, as no packer writes them: a megabyte then unpacks as often as there are entries."""
    end = 0
    for start, size in sorted((info.header_offset, _HEADER + info.compress_size) for info in source.infolist()):
        if start < end:
            return True
        end = start + size
    return False


def content(source: zipfile.ZipFile, entry: str | zipfile.ZipInfo, format: str, limit: int | None = None) -> bytes:
    """One entry unpacked, never more than `limit` bytes (else what one entry may have).

    Raises UnreadableError: damaged, encrypted, too-large; KeyError: not there.
    """
    limit = in_force().unpacked if limit is None else limit
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


def _check_directory(data: bytes, format: str) -> None:
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
    most = in_force().entries
    if count > most:
        raise UnreadableError("too-many-entries", count=count, limit=most)

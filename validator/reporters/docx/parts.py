"""A docx written anew: parts that were changed are packed again, all others are copied as they were packed, in the same order."""

from __future__ import annotations

import copy
import io
import struct
import zipfile

from validator.model import UnreadableError
from validator.readers.docx.package import as_utf8
from validator.readers.zip_limits import content, opened

_DAY = (1980, 1, 1, 0, 0, 0)
_DESCRIBED = 0x08  # sizes stand after the content


class Parts:
    """The parts of a docx, and what has been changed of them."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableError: damaged, too-many-entries."""
        self.source = opened(data, "docx")
        #: Names in lower case without a slash in front, as links are compared → the entries.
        self.names = {info.filename.lower().lstrip("/"): info for info in self.source.infolist()}
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def text(self, name: str) -> bytes | None:
        """An XML part as it now is, in UTF-8 where it was UTF-16; None where it is not there. Raises UnreadableError."""
        info = self.names.get(name.lower())
        if (changed := self._changed.get(info.filename if info else name)) is not None:
            return changed
        return None if info is None else as_utf8(content(self.source, info, "docx"))

    def put(self, name: str, text: bytes) -> None:
        """Change a part or add it."""
        info = self.names.get(name.lower())
        self._changed[info.filename if info else name] = text

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._dropped.add(self.names[name.lower()].filename)

    def packed(self) -> bytes:
        """The bytes of the new docx. Raises UnreadableError: damaged."""
        out = io.BytesIO()
        added = dict(self._changed)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self.source.infolist():
                if info.filename in self._dropped:
                    continue
                if info.filename in self._changed:
                    if (text := added.pop(info.filename, None)) is not None:
                        target.writestr(_entry(info.filename, info.date_time, info.external_attr), text)
                else:
                    self._copy(info, target)
            for name, text in added.items():
                target.writestr(_entry(name, _DAY, 0), text)
            target.comment = self.source.comment
        return out.getvalue()

    def _copy(self, info: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
        """An entry as it is packed; zipfile has no way to do this of its own."""
        source, sink = self.source.fp, target.fp
        assert source is not None and sink is not None
        source.seek(info.header_offset)
        header = source.read(30)
        if len(header) < 30:
            raise UnreadableError("damaged", format="docx")
        source.seek(sum(struct.unpack("<HH", header[26:30])), io.SEEK_CUR)
        entry = copy.copy(info)
        entry.flag_bits &= ~_DESCRIBED
        entry.header_offset = sink.tell()
        sink.write(entry.FileHeader())
        if len(packed := source.read(info.compress_size)) < info.compress_size:
            raise UnreadableError("damaged", format="docx")  # its own head lies about where it begins; a copy would be no better
        sink.write(packed)
        target.filelist.append(entry)
        target.NameToInfo[entry.filename] = entry
        target.start_dir = sink.tell()


def _entry(name: str, day: tuple[int, int, int, int, int, int], attributes: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, day)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, attributes
    entry.create_system = 0
    return entry

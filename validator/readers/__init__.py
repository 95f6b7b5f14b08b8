"""Bytes → Document. The content decides on the reader, not the suffix; each reader is imported when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module

from validator.base.limits import in_force
from validator.model import Document, UnreadableError
from validator.readers.amount import cut
from validator.readers.detect_format import sniff

__all__ = ["PICTURES", "READERS", "UNSUPPORTED", "read_documents", "sniff"]

#: Format → the function that reads it: (data, path) → documents; it raises UnreadableError.
READERS: Mapping[str, str] = {
    "text": "validator.readers.plain:read",
    "markdown": "validator.readers.plain:read",
    "html": "validator.readers.html.reader:read",
    "mht": "validator.readers.mht:read",
    "pdf": "validator.readers.pdf.reader:read",
    "docx": "validator.readers.docx.reader:read",
    **dict.fromkeys(("doc", "wps", "rtf", "odt", "word-xml"), "validator.readers.office:read"),
}
#: Formats that are only a picture of a report.
PICTURES = frozenset({"png", "jpeg", "gif", "bmp", "tiff", "webp", "heic", "svg"})
#: Formats that are recognised and cannot be read, as a clerk calls them.
UNSUPPORTED: Mapping[str, str] = {
    "rar": "RAR", "7z": "7z", "gz": "gzip", "bz2": "bzip2", "xz": "xz", "tar": "tar", "ofd": "OFD",
    "xlsx": "Excel", "xls": "Excel", "ods": "Excel", "pptx": "PowerPoint", "ppt": "PowerPoint", "odp": "PowerPoint", "odf": "OpenDocument",
    "old-doc": "Word 95", "pages": "Pages", "epub": "EPUB", "msg": "Outlook", "xml": "XML", "ole": "OLE",
    "video": "MP4", "apk": "APK", "exe": "EXE", "database": "SQLite", "zip": "ZIP",
}  # fmt: skip
#: Libraries without which some formats are not read, named as `pip install` wants them.
_LIBRARIES = frozenset({"lxml", "pypdfium2"})


def read_documents(data: bytes, path: str) -> tuple[Document, ...]:
    """The reports of a file, one or more. Raises UnreadableError with a reason and what fills its message.

    A zip of files is not read here but taken apart by `archive.entries`.
    """
    most = in_force().bytes
    if len(data) > most:
        raise UnreadableError("too-large", size=len(data), limit=most)
    if not data:
        raise UnreadableError("empty")
    format = sniff(data, path)
    if format == "encrypted":
        raise UnreadableError("encrypted", format="doc")
    if format in PICTURES:
        raise UnreadableError("picture-file", format=format)
    if format not in READERS:
        raise UnreadableError("unsupported", format=UNSUPPORTED.get(format, format))
    module, name = READERS[format].split(":")
    try:
        documents = getattr(import_module(module), name)(data, path)
    except ModuleNotFoundError as error:
        raise _missing(format, error) from error
    return tuple(cut(document if document.format == format else replace(document, format=format)) for document in documents)


def _missing(format: str, error: ModuleNotFoundError) -> UnreadableError | ModuleNotFoundError:
    """The library that a format needs is not there; a missing module of our own is a defect and stays one."""
    package = (error.name or "").split(".")[0]
    return UnreadableError("not-installed", format=format, package=package) if package in _LIBRARIES else error

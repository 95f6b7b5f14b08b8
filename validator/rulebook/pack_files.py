"""The bytes of a pack's files: only regular files of a bounded size are read, and what cannot be read is a mistake of the pack."""

from __future__ import annotations

from pathlib import Path

from validator.base.regular_files import read_regular
from validator.messages import both
from validator.rulebook.diagnostics import Diagnostic, Diagnostics, PackError
from validator.rulebook.yaml_reader import read_yaml

#: Bytes of one file of a pack: its largest are tables of facts. A rule file has a smaller bound of its own.
MOST_BYTES = 4 * 1024 * 1024
#: Nodes of a table: area codes and postcodes of a country fit in well below.
MOST_NODES = 500_000


def pack_bytes(path: Path, shown: str | None = None) -> bytes:
    """The bytes of the file. Raises PackError where it cannot be read, is a device or a pipe, or is larger than MOST_BYTES."""
    try:
        return read_regular(path, MOST_BYTES)
    except OSError as error:
        raise PackError([unread(path, error, shown)]) from None


def unread(path: Path, error: OSError, shown: str | None = None) -> Diagnostic:
    """What is said of a file that cannot be read."""
    from validator.base.os_errors import reason

    why = reason(error)
    return Diagnostic(path=shown or str(path), line=1, text=both("rulebook.file.not-opened", reason=why))


def read_table(data: bytes, log: Diagnostics) -> object:
    """The data of a table of facts; mistakes are in the log."""
    return read_yaml(data, log, most_bytes=MOST_BYTES, most_nodes=MOST_NODES)

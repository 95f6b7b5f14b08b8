"""Tables of facts (rules/tables/*.yaml), parsed when a rule first asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from validator.base import cache_folder
from validator.rulebook.diagnostics import Log, PackError
from validator.rulebook.pack_files import MOST_BYTES, pack_bytes
from validator.rulebook.yaml_reader import read_yaml

#: Area codes and postcodes of a country fit in well below this, as they do in the bytes that a file of a pack may have.
MOST_NODES = 500_000


class Tables(Mapping[str, object]):
    """The tables by name; plain data, read and kept when first asked for. Of several files each is laid over the one before, key by key."""

    def __init__(self, files: Mapping[str, Sequence[Path]], *, cached: bool) -> None:
        self._files, self._cached = dict(files), cached
        self._read: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        """The table; KeyError if there is none of that name, PackError if it cannot be read."""
        if name not in self._read:
            first, *later = [self._load(path) for path in self._files[name]]
            for table in later:
                first = {**first, **table} if isinstance(first, dict) and isinstance(table, dict) else table
            self._read[name] = first
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Their names, none of them read."""
        return iter(self._files)

    def __contains__(self, name: object) -> bool:
        """Whether there is one of that name, readable or not."""
        return name in self._files

    def __len__(self) -> int:
        """How many there are."""
        return len(self._files)

    def _load(self, path: Path) -> object:
        data = pack_bytes(path)
        key = f"table-{sha256(data).hexdigest()[:40]}"
        found = cache_folder.load(key) if self._cached else None
        if found is None:
            log = Log(str(path))
            found = read_table(data, log)
            if log.problems:
                raise PackError(log.problems)
            if self._cached:
                cache_folder.save(key, found)
        return found


def read_table(data: bytes, log: Log) -> object:
    """The data of a table; mistakes are in the log."""
    return read_yaml(data, log, most_bytes=MOST_BYTES, most_nodes=MOST_NODES)

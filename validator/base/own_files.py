"""How nianbao knows a file that it wrote and that nobody worked in since: by a checksum of its bytes, which the file itself carries.

JSON, SARIF and GitLab's list carry it as a value, HTML and JUnit in a comment at the end, a workbook in the comment of its archive
(which every program that saves it anew leaves out). Plain text and CSV have no place for it: of those the user's cache folder remembers
the checksums. A file of nothing (no bytes, an empty list) may be overwritten by anybody. Word copies tell by their comments.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re

from validator.base import cache_folder

_NAME = b"nianbao:"
_MARK = re.compile(rb"nianbao:([0-9a-f]{64})")
_OPEN = b"0" * 64  # stands for the checksum while it is reckoned
_END = b"PK\x05\x06"  # of a zip, 22 bytes before its comment
_EMPTY = (b"", b"[]", b"{}")
#: Checksums that the cache folder remembers.
KEPT = 2_000


#: Formats whose files carry their checksum.
_CARRYING = ("xlsx", "html", "junit", "json", "sarif", "gitlab", "docx", "baseline")


def carries(format: str) -> bool:
    """Whether a file of that format tells by itself that it is ours."""
    return format in _CARRYING


def marked(data: bytes, format: str) -> bytes:
    """The content of a file in that format with its checksum; unchanged where the format has no place for one."""
    if format == "xlsx":
        place = len(data) - 22
        if data[place : place + 4] != _END:
            return data
        return data[:-2] + (len(_NAME) + 64).to_bytes(2, "little") + _NAME + _sum(data)
    if format in ("html", "junit"):
        draft = data + b"<!-- " + _NAME + _OPEN + b" -->\n"
    elif format in ("json", "sarif", "gitlab"):
        draft = _with_value(data, format)
    else:
        return data
    return draft.replace(_NAME + _OPEN, _NAME + _sum(draft)) if draft.count(_NAME + _OPEN) == 1 else data


def _with_value(data: bytes, format: str) -> bytes:
    """The JSON text, as `indent=2` writes it, with one more value at its end."""
    value = b'"checksum": "' + _NAME + _OPEN + b'"'
    if format == "sarif":
        value = b'"properties": {' + value + b"}"
    for end, indent in ((b"\n  }\n]\n", b"    "), (b"\n}\n", b"  ")):
        if data.endswith(end):
            return data[: -len(end)] + b",\n" + indent + value + end
    return data


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def is_own(data: bytes) -> bool:
    """Whether these bytes are as nianbao wrote them, or nothing at all."""
    if data.strip() in _EMPTY:
        return True
    if data.startswith(b"PK"):
        body, mark, told = data[: -64 - len(_NAME)], data[-64 - len(_NAME) : -64], data[-64:]
        return mark == _NAME and told == _sum(body[:-2] + b"\0\0")
    marks = list(_MARK.finditer(data))
    if marks and (found := marks[-1]) and _sum(data[: found.start(1)] + _OPEN + data[found.end(1) :]) == found[1]:
        return True
    return is_remembered(data)


def remember(data: bytes) -> None:
    """Keep the checksum of a file that cannot carry it; a folder that cannot be written changes nothing."""
    home = cache_folder.folder()
    if home is None:
        return
    place = home / "written"
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.mkdir(exist_ok=True, mode=0o700)
        (place / _sum(data).decode()).touch(mode=0o600)
        with os.scandir(place) as entries:
            old = sorted(entries, key=lambda entry: entry.stat().st_mtime, reverse=True)[KEPT:]
        for entry in old:
            os.unlink(entry.path)


def is_remembered(data: bytes) -> bool:
    """Whether a file of just these bytes was written here before."""
    home = cache_folder.folder()
    try:
        return home is not None and (home / "written" / _sum(data).decode()).is_file()
    except OSError:
        return False

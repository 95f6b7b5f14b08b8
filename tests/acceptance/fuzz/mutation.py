"""How inputs are changed: bytes and words at random; what is packed in them (parts of a zip, streams of a PDF, parts of a mail) is
unpacked, changed and packed again, so that the change reaches what is behind the packing."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

#: (bytes, dice, words of the format) → changed bytes
Mutator = Callable[[bytes, Random, Sequence[bytes]], bytes]
_NUMBERS = (0, -1, 1, 7, 9999, 65536, 2**31, 2**63, 10**12)
_STREAM = re.compile(rb"<<([^<>]{0,400}|(?:[^<>]|<<[^<>]*>>){0,40})>>\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_ENCODED = re.compile(rb"(?:[A-Za-z0-9+/]{40,76}={0,2}\r?\n){1,400}")
_LARGEST = 2**20  # bytes of one unpacked part


def mutated(data: bytes, dice: Random, tokens: Sequence[bytes]) -> bytes:
    """One to twelve changes: bytes, pieces cut, doubled, moved, words put in or in place of others, numbers, the end cut off."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 12))):
        at, size = dice.randrange(len(changed) + 1), dice.choice((1, 4, 40, 400))
        kind = dice.randrange(9)
        if kind == 0 and at < len(changed):
            changed[at] = dice.randrange(256)
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size] * dice.choice((1, 2, 30))
        elif kind in (3, 7):
            changed[at:at] = dice.choice(tokens)
        elif kind == 4:
            piece = changed[at : at + size]
            del changed[at : at + size]
            to = dice.randrange(len(changed) + 1)
            changed[to:to] = piece
        elif kind == 5:
            changed[at : at + 1] = str(dice.choice(_NUMBERS)).encode()
        elif kind == 8:
            _swap(changed, dice, tokens)
        elif dice.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def _swap(changed: bytearray, dice: Random, tokens: Sequence[bytes]) -> None:
    """One word of the format in place of another that is there."""
    there = [token for token in tokens if token in changed]
    if there:
        old, new = dice.choice(there), dice.choice(tokens)
        places = [found.start() for found in re.finditer(re.escape(old), changed)]
        at = dice.choice(places)
        changed[at : at + len(old)] = new


def lines_changed(data: bytes, dice: Random, tokens: Sequence[bytes]) -> bytes:
    """A text with whole lines cut, doubled or exchanged, or with changes inside its lines."""
    lines = data.split(b"\n")
    if dice.random() < 0.6 or len(lines) < 3:
        return mutated(data, dice, tokens)
    for _ in range(dice.choice((1, 2, 4))):
        at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
        kind = dice.randrange(4)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines.insert(to, lines[at])
        elif kind == 2:
            lines[at], lines[to] = lines[to], lines[at]
        else:
            lines.insert(at, b"".join(dice.choice(tokens) for _ in range(dice.randrange(1, 5))))
        to = min(to, len(lines) - 1)
    return b"\n".join(lines)


def zip_changed(data: bytes, dice: Random, tokens: Sequence[bytes]) -> bytes:
    """A zip with one part changed inside; or the zip's own bytes changed."""
    if dice.random() < 0.15:
        return mutated(data, dice, tokens)
    parts = _parts(data)
    if not parts:
        return mutated(data, dice, tokens)
    chosen = dice.choice([name for name in parts if name.endswith("document.xml")] * 2 + list(parts))
    if dice.random() < 0.05:
        parts[chosen + dice.choice(("", "/", "x", "\0", "/../a"))] = parts.pop(chosen)
    else:
        inside = zip_changed if parts[chosen].startswith(b"PK\x03\x04") else mutated
        parts[chosen] = inside(parts[chosen], dice, tokens)[:_LARGEST]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)
    return target.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name; none where it is broken or huge."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            listed = [info for info in source.infolist()[:60] if info.file_size < _LARGEST]
            return {info.filename: source.open(info).read(_LARGEST) for info in listed}
    except Exception:  # whatever a broken zip makes zipfile raise: it is changed as bytes
        return {}


def pdf_changed(data: bytes, dice: Random, tokens: Sequence[bytes]) -> bytes:
    """A PDF with one of its streams changed inside, packed again with its true length; or its own bytes changed."""
    streams = list(_STREAM.finditer(data)) if dice.random() < 0.7 else []
    if not streams:
        return mutated(data, dice, tokens)
    found = dice.choice(streams)
    head, body = found[1], found[2]
    packed = b"FlateDecode" in head
    try:
        body = zlib.decompressobj().decompress(body, _LARGEST) if packed else body
    except zlib.error:
        packed = False
    body = mutated(body, dice, tokens)[:_LARGEST]
    body = zlib.compress(body, 1) if packed else body
    head = re.sub(rb"/Length\s+\d+", b"/Length %d" % len(body), head, count=1)
    return data[: found.start()] + b"<<" + head + b">>\nstream\n" + body + b"\nendstream" + data[found.end() :]


def mail_changed(data: bytes, dice: Random, tokens: Sequence[bytes]) -> bytes:
    """A web archive with what one of its parts holds in base64 changed; or its own bytes changed."""
    parts = list(_ENCODED.finditer(data)) if dice.random() < 0.5 else []
    if not parts:
        return mutated(data, dice, tokens)
    found = dice.choice(parts)
    try:
        inner = base64.b64decode(found[0])
    except binascii.Error:
        return mutated(data, dice, tokens)
    return data[: found.start()] + base64.encodebytes(mutated(inner, dice, tokens)) + data[found.end() :]

"""A report's signature: which of its passages it may share, in about two kilobytes; the same on every machine and in every process.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of each window of hashes of short runs the smallest is kept, so that two texts with a common
passage of `PASSAGE` letters are sure to have one hash in common, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import pack, unpack
from zlib import crc32

from validator.copying.own import Part
from validator.copying.share import PASSAGE
from validator.model import PartSketch, Sketch

#: Letters of a run that is hashed, and how many neighbouring runs one hash is kept of: RUN + WINDOW - 1 == PASSAGE.
RUN = 5
WINDOW = PASSAGE - RUN + 1
#: Shorter sentences are not counted over the set.
_SENTENCE = 8


def sketch_of(parts: Iterable[Part], shortest: int) -> Sketch:
    """The signature of a report. Parts shorter than `shortest` characters are there for others to be found in."""
    parts = tuple(parts)
    found = []
    for part in parts:
        text = "".join(sentence.own for sentence in part.sentences)
        if kept := winnowed(text):
            judged = part.length >= shortest
            found.append(PartSketch(number=part.number, judged=judged, hashes=_packed(kept)))
    sentences = {sentence.mark for part in parts for sentence in part.sentences if len(sentence.own) >= _SENTENCE}
    return Sketch(parts=tuple(found), sentences=_packed(sentences))


def winnowed(text: str) -> set[int]:
    """The hashes kept of a text."""
    data = text.encode("utf-32-le")
    hashes = [crc32(data[at : at + 4 * RUN]) for at in range(0, len(data) - 4 * (RUN - 1), 4)]
    if len(hashes) < WINDOW:
        return {min(hashes)} if hashes else set()
    windows = zip(*(hashes[at:] for at in range(WINDOW)), strict=False)
    return set(map(min, windows))


def _packed(numbers: Iterable[int]) -> bytes:
    """Sorted 32-bit numbers, little end first whatever the machine."""
    ordered = sorted(numbers)
    return pack(f"<{len(ordered)}I", *ordered)


def unpacked(data: bytes) -> tuple[int, ...]:
    """The numbers of `_packed`."""
    return unpack(f"<{len(data) // 4}I", data)

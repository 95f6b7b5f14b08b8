"""A report's signature: which of its passages it may share, in a few kilobytes; the same on every machine and in every process.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of each window of hashes of short runs the smallest is kept, so that two texts with a common
passage of `PASSAGE` letters are sure to have one hash in common, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import pack, unpack
from zlib import crc32

from validator.model import PartSketch, Sketch
from validator.similarity.own_text import OwnPart
from validator.similarity.share import PASSAGE

#: Letters of a run that is hashed, and how many neighbouring runs one hash is kept of: RUN + WINDOW - 1 == PASSAGE.
RUN = 5
WINDOW = PASSAGE - RUN + 1
#: Letters; shorter sentences are not counted over the set.
_SENTENCE = 8


def sketch_of(parts: Iterable[OwnPart], shortest: int) -> Sketch:
    """The signature of a report. Parts shorter than `shortest` characters are there for others to be found in."""
    parts = tuple(parts)
    part_sketches = []
    for part in parts:
        text = "".join(sentence.own for sentence in part.sentences)
        if chosen := winnow(text):
            places, hashes = zip(*chosen, strict=True)
            steps = bytes(after - before for before, after in zip((0, *places), places, strict=False))
            judged = part.length >= shortest
            own_text = "\n".join(sentence.own for sentence in part.sentences if sentence.own)
            part_sketches.append(
                PartSketch(number=part.number, judged=judged, letters=len(text), hashes=_pack(hashes), steps=steps, own=own_text)
            )
    sentences = {sentence.mark for part in parts for sentence in part.sentences if len(sentence.own) >= _SENTENCE}
    return Sketch(parts=tuple(part_sketches), sentences=_pack(sorted(sentences)))


def winnow(text: str) -> list[tuple[int, int]]:
    """The hashes kept of a text, each with its place; neighbours stand at most `WINDOW` letters apart."""
    data = text.encode("utf-32-le")
    hashes = [crc32(data[at : at + 4 * RUN]) for at in range(0, len(data) - 4 * (RUN - 1), 4)]
    chosen: list[tuple[int, int]] = []
    last = -1
    windows = zip(*(hashes[at:] for at in range(min(WINDOW, len(hashes)))), strict=False)  # a text of less than a window is one
    for start, smallest in enumerate(map(min, windows)):
        if last < start or smallest != hashes[last]:
            last = hashes.index(smallest, start)
            chosen.append((last, smallest))
    return chosen


def _pack(numbers: Sequence[int]) -> bytes:
    """32-bit numbers, little end first whatever the machine."""
    return pack(f"<{len(numbers)}I", *numbers)


def unpacked(data: bytes) -> tuple[int, ...]:
    """The numbers of `_packed`."""
    return unpack(f"<{len(data) // 4}I", data)

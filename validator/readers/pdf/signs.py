"""What the bytes of a PDF say of it before it is opened: which questions about its pages need asking at all.

Asking PDFium about every character takes longer than reading them. Most files show that they draw nothing in an unusual way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MODE = re.compile(rb"Tr\b")
_CLIP = re.compile(rb"W\*?\s+n")
_USUAL = ([b"0"], [b"2"])  # characters filled, or filled and drawn around
_SUBSET = re.compile(rb"/BaseFont\s*/[A-Z]{6}\+([^\s/<>\[\]()]+)")
_ORDERING = re.compile(rb"/Ordering\s*\((?!Identity|UCS)")
_PLAIN_CODES = re.compile(rb"/Encoding\s*/Identity-[HV]\b")
_DEEP = 6_000  # bytes of a font's entry; longer ones are not looked through


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """What may occur on the pages. True where the bytes do not tell."""

    modes: bool = True  # characters drawn in another way than filled: as outlines, not at all
    clips: bool = True  # drawings cut off at a border
    layers: bool = True  # parts that the reader of the file can switch on and off
    replaced: bool = True  # characters that stand for others than are drawn (/ActualText)
    unmapped: frozenset[str] = frozenset()  # fonts that do not say which characters their glyphs are; without the mark of a subset


#: The signs of a file whose bytes show nothing (encrypted ones): every question must be asked.
UNKNOWN = Signs()


def signs_of(objects: Iterable[bytes], contents: Iterable[bytes]) -> Signs:
    """The signs in the file's objects (without streams) and in the drawing commands of its pages."""
    modes = clips = replaced = False
    for content in contents:
        modes = modes or any(
            content[max(0, mode.start() - 6) : mode.start()].split()[-1:] not in _USUAL for mode in _MODE.finditer(content)
        )
        clips = clips or bool(_CLIP.search(content)) or b" W" in content or b"\nW" in content or b"\rW" in content
        replaced = replaced or b"/ActualText" in content
    body = b"\n".join(objects)
    return Signs(
        modes=modes, clips=clips, layers=b"/OCProperties" in body, replaced=replaced or b"/ActualText" in body, unmapped=_unmapped(body)
    )


def _unmapped(body: bytes) -> frozenset[str]:
    """Fonts cut down to the glyphs in use that have neither a table of their characters nor an encoding that names them."""
    subsets, mapped = set(), set()
    for name, entry in _fonts(body):
        if b"/CIDFontType" in entry:
            if _ORDERING.search(entry) or re.search(rb"/CIDSystemInfo\s+\d", entry):
                mapped.add(name)
        elif b"/ToUnicode" in entry:
            mapped.add(name)
        elif b"/Type0" in entry and _PLAIN_CODES.search(entry) or b"/TrueType" in entry and b"/Encoding" not in entry:
            subsets.add(name)
    return frozenset(name.decode("latin-1") for name in subsets - mapped)


def _fonts(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name and the entry of each font that is a subset."""
    for match in _SUBSET.finditer(body):
        begin = _end_of_dictionary(body, match.start(), opening=True)
        end = _end_of_dictionary(body, match.end(), opening=False)
        if begin is not None and end is not None:
            yield match[1], body[begin:end]


def _end_of_dictionary(body: bytes, at: int, opening: bool) -> int | None:
    """Where the dictionary around a place begins (`opening`) or ends; None where that is further than a font's entry is long."""
    low = max(0, at - _DEEP) if opening else at
    marks = list(re.finditer(rb"<<|>>", body[low:at] if opening else body[at : at + _DEEP]))
    depth = 0
    for mark in reversed(marks) if opening else marks:
        depth += 1 if (mark[0] == b">>") == opening else -1
        if depth < 0:
            return low + (mark.start() if opening else mark.end())
    return None

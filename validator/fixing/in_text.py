"""Corrections written into a text or Markdown file: its encoding, its mark and its line ends stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.fixing.corrections import Correction
from validator.readers.decode import decode

_ENDS = re.compile(r"(\r\n|\n|\r)")


def written(data: bytes, wanted: Sequence[Correction]) -> tuple[bytes, tuple[Correction, ...]]:
    """The new file, and the corrections that could be made: where the words stand in the line as the reader saw them."""
    decoded = decode(data)
    pieces = _ENDS.split(decoded.text)  # lines and line ends by turns
    applied: list[Correction] = []
    for correction in sorted(wanted, key=_place, reverse=True):
        number, at = 2 * (correction.block.line - 1), correction.block.offset - 1 + correction.start
        if number < len(pieces) and pieces[number][at : at + len(correction.old)] == correction.old:
            pieces[number] = pieces[number][:at] + correction.new + pieces[number][at + len(correction.old) :]
            applied.append(correction)
    new = "".join(pieces).encode(decoded.encoding) if not decoded.damaged else data
    if decoded.encoding == "utf-16" and data[:2] == b"\xfe\xff":
        new = b"\xfe\xff" + "".join(pieces).encode("utf-16-be")
    return new, tuple(sorted(applied, key=_place)) if not decoded.damaged else ()


def lines(data: bytes) -> list[str]:
    """The file's lines, as a difference shows them."""
    return decode(data).text.splitlines()


def _place(correction: Correction) -> tuple[int, int, int]:
    return correction.block.line, correction.block.offset, correction.start

"""Which pieces of a document are tables: cells, and lines that are labels or figures with others of their kind around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.base.regex_cache import expression
from validator.model import Block, Kind
from validator.parsing.report.headings import Found
from validator.parsing.report.line_cells import PieceCells

#: Lines between two parts of a table that may belong to it though no label is known: page marks, captions, lost words.
_BRIDGE = 4
#: Characters; a longer line bridges nothing.
_CAPTION = 40
#: So many labels one after another are a table even without a figure.
_MANY_LABELS = 8
_SENTENCE = expression("[。；;！!？?，]")
_ADDRESS = expression(r"https?://\S+")
_VALUES = frozenset({"figure", "placeholder", "run", "unread"})


def tabular(pieces: Sequence[Block], cells: Sequence[PieceCells], headings: Mapping[int, Found]) -> list[bool]:
    """Of each piece whether it belongs to a table. `headings`: those found, by the number of their piece.

    Where the pieces from one place up to the last cell are no table, no later place before that cell begins one: from each of them the same
    last cell would be reached, with fewer labels and figures before it. So that each piece is looked at once.
    """
    flags = [False] * len(pieces)
    place = 0
    while place < len(pieces):
        last = _last_cell(pieces, cells, headings, place)
        if last >= place and _is_table(pieces[place : last + 1], cells[place : last + 1]):
            flags[place : last + 1] = [True] * (last + 1 - place)
        place = max(place, last) + 1
        while place < len(pieces) and (not cells[place] or _breaks(headings.get(place))):
            place += 1
    return flags


def _last_cell(pieces: Sequence[Block], cells: Sequence[PieceCells], headings: Mapping[int, Found], start: int) -> int:
    """The last piece with cells that can be reached from `start` over short gaps; -1 where there is none."""
    last, gap = -1, 0
    for place in range(start, len(pieces)):
        if _breaks(headings.get(place)):
            break
        if cells[place]:
            last, gap = place, 0
            continue
        gap += 1
        text = pieces[place].text
        if gap > _BRIDGE or (len(text) > _CAPTION or _SENTENCE.search(text)) and not _ADDRESS.fullmatch(text):
            break
    return last


def _breaks(heading: Found | None) -> bool:
    """Whether a table cannot go on over a piece: it is a heading of a known part."""
    return heading is not None and heading.match != "none" and not (heading.match == "other" and heading.numeral != heading.number)


def _is_table(pieces: Sequence[Block], cells: Sequence[PieceCells]) -> bool:
    """Real cells, or a known label with a figure after it."""
    if any(piece.kind is Kind.CELL for piece in pieces):
        return True
    kinds = [cell.kind for group in cells for cell in group]
    if kinds.count("label") >= _MANY_LABELS:  # a table whose figures were lost
        return True
    return "label" in kinds and any(kind in _VALUES for kind in kinds[kinds.index("label") :]) and len(kinds) >= 3

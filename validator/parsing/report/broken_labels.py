"""Labels of a table that were broken: over two rows of the source, or over lines of text. Their pieces are brought together or known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from validator.model import Block, Kind, TableCell
from validator.parsing.report.line_cells import CellReader, PieceCells
from validator.parsing.report.vocabulary import Vocabulary, plain

#: Characters; a longer line is no piece of a label.
_PIECE = 36


def whole_rows(pieces: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """The pieces; where a row holds nothing but the end of a label that the row before it begins, it is made one with that row."""
    rows: list[list[Block]] = []
    for _, group in groupby(pieces, key=lambda piece: (piece.table, piece.row, None if piece.row else id(piece))):
        row = list(group)
        joined = _joined_row(rows[-1], row, vocabulary) if rows and row[0].row is not None and not row[0].exact else None
        if joined is not None:
            rows[-1] = joined
        else:
            rows.append(row)
    return [piece for row in rows for piece in row]


def _joined_row(row: list[Block], following: list[Block], vocabulary: Vocabulary) -> list[Block] | None:
    """Two rows of a table as one, if the second is but the end of a label of the first."""
    ends = [block for block in following if block.text.strip()]
    if len(ends) != 1 or len(following) < 2 or row[0].row is None or row[0].table != ends[0].table:
        return None
    place = next((place for place, block in enumerate(row) if block.column == ends[0].column), None)
    if place is None or not any(block.text.strip() for block in row[place + 1 :]):
        return None
    begun, whole = plain(row[place].text), f"{row[place].text}\n{ends[0].text}"
    if not begun or vocabulary.exact(begun) or not vocabulary.holds(plain(whole)):
        return None
    return [*row[:place], replace(row[place], text=whole), *row[place + 1 :]]


def with_label_ends(pieces: Sequence[Block], cells: Sequence[PieceCells], reader: CellReader) -> list[PieceCells]:
    """The cells of each piece; a line of a character or two that ends a label broken over lines is a piece of that label, too."""
    completed = list(cells)
    begun = ""  # what of a label stands on the lines before
    for place, (piece, group) in enumerate(zip(pieces, cells, strict=True)):
        text = _label_text(piece, group)
        end = () if group else _label_end(pieces, place, begun, reader)
        if end:
            completed[place] = end
            begun = plain("".join(cell.text for cell in end if cell.kind == "label"))
        elif piece.kind is not Kind.LINE or not text:
            begun = begun if group and piece.kind is Kind.LINE else ""
        elif begun and reader.vocabulary.holds(begun + text):
            begun += text
            completed[place] = group or (TableCell(kind="label", text=piece.text, block=piece),)
        else:
            begun = text if any(cell.kind == "label" for cell in group) else ""
    return completed


def _label_text(piece: Block, cells: PieceCells) -> str:
    """The words of a piece that may be a part of a label: its last label's, or all of a short line."""
    labels = [cell.text for cell in cells if cell.kind == "label"]
    return plain(labels[-1] if labels else piece.text if not cells and len(piece.text) <= _PIECE else "")


def _label_end(pieces: Sequence[Block], place: int, begun: str, reader: CellReader) -> PieceCells:
    """The cells of a line taken for the end of the label `begun` before it, or for the beginning of one that the next line ends."""
    end = reader.label_end(pieces[place], begun, least=1) if begun else ()
    return end or (reader.label_end(pieces[place], least=1) if _ends_on_next_line(pieces, place, reader.vocabulary) else ())


def _ends_on_next_line(pieces: Sequence[Block], place: int, vocabulary: Vocabulary) -> bool:
    """Whether the next line is the end of a label that this one begins before its figure: '行政事业性收 0', '费'."""
    line, following = pieces[place], pieces[place + 1] if place + 1 < len(pieces) else None
    words = line.text.split() if line.kind is Kind.LINE and len(line.text) <= _PIECE else []
    if len(words) != 2 or following is None or following.kind is not Kind.LINE or len(following.text) > _PIECE:
        return False
    return vocabulary.holds(plain(words[0] + following.text))

"""A table of labels with one value each (key and value): cells in reading order to pairs, pairs to the rows of the form."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from validator.base.regex_cache import expression
from validator.forms.labels import LabelReader
from validator.forms.values import figure
from validator.model import Block, Figure, FormRow, FormTable, Kind, Label, LabelMatch, Report, RowReading, Table, TableCell, TableReading
from validator.parsing.report.vocabulary import LabelEntry, plain

#: The longest word that may stand between a label and its figure: a unit.
WORD = 4
#: So many cells from one on are looked at to tell what it is: a label over three cells at most, and one behind it.
AHEAD = 4
#: So many rows of the form make a table of the report the form's, whose other rows are rows too many.
KNOWN = 3
_FIGURES = frozenset({"figure", "placeholder", "run", "unread"})
#: A line that says what it is itself: 填报人：王某.
_LABELLED = expression(r"\s*[^\s:：]{2,8}[:：](?!//)")


@dataclass(kw_only=True, slots=True)
class Pair:
    """A label and what stands beside or under it. `entries`: the rows of the form it may be; none: a label that the form has not."""

    cell: TableCell
    entries: tuple[LabelEntry, ...] = ()
    bands: tuple[str, ...] = ()  # the merged cells over it, the nearest last
    value: TableCell | None = None
    table: int = 0  # which Table of the report
    changed: bool = False


@dataclass(kw_only=True, slots=True)
class _PairState:
    """Where the walk over the cells stands."""

    bands: list[str] = field(default_factory=list)
    open: Pair | None = None  # a label whose value is still to come
    strange: TableCell | None = None  # words in a label's place


def read_pairs(table: FormTable, report: Report, reader: LabelReader) -> TableReading:
    """The table as the report has it. Total: what cannot be read is said, never guessed."""
    pairs = [pair for place, source in enumerate(report.tables) for pair in _pairs(table, source, place, reader)]
    lines = _Lines(report)
    for pair in pairs:
        if pair.value is None and pair.entries and _worded(table, pair):
            pair.value = lines.under(pair.cell)
    counts = {place: sum(bool(pair.entries) for pair in pairs if pair.table == place) for place in range(len(report.tables))}
    rows = _rows(table, [pair for pair in pairs if pair.entries or counts[pair.table] >= KNOWN])
    if not any(row.key for row in rows):
        block = report.title.block if report.title else None
        return TableReading(key=table.key, state="missing", block=block)
    return TableReading(key=table.key, state="read", rows=tuple(rows), block=rows[0].block)


class _Lines:
    """The lines of a report, for labels of a one-cell-a-line text whose answer no longer looks like a table's."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def _blocks(self) -> tuple[list[int], list[Block]]:
        """The first block of each line that is beyond all before it, with those lines."""
        lines: list[int] = []
        blocks: list[Block] = []
        for block in self.report.document.blocks:
            if not lines or block.line > lines[-1]:
                lines.append(block.line)
                blocks.append(block)
        return lines, blocks

    @cached_property
    def _inside(self) -> frozenset[int]:
        """The lines that stand in a table."""
        return frozenset(cell.block.line for table in self.report.tables for row in table.rows for cell in row.cells)

    def under(self, label: TableCell) -> TableCell | None:
        """The line under a label: long words, a web address."""
        block = label.block
        if block.row is not None or block.paragraph is not None or label.start:
            return None
        lines, blocks = self._blocks
        at = bisect_right(lines, block.line)
        following = blocks[at] if at < len(blocks) else None
        if following is None or following.kind is not Kind.LINE or following.line in self._inside or _LABELLED.match(following.text):
            return None
        return TableCell(kind="text", text=following.text, block=following)


def _pairs(table: FormTable, source: Table, place: int, reader: LabelReader) -> Iterator[Pair]:
    """The pairs of one Table of the report, in reading order."""
    state = _PairState()
    cells = [(cell, number, row.closed) for number, row in enumerate(source.rows) for cell in row.cells]
    at = 0
    while at < len(cells):
        cell, number, closed = cells[at]
        if state.open is not None and closed and (at == 0 or cells[at - 1][1] != number):
            yield state.open  # the row before ended without a value
            state.open = None
        row = [other for other, row_number, _ in cells[at : at + AHEAD] if not closed or row_number == number]
        entries, size, like = _named(table, row, reader, state.open is None)
        if entries and not (closed and state.open is not None and size == len(row)):
            yield from _label(state, row[0], entries, place, like)
        else:
            size = 1
            yield from _value(table, state, row, closed, place, reader)
        at += size
    if state.open is not None:
        yield state.open


def _named(table: FormTable, row: Sequence[TableCell], reader: LabelReader, wanted: bool) -> tuple[tuple[LabelEntry, ...], int, bool]:
    """The rows or bands that the next cells name, over how many cells, and whether the words are others than the form's.

    `wanted`: a label must come here, so that one nearly right will do.
    """
    for size in (1, 2, 3):
        part = row[:size]
        if len(part) < size or any(cell.kind not in ("label", "text") for cell in part):
            break
        named = [entry for entry in reader.words.exact(plain("".join(cell.text for cell in part))) if entry.table == table.key]
        if entries := tuple(entry for entry in named if entry.role in ("row", "band")):
            return entries, size, False
    if wanted and row[0].kind in ("label", "text") and len(row) > 1 and (entry := _like(table, row[0], reader)):
        return (entry,), 1, True
    return (), 0, False


def _like(table: FormTable, cell: TableCell, reader: LabelReader) -> LabelEntry | None:
    """The row whose label is nearly this one."""
    label = reader.row([cell], [], 1).label
    row = table.row(label.key) if label and label.match == "changed" else None
    return next((entry for entry in reader.words.entries if row and entry.role == "row" and entry.key == row.key), None)


def _label(state: _PairState, cell: TableCell, entries: tuple[LabelEntry, ...], place: int, like: bool) -> Iterator[Pair]:
    """A label of the form: a band, or a row that now waits for its value."""
    if state.open is not None:
        yield state.open
    state.open, state.strange = None, None
    rows = tuple(entry for entry in entries if entry.role == "row")
    if rows:
        state.open = Pair(cell=cell, entries=rows, bands=tuple(state.bands), table=place, changed=like)
    else:
        state.bands = [*state.bands[-3:], entries[0].key]


def _value(table: FormTable, state: _PairState, row: Sequence[TableCell], closed: bool, place: int, reader: LabelReader) -> Iterator[Pair]:
    """What is no label: the value of the open label, words in a label's place, or nothing of the table's."""
    cell, following = row[0], row[1] if len(row) > 1 else None
    waiting = state.open
    if waiting is None:
        if cell.kind in _FIGURES and state.strange is not None:
            yield Pair(cell=state.strange, value=cell, table=place)
        state.strange = cell if cell.kind in ("text", "label") else None
        return
    more = following is not None and not _named(table, row[1:], reader, False)[0]
    if cell.kind == "blank" and more:
        return  # a merged cell laid out: the value stands further on
    if cell.kind in ("text", "label") and more and following is not None and following.kind in _FIGURES and not _worded(table, waiting):
        if closed or len(cell.text) <= WORD:
            return  # the unit between label and figure
        yield waiting  # nothing stands under the label; the words are another one
        state.open, state.strange = None, cell
        return
    state.open = None
    waiting.value = cell
    yield waiting


def _worded(table: FormTable, pair: Pair) -> bool:
    """Whether the answer is given in words."""
    return any((row := table.row(entry.key)) is not None and _in_words(table, row) for entry in pair.entries)


def _in_words(table: FormTable, row: FormRow) -> bool:
    return table.number(row.key, row.columns[0]) == "text"


def _rows(table: FormTable, pairs: Sequence[Pair]) -> list[RowReading]:
    """Each pair as a row of the form, or as one that the form has not or that was there before."""
    rows: list[RowReading] = []
    used: set[str] = set()
    for pair, key in zip(pairs, _keys(table, pairs), strict=True):
        if not key:
            if pair.value is not None and pair.value.kind in _FIGURES:
                rows.append(_extra(pair, "", "none"))
        elif key in used:
            rows.append(_extra(pair, key, "repeat"))
        else:
            used.add(key)
            match: LabelMatch = "changed" if pair.changed else next(entry.match for entry in pair.entries if entry.key == key)
            row = table.row(key)
            assert row is not None
            rows.append(_reading(table, row, pair, _labelled(pair, key, match)))
    return rows


def _keys(table: FormTable, pairs: Sequence[Pair]) -> list[str]:
    """The row of each pair. Labels that several rows have are told apart by the bands over them, else by the form's order."""
    keys = [_certain(table, pair) for pair in pairs]
    order = {row.key: number for number, row in enumerate(table.rows)}
    used = Counter(keys)
    before: set[str] = set()
    last = -1  # where the form has the key before
    for place, pair in enumerate(pairs):
        if pair.entries and (not keys[place] or keys[place] in before):
            free = [entry.key for entry in pair.entries if not used[entry.key]]
            after = sorted((key for key in free if order.get(key, -1) > last), key=lambda key: order[key])
            used[keys[place]] -= 1
            keys[place] = next(iter(after or free), keys[place] or pair.entries[0].key)
            used[keys[place]] += 1
        if key := keys[place]:
            before.add(key)
            last = order[key]
    return keys


def _certain(table: FormTable, pair: Pair) -> str:
    """The row that a pair names by its label alone, or by the band that stands nearest above it; '' where neither tells."""
    keys = list(dict.fromkeys(entry.key for entry in pair.entries))
    if len(keys) <= 1:
        return next(iter(keys), "")
    rows = [row for row in table.rows if row.key in keys]
    for band in reversed(pair.bands):
        under = [row for row in rows if plain(band) in {plain(label) for label in (row.band or "", *row.band_variants)}]
        exact = [row for row in under if plain(row.band or "") == plain(band)] or under
        if exact:
            return exact[0].key
        if not any(_inside(table, band, row) for row in rows):
            return ""  # another topic has begun since
    return ""


def _inside(table: FormTable, band: str, row: FormRow) -> bool:
    """Whether a band may stand over a row beside the row's own: rows on both sides of the row's carry it."""
    places = [i for i, other in enumerate(table.rows) if plain(other.band or "") == plain(band)]
    at = table.rows.index(row)
    return bool(places) and places[0] - 1 <= at <= places[-1] + 1


def _labelled(pair: Pair, key: str, match: LabelMatch) -> Label:
    return Label(key=key, text=pair.cell.text, match=match, block=pair.cell.block, start=pair.cell.start)


def _reading(table: FormTable, row: FormRow, pair: Pair, label: Label) -> RowReading:
    """The row with its one figure, or the answer in words."""
    cell = pair.value or replace(pair.cell, kind="blank", text="", start=pair.cell.start + len(pair.cell.text))
    answer = figure(table, row.key, row.columns[0], cell)
    if _in_words(table, row):
        answer = _in_words_only(answer)
    return RowReading(key=row.key, label=label, figures=(answer,), block=label.block, values=1)


def _in_words_only(answer: Figure) -> Figure:
    """An answer in words: never a number, whatever is printed."""
    return replace(answer, value=None, state="blank" if answer.state == "blank" else "text", marks=frozenset(), note="", reason="")


def _extra(pair: Pair, key: str, match: LabelMatch) -> RowReading:
    label = _labelled(pair, key, match)
    return RowReading(key=None, label=label, figures=(), block=label.block, values=1)

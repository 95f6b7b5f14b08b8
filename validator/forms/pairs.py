"""A table of labels with one value each (key and value): cells in reading order to pairs, pairs to the rows of the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from validator.forms.labels import LabelReader
from validator.forms.values import figure
from validator.grammar.vocabulary import Entry, plain
from validator.model import Figure, FormRow, FormTable, Label, Report, RowReading, Table, TableCell, TableReading

#: The longest word that may stand between a label and its figure: a unit.
WORD = 4
#: So many rows of the form make a table of the report the form's, whose other rows are rows too many.
KNOWN = 3
_FIGURES = frozenset({"figure", "placeholder", "run"})


@dataclass(kw_only=True, slots=True)
class Pair:
    """A label and what stands beside or under it. `entries`: the rows of the form it may be; none: a label that the form has not."""

    cell: TableCell
    entries: tuple[Entry, ...] = ()
    bands: tuple[str, ...] = ()  # the merged cells over it, the nearest last
    value: TableCell | None = None
    table: int = 0  # which Table of the report
    changed: bool = False


@dataclass(kw_only=True, slots=True)
class _Walk:
    """Where the walk over the cells stands."""

    bands: list[str] = field(default_factory=list)
    open: Pair | None = None  # a label whose value is still to come
    strange: TableCell | None = None  # words in a label's place


def read_pairs(table: FormTable, report: Report, reader: LabelReader) -> TableReading:
    """The table as the report has it. Total: what cannot be read is said, never guessed."""
    pairs = [pair for place, source in enumerate(report.tables) for pair in _pairs(table, source, place, reader)]
    known = {place: sum(bool(pair.entries) for pair in pairs if pair.table == place) for place in range(len(report.tables))}
    rows = _rows(table, [pair for pair in pairs if pair.entries or known[pair.table] >= KNOWN])
    if not any(row.key for row in rows):
        block = report.title.block if report.title else None
        return TableReading(key=table.key, state="missing", block=block)
    return TableReading(key=table.key, state="read", rows=tuple(rows), block=rows[0].block)


def _pairs(table: FormTable, source: Table, place: int, reader: LabelReader) -> Iterator[Pair]:
    """The pairs of one Table of the report, in reading order."""
    walk = _Walk()
    cells = [(cell, number, row.closed) for number, row in enumerate(source.rows) for cell in row.cells]
    at = 0
    while at < len(cells):
        cell, number, closed = cells[at]
        if walk.open is not None and closed and (at == 0 or cells[at - 1][1] != number):
            yield walk.open  # the row before ended without a value
            walk.open = None
        row = [other for other, its, _ in cells[at:] if not closed or its == number]
        entries, size = _named(table, row, reader, walk.open is None)
        if entries and not (closed and walk.open is not None and size == len(row) and walk.open.entries):
            yield from _label(walk, row[0], entries, place)
        else:
            size = 1
            yield from _value(table, walk, row, closed, place, reader)
        at += size
    if walk.open is not None:
        yield walk.open


def _named(table: FormTable, row: Sequence[TableCell], reader: LabelReader, wanted: bool) -> tuple[tuple[Entry, ...], int]:
    """The rows or bands that the next cells name, and over how many cells. `wanted`: a label must come: one nearly right will do."""
    for size in (1, 2, 3):
        part = row[:size]
        if len(part) < size or any(cell.kind not in ("label", "text") for cell in part):
            break
        found = [entry for entry in reader.words.exact(plain("".join(cell.text for cell in part))) if entry.table == table.key]
        if entries := tuple(entry for entry in found if entry.role in ("row", "band")):
            return entries, size
    if wanted and row[0].kind in ("label", "text") and len(row) > 1 and (entry := _like(table, row[0], reader)):
        return (entry,), 1
    return (), 0


def _like(table: FormTable, cell: TableCell, reader: LabelReader) -> Entry | None:
    """The row whose label is nearly this one."""
    label = reader.row([cell], [], 1).label
    row = table.row(label.key) if label and label.match == "changed" else None
    return next((entry for entry in reader.words.entries if row and entry.role == "row" and entry.key == row.key), None)


def _label(walk: _Walk, cell: TableCell, entries: tuple[Entry, ...], place: int) -> Iterator[Pair]:
    """A label of the form: a band, or a row that now waits for its value."""
    if walk.open is not None:
        yield walk.open
    walk.open, walk.strange = None, None
    rows = tuple(entry for entry in entries if entry.role == "row")
    if rows:
        exact = any(plain(cell.text).startswith(entry.core) or entry.core in plain(cell.text) for entry in rows)
        walk.open = Pair(cell=cell, entries=rows, bands=tuple(walk.bands), table=place, changed=not exact)
    else:
        walk.bands = [*walk.bands[-3:], entries[0].key]


def _value(table: FormTable, walk: _Walk, row: Sequence[TableCell], closed: bool, place: int, reader: LabelReader) -> Iterator[Pair]:
    """What is no label: the value of the open label, words in a label's place, or nothing of the table's."""
    cell, following = row[0], row[1] if len(row) > 1 else None
    waiting = walk.open
    if waiting is None:
        if cell.kind in _FIGURES and walk.strange is not None:
            yield Pair(cell=walk.strange, value=cell, table=place)
        walk.strange = cell if cell.kind in ("text", "label") else None
        return
    more = following is not None and not _named(table, row[1:], reader, False)[0]
    if cell.kind == "blank" and more:
        return  # a merged cell laid out: the value stands further on
    if cell.kind in ("text", "label") and more and following is not None and following.kind in _FIGURES and not _worded(table, waiting):
        if closed or len(cell.text) <= WORD:
            return  # the unit between label and figure
        yield waiting  # nothing stands under the label; the words are another one
        walk.open, walk.strange = None, cell
        return
    walk.open = None
    waiting.value = cell
    yield waiting


def _worded(table: FormTable, pair: Pair) -> bool:
    """Whether the answer is given in words."""
    return any((row := table.row(entry.key)) is not None and _in_words(table, row) for entry in pair.entries)


def _in_words(table: FormTable, row: FormRow) -> bool:
    return table.number(row.key, row.columns[0]) == "text"


def _rows(table: FormTable, pairs: Sequence[Pair]) -> list[RowReading]:
    """Each pair as a row of the form; labels that several rows have are told apart by their bands, then by the form's order."""
    order = [row.key for row in table.rows]
    used: set[str] = set()
    last, near = -1, ""
    found: list[RowReading] = []
    for pair in pairs:
        keys = list(dict.fromkeys(entry.key for entry in pair.entries))
        key = _chosen(table, keys, pair.bands or ((near,) if near else ()), used, last) if keys else ""
        if not key:
            if pair.value is not None and pair.value.kind in _FIGURES:
                found.append(_extra(pair, Label(key="", text=pair.cell.text, match="none", block=pair.cell.block, start=pair.cell.start)))
            continue
        match = "repeat" if key in used else "changed" if pair.changed else next(e.match for e in pair.entries if e.key == key)
        label = Label(key=key, text=pair.cell.text, match=match, block=pair.cell.block, start=pair.cell.start)  # type: ignore[arg-type]
        if key in used:
            found.append(_extra(pair, label))
            continue
        used.add(key)
        last = order.index(key)
        row = table.rows[last]
        near = row.band or near
        found.append(_reading(table, row, pair, label))
    return found


def _chosen(table: FormTable, keys: Sequence[str], bands: Sequence[str], used: set[str], last: int) -> str:
    """Which of the rows with this label is meant: the one whose band stands nearest above, else the next one of the form."""
    if len(keys) == 1:
        return keys[0]
    rows = [row for row in table.rows if row.key in keys]
    for band in reversed(bands):
        mine = [row for row in rows if plain(band) in {plain(label) for label in (row.band or "", *row.band_variants)}]
        exact = [row for row in mine if plain(row.band or "") == plain(band)] or mine
        if exact:
            return exact[0].key
    order = [row.key for row in table.rows]
    after = [row.key for row in rows if row.key not in used and order.index(row.key) > last]
    return next(iter(after or [row.key for row in rows if row.key not in used] or keys))


def _reading(table: FormTable, row: FormRow, pair: Pair, label: Label) -> RowReading:
    """The row with its one figure, or the answer in words."""
    cell = pair.value or replace(pair.cell, kind="blank", text="", start=pair.cell.start + len(pair.cell.text))
    made = figure(table, row.key, row.columns[0], cell)
    if _in_words(table, row):
        made = _answer(made)
    readable = made.state != "unreadable"
    return RowReading(
        key=row.key,
        label=label,
        figures=(made,),
        block=label.block,
        values=1,
        readable=readable,
        trouble="" if readable else "run-together",
    )


def _answer(made: Figure) -> Figure:
    """An answer in words: never a number, whatever is printed."""
    return replace(made, value=None, state="blank" if made.state == "blank" else "text", marks=frozenset(), note="")


def _extra(pair: Pair, label: Label) -> RowReading:
    return RowReading(key=None, label=label, figures=(), block=label.block, values=1)

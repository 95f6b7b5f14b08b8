"""Rows and columns against the form: missing, too many, out of order, too short."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from validator.base.records import record
from validator.messages import both
from validator.model import Cell, Figure, Form, FormRow, FormTable, Hit, RowReading, Severity, Skip, Spot, Subject, TableReading, Text


@record
class Rows:
    """What to look for. `missing` has the variants several and merged; `extra` has repeated; `short` has long and merged.

    `topic`: none of the rows of one of the form's `groups` is there; the message calls it by the band of the group's first row.
    """

    look_for: Literal["missing", "extra", "order", "columns", "short", "topic"]
    groups: tuple[str, ...] = ()

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """Hits of every table that could be read; neighbouring missing rows are one."""
        look = {"extra": _extra, "order": _order, "columns": _columns, "short": _short}.get(self.look_for, self._topics)
        for table in subject.figures.form.tables:
            reading = subject.figures.tables[table.key]
            if reading.state != "read":
                yield Skip(reason=both("checks.table-not-read", table=table.title), cells=(Cell(table=table.key),))
                continue
            if self.look_for == "missing":
                hits = _missing(table, reading, {row.key for row in table.rows if _gone_before(table, row, subject)})
            else:
                hits = look(table, reading)
            yield from (hit for hit in hits if not _is_told(hit, subject))

    def _topics(self, table: FormTable, reading: TableReading) -> Iterable[Hit]:
        present = {row.key for row in reading.rows}
        for name in self.groups:
            keys = table.groups.get(name, ())
            first = table.row(keys[0]) if keys and not present & set(keys) else None
            if first is not None:
                hit = _missing_hit(table, reading, [row for row in table.rows if row.key in keys])
                topic = "".join((first.band or first.label).split()).split("（")[0]
                spot = replace(hit.spot, cell=Cell(table=table.key, row=first.key))
                yield replace(hit, spot=spot, variant=None, facts={**hit.facts, "topic": topic}, rows=(), expected=topic)

    def mistakes(self, forms: Iterable[Form]) -> tuple[Text, ...]:
        """Groups that no form has."""
        groups = {name for form in forms for table in form.tables for name in table.groups}
        return tuple(both("checks.no-group", name=name) for name in self.groups if name not in groups)


def _gone_before(table: FormTable, row: FormRow, subject: Subject) -> bool:
    """Whether a required rule has spoken of this row, though not of its whole table."""
    cell = Cell(table=table.key, row=row.key)
    return any(mark.row is not None and mark.meets(cell) for hits in subject.failed.values() for hit in hits for mark in hit.cells)


def _is_told(hit: Hit, subject: Subject) -> bool:
    """Whether a required rule has spoken of this very line already (a category of older years is no row of the form)."""
    blocks_told = (other.facts.get("blocks") for hits in subject.failed.values() for other in hits)
    return any(block is hit.spot.block for blocks in blocks_told if isinstance(blocks, tuple) for block in blocks)


def _missing(table: FormTable, reading: TableReading, spoken_of: Collection[str]) -> Iterable[Hit]:
    """Rows that are not there. `told`: those of which another rule has spoken."""
    present = {row.key for row in reading.rows}
    run: list[FormRow] = []
    for row in [*table.rows, None]:
        if row is not None and row.optional:
            continue
        if row is not None and row.key not in present and row.key not in spoken_of:
            run.append(row)
            continue
        if run:
            yield _missing_hit(table, reading, run)
        run = []


def _missing_hit(table: FormTable, reading: TableReading, run: Sequence[FormRow]) -> Hit:
    """One finding for neighbouring rows; where their undivided row stands in their place it is a merged one."""
    whole = next((row for row in reading.rows if row.key and all(gone.key.startswith(row.key + ".") for gone in run)), None)
    order = [row.key for row in table.rows]
    after = next((row for row in reading.rows if row.key in order and order.index(row.key) > order.index(run[-1].key)), None)
    near = whole or after
    keys = tuple(row.key for row in run)
    return Hit(
        spot=Spot(block=near.block if near else reading.block, cell=Cell(table=table.key, row=keys[0])),
        variant="merged" if whole else "several" if len(run) > 1 else None,
        facts={"count": len(run), "band": "".join((run[0].band or "").split())},
        rows=keys,
        cells=tuple(Cell(table=table.key, row=key) for key in keys),
    )


def _extra(table: FormTable, reading: TableReading) -> Iterable[Hit]:
    """Rows that the form has not; neighbours are one finding."""
    run: list[RowReading] = []
    for row in [*reading.rows, None]:
        if row is not None and row.key is None and row.label is not None and row.label.match == "none":
            run.append(row)
            continue
        if run:
            yield _added(table, run)
        run = []
        if row is not None and row.key is None and row.label is not None and row.label.match == "repeat":
            yield _added(table, [row], "repeated")


def _added(table: FormTable, run: Sequence[RowReading], variant: str | None = None) -> Hit:
    label = run[0].label
    assert label is not None
    printed = "".join(label.text.split())
    return Hit(
        spot=Spot(block=label.block, start=label.start, length=len(label.text), cell=Cell(table=table.key, row=label.key or None)),
        variant=variant or ("several" if len(run) > 1 else None),
        facts={"printed": printed[:20], "count": len(run)},
        actual=printed or None,
    )


def _order(table: FormTable, reading: TableReading) -> Iterable[Hit]:
    """The fewest rows that stand out of the form's order, as one finding."""
    order = {row.key: place for place, row in enumerate(table.rows)}
    rows = [row for row in reading.rows if row.key in order]
    in_order = _longest_rising([order[row.key] for row in rows if row.key])
    moved = [row for place, row in enumerate(rows) if place not in in_order]
    if moved and not table.flat:
        keys = tuple(row.key for row in moved if row.key)
        yield Hit(
            spot=Spot(block=moved[0].block, cell=Cell(table=table.key, row=keys[0])),
            rows=keys,
            cells=tuple(Cell(table=table.key, row=key) for key in keys),
        )


def _longest_rising(places: Sequence[int]) -> set[int]:
    """Indices of a longest rising run within a sequence."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        size = bisect_left(ends, place)
        ends[size:] = [place] if size == len(ends) else [place, *ends[size + 1 :]]
        at[size:] = [index] if size == len(at) else [index, *at[size + 1 :]]
        before.append(at[size - 1] if size else -1)
    rising, index = set(), at[-1] if at else -1
    while index >= 0:
        rising.add(index)
        index = before[index]
    return rising


def _columns(table: FormTable, reading: TableReading) -> Iterable[Hit]:
    for key in reading.missing_columns:
        yield Hit(spot=Spot(block=reading.columns[0].block if reading.columns else reading.block, cell=Cell(table=table.key, column=key)))


def _short(table: FormTable, reading: TableReading) -> Iterable[Hit]:
    """Rows with too few or too many figures. Those that lack one because a cell reaches down from a row above are one finding.

    A row whose figures could not be read for that reason is an error whatever the rule's severity: unread figures are never silent.
    """
    merged: dict[tuple[str, str], tuple[Figure, list[str]]] = {}
    for row in reading.rows:
        form_row = table.row(row.key) if row.key else None
        if form_row is None or row.trouble not in ("short", "long"):
            continue
        columns = [key for key in form_row.columns if key not in reading.missing_columns]
        above = {key: figure for key in _lacking(row, columns) if (figure := _reaching_down(reading, row, key)) is not None}
        if row.trouble == "short" and above and len(above) == len(columns) - len(row.figures):
            for key, figure in above.items():
                merged.setdefault((figure.cell.row or "", key), (figure, []))[1].append(form_row.key)
            continue
        yield Hit(
            spot=Spot(block=row.block, cell=Cell(table=table.key, row=row.key)),
            variant="long" if row.trouble == "long" else None,
            expected=str(len(columns)),
            actual=str(row.values),
            cells=(Cell(table=table.key, row=row.key),),
            severity=None if row.readable else Severity.ERROR,
        )
    for figure, rows in merged.values():
        yield Hit(
            spot=Spot(block=figure.block, start=figure.start, length=len(figure.text), cell=figure.cell),
            variant="merged",
            facts={"count": len(rows) + 1},
            expected=str(len(rows) + 1),
            actual="1",
            rows=(figure.cell.row or "", *rows),
            cells=tuple(Cell(table=table.key, row=key, column=figure.cell.column) for key in rows),
        )


def _lacking(row: RowReading, columns: Sequence[str]) -> list[str]:
    """The columns that a row has no figure for."""
    present = {figure.cell.column for figure in row.figures}
    return [key for key in columns if key not in present]


def _reaching_down(reading: TableReading, row: RowReading, column: str) -> Figure | None:
    """The figure of a row above whose cell reaches down into this one."""
    at = row.block
    for other in reading.rows:
        for figure in other.figures:
            block = figure.block
            if figure.cell.column == column and block.table == at.table and block.row is not None and at.row is not None:
                if block.row < at.row < block.row + block.row_span:
                    return figure
    return None

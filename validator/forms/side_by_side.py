"""A table whose rows stand side by side in one line of figures (section 4), or one under another as some pages have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from validator.forms.blank_cells import with_blanks
from validator.forms.candidates import WORD
from validator.forms.groups import RowGroup
from validator.forms.labels import LabelReader
from validator.forms.rows import place_due
from validator.forms.values import figure, stand_apart, trimmed, undivided
from validator.model import Figure, FormRow, FormTable, Label, Report, RowReading, TableCell, TableReading
from validator.parsing.report.vocabulary import plain


def read_flat(table: FormTable, all_groups: Sequence[RowGroup], report: Report, reader: LabelReader) -> TableReading:
    """The table as the report has it."""
    groups = _own_groups(table, all_groups, reader)
    beside = {plain(cell.text) for group in groups for cell in group.labels}
    header = [label for group in groups for cell in group.labels if (label := reader.column(cell, table.key, beside))]
    whole = sum(len(row.columns) for row in table.rows)
    valued = [g for g in groups if g.values and (g.printed or not _heads(g, reader, table) or (not g.closed and len(g.values) == whole))]
    if not valued:
        state: Literal["unreadable", "missing"] = "unreadable" if len({label.key for label in header}) >= 2 else "missing"
        return TableReading(key=table.key, state=state, columns=tuple(header), reason="no-figures", block=place_due(table, report))
    missing = _missing(table, header, valued)
    rows = (
        _line(table, table.rows, valued, missing)
        or _stacked(table, valued, groups, missing)
        or _line(table, _named_rows(table, groups), valued, missing)
    )
    block = valued[0].block
    if not rows:
        return TableReading(key=table.key, state="unreadable", columns=tuple(header), reason="cells", block=block)
    return TableReading(key=table.key, state="read", rows=rows, columns=tuple(header), missing_columns=missing, block=block)


def _own_groups(table: FormTable, all_groups: Sequence[RowGroup], reader: LabelReader) -> list[RowGroup]:
    """Groups of the Tables that carry this table's column heads, or that stand in its part and no other table's rows."""
    tables = {group.table for group in all_groups if group.section == table.section or _heads(group, reader, table)}
    groups = [group for group in all_groups if group.table in tables]
    first = next((i for i, group in enumerate(groups) if _heads(group, reader, table)), 0)
    return [group for group in groups[max(first - 4, 0) :] if not _others(group, reader, table)]


def _heads(group: RowGroup, reader: LabelReader, table: FormTable) -> bool:
    """Whether a group holds two column heads that only this table has."""
    keys = {label.key for cell in group.labels if (label := reader.column(cell, table.key))}
    return sum(reader.tells(key, table.key) for key in keys) >= 2


def _others(group: RowGroup, reader: LabelReader, table: FormTable) -> bool:
    """Whether a group is a row of another table."""
    match = reader.row(group.labels, [], len(group.values)) if group.labels and group.values and not _heads(group, reader, table) else None
    return bool(match and match.label and match.table != table.key)


def _missing(table: FormTable, header: Sequence[Label], valued: Sequence[RowGroup]) -> tuple[str, ...]:
    """Columns that no head names, where the figures are as many fewer."""
    headed = {label.key for label in header}
    missing = tuple(column.key for column in table.columns if column.key not in headed)
    width = len(table.rows) * (len(table.columns) - len(missing))
    fits = missing and len(missing) < len(table.columns) // 2 and any(len(trimmed(g.values, width)) == width for g in valued)
    return missing if fits else ()


def _named_rows(table: FormTable, groups: Sequence[RowGroup]) -> tuple[FormRow, ...]:
    """The rows whose labels stand in the table."""
    labels = "\n".join(plain(cell.text) for group in groups for cell in group.labels)
    return tuple(row for row in table.rows if plain(row.label) in labels)


def _line(table: FormTable, present: Sequence[FormRow], valued: Sequence[RowGroup], missing: Sequence[str]) -> tuple[RowReading, ...]:
    """All rows that are there out of one line of figures."""
    columns = [(row, key) for row in present for key in row.columns if key not in missing]
    if not columns:
        return ()
    for group in [_whole(valued, len(columns)), *valued]:
        if group is None:
            continue
        values = _worded(group, len(columns)) or trimmed(
            group.values if group.closed else with_blanks(None, group.values, group.empty, len(columns)), len(columns)
        )
        if any(cell.kind == "run" for cell in values) and not stand_apart(values, len(columns)):
            figures = _divided(table, columns, values)
        elif len(values) == len(columns):
            figures = [figure(table, row.key, key, cell) for (row, key), cell in zip(columns, values, strict=True)]
        else:
            figures = []
        if figures:
            return tuple(_reading(row, [f for f in figures if f.cell.row == row.key]) for row in present)
    return ()


def _worded(group: RowGroup, wanted: int) -> list[TableCell]:
    """The values of a row of figures alone whose first cell has a word in a figure's place (若干), which looks like a label; else []."""
    if not group.closed or len(group.labels) != 1 or group.labels[0].kind != "text" or len(group.labels[0].text) > WORD:
        return []
    values = trimmed([group.labels[0], *group.values], wanted)
    return values if len(values) == wanted else []


def _whole(valued: Sequence[RowGroup], expected: int) -> RowGroup | None:
    """All groups of one Table as one, where a line of figures was broken into pieces that make it whole."""
    for table in dict.fromkeys(group.table for group in valued):
        parts = [group for group in valued if group.table == table]
        cells = [cell for group in parts for cell in group.values]
        if (
            len(parts) > 1
            and len(cells) == expected
            and not any(group.labels for group in parts[1:])
            and not all(len(g.values) == len(parts[0].values) and g.closed for g in parts)
        ):
            return RowGroup(table=table, section=parts[0].section, labels=parts[0].labels, values=cells)
    return None


def _divided(table: FormTable, columns: Sequence[tuple[FormRow, str]], values: Sequence[TableCell]) -> list[Figure]:
    """Digits that ran together: one digit a cell, or as many runs as rows."""
    if len(values) == len(table.rows):
        parts = [undivided(table, row.key, row.columns, [cell]) for row, cell in zip(table.rows, values, strict=True)]
        return [f for part in parts if part for f in part] if all(parts) else []
    marked = undivided(table, "", [key for _, key in columns], values)
    if marked is None:
        return []
    return [
        figure(table, row.key, key, values[0], f.text, f.start - values[0].start) for (row, key), f in zip(columns, marked, strict=True)
    ]


def _stacked(table: FormTable, valued: Sequence[RowGroup], groups: Sequence[RowGroup], missing: Sequence[str]) -> tuple[RowReading, ...]:
    """Rows one under another: each by the label before it, or all in the form's order."""
    columns = [key for key in table.rows[0].columns if key not in missing]
    rows: list[RowReading] = []
    labels = ""
    named: list[tuple[FormRow | None, RowGroup]] = []
    for group in groups:
        labels += "".join(plain(cell.text) + "\n" for cell in group.labels)
        if group in valued and len(trimmed(group.values, len(columns))) == len(columns):
            count = sum(plain(row.label) in labels for row in table.rows)
            named.append((_named(table, labels) if count == 1 else None, group))
            labels = ""
    if len(named) == len(table.rows) and (not all(row for row, _ in named) or len({row.key for row, _ in named if row}) < len(named)):
        named = list(zip(table.rows, [group for _, group in named], strict=True))
    for row, group in named:
        if row is None or any(reading.key == row.key for reading in rows):
            return ()
        values = trimmed(group.values, len(columns))
        rows.append(_reading(row, [figure(table, row.key, key, cell) for key, cell in zip(columns, values, strict=True)]))
    return tuple(rows)


def _named(table: FormTable, labels: str) -> FormRow | None:
    """The row whose label stands last in the text before its figures."""
    places = [(labels.rfind(plain(row.label)), len(row.label), row) for row in table.rows if plain(row.label) in labels]
    return max(places, key=lambda place: place[:2])[2] if places else None


def _reading(row: FormRow, figures: Sequence[Figure]) -> RowReading:
    first = figures[0]
    return RowReading(key=row.key, label=None, figures=tuple(figures), block=first.block, values=len(figures))

"""The heads of a table's columns: which stand in the report, and where on the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from validator.forms.candidates import counted
from validator.forms.groups import RowGroup
from validator.forms.labels import LabelReader
from validator.model import FormTable, Label, TableCell
from validator.parsing.report.vocabulary import plain


@dataclass(kw_only=True, slots=True)
class ColumnHeads:
    """The heads of columns found in a table: all labels, and by Table of the report those with true columns."""

    labels: list[Label] = field(default_factory=list)
    grids: dict[int, dict[int, str]] = field(default_factory=dict)


def column_heads(table: FormTable, groups: Sequence[RowGroup], reader: LabelReader) -> ColumnHeads:
    """Every head of a column of this table, and where it stands on the grid."""
    heads = ColumnHeads()
    texts: dict[int, set[str]] = {}
    for group in groups:
        texts.setdefault(group.table, set()).update(plain(cell.text) for cell in group.labels)
    for group in groups:
        labels = _heads_in(table, group, reader, texts[group.table])
        certain = any(reader.tells(label.key, table.key) for _, label in labels)
        labels += _guessed(table, _cells_of_heads(group, reader), [label for _, label in labels], heads)
        for cell, label in labels if certain or group.section == table.section else ():
            heads.labels.append(label)
            if cell.block.exact and cell.block.column is not None:
                columns = range(cell.block.column, cell.block.column + cell.block.column_span)
                heads.grids.setdefault(group.table, {}).update(dict.fromkeys(columns, label.key))
    for place in {group.table for group in groups if group.section == table.section}:
        beside = [group for group in groups if group.table == place]
        cells = [cell for group in beside if not group.values or not group.closed for cell in group.labels]
        heads.labels += _broken(table, cells, {label.key for label in heads.labels}, reader)
        above = list(takewhile(lambda group: not _figured(group), beside))
        cells = [cell for group in above for cell in (*group.labels, *group.values)]
        first = beside[len(above)] if len(above) < len(beside) else None
        cells += first.labels[:-1] if first is not None and not first.closed else []
        heads.labels += [label for _, label in _guessed(table, cells, heads.labels, heads)]
    return heads


def _cells_of_heads(group: RowGroup, reader: LabelReader) -> list[TableCell]:
    """The cells of a group that may be heads of columns."""
    if not group.values or reader.is_header(group.labels) or (reader.heads_labels(group.labels) and not counted(group)):
        return [*group.labels, *(cell for cell in group.values if cell.kind == "text")]
    return [] if group.closed else group.labels


def _heads_in(table: FormTable, group: RowGroup, reader: LabelReader, beside: set[str]) -> list[tuple[TableCell, Label]]:
    """The heads in one group. `beside`: the plain texts of the labels around."""
    cells = _cells_of_heads(group, reader)
    labels = [(cell, label) for cell in cells if (label := reader.column(cell, table.key, beside))]
    if not group.closed and _figured(group) and labels and labels[-1][0] is group.labels[-1]:
        labels = labels[:-1]  # the last label before values is their row's
    return _without_repeats(table, cells, labels)


def _figured(group: RowGroup) -> bool:
    """Whether a group has a value that is more than a blank or a stray word."""
    return any(cell.kind not in ("blank", "word") for cell in group.values)


def _broken(table: FormTable, cells: Sequence[TableCell], keys: set[str], reader: LabelReader) -> list[Label]:
    """Heads broken over two or three cells: 社会公益 | 组织."""
    heads = []
    for place, cell in enumerate(cells):
        for size in (2, 3):
            text = "".join(part.text for part in cells[place : place + size])
            label = reader.column(replace(cell, text=text), table.key, {""}) if len(cells) >= place + size and len(text) <= 16 else None
            if label and label.key not in keys and label.match != "changed":
                keys.add(label.key)
                heads.append(replace(label, text=cell.text))
                break
    return heads


def _without_repeats(
    table: FormTable, cells: Sequence[TableCell], labels: Sequence[tuple[TableCell, Label]]
) -> list[tuple[TableCell, Label]]:
    """The labels; where neighbouring heads are the form's but for one that repeats another, it is the head of the column it stands over."""
    heads = list(labels)
    places = {id(cell): place for place, cell in enumerate(cells)}
    start = 0
    for end in range(1, len(heads) + 1):
        if end < len(heads) and places[id(heads[end][0])] == places[id(heads[end - 1][0])] + 1:
            continue
        keys = [label.key for _, label in heads[start:end]]
        if len(keys) > len(set(keys)) and (repeat := _repeat(table, keys)):
            place, key = repeat
            cell, label = heads[start + place]
            heads[start + place] = (cell, replace(label, key=key, match="changed"))
        start = end
    return heads


def _repeat(table: FormTable, keys: Sequence[str]) -> tuple[int, str] | None:
    """Which of the heads stands in another's place, and in whose: the one repeated head that keeps them from being the form's."""
    for columns in dict.fromkeys(row.columns for row in table.rows):
        for offset in range(len(columns) - len(keys) + 1):
            differing = [(place, key) for place, key in enumerate(columns[offset : offset + len(keys)]) if key != keys[place]]
            if len(differing) == 1 and keys.count(keys[differing[0][0]]) == 2 and differing[0][1] not in keys:
                return differing[0]
    return None


def _guessed(table: FormTable, cells: Sequence[TableCell], labels: Sequence[Label], heads: ColumnHeads) -> list[tuple[TableCell, Label]]:
    """The one unknown head among known ones, where one column of their row is missing: that column's, in other words."""
    if len(labels) < 2:
        return []
    present = {label.key for label in (*labels, *heads.labels)}
    absent = [[key for key in row.columns if key not in present] for row in table.rows if len(present.intersection(row.columns)) >= 2]
    missing = {keys[0] for keys in absent if len(keys) == 1}
    unknown = [cell for cell in cells if cell.kind in ("text", "word") and _may_be_head(plain(cell.text))]
    if len(missing) != 1 or len(unknown) != 1:
        return []
    key, cell = missing.pop(), unknown[0]
    column = table.column(key)
    if column is None or len(set(plain(column.label)) & set(plain(cell.text))) < 2:  # a word of another table, not this head in other words
        return []
    return [(cell, Label(key=key, text=cell.text, match="changed", block=cell.block, start=cell.start))]


def _may_be_head(text: str) -> bool:
    return 2 <= len(text) <= 12 and not any(char.isdigit() for char in text)

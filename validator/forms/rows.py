"""A table of labelled rows: each group of the report to a row of the form, each value to a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Literal

from validator.forms.blank_cells import blank, filled
from validator.forms.groups import Group
from validator.forms.labels import LabelReader, RowMatch
from validator.forms.unlabelled_rows import WIDE, Placed, align, settle
from validator.forms.values import by_header, figure, told_apart, trimmed, undivided
from validator.model import Block, Cell, Figure, FormRow, FormTable, Kind, Label, LabelMatch, Report, RowReading, TableCell, TableReading
from validator.parsing.report.cell_states import printed
from validator.parsing.report.vocabulary import core, numeral, plain

#: The longest word that may stand in a figure's place.
WORD = 6
#: Words under a row's label up to this long are not the next label but stand where the figure should.
WORDS = 20


@dataclass(kw_only=True, slots=True)
class Header:
    """The heads of columns found in a table: all labels, and those with true columns by Table."""

    labels: list[Label] = field(default_factory=list)
    grids: dict[int, dict[int, str]] = field(default_factory=dict)


def read_rows(table: FormTable, all_groups: Sequence[Group], report: Report, reader: LabelReader) -> TableReading:
    """The table as the report has it. Total: what cannot be read is said, never guessed."""
    header = _header(table, all_groups, reader)
    placed = _place(table, all_groups, reader, report)
    mine = [item for item in placed if item.row is not None or item.extra]
    missing = _missing_columns(table, header, mine)
    windows = _windows(table, mine)
    rows = tuple(_reading(table, item, header, missing, windows) for item in mine)
    known = [item for item in mine if item.row is not None]
    if not known and not _signs_of(table, all_groups, header, reader):
        return TableReading(key=table.key, state="missing", block=_where(table, report))
    reason = _reason(placed, known, rows) or ("no-figures" if _labels_only(table, all_groups, reader, known) else "")
    return TableReading(
        key=table.key,
        state="unreadable" if reason else "read",
        rows=rows,
        columns=_heads_of(table, header, mine),
        bands=tuple(_bands(known)),
        missing_columns=missing,
        reason=reason,
        block=mine[0].group.block if mine else _where(table, report),
    )


def _heads_of(table: FormTable, header: Header, mine: Sequence[Placed]) -> tuple[Label, ...]:
    """The heads found; a shortened one counts as changed only where figures stand below it, not in a scrap that lost its table."""
    homes = {cell.block.table for item in mine for cell in item.group.values}
    forms = {column.key: plain(column.label) for column in table.columns}
    return tuple(
        label
        for label in header.labels
        if label.match != "changed" or label.block.table in homes or plain(label.text) not in forms.get(label.key, "")
    )


def _bands(known: Sequence[Placed]) -> Iterator[Label]:
    """Merged cells before a row that carry its band's numeral and other words."""
    seen: set[str] = set()
    for item in known:
        band = item.row.band if item.row else None
        for cell in item.group.labels[:-1] if band else ():
            text, form = plain(cell.text), plain(band or "")
            if cell.kind == "text" and numeral(form) and numeral(text) == numeral(form) and core(text) != core(form) and band not in seen:
                seen.add(band or "")
                yield Label(key=band or "", text=cell.text, match="changed", block=cell.block, start=cell.start)


def _reason(placed: Sequence[Placed], known: Sequence[Placed], rows: Sequence[RowReading]) -> str:
    """Why the table as a whole cannot be read: no row can, or rows are short while figures without a label lie about."""
    named = [row for row in rows if row.key]
    if named and not any(row.readable for row in named):
        return named[0].trouble
    homes = {item.group.table for item in known if not item.group.exact}
    if any(item.apart for item in placed):
        return "scattered"
    loose = any(_nameless(item) and item.group.printed and item.group.table in homes for item in placed)
    return "scattered" if loose and any(row.trouble == "short" for row in named) else ""


def _header(table: FormTable, all_groups: Sequence[Group], reader: LabelReader) -> Header:
    """Every head of a column of this table, and where it stands on the grid."""
    header = Header()
    around: dict[int, set[str]] = {}
    for group in all_groups:
        around.setdefault(group.table, set()).update(plain(cell.text) for cell in group.labels)
    for group in all_groups:
        head = not group.values or reader.is_header(group.labels) or (reader.heads_labels(group.labels) and not _counted(group))
        cells = group.labels if head or not group.closed else []
        cells = [*cells, *(cell for cell in group.values if cell.kind == "text")] if head else cells
        beside = around.get(group.table, set())
        labels = [(cell, label) for cell in cells if (label := reader.column(cell, table.key, beside))]
        if not group.closed and _figured(group) and labels and labels[-1][0] is group.labels[-1]:
            labels = labels[:-1]  # the last label before values is their row's
        labels = _told_twice(table, cells, labels)
        own = [label for _, label in labels if reader.tells(label.key, table.key)]
        labels += _guessed(table, cells, [label for _, label in labels], header, reader)
        if not own and group.section != table.section:
            continue
        for cell, label in labels:
            header.labels.append(label)
            if cell.block.exact and cell.block.column is not None:
                header.grids.setdefault(group.table, {}).update(
                    {column: label.key for column in range(cell.block.column, cell.block.column + cell.block.column_span)}
                )
    for place in {group.table for group in all_groups if group.section == table.section}:
        cells = [cell for group in all_groups if group.table == place and (not group.values or not group.closed) for cell in group.labels]
        header.labels += [label for _, label in _broken(table, cells, {label.key for label in header.labels}, reader)]
        above = list(takewhile(lambda group: not _figured(group), (group for group in all_groups if group.table == place)))
        cells = [cell for group in above for cell in (*group.labels, *group.values)]
        first = next((group for group in all_groups if group.table == place and _figured(group)), None)
        cells += first.labels[:-1] if first is not None and not first.closed else []
        header.labels += [label for _, label in _guessed(table, cells, header.labels, header, reader)]
    return header


def _figured(group: Group) -> bool:
    """Whether a group has a value that is more than a blank or a stray word."""
    return any(cell.kind not in ("blank", "word") for cell in group.values)


def _broken(table: FormTable, cells: Sequence[TableCell], found: set[str], reader: LabelReader) -> list[tuple[TableCell, Label]]:
    """Heads broken over two or three cells: 社会公益 | 组织."""
    heads = []
    for place, cell in enumerate(cells):
        for size in (2, 3):
            text = "".join(part.text for part in cells[place : place + size])
            label = reader.column(replace(cell, text=text), table.key, {""}) if len(cells) >= place + size and len(text) <= 16 else None
            if label and label.key not in found and label.match != "changed":
                found.add(label.key)
                heads.append((cell, replace(label, text=cell.text)))
                break
    return heads


def _told_twice(table: FormTable, cells: Sequence[TableCell], labels: Sequence[tuple[TableCell, Label]]) -> list[tuple[TableCell, Label]]:
    """The labels; where neighbouring heads are the form's but for one that repeats another, it is the head of the column it stands over."""
    found = list(labels)
    at = {id(cell): place for place, cell in enumerate(cells)}
    start = 0
    for end in range(1, len(found) + 1):
        if end < len(found) and at[id(found[end][0])] == at[id(found[end - 1][0])] + 1:
            continue
        keys = [label.key for _, label in found[start:end]]
        if len(keys) > len(set(keys)) and (other := _other_than(table, keys)):
            place, key = other
            cell, label = found[start + place]
            found[start + place] = (cell, replace(label, key=key, match="changed"))
        start = end
    return found


def _other_than(table: FormTable, keys: Sequence[str]) -> tuple[int, str] | None:
    """Which of the heads stands in another's place, and in whose: the one repeated head that keeps them from being the form's."""
    for columns in dict.fromkeys(row.columns for row in table.rows):
        for offset in range(len(columns) - len(keys) + 1):
            other = [(place, key) for place, key in enumerate(columns[offset : offset + len(keys)]) if key != keys[place]]
            if len(other) == 1 and keys.count(keys[other[0][0]]) == 2 and other[0][1] not in keys:
                return other[0]
    return None


def _guessed(
    table: FormTable, cells: Sequence[TableCell], found: Sequence[Label], header: Header, reader: LabelReader
) -> list[tuple[TableCell, Label]]:
    """The one unknown head among known ones, where one column of their row is missing: that column's, in other words."""
    if len(found) < 2:
        return []
    known = {label.key for label in (*found, *header.labels)}
    sets = [row.columns for row in table.rows if sum(key in known for key in row.columns) >= 2]
    missing = {key for columns in sets for key in columns if key not in known and len([k for k in columns if k not in known]) == 1}
    strange = [
        cell
        for cell in cells
        if cell.kind in ("text", "word") and 2 <= len(plain(cell.text)) <= 12 and not any(c.isdigit() for c in plain(cell.text))
    ]
    if len(missing) != 1 or len(strange) != 1:
        return []
    key, cell = missing.pop(), strange[0]
    column = table.column(key)
    if column is None or len(set(plain(column.label)) & set(plain(cell.text))) < 2:  # a word of another table, not this head in other words
        return []
    return [(cell, Label(key=key, text=cell.text, match="changed", block=cell.block, start=cell.start))]


def _place(table: FormTable, all_groups: Sequence[Group], reader: LabelReader, report: Report) -> list[Placed]:
    """Give each group with values its row: by label first, then by the order of the form between two known rows."""
    placed = []
    for group, following in zip(all_groups, (*all_groups[1:], None), strict=False):
        heads = group.labels and (reader.is_header(group.labels) or reader.heads_labels(group.labels))
        if not group.values or (heads and not _counted(group)):
            continue
        _words_to_values(group, table, reader)
        match = reader.row(group.labels, group.pending, len(group.values))
        row = table.row(match.label.key) if match.label and match.table == table.key and not match.foreign else None
        if row is not None and match.label is not None and _ends_below(match.label, row, following):
            match = replace(match, label=replace(match.label, match="form"))
        if row is not None and not group.closed:
            group.values = filled(group.labels[-1] if group.labels else None, group.values, group.empty, len(row.columns))
        placed.append(Placed(group=group, match=match, row=row, label=match.label if row else None))
    settle(table, placed, reader)
    placed = _with_blank_rows(table, placed, all_groups, reader, report)
    _drop_unlikely(table, placed)
    _repeat(placed)
    _merge(table, placed)
    align(table, placed)
    _extra(table, placed)
    return placed


def _ends_below(label: Label, row: FormRow, following: Group | None) -> bool:
    """Whether the label is not shortened but goes on in the lines after its figures."""
    if label.match != "changed" or following is None or not following.labels:
        return False
    return plain(label.text) + plain(following.labels[0].text) in plain(row.label)


def _counted(group: Group) -> bool:
    """Whether a group has a value that is a figure or a sign for one."""
    return any(cell.kind in ("figure", "placeholder", "run", "unread") for cell in group.values)


def _words_to_values(group: Group, table: FormTable, reader: LabelReader) -> None:
    """In a one-cell-a-line text a word between a row's label and its figures is the row's first value (较多, 若干)."""
    words = list(takewhile(lambda cell: cell.kind == "text" and len(cell.text) <= WORD, reversed(group.labels)))
    if group.closed or not words or len(words) == len(group.labels):
        return
    row = table.row(reader.lone_row(group.labels[-len(words) - 1], table.key) or "")
    if row is not None and len(words) + len(group.values) == len(row.columns):
        group.values = [*reversed(words), *group.values]
        group.labels = group.labels[: -len(words)]


def _is_followed(cell: TableCell, report: Report) -> bool:
    """Whether the line under a label may be its first figure, though it looks like nothing of a table (若干。): no blank row then."""
    following = next((block for block in report.document.blocks if block.line > cell.block.line), None)
    if following is None or following.kind is not Kind.LINE:
        return False
    if any(other.block.line == following.line for source in report.tables for row in source.rows for other in row.cells):
        return False
    return printed(following.text).state != "text" or len(following.text) <= WORD


def _is_ink(text: str) -> bool:
    """Whether what stands where a figure should is no label but a figure that cannot be read (10, 1) or words."""
    return printed(text).state != "text" or len(text) <= WORDS


def _with_blank_rows(
    table: FormTable, placed: list[Placed], all_groups: Sequence[Group], reader: LabelReader, report: Report
) -> list[Placed]:
    """Rows of a one-cell-a-line text of which only the label is left, since all their cells are blank, put in their places."""
    known = {item.row.key for item in placed if item.row}
    if not known:
        return placed
    after: dict[int, list[Placed]] = {}
    for group in (group for group in all_groups if not group.closed):
        for cell, beside in zip(group.labels[: -1 if group.values else None], [*group.labels[1:], None], strict=False):
            row = table.row((reader.lone_row(cell, table.key) if cell.kind == "label" else None) or "")
            if row is None or row.optional or row.key in known or cell.block.row is not None or _is_followed(cell, report):
                continue
            ink = beside if beside is not None and beside.kind == "text" and _is_ink(beside.text) else None
            if ink is not None and len(row.columns) > 1:
                continue  # not blank, and nobody can tell whose figure it is: the row is missing
            known.add(row.key)
            values = [ink] if ink is not None else [blank(cell.block) for _ in row.columns]
            blanks = Group(table=group.table, section=group.section, labels=[cell], values=values)
            label = Label(key=row.key, text=cell.text, match="form", block=cell.block, start=cell.start)
            match = RowMatch(table=table.key, label=label)
            after.setdefault(id(group), []).append(Placed(group=blanks, match=match, row=row, label=label))
    if not after:
        return placed
    order = {id(group): place for place, group in enumerate(all_groups)}
    places = {id(item): order[id(item.group)] * 2 + 1 for item in placed}
    places |= {id(item): order[group] * 2 for group, items in after.items() for item in items}
    return sorted([*placed, *(item for items in after.values() for item in items)], key=lambda item: places[id(item)])


def _drop_unlikely(table: FormTable, placed: Sequence[Placed]) -> None:
    """A label of this table met in another's place (a summary table in the prose) is not its row."""
    known = [item for item in placed if item.row]
    inside = [item for item in known if item.group.section == table.section]
    if not inside or len(inside) == len(known):
        return
    homes = {item.group.table for item in inside}
    counts = Counter(item.group.table for item in known)
    for item in known:
        if item.group.table not in homes and counts[item.group.table] < 3 and item.row in [other.row for other in inside]:
            item.row = item.label = None


def _repeat(placed: Sequence[Placed]) -> None:
    """The second group of one row is an extra row."""
    seen: set[str] = set()
    for item in placed:
        if item.row and item.row.key in seen and item.label:
            item.label = Label(key=item.row.key, text=item.label.text, match="repeat", block=item.label.block, start=item.label.start)
            item.row, item.extra = None, True
        elif item.row:
            seen.add(item.row.key)


def _extra(table: FormTable, placed: Sequence[Placed]) -> None:
    """Labelled groups with figures among the known rows that are no row of the form."""
    places = [i for i, item in enumerate(placed) if item.row]
    if not places:
        return
    wide = max(len(row.columns) for row in table.rows)
    for i, item in enumerate(placed):
        if item.row or item.extra or item.match.label and item.match.table != table.key:
            continue
        near = places[0] < i < places[-1] or any(abs(i - j) == 1 and placed[j].group.table == item.group.table for j in places)
        enough = len(item.group.values) >= (WIDE if wide >= WIDE else 1) and item.group.printed > 0
        foreign = item.match.foreign and item.match.table == table.key
        inside = places[0] < i < places[-1]
        if near and enough and (item.group.labels or foreign) and (item.group.closed or inside or wide >= WIDE or foreign):
            item.extra = True
            cell = (item.group.labels or item.group.values)[-1]
            match: LabelMatch = "foreign" if foreign else "none"
            item.label = Label(key="", text=cell.text, match=match, block=cell.block, start=cell.start)


def _merge(table: FormTable, placed: list[Placed]) -> None:
    """A row broken over lines: values without labels that make the row before them whole belong to it."""
    place = 0
    while place < len(placed):
        item = placed[place]
        if item.row and not item.group.exact:
            expected = len(item.row.columns)
            end, values = place + 1, list(item.group.values)
            while len(values) < expected and end < len(placed) and _goes_on(placed[end], item):
                values += [*placed[end].group.labels, *placed[end].group.values]
                end += 1
            if len(values) < expected and end < len(placed):
                values += _lent(placed[end], expected - len(values))
            if end < len(placed) and (end > place + 1 or not item.group.closed) and _surplus(placed[end], item, expected):
                values += placed[end].group.values  # more figures than the row has: nobody knows which is none of its
            if len(values) >= expected and len(values) > len(item.group.values):
                item.group.values = values
                del placed[place + 1 : end]
        place += 1


def _lent(item: Placed, wanted: int) -> list[TableCell]:
    """Words at the head of the next row's labels that stand in the place of this row's last figures."""
    labels = item.group.labels
    words = labels[:wanted]
    fits = not item.group.closed and len(labels) > wanted and labels[wanted].kind == "label"
    if not fits or any(cell.kind != "text" or len(cell.text) > WORD for cell in words):
        return []
    item.group.labels = labels[wanted:]
    return words


def _goes_on(item: Placed, before: Placed) -> bool:
    """Whether a group has no label of its own, or only a word that may stand in a figure's place (若干)."""
    labels = item.group.labels
    word = not item.group.closed and len(labels) == 1 and labels[0].kind == "text" and len(labels[0].text) <= WORD
    return item.row is None and item.group.table == before.group.table and not item.group.pending and (not labels or word)


def _surplus(item: Placed, before: Placed, expected: int) -> bool:
    """Whether figures without a label, too few for a row of their own, follow those that made a row whole."""
    values = item.group.values
    return _goes_on(item, before) and not item.group.labels and item.group.printed > 0 and (len(values) < expected or expected == 1)


def _nameless(item: Placed) -> bool:
    """Whether figures stand under no label that could be their row's."""
    return item.row is None and not item.extra and item.match.label is None and not item.match.candidates


def _missing_columns(table: FormTable, header: Header, placed: Sequence[Placed]) -> tuple[str, ...]:
    """Columns that neither the header nor the rows have. Without a header nothing is said: rows are then short."""
    found = {label.key for label in header.labels}
    missing: list[str] = []
    for columns in dict.fromkeys(row.columns for row in table.rows):
        here = [key for key in columns if key in found]
        gone = [key for key in columns if key not in found]
        rows = [item for item in placed if item.row and item.row.columns == columns]
        counts = Counter(len(trimmed(item.group.values, len(here))) for item in rows)
        if gone and here and len(gone) <= len(columns) // 2 and rows and counts.most_common(1)[0][0] <= len(here):
            missing += [key for key in gone if key not in missing]
    return tuple(missing)


def _windows(table: FormTable, mine: Sequence[Placed]) -> dict[int, tuple[int, ...]]:
    """By source table the columns, counted along the line, that its wide rows have their values in, where most agree; last their width.

    It tells the blank cell of a figure from the blank that a merged label leaves beside it.
    """
    seen: dict[int, Counter[tuple[int, ...]]] = {}
    for item in mine:
        columns = len(item.row.columns) if item.row else 0
        values = item.group.values
        while values and values[0].kind == "blank":
            values = values[1:]
        while values and values[-1].kind == "blank":
            values = values[:-1]
        if columns >= WIDE and len(values) == columns and values[0].block.table is not None and values[0].block.column is not None:
            seen.setdefault(values[0].block.table, Counter())[(*(cell.block.column or 0 for cell in values), _width(item.group))] += 1
    return {number: counts.most_common(1)[0][0] for number, counts in seen.items() if counts.most_common(1)[0][1] * 2 > counts.total()}


def _reading(table: FormTable, item: Placed, header: Header, missing: Sequence[str], windows: Mapping[int, tuple[int, ...]]) -> RowReading:
    """A placed group as a row with figures."""
    group = item.group
    if item.row is None:
        return RowReading(key=None, label=item.label, figures=(), block=group.block, values=len(group.values))
    columns = [key for key in item.row.columns if key not in missing]
    figures = _figures(table, item.row.key, columns, group, header, windows)
    return RowReading(
        key=item.row.key,
        label=item.label,
        figures=figures if figures is not None else _unreadable(table, item.row.key, columns, group),
        block=item.label.block if item.label else group.block,
        values=len(trimmed(group.values, len(columns))),
        readable=figures is not None,
        trouble=_trouble(group, columns, figures),
    )


def _trouble(group: Group, columns: Sequence[str], figures: tuple[Figure, ...] | None) -> Literal["", "run-together", "short", "long"]:
    """Why a row could not be read in full."""
    if figures is not None:
        return "short" if len(figures) < len(columns) else ""
    if any(cell.kind == "run" for cell in group.values):
        return "run-together"
    return "short" if len(trimmed(group.values, len(columns))) < len(columns) else "long"


def _figures(
    table: FormTable, row: str, columns: Sequence[str], group: Group, header: Header, windows: Mapping[int, tuple[int, ...]]
) -> tuple[Figure, ...] | None:
    """The row's figures; None where its cells cannot be told apart."""
    grid = header.grids.get(group.table, {})
    if group.exact and len(set(grid.values()) & set(columns)) == len(columns) and _straight(grid, columns):
        by_column = by_header(group.values, _near(grid, columns, group), columns)
        if by_column is not None:
            return _placed_by(by_column, table, row, columns)
    divided = undivided(table, row, columns, group.values)
    if divided is not None:
        return divided
    values = _windowed(group, len(columns), windows) or trimmed(group.values, len(columns))
    if any(cell.kind == "run" for cell in group.values) and not told_apart(values, len(columns)):
        return None
    if len(values) == len(columns):
        return tuple(figure(table, row, key, cell) for key, cell in zip(columns, values, strict=True))
    if group.exact and 0 < len(values) < len(columns):
        *window, _ = windows.get(values[0].block.table or 0, (0,))
        by_column = by_header(values, dict(zip(window, columns, strict=False)), columns) if len(window) == len(columns) else None
        return _placed_by(by_column, table, row, columns) if by_column is not None else None
    return None


def _placed_by(by_column: Mapping[str, TableCell], table: FormTable, row: str, columns: Sequence[str]) -> tuple[Figure, ...]:
    """The figures of cells whose columns are known. What is printed in one cell over several columns is the figure of none of them."""
    shared = Counter(map(id, by_column.values()))
    return tuple(
        figure(table, row, key, cell, reason="merged" if shared[id(cell)] > 1 and cell.kind != "blank" else "")
        for key in columns
        if (cell := by_column.get(key)) is not None
    )


def _width(group: Group) -> int:
    """How many cells the source row has, as far as the group goes."""
    return max(cell.block.column or 0 for cell in group.values)


def _windowed(group: Group, wanted: int, windows: Mapping[int, tuple[int, ...]]) -> list[TableCell]:
    """The values that stand where the other rows of the same source table have theirs; [] where nothing stands beside them."""
    *window, width = windows.get(group.values[0].block.table or 0, (0,))
    if width != _width(group):
        return []
    inside = [cell for cell in group.values if cell.block.column in window]
    outside = [cell for cell in group.values if cell.block.column not in window]
    return inside if len(window) == wanted and outside and all(cell.kind == "blank" for cell in outside) else []


def _unreadable(table: FormTable, row: str, columns: Sequence[str], group: Group) -> tuple[Figure, ...]:
    """The row's figures without values: what is printed belongs to them, but nobody can say which to which."""
    text = " ".join(cell.text.strip() for cell in group.values if cell.text.strip())
    first = group.values[0]
    return tuple(
        Figure(
            cell=Cell(table=table.key, row=row, column=key), value=None, text=text, state="unreadable", block=first.block, start=first.start
        )
        for key in columns
    )


def _straight(grid: Mapping[int, str], columns: Sequence[str]) -> bool:
    """Whether each of these columns has a place of its own on the grid."""
    places: dict[str, int] = {}
    for column, key in grid.items():
        places.setdefault(key, column)
    return all(key in places for key in columns)


def _near(grid: Mapping[int, str], columns: Sequence[str], group: Group) -> dict[int, str]:
    """The grid's columns that this row can have."""
    return {column: key for column, key in grid.items() if key in columns}


def _signs_of(table: FormTable, all_groups: Sequence[Group], header: Header, reader: LabelReader) -> bool:
    """Whether two or more labels that only this table has stand in tables, though no row could be read."""
    found = {label.key for label in header.labels}
    for group in all_groups:
        for cell in group.labels:
            found |= {e.key for e in reader.words.exact(plain(cell.text)) if e.table == table.key and e.role in ("row", "band")}
    return len(found) >= 2


def _labels_only(table: FormTable, all_groups: Sequence[Group], reader: LabelReader, known: Sequence[Placed]) -> bool:
    """Whether rows are named but none has a value: the figures were lost on the way."""
    if known:
        return False
    named = {
        e.key
        for group in all_groups
        for cell in group.labels
        for e in reader.words.exact(plain(cell.text))
        if e.table == table.key and e.role == "row"
    }
    return len(named) >= 3


def _where(table: FormTable, report: Report) -> Block | None:
    """Where the table should stand: under its part's heading."""
    section = report.section(table.section)
    return section.block if section else None

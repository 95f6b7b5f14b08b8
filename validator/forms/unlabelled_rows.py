"""Rows whose labels stand apart from their figures, are broken or lost: given by the order of the form, where one way alone fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from validator.forms.groups import Group
from validator.forms.labels import LabelReader, RowMatch
from validator.forms.values import trimmed
from validator.model import FormRow, FormTable, Label
from validator.parsing.report.vocabulary import core, numeral, plain

#: The fewest values that make an unknown row a row of a wide table.
WIDE = 5


@dataclass(kw_only=True, slots=True)
class Placed:
    """A group with values and the row it was given. `apart`: figures of some row that nobody can tell."""

    group: Group
    match: RowMatch
    row: FormRow | None = None
    label: Label | None = None
    extra: bool = False
    apart: bool = False


@dataclass(kw_only=True, slots=True)
class _Run:
    """Rows of figures between two rows with labels of their own. `before`, `after`: the places of those in the form; `rows`: theirs."""

    before: int
    after: int
    items: list[Placed] = field(default_factory=list)
    short: list[Placed] = field(default_factory=list)  # figures among them too few for a row: a page's number under a label
    heard: str = ""  # the labels between the last of them and the row after
    rows: list[FormRow] | None = None


def settle(table: FormTable, placed: Sequence[Placed], reader: LabelReader) -> None:
    """Give rows of figures whose labels stand on other lines their rows by the form's order, between two rows that bear their own label.

    A label on a line before may be the row's own or that of the row before. Where there are as many rows of figures as the form has rows
    without a label of their own, the order tells; where there are not, the labels before them do, unless they are contrary elsewhere.
    """
    behind = _labels_behind(table, placed, reader)
    runs = [run for run in _runs(table, placed, reader, behind) if run.items]
    far = {id(item) for run in runs for item in run.items}
    taken = {item.row.key for item in placed if item.row and item.group.section == table.section and id(item) not in far}
    for run in runs:
        run.rows = _in_order(table, run, taken, behind)
    contrary = behind or any(
        item.row is not None and item.row is not row for run in runs for item, row in zip(run.items, run.rows or (), strict=False)
    )
    for run in runs:
        if run.rows is not None:
            _give(run, run.rows)
        elif contrary or any(_named(run.heard, row) for row in _free(table, run, taken)):
            _take_apart(run.items)


def _take_apart(items: Sequence[Placed]) -> None:
    """These are figures of some row, and nobody can tell which."""
    for item in items:
        item.row, item.label, item.match, item.apart = None, None, RowMatch(), True


def _runs(table: FormTable, placed: Sequence[Placed], reader: LabelReader, behind: bool) -> Iterator[_Run]:
    """The runs of rows of figures in the table's part."""
    places = {row.key: place for place, row in enumerate(table.rows)}
    wide = max(len(row.columns) for row in table.rows)
    run = _Run(before=-1, after=len(table.rows))
    for item in placed:
        group = item.group
        if group.section != table.section:
            continue
        far = not group.labels if group.closed else behind or item.row is None and _headed(group, reader)
        whole = len(trimmed(group.values, wide)) == wide if wide >= WIDE else group.printed > 0
        if far and (whole or behind):
            run.items.append(item)
        elif item.row is not None and not group.closed and _short(group, item.row):
            run.short.append(item)
        elif item.row is not None:
            run.after = places[item.row.key]
            run.heard = "".join(plain(cell.text) for cell in group.pending)
            yield run
            run = _Run(before=places[item.row.key], after=len(table.rows))
    yield run


def _short(group: Group, row: FormRow) -> bool:
    """Whether figures are too few for a row, and none of them several that ran together."""
    return len(group.values) < len(row.columns) and all(cell.kind != "run" for cell in group.values)


def _free(table: FormTable, run: _Run, taken: AbstractSet[str]) -> list[FormRow]:
    """The form's rows between the two that no other figures have."""
    return [row for row in table.rows[run.before + 1 : max(run.after, 0)] if not row.optional and row.key not in taken]


def _in_order(table: FormTable, run: _Run, taken: AbstractSet[str], behind: bool) -> list[FormRow] | None:
    """The rows of a run, if there are as many as the form has there; figures too few for a row may stand in a row's place, or in none."""
    for others in (taken, taken - {item.row.key for item in run.short if item.row}):
        free = _free(table, run, others)
        if len(free) == len(run.items) and (behind or all(map(_fills, run.items, free))):
            return free
    return None


def _fills(item: Placed, row: FormRow) -> bool:
    """Whether there are as many figures as the row has columns."""
    return len(trimmed(item.group.values, len(row.columns))) == len(row.columns)


def _give(run: _Run, rows: Sequence[FormRow]) -> None:
    """Each of the figures its row; what stood in its place for want of better is free again."""
    for item, row in zip(run.items, rows, strict=True):
        if item.row is not row:
            item.row, first = row, item.group.values[0]
            item.label = Label(key=row.key, text="", match="part", block=first.block, start=first.start)
    for item in run.short:
        if item.row in rows:
            item.row = item.label = None


def _named(heard: str, row: FormRow) -> bool:
    """Whether a row's label is among the words heard."""
    return core(plain(row.label)) in heard


def _labels_behind(table: FormTable, placed: Sequence[Placed], reader: LabelReader) -> bool:
    """Whether labels may follow their figures: heads of columns, and no row's label, stand right before some of them."""
    mine = [item for item in placed if item.group.section == table.section]
    if len(mine) < 2 or any(item.group.closed for item in mine):
        return False
    return any(item.row is None and _headed(item.group, reader) for item in mine)


def _headed(group: Group, reader: LabelReader) -> bool:
    """Whether the last words before the figures are heads of columns."""
    if not group.labels or numeral(plain(group.labels[-1].text)):
        return False  # heads have no numbers; a row that the form has not may have a head's words
    roles = {entry.role for entry in reader.words.exact(plain(group.labels[-1].text))}
    return bool(roles) and "row" not in roles or reader.is_header(group.labels)


def align(table: FormTable, placed: Sequence[Placed]) -> None:
    """Groups without a label of their own, between two known rows: in the form's order, where only one way fits."""
    order = [row for row in table.rows if not row.optional]
    known = {item.row.key for item in placed if item.row}
    place = 0
    while place < len(placed):
        if placed[place].row is not None or placed[place].apart or not is_open(table, placed[place]):
            place += 1
            continue
        end = place
        while end < len(placed) and placed[end].row is None and is_open(table, placed[end]):
            end += 1
        before = next((item.row for item in reversed(placed[:place]) if item.row), None)
        after = next((item.row for item in placed[end:] if item.row), None)
        pieced = all(item.match.candidates and item.group.section == table.section for item in placed[place:end])
        if before is not None and after is not None or pieced and (before is not None or after is not None):
            start = _index(order, before, -1) + 1 if before is not None else 0
            stop = _index(order, after, len(order)) if after is not None else len(order)
            free = [row for row in order[start:stop] if row.key not in known]
            for item, row in zip(placed[place:end], _fit(table, placed[place:end], free), strict=False):
                item.row = row
                label = (item.group.labels or item.group.pending or item.group.values)[-1]
                item.label = Label(
                    key=row.key, text=label.text if label.kind != "figure" else "", match="part", block=label.block, start=label.start
                )
        place = end


def _index(order: Sequence[FormRow], row: FormRow, default: int) -> int:
    return next((i for i, other in enumerate(order) if other.key == row.key), default)


def is_open(table: FormTable, item: Placed) -> bool:
    """Whether a group may be a row of this table whose label is lost or broken."""
    if item.match.label is not None or item.match.foreign:
        return False
    wide = max(len(row.columns) for row in table.rows)
    pieces = {row for name, row in item.match.candidates if name == table.key}
    whole = len(trimmed(item.group.values, wide)) == wide and (not item.group.labels or bool(pieces))
    return whole and wide >= WIDE


def _fit(table: FormTable, items: Sequence[Placed], free: Sequence[FormRow]) -> list[FormRow]:
    """The one order-preserving choice of rows for the items that their pieces of labels allow; [] where there are two."""
    found: list[list[FormRow]] = []

    def choose(place: int, start: int, done: list[FormRow]) -> None:
        if len(found) > 1:
            return
        if place == len(items):
            found.append(done)
            return
        pieces = {row for name, row in items[place].match.candidates if name == table.key}
        for i in range(start, len(free) - (len(items) - place) + 1):
            if not pieces or free[i].key in pieces:
                choose(place + 1, i + 1, [*done, free[i]])

    if len(items) <= len(free) <= 30:
        choose(0, 0, [])
    if not found and len(items) == len(free):
        found = [list(free)]
    return found[0] if len(found) == 1 else []

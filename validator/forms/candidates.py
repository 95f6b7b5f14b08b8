"""What the passes over rows work on: groups with values, each with the row of the form it was given."""

from __future__ import annotations

from validator.base.records import record
from validator.forms.groups import RowGroup
from validator.forms.labels import LabelReader, RowMatch
from validator.model import FormRow, FormTable, Label, Report

#: The longest word that may stand in a figure's place.
WORD = 6
#: The fewest values that make an unknown row a row of a wide table.
WIDE = 5


@record
class RowCandidate:
    """A group with values and the row it was given. `extra`: no row of the form; `apart`: figures of some row that nobody can tell."""

    place: int  # of the group among all; the same for the rows of blanks that stand before it
    group: RowGroup
    match: RowMatch = RowMatch()
    row: FormRow | None = None
    label: Label | None = None
    extra: bool = False
    apart: bool = False


@record
class TableContext:
    """What a pass may look at: the form's table, all groups of the report in reading order, the report, the reader of labels."""

    table: FormTable
    groups: tuple[RowGroup, ...]
    report: Report
    reader: LabelReader

    @property
    def widest(self) -> int:
        """How many columns the widest row has."""
        return max(len(row.columns) for row in self.table.rows)


def counted(group: RowGroup) -> bool:
    """Whether a group has a value that is a figure or a sign for one."""
    return any(cell.kind in ("figure", "placeholder", "run", "unread") for cell in group.values)


def heads_only(group: RowGroup, reader: LabelReader) -> bool:
    """Whether a group has heads of columns for labels and no figures."""
    heads = group.labels and (reader.is_header(group.labels) or reader.heads_labels(group.labels))
    return bool(heads) and not counted(group)

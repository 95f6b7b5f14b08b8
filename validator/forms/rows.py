"""A table of labelled rows: each group of the report to a row of the form, each value to a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.forms.candidates import RowCandidate, TableContext
from validator.forms.column_heads import ColumnHeads, column_heads
from validator.forms.groups import RowGroup
from validator.forms.labels import LabelReader
from validator.forms.row_passes import assign_rows
from validator.forms.row_reading import read_row, value_windows
from validator.forms.values import trimmed
from validator.model import Block, FormTable, Label, Report, RowReading, TableReading
from validator.parsing.report.vocabulary import core, numeral, plain


def read_rows(table: FormTable, groups: Sequence[RowGroup], report: Report, reader: LabelReader) -> TableReading:
    """The table as the report has it. Total: what cannot be read is said, never guessed."""
    heads = column_heads(table, groups, reader)
    candidates = assign_rows(TableContext(table=table, groups=tuple(groups), report=report, reader=reader))
    printed = [candidate for candidate in candidates if candidate.row is not None or candidate.extra]
    matched = [candidate for candidate in printed if candidate.row is not None]
    if not matched and len(_labels_of(table, groups, reader, ("row", "band")).union(label.key for label in heads.labels)) < 2:
        return TableReading(key=table.key, state="missing", block=place_due(table, report))
    missing = _missing_columns(table, heads, matched)
    windows = value_windows(matched)
    rows = tuple(read_row(table, candidate, heads, missing, windows) for candidate in printed)
    lost = not matched and len(_labels_of(table, groups, reader, ("row",))) >= 3  # rows are named, and none has a value
    reason = _reason(candidates, matched, rows) or ("no-figures" if lost else "")
    return TableReading(
        key=table.key,
        state="unreadable" if reason else "read",
        rows=rows,
        columns=_changed_heads(table, heads, printed),
        bands=tuple(_bands(matched)),
        missing_columns=missing,
        reason=reason,
        block=printed[0].group.block if printed else place_due(table, report),
    )


def _changed_heads(table: FormTable, heads: ColumnHeads, printed: Sequence[RowCandidate]) -> tuple[Label, ...]:
    """The heads found; a shortened one counts as changed only where figures stand below it, not in a scrap that lost its table."""
    homes = {cell.block.table for candidate in printed for cell in candidate.group.values}
    labels_due = {column.key: plain(column.label) for column in table.columns}
    return tuple(
        label
        for label in heads.labels
        if label.match != "changed" or label.block.table in homes or plain(label.text) not in labels_due.get(label.key, "")
    )


def _bands(matched: Sequence[RowCandidate]) -> Iterator[Label]:
    """Merged cells before a row that carry its band's numeral and other words."""
    keys: set[str] = set()
    for candidate in matched:
        band = candidate.row.band if candidate.row else None
        for cell in candidate.group.labels[:-1] if band else ():
            text, form = plain(cell.text), plain(band or "")
            if cell.kind == "text" and numeral(form) and numeral(text) == numeral(form) and core(text) != core(form) and band not in keys:
                keys.add(band or "")
                yield Label(key=band or "", text=cell.text, match="changed", block=cell.block, start=cell.start)


def _reason(candidates: Sequence[RowCandidate], matched: Sequence[RowCandidate], rows: Sequence[RowReading]) -> str:
    """Why the table as a whole cannot be read: no row can, or rows are short while figures without a label lie about."""
    named = [row for row in rows if row.key]
    if named and not any(row.readable for row in named):
        return named[0].trouble
    homes = {candidate.group.table for candidate in matched if not candidate.group.exact}
    if any(candidate.apart for candidate in candidates):
        return "scattered"
    loose = any(_nameless(candidate) and candidate.group.printed and candidate.group.table in homes for candidate in candidates)
    return "scattered" if loose and any(row.trouble == "short" for row in named) else ""


def _nameless(candidate: RowCandidate) -> bool:
    """Whether figures stand under no label that could be their row's."""
    return candidate.row is None and not candidate.extra and candidate.match.label is None and not candidate.match.candidates


def _missing_columns(table: FormTable, heads: ColumnHeads, candidates: Sequence[RowCandidate]) -> tuple[str, ...]:
    """Columns that neither the header nor the rows have. Without a header nothing is said: rows are then short."""
    headed = {label.key for label in heads.labels}
    missing: list[str] = []
    for columns in dict.fromkeys(row.columns for row in table.rows):
        present = sum(key in headed for key in columns)
        absent = [key for key in columns if key not in headed]
        rows = [candidate for candidate in candidates if candidate.row and candidate.row.columns == columns]
        counts = Counter(len(trimmed(candidate.group.values, present)) for candidate in rows)
        if absent and present and len(absent) <= len(columns) // 2 and rows and counts.most_common(1)[0][0] <= present:
            missing += [key for key in absent if key not in missing]
    return tuple(missing)


def _labels_of(table: FormTable, groups: Sequence[RowGroup], reader: LabelReader, roles: Sequence[str]) -> set[str]:
    """The keys of this table's labels, of these roles, that stand in the report's tables."""
    entries = (entry for group in groups for cell in group.labels for entry in reader.words.exact(plain(cell.text)))
    return {entry.key for entry in entries if entry.table == table.key and entry.role in roles}


def place_due(table: FormTable, report: Report) -> Block | None:
    """Where the table should stand: under its part's heading."""
    section = report.section(table.section)
    return section.block if section else None

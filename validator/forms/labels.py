"""Which row or column of the form a printed label is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from validator.base.records import positional_record, record
from validator.model import Form, Label, LabelMatch, TableCell
from validator.parsing.report.vocabulary import LabelEntry, Vocabulary, core, numeral, plain, vocabulary

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
#: A label this much like the form's is the form's, changed.
LIKE = 0.72
#: The same for the short heads of columns.
LIKE_COLUMN = 0.7
#: A label that is at least this part of the form's is the form's, shortened.
PIECE = 0.6


@record
class RowMatch:
    """What a group's labels say: the row they name, or the rows they may be pieces of."""

    table: str | None = None
    label: Label | None = None
    candidates: frozenset[tuple[str, str]] = frozenset()  # (table, row)
    foreign: bool = False


@positional_record
class LabelReader:
    """Matches labels against one form; knows the labels of the others as foreign."""

    form: Form
    others: tuple[Form, ...]

    @cached_property
    def words(self) -> Vocabulary:
        """The vocabulary of the form used."""
        return vocabulary((self.form,))

    @cached_property
    def foreign(self) -> Vocabulary:
        """The vocabulary of the other forms."""
        return vocabulary(self.others)

    @cached_property
    def _rows(self) -> tuple[LabelEntry, ...]:
        return tuple(entry for entry in self.words.entries if entry.role == "row")

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Cores that are both a row's and a column's: 其他, 总计."""
        columns = {entry.core for entry in self.words.entries if entry.role == "column"}
        return frozenset(entry.core for entry in self._rows if entry.core in columns)

    def lone_row(self, cell: TableCell, table: str) -> str | None:
        """The key of the row that a cell alone names; None for 其他 and 总计, which are heads of columns too."""
        row = self._row_of([cell], lone=False)
        return row.key if row is not None and row.table == table and row.match != "changed" else None

    def tells(self, column: str, table: str) -> bool:
        """Whether the head of a column shows which table it belongs to: no other table and no row has that label."""
        return (table, column) in self._telling

    @cached_property
    def _telling(self) -> frozenset[tuple[str, str]]:
        homes: dict[str, set[str]] = {}
        for entry in self.words.entries:
            if entry.role in ("row", "column"):
                homes.setdefault(entry.core, set()).add(entry.table if entry.role == "column" else "")
        return frozenset((e.table, e.key) for e in self.words.entries if e.role == "column" and len(homes[e.core]) == 1)

    def column(self, cell: TableCell, table: str, beside: Collection[str] = ()) -> Label | None:
        """The column of that table that a cell is the head of. `beside`: the plain texts around, which may be the rest of a broken head."""
        text = plain(cell.text)
        exact = self.words.exact(text)
        for entry in exact:
            if entry.role == "column" and entry.table == table:
                return _label(entry, cell)
        return None if exact or self.foreign.exact(text) else self._like_column(core(text), cell, table, beside)

    def _like_column(self, text: str, cell: TableCell, table: str, beside: Collection[str]) -> Label | None:
        """The column whose label is nearly this one; none where the text is a piece of a broken label or nearer to a row's."""
        if not 4 <= len(text) <= 12 or any(mark.isdigit() for mark in text):
            return None
        for entry in self._within(text):
            if entry.role != "column" or entry.core.replace(text, "", 1) in beside:
                return None
        best = self._nearest(text, table)
        return _label(best, cell, "changed") if best else None

    def _within(self, text: str) -> tuple[LabelEntry, ...]:
        """The entries whose label holds that text."""
        cache = _bounded(self._holders)
        if text not in cache:
            cache[text] = tuple(entry for entry in self.words.entries if text in entry.plain)
        return cache[text]

    def _nearest(self, text: str, table: str) -> LabelEntry | None:
        """The entry most like that text, if it is a column of the table and near enough."""
        cache = _bounded(self._likest)
        if (table, text) not in cache:
            likeness = ((_likeness(text, e.core), e.role == "column" and e.table == table, e) for e in self.words.entries)
            best = max(likeness, key=lambda item: item[:2])
            cache[table, text] = best[2] if best[0] >= LIKE_COLUMN and best[1] else None
        return cache[table, text]

    @cached_property
    def _holders(self) -> dict[str, tuple[LabelEntry, ...]]:
        """The entries found for texts before: the same words stand in most reports."""
        return {}

    @cached_property
    def _likest(self) -> dict[tuple[str, str], LabelEntry | None]:
        """The same of the nearest entry: by table and text."""
        return {}

    def is_header(self, labels: Sequence[TableCell]) -> bool:
        """Whether these are the heads of columns: two or more of one table, and no row's label at the end."""
        cells = [entry for cell in labels for entry in self.words.exact(plain(cell.text)) if entry.role == "column"]
        if len({entry.key for entry in cells}) < 2:
            return False
        return not self._row_of([labels[-1]], lone=False) and not self._joined(labels)

    def heads_labels(self, labels: Sequence[TableCell]) -> bool:
        """Whether the last of these is the form's word over the labels of rows (信息内容): the row that it begins is one of heads."""
        entries = self.words.exact(plain(labels[-1].text)) if labels else ()
        return bool(entries) and all(entry.role == "furniture" for entry in entries)

    def row(self, labels: Sequence[TableCell], pending: Sequence[TableCell], values: int) -> RowMatch:
        """The row that a group's labels name; the group's own labels before those of the lines above."""
        if labels and (match := self._named(labels, lone=len(labels) == 1 or not self.is_header(labels), values=values)):
            return match
        if not labels and pending and (match := self._named(pending[-8:], lone=False, values=values)):
            return match
        if labels and pending and (match := self._named([*pending[-6:], *labels], lone=False, values=values)):
            return match
        return RowMatch(candidates=self._pieces(labels) or self._pieces([*pending[-4:], *labels]) if labels or pending else frozenset())

    def _named(self, labels: Sequence[TableCell], *, lone: bool, values: int) -> RowMatch | None:
        entry = self._row_of([labels[-1]], lone) or self._joined(labels)
        if entry is None and core(plain(labels[-1].text)) in self.form.subtotals and len(labels) > 1:
            entry = self._row_of([labels[-2]], lone)
        if entry is not None:
            return RowMatch(table=entry.table, label=_label(entry, labels[-1]))
        stranger = next((e for e in self.foreign.exact(plain(labels[-1].text)) if e.role == "row"), None)
        if stranger is not None:
            return RowMatch(
                table=stranger.table, label=Label(key="", text=labels[-1].text, match="foreign", block=labels[-1].block), foreign=True
            )
        return self._like(labels)

    def _row_of(self, cells: Sequence[TableCell], lone: bool) -> LabelEntry | None:
        """The row whose label these cells make when joined."""
        text = plain("".join(cell.text for cell in cells))
        rows = [entry for entry in self.words.exact(text) if entry.role == "row"]
        if not rows:
            return None
        if core(text) in self._shared and not lone and numeral(text) == "":
            return None
        printed = numeral(text)
        return next((entry for entry in rows if numeral(entry.plain)[:-1] == printed[:-1]), rows[0])

    def _joined(self, labels: Sequence[TableCell]) -> LabelEntry | None:
        """The row whose label is broken over the last cells."""
        for size in range(2, min(6, len(labels)) + 1):
            if row := self._row_of(labels[-size:], lone=False):
                return row
        return None

    def _like(self, labels: Sequence[TableCell]) -> RowMatch | None:
        """A row whose label is nearly this one."""
        text = core(plain(labels[-1].text))
        if len(text) < 4:
            return None
        within = [entry for entry in self.words.entries if text in entry.plain]
        if within:  # a piece of a label; most of one row's label is that label, shortened
            rows = {entry.key: entry for entry in within if entry.role == "row" and len(text) >= PIECE * len(entry.core)}
            row = next(iter(rows.values())) if len(rows) == 1 and len({entry.key for entry in within}) == 1 else None
            return RowMatch(table=row.table, label=_label(row, labels[-1], "changed")) if row else None
        best = max(((_likeness(text, entry.core), entry) for entry in self._rows), key=lambda pair: pair[0], default=None)
        if best is None or best[0] < LIKE:
            return None
        return RowMatch(table=best[1].table, label=_label(best[1], labels[-1], "changed"))

    def _pieces(self, labels: Sequence[TableCell]) -> frozenset[tuple[str, str]]:
        """Rows that the labels may be pieces of: the fewest that any joining of the last cells allows."""
        best: frozenset[tuple[str, str]] = frozenset()
        for size in range(1, min(4, len(labels)) + 1):
            text = plain("".join(cell.text for cell in labels[-size:]))
            if len(core(text)) >= 3:
                rows = frozenset((entry.table, entry.key) for entry in self._rows if text in entry.plain)
                if rows and (not best or len(rows) < len(best)):
                    best = rows
        return best


_READERS: dict[tuple[int, ...], LabelReader] = {}  # by identity, as the vocabularies; a reader holds its forms


def label_reader(form: Form, forms: Iterable[Form]) -> LabelReader:
    """The reader for a form among these; made once for each."""
    others = tuple(other for other in forms if other is not form)
    key = (id(form), *map(id, others))
    if key not in _READERS:
        if len(_READERS) > 64:  # a test that makes forms by the hundred
            _READERS.clear()
        _READERS[key] = LabelReader(form, others)
    return _READERS[key]


@lru_cache(maxsize=8192)
def _likeness(label: str, other: str) -> float:
    """How alike two labels are, 0 to 1; 0 at once where too few characters are common."""
    if 2 * sum(map(other.__contains__, label)) < LIKE_COLUMN * (len(label) + len(other)):
        return 0.0
    from difflib import SequenceMatcher  # a report with the form's own labels needs none

    return SequenceMatcher(None, label, other, autojunk=False).ratio()


def _bounded(cache: dict[_Key, _Value]) -> dict[_Key, _Value]:
    """The same, emptied where it has grown large."""
    if len(cache) > 4096:
        cache.clear()
    return cache


def _label(entry: LabelEntry, cell: TableCell, match: LabelMatch | None = None) -> Label:
    return Label(key=entry.key, text=cell.text, match=match or entry.match, block=cell.block, start=cell.start)


def signs(form: Form, cells: Iterable[TableCell]) -> list[Label]:
    """The labels in these cells that only this form has; a label broken over cells counts once."""
    wanted = {plain(text): text for text in form.signature}
    bare = {core(mark): whole for mark, whole in wanted.items() if len(mark) >= 6}
    labels: list[Label] = []
    run: list[TableCell] = []
    for cell in [*cells, None]:
        if cell is not None and cell.kind in ("label", "text"):
            run.append(cell)
            continue
        if run:
            labels += _signs_in(run, wanted, bare)
            run = []
    first: dict[str, Label] = {}
    for label in labels:
        first.setdefault(label.key, label)
    return list(first.values())


def _signs_in(run: Sequence[TableCell], wanted: Mapping[str, str], bare: Mapping[str, str]) -> list[Label]:
    """Signature labels in neighbouring label cells: whole cells first, then cells joined. `bare`: the longer ones by their core."""
    labels = []
    for place, cell in enumerate(run):
        for size in (1, 2, 3):
            text = plain("".join(part.text for part in run[place : place + size]))
            if key := wanted.get(text) or bare.get(core(text)):
                labels.append(Label(key=key, text=cell.text, match="form", block=cell.block, start=cell.start))
                break
    return labels

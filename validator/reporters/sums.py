"""Failed sums as the clerk thinks of them: the table's rows and columns concerned, the suspect marked, the sums beside it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len

from validator.model import Cell, Change, Figures, Finding, FormTable, Language, Rule, Sum, Value
from validator.reporters.layout import Line, Span, clip, line, pad
from validator.reporters.words import say

_LABEL = 26  # columns of the terminal for a row's label, at most; where there is little room _LEAST
_LEAST = 12
_HEADERS = (6, 4)  # for a column's label: three characters, or two where there is little room, the rest below
_MANY = 10  # explanations that are told one by one


def table(finding: Finding, figures: Figures | None, language: Language, *, indent: int, width: int) -> list[Line]:
    """The figures that the failed sums are about, as a small table; nothing where they are not known."""
    form = _form_table(finding, figures)
    if form is None or figures is None:
        return []
    cells = {cell for identity in finding.identities for _, cell in identity.terms}
    columns = [column.key for column in form.columns if any(cell.column == column.key for cell in cells)]
    rows = [row.key for row in form.rows if any(cell.row == row.key for cell in cells)]
    if not rows or not columns:
        return []
    shown = [row for row in rows if not _idle(row, columns, form, figures, finding)]
    return _Drawing(form, figures, finding, language, shown, columns, indent, width).lines(len(rows) - len(shown))


def failed(finding: Finding, figures: Figures | None, rules: Mapping[str, Rule], language: Language) -> list[str]:
    """The failed sums that share a cause, a sentence each; nothing where there is one, which the message has told."""
    form = _form_table(finding, figures)
    return [_sum(item, form, rules, language) for item in finding.sums] if len(finding.sums) > 1 else []


def repairs(finding: Finding, figures: Figures | None, language: Language) -> list[str]:
    """What it should be: the suspect's figure, else the smallest sets of changes where the message has not told them."""
    form = _form_table(finding, figures)
    if finding.suspect:
        return [say(language, "suspect", expected=_value(finding.suspect.expected, language))]
    if len(finding.sums) == 1:
        return [say(language, "equal")]
    return _explanations(finding, form, language) if len(finding.explanations) > 1 else []


def _form_table(finding: Finding, figures: Figures | None) -> FormTable | None:
    key = finding.location.table
    return figures.form.table(key) if figures and key and finding.identities else None


def _idle(row: str, columns: list[str], form: FormTable, figures: Figures, finding: Finding) -> bool:
    """Whether a row says nothing about the sums: a part that is zero or not there in every column concerned."""
    named = {change.cell.row for changes in finding.explanations for change in changes} | {item.row for item in finding.sums}
    whole = {cell.row for identity in finding.identities for factor, cell in identity.terms if factor < 0}
    if row in named or row in whole:
        return False
    found = (figures.get(form.key, row, column) for column in columns)
    return all(figure is None or not figure.value for figure in found)


class _Drawing:
    """The small table: which rows and columns, how wide, what is marked."""

    def __init__(
        self,
        form: FormTable,
        figures: Figures,
        finding: Finding,
        language: Language,
        rows: list[str],
        columns: list[str],
        indent: int,
        width: int,
    ) -> None:
        self.form, self.figures, self.finding, self.language = form, figures, finding, language
        self.rows, self.columns, self.margin, self.width = rows, columns, " " * indent, width
        self.marked = {change.cell for change in _certain(finding)}
        self.header, room = next(fit for fit in map(self._fit, _HEADERS) if fit[1] >= _LABEL or fit[0] == _HEADERS[-1])
        self.labels = {row: clip(_row_label(form, row), min(max(room, _LEAST), _LABEL)) for row in rows}
        self.label = max(cell_len(label) for label in self.labels.values())
        self.sizes = {column: self._size(column, self.header) for column in columns}

    def _fit(self, header: int) -> tuple[int, int]:
        """A header's width, and the columns of the terminal that it leaves for the rows' labels."""
        beside = max((cell_len(self._beside(row)) for row in self.rows), default=0)
        return header, self.width - len(self.margin) - beside - sum(self._size(column, header) + 1 for column in self.columns)

    def lines(self, hidden: int) -> list[Line]:
        """Header, rows, and how many rows are left out."""
        shown = [*self._header(), *(self._row(row) for row in self.rows)]
        if hidden:
            shown.append(line(self.margin, (say(self.language, "zeros", count=hidden), "dim")))
        return shown

    def _size(self, column: str, header: int) -> int:
        return max([header, *(cell_len(self._text(row, column)) for row in self.rows)])

    def _beside(self, row: str) -> str:
        """What a failed row's parts add up to."""
        item = next((item for item in self.finding.sums if item.row == row and item.column is None), None)
        return "  ← " + say(self.language, "sum-beside", expected=item.expected) if item and item.expected is not None else ""

    def _text(self, row: str, column: str) -> str:
        figure = self.figures.get(self.form.key, row, column)
        text = "" if figure is None else " ".join(figure.text.split()) or say(self.language, "blank")
        return f"[{clip(text, 12)}]" if Cell(table=self.form.key, row=row, column=column) in self.marked else clip(text, 12)

    def _header(self) -> list[Line]:
        labels = [_halved(_column_label(self.form, column), self.header) for column in self.columns]
        height = max(len(label) for label in labels)
        return [
            line(
                self.margin,
                " " * self.label,
                *(
                    (" " + pad(label[at] if at < len(label) else "", self.sizes[column], right=True), "dim")
                    for label, column in zip(labels, self.columns, strict=True)
                ),
            )
            for at in range(height)
        ]

    def _row(self, row: str) -> Line:
        spans: list[Span] = [(self.margin, ""), (pad(self.labels[row], self.label), "")]
        for column in self.columns:
            style = "mark" if Cell(table=self.form.key, row=row, column=column) in self.marked else ""
            spans.append((" " + pad(self._text(row, column), self.sizes[column], right=True), style))
        spans.append((self._beside(row), "error"))
        return Line(tuple(spans))


def _halved(label: str, width: int) -> list[str]:
    """A column's label in lines of equal length, at most `width` columns wide."""
    lines = -(-cell_len(label) // width)
    size = -(-len(label) // max(lines, 1))
    return [label[at : at + size] for at in range(0, len(label), size)]


def _certain(finding: Finding) -> tuple[Change, ...]:
    """The figures to mark: the suspect, or the one explanation there is."""
    if finding.suspect:
        return (finding.suspect,)
    return finding.explanations[0] if len(finding.explanations) == 1 else ()


def _row_label(form: FormTable, key: str) -> str:
    row = form.row(key)
    return row.label if row else key


def _column_label(form: FormTable, key: str) -> str:
    column = form.column(key)
    return column.label if column else key


def _cell(cell: Cell, form: FormTable | None, language: Language) -> str:
    row, column = cell.row or "", cell.column or ""
    return say(language, "cell", row=_row_label(form, row) if form else row, column=_column_label(form, column) if form else column)


def _value(value: Value | None, language: Language) -> str:
    return say(language, "blank") if value is None else str(value)


def _sum(item: Sum, form: FormTable | None, rules: Mapping[str, Rule], language: Language) -> str:
    """A failed sum: “自然人”列，每列各项结果之和等于总计：应为 8，填 5."""
    if item.row is not None:
        where = say(language, "row", label=_row_label(form, item.row) if form else item.row)
    else:
        where = say(language, "column", label=_column_label(form, item.column or "") if form else item.column or "")
    title = rules[item.rule].title[language] if item.rule in rules else item.rule
    told = say(language, "sum-expected", expected=_value(item.expected, language), actual=_value(item.actual, language))
    return f"{where}{say(language, 'comma')}{title}{say(language, 'colon')}{told}"


def _explanations(finding: Finding, form: FormTable | None, language: Language) -> list[str]:
    """All the smallest sets of changes; of many only what they have in common and their number."""
    if len(finding.explanations) > _MANY:
        count = len(finding.explanations)
        told = say(language, "at-least", count=count) if finding.more else str(count)
        sets = [{change.cell for change in changes} for changes in finding.explanations]
        shared = sorted(set.intersection(*sets), key=lambda cell: (cell.row or "", cell.column or ""))
        if not shared:
            return [say(language, "explanations-open", count=told)]
        return [
            say(
                language, "explanations-many", count=told, cells=say(language, "comma").join(_cell(cell, form, language) for cell in shared)
            )
        ]
    lines = [say(language, "explanations")]
    for number, changes in enumerate(finding.explanations, 1):
        told = (
            say(
                language,
                "change",
                cell=_cell(change.cell, form, language),
                actual=_value(change.actual, language),
                expected=_value(change.expected, language),
            )
            for change in changes
        )
        lines.append(f"{number}) {say(language, 'comma').join(told)}")
    return lines

"""Failed sums as the clerk thinks of them: the table's rows and columns concerned, the suspect marked, the sums beside it, the repairs."""

from __future__ import annotations

from collections.abc import Mapping

from validator.base.records import record
from validator.messages import say
from validator.model import Cell, Change, Figures, Finding, FormTable, Language, Rule, Sum, Value

_MANY = 10  # explanations that are told one by one


@record
class PictureRow:
    """A row of the small table: its label, its figures (marked: to be looked at), what its parts add up to where they do not fit."""

    key: str
    label: str
    cells: tuple[tuple[str, bool], ...]
    beside: str = ""


@record
class Picture:
    """The figures that failed sums are about. `hidden`: rows left out, zero in all these columns."""

    columns: tuple[str, ...]
    rows: tuple[PictureRow, ...]
    hidden: int


def picture(finding: Finding, figures: Figures | None, language: Language) -> Picture | None:
    """The figures that the failed sums are about; None where they are not known."""
    form = _form_table(finding, figures)
    if form is None or figures is None:
        return None
    cells = {cell for identity in finding.identities for _, cell in identity.terms}
    columns = [column.key for column in form.columns if any(cell.column == column.key for cell in cells)]
    rows = [row.key for row in form.rows if any(cell.row == row.key for cell in cells)]
    if not rows or not columns:
        return None
    shown = [row for row in rows if not _idle(row, columns, form, figures, finding)]
    marked = {change.cell for change in _certain(finding)}

    def cell(row: str, column: str) -> tuple[str, bool]:
        figure = figures.get(form.key, row, column)
        text = "" if figure is None else " ".join(figure.text.split()) or say("reporters.blank", language)
        return text, Cell(table=form.key, row=row, column=column) in marked

    return Picture(
        columns=tuple(_column_label(form, column) for column in columns),
        rows=tuple(
            PictureRow(
                key=row,
                label=_row_label(form, row),
                cells=tuple(cell(row, column) for column in columns),
                beside=_beside(row, finding, language),
            )
            for row in shown
        ),
        hidden=len(rows) - len(shown),
    )


def _beside(row: str, finding: Finding, language: Language) -> str:
    """What a failed row's parts add up to."""
    item = next((item for item in finding.sums if item.row == row and item.column is None), None)
    return say("reporters.sum-beside", language, expected=item.expected) if item and item.expected is not None else ""


def failed(finding: Finding, figures: Figures | None, rules: Mapping[str, Rule], language: Language) -> list[str]:
    """The failed sums that share a cause, a sentence each; nothing where there is one, which the message has told."""
    form = _form_table(finding, figures)
    return [_sum(item, form, rules, language) for item in finding.sums] if len(finding.sums) > 1 else []


def repairs(finding: Finding, figures: Figures | None, language: Language) -> list[str]:
    """What it should be: the suspect's figure, else the smallest sets of changes where the message has not told them."""
    form = _form_table(finding, figures)
    if finding.suspect:
        return [say("reporters.suspect", language, expected=_value(finding.suspect.expected, language))]
    if len(finding.sums) == 1:  # without an identity it is no equation: ≤12
        return [say("reporters.equal", language) if finding.identities else finding.expected or ""]
    return _explanations(finding, form, language) if len(finding.explanations) > 1 else []


def _form_table(finding: Finding, figures: Figures | None) -> FormTable | None:
    key = finding.location.table
    return figures.form.table(key) if figures and key and finding.identities else None


def _idle(row: str, columns: list[str], form: FormTable, figures: Figures, finding: Finding) -> bool:
    """Whether a row says nothing about the sums: a part that is zero or not there in every column concerned."""
    repairs = finding.explanations if len(finding.explanations) <= _MANY else ()  # one for each row tells nothing of any
    named = {change.cell.row for changes in repairs for change in changes} | {item.row for item in finding.sums}
    whole = {cell.row for identity in finding.identities for factor, cell in identity.terms if factor < 0}
    if row in named or row in whole:
        return False
    row_figures = (figures.get(form.key, row, column) for column in columns)
    return all(figure is None or not figure.value for figure in row_figures)


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
    return say(
        "reporters.cell", language, row=_row_label(form, row) if form else row, column=_column_label(form, column) if form else column
    )


def _value(value: Value | None, language: Language) -> str:
    return say("reporters.blank", language) if value is None else str(value)


def _sum(item: Sum, form: FormTable | None, rules: Mapping[str, Rule], language: Language) -> str:
    """A failed sum: “自然人”列，每列各项结果之和等于总计：应为 8，填 5."""
    if item.row is not None:
        where = say("reporters.row", language, label=_row_label(form, item.row) if form else item.row)
    else:
        where = say("reporters.column", language, label=_column_label(form, item.column or "") if form else item.column or "")
    title = rules[item.rule].title[language] if item.rule in rules else item.rule
    comparison = say("reporters.sum-expected", language, expected=_value(item.expected, language), actual=_value(item.actual, language))
    return f"{where}{say('marks.comma', language)}{title}{say('marks.colon', language)}{comparison}"


def _explanations(finding: Finding, form: FormTable | None, language: Language) -> list[str]:
    """All the smallest sets of changes; of many only what they have in common and their number."""
    if len(finding.explanations) > _MANY:
        count = len(finding.explanations)
        total = say("reporters.at-least", language, count=count) if finding.more else str(count)
        sets = [{change.cell for change in changes} for changes in finding.explanations]
        shared = sorted(set.intersection(*sets), key=lambda cell: (cell.row or "", cell.column or ""))
        if not shared:
            return [say("reporters.explanations-open", language, count=total)]
        return [
            say(
                "reporters.explanations-many",
                language,
                count=total,
                cells=say("marks.comma", language).join(_cell(cell, form, language) for cell in shared),
            )
        ]
    listed = (f"{number}) {_changes(changes, form, language)}" for number, changes in enumerate(finding.explanations, 1))
    return [say("reporters.explanations", language), *listed]


def every(finding: Finding, figures: Figures | None, language: Language) -> list[str]:
    """Every set of changes that `repairs` has not told, where there is room for them."""
    form = _form_table(finding, figures)
    return [_changes(changes, form, language) for changes in finding.explanations] if len(finding.explanations) > _MANY else []


def _changes(changes: tuple[Change, ...], form: FormTable | None, language: Language) -> str:
    """A set of changes: “（一）予以公开”行“总计”列 3 改 4，…"""
    sentences = (
        say(
            "reporters.change",
            language,
            cell=_cell(change.cell, form, language),
            actual=_value(change.actual, language),
            expected=_value(change.expected, language),
        )
        for change in changes
    )
    return say("marks.comma", language).join(sentences)

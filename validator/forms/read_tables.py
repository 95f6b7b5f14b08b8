"""Report → Figures: the form used, then every row and figure of its tables."""

from __future__ import annotations

from collections.abc import Sequence

from validator.forms.groups import groups
from validator.forms.labels import label_reader, signs
from validator.forms.rows import read_rows
from validator.forms.side_by_side import read_flat
from validator.model import Figures, Form, Label, Report, TableCell


def measure(report: Report, forms: Sequence[Form], *, year: int | None, due: str | None = None) -> Figures:
    """The figures of a report in the keys of the form it uses. `due`: the form that --form says is due, else the year's."""
    due_form = next((form for form in forms if form.id == due), None) if due else _for_year(forms, year)
    cells = [cell for table in report.tables for row in table.rows for cell in row.cells]
    own_labels = {form.id: signs(form, cells) for form in forms}
    used = _used(forms, own_labels, due_form)
    reader = label_reader(used, forms)
    all_groups = groups(report.tables)
    tables = {}
    for table in used.tables:
        if table.pairs:
            from validator.forms.label_value_tables import read_pairs  # other kinds of report alone have such tables

            tables[table.key] = read_pairs(table, report, reader)
            continue
        read = read_flat if table.flat else read_rows
        tables[table.key] = read(table, all_groups, report, reader)
    foreign = {form.id: _only(own_labels[form.id], used, cells) for form in forms if form is not used}
    return Figures(
        form=used,
        form_due=due_form,
        tables=tables,
        own_labels=tuple(own_labels[used.id]),
        foreign_labels={key: labels for key, labels in foreign.items() if labels},
    )


def _for_year(forms: Sequence[Form], year: int | None) -> Form | None:
    return next((form for form in forms if year is not None and form.covers(year)), None)


def _used(forms: Sequence[Form], own_labels: dict[str, list[Label]], due: Form | None) -> Form:
    """The form with the most labels of its own; where none has any or two tie, the one that is due, else the newest."""
    newest = max(forms, key=lambda form: form.first_year or 0)
    return max(forms, key=lambda form: (len(own_labels[form.id]), form is due, form is newest))


def _only(labels: Sequence[Label], used: Form, cells: Sequence[TableCell]) -> tuple[Label, ...]:
    """Labels of another form that the form used has not."""
    return tuple(label for label in labels if label.key not in used.signature)

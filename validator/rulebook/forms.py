"""rules/forms/*.yaml → Form, and what a form must keep to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.messages import both
from validator.model import Form, FormTable
from validator.rulebook.decode import WRONG, build, compiles
from validator.rulebook.diagnostics import Diagnostics, listing
from validator.rulebook.regex_bounds import bounded
from validator.rulebook.yaml_reader import line_of
from validator.text.characters import Pattern


def make_form(raw: object, log: Diagnostics, stem: str) -> Form | None:
    """The form of one file; None after a mistake, which is in the log."""
    form = build(raw, Form, log, line_of(raw, None), "")
    if form is WRONG or not isinstance(raw, Mapping):
        return None
    before = len(log.problems)
    check_form(form, raw, log, stem)
    return form if len(log.problems) == before else None


def check_form(form: Form, raw: Mapping[str, object], log: Diagnostics, stem: str) -> None:
    """Log what contradicts itself in the form."""
    if form.id != stem:
        log.add(line_of(raw, "id"), both("rulebook.form.id-and-file-differ", id=form.id, file=stem))
    if form.first_year and form.last_year and form.first_year > form.last_year:
        log.add(line_of(raw, "first_year"), both("rulebook.form.no-year"))
    numbers = [section.number for section in form.sections]
    _unique(numbers, "sections", log, line_of(raw, "sections"))
    for section in () if log.trusted else form.sections:  # the built-in ones are compiled by the tests: it takes longer than all else
        for source in (*section.near, *section.about):
            if compiles(Pattern(source, log.trusted), log, line_of(raw, "sections"), f"sections {section.number}"):
                bounded(source, log, line_of(raw, "sections"), f"sections {section.number}")
    line = line_of(raw, "tables")
    _unique([table.key for table in form.tables], "tables", log, line)
    for number, table in enumerate(form.tables):
        at = line_of(raw["tables"], number) if line else None
        if table.section not in numbers and (numbers or table.section is not None):
            log.add(at, both("rulebook.form.no-section", table=table.key, section=table.section))
        _check_table(table, log, at)


def _check_table(table: FormTable, log: Diagnostics, line: int | None) -> None:
    rows, columns = [row.key for row in table.rows], [column.key for column in table.columns]
    _unique(rows, f"{table.key}.rows", log, line)
    _unique(columns, f"{table.key}.columns", log, line)
    for row in table.rows:
        if table.pairs and len(row.columns) != 1:
            log.add(line, both("rulebook.form.row-of-pairs", row=row.key, table=table.key))
        for key in row.columns:
            if key not in columns:
                log.add(line, both("rulebook.form.no-column", row=row.key, column=key, names=listing(columns)))
    for name, members in table.groups.items():
        for key in members:
            if key not in rows and key not in columns:
                log.add(line, both("rulebook.form.no-member", group=name, key=key))


def _unique(keys: Sequence[object], name: str, log: Diagnostics, line: int | None) -> None:
    for key in sorted({str(key) for key in keys if keys.count(key) > 1}):
        log.add(line, both("rulebook.value.twice", name=name, key=key))


def spans(forms: Sequence[tuple[Form, object, Diagnostics]]) -> None:
    """Log forms that are due for the same year, and those that follow a form that is none."""
    due = [item for item in forms if item[0].first_year is not None]
    for i, (form, _, _) in enumerate(due):
        for other, raw, log in due[i + 1 :]:
            first = max(form.first_year or 0, other.first_year or 0)
            if form.covers(first) and other.covers(first):
                log.add(line_of(raw, "first_year"), both("rulebook.form.same-year", year=first, id=form.id, other=other.id))
    names = [form.id for form, _, _ in forms]
    for form, raw, log in forms:
        others = [name for name in names if name != form.id]
        if form.follows and form.follows not in others:
            log.add(line_of(raw, "follows"), both("rulebook.form.follows-none", follows=form.follows, names=listing(others)))

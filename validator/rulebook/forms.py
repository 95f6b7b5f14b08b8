"""rules/forms/*.yaml → Form, and what a form must keep to."""

from __future__ import annotations

from collections.abc import Sequence

from validator.model import Form, FormTable
from validator.rulebook.bounding import bounded
from validator.rulebook.problem import Log, listing
from validator.rulebook.shape import WRONG, build, compiles
from validator.rulebook.source import line_of
from validator.text import Pattern


def make_form(raw: object, log: Log, stem: str) -> Form | None:
    """The form of one file; None after a mistake, which is in the log."""
    form = build(raw, Form, log, line_of(raw, None), "")
    if form is WRONG:
        return None
    before = len(log.problems)
    check_form(form, raw, log, stem)
    return form if len(log.problems) == before else None


def check_form(form: Form, raw: object, log: Log, stem: str) -> None:
    """Log what contradicts itself in the form."""
    if form.id != stem:
        log.add(
            line_of(raw, "id"),
            f"id 是“{form.id}”，文件名是“{stem}”，请改成一样",
            f"the id is '{form.id}', the file's name '{stem}': make them equal",
        )
    if form.first_year and form.last_year and form.first_year > form.last_year:
        log.add(
            line_of(raw, "first_year"), "年份范围为空：first_year 大于 last_year", "no year is in the range: first_year is after last_year"
        )
    numbers = [section.number for section in form.sections]
    _unique(numbers, "sections", log, line_of(raw, "sections"))
    for section in () if log.trusted else form.sections:  # the built-in ones are compiled by the tests: it takes longer than all else
        for source in (*section.near, *section.about):
            if compiles(Pattern(source, log.trusted), log, line_of(raw, "sections"), f"sections {section.number}"):
                bounded(source, log, line_of(raw, "sections"), f"sections {section.number}")
    line = line_of(raw, "tables")
    _unique([table.key for table in form.tables], "tables", log, line)
    for number, table in enumerate(form.tables):
        at = line_of(raw["tables"], number) if line else None  # type: ignore[index]
        if table.section not in numbers and (numbers or table.section is not None):
            log.add(
                at,
                f"表“{table.key}”在第 {table.section} 部分，表格里没有这一部分",
                f"table '{table.key}' stands in section {table.section}, which the form has not",
            )
        _check_table(table, log, at)


def _check_table(table: FormTable, log: Log, line: int | None) -> None:
    rows, columns = [row.key for row in table.rows], [column.key for column in table.columns]
    _unique(rows, f"{table.key}.rows", log, line)
    _unique(columns, f"{table.key}.columns", log, line)
    for row in table.rows:
        if table.pairs and len(row.columns) != 1:
            log.add(
                line,
                f"行“{row.key}”要有且只有一列：表“{table.key}”是 pairs",
                f"row '{row.key}' must have one column: table '{table.key}' is of pairs",
            )
        for key in row.columns:
            if key not in columns:
                log.add(
                    line,
                    f"行“{row.key}”用了没有的列“{key}”，可用：{listing(columns)}",
                    f"row '{row.key}' has no such column '{key}'; allowed: {listing(columns, ', ')}",
                )
    for name, members in table.groups.items():
        for key in members:
            if key not in rows and key not in columns:
                log.add(line, f"组“{name}”里的“{key}”既不是行也不是列", f"'{key}' in group '{name}' is neither a row nor a column")


def _unique(keys: Sequence[object], name: str, log: Log, line: int | None) -> None:
    for key in sorted({str(key) for key in keys if keys.count(key) > 1}):
        log.add(line, f"“{name}”里“{key}”出现两次，请留一处", f"'{key}' is given twice in '{name}': keep one")


def spans(forms: Sequence[tuple[Form, object, Log]]) -> None:
    """Log forms that are due for the same year, and those that follow a form that is none."""
    due = [item for item in forms if item[0].first_year is not None]
    for i, (form, _, _) in enumerate(due):
        for other, raw, log in due[i + 1 :]:
            first = max(form.first_year or 0, other.first_year or 0)
            if form.covers(first) and other.covers(first):
                log.add(
                    line_of(raw, "first_year"),
                    f"{first} 年有两个格式：{form.id} 和 {other.id}，请改 first_year、last_year",
                    f"two forms are due for {first}: {form.id} and {other.id}; change first_year, last_year",
                )
    names = [form.id for form, _, _ in forms]
    for form, raw, log in forms:
        others = [name for name in names if name != form.id]
        if form.follows and form.follows not in others:
            log.add(
                line_of(raw, "follows"),
                f"follows 写的“{form.follows}”不是别的格式，可用：{listing(others)}",
                f"'follows: {form.follows}' is no other form; allowed: {listing(others, ', ')}",
            )

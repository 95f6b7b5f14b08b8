"""An official form as rules/forms/ lays it down: sections, tables, rows, columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Literal

from validator.base.records import record

#: What a part is to the checks, whatever its number. overview: it presents the unit and the year, as what stands before it may;
#: applications, cases: it counts these (cases: reviews and suits); plans: it looks back at the problems of the year before and ahead to
#: the next; other: nobody's own text, which is not compared.
PartRole = Literal["overview", "applications", "cases", "plans", "other"]


@record
class FormSection:
    """One of the parts that the form asks for."""

    number: int
    heading: str  # 总体情况
    long: tuple[str, ...] = ()  # wordings of article 50, accepted
    near: tuple[str, ...] = ()  # regular expressions: other wordings with the same subject
    about: tuple[str, ...] = ()  # regular expressions that still tell which part is meant when the subject is another
    role: PartRole | None = None


@record
class FormColumn:
    """A column of a table: its key, its printed label and what else offices print there."""

    key: str
    label: str
    variants: tuple[str, ...] = ()  # accepted silently
    changed: tuple[str, ...] = ()  # labels that are read as this column but are not the form's
    number: Literal["count", "signed", "money", "decimal", "text"] = "count"  # text: an answer in words, never a figure
    unit: str | None = None  # 万元


@record
class FormRow:
    """A row of a table and the columns it has."""

    key: str
    label: str
    columns: tuple[str, ...]
    variants: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # labels that are read as this row but are not the form's
    band: str | None = None  # label of the merged cell or the band row above: 第二十条第（一）项, （三）不予公开
    band_variants: tuple[str, ...] = ()
    number: Literal["count", "signed", "money", "decimal", "text"] | None = None  # where it is not its columns'
    optional: bool = False  # read where printed, not asked for (subtotals, an undivided （六）)


@record
class FormTable:
    """A table of the form. A `flat` table prints its rows side by side in one line of figures (section 4).

    One of `pairs` is a list of labels with one value each, several pairs perhaps in one line, without heads of columns.
    """

    key: str
    title: Mapping[str, str]  # zh, en: how messages call it
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    section: int | None = None  # number of the part it stands in; None: the form has no parts
    flat: bool = False
    pairs: bool = False
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of rows or columns, for formulas
    furniture: tuple[str, ...] = ()  # other words the form prints in the table: header bands, notes
    adds: Mapping[str, str] = field(default_factory=dict)  # column → group of columns that it is the sum of; chooses between readings

    def row(self, key: str) -> FormRow | None:
        """The row of that key, if the form has it."""
        return self._rows_by_key.get(key)

    def column(self, key: str) -> FormColumn | None:
        """The column of that key, if the form has it."""
        return self._columns_by_key.get(key)

    @cached_property
    def _rows_by_key(self) -> Mapping[str, FormRow]:
        return {row.key: row for row in reversed(self.rows)}

    @cached_property
    def _columns_by_key(self) -> Mapping[str, FormColumn]:
        return {column.key: column for column in reversed(self.columns)}

    def number(self, row: str | None, column: str | None) -> str:
        """What is counted there, as a column says it or for its row alone the row."""
        at, head = self.row(row or ""), self.column(column or "")
        return at.number if at is not None and at.number else head.number if head is not None else "count"


@record
class Encouraged:
    """Report years for which a form was encouraged only: errors of these rules are warnings there."""

    years: tuple[int, ...]
    rules: tuple[str, ...]  # ids or categories
    but: tuple[str, ...] = ()  # ids of those that stay what they are
    part: str = ""  # of the form's notice, which says so

    def softens(self, rule: str, year: int | None) -> bool:
        """Whether an error of that rule is a warning in a report for that year."""
        return year in self.years and rule not in self.but and (rule in self.rules or rule.partition(".")[0] in self.rules)


@record
class Form:
    """An official form: for which report years, with which sections and tables."""

    id: str
    name: Mapping[str, str]
    document: str  # the notice it is attached to
    first_year: int | None
    last_year: int | None
    sections: tuple[FormSection, ...]
    tables: tuple[FormTable, ...]
    signature: tuple[str, ...]  # table labels that only this form has
    subtotals: tuple[str, ...] = ()  # words by which a row is told as the total of the row above it
    follows: str = ""  # the form before it: rules that are written for that one are about this one too
    encouraged: Encouraged | None = None  # for some years it was not laid down
    unit: str = ""  # table.row of the answer that names the unit, where the text does not

    def table(self, key: str) -> FormTable | None:
        """The table of that key, if the form has it."""
        return next((table for table in self.tables if table.key == key), None)

    def parts(self, *roles: PartRole) -> frozenset[int]:
        """The numbers of the parts with one of these roles."""
        return frozenset(section.number for section in self.sections if section.role in roles)

    def covers(self, year: int) -> bool:
        """Whether the form is due for reports of that year."""
        return (self.first_year is None or year >= self.first_year) and (self.last_year is None or year <= self.last_year)

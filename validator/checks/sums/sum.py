"""Sums of one table: what must be equal, or at least as much, in each row or column; and the identities they state, for explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from validator.base.records import record
from validator.checks.sums.formula_lines import FormulaLine, expand, judge
from validator.checks.sums.table_sums import CheckedSum, TableSums, sums_of_table
from validator.messages import both, enumerated
from validator.model import Cell, Form, FormTable, Hit, Identity, Skip, Spot, Subject, Sum, Text, Value
from validator.parsing.formula import Formula, FormulaError, parse


@record
class Condition:
    """What must hold among single figures (row.column) of a table before a sum is looked at."""

    table: str
    formula: str
    whole: Mapping[str, str] = field(default_factory=dict)  # as in SumCheck


@record
class SumCheck:
    """A formula that holds in each row or column of a table, or among single figures of it.

    A blank part counts as zero. A blank total is unknown: it fails no sum, and where another sum needs it, it is the sum of its parts.
    """

    table: str
    formula: str = ""
    formulas: tuple[str, ...] = ()  # several of one kind; those that name what the form used lacks are left out
    each: Literal["row", "column", "none"] = "none"
    only: tuple[str, ...] = ()  # rows or columns it is restricted to
    whole: Mapping[str, str] = field(default_factory=dict)  # row → the group of rows that it is the sum of; columns: the form's `adds`
    stand_in: tuple[str, ...] = ()  # rows that count in place of the group of their name where that is not printed in full
    at: str = ""  # the row or column where the finding stands, if not at the total
    when: Condition | None = None
    answered: tuple[str, ...] = ()  # table.row.column: where one of these is not 0 in last year's report, nothing is to be said
    sure: bool = True  # false: the figures may be right all the same, so that nothing is expected

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A Hit for each sum that fails, a Skip for those that cannot be judged."""
        sums = sums_of_table(subject, self.table, self.whole, self.stand_in)
        if sums is None:
            yield Skip(reason=both("checks.no-table"))
            return
        met = self._condition_holds(subject)
        if met is not True:
            yield from () if met is False else (Skip(reason=met),)
            return
        judged, skipped = self._judged(subject, sums)
        yield from self._skips(judged, skipped)
        for checked in judged:
            if checked.fails:
                yield self._hit(sums, checked)

    def identities(self, subject: Subject) -> tuple[Identity, ...]:
        """Every equation of this rule that can be judged on the report, failing or not; the rule's id is not known here."""
        sums = sums_of_table(subject, self.table, self.whole, self.stand_in)
        if sums is None or self.when is not None:
            return ()
        return tuple(self._identity(checked) for checked in self._judged(subject, sums)[0] if checked.line.op == "==")

    def settled(self, last_year: Mapping[str, Value | None]) -> bool:
        """Whether last year's figures, by table.row.column, answer what the rule finds."""
        return any(last_year.get(cell) for cell in self.answered)

    def mistakes(self, forms: Iterable[Form]) -> tuple[Text, ...]:
        """What is wrong with the options, held against the forms the rule applies to: typos, unknown names, always or never true."""
        forms, found = tuple(forms), []
        for text in self._texts:
            troubles = [self._mistake(text, self.table, form, self.each) for form in forms]
            wrong = [trouble for trouble in troubles if trouble is not None]
            found += wrong[:1] if wrong and (not self.formulas or len(wrong) == len(troubles)) else []
        if self.when is not None:
            troubles = [self._mistake(self.when.formula, self.when.table, form, "none") for form in forms]
            found += [trouble for trouble in troubles if trouble is not None][:1]
        found += self._unknown_names(tuple(form.table(self.table) for form in forms))
        if not self._texts:
            found.append(both("checks.formula.none"))
        return (*found, *self._unknown_cells(forms))

    def _unknown_cells(self, forms: tuple[Form, ...]) -> Iterator[Text]:
        """Figures in `answered` that no form has."""
        tables = [table for form in forms for table in form.tables]
        known = {(table.key, row, column) for table in tables for row in _keys(table, "row") for column in _keys(table, "column")}
        for cell in self.answered:
            table, _, rest = cell.partition(".")
            if (table, *rest.rpartition(".")[::2]) not in known:
                yield both("checks.no-cell", cell=cell, tables=enumerated(dict.fromkeys(each.key for each in tables)))

    def _unknown_names(self, tables: tuple[FormTable | None, ...]) -> Iterator[Text]:
        """Names of rows and groups in `whole`, `stand_in` and `at` that no form has."""
        names = {key for table in tables if table for key in (*_keys(table, "row"), *_keys(table, "column"))}
        groups = {key for table in tables if table for key in table.groups}
        named = [("whole", name, names) for name in self.whole] + [("whole", name, groups) for name in self.whole.values()]
        named += [("stand_in", name, names & groups) for name in self.stand_in] + [("at", self.at, names)] * bool(self.at)
        for option, name, allowed in named:
            if name not in allowed:
                yield both("checks.not-in-table", option=option, name=name, table=self.table)

    @property
    def FACTS(self) -> tuple[str, ...]:  # noqa: N802 - the rule book asks every check by this name
        """What messages may name: the figures of the formulas, and both sides."""
        try:
            names = [term.name for formula in self.parsed for term in formula.terms if term.name]
        except FormulaError:
            return ("left", "right")
        return (*dict.fromkeys(name.replace(".", "_") for name in names), "left", "right")

    @property
    def parsed(self) -> tuple[Formula, ...]:
        """All formulas of the rule, for a compiled rule book; FormulaError with the place of a mistake."""
        return tuple(parse(text) for text in (*self._texts, *((self.when.formula,) if self.when else ())))

    @property
    def _texts(self) -> tuple[str, ...]:
        return (self.formula, *self.formulas) if self.formula else self.formulas

    def _mistake(self, text: str, key: str, form: Form, each: Literal["row", "column", "none"]) -> Text | None:
        table = form.table(key)
        if table is None:
            return both("checks.no-table-in-form", form=form.id, table=key)
        strange = [name for name in self.only if each == self.each != "none" and name not in _keys(table, each)]
        if strange:
            return both("checks.only-not-in-table", name=strange[0], table=key)
        try:
            judge(parse(text), table, each)
        except FormulaError as error:
            return error.text
        return None

    def _condition_holds(self, subject: Subject) -> bool | Text:
        """Whether the condition holds; why that cannot be judged. Without a condition it does."""
        if self.when is None:
            return True
        sums = sums_of_table(subject, self.when.table, self.when.whole)
        if sums is None:
            return both("checks.no-table")
        checked = sums.checked_sum(expand(parse(self.when.formula), sums.table, "none")[0])
        return both(f"checks.sum.{checked}") if isinstance(checked, str) else not checked.fails

    def _lines(self, sums: TableSums) -> Iterator[FormulaLine]:
        for text in self._texts:
            try:
                lines = sums.lines(text, self.each)
            except FormulaError:
                if self.formulas:
                    continue
                raise
            yield from (line for line in lines if not self.only or (line.at.row or line.at.column) in self.only)

    def _judged(self, subject: Subject, sums: TableSums) -> tuple[list[CheckedSum], dict[str, tuple[Skip, list[Cell]]]]:
        judged: list[CheckedSum] = []
        skipped: dict[str, tuple[Skip, list[Cell]]] = {}
        for line in self._lines(sums):
            if sums.lacks_optional_row(line):
                continue
            checked = sums.checked_sum(line)
            blocked = subject.blocked(*line.cells) if subject.failed else None
            if blocked is not None:
                skipped.setdefault(blocked, (Skip(after=blocked), []))[1].extend(line.cells)
            elif isinstance(checked, str):
                skipped.setdefault(checked, (Skip(reason=both(f"checks.sum.{checked}")), []))[1].extend(line.cells)
            else:
                judged.append(checked)
        return judged, skipped

    def _skips(self, judged: list[CheckedSum], skipped: Mapping[str, tuple[Skip, list[Cell]]]) -> Iterator[Skip]:
        """One skip a reason; of the whole rule where nothing could be judged."""
        if not judged:
            yield next((why for why, _ in skipped.values()), Skip(reason=both("checks.no-row-to-add-up")))
            return
        for why, cells in skipped.values():
            yield replace(why, cells=tuple(dict.fromkeys(cells)))

    def _identity(self, checked: CheckedSum) -> Identity:
        row, column = self._place(checked)
        return Identity(rule="", terms=checked.terms, row=row, column=column)

    def _place(self, checked: CheckedSum) -> tuple[str | None, str | None]:
        """Row and column that name the sum: a row's has its row, a column's its column, one of several formulas both."""
        at = checked.line.at
        return (checked.line.total.row if self.formulas and checked.line.total else at.row), at.column

    def _hit(self, sums: TableSums, checked: CheckedSum) -> Hit:
        row, column = self._place(checked)
        equation = checked.line.op == "=="
        identity = self._identity(checked) if equation and self.when is None else None
        expected, actual = checked.verdict
        mark = {"==": "", "<=": "≤", ">=": "≥"}[checked.line.op]
        printed = sums.figure(checked.line.total) if checked.line.total else None
        return Hit(
            spot=self._spot(sums, checked),
            facts=sums.facts(checked),
            expected=f"{mark}{expected}" if self.sure else None,
            actual=printed.text.strip() if printed and equation else str(actual),
            cells=tuple(cell for _, cell in checked.terms),
            sum=Sum(rule="", row=row, column=column, expected=expected, actual=actual) if self.sure else None,
            identity=identity,
        )

    def _spot(self, sums: TableSums, checked: CheckedSum) -> Spot:
        at = checked.line.at
        cell = checked.line.total or next((c for _, c in checked.terms if self.each == "none" and sums.value(c)), at)
        if self.at:
            cell = Cell(table=at.table, row=at.row or self.at, column=at.column or self.at)
        figure = sums.figure(cell) or next(filter(None, (sums.figure(c) for _, c in checked.terms)), None)
        if figure is None:
            return Spot(section=sums.table.section, cell=cell)
        return Spot(block=figure.block, start=figure.start, length=len(figure.text), section=sums.table.section, cell=cell)


def _keys(table: FormTable, each: Literal["row", "column", "none"]) -> tuple[str, ...]:
    return tuple(part.key for part in (table.rows if each == "row" else table.columns))

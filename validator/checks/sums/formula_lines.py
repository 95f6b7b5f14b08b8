"""A formula laid out over a form's table: one Line for each row or column, and what is wrong with a formula that says nothing there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from validator.base.records import record
from validator.messages import Text, both, enumerated
from validator.model import Cell, FormTable
from validator.parsing.formula import Formula, FormulaError, Op, Term

Each = Literal["row", "column", "none"]


@record
class FormulaSide:
    """One side laid out for a row or a column: coefficient and figure, and what is left without figures."""

    terms: tuple[tuple[int, Cell], ...]
    constant: int = 0

    @property
    def alone(self) -> bool:
        """Whether it is one figure and nothing else."""
        return len(self.terms) == 1 and self.terms[0][0] == 1 and not self.constant


@record
class FormulaLine:
    """A formula laid out for one row (`at.column` None), one column (`at.row` None) or single figures (both None)."""

    at: Cell
    left: FormulaSide
    op: Op
    right: FormulaSide

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every figure it names."""
        return tuple(cell for side in (self.left, self.right) for _, cell in side.terms)

    @cached_property
    def total(self) -> Cell | None:
        """The figure that stands alone on one side of an equation."""
        side = next((side for side in (self.left, self.right) if self.op == "==" and side.alone), None)
        return side.terms[0][1] if side else None

    @cached_property
    def terms(self) -> tuple[tuple[int, Cell], ...]:
        """Both sides as one: Σ coefficient × figure, which is minus the constant where an equation holds; a lone total has -1."""
        return self.collect_terms(self.left.terms, self.right.terms)

    def collect_terms(self, left: Iterable[tuple[int, Cell]], right: Iterable[tuple[int, Cell]]) -> tuple[tuple[int, Cell], ...]:
        """The terms of both sides, each figure once, no zero coefficients."""
        sign = -1 if self.left.alone else 1
        coefficients: dict[Cell, int] = {}
        for way, side in ((sign, left), (-sign, right)):
            for coefficient, cell in side:
                coefficients[cell] = coefficients.get(cell, 0) + way * coefficient
        return tuple((c, cell) for cell, c in coefficients.items() if c)


def expand(formula: Formula, table: FormTable, each: Each, groups: Mapping[str, tuple[str, ...]] | None = None) -> tuple[FormulaLine, ...]:
    """The formula for every row or column of the table that has all it names. `groups` stands in for the table's own.

    FormulaError for a name or a group that the table does not have.
    """
    groups = table.groups if groups is None else groups
    _check_names(formula, table, each, groups)
    if each == "none":
        return (_line(formula, table.key, None, None, groups),)
    columns_of = {row.key: frozenset(row.columns) for row in table.rows}
    needed = [key for term in formula.terms for key in _keys(term, groups)]
    if each == "row":
        return tuple(_line(formula, table.key, row, None, groups) for row in columns_of if columns_of[row].issuperset(needed))
    columns = [column.key for column in table.columns if all(column.key in columns_of[row] for row in needed)]
    return tuple(_line(formula, table.key, None, column, groups) for column in columns)


def _keys(term: Term, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if term.group is not None:
        return groups[term.group]
    return () if term.name is None else (term.name,)


def _line(formula: Formula, table: str, row: str | None, column: str | None, groups: Mapping[str, tuple[str, ...]]) -> FormulaLine:
    def side(terms: Iterable[Term]) -> FormulaSide:
        laid, constant = [], 0
        for term in terms:
            if term.name is None and term.group is None:
                constant += term.coefficient
            for key in _keys(term, groups):
                laid.append((term.coefficient, _cell(key, table, row, column)))
        return FormulaSide(terms=tuple(laid), constant=constant)

    return FormulaLine(at=Cell(table=table, row=row, column=column), left=side(formula.left), op=formula.op, right=side(formula.right))


def _cell(key: str, table: str, row: str | None, column: str | None) -> Cell:
    if row is not None:
        return Cell(table=table, row=row, column=key)
    if column is not None:
        return Cell(table=table, row=key, column=column)
    head, _, tail = key.rpartition(".")
    return Cell(table=table, row=head, column=tail)


def _check_names(formula: Formula, table: FormTable, each: Each, groups: Mapping[str, tuple[str, ...]]) -> None:
    """Raise FormulaError at the first name that the table does not have."""
    rows, columns = [row.key for row in table.rows], [column.key for column in table.columns]
    cells = [f"{row.key}.{column}" for row in table.rows for column in row.columns]
    names = {"row": columns, "column": rows, "none": cells}[each]
    for term in formula.terms:
        if term.name is not None and term.name not in names:
            near = _nearest_names(term.name, names)
            raise FormulaError(formula.text, term.position, both("checks.formula.no-name", table=table.key, name=term.name, names=near))
        if term.group is None:
            continue
        if term.group not in groups:
            near = _nearest_names(term.group, list(groups))
            raise FormulaError(formula.text, term.position, both("checks.formula.no-group", table=table.key, name=term.group, names=near))
        odd = next((key for key in groups[term.group] if key not in names), None)
        if odd is not None:
            raise FormulaError(formula.text, term.position, both(f"checks.formula.group-for.{each}", group=term.group))


def _nearest_names(name: str, names: list[str]) -> Text:
    """The name that a wrong one is most like; where none is, the first ones."""
    from difflib import get_close_matches  # only for a rule that is wrong

    return enumerated(get_close_matches(name, names, n=1) or names[:12])


def is_certain(line: FormulaLine, table: FormTable) -> bool | None:
    """True: the line holds whatever is printed. False: it never can. None: it depends on the figures, as it should.

    Counts and money are taken as not negative, signed columns may be.
    """
    sign = -1 if line.left.alone else 1  # terms have the lone total last
    low: float = line.left.constant - line.right.constant
    high = low
    for factor, cell in line.terms:
        coefficient = sign * factor
        signed = table.number(cell.row, cell.column) == "signed"
        low = float("-inf") if signed or coefficient < 0 else low
        high = float("inf") if signed or coefficient > 0 else high
    if line.op == "==":
        return True if low == high == 0 else False if low > 0 or high < 0 else None
    if line.op == "<=":
        return True if high <= 0 else False if low > 0 else None
    return True if low >= 0 else False if high < 0 else None


def judge(formula: Formula, table: FormTable, each: Each) -> None:
    """Raise FormulaError if the formula says nothing on this table: unknown names, nowhere to stand, always or never true."""
    lines = expand(formula, table, each)
    if not lines:
        raise FormulaError(formula.text, 1, both("checks.formula.no-line", table=table.key))
    for line in lines:
        answer = is_certain(line, table)
        if answer is not None:
            raise FormulaError(formula.text, 1, both("checks.formula.always-true" if answer else "checks.formula.never-true"))

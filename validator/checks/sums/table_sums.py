"""A table of a report as sums need it: every figure as a part or a total, blank totals replaced by their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from validator.base.records import record
from validator.checks.sums.formula_lines import Each, FormulaLine, FormulaSide, expand
from validator.model import Cell, Figure, FormTable, Subject, TableReading, Value
from validator.parsing.formula import parse

_BLANK = ("blank", "placeholder")


def sums_of_table(subject: Subject, key: str, whole: Mapping[str, str], stand_in: tuple[str, ...] = ()) -> TableSums | None:
    """The report's table of that key; None where it is not there or could not be read. Options as in SumCheck."""
    table, reading = subject.figures.form.table(key), subject.figures.tables.get(key)
    if table is None or reading is None or reading.state != "read":
        return None
    return TableSums(table=table, reading=reading, printed=subject.figures.by_cell, whole=whole, stand_in=stand_in)


@record
class CheckedSum:
    """A line with its figures: blank totals replaced by their parts."""

    line: FormulaLine
    terms: tuple[tuple[int, Cell], ...]  # Σ coefficient × figure = 0 where an equation holds; a lone total has -1
    left: Value
    right: Value
    slack: Value  # how much rounding of printed decimals may make up

    @property
    def fails(self) -> bool:
        """Whether the printed figures contradict the formula."""
        over = self.left - self.right
        if self.line.op == "==":
            return over > self.slack or -over > self.slack
        return over > self.slack if self.line.op == "<=" else -over > self.slack

    @property
    def verdict(self) -> tuple[Value, Value]:
        """Expected and actual: of a total by its parts, else left against right."""
        measured = self.line.op != "==" or self.line.left.alone or not self.line.right.terms
        return (self.right, self.left) if measured else (self.left, self.right)


#: Formulas laid out over the tables of forms, which are kept with them so that none can take another's place.
_LINES: dict[tuple[str, str, int], tuple[FormTable, tuple[FormulaLine, ...]]] = {}


class _Unknown(Exception):
    """A sum cannot be judged; the message is a key under `checks.sum`."""


@record
class TableSums:
    """A table of a report, as sums need it."""

    table: FormTable
    reading: TableReading
    printed: Mapping[Cell, Figure]
    whole: Mapping[str, str]
    stand_in: tuple[str, ...]

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The form's groups; a row that stands in for a group takes its members' place in the others."""
        alone = [row for row in self.stand_in if row in self._rows and not set(self.table.groups.get(row, ())) <= self._rows]
        if not alone:
            return self.table.groups
        groups = dict(self.table.groups)
        for row in alone:
            parts = self.table.groups.get(row, ())
            for name, members in groups.items():
                if name != row and set(parts) & set(members):
                    groups[name] = tuple(dict.fromkeys(row if key in parts else key for key in members))
        return groups

    @cached_property
    def _rows(self) -> frozenset[str]:
        return frozenset(row.key for row in self.reading.rows if row.key)

    @cached_property
    def _unprinted(self) -> frozenset[str]:
        return frozenset(row.key for row in self.table.rows if row.optional) - self._rows

    def lacks_optional_row(self, line: FormulaLine) -> bool:
        """Whether the line needs an optional row that the report does not print."""
        return any(cell.row in self._unprinted for cell in line.cells)

    def figure(self, cell: Cell) -> Figure | None:
        """What is printed there."""
        return self.printed.get(cell)

    def lines(self, text: str, each: Each) -> tuple[FormulaLine, ...]:
        """The formula laid out over the table; kept for the next report where the report prints what the form asks for."""
        if self.groups is not self.table.groups:
            return expand(parse(text), self.table, each, self.groups)
        key = (text, each, id(self.table))
        if key not in _LINES:
            if len(_LINES) >= 200:
                _LINES.clear()
            _LINES[key] = self.table, expand(parse(text), self.table, each)
        return _LINES[key][1]

    def value(self, cell: Cell) -> Value:
        """The figure as a part: zero where blank. Raises _Unknown for text and for what is not there."""
        figure = self.printed.get(cell)
        if figure is None:
            raise _Unknown("missing")
        if figure.value is not None:
            return figure.value
        if figure.state in _BLANK:
            return 0
        raise _Unknown("text")

    def checked_sum(self, line: FormulaLine) -> CheckedSum | str:
        """The line with its figures, or why it cannot be judged (a key under `checks.sum`)."""
        try:
            return self._checked_sum(line)
        except _Unknown as reason:
            return str(reason)

    def _checked_sum(self, line: FormulaLine) -> CheckedSum:
        self._refuse_blank(line)
        (left, minus, a), (right, plus, b) = self._side(line.left), self._side(line.right)
        if not a and not b:
            raise _Unknown("empty")
        same = minus is line.left.terms and plus is line.right.terms
        terms = line.terms if same else line.collect_terms(minus, plus)
        slack = sum((abs(c) * self._rounding(cell) for c, cell in terms), Decimal(0)) if self._money else 0
        return CheckedSum(line=line, terms=terms, left=left, right=right, slack=slack)

    def _side(self, side: FormulaSide) -> tuple[Value, Sequence[tuple[int, Cell]], bool]:
        """What a side adds up to, its terms with blank totals replaced, and whether it prints any number."""
        total: Value = side.constant
        laid: list[tuple[int, Cell]] | None = None
        numbers = False
        for position, (factor, cell) in enumerate(side.terms):
            figure = self.printed.get(cell)
            if figure is not None and figure.value is not None:
                parts: tuple[Cell, ...] = (cell,)
                total += factor * figure.value
                numbers = True
            else:
                parts = self._parts(cell, ())
                total += factor * sum(self.value(part) for part in parts)
                numbers = numbers or any(self.printed[part].value is not None for part in parts)
            if laid is None and parts != (cell,):
                laid = list(side.terms[:position])
            if laid is not None:
                laid += [(factor, part) for part in parts]
        return total, side.terms if laid is None else laid, numbers

    def facts(self, checked: CheckedSum) -> dict[str, object]:
        """What fills the message: every figure of the formula by its key, and both sides."""
        line = checked.line
        facts = {_fact(cell, line): sum(self.value(part) for part in self._parts(cell, ())) for cell in line.cells}
        return {**facts, "left": checked.left, "right": checked.right}

    def _refuse_blank(self, line: FormulaLine) -> None:
        """A blank total is unknown, and so is a blank where only a larger figure would do: neither may invent an error."""
        total = line.total
        larger = {"==": FormulaSide(terms=()), "<=": line.right, ">=": line.left}[line.op]
        for cell in (*([total] if total else ()), *(cell for c, cell in larger.terms if c > 0)):
            figure = self.printed.get(cell)
            if figure is not None and figure.state in _BLANK:
                raise _Unknown("total")

    def _parts(self, cell: Cell, above: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The figure itself, or for a blank total the figures that it is the sum of."""
        figure = self.printed.get(cell)
        if figure is None or figure.value is not None or figure.state not in _BLANK or cell in above:
            return (cell,)
        parts = self._summed_cells(cell)
        return tuple(figure_cell for part in parts for figure_cell in self._parts(part, (*above, cell))) if parts else (cell,)

    def _summed_cells(self, cell: Cell) -> tuple[Cell, ...]:
        across = self.groups.get(self.table.adds.get(cell.column or "", ""), ())
        if across:
            return tuple(Cell(table=cell.table, row=cell.row, column=key) for key in across)
        down = self.groups.get(self.whole.get(cell.row or "", ""), ())
        return tuple(Cell(table=cell.table, row=key, column=cell.column) for key in down)

    @cached_property
    def _money(self) -> bool:
        return any(column.number == "money" for column in self.table.columns)

    def _rounding(self, cell: Cell) -> Decimal:
        """Half of the last digit printed, for money; counts are exact."""
        column, value = self.table.column(cell.column or ""), self.printed[cell].value
        if column is None or column.number != "money" or not value:
            return Decimal(0)
        exponent = Decimal(value).as_tuple().exponent
        return Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0) / 2


def _fact(cell: Cell, line: FormulaLine) -> str:
    """How messages call a figure: the row's key in a column sum, the column's in a row sum, dots as underscores."""
    key = cell.column if line.at.row else cell.row if line.at.column else f"{cell.row}.{cell.column}"
    return (key or "").replace(".", "_")

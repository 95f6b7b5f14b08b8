"""Sums of one table: what must be equal, or at least as much, in each row or column; and the identities they state, for explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from validator.grammar.formula import Formula, FormulaError, Line, Side, expand, judge, parse
from validator.model import Cell, Figure, Form, FormTable, Hit, Identity, Skip, Spot, Subject, Sum, TableReading, Text, Value

_BLANK = ("blank", "placeholder")
_NO_TABLE: Text = {"zh": "没有可读的表格", "en": "there is no table that can be read"}
_NOT_PRINTED: Text = {"zh": "表中没有这样的行", "en": "the table has no such row"}
_REASONS: Mapping[str, Text] = {
    "missing": {"zh": "缺行或缺列，无法核算", "en": "a row or column is missing"},
    "text": {"zh": "有的格不是数字，无法核算", "en": "a figure is not a number"},
    "total": {"zh": "总数未填，无法核算", "en": "the total is blank"},
    "empty": {"zh": "整行或整列未填，无法核算", "en": "nothing is filled in"},
}


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What must hold among single figures (row.column) of a table before a sum is looked at."""

    table: str
    formula: str
    whole: Mapping[str, str] = field(default_factory=dict)  # as in SumCheck


@dataclass(frozen=True, kw_only=True)
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

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A Hit for each sum that fails, a Skip for those that cannot be judged."""
        desk = _desk(subject, self.table, self.whole, self.stand_in)
        if desk is None:
            yield Skip(reason=_NO_TABLE)
            return
        met = self._met(subject)
        if met is not True:
            yield from () if met is False else (Skip(reason=met),)
            return
        judged, skipped = self._judged(subject, desk)
        yield from self._skips(judged, skipped)
        for sheet in judged:
            if sheet.fails:
                yield self._hit(desk, sheet)

    def identities(self, subject: Subject) -> tuple[Identity, ...]:
        """Every equation of this rule that can be judged on the report, failing or not; the rule's id is not known here."""
        desk = _desk(subject, self.table, self.whole, self.stand_in)
        if desk is None or self.when is not None:
            return ()
        return tuple(self._identity(sheet) for sheet in self._judged(subject, desk)[0] if sheet.line.op == "==")

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
        found += self._strange(tuple(form.table(self.table) for form in forms))
        if not self._texts:
            found.append({"zh": "没有公式：写 formula 或 formulas", "en": "there is no formula: give 'formula' or 'formulas'"})
        return tuple(found)

    def _strange(self, tables: tuple[FormTable | None, ...]) -> Iterator[Text]:
        """Names of rows and groups in `whole`, `stand_in` and `at` that no form has."""
        known = {key for table in tables if table for key in (*_keys(table, "row"), *_keys(table, "column"))}
        groups = {key for table in tables if table for key in table.groups}
        named = [("whole", name, known) for name in self.whole] + [("whole", name, groups) for name in self.whole.values()]
        named += [("stand_in", name, known & groups) for name in self.stand_in] + [("at", self.at, known)] * bool(self.at)
        for option, name, allowed in named:
            if name not in allowed:
                yield {"zh": f"{option} 里的“{name}”不在表“{self.table}”中", "en": f"'{name}' in '{option}' is not in table '{self.table}'"}

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
            return {"zh": f"格式 {form.id} 没有表“{key}”", "en": f"form {form.id} has no table '{key}'"}
        strange = [name for name in self.only if each == self.each != "none" and name not in _keys(table, each)]
        if strange:
            return {"zh": f"only 里的“{strange[0]}”不在表“{key}”中", "en": f"'{strange[0]}' in 'only' is not in table '{key}'"}
        try:
            judge(parse(text), table, each)
        except FormulaError as error:
            return error.text
        return None

    def _met(self, subject: Subject) -> bool | Text:
        """Whether the condition holds; why that cannot be judged. Without a condition it does."""
        if self.when is None:
            return True
        desk = _desk(subject, self.when.table, self.when.whole, ())
        if desk is None:
            return _NO_TABLE
        sheet = desk.sheet(expand(parse(self.when.formula), desk.table, "none")[0])
        return _REASONS[sheet] if isinstance(sheet, str) else not sheet.fails

    def _lines(self, desk: _Desk) -> Iterator[Line]:
        for text in self._texts:
            try:
                lines = desk.lines(text, self.each)
            except FormulaError:
                if self.formulas:
                    continue
                raise
            yield from (line for line in lines if not self.only or (line.at.row or line.at.column) in self.only)

    def _judged(self, subject: Subject, desk: _Desk) -> tuple[list[_Sheet], dict[str, tuple[Text, list[Cell]]]]:
        judged: list[_Sheet] = []
        skipped: dict[str, tuple[Text, list[Cell]]] = {}
        for line in self._lines(desk):
            if desk.unprinted(line):
                continue
            sheet = desk.sheet(line)
            blocked = subject.blocked(*line.cells) if subject.failed else None
            if blocked is not None:
                skipped.setdefault(blocked, (_because(blocked), []))[1].extend(line.cells)
            elif isinstance(sheet, str):
                skipped.setdefault(sheet, (_REASONS[sheet], []))[1].extend(line.cells)
            else:
                judged.append(sheet)
        return judged, skipped

    def _skips(self, judged: list[_Sheet], skipped: Mapping[str, tuple[Text, list[Cell]]]) -> Iterator[Skip]:
        """One skip a reason; of the whole rule where nothing could be judged."""
        if not judged:
            yield Skip(reason=next((reason for reason, _ in skipped.values()), _NOT_PRINTED))
            return
        for reason, cells in skipped.values():
            yield Skip(reason=reason, cells=tuple(dict.fromkeys(cells)))

    def _identity(self, sheet: _Sheet) -> Identity:
        row, column = self._place(sheet)
        return Identity(rule="", terms=sheet.terms, row=row, column=column)

    def _place(self, sheet: _Sheet) -> tuple[str | None, str | None]:
        """Row and column that name the sum: a row's has its row, a column's its column, one of several formulas both."""
        at = sheet.line.at
        return (sheet.line.total.row if self.formulas and sheet.line.total else at.row), at.column

    def _hit(self, desk: _Desk, sheet: _Sheet) -> Hit:
        row, column = self._place(sheet)
        equation = sheet.line.op == "=="
        identity = self._identity(sheet) if equation and self.when is None else None
        expected, actual = sheet.verdict
        mark = {"==": "", "<=": "≤", ">=": "≥"}[sheet.line.op]
        printed = desk.figure(sheet.line.total) if sheet.line.total else None
        return Hit(
            spot=self._spot(desk, sheet),
            facts=desk.facts(sheet),
            expected=f"{mark}{expected}",
            actual=printed.text.strip() if printed and equation else str(actual),
            cells=tuple(cell for _, cell in sheet.terms),
            sum=Sum(rule="", row=row, column=column, expected=expected, actual=actual),
            identity=identity,
        )

    def _spot(self, desk: _Desk, sheet: _Sheet) -> Spot:
        at = sheet.line.at
        cell = sheet.line.total or next((c for _, c in sheet.terms if self.each == "none" and desk.value(c)), at)
        if self.at:
            cell = Cell(table=at.table, row=at.row or self.at, column=at.column or self.at)
        figure = desk.figure(cell) or next(filter(None, (desk.figure(c) for _, c in sheet.terms)), None)
        if figure is None:
            return Spot(section=desk.table.section, cell=cell)
        return Spot(block=figure.block, start=figure.start, length=len(figure.text), section=desk.table.section, cell=cell)


def _because(rule: str) -> Text:
    return {"zh": f"先决条件未满足（{rule}）", "en": f"a rule that it requires failed ({rule})"}


def _keys(table: FormTable, each: Literal["row", "column", "none"]) -> tuple[str, ...]:
    return tuple(part.key for part in (table.rows if each == "row" else table.columns))


def _desk(subject: Subject, key: str, whole: Mapping[str, str], stand_in: tuple[str, ...]) -> _Desk | None:
    table, reading = subject.figures.form.table(key), subject.figures.tables.get(key)
    if table is None or reading is None or reading.state != "read":
        return None
    return _Desk(table=table, reading=reading, printed=subject.figures.by_cell, whole=whole, stand_in=stand_in)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sheet:
    """A line with its figures: blank totals replaced by their parts."""

    line: Line
    terms: tuple[tuple[int, Cell], ...]  # Σ coefficient × figure = 0 where an equation holds; a lone total has -1
    left: Value
    right: Value
    slack: Value  # how much rounding of printed decimals may make up

    @property
    def fails(self) -> bool:
        """Whether the printed figures contradict the formula."""
        over = self.left - self.right
        if self.line.op == "==":
            return abs(over) > self.slack
        return over > self.slack if self.line.op == "<=" else -over > self.slack

    @property
    def verdict(self) -> tuple[Value, Value]:
        """Expected and actual: of a total by its parts, else left against right."""
        measured = self.line.op != "==" or self.line.left.alone or not self.line.right.terms
        return (self.right, self.left) if measured else (self.left, self.right)


#: Formulas laid out over the tables of forms, which are kept with them so that none can take another's place.
_LINES: dict[tuple[str, str, int], tuple[FormTable, tuple[Line, ...]]] = {}


class _Unknown(Exception):
    """A sum cannot be judged; the message is a key of _REASONS."""


@dataclass(frozen=True, kw_only=True)
class _Desk:
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

    def unprinted(self, line: Line) -> bool:
        """Whether the line needs an optional row that the report does not print."""
        return any(cell.row in self._unprinted for cell in line.cells)

    def figure(self, cell: Cell) -> Figure | None:
        """What is printed there."""
        return self.printed.get(cell)

    def lines(self, text: str, each: Literal["row", "column", "none"]) -> tuple[Line, ...]:
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

    def sheet(self, line: Line) -> _Sheet | str:
        """The line with its figures, or why it cannot be judged (a key of _REASONS)."""
        try:
            return self._sheet(line)
        except _Unknown as reason:
            return str(reason)

    def _sheet(self, line: Line) -> _Sheet:
        self._refuse_blank(line)
        (left, minus, a), (right, plus, b) = self._side(line.left), self._side(line.right)
        if not a and not b:
            raise _Unknown("empty")
        same = minus is line.left.terms and plus is line.right.terms
        terms = line.terms if same else line.gathered(minus, plus)
        slack = sum((abs(c) * self._rounding(cell) for c, cell in terms), Decimal(0)) if self._money else 0
        return _Sheet(line=line, terms=terms, left=left, right=right, slack=slack)

    def _side(self, side: Side) -> tuple[Value, Sequence[tuple[int, Cell]], bool]:
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

    def facts(self, sheet: _Sheet) -> dict[str, object]:
        """What fills the message: every figure of the formula by its key, and both sides."""
        line = sheet.line
        facts = {_fact(cell, line): sum(self.value(part) for part in self._parts(cell, ())) for cell in line.cells}
        return {**facts, "left": sheet.left, "right": sheet.right}

    def _refuse_blank(self, line: Line) -> None:
        """A blank total is unknown, and so is a blank where only a larger figure would do: neither may invent an error."""
        total = line.total
        larger = {"==": Side(terms=()), "<=": line.right, ">=": line.left}[line.op]
        for cell in (*([total] if total else ()), *(cell for c, cell in larger.terms if c > 0)):
            figure = self.printed.get(cell)
            if figure is not None and figure.state in _BLANK:
                raise _Unknown("total")

    def _parts(self, cell: Cell, above: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The figure itself, or for a blank total the figures that it is the sum of."""
        figure = self.printed.get(cell)
        if figure is None or figure.value is not None or figure.state not in _BLANK or cell in above:
            return (cell,)
        parts = self._made_of(cell)
        return tuple(found for part in parts for found in self._parts(part, (*above, cell))) if parts else (cell,)

    def _made_of(self, cell: Cell) -> tuple[Cell, ...]:
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


def _fact(cell: Cell, line: Line) -> str:
    """How messages call a figure: the row's key in a column sum, the column's in a row sum, dots as underscores."""
    key = cell.column if line.at.row else cell.row if line.at.column else f"{cell.row}.{cell.column}"
    return (key or "").replace(".", "_")

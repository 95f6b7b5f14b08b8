"""What a year begins with and what the year before ended with: a formula over this year's report and last year's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from validator.base.records import record
from validator.messages import both
from validator.model import Cell, Digest, Figure, Figures, Form, Hit, Skip, Spot, Subject, Text, Value
from validator.parsing.formula import FormulaError, Term, parse
from validator.text.characters import Pattern, bare

#: By this a formula names a figure of last year's report.
LAST = "last."


@record
class Continued:
    """A figure that follows from last year's report: `carried_in == last.carried_out` in each column, or in each row of a table.

    The left side is one figure of this year. `main`: the row or column whose break is the finding; where it holds, a break elsewhere has
    the variant `other`. `excused`: words of the report by which a break is for a person to judge. Reports of units that were merged into
    this one count with its own (variant `merged`).
    """

    table: str
    formula: str
    each: Literal["row", "column"]
    only: tuple[str, ...] = ()
    main: str = ""
    excused: tuple[Pattern, ...] = ()

    SCOPES = ("series",)

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for the main figure, or one for each that breaks."""
        years = [report for report in (subject.before, *subject.merged) if report is not None]
        if not years:
            yield Skip(reason=both("checks.no-earlier-report"))
            return
        broken: list[tuple[Cell, Value, Value]] = []
        judged = 0
        unknown = both("checks.no-figures-of-both-years")
        for cell in self._places(subject.figures.form):
            if subject.figures.by_cell.get(cell) is None:
                continue
            stated, last = _value(subject.figures, cell), self._right(cell, subject, years)
            if stated is None or last is None:
                unknown = both("checks.not-a-number-in-both-years") if self._is_printed(cell, years) else unknown
                continue
            judged += 1
            if stated != last:
                broken.append((cell, last, stated))
        if not judged:
            yield Skip(reason=unknown)
        yield from self._hits(subject, years, broken)

    def clear(self, this: Digest, before: Digest) -> bool | Skip:
        """Whether every figure that is there holds; why none can be compared; False where something must be looked at."""
        left, right = self._sides
        compared = False
        for key in self._keys_present(this, left[0]):
            values = [(term.coefficient, _figure_of(this, before, self.table, key, term, self.each)) for term in right]
            stated = this.figures.get(_address(self.table, key, left[0].name or "", self.each))
            if stated is None or any(value is None for _, value in values):
                return False
            if stated != sum(factor * value for factor, value in values if value is not None):
                return False
            compared = True
        return compared

    def _keys_present(self, this: Digest, term: Term) -> list[str]:
        """The rows or columns in which this year's report has the figure."""
        name, start = term.name or "", f"{self.table}."
        if self.each == "column":
            start += f"{name}."
            keys = [address[len(start) :] for address in this.figures if address.startswith(start)]
            return [key for key in keys if "." not in key and (not self.only or key in self.only)]
        end = f".{name}"
        keys = [address[len(start) : -len(end)] for address in this.figures if address.endswith(end) and address.startswith(start)]
        return [key for key in keys if not self.only or key in self.only]

    @property
    def _sides(self) -> tuple[Sequence[Term], Sequence[Term]]:
        formula = parse(self.formula)
        return formula.left, formula.right

    def _places(self, form: Form) -> Iterator[Cell]:
        """This year's figures that the formula speaks of, the main one first."""
        table, name = form.table(self.table), self._sides[0][0].name or ""
        if table is None:
            return
        keys = [row.key for row in table.rows if name in row.columns] if self.each == "row" else [column.key for column in table.columns]
        for key in sorted(keys, key=lambda key: key != self.main):
            if not self.only or key in self.only:
                yield self._cell(key, name)

    def _cell(self, key: str, name: str) -> Cell:
        row, column = (key, name) if self.each == "row" else (name, key)
        return Cell(table=self.table, row=row, column=column)

    def _is_printed(self, cell: Cell, years: Sequence[Subject]) -> bool:
        """Whether last year's reports have the figures at all; those on another form do not."""
        key = (cell.row if self.each == "row" else cell.column) or ""
        names = [term.name.removeprefix(LAST) for term in self._sides[1] if term.name and term.name.startswith(LAST)]
        return all(self._cell(key, name) in year.figures.by_cell for name in names for year in years)

    def _right(self, cell: Cell, subject: Subject, years: Sequence[Subject]) -> Value | None:
        """What the figure should be; None where a figure that it needs is not known."""
        key = (cell.row if self.each == "row" else cell.column) or ""
        total: Value = 0
        for term in self._sides[1]:
            name = term.name or ""
            sources = years if name.startswith(LAST) else (subject,)
            for source in sources:
                value = _value(source.figures, self._cell(key, name.removeprefix(LAST)))
                if value is None:
                    return None
                total += term.coefficient * value
        return total

    def _hits(self, subject: Subject, years: Sequence[Subject], broken: Sequence[tuple[Cell, Value, Value]]) -> Iterator[Hit]:
        main = [mismatch for mismatch in broken if self.main in (mismatch[0].row, mismatch[0].column)] if self.main else []
        last_year = (subject.report.year or 0) - 1
        variant = "merged" if subject.merged else None if main or not self.main else "other"
        review = any(pattern.search(text) for text in _prose(subject) for pattern in self.excused) if broken and self.excused else False
        for cell, last, stated in main or (broken[:1] if self.main else broken):
            figure = subject.figures.by_cell[cell]
            yield Hit(
                spot=Spot(block=figure.block, start=figure.start, length=len(figure.text), cell=cell),
                expected=str(last),
                actual=figure.text.strip() or str(stated),
                variant=variant,
                review=review,
                cells=tuple(mismatch[0] for mismatch in broken) if self.main else (cell,),
                facts={**self._facts(cell, subject, years), "last_year": last_year, "own": stated, "units": len(years)},
            )

    def _facts(self, cell: Cell, subject: Subject, years: Sequence[Subject]) -> dict[str, object]:
        """Each figure of the right side by its name, dots as underscores."""
        key = (cell.row if self.each == "row" else cell.column) or ""
        facts: dict[str, object] = {}
        for term in self._sides[1]:
            name = term.name or ""
            sources = years if name.startswith(LAST) else (subject,)
            values = [_value(source.figures, self._cell(key, name.removeprefix(LAST))) or 0 for source in sources]
            facts[name.replace(".", "_")] = sum(values)
        return facts

    @property
    def FACTS(self) -> tuple[str, ...]:  # noqa: N802 - the rule book asks every check by this name
        """What messages may name."""
        try:
            names = [term.name for term in self._sides[1] if term.name]
        except FormulaError:
            names = []
        return (*(name.replace(".", "_") for name in names), "last_year", "own", "units")

    def mistakes(self, forms: Iterable[Form]) -> tuple[Text, ...]:
        """What is wrong with the formula: typos, names that no form has, a left side that is not one figure, always true."""
        try:
            formula = parse(self.formula)
        except FormulaError as error:
            return (error.text,)
        names = [term.name for term in formula.terms]
        if formula.op != "==" or len(formula.left) != 1 or names[0] is None or names[0].startswith(LAST) or None in names:
            return (both("checks.formula.of-two-years", formula=self.formula),)  # fmt: skip
        if names[1:] == [names[0]]:
            return (both("checks.formula.finds-nothing", formula=self.formula),)
        tables = [table for form in forms if (table := form.table(self.table))]
        known = {item.key for table in tables for item in (table.columns if self.each == "row" else table.rows)}
        odd = [name for name in names if name and name.removeprefix(LAST) not in known]
        places = {item.key for table in tables for item in (table.rows if self.each == "row" else table.columns)}
        odd += [key for key in (*self.only, *([self.main] if self.main else [])) if key not in places]
        return tuple(both("checks.no-name-in-table", table=self.table, name=name) for name in odd)


def _address(table: str, key: str, name: str, each: str) -> str:
    row, column = (key, name) if each == "row" else (name, key)
    return f"{table}.{row}.{column}"


def _figure_of(this: Digest, before: Digest, table: str, key: str, term: Term, each: str) -> Value | None:
    name = term.name or ""
    source = before if name.startswith(LAST) else this
    return source.figures.get(_address(table, key, name.removeprefix(LAST), each))


def _value(figures: Figures, cell: Cell) -> Value | None:
    """The figure; a blank part is zero, a blank total what its parts add up to; None where it is not known."""
    figure = figures.by_cell.get(cell)
    if figure is None:
        return None
    if figure.value is not None:
        return figure.value
    if not _blank(figure):
        return None
    table = figures.form.table(cell.table)
    parts = table.groups.get(table.adds.get(cell.column or "", ""), ()) if table else ()
    if not parts:
        return 0
    figures_of_parts = [figures.by_cell.get(Cell(table=cell.table, row=cell.row, column=part)) for part in parts]
    if any(part is None or (part.value is None and not _blank(part)) for part in figures_of_parts):
        return None
    values = [part.value for part in figures_of_parts if part is not None and part.value is not None]
    return sum(values) if values else None


def _blank(figure: Figure) -> bool:
    return figure.state in ("blank", "placeholder")


def _prose(subject: Subject) -> Iterator[str]:
    for section in subject.report.sections:
        for passage in section.passages:
            yield bare(passage.text)

"""Reports made by hand for the tests of sums and their explanation: figures only, no text."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from tests.support import book
from validator.explain import judged
from validator.model import (
    Block,
    Cell,
    Document,
    Figure,
    Figures,
    Finding,
    Form,
    Identity,
    Kind,
    Location,
    Report,
    RowReading,
    Rule,
    Severity,
    Subject,
    Sum,
    TableReading,
    Unit,
    Value,
)

APPLICANTS = ("natural_person", "business", "research", "public_benefit", "legal_service", "other_org")
COLUMNS = (*APPLICANTS, "total")
Printed = Mapping[tuple[str, str, str], object]  # table, row, column → a number, or the text as printed


def form(key: str) -> Form:
    """One of the two forms."""
    found = book().form(key)
    assert found is not None
    return found


def rules(form_key: str) -> tuple[Rule, ...]:
    """The sum rules that apply to a form."""
    return tuple(rule for rule in book().rules if rule.category == "totals" and (not rule.forms or form_key in rule.forms))


def rule(key: str) -> Rule:
    """The rule of that id."""
    return next(rule for rule in book().rules if rule.id == key)


def figure(cell: Cell, printed: object, line: int) -> Figure:
    """A figure as printed: a number, blank (''), a placeholder ('/') or text."""
    block = Block(kind=Kind.CELL, text=str(printed), line=line)
    if isinstance(printed, int | Decimal):
        return Figure(cell=cell, value=printed, text=str(printed), state="number", block=block)
    state = {"": "blank", "/": "placeholder"}.get(str(printed), "text")
    return Figure(cell=cell, value=None, text=str(printed), state=state, block=block)  # type: ignore[arg-type]


def figures(form_key: str, printed: Printed) -> Figures:
    """All that is printed, as the reader would give it. What is not named is not there."""
    used = form(form_key)
    tables = {}
    for table in used.tables:
        readings = []
        for number, row in enumerate(table.rows, 1):
            found = tuple(
                figure(Cell(table=table.key, row=row.key, column=column), printed[table.key, row.key, column], table.section * 100 + number)
                for column in row.columns
                if (table.key, row.key, column) in printed
            )
            if found:
                readings.append(RowReading(key=row.key, label=None, figures=found, block=found[0].block, values=len(found)))
        tables[table.key] = TableReading(key=table.key, state="read" if readings else "missing", rows=tuple(readings))
    return Figures(form=used, form_due=used, tables=tables)


def subject(form_key: str, printed: Printed) -> Subject:
    """A report that holds nothing but these figures."""
    document = Document(path="report.txt", format="text", blocks=())
    report = Report(document=document, title=None, titles=(), unit=None, year=None, preamble=(), sections=(), tables=(), contact=None)
    return Subject(report=report, figures=figures(form_key, printed), unit=Unit(name=None, kind=None, level=None))


def results(form_key: str) -> tuple[str, ...]:
    """The rows that add up to the total."""
    table = form(form_key).table("applications")
    assert table is not None
    return table.groups["results"]


def sound(rnd: random.Random, form_key: str, digits: int) -> dict[tuple[str, str], int]:
    """A sound section 3. `digits`: 0 makes a small table of zeros with a few cases, else figures of up to so many digits."""
    values: dict[tuple[str, str], int] = {}

    def some() -> int:
        if digits:
            return int(10 ** rnd.uniform(0, digits))
        return rnd.randint(1, 3) if rnd.random() < 0.08 else 0

    for column in APPLICANTS:
        for row in results(form_key):
            values[row, column] = some()
        values["total", column] = sum(values[row, column] for row in results(form_key))
        values["carried_out", column] = some()
        known = values["total", column] + values["carried_out", column]
        values["carried_in", column] = rnd.randint(0, known) if rnd.random() < 0.5 else 0
        values["new", column] = known - values["carried_in", column]
    for row in {row for row, _ in values}:
        values[row, "total"] = sum(values[row, column] for column in APPLICANTS)
    return values


def section3(values: Mapping[tuple[str, str], object]) -> dict[tuple[str, str, str], object]:
    """The values as printed figures of section 3."""
    return {("applications", row, column): value for (row, column), value in values.items()}


def at(row: str, column: str, table: str = "applications") -> Cell:
    """The address of a figure."""
    return Cell(table=table, row=row, column=column)


def failed(identities: tuple[Identity, ...], found: Figures) -> tuple[Finding, ...]:
    """The findings an engine would make of these identities, one for each failed sum."""
    return tuple(finding(identity, residual) for identity in identities if (residual := _residual(identity, found)))


def _residual(identity: Identity, found: Figures) -> Value:
    return sum(factor * (found.by_cell[cell].value or 0) for factor, cell in identity.terms)


def finding(identity: Identity, residual: Value = 1) -> Finding:
    """A failed sum as a finding."""
    return Finding(
        rule=identity.rule,
        severity=Severity.ERROR,
        message={"zh": f"{identity.rule} 不平", "en": f"{identity.rule} fails"},
        advice={"zh": "核对", "en": "check"},
        basis=(),
        location=Location(table="applications", row=identity.row, column=identity.column),
        sums=(Sum(rule=identity.rule, row=identity.row, column=identity.column, expected=residual, actual=0),),
        identities=(identity,),
    )


def run(form_key: str, printed: Printed) -> tuple[Subject, tuple[Finding, ...], tuple[Identity, ...]]:
    """The report, its failed sums as the checks find them, and all identities that could be judged."""
    made = subject(form_key, printed)
    found = []
    for one in rules(form_key):
        for hit in one.check.run(made):
            if getattr(hit, "identity", None) is not None:
                identity = replace(hit.identity, rule=one.id)
                found.append(replace(finding(identity), sums=(replace(hit.sum, rule=one.id),), cells=hit.cells))
    return made, tuple(found), judged(rules(form_key), made)


@cache
def full(form_key: str) -> tuple[Identity, ...]:
    """The identities of a section 3 in which every figure is printed."""
    values = sound(random.Random(0), form_key, 2)
    return tuple(i for i in judged(rules(form_key), subject(form_key, section3(values))) if i.terms[0][1].table == "applications")

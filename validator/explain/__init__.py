"""Which figure is wrong: failed sums of a table → the smallest sets of figures whose change repairs them (Fellegi and Holt), as findings.

It runs after the engine, over all the sums of a table that can be judged, the failing and the sound ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from validator.explain.blanks import filled_by_repairs
from validator.explain.components import components
from validator.explain.equations import Equation, Quantity, System, layout_of
from validator.explain.finding import merge
from validator.explain.rank import Judge
from validator.model import Cell, Evidence, Figure, Figures, Finding, FormTable, Identity, Rule, Subject, Value
from validator.model.explain_facts import ExplainFacts

__all__ = ["explain", "judged"]

_MOST = 4  # wrong figures that are searched for; beyond it each failed sum stands alone

Known = Mapping[Cell, Sequence[Evidence]]


def judged(rules: Iterable[Rule], subject: Subject) -> tuple[Identity, ...]:
    """Every identity that the rules state about the report, failing or not. Give it the rules that apply to the report."""
    identities: list[Identity] = []
    for rule in rules:
        state = getattr(rule.check, "identities", None)
        if state is not None:
            identities += [replace(identity, rule=rule.id) for identity in state(subject)]
    return tuple(identities)


def explain(
    findings: Sequence[Finding], figures: Figures, identities: Sequence[Identity], words: ExplainFacts, evidence: Known | None = None
) -> tuple[Finding, ...]:
    """The findings, those of failed sums that share a cause made one, each with all its smallest explanations.

    `identities`: all that can be judged (`judged`). `words`: rules/tables/explain.yaml. `evidence`: what the text and last year's
    report say of figures. Findings of other kinds come back as they are, but for blank cells that the sums tell of; a merged one
    takes the place of its first.
    """
    merged_findings: dict[int, Finding] = {}
    replaced: set[int] = set()
    failed = [(n, finding.identities[0]) for n, finding in enumerate(findings) if finding.identities and finding.sums]
    for table in figures.form.tables:
        numbers = {_key(identity): n for n, identity in failed if _table(identity) == table.key}
        if numbers:
            stated = {_key(identity): identity for identity in identities if _table(identity) == table.key}
            for n in numbers.values():
                stated.setdefault(_key(findings[n].identities[0]), findings[n].identities[0])
            for members, finding in _merge_findings(findings, numbers, figures, table, tuple(stated.values()), words, evidence or {}):
                replaced.update(members)
                merged_findings[min(members)] = finding
    replaced |= filled_by_repairs(merged_findings.values(), dict(enumerate(findings)), words.blanks)
    return tuple(merged_findings.get(n, finding) for n, finding in enumerate(findings) if n in merged_findings or n not in replaced)


def _merge_findings(
    findings: Sequence[Finding],
    numbers: Mapping[tuple[str, str | None, str | None], int],
    figures: Figures,
    table: FormTable,
    identities: Sequence[Identity],
    words: ExplainFacts,
    evidence: Known,
) -> Iterable[tuple[tuple[int, ...], Finding]]:
    """For each component of failing sums that has findings and repairs: the findings' numbers and the one that takes their place."""
    printed = figures.by_cell
    usable, system = _system(identities, table, printed)
    for component in components(system, _MOST):
        members = tuple(sorted(numbers[_key(usable[i])] for i in component.failing if _key(usable[i]) in numbers))
        if members and component.repairs:
            failing = [usable[i] for i in component.failing]
            sound = [identity for identity in usable if identity not in failing]
            judge = Judge(
                table=table,
                printed={cell: printed[cell].value for identity in failing for _, cell in identity.terms}
                | {cell: printed[cell].value for repair in component.repairs for cell in repair},
                identities=failing,
                sound=sound,
                evidence=evidence,
                twice=words.twice,
            )
            solutions = [judge.changes(solution) for solution in component.repairs]
            yield members, merge([findings[n] for n in members], solutions, component.more, judge, words)


def _system(identities: Sequence[Identity], table: FormTable, printed: Mapping[Cell, Figure]) -> tuple[Sequence[Identity], System]:
    """The identities whose figures are all in the report, and their equations."""
    equations = [Equation(kind=identity.rule, terms=identity.terms) for identity in identities]
    cells = layout_of(equations).cells
    quoted = [printed.get(cell) for cell in cells]
    if None in quoted:
        usable = [identity for identity in identities if all(cell in printed for _, cell in identity.terms)]
        return _system(usable, table, printed)
    kinds = {column.key: column.number for column in table.columns}
    quantities = [_quantity(f.value, kinds.get(cell.column or "")) for cell, f in zip(cells, quoted, strict=True) if f is not None]
    if "money" in kinds.values():
        by_cell = dict(zip(cells, quantities, strict=True))
        equations = [replace(equation, slack=_slack(equation.terms, by_cell)) for equation in equations]
    return identities, System(equations, quantities)


@lru_cache(maxsize=4096)
def _quantity(value: Value | None, number: str | None) -> Quantity:
    return Quantity(value=value or 0, signed=number == "signed", money=number == "money")


def _key(identity: Identity) -> tuple[str, str | None, str | None]:
    return identity.rule, identity.row, identity.column


def _table(identity: Identity) -> str | None:
    return identity.terms[0][1].table if identity.terms else None


def _slack(terms: Iterable[tuple[int, Cell]], quantities: Mapping[Cell, Quantity]) -> Value:
    """Half of the last digit of every money figure: what rounding may make up. Counts are exact."""
    slack: Value = 0
    for factor, cell in terms:
        quantity = quantities[cell]
        if quantity.money and quantity.value:
            exponent = Decimal(quantity.value).as_tuple().exponent
            slack += abs(factor) * Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0) / 2
    return slack

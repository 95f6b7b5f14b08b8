"""Which figure is wrong: failed sums of a table → the smallest sets of figures whose change repairs them (Fellegi and Holt), as findings.

It runs after the engine, over all the sums of a table that can be judged, the failing and the sound ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from validator.explain.blocks import Block, blocks
from validator.explain.rank import Judge
from validator.explain.story import merged
from validator.explain.system import Equation, Quantity, System
from validator.model import Cell, Evidence, Figures, Finding, FormTable, Identity, Rule, Subject, Value

__all__ = ["explain", "judged"]

_MOST = 4  # wrong figures that are searched for; beyond it each failed sum stands alone

Known = Mapping[Cell, Sequence[Evidence]]


def judged(rules: Iterable[Rule], subject: Subject) -> tuple[Identity, ...]:
    """Every identity that the rules state about the report, failing or not. Give it the rules that apply to the report."""
    found: list[Identity] = []
    for rule in rules:
        state = getattr(rule.check, "identities", None)
        if state is not None:
            found += [replace(identity, rule=rule.id) for identity in state(subject)]
    return tuple(found)


def explain(
    findings: Sequence[Finding], figures: Figures, identities: Sequence[Identity], words: Mapping[str, Any], evidence: Known | None = None
) -> tuple[Finding, ...]:
    """The findings, those of failed sums that share a cause made one, each with all its smallest explanations.

    `identities`: all that can be judged (`judged`). `words`: rules/tables/explain.yaml. `evidence`: what the text and last year's
    report say of figures. Findings of other kinds come back as they are; a merged one takes the place of its first.
    """
    stories: dict[int, Finding] = {}
    gone: set[int] = set()
    for table in figures.form.tables:
        own = {_key(f.identities[0]): n for n, f in enumerate(findings) if f.identities and f.sums and _table(f.identities[0]) == table.key}
        if own:
            wanted = [identity for identity in identities if _table(identity) == table.key]
            wanted += [i for n in own.values() for i in findings[n].identities if _key(i) not in {_key(known) for known in wanted}]
            for members, story in _stories(findings, own, figures, table, wanted, words, evidence or {}):
                gone.update(members)
                stories[min(members)] = story
    return tuple(stories.get(n, finding) for n, finding in enumerate(findings) if n in stories or n not in gone)


def _stories(
    findings: Sequence[Finding],
    own: Mapping[tuple[str, str | None, str | None], int],
    figures: Figures,
    table: FormTable,
    identities: Sequence[Identity],
    words: Mapping[str, Any],
    evidence: Known,
) -> Iterable[tuple[tuple[int, ...], Finding]]:
    """For each block of failing sums that has findings and repairs: the findings' numbers and the one that takes their place."""
    printed = figures.by_cell
    usable = [i for i in identities if all(cell in printed for _, cell in i.terms)]
    signs = {column.key: column.number for column in table.columns}
    quantities: dict[Cell, Quantity] = {}
    for identity in usable:
        for _, cell in identity.terms:
            if cell not in quantities:
                number = signs.get(cell.column or "", "count")
                quantities[cell] = Quantity(value=printed[cell].value or 0, signed=number == "signed", money=number == "money")
    system = System([Equation(kind=i.rule, terms=i.terms, slack=_slack(i, quantities)) for i in usable], quantities)
    for block in blocks(system, _MOST):
        members = tuple(sorted(own[_key(usable[i])] for i in block.failing if _key(usable[i]) in own))
        if members and block.repairs:
            failing = [usable[i] for i in block.failing]
            judge = Judge(
                table=table,
                printed={cell: printed[cell].value for identity in failing for _, cell in identity.terms}
                | {cell: printed[cell].value for repair in block.repairs for cell in repair},
                identities=failing,
                evidence=evidence,
                twice=tuple(words.get("twice", ())),
            )
            yield members, _told(block, [findings[n] for n in members], judge, words)


def _told(block: Block, findings: Sequence[Finding], judge: Judge, words: Mapping[str, Any]) -> Finding:
    return merged(findings, [judge.changes(solution) for solution in block.repairs], block.more, judge, words)


def _key(identity: Identity) -> tuple[str, str | None, str | None]:
    return identity.rule, identity.row, identity.column


def _table(identity: Identity) -> str | None:
    return identity.terms[0][1].table if identity.terms else None


def _slack(identity: Identity, quantities: Mapping[Cell, Quantity]) -> Value:
    """Half of the last digit of every money figure: what rounding may make up. Counts are exact."""
    slack: Value = 0
    for factor, cell in identity.terms:
        quantity = quantities[cell]
        if quantity.money and quantity.value:
            exponent = Decimal(quantity.value).as_tuple().exponent
            slack += abs(factor) * Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0) / 2
    return slack

"""Failed sums that share a cause → one finding, told in the words of rules/tables/explain.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from validator.engine.locations import column_label, row_label
from validator.explain.rank import Judge, place
from validator.model import Basis, Cell, Change, Finding, FormTable, Text, Value
from validator.model.explain_facts import ExplainAxis, ExplainCommon, ExplainFacts

_LISTED = 200  # the contract's limit
_SHOWN = 10  # repairs that people see one by one


def merge(findings: Sequence[Finding], solutions: Sequence[tuple[Change, ...]], more: bool, judge: Judge, words: ExplainFacts) -> Finding:
    """One finding for failed sums and their repairs (any order; `more`: there are still others)."""
    ordered = sorted(solutions, key=judge.key)
    return _MergedFinding(in_order(findings, judge.table, words), ordered, more or len(ordered) > _LISTED, judge, words).finding()


def in_order(findings: Sequence[Finding], table: FormTable, words: ExplainFacts) -> list[Finding]:
    """By rule as explain.yaml says, then as the form goes."""
    order = list(words.order)

    def key(finding: Finding) -> tuple[int, str, tuple[int, int]]:
        listed = finding.rule in order
        first = finding.sums[0]
        return order.index(finding.rule) if listed else len(order), "" if listed else finding.rule, place(table, first.row, first.column)

    return sorted(findings, key=key)


class _MergedFinding:
    """What the pieces of one finding have to say."""

    def __init__(self, findings: list[Finding], solutions: list[tuple[Change, ...]], more: bool, judge: Judge, words: ExplainFacts) -> None:
        self.findings, self.solutions, self.more, self.judge, self.words = findings, solutions, more, judge, words
        self.sums = tuple(failed for finding in findings for failed in finding.sums)
        self.first = solutions[0]
        self.only = len(solutions) == 1 and not more
        self.suspect = self.first[0] if len(self.first) == 1 and (self.only or self._decided()) else None

    def _decided(self) -> bool:
        """Whether the text or last year's report speaks for the first repair alone."""
        if self.more:
            return False
        best, second = (self.judge.agreeing(changes) for changes in self.solutions[:2])
        return best > 0 and best > second

    def finding(self) -> Finding:
        """The lead sum's finding, with what the others add."""
        lead = self.findings[0]
        finding = replace(
            lead,
            severity=min((finding.severity for finding in self.findings), key=lambda severity: severity.rank),
            basis=self._basis(),
            sums=self.sums,
            explanations=tuple(self.solutions[:_LISTED]),
            more=self.more,
            suspect=self.suspect,
            cells=tuple(dict.fromkeys(cell for finding in self.findings for cell in finding.cells)),
            identities=tuple(identity for finding in self.findings for identity in finding.identities),
        )
        if (facts := self._unentered()) and self.words.unentered:
            words = self.words.unentered
            message, should, advice = (fill(text, facts) for text in (words.message, words.should, words.advice))
            return replace(finding, expected=None, message=message, should=should, advice=advice, place=self._place())
        kind = self._kind()
        if kind is None:
            return finding
        advice = dict(self.words.advice.one if self.suspect else self.words.advice.several)  # a plain text, not a piece of the rule file
        return replace(finding, message=self._message(kind), advice=advice, place=self._place())

    def _basis(self) -> tuple[Basis, ...]:
        bases = [basis for finding in self.findings for basis in finding.basis]
        if self.suspect or len(self.findings) > 1:
            bases.append(self.words.basis)
        return tuple(dict.fromkeys(bases))

    def _unentered(self) -> Mapping[str, object] | None:
        """What is said of cases that are in the totals and in no row, where nothing speaks for one row."""
        cases = self.judge.unentered(self.words.unentered.rule) if self.words.unentered and not self.only else None
        if cases is None or self._decided():
            return None
        cell, amount, rows, total = cases
        return {"column": self._column(cell.column or ""), "amount": str(amount), "sum": str(rows), "total": str(total)}

    def _kind(self) -> str | None:
        """Which message tells it; None: the failed sum speaks for itself."""
        if self.suspect:
            return "suspect_among" if not self.only else "suspect_blank" if self.suspect.actual is None else "suspect"
        if len(self.sums) == 1:
            return None
        return self._pair() or ("only" if self.only else "favoured" if self._decided() else "several")

    def _pair(self) -> str | None:
        """The kind of slip that all repairs have in common: cases or a figure in the wrong one of the same two columns or rows."""
        if self.more or len(self.first) != 2:
            return None
        axes = [axis for axis in ("column", "row") if len({_lines(changes, axis) for changes in self.solutions}) == 1]
        self.axis = next((axis for axis in axes if len(set(_lines(self.first, axis))) == 2), None)
        kinds = {self.judge.pair(changes) for changes in self.solutions}
        if self.axis is None or None in kinds:
            return None
        return "shifted" if self.only and kinds == {"shifted"} else "moved"

    # ------------------------------------------------------------------------------------------------ texts

    def _message(self, kind: str) -> Text:
        facts: dict[str, object] = {
            "count": len(self.sums), "size": len(self.first), "number": self._number(), "changes": self._changes(self.first),
            "common": self._common(), "slip": self._slip(), "evidence": self._evidence(), "against": self._against(),
            "where": "", "lines": "",
        }  # fmt: skip
        if self.suspect:
            facts |= {"actual": self._value(self.suspect.actual), "expected": self._value(self.suspect.expected)}
        if kind in ("shifted", "moved"):
            facts |= self._pair_facts()
        message: Text = getattr(self.words.message, kind)
        return fill(message, facts)

    def _pair_facts(self) -> dict[str, object]:
        axis = self.axis or "column"
        other = "row" if axis == "column" else "column"
        first, second = _lines(self.first, axis)
        label = self._row if axis == "row" else self._column
        where: object = ""
        if self.only and len(set(_lines(self.first, other))) == 1:
            key = _lines(self.first, other)[0]
            where = fill(_axis(self.words.where, other), {other: self._row(key) if other == "row" else self._column(key)})
        amount = abs((self.first[0].expected or 0) - (self.first[0].actual or 0))
        return {
            "first": label(first),
            "second": label(second),
            "lines": _axis(self.words.lines, axis),
            "where": where,
            "amount": str(amount),
        }

    def _number(self) -> object:
        if not self.more:
            return str(len(self.solutions))
        return fill(self.words.more, {"number": str(min(len(self.solutions), _LISTED))})

    def _changes(self, changes: Sequence[Change]) -> Text:
        texts = []
        for change in changes:
            facts = {"cell": self._cell(change.cell), "actual": self._value(change.actual), "expected": self._value(change.expected)}
            texts.append(fill(self.words.change, facts))
        return self._joined(texts)

    def _common(self) -> object:
        """What every repair touches: the same figures, else the same columns or rows."""
        if self.only:
            return ""
        shared = set.intersection(*({change.cell for change in changes} for changes in self.solutions))
        if shared:
            cells = self._joined([self._cell(change.cell) for change in self.first if change.cell in shared])
            return fill(self.words.common.cells, {"cells": cells})
        for axis, label in (("column", self._column), ("row", self._row)):
            keys = set.intersection(*(set(_lines(changes, axis)) for changes in self.solutions))
            if keys:
                named = "".join(f"“{label(key)}”" for key in dict.fromkeys(_lines(self.first, axis)) if key in keys)
                return fill(_axis(self.words.common, axis), {"names": named})
        return ""

    def _slip(self) -> object:
        name = self.judge.slip(self.suspect) if self.suspect else "over" if self.judge.counted_twice() else None
        words: Text | None = getattr(self.words.slip, name or "", None)
        return "" if words is None else fill(words, {"row": self._row(self.judge.counted_twice() or next(iter(self.judge.twice), ""))})

    def _evidence(self) -> object:
        """The sources that agree with the first repair, each with what it says."""
        parts = [
            fill(self.words.evidence, {"source": witness.source, "value": str(witness.value)})
            for witness in self.judge.witnesses(self.first)
        ]
        return {language: "".join(part[language] for part in parts) for language in parts[0]} if parts else ""

    def _against(self) -> object:
        """The sources that speak against some of the repairs that are told one by one."""
        if self.more or len(self.solutions) > _SHOWN:
            return ""
        parts = [
            fill(self.words.against, {"source": witness.source, "numbers": "、".join(map(str, numbers))})
            for witness, numbers in self.judge.disputed(self.solutions)
        ]
        return {language: "".join(part[language] for part in parts) for language in parts[0]} if parts else ""

    def _place(self) -> Text:
        facts: dict[str, object] = {"table": self.judge.table.title}
        if self.suspect:
            cell = self.suspect.cell
            facts |= {"row": self._row(cell.row or ""), "column": self._column(cell.column or "")}
        return fill(self.words.place.cell if self.suspect else self.words.place.table, facts)

    def _cell(self, cell: Cell) -> Text:
        return fill(self.words.cell, {"row": self._row(cell.row or ""), "column": self._column(cell.column or "")})

    def _value(self, value: Value | None) -> object:
        return self.words.blank if value is None else str(value)

    def _row(self, key: str) -> str:
        return row_label(self.judge.table, key)

    def _column(self, key: str) -> str:
        return column_label(self.judge.table, key)

    def _joined(self, parts: Sequence[Text]) -> Text:
        joint = self.words.joint
        return {language: joint[language].join(part[language] for part in parts) for language in joint}


def _lines(changes: Sequence[Change], axis: str) -> tuple[str, ...]:
    return tuple(getattr(change.cell, axis) or "" for change in changes)


def _axis(words: ExplainAxis | ExplainCommon, axis: str) -> Text:
    """The words for that axis, row or column."""
    return words.row if axis == "row" else words.column


def fill(template: Text, facts: Mapping[str, object]) -> Text:
    """The template in each language; a fact may itself be a text in both."""
    return {
        language: words.format(**{name: fact[language] if isinstance(fact, Mapping) else fact for name, fact in facts.items()})
        for language, words in template.items()
    }

"""What had to wait until a table's sums hold, asked anew of the report as it would be after each of the smallest repairs.

A statement of the text that no repair makes agree with the table is told at once; what depends on the repair waits, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from validator.engine.findings import by_place
from validator.engine.run import EngineResult, run_rules
from validator.engine.selection import Selected, reporting
from validator.messages import both
from validator.model import Answer, Change, Figures, Finding, Outcome, Rule, Subject

#: Repairs that are tried; where there are more, everything that depends on them waits.
_MOST = 60
#: What tells one finding from another, whatever it says: its rule and its place.
_Key = tuple[str, int | None, int | None, str | None, str | None, str | None]


def judge_again(
    result: EngineResult, findings: Sequence[Finding], subject: Subject, rules: Sequence[Rule], selected: Selected
) -> EngineResult:
    """The result with the answers of the rules that require sums which failed. `findings`: its own, failed sums explained.

    A finding stays where it is found as the table is printed and after every repair; where only some make it, its rule waits.
    """
    merged = [finding for finding in findings if finding.identities and finding.sums]
    sums = {failed.rule for finding in merged for failed in finding.sums}
    reports = reporting(selected)
    later = {rule.id for rule in _requiring(rules, sums) if reports(rule)}
    if not later:
        return replace(result, findings=tuple(findings))
    rest = [rule for rule in rules if rule.id not in sums]
    printed = run_rules(subject, rest, selected=later)
    ways = list(_repaired(subject, merged))
    tried = [_by_key(run_rules(way, rest, selected=later).findings) for way in ways] if len(ways) <= _MOST else []
    unknown = frozenset(cell for finding in merged if not _listed(finding) for identity in finding.identities for _, cell in identity.terms)
    if not tried:
        return replace(result, findings=tuple(findings), outcomes=tuple(_waiting(result.outcomes, printed.outcomes, later)))
    as_printed = _by_key(printed.findings)
    always = [f for key, f in as_printed.items() if unknown.isdisjoint(f.cells) and all(key in repaired for repaired in tried)]
    sure = {_key(finding) for finding in always}
    waits = {key[0] for repaired in (as_printed, *tried) for key in repaired if key not in sure}
    before = {_key(finding) for finding in findings}
    standing = [finding if _key(finding) in before else _whatever(finding) for finding in always]
    return replace(
        result,
        findings=by_place([*(finding for finding in findings if finding.rule not in later), *standing]),
        outcomes=tuple(_outcomes(result.outcomes, printed.outcomes, standing, waits, later)),
    )


def _requiring(rules: Sequence[Rule], sums: Iterable[str]) -> list[Rule]:
    """The rules that require one of these, directly or not. `rules`: each after those that it requires."""
    wanted, requiring = set(sums), []
    for rule in rules:
        if rule.id not in wanted and wanted.intersection(rule.requires):
            wanted.add(rule.id)
            requiring.append(rule)
    return requiring


def _listed(merged: Finding) -> bool:
    """Whether every smallest repair of its sums is known."""
    return bool(merged.explanations) and not merged.more


def _repaired(subject: Subject, merged: Iterable[Finding]) -> Iterator[Subject]:
    """The report after each repair of each merged finding alone: what hangs on two at once is rare, and then one of them decides."""
    for finding in merged:
        for changes in finding.explanations if _listed(finding) else ():
            yield replace(subject, figures=_changed(subject.figures, changes))


def _changed(figures: Figures, changes: Sequence[Change]) -> Figures:
    """The figures as they would be after these changes."""
    new = {change.cell: change.expected for change in changes}
    tables = {
        key: replace(
            table,
            rows=tuple(
                replace(row, figures=tuple(replace(f, value=new[f.cell], state="number") if f.cell in new else f for f in row.figures))
                for row in table.rows
            ),
        )
        for key, table in figures.tables.items()
    }
    return replace(figures, tables=tables)


def _by_key(findings: Iterable[Finding]) -> Mapping[_Key, Finding]:
    return {_key(finding): finding for finding in findings}


def _key(finding: Finding) -> _Key:
    at = finding.location
    return finding.rule, at.line, at.offset, at.table, at.row, at.column


def _whatever(finding: Finding) -> Finding:
    """A finding that says that it stands however the sums are mended."""
    addition = both("engine.any-repair")
    return replace(finding, message={language: words + addition[language] for language, words in finding.message.items()})


def _outcomes(
    outcomes: Iterable[Outcome], printed: Iterable[Outcome], standing: Sequence[Finding], waits: set[str], later: set[str]
) -> Iterator[Outcome]:
    """The answers, those of the rules that were asked again as they are now."""
    anew = {outcome.rule: outcome for outcome in printed}
    firm = {finding.rule for finding in standing if not finding.review}
    review = {finding.rule for finding in standing}
    for outcome in outcomes:
        rule = outcome.rule
        if rule not in later:
            yield outcome
        elif rule in review:
            yield Outcome(rule=rule, answer=Answer.FAIL if rule in firm else Answer.REVIEW)
        else:
            yield _after_sums(rule) if rule in waits else anew.get(rule, outcome)


def _waiting(outcomes: Iterable[Outcome], printed: Iterable[Outcome], later: set[str]) -> Iterator[Outcome]:
    """The answers where no repair can be tried: what nothing but the sums kept from judging waits for them."""
    skipped = {outcome.rule for outcome in printed if outcome.answer is Answer.SKIP}
    for outcome in outcomes:
        waits = outcome.rule in later and outcome.answer is Answer.SKIP and outcome.rule not in skipped
        yield _after_sums(outcome.rule) if waits else outcome


def _after_sums(rule: str) -> Outcome:
    return Outcome(rule=rule, answer=Answer.SKIP, reason=both("engine.after-sums"), waits="sums")

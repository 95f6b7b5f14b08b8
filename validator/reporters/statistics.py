"""A set in numbers: how units stand year by year, the worst first; how each kind of unit stands; how often each rule was broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from validator.base.records import record
from validator.model import FileResult, Finding, Grade, Run, Severity, Standing, State

_ORDER = {state: place for place, state in enumerate(State)}


@record
class UnitRow:
    """A unit with its standing in each year that it owes or has a report for."""

    unit: str
    kind: str | None
    standings: Mapping[int, Standing]

    @property
    def weight(self) -> tuple[int, ...]:
        """The worse, the smaller: its states, the worst first."""
        return tuple(sorted(_ORDER[standing.state] for standing in self.standings.values()))


@record
class RuleRow:
    """A rule that was broken: how often, how gravely, and how many reports are meant (a finding that names none counts as one)."""

    rule: str
    severity: Severity
    grade: Grade
    times: int
    reports: int


#: By the findings of which severity a report stands so.
GRADES = {State.FAILED: Grade.ERROR, State.VERIFY: Grade.WARNING}


def times(standing: Standing, run: Run, files: Mapping[str, FileResult]) -> int | None:
    """How many findings make a unit stand as it does; None where its state comes from none. `files`: the run's, by path."""
    grade = GRADES.get(standing.state)
    return None if grade is None else sum(finding.grade is grade for finding in _findings_of(standing, run, files))


def late(standing: Standing, run: Run, files: Mapping[str, FileResult]) -> bool:
    """Whether a report that stands otherwise was published too late besides."""
    return standing.state in GRADES and any(finding.grade is Grade.LATE for finding in _findings_of(standing, run, files))


def _findings_of(standing: Standing, run: Run, files: Mapping[str, FileResult]) -> tuple[Finding, ...]:
    file = next((files[path] for path in standing.paths if path in files), None)
    return (*(file.findings if file else ()), *run.of_standing.get((standing.unit, standing.year), ()))


def years(run: Run) -> tuple[int, ...]:
    """The years of the set, in order."""
    return tuple(sorted({standing.year for standing in run.standings}))


def units(run: Run) -> list[UnitRow]:
    """Every unit, the worst first, then in the roster's order."""
    standings: dict[str, dict[int, Standing]] = {}
    kinds: dict[str, str | None] = {}
    for standing in run.standings:
        standings.setdefault(standing.unit, {})[standing.year] = standing
        kinds.setdefault(standing.unit, standing.kind)
    rows = [UnitRow(unit=unit, kind=kinds[unit], standings=by_year) for unit, by_year in standings.items()]
    return sorted(rows, key=lambda row: row.weight)


def kinds(run: Run) -> list[tuple[str | None, Counter[State]]]:
    """Each kind of unit with how many of its reports stand how, the kind with the greatest share of bad ones first."""
    states_by_kind: dict[str | None, Counter[State]] = {}
    for standing in run.standings:
        states_by_kind.setdefault(standing.kind, Counter())[standing.state] += 1
    return sorted(states_by_kind.items(), key=lambda item: (-_bad(item[1]), item[0] or "~"))


def _bad(counts: Counter[State]) -> float:
    return sum(counts[state] for state in (State.MISSING, State.UNREADABLE, State.FAILED)) / counts.total()


def rules(run: Run) -> list[RuleRow]:
    """Every rule that was broken, in reports and over the set, the most frequent first."""
    by_rule: dict[str, list[tuple[Finding, Collection[object]]]] = {}
    paths = {file.path: number for number, file in reversed(list(enumerate(run.files)))}
    for number, file in enumerate(run.files):
        for finding in file.findings:
            by_rule.setdefault(finding.rule, []).append((finding, (number,)))
    for number, finding in enumerate(run.collection, 1):
        by_rule.setdefault(finding.rule, []).append((finding, [paths.get(path, path) for path in finding.paths] or (-number,)))
    rows = [
        RuleRow(
            rule=rule,
            severity=min((finding.severity for finding, _ in occurrences), key=lambda severity: severity.rank),
            grade=min((finding.grade for finding, _ in occurrences), key=lambda grade: grade.rank),
            times=len(occurrences),
            reports=len(set().union(*(named for _, named in occurrences))),
        )
        for rule, occurrences in by_rule.items()
    ]
    return sorted(rows, key=lambda row: (-row.times, row.rule))


def sound(file: FileResult, run: Run) -> bool:
    """Whether --quiet leaves a report out: nothing was found, and no note decides the exit status."""
    return file.status == "clean" and not (file.findings and run.fail_on is Severity.NOTE)

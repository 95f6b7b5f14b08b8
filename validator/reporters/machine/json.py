"""Run → the JSON result, whose shape is `validator/result.schema.json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from validator.messages import say
from validator.model import (
    Answer,
    Basis,
    Change,
    FileResult,
    Finding,
    Language,
    Location,
    Outcome,
    Run,
    Severity,
    Standing,
    State,
    Sum,
    Unshown,
    Value,
    Waived,
)
from validator.reporters import Options, statistics


def render(run: Run, options: Options) -> str:
    """The result as JSON text, with a line break at its end."""
    return json.dumps(result(run, options), ensure_ascii=False, indent=2) + "\n"


def result(run: Run, options: Options) -> dict[str, object]:
    """The result as plain data, keys in the published order."""
    language = options.language
    return {
        "version": 1,
        "tool": {"name": "nianbao", "version": options.version, "rules": run.fingerprint},
        "summary": _summary(run),
        "files": [_file(file, language) for file in run.files],
        "passed_over": [{"path": passed.path, "reason": passed.reason[language]} for passed in run.passed_over],
        "collection": _collection(run, language),
        "broken": [
            {"rule": broken.rule, "message": f"{broken.path}: {broken.message[language]}" if broken.path else broken.message[language]}
            for broken in run.broken
        ],
    }


def _summary(run: Run) -> dict[str, object]:
    findings = [finding for file in run.files for finding in file.findings] + list(run.collection)
    return {
        "files": len(run.files),
        "clean": sum(file.status == "clean" for file in run.files),
        "failed": sum(file.status == "findings" for file in run.files),
        "unreadable": sum(file.status == "unreadable" for file in run.files),
        **{f"{severity.value}s": sum(finding.severity is severity for finding in findings) for severity in Severity},
        "waived": sum(len(file.waived) for file in run.files) + len(run.waived),
        "checked": {answer: sum(file.count(Answer(answer)) for file in run.files) for answer in _ANSWERS},
        **({"unshown": _unshown(run.unshown)} if run.unshown else {}),
    }


def _unshown(omitted: Unshown) -> dict[str, object]:
    return {"since": omitted.since, "files": omitted.files, "failed": omitted.failed, "collection": omitted.collection}


_ANSWERS = ("pass", "fail", "review", "skip", "error")


def _file(file: FileResult, language: Language) -> dict[str, object]:
    return {
        "path": file.path,
        "part": file.part,
        "status": file.status,
        "unit": file.unit,
        "unit_from": file.unit_from,
        "kind": file.kind,
        "level": file.level,
        "year": file.year,
        "year_from": file.year_from,
        "form": file.form,
        "form_due": file.form_due,
        "checked": {answer: file.count(Answer(answer)) for answer in _ANSWERS},
        "skipped": _skipped(file.outcomes, language),
        "findings": [_finding(finding, language) for finding in file.findings],
        "waived": [_waived(waived, language) for waived in file.waived],
    }


def _basis(basis: Basis, language: Language) -> dict[str, str]:
    document, part = basis.cited(language)
    return {"kind": basis.kind, "document": document, "part": part}


def _finding(finding: Finding, language: Language) -> dict[str, object]:
    shown: dict[str, object] = {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "review": finding.review,
        "message": finding.message[language],
        "advice": finding.advice[language],
        "basis": [_basis(basis, language) for basis in finding.basis],
        "location": _location(finding.location),
        "expected": finding.expected,
        "actual": finding.actual,
        "sums": [_sum(failed) for failed in finding.sums],
        "explanations": [[_change(change) for change in changes] for changes in finding.explanations],
        "suspect": _change(finding.suspect) if finding.suspect else None,
    }
    if finding.more:
        shown["more"] = True
    if finding.rows:
        shown["rows"] = list(finding.rows)
    if finding.cells:
        shown["cells"] = [{"table": cell.table, "row": cell.row, "column": cell.column} for cell in finding.cells]
    return shown


def _collection(run: Run, language: Language) -> dict[str, object]:
    """What shows when the reports stand together; the summary of the set where they are one."""
    shown: dict[str, object] = {"findings": [_of_collection(finding, language) for finding in run.collection]}
    if run.waived:
        shown["waived"] = [_waived(waived, language) for waived in run.waived]
    if run.outcomes:
        counts = Counter(outcome.answer for outcome in run.outcomes)
        shown["checked"] = {answer: counts[Answer(answer)] for answer in _ANSWERS}
        shown["skipped"] = _skipped(run.outcomes, language)
    if run.standings:
        shown["standings"] = [_standing(standing) for standing in run.standings]
        shown["by_kind"] = [{"kind": kind, "reports": counts.total(), **_by_state(counts)} for kind, counts in statistics.kinds(run)]
        shown["by_rule"] = [
            {"rule": row.rule, "severity": row.severity.value, "times": row.times, "reports": row.reports} for row in statistics.rules(run)
        ]
    return shown


#: The state of a unit that is late and no more: programs know it by the severity of what was found.
_FOR_PROGRAMS = {State.LATE: State.VERIFY}


def _by_state(counts: Mapping[State, int]) -> dict[str, int]:
    shown = {state.value: 0 for state in State if state not in _FOR_PROGRAMS}
    for state in State:
        shown[_FOR_PROGRAMS.get(state, state).value] += counts[state]
    return shown


def _standing(standing: Standing) -> dict[str, object]:
    return {
        "unit": standing.unit,
        "kind": standing.kind,
        "year": standing.year,
        "state": _FOR_PROGRAMS.get(standing.state, standing.state).value,
        "due": standing.due.isoformat() if standing.due else None,
        "paths": list(standing.paths),
    }


def _skipped(outcomes: Iterable[Outcome], language: Language) -> list[dict[str, str]]:
    return [
        {"rule": outcome.rule, "reason": outcome.reason[language] if outcome.reason else ""}
        for outcome in outcomes
        if outcome.answer is Answer.SKIP
    ]


def _of_collection(finding: Finding, language: Language) -> dict[str, object]:
    shown = _finding(finding, language)
    return {"rule": shown.pop("rule"), "paths": list(finding.paths), "unit": finding.unit, "year": finding.year, **shown}


def _location(place: Location) -> dict[str, object]:
    return {
        "line": place.line,
        "offset": place.offset,
        "length": place.length,
        "excerpt": place.excerpt,
        "heading": place.heading,
        "section": place.section,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "paragraph": place.paragraph,
        "cell": dict(zip(("table", "row", "column"), place.cell, strict=True)) if place.cell else None,
        "page": place.page,
        "box": list(place.box) if place.box else None,
    }


def _sum(failed: Sum) -> dict[str, object]:
    return {
        "rule": failed.rule,
        "row": failed.row,
        "column": failed.column,
        "expected": number(failed.expected),
        "actual": number(failed.actual),
    }


def _change(change: Change) -> dict[str, object]:
    cell = change.cell
    return {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "actual": number(change.actual),
        "expected": number(change.expected),
    }


def _waived(waived: Waived, language: Language) -> dict[str, object]:
    return {
        "rule": waived.finding.rule,
        "reason": say("reporters.in-baseline", language) if waived.baseline else waived.reason,
        "until": waived.until.isoformat() if waived.until else None,
        "message": waived.finding.message[language],
        **({"baseline": True} if waived.baseline else {}),
    }


def number(value: Value | None) -> int | float | None:
    """A figure as a JSON number. Decimals of a report have few digits, which a float gives back as printed."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value

"""Run → SARIF 2.1.0, the log that code scanning services read: rules with their provisions, places, fingerprints, what is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import quote

from validator.base.links import page_link
from validator.engine.fingerprint import NAME
from validator.messages import say
from validator.model import INPUT, FileResult, Language, Rule, Run, Severity
from validator.reporters import Options, finding_text
from validator.reporters.machine.findings import Point, accepted, message, points
from validator.reporters.printable import clean
from validator.reporters.words import basis

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def render(run: Run, options: Options) -> str:
    """One log with one run, the reports' findings in their order."""
    language, all_points = options.language, list(points(run))
    used = sorted({point.finding.rule for point in all_points})
    index = {rule: number for number, rule in enumerate(used)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "nianbao",
                        "version": options.version,
                        "language": _LANGUAGES[language],
                        "rules": [_rule(rule, run.rules.get(rule), language) for rule in used],
                    }
                },
                "language": _LANGUAGES[language],
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(file) for file in run.files],
                "results": [_result(point, index[point.finding.rule], run, language) for point in all_points],
                "invocations": [_invocation(run, all_points, language)],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _artifact(file: FileResult) -> dict[str, object]:
    """A report that was looked at, whatever was found in it."""
    properties = {"unit": clean(file.unit) if file.unit else None, "year": file.year, "part": file.part, "status": file.status}
    return {"location": {"uri": uri(file.path)}, "properties": {key: value for key, value in properties.items() if value is not None}}


def uri(path: str) -> str:
    """A path as an address: relative ones stay so, each character that addresses cannot hold is written as its bytes."""
    text = clean(path).replace("\\", "/").removeprefix("./")
    if PurePath(path).is_absolute():
        return "file://" + quote(text if text.startswith("/") else f"/{text}", safe="/")
    return quote(text, safe="/") or "."


def _rule(name: str, rule: Rule | None, language: Language) -> dict[str, object]:
    if rule is None:
        return {"id": name}
    descriptor: dict[str, object] = {
        "id": name,
        "shortDescription": {"text": rule.title[language]},
        "help": {"text": _help(rule, language)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.category], "basis": basis(language, rule.basis)},
    }
    if why := rule.why.get(language):
        descriptor["fullDescription"] = {"text": why}
    if link := page_link(name, rule.path):
        descriptor["helpUri"] = link
    return descriptor


def _help(rule: Rule, language: Language) -> str:
    """What it demands, why, and on what basis."""
    return "\n".join(filter(None, [rule.title[language], rule.why.get(language, ""), basis(language, rule.basis)]))


def _result(point: Point, rule: int, run: Run, language: Language) -> dict[str, object]:
    finding = point.finding
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": message(point, run, language)},
        "locations": [_location(point, path, language) for path in (finding.paths or (point.path,))],
        "partialFingerprints": {NAME: point.fingerprint},
        "properties": _properties(point),
    }
    if finding.review:
        result["kind"] = "review"
        result["level"] = "none"
    if point.waived is not None:
        why = accepted(point.waived, language)
        result["suppressions"] = [{"kind": "external", "status": "accepted", **({"justification": why} if why else {})}]
    return result


def _location(point: Point, path: str, language: Language) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": uri(path)}}
    location: dict[str, object] = {"physicalLocation": physical}
    if point.line is not None:
        region: dict[str, object] = {"startLine": point.line}
        if point.column is not None and point.end is not None:
            region |= {"startColumn": point.column, "endColumn": point.end}
        if point.finding.location.excerpt:
            region["snippet"] = {"text": clean(point.finding.location.excerpt)}
        physical["region"] = region
    if point.file is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": clean(finding_text.place(point.finding, language))}]
    return location


def _properties(point: Point) -> dict[str, object]:
    finding, file = point.finding, point.file
    unit = finding.unit or (file.unit if file else None)
    values = {
        "unit": clean(unit) if unit else None,
        "year": finding.year or (file.year if file else None),
        "part": file.part if file else None,
        "table": finding.location.table,
        "row": finding.location.row,
        "column": finding.location.column,
        "expected": finding.expected and clean(finding.expected),
        "actual": finding.actual and clean(finding.actual),
        "review": finding.review or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _invocation(run: Run, all_points: Iterable[Point], language: Language) -> dict[str, object]:
    """How the run ended, and what could not be done: never silent, never a finding of the report's."""
    notes = [_notice("error", clean(broken.message[language]), broken.path, broken.rule) for broken in run.broken]
    notes += [
        _notice("error", message(point, run, language), point.path, point.finding.rule)
        for point in all_points
        if point.file is not None and point.file.status == "unreadable" and point.finding.category == INPUT
    ]
    notes += [_notice("error", say("reporters.empty", language, path=path), path) for path in run.empty]
    notes += [_notice("note", passed.reason[language], passed.path) for passed in run.passed_over]
    return {
        "executionSuccessful": run.exit_status != 2,
        "exitCode": run.exit_status,
        "toolExecutionNotifications": notes,
    }


def _notice(level: str, text: str, path: str | None, rule: str = "") -> dict[str, object]:
    notice: dict[str, object] = {"level": level, "message": {"text": clean(text)}}
    if path:
        notice["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}]
    if rule:
        notice["associatedRule"] = {"id": rule}
    return notice

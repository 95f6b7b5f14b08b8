"""Run → the report of code quality that GitLab shows in merge requests: a list of issues."""

from __future__ import annotations

import json

from validator.messages import say
from validator.model import Run, Severity
from validator.reporters import Options
from validator.reporters.machine.findings import SETTINGS, accepted, message, points
from validator.reporters.printable import clean

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(run: Run, options: Options) -> str:
    """The list; what is accepted is there for information, what could not be done is a blocker."""
    language = options.language
    issues: list[dict[str, object]] = []
    for point in points(run):
        text, severity = message(point, run, language), _SEVERITIES[point.finding.severity]
        if point.waived is not None:
            text, severity = f"{say('reporters.waived-one', language, reason=accepted(point.waived, language))}{text}", "info"
        issues.append(_issue(point.finding.rule, text, severity, point.address, point.line or 1, point.fingerprint))
    for number, broken in enumerate(run.broken):
        path = clean(broken.path or SETTINGS)
        issues.append(_issue(broken.rule or "nianbao", clean(broken.message[language]), "blocker", path, 1, f"broken-{number}"))
    for path in run.empty:
        issues.append(
            _issue("nianbao", say("reporters.empty", language, path=clean(path)), "blocker", clean(path), 1, f"empty-{clean(path)}")
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(rule: str, text: str, severity: str, path: str, line: int, fingerprint: str) -> dict[str, object]:
    return {
        "description": text,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }

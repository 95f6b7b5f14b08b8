"""Run → GitLab's code quality report: a JSON list, one object a finding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from validator.fingerprint import numbered
from validator.model import Finding, Language, Run, Severity
from validator.places import hidden
from validator.reporters import Options
from validator.reporters.clean import clean
from validator.reporters.telling import place
from validator.reporters.words import say

#: GitLab's words for how grave a finding is.
_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(run: Run, options: Options) -> str:
    """Every finding in the run's order, those of the set after the reports'."""
    return json.dumps(list(_issues(run, options.language)), ensure_ascii=False, indent=2) + "\n"


def _issues(run: Run, language: Language) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    for path, finding, mark in _found(run):
        seen[mark] = seen.get(mark, 0) + 1
        unique = mark if seen[mark] == 1 else f"{mark}/{seen[mark]}"  # GitLab drops all but one of the same fingerprint
        yield _issue(path, finding, unique, language)


def _found(run: Run) -> Iterator[tuple[str, Finding, str]]:
    for file in run.files:
        yield from ((file.path, *pair) for pair in zip(file.findings, numbered(file.findings, file), strict=True))
    for finding, mark in zip(run.collection, numbered(run.collection), strict=True):
        yield (finding.paths[0] if finding.paths else "nianbao.yaml"), finding, mark


def _issue(path: str, finding: Finding, mark: str, language: Language) -> dict[str, Any]:
    told = say(language, "semicolon").join(filter(None, [finding.message[language], finding.advice[language]]))
    said = place(finding, language) + say(language, "colon") + told
    return {
        "description": clean(hidden(said)),
        "check_name": finding.rule,
        "fingerprint": mark,
        "severity": _SEVERITY[finding.severity],
        "location": {"path": clean(path), "lines": {"begin": finding.location.line or 1}},
    }

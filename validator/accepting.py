"""What a county accepts: severities and rules by path, waivers, the baseline. What is hidden stays counted and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from validator.model import Config, FileResult, Finding, Run, Severity


def amended(run: Run, config: Config | None) -> Run:
    """The run as the county's nianbao.yaml has it."""
    if config is None:
        return run
    return replace(
        run,
        files=tuple(_file(file, config) for file in run.files),
        collection=tuple(_graded(finding, config.severity) for finding in run.collection),
    )


def _file(file: FileResult, config: Config) -> FileResult:
    return replace(file, findings=tuple(_graded(finding, config.severity) for finding in file.findings))


def _graded(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    """The finding with the severity that the county gives its rule, else its category. What a person must look at stays a note."""
    severity = severities.get(finding.rule) or severities.get(finding.category)
    return finding if severity is None or finding.review else replace(finding, severity=severity)

"""`paths` of nianbao.yaml: rules left out and severities changed for the reports that a pattern matches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from validator.county.acceptance.path_patterns import matches
from validator.county.config import relative
from validator.county.finding_steps import graded
from validator.engine.selection import named
from validator.model import Config, FileResult, Finding, PathSettings, Run


def by_path(run: Run, config: Config, only: Collection[str] = ()) -> Run:
    """The run with each report's own settings. A finding about several reports follows a pattern that matches them all.

    `only`: rules that are off but where an entry gives them a severity; elsewhere they are left out.
    """
    files = tuple(_file(file, _of((file.path,), config), only) for file in run.files)
    together = ((finding, _of(finding.paths, config)) for finding in run.collection)
    remaining = (_graded(finding, entries) for finding, entries in together if not _ignored(finding, _names(entries, only)))
    return replace(run, files=files, collection=tuple(remaining))


def _of(paths: Collection[str], config: Config) -> list[PathSettings]:
    """The entries for these reports, in the file's order."""
    inner = [relative(config, path) for path in paths]
    return [entry for entry in config.paths if inner and all(matches(entry.path, path) for path in inner)]


def _names(entries: Collection[PathSettings], only: Collection[str]) -> frozenset[str]:
    """What is left out: what the entries ignore, and of `only` what none of them gives a severity."""
    given_severity = {name for entry in entries for name in entry.severity}
    return frozenset(name for entry in entries for name in entry.ignore) | (frozenset(only) - given_severity)


def _file(file: FileResult, entries: list[PathSettings], only: Collection[str]) -> FileResult:
    names = _names(entries, only)
    if not entries and not names:
        return file
    findings = tuple(_graded(finding, entries) for finding in file.findings if not _ignored(finding, names))
    with_findings = {finding.rule for finding in findings} | {failed.rule for finding in findings for failed in finding.sums}
    outcomes = tuple(outcome for outcome in file.outcomes if outcome.rule in with_findings or not named(outcome.rule, names))
    return replace(file, findings=findings, outcomes=outcomes)


def _ignored(finding: Finding, names: frozenset[str]) -> bool:
    """Whether a finding is left out: sums that fail for one reason are, where all of them are. What was not read never is."""
    return not finding.unread and all(named(rule, names) for rule in [failed.rule for failed in finding.sums] or [finding.rule])


def _graded(finding: Finding, entries: Collection[PathSettings]) -> Finding:
    """The finding with the severity of the last entry that names its rule, else its category."""
    return graded(finding, {name: severity for entry in entries for name, severity in entry.severity.items()})

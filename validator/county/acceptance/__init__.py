"""What a county accepts: severities and rules by path, waivers, the baseline. What is hidden stays counted and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from validator.county.acceptance.evaluation_scope import Baseline, Entry, Terms
from validator.model import Acceptance, Config, FileResult, Finding, Run, Severity, WaiverUse

__all__ = ["Baseline", "Entry", "Terms", "amended"]


def amended(run: Run, config: Config | None, terms: Terms) -> Run:
    """The run as the county has it, with what is wrong with its waivers and its baseline among the set's findings."""
    run, uses = _configured(run, config, terms) if config else (run, ())
    acceptance = Acceptance(path=config.path if config else None, waivers=uses)
    if terms.baseline is not None:
        from validator.county.acceptance.baseline import gone, set_aside, stale

        run, left = set_aside(run, terms.baseline)
        entries = gone(terms.baseline, left, run, terms)
        acceptance = replace(acceptance, baseline=terms.baseline.path, stale=stale(entries))
    return _judged(run, config, terms, acceptance) if uses or terms.baseline is not None else run


def _configured(run: Run, config: Config, terms: Terms) -> tuple[Run, tuple[WaiverUse, ...]]:
    """Severities, settings by path, waivers."""
    run = replace(
        run,
        files=tuple(_file(file, config) for file in run.files),
        collection=tuple(_graded(finding, config.severity) for finding in run.collection),
    )
    if config.paths:
        from validator.county.acceptance.by_path import by_path

        run = by_path(run, config)
    if not config.waivers:
        return run, ()
    from validator.county.acceptance.waivers import waived

    return waived(run, config, terms)


def _judged(run: Run, config: Config | None, terms: Terms, acceptance: Acceptance) -> Run:
    """The run with what the rules over waivers and baseline find."""
    from validator.engine.run import run_set

    found = run_set(acceptance, terms.rules, terms.reporting)
    own = tuple(_graded(finding, config.severity if config else {}) for finding in found.findings)
    rules = {rule.id: rule for rule in terms.rules if rule.scope == "config"} | dict(run.rules)
    return replace(
        run,
        collection=(*run.collection, *own),
        outcomes=(*run.outcomes, *found.outcomes),
        broken=(*run.broken, *found.broken),
        rules=rules,
    )


def _file(file: FileResult, config: Config) -> FileResult:
    return replace(file, findings=tuple(_graded(finding, config.severity) for finding in file.findings))


def _graded(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    """The finding with the severity that the county gives its rule, else its category. What a person must look at stays a note."""
    severity = severities.get(finding.rule) or severities.get(finding.category)
    return finding if severity is None or finding.review else replace(finding, severity=severity)

"""What is done to findings once all reports were judged: one list of steps, each with what the one before it left.

A report's findings come from the engine in the order of their places, those of the set by weight (`engine/findings.py`); only `order`
changes that. What a step hides stays counted and listed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.base.records import record
from validator.county.config import NAME
from validator.county.set import with_states
from validator.engine.findings import by_place
from validator.model import Acceptance, Basis, Config, FileResult, Finding, Run, Severity

if TYPE_CHECKING:
    from validator.county.acceptance import Terms


@record
class StepOptions:
    """What the steps go by. `terms`: what the run could see, where there is a nianbao.yaml or a baseline.

    `narrowed`: leaves the reports that changed, where only those are asked for. `by_path`: rules that are off and for which `paths` alone
    asks.
    """

    config: Config | None = None
    terms: Terms | None = None
    narrowed: Callable[[Run], Run] | None = None
    by_path: frozenset[str] = frozenset()


@record
class StepState:
    """A run between two steps. `accepted`: what waivers did, and entries of the baseline that no longer occur."""

    run: Run
    accepted: Acceptance = Acceptance()


Step = Callable[[StepState, StepOptions], StepState]


def apply_steps(run: Run, options: StepOptions) -> Run:
    """The run after all steps."""
    state = StepState(run=run, accepted=Acceptance(path=options.config.path if options.config else None))
    for step in STEPS.values():
        state = step(state, options)
    return state.run


def graded(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    """The finding with the severity given to its rule, else to its category. What a person must look at stays a note.

    Where the rule itself is named, what was this tool's advice is what the county asks for.
    """
    if named_one := severities.get(finding.rule):
        finding = replace(finding, basis=tuple(_asked_for(basis) for basis in finding.basis))
    severity = named_one or severities.get(finding.category)
    return finding if severity is None or finding.review else replace(finding, severity=severity)


def _asked_for(basis: Basis) -> Basis:
    return Basis(kind="county", document=NAME, asked=True) if basis.kind == "county" and not basis.asked else basis


def _order(state: StepState, options: StepOptions) -> StepState:
    """What last year's report shows takes its place among what a report itself shows."""

    def file(file_result: FileResult) -> FileResult:
        placed = by_place(file_result.findings)
        return file_result if placed == file_result.findings else replace(file_result, findings=placed)

    return replace(state, run=replace(state.run, files=tuple(map(file, state.run.files))))


def _severities(state: StepState, options: StepOptions) -> StepState:
    """`rules.severity` of nianbao.yaml."""
    if options.config is None or not options.config.severity:
        return state
    severities, run = options.config.severity, state.run

    def file(file_result: FileResult) -> FileResult:
        return replace(file_result, findings=tuple(graded(finding, severities) for finding in file_result.findings))

    collection = tuple(graded(finding, severities) for finding in run.collection)
    return replace(state, run=replace(run, files=tuple(map(file, run.files)), collection=collection))


def _paths(state: StepState, options: StepOptions) -> StepState:
    """`paths` of nianbao.yaml: rules left out and severities for some of the reports."""
    if options.config is None or not options.config.paths:
        return state
    from validator.county.acceptance.by_path import by_path

    return replace(state, run=by_path(state.run, options.config, options.by_path))


def _waivers(state: StepState, options: StepOptions) -> StepState:
    """`waivers` of nianbao.yaml: findings accepted with a reason."""
    if options.config is None or options.terms is None or not options.config.waivers:
        return state
    from validator.county.acceptance.waivers import apply_waivers

    run, uses = apply_waivers(state.run, options.config, options.terms)
    return replace(state, run=run, accepted=replace(state.accepted, waivers=uses))


def _baseline(state: StepState, options: StepOptions) -> StepState:
    """The findings that the county began with."""
    if options.terms is None or options.terms.baseline is None:
        return state
    from validator.county.acceptance.baseline import gone_entries, set_aside, stale_entries

    baseline = options.terms.baseline
    run, unused = set_aside(state.run, baseline)
    entries = gone_entries(baseline, unused, run, options.terms)
    return replace(state, run=run, accepted=replace(state.accepted, baseline=baseline.path, stale=stale_entries(entries)))


def _acceptance(state: StepState, options: StepOptions) -> StepState:
    """What is wrong with waivers and baseline themselves: findings of rules, with the severities that the county gives these."""
    if options.terms is None or not (state.accepted.waivers or state.accepted.baseline is not None):
        return state
    from validator.engine.run import run_set

    run, terms, severities = state.run, options.terms, options.config.severity if options.config else {}
    result = run_set(state.accepted, terms.rules, terms.reporting)
    rules = {rule.id: rule for rule in terms.rules if rule.scope == "config"} | dict(run.rules)
    run = replace(
        run,
        collection=(*run.collection, *(graded(finding, severities) for finding in result.findings)),
        outcomes=(*run.outcomes, *result.outcomes),
        broken=(*run.broken, *result.broken),
        rules=rules,
    )
    return replace(state, run=run)


def _standings(state: StepState, options: StepOptions) -> StepState:
    """How each unit stands, by what is found and not accepted."""
    return replace(state, run=with_states(state.run))


def _changed_since(state: StepState, options: StepOptions) -> StepState:
    """Of the reports those that changed; the others are counted."""
    return state if options.narrowed is None else replace(state, run=options.narrowed(state.run))


#: The steps by name, in the order in which they are taken.
STEPS: Mapping[str, Step] = {
    "order": _order,
    "severities": _severities,
    "paths": _paths,
    "waivers": _waivers,
    "baseline": _baseline,
    "acceptance": _acceptance,
    "standings": _standings,
    "changed-since": _changed_since,
}

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
from validator.county.set import stated
from validator.engine.findings import by_place
from validator.model import Acceptance, Basis, Config, FileResult, Finding, Run, Severity

if TYPE_CHECKING:
    from validator.county.acceptance import Terms


@record
class Asked:
    """What decides over findings. `terms`: what the run could see, where there is a nianbao.yaml or a baseline.

    `narrowed`: leaves the reports that changed, where only those are asked for. `by_path`: rules that are off and for which `paths` alone
    asks.
    """

    config: Config | None = None
    terms: Terms | None = None
    narrowed: Callable[[Run], Run] | None = None
    by_path: frozenset[str] = frozenset()


@record
class Course:
    """A run on its way. `accepted`: what waivers did, and entries of the baseline that no longer occur."""

    run: Run
    accepted: Acceptance = Acceptance()


Step = Callable[[Course, Asked], Course]


def gone_through(run: Run, asked: Asked) -> Run:
    """The run after all steps."""
    course = Course(run=run, accepted=Acceptance(path=asked.config.path if asked.config else None))
    for step in STEPS.values():
        course = step(course, asked)
    return course.run


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


def _order(course: Course, asked: Asked) -> Course:
    """What last year's report shows takes its place among what a report itself shows."""

    def file(found: FileResult) -> FileResult:
        placed = by_place(found.findings)
        return found if placed == found.findings else replace(found, findings=placed)

    return replace(course, run=replace(course.run, files=tuple(map(file, course.run.files))))


def _severities(course: Course, asked: Asked) -> Course:
    """`rules.severity` of nianbao.yaml."""
    if asked.config is None or not asked.config.severity:
        return course
    severities, run = asked.config.severity, course.run

    def file(found: FileResult) -> FileResult:
        return replace(found, findings=tuple(graded(finding, severities) for finding in found.findings))

    collection = tuple(graded(finding, severities) for finding in run.collection)
    return replace(course, run=replace(run, files=tuple(map(file, run.files)), collection=collection))


def _paths(course: Course, asked: Asked) -> Course:
    """`paths` of nianbao.yaml: rules left out and severities for some of the reports."""
    if asked.config is None or not asked.config.paths:
        return course
    from validator.county.acceptance.by_path import by_path

    return replace(course, run=by_path(course.run, asked.config, asked.by_path))


def _waivers(course: Course, asked: Asked) -> Course:
    """`waivers` of nianbao.yaml: findings accepted with a reason."""
    if asked.config is None or asked.terms is None or not asked.config.waivers:
        return course
    from validator.county.acceptance.waivers import waived

    run, uses = waived(course.run, asked.config, asked.terms)
    return replace(course, run=run, accepted=replace(course.accepted, waivers=uses))


def _baseline(course: Course, asked: Asked) -> Course:
    """The findings that the county began with."""
    if asked.terms is None or asked.terms.baseline is None:
        return course
    from validator.county.acceptance.baseline import gone, set_aside, stale

    baseline = asked.terms.baseline
    run, left = set_aside(course.run, baseline)
    entries = gone(baseline, left, run, asked.terms)
    return replace(course, run=run, accepted=replace(course.accepted, baseline=baseline.path, stale=stale(entries)))


def _acceptance(course: Course, asked: Asked) -> Course:
    """What is wrong with waivers and baseline themselves: findings of rules, with the severities that the county gives these."""
    if asked.terms is None or not (course.accepted.waivers or course.accepted.baseline is not None):
        return course
    from validator.engine.run import run_set

    run, terms, severities = course.run, asked.terms, asked.config.severity if asked.config else {}
    found = run_set(course.accepted, terms.rules, terms.reporting)
    rules = {rule.id: rule for rule in terms.rules if rule.scope == "config"} | dict(run.rules)
    run = replace(
        run,
        collection=(*run.collection, *(graded(finding, severities) for finding in found.findings)),
        outcomes=(*run.outcomes, *found.outcomes),
        broken=(*run.broken, *found.broken),
        rules=rules,
    )
    return replace(course, run=run)


def _standings(course: Course, asked: Asked) -> Course:
    """How each unit stands, by what is found and not accepted."""
    return replace(course, run=stated(course.run))


def _changed_since(course: Course, asked: Asked) -> Course:
    """Of the reports those that changed; the others are counted."""
    return course if asked.narrowed is None else replace(course, run=asked.narrowed(course.run))


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

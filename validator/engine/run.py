"""(a report, rules) → findings and answers: in the order of `requires`, one answer a rule; a check that breaks costs one answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from validator.base.records import record
from validator.engine.locations import Places, labels
from validator.engine.messages import render, trouble, unreadable
from validator.engine.requirements import Failed, because, blocked, inapplicable, wholly_blocked
from validator.model import (
    Acceptance,
    Answer,
    Basis,
    Broken,
    Finding,
    Hit,
    Location,
    Outcome,
    ReportSet,
    Rule,
    Severity,
    Skip,
    Subject,
    Text,
)
from validator.text.private_numbers import covered

__all__ = [
    "EngineResult",
    "Selection",
    "chosen",
    "finding_order",
    "in_order",
    "inapplicable",
    "needed",
    "reading",
    "run_rules",
    "run_series",
    "run_set",
    "trouble",
    "unknown_names",
    "unreadable",
]


@record
class EngineResult:
    """What the rules say of one report."""

    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    broken: tuple[Broken, ...]


@record
class Selection:
    """--select and --ignore: rule ids or whole categories. Nothing selected means all."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def __call__(self, rule: Rule) -> bool:
        """Whether the rule reports."""
        names = {rule.id, rule.category}
        return (not self.select or bool(names & self.select)) and not names & self.ignore


def chosen(rules: Iterable[Rule], select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The ids of the rules that --select and --ignore leave.

    Errors of the category input are always among them: a report that was not read must never look clean.
    """
    rules, asked = tuple(rules), Selection(select=frozenset(select), ignore=frozenset(ignore))
    return frozenset(rule.id for rule in rules if asked(rule)) | reading(rules)


def reading(rules: Iterable[Rule]) -> frozenset[str]:
    """The rules that say whether a file could be read."""
    return frozenset(rule.id for rule in rules if rule.category == "input" and rule.severity is Severity.ERROR)


def unknown_names(rules: Iterable[Rule], names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that are neither a rule nor a category of the book."""
    rules = tuple(rules)
    known = {rule.id for rule in rules} | {rule.category for rule in rules}
    return tuple(name for name in names if name not in known)


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, each after those it requires; otherwise as given. A circle is cut where it closes."""
    by_id = {rule.id: rule for rule in rules}
    done: dict[str, Rule] = {}
    open_: set[str] = set()

    def visit(rule: Rule) -> None:
        if rule.id in done or rule.id in open_:
            return
        open_.add(rule.id)
        for name in rule.requires:
            if name in by_id:
                visit(by_id[name])
        done[rule.id] = rule

    for rule in by_id.values():
        visit(rule)
    return tuple(done.values())


def needed(rules: Iterable[Rule], selected: Callable[[Rule], bool]) -> frozenset[str]:
    """The ids of the selected rules and of all they require, directly or not."""
    by_id = {rule.id: rule for rule in rules}
    waiting = [rule.id for rule in by_id.values() if selected(rule)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in by_id and name not in found:
            found.add(name)
            waiting += by_id[name].requires
    return frozenset(found)


def run_rules(subject: Subject, rules: Iterable[Rule], *, selected: Callable[[Rule], bool] | Collection[str] | None = None) -> EngineResult:
    """Judge one report. `selected`: which rules report (ids, or a predicate); what they require runs unreported."""
    rules = _of_reports(rules)
    reports = _predicate(selected)
    wanted = _wanted(rules, selected, reports)
    run = _Run(subject)
    for rule in rules:
        if rule.id in wanted:
            run.judge(rule, reported=reports(rule))
    return EngineResult(findings=tuple(sorted(run.findings, key=finding_order)), outcomes=tuple(run.outcomes), broken=tuple(run.broken))


def run_series(
    subject: Callable[[], Subject], rules: Iterable[Rule], selected: Collection[str], sure: Callable[[Rule], Outcome | None]
) -> EngineResult:
    """Judge a year against the year before. `sure`: the answer that needs no report to be opened; `subject` opens them, once."""
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    broken: list[Broken] = []
    run: _Run | None = None
    for rule in in_order(rule for rule in rules if rule.scope == "series" and rule.id in selected):
        if known := sure(rule):
            outcomes.append(known)
            continue
        run = run or _Run(subject())
        run.judge(rule, reported=True)
    if run is not None:
        findings, broken = run.findings, run.broken
        outcomes += run.outcomes
    return EngineResult(findings=tuple(findings), outcomes=tuple(outcomes), broken=tuple(broken))


def run_set(collection: ReportSet | Acceptance, rules: Iterable[Rule], selected: Collection[str]) -> EngineResult:
    """Judge the whole set, or what the county accepts. A rule that breaks costs one answer; findings stand by weight, then rule, year
    and reports."""
    scope = "county" if isinstance(collection, ReportSet) else "config"
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    broken: list[Broken] = []
    for rule in rules:
        if rule.scope != scope or rule.id not in selected:
            continue
        reason: Text | None = None
        found: list[Finding] = []
        try:
            answers = list(rule.check.run(collection))
            found = [_of_set(rule, hit) for hit in answers if isinstance(hit, Hit)]
            reason = next((skip.reason for skip in answers if isinstance(skip, Skip)), None)
            answer = _answer(found, reason)
        except Exception as error:
            found, answer, reason = [], Answer.ERROR, trouble(error)
            broken.append(Broken(rule=rule.id, message=reason))
        findings += found
        outcomes.append(Outcome(rule=rule.id, answer=answer, reason=reason if answer in (Answer.SKIP, Answer.ERROR) else None))
    order = {rule.id: number for number, rule in enumerate(rules)}
    findings.sort(key=lambda one: (one.severity.rank, order[one.rule], one.year or 0, one.paths, one.unit or "", one.location.line or 0))
    return EngineResult(findings=tuple(findings), outcomes=tuple(outcomes), broken=tuple(broken))


def _of_set(rule: Rule, hit: Hit) -> Finding:
    """A hit about the set as the rule speaks of it."""
    variant = rule.variants.get(hit.variant) if hit.variant else None
    review = hit.review or bool(variant and variant.review)
    severity = hit.severity or (variant and variant.severity) or rule.severity
    line = hit.facts.get("line")  # of nianbao.yaml
    return Finding(
        rule=rule.id,
        severity=Severity.NOTE if review else severity,
        review=review,
        message=_masked(render((variant and variant.message) or rule.message, hit, {})),
        advice=_masked(render((variant and variant.advice) or rule.advice, hit, {})),
        basis=(variant and variant.basis) or rule.basis,
        location=Location(section=hit.spot.section, line=line if isinstance(line, int) else None),
        expected=hit.expected and covered(hit.expected),
        actual=hit.actual and covered(hit.actual),
        cells=hit.cells,
        paths=hit.paths,
        unit=hit.unit,
        year=hit.year,
    )


_LAST: list[tuple[tuple[Rule, ...], tuple[Rule, ...]]] = []  # the book asked last: the same for every report of a run


def _of_reports(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules over one report, in order."""
    given = rules if isinstance(rules, tuple) else tuple(rules)
    if not _LAST or _LAST[0][0] is not given:
        _LAST[:] = [(given, in_order(rule for rule in given if rule.scope == "report"))]
    return _LAST[0][1]


_ASKED: list[tuple[tuple[Rule, ...], object, frozenset[str]]] = []  # the rules needed last, and for which selection


def _wanted(rules: tuple[Rule, ...], selected: object, reports: Callable[[Rule], bool]) -> frozenset[str]:
    """The rules to run; worked out once for a run, whose reports all have the same selection."""
    if not isinstance(selected, frozenset):
        return needed(rules, reports)
    if not _ASKED or _ASKED[0][0] is not rules or _ASKED[0][1] is not selected:
        _ASKED[:] = [(rules, selected, needed(rules, reports))]
    return _ASKED[0][2]


def _predicate(selected: Callable[[Rule], bool] | Collection[str] | None) -> Callable[[Rule], bool]:
    if selected is None:
        return lambda rule: True
    if callable(selected):
        return selected
    names = selected
    return lambda rule: rule.id in names or rule.category in names


def finding_order(finding: Finding) -> tuple[int, int, str, str, str]:
    """Findings stand in order of line, offset, rule; then of the form's keys."""
    place = finding.location
    return place.line or 0, place.offset or 0, finding.rule, place.row or "", place.column or ""


class _Run:
    """The judging of one report."""

    def __init__(self, subject: Subject) -> None:
        self.subject, self.places = subject, Places(subject)
        self.failed: dict[str, dict[str, tuple[Hit, ...]]] = {}  # rule → itself and what it requires, with hits
        self.findings: list[Finding] = []
        self.outcomes: list[Outcome] = []
        self.broken: list[Broken] = []

    def judge(self, rule: Rule, *, reported: bool) -> None:
        """Run one rule, keep its failures for the rules that require it, and report."""
        required: dict[str, tuple[Hit, ...]] = {}
        for name in rule.requires:
            required.update(self.failed.get(name, {}))
        hits: tuple[Hit, ...] = ()
        findings: list[Finding] = []
        try:
            hits, reason = self._ask(rule, required)
            findings = [self._finding(rule, hit) for hit in hits]
            answer = _answer(findings, reason)
        except Exception as error:  # whatever a check does wrong, the other rules are still asked
            hits, findings, answer, reason = (), [], Answer.ERROR, trouble(error)
            if reported:
                self.broken.append(Broken(rule=rule.id, message=reason, path=self.subject.report.document.path))
        own = tuple(hit for hit, finding in zip(hits, findings, strict=True) if not finding.review)
        self.failed[rule.id] = required | ({rule.id: own} if own else {})
        if reported:
            self.findings += findings
            told = reason if answer in (Answer.SKIP, Answer.ERROR) else None
            self.outcomes.append(Outcome(rule=rule.id, answer=answer, reason=told))

    def _ask(self, rule: Rule, required: Failed) -> tuple[tuple[Hit, ...], Text | None]:
        """The rule's hits on this report, and why it could not judge, wholly or in part."""
        if (reason := inapplicable(rule, self.subject)) or (reason := wholly_blocked(rule, required, self.subject)):
            return (), reason
        subject = replace(self.subject, failed=required) if required else self.subject
        hits, why = [], None
        for found in rule.check.run(subject):
            if isinstance(found, Skip):
                why = why or found.reason
            elif cause := blocked(found, required):
                why = why or because(cause)
            else:
                hits.append(found)
        return tuple(hits), why

    def _finding(self, rule: Rule, hit: Hit) -> Finding:
        """The hit as the rule speaks of it."""
        variant = rule.variants.get(hit.variant) if hit.variant else None
        review = hit.review or bool(variant and variant.review)
        severity = hit.severity or (variant and variant.severity) or rule.severity
        facts = labels(self.subject.figures.form, hit, self.places.words(self.places.spot(hit)))
        return Finding(
            rule=rule.id,
            severity=Severity.NOTE if review else severity,
            review=review,
            message=_masked(render((variant and variant.message) or rule.message, hit, facts)),
            advice=_masked(render((variant and variant.advice) or rule.advice, hit, facts)),
            basis=(variant and variant.basis) or _bases(rule, hit.form or self.subject.figures.form.id),
            location=self.places.location(hit),
            place=self.places.text(hit),
            expected=hit.expected and covered(hit.expected),
            actual=hit.actual and covered(hit.actual),
            sums=(replace(hit.sum, rule=rule.id),) if hit.sum else (),
            identities=(replace(hit.identity, rule=rule.id),) if hit.identity else (),
            rows=hit.rows,
            cells=hit.cells,
        )


def _masked(text: Text) -> Text:
    """The sentence in each language, numbers of a person that it quotes masked."""
    return {language: covered(words) for language, words in text.items()}  # type: ignore[return-value]


def _answer(findings: Sequence[Finding], reason: Text | None) -> Answer:
    """The worst of a rule's answers."""
    if any(not finding.review for finding in findings):
        return Answer.FAIL
    if findings:
        return Answer.REVIEW
    return Answer.SKIP if reason else Answer.PASS


def _bases(rule: Rule, form: str) -> tuple[Basis, ...]:
    """The rule's provisions that hold for reports on that form."""
    return tuple(basis for basis in rule.basis if not basis.forms or form in basis.forms)

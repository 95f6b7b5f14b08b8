"""(a subject, the rules of its scope) → findings and answers, one answer a rule; a check that breaks costs one answer.

There is one loop (`_judge`). Its subject is one report (with the report of the year before or without) or the whole set; the subject runs a
rule's check, and makes findings of its hits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from validator.base.records import record
from validator.engine import findings as made
from validator.engine.locations import Places
from validator.engine.messages import trouble
from validator.engine.requirements import Failed, blocked, inapplicable, same_words, wholly_blocked
from validator.engine.selection import Reports, Selected, needed, reporting
from validator.model import Acceptance, Answer, Broken, Finding, Hit, Outcome, ReportSet, Rule, Skip, Subject, Text, Waits

#: A rule's hits, and why it could not judge, wholly or in part (None: it could).
_RuleAnswer = tuple[Sequence[Hit], Skip | None]
_NOTHING: Failed = {}
#: Answers that say why the rule did not judge.
_UNJUDGED = (Answer.SKIP, Answer.ERROR)


@record
class EngineResult:
    """What the rules say of one subject."""

    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    broken: tuple[Broken, ...]


def run_rules(subject: Subject, rules: Iterable[Rule], *, selected: Selected = None) -> EngineResult:
    """Judge one report by its rules, given in order. `selected`: which of them report; what those require runs unreported."""
    reports = reporting(selected)
    wanted = needed([rule for rule in rules if rule.scope == "report"], reports)
    result = _judge(_JudgedReport(subject), wanted, reports)
    return replace(result, findings=made.by_place(result.findings))


def run_series(
    subject: Callable[[], Subject], rules: Iterable[Rule], selected: Collection[str], sure: Callable[[Rule], Outcome | None]
) -> EngineResult:
    """Judge a year against the year before, by rules in order.

    `sure`: the answer that needs no report to be opened; `subject` opens them, once. Those answers come first.
    """
    reports = reporting(selected)
    answers = [(rule, sure(rule)) for rule in rules if rule.scope == "series" and reports(rule)]
    answered = tuple(outcome for _, outcome in answers if outcome is not None)
    open_rules = [rule for rule, outcome in answers if outcome is None]
    if not open_rules:
        return EngineResult(findings=(), outcomes=answered, broken=())
    result = _judge(_JudgedReport(subject()), open_rules, reports)
    return replace(result, outcomes=(*answered, *result.outcomes))


def run_set(collection: ReportSet | Acceptance, rules: Iterable[Rule], selected: Collection[str]) -> EngineResult:
    """Judge the whole set, or what the county accepts. Findings stand by weight."""
    scope = "county" if isinstance(collection, ReportSet) else "config"
    reports = reporting(selected)
    of_scope = [rule for rule in rules if rule.scope == scope and reports(rule)]
    result = _judge(_JudgedSet(collection), of_scope, reports)
    return replace(result, findings=made.by_weight(result.findings, of_scope))


# ------------------------------------------------------------------------------------------------ what is looked at


class _JudgedSubject(Protocol):
    """A subject as the loop sees it."""

    @property
    def path(self) -> str | None:
        """The file it is about; None: several."""

    def ask(self, rule: Rule, required: Failed, yielded_to: Failed) -> _RuleAnswer:
        """What the rule finds. `required`: what failed of the rules that it requires; `yielded_to`: hits of rules it yields to."""

    def finding(self, rule: Rule, hit: Hit) -> Finding:
        """The finding for a hit of the rule."""


class _JudgedReport:
    """One report."""

    def __init__(self, subject: Subject) -> None:
        self._subject, self._places = subject, Places(subject)

    @property
    def path(self) -> str | None:
        """Its file."""
        return self._subject.report.document.path

    def ask(self, rule: Rule, required: Failed, yielded_to: Failed) -> _RuleAnswer:
        """The rule's hits on this report, without those where a required rule failed, or whose words another rule reports."""
        if reason := inapplicable(rule, self._subject):
            return (), Skip(reason=reason)
        if not required and not yielded_to:
            return _collect(rule.check.run(self._subject))
        if cause := wholly_blocked(rule, required):
            return (), Skip(after=cause)
        heard = _collect(rule.check.run(replace(self._subject, failed=required, told=yielded_to)), required)
        return heard if getattr(rule.check, "WEIGHS", False) else _without_yielded(heard, yielded_to)

    def finding(self, rule: Rule, hit: Hit) -> Finding:
        """The hit at its place in the report."""
        return made.of_report(rule, hit, self._places)


class _JudgedSet:
    """All reports, or all that is accepted: nothing that a rule finds there keeps another from judging."""

    path = None

    def __init__(self, collection: ReportSet | Acceptance) -> None:
        self._collection = collection

    def ask(self, rule: Rule, required: Failed, yielded_to: Failed) -> _RuleAnswer:
        """The rule's hits."""
        return _collect(rule.check.run(self._collection))

    def finding(self, rule: Rule, hit: Hit) -> Finding:
        """The finding, with the reports, unit and year it is about."""
        return made.of_set(rule, hit)


def _collect(answers: Iterable[Hit | Skip], required: Failed = _NOTHING) -> _RuleAnswer:
    """The hits of a check, without those where a required rule failed; and the first reason that it gave or that kept one back."""
    hits: list[Hit] = []
    why: Skip | None = None
    for item in answers:
        if isinstance(item, Skip):
            why = why or item
        elif required and (cause := blocked(item, required)):
            why = why or Skip(after=cause)
        else:
            hits.append(item)
    return hits, why


def _without_yielded(answer: _RuleAnswer, yielded_to: Failed) -> _RuleAnswer:
    """What a rule said without its hits at words that rules it yields to have spoken of."""
    hits, why = answer
    remaining: list[Hit] = []
    for hit in hits:
        cause = next((rule for rule, others in yielded_to.items() if any(same_words(hit, other) for other in others)), None)
        if cause is None:
            remaining.append(hit)
        else:
            why = why or Skip(after=cause, told=True)
    return remaining, why


# ------------------------------------------------------------------------------------------------ the loop


def _judge(subject: _JudgedSubject, rules: Iterable[Rule], reports: Reports) -> EngineResult:
    """Every rule asked, in the order given. Those that do not report are asked for the sake of the rules that require them."""
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    broken: list[Broken] = []
    failed: dict[str, Failed] = {}  # rule → itself and what it requires, as far as they failed
    spoken: dict[str, tuple[Hit, ...]] = {}  # rule → its hits, of those that report
    titles: dict[str, Text] = {}
    for rule in rules:
        titles[rule.id] = rule.title
        required = _required(rule, failed)
        try:
            hits, why = subject.ask(rule, required, {name: spoken[name] for name in rule.yields_to if name in spoken})
            rule_findings = [subject.finding(rule, hit) for hit in hits]
            answer = _answer(rule_findings, why)
            after = why.after if why else None
            reason = (titles.get(after) if after else None) or (why.reason if why else None) or None
        except Exception as error:  # whatever a check does wrong, the other rules are still asked
            hits, rule_findings, answer, after, reason = (), [], Answer.ERROR, None, trouble(error)
        failures = tuple(hit for hit, finding in zip(hits, rule_findings, strict=True) if not finding.review)
        if required or failures:
            failed[rule.id] = {**required, rule.id: failures} if failures else required
        if reports(rule):
            findings += rule_findings
            spoken |= {rule.id: tuple(hits)} if hits else {}
            unjudged = answer in _UNJUDGED
            waits: Waits = "" if not (unjudged and after) else "told" if why and why.told else "fault"
            outcomes.append(Outcome(rule=rule.id, answer=answer, reason=reason if unjudged else None, waits=waits))
            if answer is Answer.ERROR and reason is not None:
                broken.append(Broken(rule=rule.id, message=reason, path=subject.path))
    return EngineResult(findings=tuple(findings), outcomes=tuple(outcomes), broken=tuple(broken))


def _required(rule: Rule, failed: Mapping[str, Failed]) -> Failed:
    """What failed of the rules that a rule requires, and of those that they require."""
    hits: dict[str, tuple[Hit, ...]] = {}
    for name in rule.requires if failed else ():
        hits.update(failed.get(name, _NOTHING))
    return hits


def _answer(findings: Sequence[Finding], why: Skip | None) -> Answer:
    """The worst of a rule's answers."""
    if not findings:
        return Answer.SKIP if why else Answer.PASS
    return Answer.REVIEW if all(finding.review for finding in findings) else Answer.FAIL

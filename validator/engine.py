"""(a report, rules) → findings and answers: in the order of `requires`, one answer a rule; a check that breaks costs one answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from validator.model import (
    Answer,
    Book,
    Broken,
    Cell,
    FileResult,
    Finding,
    Hit,
    Location,
    Observation,
    Outcome,
    Rule,
    Severity,
    Skip,
    Subject,
    Text,
    UnreadableError,
)
from validator.places import Places, labels

_BRACES = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")

#: Failures per rule, of the rules that one requires.
Failed = Mapping[str, tuple[Hit, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class EngineResult:
    """What the rules say of one report."""

    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    broken: tuple[Broken, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """--select and --ignore: rule ids or whole categories. Nothing selected means all."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def __call__(self, rule: Rule) -> bool:
        """Whether the rule reports."""
        names = {rule.id, rule.category}
        return (not self.select or bool(names & self.select)) and not names & self.ignore


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


def run_rules(
    subject: Subject, rules: Iterable[Rule], *, selected: Callable[[Rule], bool] | Collection[str] | None = None
) -> EngineResult:
    """Judge one report. `selected`: which rules report (ids, or a predicate); what they require runs unreported."""
    rules = in_order(rule for rule in rules if rule.scope == "report")
    reports = _predicate(selected)
    wanted = needed(rules, reports)
    run = _Run(subject)
    for rule in rules:
        if rule.id in wanted:
            run.judge(rule, reported=reports(rule))
    return EngineResult(
        findings=tuple(sorted(run.findings, key=finding_order)), outcomes=tuple(run.outcomes), broken=tuple(run.broken)
    )


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
        if (reason := inapplicable(rule, self.subject)) or (reason := _wholly_blocked(rule, required, self.subject)):
            return (), reason
        subject = replace(self.subject, failed=required)
        hits, why = [], None
        for found in rule.check.run(subject):
            if isinstance(found, Skip):
                why = why or found.reason
            elif cause := _blocked(found, required):
                why = why or _because(cause)
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
            message=render((variant and variant.message) or rule.message, hit, facts),
            advice=render((variant and variant.advice) or rule.advice, hit, facts),
            basis=tuple(basis for basis in rule.basis if not basis.forms or self.subject.figures.form.id in basis.forms),
            location=self.places.location(hit),
            place=self.places.text(hit),
            expected=hit.expected,
            actual=hit.actual,
            sums=(replace(hit.sum, rule=rule.id),) if hit.sum else (),
            identities=(replace(hit.identity, rule=rule.id),) if hit.identity else (),
            rows=hit.rows,
            cells=hit.cells,
        )


def _answer(findings: Sequence[Finding], reason: Text | None) -> Answer:
    """The worst of a rule's answers."""
    if any(not finding.review for finding in findings):
        return Answer.FAIL
    if findings:
        return Answer.REVIEW
    return Answer.SKIP if reason else Answer.PASS


# ---------------------------------------------------------------------------------------------- what does not apply


def inapplicable(rule: Rule, subject: Subject) -> Text | None:
    """Why the rule does not apply to this report by its form, year or kind of unit; None where it does."""
    form, year, kind = subject.figures.form, subject.report.year, subject.unit.kind
    if rule.forms and form.id not in rule.forms:
        return {"zh": f"不适用于 {form.name['zh']}", "en": f"does not apply to {form.name['en']}"}
    first, last = rule.years
    if year is None and (first is not None or last is not None):
        return {"zh": "看不出报告年度", "en": "the report's year is not known"}
    if year is not None and ((first is not None and year < first) or (last is not None and year > last)):
        return {"zh": f"不适用于 {year} 年度", "en": f"does not apply to {year}"}
    if rule.kinds and kind not in rule.kinds:
        if kind is None:
            return {"zh": "看不出单位类别", "en": "the kind of unit is not known"}
        return {"zh": "不适用于这类单位", "en": f"does not apply to a {kind}"}
    return None


def _because(rule: str) -> Text:
    return {"zh": f"先决条件未满足（{rule}）", "en": f"a rule that it requires failed ({rule})"}


def _marks(hit: Hit) -> tuple[Cell, ...]:
    """The figures a hit stands for."""
    return hit.cells or ((hit.spot.cell,) if hit.spot.cell else ())


def _wholly_blocked(rule: Rule, required: Failed, subject: Subject) -> Text | None:
    """Why the rule cannot judge the report at all, since a required rule failed on all that it looks at."""
    tables, sections = _targets(rule.check, ("table", "tables")), _targets(rule.check, ("section", "sections", "parts"))
    gone_tables: dict[object, str] = {}
    gone_sections: dict[object, str] = {}
    for name, hits in required.items():
        for hit in hits:
            marks = _marks(hit)
            if not marks and hit.spot.section is None:
                return _because(name)
            if not marks:
                gone_sections.setdefault(hit.spot.section, name)
            for mark in marks:
                if mark.row is None and mark.column is None:
                    gone_tables.setdefault(mark.table, name)
    for targets, gone in ((tables, gone_tables), (sections, gone_sections)):
        if targets and all(target in gone for target in targets):
            return _because(gone[targets[0]])
    return None


def _targets(check: object, names: tuple[str, ...]) -> tuple[object, ...]:
    """What a check says in its options that it looks at."""
    for name in names:
        value = getattr(check, name, None)
        if value is not None and value != () and value != "":
            return tuple(value) if isinstance(value, tuple | frozenset) else (value,)
    return ()


def _blocked(hit: Hit, required: Failed) -> str | None:
    """The required rule that failed at the same place as this hit: the same figures, or the same part of the report."""
    own = _marks(hit)
    for name, failures in required.items():
        if any(_same_place(hit, own, failure) for failure in failures):
            return name
    return None


def _same_place(hit: Hit, own: tuple[Cell, ...], failure: Hit) -> bool:
    marks = _marks(failure)
    if own and marks:
        return any(mine.meets(mark) for mine in own for mark in marks)
    a, b = hit.spot, failure.spot
    return not marks and not own and a.section is not None and a.section == b.section


# ---------------------------------------------------------------------------------------------- how a rule speaks


def render(text: Text, hit: Hit, facts: Mapping[str, Text]) -> Text:
    """The rule's sentence with its braces filled from the hit, in each language; KeyError where a fact is missing."""
    return {lang: _fill(sentence, lang, hit, facts) for lang, sentence in text.items()}


def _fill(sentence: str, lang: str, hit: Hit, facts: Mapping[str, Text]) -> str:
    def fact(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return found[0][0]
        if name in hit.facts:
            return spoken(hit.facts[name], lang)
        if name in ("expected", "actual"):
            value = getattr(hit, name)
            if value is None:
                raise KeyError(f"nothing fills {{{name}}}")
            return str(value)
        if name not in facts:
            raise KeyError(f"nothing fills {{{name}}}")
        return facts[name][lang]

    return _BRACES.sub(fact, sentence)


def spoken(value: object, lang: str) -> str:
    """A fact in a sentence: texts in the language, lists with marks between."""
    if isinstance(value, Mapping):
        return str(value[lang])
    if isinstance(value, tuple | list | frozenset):
        items = sorted(value) if isinstance(value, frozenset) else value
        return ("、" if lang == "zh" else ", ").join(spoken(item, lang) for item in items)
    return str(value)


def trouble(error: Exception) -> Text:
    """What a broken rule says: the kind of the error and its words, in one line."""
    if isinstance(error, TimeoutError):
        return {
            "zh": "正则表达式运行超时，规则没有执行，请改写表达式",
            "en": "a regular expression ran out of time, so the rule was not applied: rewrite it",
        }
    words = " ".join(str(error).split())[:200]
    detail = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return {"zh": f"规则出错，没有执行（{detail}）", "en": f"the rule broke and was not applied ({detail})"}


# ---------------------------------------------------------------------------------------------- what cannot be read


def unreadable(book: Book, path: str, error: UnreadableError | str, *, part: int | None = None, **detail: object) -> FileResult:
    """The result of an input that cannot be read: one finding of the rule that speaks for this reason.

    It is made whatever --select and --ignore say, since an unread file must never look like a clean one.
    """
    reason = error if isinstance(error, str) else error.reason
    facts = {**detail, **({} if isinstance(error, str) else error.detail)}
    rule = _speaker(book, reason)
    line = facts.get("line")
    hit = next(iter(rule.check.tell([Observation(code=reason, detail=facts)])))  # type: ignore[attr-defined]
    variant = rule.variants.get(reason)
    finding = Finding(
        rule=rule.id,
        severity=(variant and variant.severity) or rule.severity,
        message=_told(variant and variant.message, rule.message, hit),
        advice=_told(variant and variant.advice, rule.advice, hit),
        basis=rule.basis,
        location=Location(line=line if isinstance(line, int) else None),
        place={"zh": "整个文件", "en": "the whole file"},
    )
    return FileResult(path=path, part=part, findings=(finding,), outcomes=(Outcome(rule=rule.id, answer=Answer.FAIL),))


def _speaker(book: Book, reason: str) -> Rule:
    """The rule that speaks for a reason; without one, the error rule that knows the most reasons."""
    rules = [rule for rule in book.rules if rule.category == "input" and hasattr(rule.check, "tell")]
    named = [rule for rule in rules if reason in rule.check.codes]  # type: ignore[attr-defined]
    return named[0] if named else max((rule for rule in rules if rule.severity is Severity.ERROR), key=lambda rule: len(rule.check.codes))  # type: ignore[attr-defined]


def _told(own: Text | None, general: Text, hit: Hit) -> Text:
    """The sentence for this reason; the general one where the reader gave less than the sentence needs."""
    if own:
        try:
            return render(own, hit, {})
        except KeyError:
            pass
    return render(general, hit, {})

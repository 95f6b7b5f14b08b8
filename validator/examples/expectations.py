"""What an example expects, compared with what its rule found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from validator.base.records import record
from validator.messages import both
from validator.model import Answer, FileResult, Finding, Rule, Text
from validator.rulebook.example_schema import Example

Kind = Literal["pass", "fail"]
#: Keys of `at` and fields of a finding's place that must be equal where the example gives them.
PLACE_FIELDS = ("table", "row", "column", "section", "line")


@record
class ExampleResult:
    """How one example came out."""

    rule: Rule
    kind: Kind
    number: int  # 1-based among its kind
    example: Example
    findings: tuple[Finding, ...] = ()
    answer: Answer | None = None
    missing: bool = False  # what the example expects was not found
    strangers: tuple[Finding, ...] = ()  # what was found and is not expected
    troubles: tuple[Text, ...] = ()  # whatever else is wrong

    @property
    def ok(self) -> bool:
        """Whether it came out as it says."""
        return not (self.missing or self.strangers or self.troubles)


def compare(result: ExampleResult, files: Sequence[FileResult], tolerated: Collection[str]) -> ExampleResult:
    """The result with what these results of its report show. `tolerated`: ids of other rules whose findings do not matter here."""
    rule, example, fails = result.rule, result.example, result.kind == "fail"
    findings = tuple(finding for file in files for finding in file.findings)
    of_rule = [finding for finding in findings if finding.rule == rule.id]
    allowed = {*example.also, *([rule.id] if fails else [])}
    unexpected = [finding for finding in findings if finding.rule not in allowed]
    troubles = [*_errors(files), *(_wrong_count(example, of_rule) if fails else _unjudged(rule, example, of_rule, files))]
    return replace(
        result,
        findings=findings,
        answer=_answer(rule, files),
        missing=fails and not any(_matches(finding, example) for finding in of_rule),
        strangers=tuple(finding for finding in unexpected if finding.rule == rule.id or finding.rule not in tolerated),
        troubles=tuple(troubles),
    )


def _errors(files: Sequence[FileResult]) -> Iterator[Text]:
    """Rules that broke."""
    for file in files:
        for outcome in file.outcomes:
            if outcome.answer is Answer.ERROR and outcome.reason:
                yield both("examples.error", rule=outcome.rule, reason=outcome.reason)


def _answer(rule: Rule, files: Sequence[FileResult]) -> Answer | None:
    """The rule's worst answer."""
    answers = [outcome.answer for file in files for outcome in file.outcomes if outcome.rule == rule.id]
    return min(answers, key=lambda answer: answer.rank, default=None)


def _unjudged(rule: Rule, example: Example, of_rule: Sequence[Finding], files: Sequence[FileResult]) -> Iterator[Text]:
    """That a sound example shows nothing, since the rule never judged it (or did, where it must be skipped)."""
    answer, right = _answer(rule, files), Answer.SKIP if example.skip else Answer.PASS
    if answer is not right and not of_rule:
        reasons = (outcome.reason for file in files for outcome in file.outcomes if outcome.rule == rule.id and outcome.reason)
        why = next(reasons, None)
        bracket = both("marks.bracket", text=why) if why else ""
        yield both("examples.not-judged", wanted=right.value, got=answer and answer.value, why=bracket)


def _wrong_count(example: Example, of_rule: Sequence[Finding]) -> Iterator[Text]:
    """The wrong number of findings."""
    if example.count is not None and len(of_rule) != example.count:
        yield both("examples.wrong-count", wanted=example.count, got=len(of_rule))


def _matches(finding: Finding, example: Example) -> bool:
    """Whether the finding is the one that the example describes."""
    place, at = finding.location, example.at
    if at is not None:
        if any(getattr(at, name) not in (None, getattr(place, name)) for name in PLACE_FIELDS):
            return False
        if at.text is not None and at.text not in (place.excerpt or ""):
            return False
    for name in ("severity", "review", "expected", "actual"):
        if getattr(example, name) is not None and getattr(example, name) != getattr(finding, name):
            return False
    return example.says in finding.message["zh"]

"""Failed examples for people: where each stands, what was expected (-) and what was found (+)."""

from __future__ import annotations

from collections.abc import Sequence

from validator.examples.expectations import PLACE_FIELDS, ExampleResult
from validator.messages import say
from validator.model import Finding, Language, Rule
from validator.rulebook.example_schema import Example


def summary(results: Sequence[ExampleResult], lang: Language = "zh") -> str:
    """The failed examples, then the count: what `nianbao rules test` prints."""
    failed = [result for result in results if not result.ok]
    rules = len({result.rule.id for result in results})
    last = say("examples.counted", lang, rules=rules, count=len(results), right=len(results) - len(failed), wrong=len(failed))
    return "\n".join([*(difference(result, lang) + "\n" for result in failed), last])


def difference(result: ExampleResult, lang: Language = "zh") -> str:
    """A failed example in several lines: its place, then expected (-) against found (+)."""
    kind, nothing = say(f"examples.kind.{result.kind}", lang), say("examples.nothing-found", lang)
    lines = [f"{result.rule.path}:{result.example.line}: {result.rule.id}, {kind} {result.number}"]
    if result.missing:
        lines.append(f"  - {_expected(result.rule, result.example, lang)}")
    if result.missing and not result.findings:
        lines.append(f"  + {nothing}")
    if result.strangers and result.kind == "pass":
        lines.append(f"  - {nothing}")
    for finding in result.findings:
        mark = "+" if finding in result.strangers or (result.missing and finding.rule == result.rule.id) else " "
        lines.append(f"  {mark} {_found(finding, lang)}")
    return "\n".join([*lines, *(f"  ! {text[lang]}" for text in result.troubles)])


def _expected(rule: Rule, example: Example, lang: Language) -> str:
    """What the example expects, in one line."""
    parts: list[str] = [rule.id]
    if example.severity:
        parts.append(example.severity.value)
    if example.review is not None:
        parts.append(f"review={str(example.review).lower()}")
    parts += _values(example.at, PLACE_FIELDS)
    if example.at and example.at.text:
        parts.append(f"“{example.at.text}”")
    parts += _values(example, ("expected", "actual"))
    if example.says:
        parts.append(say("examples.says", lang, words=example.says))
    return " ".join(parts)


def _found(finding: Finding, lang: Language) -> str:
    """What was found, in one line."""
    parts = [finding.rule, finding.severity.value, *(["review=true"] if finding.review else [])]
    parts += _values(finding.location, PLACE_FIELDS)
    if finding.location.excerpt:
        parts.append(f"“{finding.location.excerpt[:20]}”")
    parts += _values(finding, ("expected", "actual"))
    return f"{' '.join(parts)}: {finding.message[lang]}"


def _values(holder: object, names: Sequence[str]) -> list[str]:
    """The fields of these names that are given, as name=value."""
    return [f"{name}={value}" for name in names if (value := getattr(holder, name, None)) is not None]

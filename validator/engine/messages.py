"""How a rule speaks: its sentences filled with what was found, and what is said of a file that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from validator.base.regex_cache import expression
from validator.messages import both, say
from validator.model import (
    Answer,
    Book,
    FileResult,
    Finding,
    Hit,
    Location,
    Observation,
    Outcome,
    Rule,
    Severity,
    Text,
    UnreadableError,
)

_BRACES = expression(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")


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
        return say("marks.and", lang).join(spoken(item, lang) for item in items)
    return str(value)


def trouble(error: Exception) -> Text:
    """What a broken rule says: the kind of the error and its words, in one line."""
    if isinstance(error, TimeoutError):
        return both("engine.out-of-time")
    words = " ".join(str(error).split())[:200]
    detail = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return both("engine.rule-broke", detail=detail)


def unreadable(
    book: Book, path: str, error: UnreadableError | str, *, part: int | None = None, detail: Mapping[str, object] | None = None
) -> FileResult:
    """The result of an input that cannot be read: one finding of the rule that speaks for this reason.

    It is made whatever --select and --ignore say, since an unread file must never look like a clean one.
    """
    reason = error if isinstance(error, str) else error.reason
    facts = {**(detail or {}), **({} if isinstance(error, str) else error.detail)}
    rule = _speaker(book, reason)
    line = facts.get("line")
    hit = next(iter(rule.check.tell([Observation(code=reason, detail=facts)])))  # type: ignore[attr-defined]
    variant = rule.variants.get(reason)
    finding = Finding(
        rule=rule.id,
        severity=(variant and variant.severity) or rule.severity,
        message=_told(variant.message if variant else None, rule.message, hit),
        advice=_told(variant.advice if variant else None, rule.advice, hit),
        basis=rule.basis,
        location=Location(line=line if isinstance(line, int) else None),
        place=both("engine.whole-file"),
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

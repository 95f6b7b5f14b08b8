"""The sentences of a rule, their braces filled with the facts of a hit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from validator.base.regex_cache import expression
from validator.messages import both, say
from validator.model import Hit, Text

_BRACES = expression(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")


def render(text: Text, hit: Hit, facts: Mapping[str, Text]) -> Text:
    """The rule's sentence with its braces filled from the hit, in each language; KeyError where a fact is missing."""
    return {lang: _filled(sentence, lang, hit, facts) for lang, sentence in text.items()}


def _filled(sentence: str, lang: str, hit: Hit, facts: Mapping[str, Text]) -> str:
    def fact(match: re.Match[str]) -> str:
        return match[0][0] if match[1] is None else _fact(match[1], lang, hit, facts)

    return _BRACES.sub(fact, sentence)


def _fact(name: str, lang: str, hit: Hit, facts: Mapping[str, Text]) -> str:
    """What fills one pair of braces: the check's own fact, else a value of the hit, else a label of the form."""
    if name in hit.facts:
        return spoken(hit.facts[name], lang)
    value = {"expected": hit.expected, "actual": hit.actual}.get(name)
    if value is not None:
        return value
    if name in facts:
        return facts[name][lang]
    raise KeyError(f"nothing fills {{{name}}}")


def spoken(value: object, lang: str) -> str:
    """A fact in a sentence: texts in the language, lists with marks between."""
    if isinstance(value, Mapping):
        return str(value[lang])
    if isinstance(value, tuple | list | frozenset):
        items = sorted(value) if isinstance(value, frozenset) else value
        return say("marks.and", lang).join(spoken(item, lang) for item in items)
    return str(value)


def trouble(error: Exception) -> Text:
    """Why a rule broke: the class of the error and its words (at most 200 characters), in one line."""
    if isinstance(error, TimeoutError):
        return both("engine.out-of-time")
    words = " ".join(str(error).split())[:200]
    detail = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return both("engine.rule-broke", detail=detail)

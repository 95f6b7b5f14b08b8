"""The sentences' files, read at the first use of each, and the two ways to ask for a sentence. It needs the standard library alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]

Text = Mapping[str, str]  # language → text

HERE = Path(__file__).parent


def say(key: str, language: str, /, **facts: object) -> str:
    """The sentence in one language, its braces filled. Raises KeyError where there is no such key or a fact is missing."""
    return _filled(_sentence(key), language, facts)


def both(key: str, /, **facts: object) -> Text:
    """The sentence in both languages, for what is told later. Raises as `say` does."""
    sentence = _sentence(key)
    return {"zh": _filled(sentence, "zh", facts), "en": _filled(sentence, "en", facts)}


def enumerated(items: Iterable[object], mark: str = "marks.and") -> Text:
    """Several facts as one, with the mark of that key between them: 甲、乙 and a, b."""
    every = list(items)
    return {language: say(mark, language).join(str(_of(item, language)) for item in every) for language in ("zh", "en")}


@cache
def catalogue(name: str) -> dict[str, Text]:
    """All sentences of one file: name → language → sentence with its braces."""
    sentences: dict[str, Text] = json.loads((HERE / f"{name}.json").read_bytes())
    return sentences


@cache
def _sentence(key: str) -> Text:
    name, _, rest = key.partition(".")
    return catalogue(name)[rest]


def _filled(sentence: Text, language: str, facts: Mapping[str, object]) -> str:
    return sentence[language].format(**{name: _of(fact, language) for name, fact in facts.items()})


def _of(fact: object, language: str) -> object:
    """The fact in that language, where it is in both."""
    return fact[language] if isinstance(fact, Mapping) else fact

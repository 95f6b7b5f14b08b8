"""Expressions of a table: put together from its words, and compiled when one of their hint words is first met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from validator.base.regex_cache import expression

Source = str | Sequence[str]


def compiled(source: Source, words: Mapping[str, str]) -> re.Pattern[str]:
    """One expression; <name> stands for a word of `words`, several are alternatives."""
    text = source if isinstance(source, str) else "|".join(f"(?:{piece})" for piece in source)
    for _ in range(2):  # words may be made of words
        for name, word in words.items():
            text = text.replace(f"<{name}>", f"(?:{word})")
    return expression(text)


class HintedPattern:
    """One expression, looked for where one of its hints stands (everywhere without hints), and not where `unless` is found too."""

    def __init__(self, words: Mapping[str, str], says: Source, hint: str = "", unless: Source = "") -> None:
        self._words, self._says, self._unless = words, says, unless
        self._hints = tuple(hint.split())

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        if not self._hinted(text):
            return None
        match = self._pattern.search(text)
        return None if match and self._unless and self._excludes.search(text) else match

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Every match, whatever else is found."""
        return self._pattern.finditer(text) if self._hinted(text) else ()

    def _hinted(self, text: str) -> bool:
        for hint in self._hints:  # asked for each kind of fact and figure: `any` would take twice as long
            if hint in text:
                return True
        return not self._hints

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return compiled(self._says, self._words)

    @cached_property
    def _excludes(self) -> re.Pattern[str]:
        return compiled(self._unless, self._words)

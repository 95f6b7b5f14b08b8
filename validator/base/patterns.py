"""Regular expressions of tables of facts, compiled when first used."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property

from validator.base.records import positional_record
from validator.base.regex_cache import expression


@positional_record
class TablePattern:
    """A regular expression of a table of facts; a list of texts in the table is one expression with alternatives.

    It runs without a time limit, since those of packs are tried when the pack is loaded and the built-in ones by the tests.
    """

    source: str

    FLAGS = 0  # of the `re` module

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself. Raises `re.error`."""
        made = expression(self.source, self.FLAGS)
        self.__dict__.update(search=made.search, match=made.match, fullmatch=made.fullmatch, sub=made.sub)  # asked directly from now on
        return made

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in text[start:end]; what stands before `start` may still be looked back at."""
        return self.compiled.search(text, start, end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match that begins at `start`."""
        return self.compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, from left to right."""
        return self.compiled.finditer(text)

    def sub(self, new: str, text: str) -> str:
        """The text with every match replaced."""
        return self.compiled.sub(new, text)


class AnyCase(TablePattern):
    """One to which large and small Latin letters are the same."""

    FLAGS = int(re.IGNORECASE)

"""Words that are never counted as copied: those of rules/tables/copying.yaml and of the forms, as expressions that remove them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from validator.base.records import record
from validator.base.regex_cache import expression, passing
from validator.model import Form
from validator.model.fact_tables import CopyingFacts
from validator.text.numerals import NUMERAL

#: Labels of a table shorter than this are words of everyday (总计, 自然人) and are not set aside.
_LABEL = 8


class _Letters(dict[int, str | None]):
    """For `str.translate`: keeps ideographs and Latin letters (small), drops all else and what numerals are made of."""

    def __missing__(self, code: int) -> str | None:
        char = normalize("NFKC", chr(code)).lower()
        keep = len(char) == 1 and ("a" <= char <= "z" or "\u3400" <= char <= "\u9fff") and char not in NUMERAL
        self[code] = letter = char if keep else None
        return letter


_LETTERS = _Letters()


def letters(text: str) -> str:
    """The words of a text alone: no spaces, punctuation, digits or numerals."""
    return text.translate(_LETTERS)


@record
class Words:
    """What is set aside from every report."""

    phrases: re.Pattern[str]  # over letters
    sentences: re.Pattern[str]


def words_of(table: CopyingFacts, form: Form) -> Words:
    """The words of the table and of the form, compiled once."""
    return _words(table, _form_words(form))


def _form_words(form: Form) -> tuple[str, ...]:
    """What the form prints: headings and the long labels of its tables."""
    headings = [heading for section in form.sections for heading in (section.heading, *section.long)]
    labels = [label for table in form.tables for row in table.rows for label in (row.label, row.band or "")]
    return (*headings, *(label for label in labels if len(letters(label)) >= _LABEL))


@lru_cache(maxsize=16)
def _words(table: CopyingFacts, printed: tuple[str, ...]) -> Words:
    return Words(
        phrases=expression("|".join([*_longest_first(table.phrases + printed), table.own.source])),
        sentences=expression("|".join(f"(?:{pattern.source})" for pattern in table.sentences)),
    )


def _longest_first(phrases: Iterable[str]) -> list[str]:
    """The phrases as expressions over letters, so that the longest that fits is taken."""
    return sorted({re.escape(letters(phrase)) for phrase in phrases}, key=lambda form: (-len(form), form))


@lru_cache(maxsize=4096)
def names_of(*names: str | None) -> re.Pattern[str] | None:
    """An expression for names of units and places in their forms; None where there is no name. Not kept: it depends on the report."""
    plain = {letters(name) for name in names if name}
    forms = sorted({form for form in plain if len(form) > 1}, key=lambda form: (-len(form), form))
    return passing("|".join(map(re.escape, forms))) if forms else None

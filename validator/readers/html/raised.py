"""Raised and lowered type: when it is a mark beside a word or figure, when a part of a measure, and when simply words."""

from __future__ import annotations

import re
from itertools import islice

from validator.base.regex_cache import expression
from validator.readers.html.source import Element

_LONGEST = 8  # characters of a mark; what is longer is a sentence that somebody moved up
_WORDS = expression("[\u3400-\u9fff]{3}")
_NOTE = expression(r"(?:^|/)[^#]*#_?(?:ftn|edn|fn|footnote|endnote|note|cite|sdfootnote|zhu|zhushi)[\w:.-]*$", re.IGNORECASE)
_SMALL = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def is_mark(text: str) -> bool:
    """Whether raised type is a mark: a note's number, ①, *, 注; no words."""
    return len(text) <= _LONGEST and not _WORDS.search(text)


def power(before: str, text: str) -> str:
    """The power of a measure, as it is printed: m² for m and a raised 2; '' where it is none. `before`: the character before it."""
    return text.translate(_SMALL) if before.isascii() and before.isalpha() and text in ("2", "3", "-1", "-2", "-3") else ""


def is_note_link(element: Element, before: str, in_cell: bool) -> bool:
    """Whether a link leads to a note, so that its number is a mark; of numbers in cells alone, and behind a figure or word."""
    href = (element.get("href") or "")[:300]
    if not in_cell or "#" not in href or not (_NOTE.match(href) or "mso-footnote" in (element.get("style") or "")):
        return False
    return bool(before) and not before.isspace() and len("".join(islice(element.itertext(), 20)).strip()) <= _LONGEST

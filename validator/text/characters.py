"""Characters: full and half width, spaces. One character in, one out, so that places stay true."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from validator.base.records import positional_record
from validator.base.regex_cache import expression

#: Texts whose other forms are remembered: those of two reports. Labels and figures come again in every report, paragraphs in every check.
_REMEMBERED = 2048

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_INVISIBLE_RANGES = (
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0xFE00, 0xFE0F), (0xFFF9, 0xFFFB), (0xE0020, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
#: Characters that nobody sees and that take no room: marks for the direction of writing, joiners, soft hyphens, variation selectors.
INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0"
    + "".join(chr(code) for first, last in _INVISIBLE_RANGES for code in range(first, last + 1))
)
#: Characters that carry no meaning in a label. Kept as a set because str.isspace misses the zero-width ones.
SPACES = INVISIBLE | frozenset(
    " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000"
)
_SAME: dict[int, int] = str.maketrans("〈〉［］﹝﹞－—–−‐‑―─", "《》[]〔〕--------")  # brackets and dashes


class _CharacterMap:
    """Some characters by others. Few of a text's are concerned: to find those costs less than `str.translate`, which looks each one up."""

    def __init__(self, table: Mapping[int, int | str | None]) -> None:
        self._to = {chr(code): "" if to is None else to if isinstance(to, str) else chr(to) for code, to in table.items()}
        self._some = expression("[" + "".join(map(re.escape, sorted(self._to))) + "]")

    def __call__(self, text: str) -> str:
        return self._some.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        return self._to[match[0]]


_NARROW = _CharacterMap(_WIDE)
_EVEN = _CharacterMap({**_SAME, **{code: _SAME.get(to, to) for code, to in _WIDE.items()}})
_BARE = _CharacterMap({**dict.fromkeys(map(ord, SPACES)), **{code: None if chr(to) in SPACES else to for code, to in _WIDE.items()}})
_SPACE = expression("[" + "".join(map(re.escape, sorted(SPACES))) + "]")
_UNSEEN = expression("[" + "".join(map(re.escape, sorted(INVISIBLE))) + "]")


def without_invisible(text: str) -> str:
    """The text without the characters that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def narrow(text: str) -> str:
    """Full-width ASCII and spaces to half width, one for one: １２（三） → 12(三)."""
    return text if text.isascii() else _NARROW(text)


@lru_cache(maxsize=_REMEMBERED)
def even(text: str) -> str:
    """`narrow`, and every dash a hyphen, one for one."""
    return text if text.isascii() else _EVEN(text)


@positional_record
class Squeezed:
    """A text without its spaces, with the way back: `text[i]` stood at `places[i]`."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of text[start:end]; of the character at `start` where that is empty."""
        return self.places[start], self.places[max(start, end - 1)] + 1

    def at(self, place: int) -> int | None:
        """Where in `text` the original's character at `place` stands; None for one that was left out."""
        index = bisect_left(self.places, place)
        return index if self.places[index : index + 1] == (place,) else None


@lru_cache(maxsize=_REMEMBERED)
def squeeze(text: str) -> Squeezed:
    """The text in half width without spaces of any kind, and where each character stood."""
    even_width = narrow(text)
    if even_width.isascii() and even_width.isalnum():
        return Squeezed(even_width, tuple(range(len(even_width))))
    if not _SPACE.search(even_width):  # most texts have none
        return Squeezed(even_width, tuple(range(len(even_width))))
    printed = [(char, place) for place, char in enumerate(even_width) if char not in SPACES]
    return Squeezed("".join(char for char, _ in printed), tuple(place for _, place in printed))


@lru_cache(maxsize=_REMEMBERED)
def bare(text: str) -> str:
    """The text in half width without spaces."""
    return text if text.isascii() and text.isalnum() else _BARE(text)  # most cells are a figure


@positional_record
class Pattern:
    """A regular expression of a rule or a form. It is compiled when first used.

    Patterns of the built-in book are ours and tested to be harmless. Others run on an engine with a time limit, since nobody
    has proved that they end: `TimeoutError` is then the rule's trouble.
    """

    source: str
    trusted: bool = True
    seconds: float = 1.0

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        """Of `re`, or of the engine with a time limit, whose matches answer as those of `re` do, though they are of a type of their own."""
        if not self.trusted:
            import regex  # heavier than re; only a county's own rules need it

            engine: Any = regex.compile(self.source)
            timed: re.Pattern[str] = engine
            return timed
        compiled = expression(self.source)
        # from now on these are called without this class between
        self.__dict__.update(search=compiled.search, match=compiled.match, fullmatch=compiled.fullmatch)
        return compiled

    @cached_property
    def _limits(self) -> dict[str, Any]:
        return {} if self.trusted else {"timeout": self.seconds}

    def check(self) -> None:
        """Compile now; raises `re.error` or `regex.error` with the place of the mistake."""
        _ = self._compiled

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match at or after `start`."""
        return self._compiled.search(text, start, **self._limits)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match that begins at `start`."""
        return self._compiled.match(text, start, **self._limits)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self._compiled.fullmatch(text, **self._limits)

    def sub(self, new: str, text: str) -> str:
        """The text with every match replaced."""
        return self._compiled.sub(new, text, **self._limits)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, from left to right."""
        return self._compiled.finditer(text, **self._limits)

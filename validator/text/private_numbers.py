"""Numbers that belong to a person, however they are printed: identity numbers, mobile telephones, bank cards.

Digits may be full width, Chinese, in circles, parted by blanks, dashes, dots, strokes, brackets or the end of a line, stand behind letters
or run together. All places are those of the text given. The time taken grows as the text does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from validator.base.regex_cache import expression
from validator.text.digit_runs import ID_WORDS, MOBILE, NEAR, PHONE_WORDS, UNITS, DigitRun, PrivateNumber
from validator.text.identity_numbers import identity, old_identity
from validator.text.numerals import FORMAL, NOUGHTS, ONES, SPOKEN_ONE, VALUES
from validator.text.plain_digits import drawn_digits, plain_digits

#: What no number runs over: between cells and paragraphs that do not follow each other.
BARRIER = "\t"
_RUN = expression(r"\d(?:[ \n\u200b._/-]{0,4}[\dX])*")
_ENOUGH = expression(r"\d(?:[ \n\u200b._/-]{0,4}[\dX]){10}")
_NUMERALS = NOUGHTS + ONES + FORMAL + SPOKEN_ONE
_IN_WORDS = expression(rf"[{_NUMERALS}](?:[ \n\u200b._/-]{{0,2}}[{_NUMERALS}]){{10,}}(?:[ \n\u200b._/-]{{0,2}}[xX])?")
_HAS_NUMERAL = expression(f"[{_NUMERALS}]")
#: Both kinds of numerals in one number, which no figure has: nothing but what is unseen between them.
_MIXED = expression(rf"(?<![{_NUMERALS}\d])[{_NUMERALS}\d](?:[\u200b.-]?[{_NUMERALS}\d]){{10,}}X?")
_FOLDED = {ord(char): str(VALUES.get(char, 1)) for char in _NUMERALS}
#: Begins at the beginning of a word alone, so that the search does not grow with the square of the text.
_LINK = expression(r"(?:https?:|www\.)[\w./%?&=:#+-]+|(?<![\w.-])[\w.-]+@[\w.-]+")
_OF_A_NAME = expression(r"[A-Za-z0-9._/=&-]")
_ADDRESS = expression(r"@[\w-]+\.[\w.-]+")
_MARKS = r"[ \u200b._/()（）\[\]【】,，、;；:：*＊+＋|｜~～-]{1,4}"
_STRANGE = expression(rf"(?<!\d)(?:(1[3-9]\d){_MARKS}(\d{{4}}){_MARKS}(\d{{4}})|(\d{{6}}){_MARKS}(\d{{8}}){_MARKS}(\d{{3}}[\dX]))(?![\dX])")


def numbers(text: str, figures: Sequence[tuple[int, int]] = ()) -> list[PrivateNumber]:
    """Every such number of the text in order. `figures`: spans of a table's figures, in which no digits make a telephone or a card."""
    plain = plain_digits(text)
    result = _outside_links(_in_digits(plain), text, figures)
    if (drawn := drawn_digits(text)) is not None:
        result = _without_overlaps(result, _outside_links(_in_digits(drawn), text, figures))
    result = _without_overlaps(result, _outside_links(_strangely_parted(plain), text, figures))
    result = _without_overlaps(result, _in_words(plain, _IN_WORDS))
    return _without_overlaps(result, _in_words(plain, _MIXED))


def _in_digits(plain: str) -> Iterator[PrivateNumber]:
    """The numbers in plain digits."""
    if _ENOUGH.search(plain):
        for run in _RUN.finditer(plain):
            if run.end() - run.start() >= 11:
                yield from DigitRun(plain, *run.span()).numbers()


def _outside_links(candidates: Iterable[PrivateNumber], text: str, figures: Sequence[tuple[int, int]]) -> list[PrivateNumber]:
    """Those that are no figure and in no link; a number that is the whole name of a mailbox is no link's."""
    numbers = list(candidates)
    if not numbers:
        return numbers
    inside = _Spans(figures)
    numbers = [number for number in numbers if number.kind == "identity" or not inside.touches(number.start, number.end)]
    links = _Spans([match.span() for match in _LINK.finditer(text)] if "." in text or "/" in text else [])
    return [number for number in numbers if not links.touches(number.start, number.start + 1) or _is_mailbox(number, text)]


def _is_mailbox(number: PrivateNumber, text: str) -> bool:
    """Whether a telephone is the name of a mailbox, with nothing before it."""
    before = text[max(0, number.start - 1) : number.start]
    return number.kind == "mobile" and _ADDRESS.match(text, number.end) is not None and not _OF_A_NAME.match(before)


def _without_overlaps(first: list[PrivateNumber], more: Iterable[PrivateNumber]) -> list[PrivateNumber]:
    """Both in order; of the second those alone that meet none of the first."""
    spans = _Spans([(number.start, number.end) for number in first])
    added = [number for number in more if not spans.touches(number.start, number.end)]
    return sorted((*first, *added), key=lambda number: number.start) if added else first


def _strangely_parted(plain: str) -> Iterator[PrivateNumber]:
    """Numbers in the groups of such a number, behind a word that tells it, parted by marks that no number is printed with."""
    for match in _STRANGE.finditer(plain):
        digits = "".join(part for part in match.groups() if part)
        near = plain[max(0, match.start() - NEAR) : match.start()]
        if len(digits) == 18 and ID_WORDS.search(near) and identity(digits):
            yield PrivateNumber(*match.span(), "identity", digits)
        elif len(digits) == 11 and PHONE_WORDS.search(near) and not UNITS.match(plain, match.end()):
            yield PrivateNumber(*match.span(), "mobile", digits)


def covered(text: str) -> str:
    """The text with the middle of each such number as asterisks, character for character as long; line ends stay."""
    pieces, at = [], 0
    for number in numbers(text) if len(text) > 10 else ():
        if number.sure and number.start >= at:
            pieces += [text[at : number.start], cover(text[number.start : number.end])]
            at = number.end
    return "".join((*pieces, text[at:])) if pieces else text


def cover(words: str) -> str:
    """A number as it may be shown: how it begins, asterisks, and the last two characters."""
    shown = 4 if len(words) == 18 else 3  # of identity numbers the province and its place, as everywhere
    return words[:shown] + "".join("\n" if char == "\n" else "*" for char in words[shown:-2]) + words[-2:]


class _Spans:
    """Spans in order that do not overlap."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans, self._at = spans, 0

    def touches(self, start: int, end: int) -> bool:
        """Whether one of them meets text[start:end]. To be asked from left to right."""
        while self._at < len(self._spans) and self._spans[self._at][1] <= start:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at][0] < end


def _in_words(plain: str, runs: re.Pattern[str]) -> Iterator[PrivateNumber]:
    """Numbers in Chinese numerals."""
    for run in runs.finditer(plain):
        if not _HAS_NUMERAL.search(plain, *run.span()):
            continue
        places = [at for at in range(*run.span()) if plain[at] not in " \n\u200b._/-"]
        digits = "".join(plain[at] for at in places).translate(_FOLDED).upper()
        at, has_identity = 0, False
        while at + 18 <= len(digits):
            if identity(digits[at : at + 18]):
                yield PrivateNumber(places[at], places[at + 17] + 1, "identity", digits[at : at + 18])
                at, has_identity = at + 18, True
            else:
                at += 1
        before = plain[max(0, run.start() - NEAR) : run.start()]
        if not has_identity and len(digits) == 15 and ID_WORDS.search(before) and old_identity(digits):
            yield PrivateNumber(*run.span(), "identity", digits)
        elif not has_identity and MOBILE.fullmatch(digits):
            yield PrivateNumber(*run.span(), "mobile", digits)

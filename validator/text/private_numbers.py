"""Numbers that belong to a person, however they are printed: identity numbers, mobile telephones, bank cards.

Digits may be full width, Chinese, in circles, parted by blanks, dashes, dots, strokes, brackets or the end of a line, stand behind letters
or run together. All places are those of the text given. The time taken grows as the text does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Literal

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.text.characters import INVISIBLE, SPACES
from validator.text.numerals import FORMAL, MYRIAD, MYRIADS, NOUGHTS, ONES, SPOKEN_ONE, VALUES

NumberKind = Literal["identity", "mobile", "card"]

#: What no number runs over: between cells and paragraphs that do not follow each other.
BARRIER = "\t"
_UNSEEN = "\u200b"  # stands for every character that takes no room
_RUN = expression(r"\d(?:[ \n\u200b._/-]{0,4}[\dX])*")
_GAP = expression(r"[^\dX]*[^\dX\u200b][^\dX]*")  # between two groups: what is seen
_ENOUGH = expression(r"\d(?:[ \n\u200b._/-]{0,4}[\dX]){10}")
_NUMERALS = NOUGHTS + ONES + FORMAL + SPOKEN_ONE
_IN_WORDS = expression(rf"[{_NUMERALS}](?:[ \n\u200b._/-]{{0,2}}[{_NUMERALS}]){{10,}}(?:[ \n\u200b._/-]{{0,2}}[xX])?")
_HAS_NUMERAL = expression(f"[{_NUMERALS}]")
#: Both kinds of numerals in one number, which no figure has: nothing but what is unseen between them.
_MIXED = expression(rf"(?<![{_NUMERALS}\d])[{_NUMERALS}\d](?:[\u200b.-]?[{_NUMERALS}\d]){{10,}}X?")
_FOLDED = {ord(char): str(VALUES.get(char, 1)) for char in _NUMERALS}
_LINK = expression(r"(?:https?:|www\.)[\w./%?&=:#+-]+|(?<![\w.-])[\w.-]+@[\w.-]+")  # looked for from each word's beginning alone
_OF_A_NAME = expression(r"[A-Za-z0-9._/=&-]")
_ADDRESS = expression(r"@[\w-]+\.[\w.-]+")
_MARKS = r"[ \u200b._/()（）\[\]【】,，、;；:：*＊+＋|｜~～-]{1,4}"
_STRANGE = expression(rf"(?<!\d)(?:(1[3-9]\d){_MARKS}(\d{{4}}){_MARKS}(\d{{4}})|(\d{{6}}){_MARKS}(\d{{8}}){_MARKS}(\d{{3}}[\dX]))(?![\dX])")
_TIMES = expression(r"(?<=\d{17})[×✕✗](?! ?\d)")
_DASHES, _DOTS = "-‐‑‒–—―−─－﹣", ".．·•・‧∙。"

_PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split())
_MOBILE = expression(r"1[3-9]\d{9}")
_GROUPS = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 7), (3, 3, 5), (4, 3, 4), (5, 6), (6, 5)})
_ID_WORDS = expression(r"身份证|身份号|公民身份|证件")
_PHONE_WORDS = expression(r"手机|电话|联系|致电|(?i:tel|mob|phone)")
_CARD_WORDS = expression(r"卡号|银行卡|储蓄卡|信用卡|社保卡|一卡通")
_ACCOUNT_WORDS = expression(r"[账帐][号户]|开户|存折|银行")
_CODE_WORDS = expression(r"信用代码|机构代码")
_SERIAL_WORDS = expression(r"(?:编|文|案|单|批|索引|流水|序列|受理|证书|许可证|登记)号?(?:为|是)?[:：]?[A-Za-z]{0,4}$|代码[:：]?$|[¥￥$]$")
_AMOUNT_WORDS = expression(r"(?:[量额数金资]|合计|总计)[达为是共约超近逾]{0,2}[:：]?$|[达共约超近逾]$")
_UNITS = expression(rf"\s{{0,2}}(?:[{MYRIAD}{MYRIADS}余多次人条件份个户亩吨千百米元%％‰]|美元|平方|公里)")
_NEAR = 20  # characters before a number in which a word says what it is
_MOST = 8  # groups that one number is printed in; more only where each digit stands alone


@positional_record
class PrivateNumber:
    """One number: where it is printed, its digits without what parts them. `sure`: for cards, that the words or digits tell it."""

    start: int
    end: int
    kind: NumberKind
    value: str
    sure: bool = True


@positional_record
class _Group:
    """Digits that stand together."""

    start: int
    end: int
    digits: str
    places: tuple[int, ...]


def numbers(text: str, figures: Sequence[tuple[int, int]] = ()) -> list[PrivateNumber]:
    """Every such number of the text in order. `figures`: spans of a table's figures, in which no digits make a telephone or a card."""
    plain = _plain(text)
    found = _outside(_in_digits(plain), text, figures)
    if (drawn := _drawn(text)) is not None:
        found = _beside(found, _outside(_in_digits(drawn), text, figures))
    found = _beside(found, _outside(_strangely_parted(plain), text, figures))
    found = _beside(found, _in_words(plain, _IN_WORDS))
    return _beside(found, _in_words(plain, _MIXED))


def _in_digits(plain: str) -> Iterator[PrivateNumber]:
    """The numbers in plain digits."""
    if _ENOUGH.search(plain):
        for run in _RUN.finditer(plain):
            if run.end() - run.start() >= 11:
                yield from _Run(plain, *run.span()).numbers()


def _outside(found: Iterable[PrivateNumber], text: str, figures: Sequence[tuple[int, int]]) -> list[PrivateNumber]:
    """Those that are no figure and in no link; a number that is the whole name of a mailbox is no link's."""
    left = list(found)
    if not left:
        return left
    inside = _Spans(figures)
    left = [one for one in left if one.kind == "identity" or not inside.touches(one.start, one.end)]
    held = _Spans([match.span() for match in _LINK.finditer(text)] if "." in text or "/" in text else [])
    return [one for one in left if not held.touches(one.start, one.start + 1) or _is_mailbox(one, text)]


def _is_mailbox(one: PrivateNumber, text: str) -> bool:
    """Whether a telephone is the name of a mailbox, with nothing before it."""
    before = text[max(0, one.start - 1) : one.start]
    return one.kind == "mobile" and _ADDRESS.match(text, one.end) is not None and not _OF_A_NAME.match(before)


def _beside(found: list[PrivateNumber], more: Iterable[PrivateNumber]) -> list[PrivateNumber]:
    """Both in order; of the second those alone that meet none of the first."""
    held = _Spans([(one.start, one.end) for one in found])
    added = [one for one in more if not held.touches(one.start, one.end)]
    return sorted((*found, *added), key=lambda one: one.start) if added else found


def _strangely_parted(plain: str) -> Iterator[PrivateNumber]:
    """Numbers in the groups of such a number, behind a word that tells it, parted by marks that no number is printed with."""
    for match in _STRANGE.finditer(plain):
        digits = "".join(part for part in match.groups() if part)
        near = plain[max(0, match.start() - _NEAR) : match.start()]
        if len(digits) == 18 and _ID_WORDS.search(near) and identity(digits):
            yield PrivateNumber(*match.span(), "identity", digits)
        elif len(digits) == 11 and _PHONE_WORDS.search(near) and not _UNITS.match(plain, match.end()):
            yield PrivateNumber(*match.span(), "mobile", digits)


def _drawn(text: str) -> str | None:
    """The text with the digits of signs that draw them, in circles, raised or in brackets, and no others; None where they are few."""
    signs = {char: str(unicodedata.digit(char)) for char in set(text) if char > "\x7f" and _is_drawn(char)}
    if not signs or sum(text.count(sign) for sign in signs) < 11:
        return None
    return _plain(text.translate({ord(char): signs.get(char, "#") for char in set(text) if char in signs or char.isdecimal()}))


def _is_drawn(char: str) -> bool:
    return unicodedata.digit(char, None) is not None and unicodedata.decimal(char, None) is None


def covered(text: str) -> str:
    """The text with the middle of each such number as asterisks, character for character as long; line ends stay."""
    pieces, at = [], 0
    for one in numbers(text) if len(text) > 10 else ():
        if one.sure and one.start >= at:
            pieces += [text[at : one.start], cover(text[one.start : one.end])]
            at = one.end
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


def _plain(text: str) -> str:
    """Decimal digits of every script as ASCII; blanks, dashes and dots each as one of their kind. One character in, one out."""
    plain = text.translate({ord(char): _same(char) for char in set(text)})
    return _TIMES.sub("X", plain) if "×" in plain or "✕" in plain or "✗" in plain else plain


@lru_cache(maxsize=4096)
def _same(char: str) -> str:
    value = unicodedata.decimal(char, None)
    if value is not None:
        return str(value)
    if char in _DASHES:
        return "-"
    if char in _DOTS and char != "。":
        return "."
    if char in "xXｘＸⅩⅹХхΧχ":  # the Roman ten, Cyrillic and Greek letters among them
        return "X"
    if char in "\u2028\u2029\r\v\f\x85":
        return "\n"
    if char in INVISIBLE or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return _UNSEEN
    if char in SPACES and char not in "\n\t":
        return " "
    return "/" if char == "／" else char


class _Run:
    """Digits with nothing but blanks and marks between them, as groups."""

    def __init__(self, plain: str, start: int, end: int) -> None:
        self.plain, self.start, self.end = plain, start, end
        self.groups = list(self._groups())
        self.sums = [0, *accumulate(len(group.digits) for group in self.groups)]

    def _groups(self) -> Iterator[_Group]:
        at = self.start
        for gap in _GAP.finditer(self.plain, self.start, self.end):
            yield self._group(at, gap.start())
            at = gap.end()
        yield self._group(at, self.end)

    def _group(self, start: int, end: int) -> _Group:
        if _UNSEEN not in self.plain[start:end]:
            return _Group(start, end, self.plain[start:end], tuple(range(start, end)))
        places = tuple(at for at in range(start, end) if self.plain[at] != _UNSEEN)
        return _Group(start, end, "".join(self.plain[at] for at in places), places)

    def numbers(self) -> Iterator[PrivateNumber]:
        """What can be told in it, from left to right."""
        at, joined = 0, True
        while at < len(self.groups):
            found = self._at(at, joined)
            if found is None:
                at, joined = at + 1, False
                continue
            number, at = found
            joined = True
            yield from number

    def _at(self, first: int, joined: bool) -> tuple[list[PrivateNumber], int] | None:
        """The numbers that begin with that group, and the group behind them."""
        group = self.groups[first]
        if len(group.digits) > 19 and (tiles := _tiles(group.digits)):
            if tiles[0][2] == "mobile" and _SERIAL_WORDS.search(self.plain[max(0, group.start - _NEAR) : group.start]):
                return None
            pieces = [(group.places[a], group.places[b - 1] + 1, kind, group.digits[a:b]) for a, b, kind in tiles]
            return [PrivateNumber(*piece) for piece in pieces], first + 1
        sure = 18 + self.sums[first]
        for last in sorted(self._lasts(first), key=lambda last: (self.sums[last + 1] != sure, -last)):  # the surest first
            if (one := self._number(first, last, joined)) is not None:
                return [one], last + 1
        return None

    def _lasts(self, first: int) -> Iterator[int]:
        """Where a number that begins there may end."""
        alone = first
        while alone < len(self.groups) and alone - first < 20 and len(self.groups[alone].digits) == 1:
            alone += 1
        if alone - first > _MOST:
            yield alone - 1
            return
        size = 0
        for last in range(first, min(first + _MOST, len(self.groups))):
            size += len(self.groups[last].digits)
            if size > 19:
                return
            if size >= 11:
                yield last

    def _number(self, first: int, last: int, joined: bool) -> PrivateNumber | None:
        groups = self.groups[first : last + 1]
        digits = "".join(group.digits for group in groups)
        start, end = groups[0].start, groups[-1].end
        before, after = self.plain[max(0, start - _NEAR) : start].rpartition("\n\n")[2], self.plain[end : end + 4]
        if "\n" in self.plain[start:end] and (self.plain[start:end].count("\n") > 1 or self._only_lines(start, end)):
            return None
        if len(digits) == 18 and identity(digits) and not _no_person(digits, before) and not _goes_on(after, before):
            alone = len(groups) <= _MOST or not self._blanks(groups) or (first == 0 and last == len(self.groups) - 1)
            return PrivateNumber(start, end, "identity", digits) if alone else None
        if len(digits) == 15 and _ID_WORDS.search(before) and old_identity(digits):
            return PrivateNumber(start, end, "identity", digits)
        if 11 <= len(digits) <= 15 and (at := self._mobile(groups, digits, before, after, first, last, joined)) is not None:
            return PrivateNumber(at, end, "mobile", digits[-11:])
        if 16 <= len(digits) <= 19 and digits.isdigit() and self._bounded(first, last, joined):
            return self._card(groups, digits, before)
        return None

    def _only_lines(self, start: int, end: int) -> bool:
        """Whether two lines of nothing but digits would be taken for one number: figures one below the other."""
        line = self.plain[self.plain.rfind("\n", 0, start) + 1 : start]
        tail = self.plain[end : end + 40].partition("\n")[0]
        return not line.strip(" \u200b") and not tail.strip(" \u200b")

    def _blanks(self, groups: Sequence[_Group]) -> bool:
        return any(" " in (gap := self.plain[a.end : b.start]) or "\n" in gap for a, b in pairwise(groups))

    def _bounded(self, first: int, last: int, joined: bool) -> bool:
        """Whether what stands before and behind in the run is another number's: parted by a blank, or one that was found."""
        if not joined and not self._parted(first):
            return False
        if last + 1 == len(self.groups) or self._parted(last + 1):
            return True
        follows = self.groups[last + 1].digits
        return "." not in self._gap(last + 1) and (_MOBILE.match(follows) is not None or len(follows) == 18)

    def _gap(self, group: int) -> str:
        """What stands between that group and the one before it."""
        return self.plain[self.groups[group - 1].end : self.groups[group].start]

    def _parted(self, group: int) -> bool:
        return " " in self._gap(group) or "\n" in self._gap(group)

    def _mobile(self, groups: Sequence[_Group], digits: str, before: str, after: str, first: int, last: int, joined: bool) -> int | None:
        """Where the telephone number in the groups begins; None: they are none."""
        begins, sizes = groups[0].start, [len(group.digits) for group in groups]
        said = _PHONE_WORDS.search(before) is not None
        if len(digits) > 11:  # the country's code, or the nought that is dialled before
            code = next((code for code in ("0086", "086", "86") if digits.startswith(code) and len(digits) == 11 + len(code)), "")
            code = code or ("0" if said and digits[0] == "0" and len(digits) == 12 else "")
            if not code or sizes[0] < len(code):
                return None
            sizes[0] -= len(code)
            begins = groups[0].places[len(code)] if sizes[0] else groups[1].start
            sizes = sizes if sizes[0] else sizes[1:]
            digits = digits[len(code) :]
        if not _MOBILE.fullmatch(digits) or not self._bounded(first, last, joined):
            return None
        whole = said or not self._blanks(groups) or (first == 0 and last == len(self.groups) - 1)
        if not whole or not (tuple(sizes) in _GROUPS or (len(sizes) == 11 and (said or not self._blanks(groups)))):
            return None
        beside = before[-1:]
        if beside in ("_", "=") or _UNITS.match(after):
            return None
        if said:
            return begins
        other = _SERIAL_WORDS.search(before) or _AMOUNT_WORDS.search(before) or after.startswith("号")
        return None if other or (beside.isascii() and beside.isalpha()) else begins

    def _card(self, groups: Sequence[_Group], digits: str, before: str) -> PrivateNumber | None:
        """A card by its check digit, or by the words right before it."""
        from stdnum import luhn  # only where a candidate stands in the text

        sizes = [len(group.digits) for group in groups]
        if len(sizes) > 1 and not (all(size == 4 for size in sizes[:-1]) and sizes[-1] <= 4) and sizes != [6, len(digits) - 6]:
            return None
        if before[-1:].isascii() and before[-1:].isalpha():
            return None
        start, end, said = groups[0].start, groups[-1].end, _CARD_WORDS.search(before) is not None
        if not (said or luhn.is_valid(digits)) or _CODE_WORDS.search(before) or (len(digits) == 18 and identity(digits)):
            return None
        sure = said or _ACCOUNT_WORDS.search(before) is not None or (digits.startswith("62") and not _SERIAL_WORDS.search(before))
        return PrivateNumber(start, end, "card", digits, sure)


def _tiles(digits: str) -> list[tuple[int, int, NumberKind]]:
    """Numbers run together that fill the digits wholly; empty where they do not."""
    found: list[tuple[int, int, NumberKind]] = []
    at = 0
    while at < len(digits):
        if identity(digits[at : at + 18]):
            found.append((at, at + 18, "identity"))
        elif _MOBILE.fullmatch(digits[at : at + 11]):
            found.append((at, at + 11, "mobile"))
        else:
            return []
        at = found[-1][1]
    return found if len(found) > 1 else []


def _in_words(plain: str, runs: re.Pattern[str]) -> Iterator[PrivateNumber]:
    """Numbers in Chinese numerals."""
    for run in runs.finditer(plain):
        if not _HAS_NUMERAL.search(plain, *run.span()):
            continue
        places = [at for at in range(*run.span()) if plain[at] not in " \n\u200b._/-"]
        digits = "".join(plain[at] for at in places).translate(_FOLDED).upper()
        at, found = 0, False
        while at + 18 <= len(digits):
            if identity(digits[at : at + 18]):
                yield PrivateNumber(places[at], places[at + 17] + 1, "identity", digits[at : at + 18])
                at, found = at + 18, True
            else:
                at += 1
        before = plain[max(0, run.start() - _NEAR) : run.start()]
        if not found and len(digits) == 15 and _ID_WORDS.search(before) and old_identity(digits):
            yield PrivateNumber(*run.span(), "identity", digits)
        elif not found and _MOBILE.fullmatch(digits):
            yield PrivateNumber(*run.span(), "mobile", digits)


def _goes_on(after: str, before: str) -> bool:
    """Whether letters behind 18 digits make them part of a longer code, and no word before says otherwise."""
    return after[:1].isascii() and after[:1].isalpha() and _ID_WORDS.search(before) is None


def _no_person(digits: str, before: str) -> bool:
    """Whether the words before 18 digits tell that they are an office's code, or a document's number made of place and day."""
    if _CODE_WORDS.search(before):
        from stdnum.cn import uscc  # only where a candidate stands in the text

        return bool(uscc.is_valid(digits))
    return digits[6:10] >= "2010" and _SERIAL_WORDS.search(before) is not None and not _ID_WORDS.search(before)


def identity(number: str) -> bool:
    """Whether 18 characters are an identity number: a province, a day of birth, and the right check digit."""
    if len(number) != 18 or number[:2] not in _PROVINCES or number[6:8] not in ("18", "19", "20") or not number[:17].isdigit():
        return False
    from stdnum.cn import ric  # only where a candidate stands in the text
    from stdnum.exceptions import ValidationError

    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return bool(ric.calc_check_digit(number) == number[-1])


def old_identity(number: str) -> bool:
    """Whether 15 digits can be an identity number of before 1999: a province and a day of birth; nothing in them proves it."""
    from datetime import date

    if number[:2] not in _PROVINCES or not number.isdigit():
        return False
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return True

"""Digits with nothing but blanks and marks between them, and which of them are the number of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Literal

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.text.identity_numbers import identity, old_identity
from validator.text.numerals import MYRIAD, MYRIADS
from validator.text.plain_digits import UNSEEN

NumberKind = Literal["identity", "mobile", "card"]

_GAP = expression(r"[^\dX]*[^\dX\u200b][^\dX]*")  # between two groups: what is seen
MOBILE = expression(r"1[3-9]\d{9}")
_GROUPS = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 7), (3, 3, 5), (4, 3, 4), (5, 6), (6, 5)})
ID_WORDS = expression(r"身份证|身份号|公民身份|证件")
PHONE_WORDS = expression(r"手机|电话|联系|致电|(?i:tel|mob|phone)")
_CARD_WORDS = expression(r"卡号|银行卡|储蓄卡|信用卡|社保卡|一卡通")
_ACCOUNT_WORDS = expression(r"[账帐][号户]|开户|存折|银行")
_CODE_WORDS = expression(r"信用代码|机构代码")
_SERIAL_WORDS = expression(r"(?:编|文|案|单|批|索引|流水|序列|受理|证书|许可证|登记)号?(?:为|是)?[:：]?[A-Za-z]{0,4}$|代码[:：]?$|[¥￥$]$")
_AMOUNT_WORDS = expression(r"(?:[量额数金资]|合计|总计)[达为是共约超近逾]{0,2}[:：]?$|[达共约超近逾]$")
UNITS = expression(rf"\s{{0,2}}(?:[{MYRIAD}{MYRIADS}余多次人条件份个户亩吨千百米元%％‰]|美元|平方|公里)")
NEAR = 20  # characters before a number in which a word says what it is
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
class _DigitGroup:
    """Digits that stand together."""

    start: int
    end: int
    digits: str
    places: tuple[int, ...]


class DigitRun:
    """Digits with nothing but blanks and marks between them, as groups."""

    def __init__(self, plain: str, start: int, end: int) -> None:
        self.plain, self.start, self.end = plain, start, end
        self.groups = list(self._groups())
        self.sums = [0, *accumulate(len(group.digits) for group in self.groups)]

    def _groups(self) -> Iterator[_DigitGroup]:
        at = self.start
        for gap in _GAP.finditer(self.plain, self.start, self.end):
            yield self._group(at, gap.start())
            at = gap.end()
        yield self._group(at, self.end)

    def _group(self, start: int, end: int) -> _DigitGroup:
        if UNSEEN not in self.plain[start:end]:
            return _DigitGroup(start, end, self.plain[start:end], tuple(range(start, end)))
        places = tuple(at for at in range(start, end) if self.plain[at] != UNSEEN)
        return _DigitGroup(start, end, "".join(self.plain[at] for at in places), places)

    def numbers(self) -> Iterator[PrivateNumber]:
        """The private numbers in it, from left to right."""
        at, joined = 0, True
        while at < len(self.groups):
            result = self._at(at, joined)
            if result is None:
                at, joined = at + 1, False
                continue
            number, at = result
            joined = True
            yield from number

    def _at(self, first: int, joined: bool) -> tuple[list[PrivateNumber], int] | None:
        """The numbers that begin with that group, and the group behind them."""
        group = self.groups[first]
        if len(group.digits) > 19 and (tiles := _tiles(group.digits)):
            if tiles[0][2] == "mobile" and _SERIAL_WORDS.search(self.plain[max(0, group.start - NEAR) : group.start]):
                return None
            pieces = [(group.places[a], group.places[b - 1] + 1, kind, group.digits[a:b]) for a, b, kind in tiles]
            return [PrivateNumber(*piece) for piece in pieces], first + 1
        sure = 18 + self.sums[first]
        for last in sorted(self._lasts(first), key=lambda last: (self.sums[last + 1] != sure, -last)):  # the surest first
            if (number := self._number(first, last, joined)) is not None:
                return [number], last + 1
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
        before, after = self.plain[max(0, start - NEAR) : start].rpartition("\n\n")[2], self.plain[end : end + 4]
        if "\n" in self.plain[start:end] and (self.plain[start:end].count("\n") > 1 or self._only_lines(start, end)):
            return None
        if len(digits) == 18 and identity(digits) and not _no_person(digits, before) and not _goes_on(after, before):
            alone = len(groups) <= _MOST or not self._blanks(groups) or (first == 0 and last == len(self.groups) - 1)
            return PrivateNumber(start, end, "identity", digits) if alone else None
        if len(digits) == 15 and ID_WORDS.search(before) and old_identity(digits):
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

    def _blanks(self, groups: Sequence[_DigitGroup]) -> bool:
        return any(" " in (gap := self.plain[a.end : b.start]) or "\n" in gap for a, b in pairwise(groups))

    def _bounded(self, first: int, last: int, joined: bool) -> bool:
        """Whether what stands before and behind in the run is another number's: parted by a blank, or one that was found."""
        if not joined and not self._parted(first):
            return False
        if last + 1 == len(self.groups) or self._parted(last + 1):
            return True
        follows = self.groups[last + 1].digits
        return "." not in self._gap(last + 1) and (MOBILE.match(follows) is not None or len(follows) == 18)

    def _gap(self, group: int) -> str:
        """What stands between that group and the one before it."""
        return self.plain[self.groups[group - 1].end : self.groups[group].start]

    def _parted(self, group: int) -> bool:
        return " " in self._gap(group) or "\n" in self._gap(group)

    def _mobile(
        self, groups: Sequence[_DigitGroup], digits: str, before: str, after: str, first: int, last: int, joined: bool
    ) -> int | None:
        """Where the telephone number in the groups begins; None: they are none."""
        begins, sizes = groups[0].start, [len(group.digits) for group in groups]
        is_named = PHONE_WORDS.search(before) is not None
        if len(digits) > 11:  # the country's code, or the nought that is dialled before
            code = next((code for code in ("0086", "086", "86") if digits.startswith(code) and len(digits) == 11 + len(code)), "")
            code = code or ("0" if is_named and digits[0] == "0" and len(digits) == 12 else "")
            if not code or sizes[0] < len(code):
                return None
            sizes[0] -= len(code)
            begins = groups[0].places[len(code)] if sizes[0] else groups[1].start
            sizes = sizes if sizes[0] else sizes[1:]
            digits = digits[len(code) :]
        if not MOBILE.fullmatch(digits) or not self._bounded(first, last, joined):
            return None
        is_apart = is_named or not self._blanks(groups) or (first == 0 and last == len(self.groups) - 1)
        if not is_apart or not (tuple(sizes) in _GROUPS or (len(sizes) == 11 and (is_named or not self._blanks(groups)))):
            return None
        beside = before[-1:]
        if beside in ("_", "=") or UNITS.match(after):
            return None
        if is_named:
            return begins
        other = _SERIAL_WORDS.search(before) or _AMOUNT_WORDS.search(before) or after.startswith("号")
        return None if other or (beside.isascii() and beside.isalpha()) else begins

    def _card(self, groups: Sequence[_DigitGroup], digits: str, before: str) -> PrivateNumber | None:
        """A card by its check digit, or by the words right before it."""
        from stdnum import luhn  # only where a candidate stands in the text

        sizes = [len(group.digits) for group in groups]
        if len(sizes) > 1 and not (all(size == 4 for size in sizes[:-1]) and sizes[-1] <= 4) and sizes != [6, len(digits) - 6]:
            return None
        if before[-1:].isascii() and before[-1:].isalpha():
            return None
        start, end, is_named = groups[0].start, groups[-1].end, _CARD_WORDS.search(before) is not None
        if not (is_named or luhn.is_valid(digits)) or _CODE_WORDS.search(before) or (len(digits) == 18 and identity(digits)):
            return None
        sure = is_named or _ACCOUNT_WORDS.search(before) is not None or (digits.startswith("62") and not _SERIAL_WORDS.search(before))
        return PrivateNumber(start, end, "card", digits, sure)


def _tiles(digits: str) -> list[tuple[int, int, NumberKind]]:
    """Numbers run together that fill the digits wholly; empty where they do not."""
    tiles: list[tuple[int, int, NumberKind]] = []
    at = 0
    while at < len(digits):
        if identity(digits[at : at + 18]):
            tiles.append((at, at + 18, "identity"))
        elif MOBILE.fullmatch(digits[at : at + 11]):
            tiles.append((at, at + 11, "mobile"))
        else:
            return []
        at = tiles[-1][1]
    return tiles if len(tiles) > 1 else []


def _goes_on(after: str, before: str) -> bool:
    """Whether letters behind 18 digits make them part of a longer code, and no word before says otherwise."""
    return after[:1].isascii() and after[:1].isalpha() and ID_WORDS.search(before) is None


def _no_person(digits: str, before: str) -> bool:
    """Whether the words before 18 digits tell that they are an office's code, or a document's number made of place and day."""
    if _CODE_WORDS.search(before):
        from stdnum.cn import uscc  # only where a candidate stands in the text

        return bool(uscc.is_valid(digits))
    return digits[6:10] >= "2010" and _SERIAL_WORDS.search(before) is not None and not ID_WORDS.search(before)

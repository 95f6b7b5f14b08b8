"""Running text as clauses with figures: where each number stands, what comes before and after it, and of which year it is told."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model import Value
from validator.model.phrase_records import NumberWords
from validator.text.numerals import BELOW_MYRIAD, MOST_DIGITS, MYRIAD, MYRIADS, numeral
from validator.text.paragraphs import Paragraph

#: What ends a clause, and what ends a sentence.
STOPS, ENDS = ",:;。!?\n()", "。!?\n"
#: Characters of a clause before its figure that are kept: one that runs on for pages is not held once for each of its figures.
_CLAUSE = 200

_NO_COUNT = r"(?![\d.]*(?:年|月|日|号|时|点|[A-Za-z/〕\]]|-\d|\.\d|,\d{3}\d*))"  # a date, a number of a document
_ARABIC = rf"(?<![\d.第〔\[A-Za-z/-])(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?){_NO_COUNT}"
_CHINESE = rf"(?<![第之数几])(?P<chinese>[{BELOW_MYRIAD}]{{1,9}})"
_SCALE = {"": 1, MYRIAD: 10**4, MYRIADS: 10**8}
_YEAR = expression(r"20\d\d(?=年)")


@record
class Mention:
    """One number: its value, the words of its clause, and how it is meant."""

    value: Value
    unit: str  # 件, 元, 万元, %; '' none
    start: int  # in the paragraph's text, the number's first digit
    end: int  # the first character behind its unit
    before: str  # from the beginning of the clause, or from the figure before it
    after: str  # up to the next stop
    clause: str  # the clause up to the number, its last 200 characters
    clause_start: int
    sentence_start: int
    estimate: bool


@lru_cache(maxsize=8)
def number_pattern(words: NumberWords) -> re.Pattern[str]:
    """A number with its unit, and what makes it an estimate."""
    chinese = rf"{_CHINESE}(?=(?:{words.more})?{words.written})"
    return expression(
        rf"(?P<about>{words.about})?(?:{_ARABIC}|{chinese})(?P<more>{words.more})?(?P<scale>[{MYRIAD}{MYRIADS}](?!元))?(?P<more2>{words.more})?"
        rf"(?P<unit>{words.money}|%|‰|{words.classifiers})?(?P<more3>{words.around})?"
    )


def mentions(paragraph: Paragraph, numbers: re.Pattern[str]) -> Sequence[Mention]:
    """Every number of the paragraph that counts or weighs something, left to right; dates and numbers of documents are none.

    `numbers`: of `number_pattern`.
    """
    return _mentions(paragraph.text, numbers)


@lru_cache(maxsize=256)
def _mentions(text: str, numbers: re.Pattern[str]) -> tuple[Mention, ...]:
    """The same for a text; the checks of a report ask one after another."""
    values = [(match, value) for match in numbers.finditer(text) if (value := _value(match)) is not None]
    if not values:
        return ()
    inside = {place for match, _ in values for place in range(match.start(), match.end())}
    stops = [place for place, char in enumerate(text) if char in STOPS and place not in inside]
    ends = [place for place in stops if text[place] in ENDS]
    listed = [place for place, char in enumerate(text) if char == "、"]  # ends what is said after a figure
    result, last = [], 0
    for number, (match, value) in enumerate(values, 1):
        before, after = bisect_left(stops, match.start()), bisect_left(stops, match.end())
        clause = stops[before - 1] + 1 if before else 0
        sentence = ends[at - 1] + 1 if (at := bisect_left(ends, match.start())) else 0
        mark = bisect_left(listed, match.end())
        following = (*stops[after : after + 1], *listed[mark : mark + 1])
        end = min(following, default=len(text))
        follows = values[number][0].start() if number < len(values) else len(text)
        result.append(
            Mention(
                value=value,
                unit=match["unit"] or "",
                start=match.start("arabic") if match["arabic"] else match.start("chinese"),
                end=match.end("unit")
                if match["unit"]
                else match.end("scale")
                if match["scale"]
                else match.end("arabic" if match["arabic"] else "chinese"),
                before=text[max(clause, last) : match.start()],
                after=text[match.end() : min(end, follows)],
                clause=text[max(clause, match.start() - _CLAUSE) : match.start()],
                clause_start=clause,
                sentence_start=sentence,
                estimate=any(match[name] for name in ("about", "more", "more2", "more3")),
            )
        )
        last = match.end()
    return tuple(result)


def _value(match: re.Match[str]) -> Value | None:
    scale = _SCALE[match["scale"] or ""]
    if match["chinese"]:
        number = numeral(match["chinese"])
        return None if number is None else number * scale
    try:
        number_ = Decimal(match["arabic"].replace(",", "")) * scale
    except InvalidOperation:
        return None
    if number_.adjusted() > MOST_DIGITS:
        return number_  # left as it is: it need not be exact, for it equals no figure of a table
    return int(number_) if number_ == number_.to_integral_value() and "." not in match["arabic"] else number_


def quoted(words: str, most: int) -> str:
    """The end of the words, at most so many characters, without the rest of a date in front."""
    return expression(r"^(?:[\d、,…]*(?:年度?)?)(?=[^\d、,…年度])").sub("", words[-most:])


def relative(text: str, year: int | None) -> str:
    """The text with the years around the report's as words: last year 上年, the report's 本年, next year 下年."""
    if year is None or "年" not in text:
        return text
    names: Mapping[str, str] = {str(year - 1): "上", str(year): "本", str(year + 1): "下"}
    return _YEAR.sub(lambda match: names.get(match[0], match[0]), text)

"""Days, years and stretches of days as texts print them: 2023年1月1日, 2023.1.1, 二〇二三年; over text without spaces in half width."""

from __future__ import annotations

import re

from validator.base.regex_cache import expression
from validator.text.numerals import LISTED, NOUGHTS, NUMERAL, ONES

#: What follows the digits of a year.
YEAR_MARK = "年"
#: What may follow a day.
_DAY_MARKS = ("日", "号")
_YEAR = rf"\d{{4}}|[{ONES[:2]}][{NOUGHTS}{ONES}]{{3}}"
_NUMBER = rf"(?:\d{{1,12}}|[○{NUMERAL}]{{1,12}})"
_BETWEEN = r"(?:月份?|[./-])"
_AFTER = r"(?:日|号)?(?:\d{1,2}[时点]|零时|零点)?"
_TO = r"(?:[起始开](?:始)?)?[,、]?(?:至|到|-|~|截?止于?|—)+"


def _date(i: int) -> str:
    """The expression of the first or second date; the year may be left out."""
    return rf"(?:(?P<y{i}>{_YEAR})(?:年度?|[./-]))?(?P<m{i}>{_NUMBER}){_BETWEEN}(?:(?P<d{i}>{_NUMBER}){_AFTER}|(?P<e{i}>底|末))?"


#: From one date to another: groups y, m, d (and e for the end of a month), each with 1 or 2.
STRETCH = expression(_date(1) + _TO + _date(2) + "(?:为?止)?")
#: A whole year, group y: 2023年度.
WHOLE_YEAR = expression(rf"(?P<y>{_YEAR})年?(?:度|全年|整年|(?=[,。;)]|$))")
#: A date that is whole, so that nothing was lost of it.
WHOLE_DATE = expression(r"\d{4}[年./-]\d{1,2}[月./-](?:\d{1,2}日?)?[至到起始止自从,~-]*")
#: What is left of dates whose characters were lost: it begins with a year and goes on in digits.
REMAINS = expression(r"\d(?=(?:[^\d]*\d){3})[\d年月日号./至到起始止自从,~-]{3,}")
#: Years (group 1) of this century with their mark; not those of a date, a number of a document or a stretch of digits.
YEAR = expression(r"(?<![\d第〔\[(【\-/])(20\d\d)(?=年)(?!年\d)")
#: A year with its mark at the head of a paragraph, perhaps after a list's: group 1.
LEADING_YEAR = expression(r"(?:\(.\))?(20\d\d)年")
#: The same without a list's mark.
FIRST_YEAR = expression(r"20\d\d年")
#: A year (group 1) in a file's name; not the year of a whole date, which is when it was sent or published.
PATH_YEAR = expression(r"(?<!\d)(20\d\d)(?!\d)(?![-./_年]\d{1,2}(?!\d))")
#: A year before what it dates: 2023年度的.
DATED = expression(r"^\d{4}年度?的?")
#: A year whose digits stand twice: 202020年, 20232023年; group 1.
DOUBLED_YEAR = expression(r"(?<!\d)((?:20){2,3}\d\d|(?P<y>20\d\d)(?P=y)|20(?P<d>\d\d)(?P=d))(?=年)")
#: Several years together, or a date.
YEARS = expression(r"20\d\d年?(?:度)?(?:-+|至|到|~|、|和|与|及)(?:20)?\d\d(?:年)?|20\d\d年\d")
_NUMERAL = f"[{NOUGHTS}O{LISTED}]"
#: One day: groups year, month and day.
DAY = expression(rf"(\d{{4}}|{_NUMERAL}{{4}})[年./-](\d{{1,2}}|{_NUMERAL}{{1,3}})[月./-](\d{{1,2}}|{_NUMERAL}{{1,3}})日?")
#: A date with at most a name before it, as a report is signed: groups as in DAY.
SIGNED_DAY = expression(rf"[^。；;，,、:]{{0,40}}?(?:\((?=[^()]{{0,60}}\)))?{DAY.pattern}\)?")
_YEAR_WORD = expression("年度?$|^年度?")
_YEAR_REST = expression("^年?度?(的)?")


def with_year_word(year: str) -> str:
    """The expression of a year and of the word after it."""
    return f"(?:{year})年?度?"


def names_year(text: str, year: int) -> bool:
    """Whether the text has that year with its mark."""
    return f"{year}{YEAR_MARK}" in text


def lacks_day_mark(text: str, match: re.Match[str], i: int) -> bool:
    """Whether 日 is missing after the day of a date of STRETCH: 12月31止."""
    if match[f"d{i}"] is None:
        return False
    return text[match.start(f"d{i}") - 1] == "月" and text[match.end(f"d{i}") : match.end(f"d{i}") + 1] not in _DAY_MARKS


def without_year_words(text: str) -> str:
    """A name without the 年 or 年度 that a year which was taken out left behind."""
    return _YEAR_WORD.sub("", text.replace(YEAR_MARK * 2, YEAR_MARK))


def without_leading_year_word(text: str) -> str:
    """A name without 年度的 at its head."""
    return _YEAR_REST.sub("", text)

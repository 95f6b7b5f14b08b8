"""Numbers as Word prints them in lists: 一, （1）'s 1, ①, 甲, iv. The names are those of ECMA-376, 17.18.59 ST_NumberFormat."""

from __future__ import annotations

from collections.abc import Callable

from validator.text.numerals import counted, formal, spelled

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def format_number(value: int, format: str) -> str:
    """The number in that format; plain digits where the format is unknown or does not reach so far."""
    write = FORMATS.get(format)
    return (write(value) if write and 0 < value < 100_000 else None) or str(value)


def _wide(value: int) -> str:
    """１２."""
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


def _circled(value: int) -> str | None:
    """① to ㊿."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(start + value - first)
    return None


def _run(first: str, last: int) -> Callable[[int], str | None]:
    """Characters that follow each other in Unicode."""
    return lambda value: chr(ord(first) + value - 1) if value <= last else None


def _cycle(marks: str) -> Callable[[int], str | None]:
    """甲乙丙…: no number beyond the last mark."""
    return lambda value: marks[value - 1] if value <= len(marks) else None


def _sexagenary(value: int) -> str | None:
    """甲子, 乙丑 … 癸亥."""
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value <= 60 else None


def _roman(value: int) -> str | None:
    """iv."""
    if value >= 4000:
        return None
    text, rest = "", value
    for unit, mark in _ROMAN:
        text += mark * (rest // unit)
        rest %= unit
    return text


def _letter(value: int) -> str | None:
    """a … z, aa, bb: Word doubles the letter."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value <= 780 else None


FORMATS: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "chineseLegalSimplified": formal,
    "japaneseCounting": counted,
    "japaneseLegal": formal,
    "japaneseDigitalTenThousand": spelled,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "taiwaneseDigital": spelled,
    "koreanDigital2": spelled,
    "ideographDigital": spelled,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _run("㊀", 10),
    "ideographLegalTraditional": formal,
    "upperRoman": lambda value: (_roman(value) or "").upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: (_letter(value) or "").upper(),
    "lowerLetter": _letter,
    "bullet": lambda value: " ",
    "none": lambda value: " ",
}

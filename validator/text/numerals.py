"""Chinese numerals, once for all: their characters for expressions, the marks of lists made of them, number → text and text → number."""

from __future__ import annotations

from validator.text.characters import bare

# ------------------------------------------------------------------------------------------------ characters, for classes in expressions

#: One to nine, and what a list counts with.
ONES = "一二三四五六七八九"
TEN = "十"
LISTED = ONES + TEN
#: The signs of nought: as it is said, as it is written among digits, and the circle that stands for it.
NOUGHT, ROUND = "零", "〇"
NOUGHTS = NOUGHT + ROUND + "○"
#: One to nine as sums of money write them.
FORMAL = "壹贰叁肆伍陆柒捌玖"
#: Ten, a hundred and a thousand, in both hands.
SCALES, FORMAL_SCALES = "十百千", "拾佰仟"
#: Two before a scale or a measure; one as it is said in numbers of telephones.
PAIR, SPOKEN_ONE = "两", "幺"
#: Ten thousand and a hundred million.
MYRIAD, MYRIADS = "万", "亿"
#: Characters of a number below ten thousand, and of any number.
BELOW_MYRIAD = NOUGHT + ROUND + ONES + SCALES + PAIR + FORMAL + FORMAL_SCALES
NUMERAL = BELOW_MYRIAD + MYRIAD + MYRIADS
#: Numbers in circles, the first to the last of a class in an expression: to nine, to twenty.
CIRCLED_ONES, CIRCLED = "①-⑨", "①-⑳"
#: The circled numbers to ten, one by one.
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"

# ------------------------------------------------------------------------------------------------ marks of lists, as expressions


def listed(most: int) -> str:
    """The number of a list's mark, of that many characters at most."""
    return rf"[{LISTED}]{{1,{most}}}"


#: (一), for text in half width.
BRACKETED = rf"\({listed(2)}\)"

# ------------------------------------------------------------------------------------------------ number → text


def counted(value: int, digits: str = NOUGHT + ONES, scales: str = SCALES, *, short: bool = True) -> str:
    """零, 一, 十, 十一, 二十, 一百零五, 一万二千. `short`: 十, not 一十, at the head of a number below twenty."""
    if not value:
        return digits[0]
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        rest = "" if not low else (NOUGHT if low < 1000 else "") + counted(low, digits, scales, short=False)
        return counted(high, digits, scales, short=short) + MYRIAD + rest
    text = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += digits[digit] + (scales[power - 1] if power else "")
        elif text and value % 10**power and not text.endswith(NOUGHT):
            text += NOUGHT
    return text[1:] if short and 10 <= value < 20 else text


def formal(value: int) -> str:
    """壹, 壹拾, 贰拾壹."""
    return counted(value, NOUGHT + FORMAL, FORMAL_SCALES, short=False)


def spelled(value: int) -> str:
    """一, 一〇, 一一: digit by digit."""
    return "".join((ROUND + ONES)[int(digit)] for digit in str(value))


def ordinal(number: int) -> str:
    """How a part of a report or of a list is numbered: 1 → 一; beyond ten in digits."""
    return counted(number) if 0 <= number <= 10 else str(number)


# ------------------------------------------------------------------------------------------------ text → number

#: What each digit is worth.
VALUES = {**dict.fromkeys(NOUGHTS, 0), **{char: value for chars in (ONES, FORMAL) for value, char in enumerate(chars, 1)}, PAIR: 2}
_SCALE_VALUES = {char: 10**power for chars in (SCALES, FORMAL_SCALES) for power, char in enumerate(chars, 1)}
#: Digits of a figure that is read as one; a report's longest sum of money has some fifteen. A run of more is no figure that was meant,
#: and above 4,300 digits Python itself refuses to make a number of them.
MOST_DIGITS = 40


def numeral(text: str) -> int | None:
    """The value of a Chinese numeral (十二, 一百零五, 二〇二三, 两万三千) or of Arabic digits; None where it is none or beyond counting."""
    text = bare(text)
    if len(text) > MOST_DIGITS:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char not in VALUES and char not in _SCALE_VALUES and char not in MYRIAD + MYRIADS for char in text):
        return None
    if all(char in VALUES for char in text):
        return int("".join(str(VALUES[char]) for char in text))
    return _scaled(text)


def _scaled(text: str) -> int | None:
    """A numeral with units: 亿 (there may be 万 of them: 一万亿), 万, then thousands downwards. Each stands once: 一万一万 is None."""
    for mark, scale in ((MYRIADS, 10**8), (MYRIAD, 10**4)):
        head, unit, tail = text.partition(mark)
        if unit:
            high, low = _scaled(head), _scaled(tail) if tail else 0
            return None if high is None or low is None or low >= scale else high * scale + low
    return _small(text)


def _small(text: str) -> int | None:
    """A numeral below ten thousand."""
    total, digit, last = 0, None, 10**4
    for char in text:
        if char in VALUES:
            if digit not in (None, 0):
                return None
            digit = VALUES[char]
        else:
            unit = _SCALE_VALUES[char]
            if unit >= last or digit == 0:
                return None
            total, digit, last = total + (1 if digit is None else digit) * unit, None, unit
    if not text:
        return None
    # 一百五 is 150 in speech; in a report it is a slip, so it stays unread
    is_valid = last in (10, 10**4) or digit is None or NOUGHT in text or ROUND in text
    return total + (digit or 0) if is_valid else None

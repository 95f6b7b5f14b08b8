"""Identity numbers of persons: 18 characters with a check digit, or 15 digits as they were before 1999."""

from __future__ import annotations

_PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split())


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

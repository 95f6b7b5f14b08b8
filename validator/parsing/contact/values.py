"""The values of contact details in their normal forms: 0469-5170616, 155600, a@b.cn.

All functions take text in half width with plain hyphens; None means that the value cannot be told.
"""

from __future__ import annotations

import re

from validator.base.records import record
from validator.base.regex_cache import expression

_NO_DIGITS = expression(r"[()\s]")
_MARKS = expression(r"[._·~]")
_PLAIN_MAIL = expression(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*_?@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,6}")
_TOP_LEVEL = expression(r"\.[A-Za-z]{2,}$")
_SITE = expression(
    r"(?:https?://)?(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)


@record
class PhoneNumber:
    """A telephone number taken apart. `kind` says what it is; area, extension: '' where there is none."""

    kind: str  # fixed, local, mobile, service
    area: str
    number: str
    extension: str = ""

    @property
    def value(self) -> str:
        """The normal form: area-number-extension."""
        return "-".join(part for part in (self.area, self.number, self.extension) if part)


def phone_number(text: str, extension: str = "", area: str = "") -> PhoneNumber | None:
    """The number that `text` prints; a local number after one with an area code shares that `area`."""
    parts = [part for part in _MARKS.sub("-", _NO_DIGITS.sub("", text)).split("-") if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in (parts[0].removeprefix("+"), *parts[1:])):
        return None
    parts = _national(parts)
    if not parts:
        return None
    digits = "".join(parts)
    if digits[0] == "0":
        return _fixed(parts, digits, extension)
    if expression(r"1[3-9]\d{9}").fullmatch(digits):
        return PhoneNumber(kind="mobile", area="", number=digits)
    if expression(r"[48]00\d{7}").fullmatch(digits):
        return PhoneNumber(kind="service", area="", number=f"{digits[:3]}-{digits[3:6]}-{digits[6:]}")
    if expression(r"1[02]\d{3}|9[56]\d{3,4}").fullmatch(digits):
        return PhoneNumber(kind="service", area="", number=digits)
    return _local(parts, digits, extension, area)


def _national(parts: list[str]) -> list[str]:
    """The parts without the country's code; the area code gets its zero back."""
    head = parts[0]
    if not (head.startswith(("+", "0086")) or head == "86"):
        return parts
    head = head.lstrip("+").removeprefix("00").removeprefix("86")
    rest = [head, *parts[1:]] if head else parts[1:]
    if rest and not rest[0].startswith("0") and not expression(r"1[3-9]\d+").fullmatch("".join(rest)):
        rest[0] = "0" + rest[0]
    return rest


def _fixed(parts: list[str], digits: str, extension: str) -> PhoneNumber | None:
    """A number with its area code: 010 and 02x have eight digits, others seven or eight. No area's begins with 00."""
    if digits.startswith("00"):
        return None
    width = 3 if digits[1:2] in ("1", "2") else 4
    area, lengths = digits[:width], (8,) if width == 3 else (7, 8)
    if parts[0] == area and len(parts) > 2 and len(parts[1]) in lengths and len("".join(parts[2:])) <= 5:
        return PhoneNumber(kind="fixed", area=area, number=parts[1], extension="".join(parts[2:]))
    if len(parts) == 2 and len(parts[0]) - width in lengths and len(parts[1]) <= 5:
        return PhoneNumber(kind="fixed", area=area, number=parts[0][width:], extension=parts[1])
    rest = digits[width:]
    if len(rest) in lengths or expression(r"1[02]\d{3}|96\d{3,4}").fullmatch(rest):
        return PhoneNumber(kind="fixed", area=area, number=rest, extension=extension)
    return None


def _local(parts: list[str], digits: str, extension: str, area: str) -> PhoneNumber | None:
    """A number without an area code, or with the one of the number before it."""
    if len(parts) > 1 and len(parts[0]) in (7, 8) and len("".join(parts[1:])) <= 5:
        digits, extension = parts[0], "".join(parts[1:])
    if len(digits) not in (7, 8) or digits[0] in "01":
        return None
    return PhoneNumber(kind="fixed" if area else "local", area=area, number=digits, extension=extension)


def postcode(text: str) -> str | None:
    """Six digits; no zone begins with 00 or 9."""
    digits = text.replace(" ", "")
    return digits if expression(r"(?!00|9)[0-9]{6}").fullmatch(digits) else None


def mail_address(text: str) -> str | None:
    """The address if it is one. Only doubtful ones cost the import of the validator."""
    text = expression(r"\s").sub("", text)
    if _PLAIN_MAIL.fullmatch(text):
        return text
    if text.count("@") != 1 or not _TOP_LEVEL.search(text):
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None


def web_address(text: str) -> str | None:
    """The address as printed if it can be opened: a host with a known shape, any path."""
    return text if _SITE.fullmatch(text) and not text.lower().startswith("wwww") else None

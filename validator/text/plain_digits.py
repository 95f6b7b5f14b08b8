"""Text with every digit as an ASCII one, character for character as long, so that places found in it are places of the text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from validator.base.regex_cache import expression
from validator.text.characters import INVISIBLE, SPACES

UNSEEN = "\u200b"  # stands for every character that takes no room
_TIMES = expression(r"(?<=\d{17})[×✕✗](?! ?\d)")
_DASHES, _DOTS = "-‐‑‒–—―−─－﹣", ".．·•・‧∙。"


def drawn_digits(text: str) -> str | None:
    """The text with the digits of signs that draw them, in circles, raised or in brackets, and no others; None where they are few."""
    signs = {char: str(unicodedata.digit(char)) for char in set(text) if char > "\x7f" and _is_drawn(char)}
    if not signs or sum(text.count(sign) for sign in signs) < 11:
        return None
    return plain_digits(text.translate({ord(char): signs.get(char, "#") for char in set(text) if char in signs or char.isdecimal()}))


def _is_drawn(char: str) -> bool:
    return unicodedata.digit(char, None) is not None and unicodedata.decimal(char, None) is None


def plain_digits(text: str) -> str:
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
        return UNSEEN
    if char in SPACES and char not in "\n\t":
        return " "
    return "/" if char == "／" else char

"""Bytes → text. Chinese offices save as UTF-8, with or without BOM, as UTF-16 ("Unicode" in Notepad) and as GB18030."""

from __future__ import annotations

import codecs

from validator.base.records import record
from validator.model import UnreadableError
from validator.text.numerals import ONES

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: The most common characters of these reports: a decoding without them is the wrong one.
_COMMON = frozenset("的政府信息公开年工作情况报告本月日（），。、" + ONES[:6])


@record
class Decoded:
    """A text, the encoding it was in and how many places could not be decoded (each shows as U+FFFD)."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises UnreadableError: empty, binary, not-text."""
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise UnreadableError("binary" if b"\0" in data else "empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_lenient(data, encoding)
    if b"\0" in data[:4096]:
        return _decode_utf16(data)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_plausible(text):
            return Decoded(text=text, encoding=encoding)
    return _decode_damaged(data)


def _decode_utf16(data: bytes) -> Decoded:
    """UTF-16 without a mark, told by which half of the pairs the zeros of ASCII stand in."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for encoding in ("utf-16-le", "utf-16-be") if odd >= even else ("utf-16-be", "utf-16-le"):
        try:
            text = data[: len(data) // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _is_plausible(text):
            return Decoded(text=text, encoding=encoding)
    raise UnreadableError("binary")


def _decode_damaged(data: bytes) -> Decoded:
    """Neither encoding fits throughout: the one that breaks in fewer places, if it still reads as Chinese."""
    tries = sorted((_decode_lenient(data, encoding) for encoding in ("utf-8", "gb18030")), key=lambda attempt: attempt.damaged)
    for attempt in tries:
        if attempt.damaged <= max(8, len(attempt.text) // 50) and _is_plausible(attempt.text):
            return attempt
    raise UnreadableError("not-text")


def _decode_lenient(data: bytes, encoding: str) -> Decoded:
    """Decode, each broken place as one U+FFFD."""
    text = data.decode(encoding, errors="replace")
    return Decoded(text=text, encoding=encoding, damaged=text.count("\ufffd"))


def _is_plausible(text: str) -> bool:
    """Whether the text reads as Chinese or plain ASCII rather than as bytes in the wrong encoding."""
    sample = text[:20000]
    if sum(ch < " " and ch not in "\t\r\n\f\v" for ch in sample) > len(sample) // 100:
        return False
    wide = [char for char in sample if char > "\x7f"]
    return not wide or sum(char in _COMMON for char in wide) * 20 >= len(wide)

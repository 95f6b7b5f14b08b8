"""Telephone and fax numbers after their label: several, run together with notes, sharing an area code."""

from __future__ import annotations

import re
from dataclasses import replace

from validator.base.regex_cache import expression
from validator.parsing.contact.entry import ContactEntry, ContactValue, Kind
from validator.parsing.contact.values import PhoneNumber, phone_number

_WORDS = expression(r"(?:[\s:]|\((?!\d{3,4}\)))*(?:[^\d。;\n@A-Za-z]{0,12}?(?=[+(]?\d))?")  # 电话：党政办0469-…
_NUMBER = expression(r"[+(]?\d(?:[\d\-._·~ *]|[xX×]+(?![A-Za-z@])|\((?=\d{3,8}\))|\)(?=[- ]?\d))*")
_MASKED = expression(r"[*xX×][-*xX×]{2,}")
_NEXT = expression(r"(?:\([^()\d]{1,8}\))?[、,\/;和或及 ]{1,3}(?:[\u4e00-\u9fff]{1,8}:?)?(?=[+(]?\d)")
_LONGEST_MAIL = 70  # characters up to the first behind the @ of an address
_MOST_WORDS = 30  # pieces between spaces of one number; it has fewer digits
_MAIL = expression(r"[A-Za-z0-9][\w.%+\-]{0,63}@[A-Za-z0-9][A-Za-z0-9.\-]*", re.ASCII)


def phones(entry: ContactEntry, area: str, start: int | None = None) -> tuple[tuple[ContactValue, ...], int]:
    """The numbers after a label; a note （传真） or a merged label tells which of them is a fax."""
    at = entry.body if start is None else start
    numbers: list[ContactValue] = []
    kind: Kind = "fax" if entry.type == "FAX" else "phone"
    while (run := _run(entry, at, first=not numbers)) is not None:
        begin, end = run
        pieces = _numbers(entry, begin, end, area)
        if numbers and (not pieces or pieces[0][2] is None and not entry.text.startswith("0", begin)):
            break
        for first, last, number in pieces:
            area = number.area if number and number.area else area
            numbers.append(_telephone(entry, kind, first, last, number))
        at = _after_note(entry, numbers, max(end, numbers[-1].end))
    if entry.type == "PHONE_FAX" and numbers:
        numbers += [replace(numbers[-1], kind="fax")] if len(numbers) == 1 else []
        numbers = numbers[:-1] + [replace(numbers[-1], kind="fax")]
    return tuple(numbers), at


def _run(entry: ContactEntry, at: int, *, first: bool) -> tuple[int, int] | None:
    """The next run of digits that the field can mean."""
    if first:
        lead = _WORDS.match(entry.text, at, entry.stop)
        masked = _MASKED.match(entry.text, entry.value, entry.stop)
        if masked:
            return masked.span()
    else:
        lead = _NEXT.match(entry.text, at, entry.stop)
    match = _NUMBER.match(entry.text, lead.end(), entry.stop) if lead else None
    if not lead or not match:
        return None
    mail = _MAIL.search(entry.text, lead.end(), min(entry.stop, match.end() + _LONGEST_MAIL))  # one that begins in the number
    begin, end = match.start(), min(match.end(), mail.start()) if mail else match.end()
    text = entry.text[begin:end].rstrip(" -._·~(")
    if text.startswith("(") and ")" not in text:
        begin, text = begin + 1, text[1:]
    return (begin, begin + len(text)) if text else None


def _numbers(entry: ContactEntry, begin: int, end: int, area: str) -> list[tuple[int, int, PhoneNumber | None]]:
    """One number, or several with spaces between them; one without a reading where nothing fits."""
    text = entry.text[begin:end]
    whole = phone_number(text, area=area) or _tail(entry, begin, text)
    if whole is not None or " " not in text:
        return [(begin, end, whole)]
    numbers: list[tuple[int, int, PhoneNumber | None]] = []
    words = list(expression(r"\S+").finditer(text))
    at = 0
    while at < len(words):
        for last in range(min(len(words), at + _MOST_WORDS), at, -1):
            first, stop = words[at].start(), words[last - 1].end()
            number = phone_number(text[first:stop], area=area)
            if number is not None:
                area = number.area or area
                numbers.append((begin + first, begin + stop, number))
                at = last
                break
        else:
            if not numbers:
                return [(begin, end, None)]
            break
    return numbers


def _tail(entry: ContactEntry, begin: int, text: str) -> PhoneNumber | None:
    """0469-5170616/617: the last digits of the number before it."""
    if not expression(r"[0-9]{1,4}").fullmatch(text) or entry.text[begin - 1 : begin] != "/":
        return None
    before = expression(r"(\d{3,4})-?(\d{7,8})/$").search(entry.text[max(entry.body, begin - 14) : begin])
    return phone_number(f"{before[1]}-{before[2][: -len(text)]}{text}") if before else None


def _telephone(entry: ContactEntry, kind: Kind, begin: int, end: int, number: PhoneNumber | None) -> ContactValue:
    """A number as a detail; 转801 after it is its extension."""
    text = entry.text
    extension = entry.mark_at("EXTENSION", end)
    if number is not None and extension is not None:
        digits = expression(r"[0-9]{1,6}\)?").match(text, extension, entry.stop)
        if digits:
            number = phone_number(text[begin:end], extension=digits[0].rstrip(")"), area=number.area) or number
            end = digits.end()
    return ContactValue(
        kind=kind,
        start=begin,
        end=end,
        value=number.value if number else None,
        label=entry.label,
        area=number.area if number else "",
        service=bool(number and number.kind == "service"),
    )


def _after_note(entry: ContactEntry, numbers: list[ContactValue], at: int) -> int:
    """Where reading goes on after a note beside the number; （传真） makes a fax of it, （兼传真） both."""
    end = entry.mark_at("FAX_NOTE", at)
    if end is None:
        return at
    alone = end - at == 4  # （传真）
    numbers[-1:] = [replace(numbers[-1], kind="fax")] if alone else [numbers[-1], replace(numbers[-1], kind="fax")]
    return end

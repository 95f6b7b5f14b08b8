"""What stands after a label of the contact block, read into details: each function takes an entry and says how far it read."""

from __future__ import annotations

import re

from validator.base.regex_cache import expression
from validator.parsing.contact.entry import ContactEntry, ContactValue
from validator.parsing.contact.phones import phones
from validator.parsing.contact.values import mail_address, phone_number, postcode, web_address
from validator.parsing.contact.words import has_copy_words

_MAIL = expression(r"[A-Za-z0-9][\w.%+\-]{0,63}@[A-Za-z0-9][A-Za-z0-9.\-]*", re.ASCII)
_MAIL_RUN = expression(r"(?:[\w.%+\-#&*@]|(?<=\w) ?@ ?(?=\w)|\(at\)|\[at\]|[,。](?=(?:com|cn|net|org|gov)(?![A-Za-z])))+", re.ASCII)
_LINK = expression(r"(?:[\w.%+\-~:/?=&#@!\\]|[,。](?=(?:com|cn|net|org|gov|www)(?![A-Za-z])))+", re.ASCII)
_SITE = expression(
    r"(?<![A-Za-z0-9.@/])(?:h[a-z]{2,5}[:/.]{1,3}|www[.,。])"
    r"(?:[\w.%+\-~:/?=&#@!\\]|[,。](?=(?:com|cn|net|org|gov|www)(?![A-Za-z])))+",
    re.ASCII,
)
_SENTENCE_END = expression(r"[。;\n]")
_AFTER_SITE = 20  # characters behind an address among which it is said that the report can be had there
_BEFORE_SITE = 8  # the same before it: 下载(http://…)
_CODE = expression(r"\d[\dA-Za-z ]*")
_NAME = expression(r"[\u4e00-\u9fff·]+")
_CJK = expression(r"[\u4e00-\u9fff]")
_QUOTES = expression(r"[:“”\"'‘’ ]*")
_NAME_END = expression(r"[(),。;:\n“”\"]")
_STRAY_VALUE = expression(r"[,、; (](?:\(?0\d{2,3}\)?-?\d{7,8}|1[3-9]\d{9}|\d{6})(?![\d号])|[,、; (]?[A-Za-z0-9][\w.\-]{0,63}@", re.ASCII)
_FULL_PHONE = expression(r"(?<![\d.\-])(?:\(0\d{2,3}\)|0\d{2,3}-?|(?=1[3-9]\d{9}(?!\d)))\d{7,11}(?:-\d{1,4})?(?![\d.])")
_LOCAL_PHONE = expression(r"(?<![\d.\-A-Za-z/])[2-8]\d{6,7}(?![\d.@\-A-Za-z])")
_POSTCODE = expression(r"(?<![\d.\-A-Za-z@])\d{6}(?![\d.@\-A-Za-z年万元件条])")
# an address that lost its label can be told at the head of the brackets alone
_STREET = "(?:号|楼|(?<!公)室|层|院内|[东西南北]侧|街|路|大道)"
_BARE_ADDRESS = expression(rf"(?<=[,(:。;])(?=[\u4e00-\u9fff])([^,;。()\n:]{{3,40}}{_STREET})(?=[,;、)])")


def read_entry(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    """The details of an entry and how far it was read; `area` is the code of the telephone before it."""
    if entry.rule == "question":
        return (), entry.body
    if entry.rule in ("referral", "call"):
        return _office(entry)
    reader = _READERS.get(entry.type)
    return reader(entry, area) if reader else ((), entry.body)


def _office(entry: ContactEntry) -> tuple[tuple[ContactValue, ...], int]:
    """The X of 请与X联系; of 请与本机关（X）联系."""
    reach = entry.mark("REACH")
    stop = entry.stop if reach is None else reach
    used = next((end for kind, _, end in entry.marks if kind == "REACH"), None)
    start, end = _name(entry, entry.body, stop)
    if any(kind == "SELF" and at == start and last == end for kind, at, last in entry.marks):
        start, end = _name(entry, end + 1, stop) if entry.text[end : end + 1] == "(" else (end, end)
    used = end if used is None else used
    if not 2 <= end - start <= 40 or not _CJK.match(entry.text, start):
        return (), used
    return (ContactValue(kind="office", start=start, end=end, value=entry.text[start:end]),), used


def _name(entry: ContactEntry, start: int, stop: int) -> tuple[int, int]:
    """The span of a name that begins at `start`, its quotation marks set aside."""
    quotes = _QUOTES.match(entry.text, start, stop)
    start = quotes.end() if quotes else start
    cut = _NAME_END.search(entry.text, start, stop)
    return start, cut.start() if cut else max(start, stop)


def _address(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    """The address up to the next label, a full stop, a line's end, a bracket it did not open, or a value that lost its label."""
    lead = expression(r"[\s:]*").match(entry.text, entry.body, entry.stop)
    start = lead.end() if lead else entry.body
    end, depth = entry.stop, 0
    stray = _STRAY_VALUE.search(entry.text, start, entry.stop)
    footer = entry.mark("FOOTER")
    limit = min(stop for stop in (end, stray.start() if stray else None, footer) if stop is not None)
    for at in range(start, limit):
        char = entry.text[at]
        depth += (char == "(") - (char == ")")
        if char in "。;\n" or depth < 0:
            limit = at
            break
    text = entry.text[start:limit].rstrip(" ,、(/和|·.")
    if text.startswith("(") and ")" not in text:
        start, text = start + 1, text[1:]
    if len(text) < 3 or len(text) > 120:
        return (), max(start, limit)
    return (ContactValue(kind="address", start=start, end=start + len(text), value=text, label=entry.label),), limit


def _postcode(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    match = _CODE.match(entry.text, start := entry.value, entry.stop)
    if not match:
        return (), start
    words = match[0].split(" ")
    text = words[0] if len(words[0]) >= 6 else match[0].rstrip()
    end = start + len(text)
    return (ContactValue(kind="postcode", start=start, end=end, value=postcode(text), label=entry.label),), end


def _emails(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    at = entry.value
    values: list[ContactValue] = []
    while match := _MAIL_RUN.match(entry.text, at, entry.stop):
        text = match[0].rstrip(".-_,+%*#& ")
        if not text or (values and "@" not in text):
            break
        at = match.start() + len(text)
        values.append(ContactValue(kind="email", start=match.start(), end=at, value=mail_address(text), label=entry.label))
        step = expression(r"[、,;/或和 ]{1,2}(?=[A-Za-z0-9])").match(entry.text, at, entry.stop)
        if not step:
            break
        at = step.end()
    return tuple(values), values[-1].end if values else at


def _website(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    """The site: the unit's own, or where the report is published."""
    match = _LINK.match(entry.text, start := entry.value, entry.stop)
    text = match[0].rstrip(".,;:!?/") if match else ""
    if not text or not expression(r"[A-Za-z]").search(text):
        return (), start
    end = start + len(text)
    return (ContactValue(kind="website", start=start, end=end, value=web_address(text), label=entry.label),), end


def _persons(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    values, at = [], entry.value
    while match := _NAME.match(entry.text, at, entry.stop):
        at = match.end()
        if len(match[0]) <= 20:
            values.append(ContactValue(kind="person", start=match.start(), end=at, value=match[0], label=entry.label))
        if entry.text[at : at + 1] != "、":
            break
        at += 1
    return tuple(values), values[-1].end if values else at


def _person_phone(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    persons, at = _persons(entry, area)
    numbers, end = phones(entry, area, at)
    return persons + numbers, max(at, end)


def _address_postcode(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    address, at = _address(entry, area)
    code = _POSTCODE.search(entry.text, at, min(entry.stop, at + 12))
    if not code:
        return address, at
    value = ContactValue(kind="postcode", start=code.start(), end=code.end(), value=postcode(code[0]), label=entry.label)
    return (*address, value), code.end()


def _named_office(entry: ContactEntry, area: str) -> tuple[tuple[ContactValue, ...], int]:
    start = entry.value
    match = expression(r"[^,;。\n(:]{2,40}").match(entry.text, start, entry.stop)
    if not match:
        return (), start
    text = match[0].rstrip(" 、")
    return (ContactValue(kind="office", start=start, end=start + len(text), value=text, label=entry.label),), start + len(text)


def copy_addresses(text: str) -> list[ContactValue]:
    """Where the report can be had: the addresses in 电子版可在…网站（http://…）下载."""
    values = []
    for match in _SITE.finditer(text):
        start, address = match.start(), match[0].rstrip(".,;:!?/")
        before = _SENTENCE_END.split(text[max(0, start - _BEFORE_SITE) : start])[-1]
        after = _SENTENCE_END.split(text[match.end() : match.end() + _AFTER_SITE])[0]
        if has_copy_words(after) or has_copy_words(before):
            values.append(ContactValue(kind="website", start=start, end=start + len(address), value=web_address(address)))
    return values


_READERS = {
    "ADDRESS": _address, "ADDRESS_POSTCODE": _address_postcode, "POSTCODE": _postcode, "PHONE": phones, "FAX": phones,
    "PHONE_FAX": phones, "EMAIL": _emails, "WEBSITE": _website, "PERSON": _persons, "PERSON_PHONE": _person_phone, "OFFICE": _named_office,
}  # fmt: skip


def unlabelled(entry: ContactEntry, labelled: tuple[ContactValue, ...], *, last: bool) -> list[ContactValue]:
    """Values in a contact sentence that lost their label. After the last field only its own sentence is looked at."""
    used, end = max((value.end for value in labelled), default=entry.body), entry.stop
    if last:
        full_stop = expression(r"[。\n]").search(entry.text, used + (entry.text[used : used + 1] == "。"), entry.stop)
        end = full_stop.start() if full_stop else min(end, used + 80)
    if entry.type == "OTHER":
        return []
    mails = _MAIL.finditer(entry.text, used, end)
    values = [ContactValue(kind="email", start=m.start(), end=m.end(), value=mail_address(m[0])) for m in mails]
    numbers = list(_FULL_PHONE.finditer(entry.text, used, end))
    if entry.rule != "field":
        numbers += list(_LOCAL_PHONE.finditer(entry.text, used, end))
    for match in numbers:
        number = phone_number(match[0])
        inside = any(value.start <= match.start() < value.end for value in values)
        if number is not None and not inside:
            values.append(ContactValue(kind="phone", start=match.start(), end=match.end(), value=number.value, area=number.area))
    if entry.rule != "field" and (place := _BARE_ADDRESS.search(entry.text, used, end)):
        values.append(ContactValue(kind="address", start=place.start(1), end=place.end(1), value=place[1]))
    if entry.type in ("ADDRESS", "PHONE", "EMAIL") or entry.rule != "field":
        codes = [m for m in _POSTCODE.finditer(entry.text, used, end) if not any(value.start <= m.start() < value.end for value in values)]
        values += [ContactValue(kind="postcode", start=m.start(), end=m.end(), value=postcode(m[0])) for m in codes[:1]]
    return values

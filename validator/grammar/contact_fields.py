"""What stands after a label of the contact block, read into details: each function takes a field and says how far it read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from validator.grammar.contact_values import PhoneNumber, mail_address, phone_number, postcode, web_address

Kind = Literal["office", "address", "postcode", "phone", "fax", "email", "website", "person"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An opening or a field of the grammar: its head is text[start:body], what it holds text[body:stop]."""

    rule: str
    type: str  # the head's terminal
    text: str
    start: int
    body: int
    stop: int
    marks: tuple[tuple[str, int, int], ...]  # terminals inside: type, start, end

    @property
    def label(self) -> str:
        """The head's words without the colon."""
        return self.text[self.start : self.body].strip(" :(\n") if self.rule == "field" else ""

    def mark(self, kind: str) -> int | None:
        """Where the first terminal of that type begins."""
        return next((start for name, start, _ in self.marks if name == kind), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A detail in the flat text."""

    kind: Kind
    start: int
    end: int
    value: str | None
    label: str = ""
    area: str = ""
    service: bool = False  # a hotline, not a number of the unit


_LEAD = re.compile(r"(?:[\s:]|\((?!\d{3,4}\)))*")
_WORDS = re.compile(r"(?:[\s:]|\((?!\d{3,4}\)))*(?:[^\d。;\n@A-Za-z]{0,12}?(?=[+(]?\d))?")  # 电话：党政办0469-…
_NUMBER = re.compile(r"[+(]?\d(?:[\d\-._·~ *]|[xX×]+(?![A-Za-z@])|\((?=\d{3,8}\))|\)(?=[- ]?\d))*")
_MASKED = re.compile(r"[*xX×][-*xX×]{2,}")
_NEXT = re.compile(r"(?:\([^()\d]{1,8}\))?[、,\/;和或及 ]{1,2}(?:[\u4e00-\u9fff]{1,8}:?)?(?=[+(]?\d)")
_NOTE = re.compile(r"\([^()]{1,10}\)")
_MAIL = re.compile(r"[A-Za-z0-9][\w.%+\-]*@[A-Za-z0-9][A-Za-z0-9.\-]*", re.ASCII)
_MAIL_RUN = re.compile(r"(?:[\w.%+\-#&*@]|(?<=\w) ?@ ?(?=\w)|\(at\)|\[at\]|[,。](?=(?:com|cn|net|org|gov)(?![A-Za-z])))+", re.ASCII)
_LINK = re.compile(r"(?:[\w.%+\-~:/?=&#@!\\]|[,。](?=(?:com|cn|net|org|gov|www)(?![A-Za-z])))+", re.ASCII)
_CODE = re.compile(r"\d[\dA-Za-z ]*")
_NAME = re.compile(r"[\u4e00-\u9fff·]+")
_STRAY_VALUE = re.compile(r"[,、; (](?:\(?0\d{2,3}\)?-?\d{7,8}|1[3-9]\d{9}|\d{6})(?![\d号])|[,、; (]?[A-Za-z0-9][\w.\-]*@", re.ASCII)
_FULL_PHONE = re.compile(r"(?<![\d.\-])(?:\(0\d{2,3}\)|0\d{2,3}-?|(?=1[3-9]\d{9}(?!\d)))\d{7,11}(?:-\d{1,4})?(?![\d.])")
_LOCAL_PHONE = re.compile(r"(?<![\d.\-A-Za-z/])[2-8]\d{6,7}(?![\d.@\-A-Za-z])")
_POSTCODE = re.compile(r"(?<![\d.\-A-Za-z@])\d{6}(?![\d.@\-A-Za-z年万元件条])")
# an address that lost its label can be told at the head of the brackets alone
_STREET = "(?:号|楼|室|层|院内|[东西南北]侧|街|路|大道|村|镇|乡|政府)"
_BARE_ADDRESS = re.compile(rf"[,(](?=[\u4e00-\u9fff])([^,;。()\n:]{{3,40}}{_STREET})(?=[,;、)])")


def read_entry(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    """The details of an entry and how far it was read; `area` is the code of the telephone before it."""
    if entry.rule == "question":
        return (), entry.body
    if entry.rule in ("referral", "call"):
        return _office(entry)
    reader = _READERS.get(entry.type)
    return reader(entry, area) if reader else ((), entry.body)


def _office(entry: Entry) -> tuple[tuple[Found, ...], int]:
    """The X of 请与X联系."""
    reach = entry.mark("REACH")
    start, end = entry.body, entry.stop if reach is None else reach
    cut = re.search(r"[(。,;:\n]", entry.text[start:end])
    end = start + cut.start() if cut else end
    used = next((stop for kind, _, stop in entry.marks if kind == "REACH"), end)
    name = entry.text[start:end]
    own = any(kind == "SELF" and at == start and stop == end for kind, at, stop in entry.marks)
    if own or not 2 <= len(name) <= 40:
        return (), used
    return (Found(kind="office", start=start, end=end, value=name),), used


def _lead(entry: Entry) -> int:
    return _LEAD.match(entry.text, entry.body, entry.stop).end()  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------------- telephones


def _phones(entry: Entry, area: str, start: int | None = None) -> tuple[tuple[Found, ...], int]:
    """The numbers after a label; a note （传真） or a merged label tells which of them is a fax."""
    at, found = entry.body if start is None else start, []
    kind: Kind = "fax" if entry.type == "FAX" else "phone"
    while (run := _run(entry, at, first=not found)) is not None:
        begin, end = run
        pieces = _numbers(entry, begin, end, area)
        if found and (not pieces or pieces[0][2] is None and not entry.text.startswith("0", begin)):
            break
        for first, last, number in pieces:
            area = number.area if number and number.area else area
            found.append(_telephone(entry, kind, first, last, number))
        at = _noted(entry, found, max(end, found[-1].end))
    if entry.type == "PHONE_FAX" and found:
        found += [_as(found[-1], "fax")] if len(found) == 1 else []
        found = found[:-1] + [_as(found[-1], "fax")]
    return tuple(found), at


def _run(entry: Entry, at: int, *, first: bool) -> tuple[int, int] | None:
    """The next run of digits that the field can mean."""
    if first:
        lead = _WORDS.match(entry.text, at, entry.stop)
        masked = _MASKED.match(entry.text, _LEAD.match(entry.text, at, entry.stop).end(), entry.stop)  # type: ignore[union-attr]
        if masked:
            return masked.span()
    else:
        lead = _NEXT.match(entry.text, at, entry.stop)
    match = lead and _NUMBER.match(entry.text, lead.end(), entry.stop)
    if not match:
        return None
    mail = _MAIL.search(entry.text, lead.end(), entry.stop)
    begin, end = match.start(), min(match.end(), mail.start()) if mail else match.end()
    text = entry.text[begin:end].rstrip(" -._·~(")
    if text.startswith("(") and ")" not in text:
        begin, text = begin + 1, text[1:]
    return (begin, begin + len(text)) if text else None


def _numbers(entry: Entry, begin: int, end: int, area: str) -> list[tuple[int, int, PhoneNumber | None]]:
    """One number, or several with spaces between them; one without a reading where nothing fits."""
    text = entry.text[begin:end]
    whole = phone_number(text, area=area) or _tail(entry, begin, text)
    if whole is not None or " " not in text:
        return [(begin, end, whole)]
    found: list[tuple[int, int, PhoneNumber | None]] = []
    words = list(re.finditer(r"\S+", text))
    at = 0
    while at < len(words):
        for last in range(len(words), at, -1):
            first, stop = words[at].start(), words[last - 1].end()
            number = phone_number(text[first:stop], area=area)
            if number is not None:
                area = number.area or area
                found.append((begin + first, begin + stop, number))
                at = last
                break
        else:
            if not found:
                return [(begin, end, None)]
            break
    return found


def _tail(entry: Entry, begin: int, text: str) -> PhoneNumber | None:
    """0469-5170616/617: the last digits of the number before it."""
    if not re.fullmatch(r"\d{1,4}", text) or entry.text[begin - 1 : begin] not in ("/", "、"):
        return None
    before = re.search(r"(\d{3,4})-?(\d{7,8})[/、]$", entry.text[entry.body : begin])
    return phone_number(f"{before[1]}-{before[2][: -len(text)]}{text}") if before else None


def _telephone(entry: Entry, kind: Kind, begin: int, end: int, number: PhoneNumber | None) -> Found:
    """A number as a detail; 转801 after it is its extension."""
    text = entry.text
    extension = next(((at, stop) for name, at, stop in entry.marks if name == "EXTENSION" and at == end), None)
    if number is not None and extension is not None:
        digits = re.compile(r"\d{1,6}\)?").match(text, extension[1], entry.stop)
        if digits:
            number = phone_number(text[begin:end], extension=digits[0].rstrip(")"), area=number.area) or number
            end = digits.end()
    return Found(kind=kind, start=begin, end=end, value=number.value if number else None, label=entry.label,
                 area=number.area if number else "", service=bool(number and number.kind == "service"))


def _noted(entry: Entry, found: list[Found], at: int) -> int:
    """Where reading goes on after a note beside the number; （传真） makes a fax of it, （兼传真） both."""
    note = next(((start, stop) for kind, start, stop in entry.marks if kind == "FAX_NOTE" and start == at), None)
    if note is None:
        return at
    alone = note[1] - note[0] == 4  # （传真）
    found[-1:] = [_as(found[-1], "fax")] if alone else [found[-1], _as(found[-1], "fax")]
    return note[1]


def _as(found: Found, kind: Kind) -> Found:
    return Found(kind=kind, start=found.start, end=found.end, value=found.value, label=found.label, area=found.area, service=found.service)


# ---------------------------------------------------------------------------------------------- the other fields


def _address(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    """The address up to the next label, a full stop, a line's end, a bracket it did not open, or a value that lost its label."""
    start = re.compile(r"[\s:]*").match(entry.text, entry.body, entry.stop).end()  # type: ignore[union-attr]
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
    return (Found(kind="address", start=start, end=start + len(text), value=text, label=entry.label),), limit


def _postcode(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    match = _CODE.match(entry.text, start := _lead(entry), entry.stop)
    if not match:
        return (), start
    words = match[0].split(" ")
    text = words[0] if len(words[0]) >= 6 else match[0].rstrip()
    end = start + len(text)
    return (Found(kind="postcode", start=start, end=end, value=postcode(text), label=entry.label),), end


def _emails(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    found, at = [], _lead(entry)
    while match := _MAIL_RUN.match(entry.text, at, entry.stop):
        text = match[0].rstrip(".-_,+%*#& ")
        if not text or (found and "@" not in text):
            break
        at = match.start() + len(text)
        found.append(Found(kind="email", start=match.start(), end=at, value=mail_address(text), label=entry.label))
        step = re.compile(r"[、,;/或和 ]{1,2}(?=[A-Za-z0-9])").match(entry.text, at, entry.stop)
        if not step:
            break
        at = step.end()
    return tuple(found), found[-1].end if found else at


def _website(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    """The site, unless it is where the report is published."""
    match = _LINK.match(entry.text, start := _lead(entry), entry.stop)
    text = match[0].rstrip(".,;:!?/") if match else ""
    if not text or not re.search(r"[A-Za-z]", text):
        return (), start
    end = start + len(text)
    if any(kind == "COPY" and at - end < 16 for kind, at, _ in entry.marks):
        return (), end
    return (Found(kind="website", start=start, end=end, value=web_address(text), label=entry.label),), end


def _persons(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    found, at = [], _lead(entry)
    while match := _NAME.match(entry.text, at, entry.stop):
        at = match.end()
        if len(match[0]) <= 20:
            found.append(Found(kind="person", start=match.start(), end=at, value=match[0], label=entry.label))
        if entry.text[at : at + 1] != "、":
            break
        at += 1
    return tuple(found), found[-1].end if found else at


def _person_phone(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    persons, at = _persons(entry, area)
    phones, end = _phones(entry, area, at)
    return persons + phones, max(at, end)


def _address_postcode(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    found, at = _address(entry, area)
    code = _POSTCODE.search(entry.text, at, min(entry.stop, at + 12))
    if not code:
        return found, at
    return (*found, Found(kind="postcode", start=code.start(), end=code.end(), value=postcode(code[0]), label=entry.label)), code.end()


def _named_office(entry: Entry, area: str) -> tuple[tuple[Found, ...], int]:
    start = _lead(entry)
    match = re.compile(r"[^,;。\n(:]{2,40}").match(entry.text, start, entry.stop)
    if not match:
        return (), start
    text = match[0].rstrip(" 、")
    return (Found(kind="office", start=start, end=start + len(text), value=text, label=entry.label),), start + len(text)


_READERS = {
    "ADDRESS": _address, "ADDRESS_POSTCODE": _address_postcode, "POSTCODE": _postcode, "PHONE": _phones, "FAX": _phones,
    "PHONE_FAX": _phones, "EMAIL": _emails, "WEBSITE": _website, "PERSON": _persons, "PERSON_PHONE": _person_phone, "OFFICE": _named_office,
}  # fmt: skip


def unlabelled(entry: Entry, read: tuple[Found, ...], *, last: bool) -> list[Found]:
    """Values in a contact sentence that lost their label. After the last field only its own sentence is looked at."""
    used, end = max((found.end for found in read), default=entry.body), entry.stop
    if last:
        full_stop = re.compile(r"[。\n]").search(entry.text, used + (entry.text[used : used + 1] == "。"), entry.stop)
        end = full_stop.start() if full_stop else min(end, used + 80)
    if entry.type == "OTHER":
        return []
    found = [Found(kind="email", start=m.start(), end=m.end(), value=mail_address(m[0])) for m in _MAIL.finditer(entry.text, used, end)]
    numbers = list(_FULL_PHONE.finditer(entry.text, used, end))
    if entry.rule != "field":
        numbers += list(_LOCAL_PHONE.finditer(entry.text, used, end))
    for match in numbers:
        number = phone_number(match[0])
        inside = any(f.start <= match.start() < f.end for f in found)
        if number is not None and not inside:
            found.append(Found(kind="phone", start=match.start(), end=match.end(), value=number.value, area=number.area))
    if entry.rule != "field" and (place := _BARE_ADDRESS.search(entry.text, used, end)):
        found.append(Found(kind="address", start=place.start(1), end=place.end(1), value=place[1]))
    if entry.type in ("ADDRESS", "PHONE", "EMAIL") or entry.rule != "field":
        codes = [m for m in _POSTCODE.finditer(entry.text, used, end) if not any(f.start <= m.start() < f.end for f in found)]
        found += [Found(kind="postcode", start=m.start(), end=m.end(), value=postcode(m[0])) for m in codes[:1]]
    return found

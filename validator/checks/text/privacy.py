"""Personal data in the text. Spots are private: no output shows the value, and no message repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.checks.text.wording import Phrase
from validator.model import Contact, Hit, Report, Spot, Subject
from validator.text.characters import Pattern
from validator.text.paragraphs import Line, body, line, one

_IDENTITY = expression(r"(?<![\dA-Za-z])([1-8]\d{5}(?:18|19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx])(?![\dA-Za-z])")
_MOBILE = expression(r"(?<![\d.\-/=_A-Za-z])(?:\+?86-?)?(1[3-9]\d-?\d{4}-?\d{4})(?![\d万亿元]|-\d|\.\d)")
_CARD = expression(r"(?<![\d.\-/=_A-Za-z])(\d{16,19}|\d{4}(?:-\d{4}){3}(?:-\d{1,3})?)(?![\dA-Za-z]|\.\d)")
_LONG = expression(r"\d(?:-?\d){10}")  # what any of them has
_LINK = expression(r"(?:https?:|www\.)[\w./%?&=:#+-]+|(?<![\w.-])[\w.-]+@[\w.-]+")  # looked for from each word's beginning alone


@record
class Private:
    """Numbers that belong to a person: an identity number, a mobile number outside the contact block, a bank card.

    `near`: for cards, the words beside a number that make it one where its first digits do not.
    """

    find: Literal["identity", "mobile", "card"]
    near: Pattern | None = None

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each number."""
        seen: set[str] = set()
        for text in _everywhere(subject):
            links = [match.span() for match in _LINK.finditer(text.text)] if "." in text.text else []
            for start, end, number in self._found(text.text):
                if number in seen or any(a <= start < b for a, b in links) or (self.find == "mobile" and _contact(subject, text, start)):
                    continue
                seen.add(number)
                yield Hit(spot=_hidden(text, start, end))

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        says = {"identity": _IDENTITY, "mobile": _MOBILE, "card": _CARD}[self.find]
        for match in says.finditer(text):
            number = match[1].replace("-", "").upper()
            if self._holds(number, text[max(0, match.start() - 20) : match.start()]):
                yield *match.span(1), number

    def _holds(self, number: str, before: str) -> bool:
        if self.find == "mobile":
            return True
        if self.find == "identity":
            return _identity(number)
        from stdnum import luhn  # only where a candidate stands in the text

        carded = number.startswith("62") or (self.near is not None and self.near.search(before) is not None)
        return carded and luhn.is_valid(number) and not (len(number) == 18 and _identity(number))


def _identity(number: str) -> bool:
    """Whether 18 digits are an identity number: a day of birth, and the right check digit."""
    from stdnum.cn import ric  # only where a candidate stands in the text
    from stdnum.exceptions import ValidationError

    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return ric.calc_check_digit(number) == number[-1]


_LAST: list[tuple[Report, tuple[Line, ...]]] = []  # the report read last: three rules look through the same lines


def _everywhere(subject: Subject) -> Sequence[Line]:
    """Titles, running text, tables and the page around, each text once: those with digits enough."""
    if not _LAST or _LAST[0][0] is not subject.report:
        _LAST[:] = [(subject.report, tuple(text for text in _texts(subject.report) if _LONG.search(text.text)))]
    return _LAST[0][1]


def _texts(report: Report) -> Iterator[Line]:
    yield from body(report)
    yield from (line(passage) for passage in report.furniture)
    told = {id(piece) for text in body(report) for _, piece in text.passage.places}
    for block in report.document.blocks:
        if id(block) not in told and len(block.text) > 10:  # no number looked for is shorter
            yield line(one(block))


def _contact(subject: Subject, text: Line, start: int) -> bool:
    """Whether a place belongs to the contact block, which has a rule of its own."""
    contact: Contact | None = subject.report.contact
    if contact is None or contact.passage is None:
        return False
    mine = {id(block) for _, block in text.passage.places}
    held = {id(block) for _, block in contact.passage.places}
    if not mine & held:
        return False
    at = text.places[start]
    if text.passage is contact.passage or text.passage.text == contact.passage.text:
        return contact.start - 2 <= at < contact.end + 40
    return True


def _hidden(text: Line, start: int, end: int) -> Spot:
    found = text.spot(start, end)
    return Spot(block=found.block, start=found.start, length=found.length, section=found.section, private=True)


@record
class Applicant:
    """An applicant by full name. `says` finds it with a group `name`; `words` are what looks like a name and is none."""

    says: tuple[Phrase, ...]
    words: Pattern

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each name."""
        seen: set[str] = set()
        for text in body(subject.report):
            for phrase in self.says:
                if phrase.hint and not any(word in text.text for word in phrase.hint):
                    continue
                for match in phrase.says.finditer(text.text):
                    name = match["name"]
                    if name not in seen and not self.words.match(name):
                        seen.add(name)
                        yield Hit(spot=_hidden(text, *match.span("name")))

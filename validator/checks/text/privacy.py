"""Personal data in the text. Spots are private: no output shows the value, and no message repeats it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from validator.base.records import record
from validator.checks.text.wording import WordingPhrase
from validator.model import Block, Hit, Report, Spot, Subject
from validator.text.characters import Pattern
from validator.text.paragraphs import body
from validator.text.private_places import PrivatePlace, private_places

_NEAR = 20  # characters before a card's number in which a word may stand that tells it


@record
class Private:
    """Numbers that belong to a person: an identity number, a mobile number outside the contact block, a bank card.

    `near`: for cards, the words beside a number that make it one where its first digits do not.
    """

    find: Literal["identity", "mobile", "card"]
    near: Pattern | None = None

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each number."""
        values: set[str] = set()
        for place in subject.once(private_places, subject.report):
            number = place.number
            if number.kind != self.find or number.value in values or not self._holds(place):
                continue
            block, start, _ = place.pieces[0]
            if self.find == "mobile" and _contact(subject.report, block, start):
                continue
            values.add(number.value)
            yield Hit(spot=Spot(block=block, start=start, length=place.length, private=True))

    def _holds(self, place: PrivatePlace) -> bool:
        block, start, _ = place.pieces[0]
        return place.number.sure or (self.near is not None and self.near.search(block.text[max(0, start - _NEAR) : start]) is not None)


def _contact(report: Report, block: Block, start: int) -> bool:
    """Whether a place belongs to the contact block, which has a rule of its own."""
    contact = report.contact
    if contact is None or contact.passage is None:
        return False
    inside = (passage for section in report.sections if section.number in range(1, 6) for passage in section.passages)
    if all(detail.kind == "phone" for detail in contact.details) and contact.passage in inside:
        return False  # numbers alone within a part of the report are no office's
    where = (block.line, block.offset)
    mine = next((at for at, piece in contact.passage.places if (piece.line, piece.offset) == where), None)
    return mine is not None and contact.start - 2 <= mine + start < contact.end + 40


@record
class Applicant:
    """An applicant by full name. `says` finds it with a group `name`; `words` are what looks like a name and is none."""

    says: tuple[WordingPhrase, ...]
    words: Pattern

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each name."""
        names: set[str] = set()
        for text in body(subject):
            for phrase in self.says:
                if phrase.hint and not any(word in text.text for word in phrase.hint):
                    continue
                for match in phrase.says.finditer(text.text):
                    name = match["name"]
                    if name not in names and not self.words.match(name):
                        names.add(name)
                        yield Hit(spot=text.spot(*match.span("name"), private=True))

"""The contact block: what it lacks, and which of its values cannot be right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.messages import both, enumerated
from validator.model import Contact, ContactDetail, Hit, Report, Skip, Spot, Subject, Text
from validator.model.fact_tables import RegionFacts
from validator.text.paragraphs import place_in, within_block

_AREA = expression(r"(01\d|02\d|0[3-9]\d{2})-(\d{7,8})(?:-\d+)?")


@record
class Wanted:
    """One detail that the contact should have: its name in both languages, and the kinds of which any will do."""

    zh: str
    en: str
    details: tuple[str, ...]


@record
class ContactCheck:
    """Looks for one thing in the contact block: that it is there, a detail that is not, a value that cannot be.

    `lacking`: all of `wanted` that is not there is one finding, which names it.
    """

    find: Literal["contact", "missing", "lacking", "invalid", "local", "mobile"]
    details: tuple[str, ...] = ()  # missing: any of these kinds will do; invalid: the kinds that are looked at
    beside: str = ""  # missing: the variant of that name speaks where a detail of this kind is there
    wanted: tuple[Wanted, ...] = ()  # lacking: what is looked for
    regions: Annotated[str, RegionFacts] = "regions"  # invalid telephones: how many digits the numbers of an area code have

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for what is missing, one for each value that cannot be."""
        contact = subject.report.contact
        if self.find == "contact":
            return [] if contact is not None else [Hit(spot=_head(subject.report))]
        if contact is None:
            return [Skip(reason=both("checks.no-contact"))]
        if self.find == "missing":
            return self._missing(contact)
        if self.find == "lacking":
            return self._lacking(contact)
        if self.find == "invalid":
            return self._invalid(contact, subject)
        return _local(contact) if self.find == "local" else _mobile(contact)

    def _missing(self, contact: Contact) -> list[Hit]:
        if any(detail.kind in self.details for detail in contact.details):
            return []
        return [Hit(spot=sentence(contact), variant=self.beside if self.beside and contact.first(self.beside) else None)]

    def _lacking(self, contact: Contact) -> list[Hit]:
        there = {detail.kind for detail in contact.details}
        gone = [each for each in self.wanted if there.isdisjoint(each.details)]
        names = enumerated([{"zh": each.zh, "en": each.en} for each in gone])
        return [Hit(spot=sentence(contact), facts={"names": names, "count": len(gone)})] if gone else []

    def _invalid(self, contact: Contact, subject: Subject) -> list[Hit]:
        hits, seen = [], set()
        for detail in contact.details:
            if detail.kind not in self.details or detail.start in seen:
                continue
            digits = self._digits(detail, subject)
            if detail.value is None or digits:
                seen.add(detail.start)
                hits.append(
                    Hit(
                        spot=spot(contact, detail),
                        facts={"text": clipped(detail.text), "digits": _either(digits)},
                        actual=detail.text,
                        variant="length" if digits else None,
                    )
                )
        return hits

    def _digits(self, detail: ContactDetail, subject: Subject) -> tuple[int, ...]:
        """How many digits the number should have, where the numbering plan says that it has too many or too few."""
        match = _AREA.fullmatch(detail.value or "") if detail.kind in ("phone", "fax") else None
        if match is None or match[2][0] in "19":  # services have lengths of their own
            return ()
        regions = subject.tables.named(self.regions, RegionFacts)
        known = regions.areas.get(match[1]) if regions else None
        if known is None or len(match[2]) in known.digits:
            return ()
        return known.digits


def _either(sizes: tuple[int, ...]) -> str | Text:
    """Sizes of which any will do."""
    return enumerated(sizes, "marks.either-number") if len(sizes) > 1 else "".join(map(str, sizes))


def _local(contact: Contact) -> list[Hit]:
    """Local numbers, where no number of the block has an area code."""
    phones = contact.all("phone")
    local = [phone for phone in phones if phone.value and expression(r"[2-9]\d{6,7}(-\d+)?").fullmatch(phone.value)]
    if not local or any(phone.value and expression(r"0|[48]00-").match(phone.value) for phone in phones):
        return []
    return [Hit(spot=spot(contact, local[0]), facts={"text": local[0].text, "count": len(local)}, actual=local[0].text)]


def _mobile(contact: Contact) -> list[Hit]:
    """Mobile numbers; the number itself is never repeated."""
    found = [phone for phone in contact.all("phone") if phone.value and expression(r"1[3-9]\d{9}").fullmatch(phone.value)]
    return [Hit(spot=spot(contact, found[0], private=True), facts={"count": len(found)})] if found else []


def _head(report: Report) -> Spot:
    """Where a contact sentence is looked for first: the preamble, else the title."""
    if report.preamble:
        return Spot(block=report.preamble[-1].places[0][1])
    block = report.title.block if report.title else next(iter(report.document.blocks), None)
    return Spot(block=block)


def spot(contact: Contact, detail: ContactDetail, *, private: bool = False) -> Spot:
    """The place of a detail."""
    return _spot(contact, detail.start, len(detail.text), private=private)


def sentence(contact: Contact) -> Spot:
    """The place of the contact sentence, as far as its first line goes."""
    return _spot(contact, contact.start, max(contact.end - contact.start, 1))


def _spot(contact: Contact, start: int, length: int, *, private: bool = False) -> Spot:
    if contact.passage is None:
        return Spot(private=private)
    return within_block(place_in(contact.passage, start, length, private=private))


def clipped(text: str, size: int = 20) -> str:
    """The text for a quotation, at most `size` characters."""
    return text if len(text) <= size else text[: size - 1] + "…"

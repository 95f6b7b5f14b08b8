"""How the unit can be reached: contact.lark finds the fields of a contact sentence, the modules beside it read their values.

Every text parses. `read_contact` takes a passage, `read_contacts` the paragraphs of a report; places are those of the text given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from validator.model import Contact, ContactDetail, Passage
from validator.parsing.contact.entry import ContactValue
from validator.parsing.contact.fields import copy_addresses
from validator.parsing.contact.sentences import contact_sentence, sentences
from validator.parsing.contact.words import entries, flatten, has_contact_words
from validator.text.characters import SPACES, Squeezed


def read_contact(text: str) -> Contact | None:
    """The contact sentence of one passage, or of paragraphs joined by line breaks."""
    reading = _read(text)
    return reading[0] if reading else None


def _read(text: str) -> tuple[Contact, bool] | None:
    flat = flatten(text)
    best = contact_sentence(sentences(entries(flat.text)))
    if best is None:
        return None
    sentence, asked = best
    read_starts = {value.start for value in sentence.details}
    sites = [value for value in copy_addresses(flat.text) if value.start not in read_starts]
    details = tuple(_detail(value, flat, text) for value in (*sentence.details, *sites))
    start, end = flat.span(sentence.start, sentence.end)
    return Contact(details=details, start=start, end=end if sentence.end else 0), asked


def _detail(value: ContactValue, flat: Squeezed, text: str) -> ContactDetail:
    start, end = flat.span(value.start, value.end)
    printed = text[start:end]
    normal = value.value
    if value.kind in ("office", "address", "person"):  # as printed, in the author's own width
        normal = "".join(char for char in printed if char not in SPACES)
    return ContactDetail(kind=value.kind, text=printed, value=normal, start=start, label=value.label)


def read_contacts(paragraphs: Sequence[Passage]) -> Contact | None:
    """The contact of a report. Give the paragraphs as they are to be preferred: preamble, section 1, section 6, the rest.

    A sentence that says whom to ask goes before lines that only have labels, wherever they stand. `start` and `end` count in the
    `passage` that comes with it: the paragraph itself, or neighbouring ones joined by line breaks.
    """
    labels_only = None
    for run in _runs(paragraphs):
        joined = _join(run)
        reading = _read(joined.text)
        if reading is None:
            continue
        contact, names_office = reading
        if names_office:
            return _in_its_passages(contact, run)
        labels_only = labels_only or _in_its_passages(contact, run)
    return labels_only


def _runs(paragraphs: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Neighbouring paragraphs that hold a label or an opening, or the value after a label that ends its line."""
    run: list[Passage] = []
    for passage in paragraphs:
        if passage.places and (has_contact_words(passage.text) or (run and run[-1].text.rstrip().endswith((":", "：")))):
            run.append(passage)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _join(run: Sequence[Passage]) -> Passage:
    if len(run) == 1:
        return run[0]
    places, at = [], 0
    for passage in run:
        places += [(at + start, block) for start, block in passage.places]
        at += len(passage.text) + 1
    return Passage(text="\n".join(passage.text for passage in run), places=tuple(places))


def _in_its_passages(contact: Contact, run: Sequence[Passage]) -> Contact:
    """The contact in the paragraphs it stands in, and only these."""
    at, passages, shift = 0, [], None
    for passage in run:
        end = at + len(passage.text)
        if at < contact.end and end > contact.start:
            shift = at if shift is None else shift
            passages.append(passage)
        at = end + 1
    shift = shift or 0
    details = tuple(replace(detail, start=detail.start - shift) for detail in contact.details)
    return Contact(details=details, start=contact.start - shift, end=contact.end - shift, passage=_join(passages or run))

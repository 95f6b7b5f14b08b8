"""How the unit can be reached: contact.lark finds the fields of a contact sentence, the modules beside it read their values.

Every text parses. `read_contact` takes a passage, `read_contacts` the paragraphs of a report; places are those of the text given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from validator.model import Contact, ContactDetail, Passage
from validator.parsing.contact.entry import ContactValue
from validator.parsing.contact.fields import copy_addresses
from validator.parsing.contact.sentences import chosen, sentences
from validator.parsing.contact.words import entries, flatten, telling
from validator.text.characters import SPACES, Squeezed


def read_contact(text: str) -> Contact | None:
    """The contact sentence of one passage, or of paragraphs joined by line breaks."""
    found = _read(text)
    return found[0] if found else None


def _read(text: str) -> tuple[Contact, bool] | None:
    flat = flatten(text)
    best = chosen(sentences(entries(flat.text)))
    if best is None:
        return None
    group, asked = best
    there = {found.start for found in group.details}
    sites = [found for found in copy_addresses(flat.text) if found.start not in there]
    details = tuple(_detail(found, flat, text) for found in (*group.details, *sites))
    start, end = flat.span(group.start, group.end)
    return Contact(details=details, start=start, end=end if group.end else 0), asked


def _detail(found: ContactValue, flat: Squeezed, text: str) -> ContactDetail:
    start, end = flat.span(found.start, found.end)
    printed = text[start:end]
    value = found.value
    if found.kind in ("office", "address", "person"):  # as printed, in the author's own width
        value = "".join(char for char in printed if char not in SPACES)
    return ContactDetail(kind=found.kind, text=printed, value=value, start=start, label=found.label)


def read_contacts(paragraphs: Sequence[Passage]) -> Contact | None:
    """The contact of a report. Give the paragraphs as they are to be preferred: preamble, section 1, section 6, the rest.

    A sentence that says whom to ask goes before lines that only have labels, wherever they stand. `start` and `end` count in the
    `passage` that comes with it: the paragraph itself, or neighbouring ones joined by line breaks.
    """
    spare = None
    for run in _runs(paragraphs):
        joined = _join(run)
        found = _read(joined.text)
        if found is None:
            continue
        contact, asked = found
        if asked:
            return _placed(contact, run)
        spare = spare or _placed(contact, run)
    return spare


def _runs(paragraphs: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Neighbouring paragraphs that hold a label or an opening, or the value after a label that ends its line."""
    run: list[Passage] = []
    for passage in paragraphs:
        if passage.places and (telling(passage.text) or (run and run[-1].text.rstrip().endswith((":", "：")))):
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


def _placed(contact: Contact, run: Sequence[Passage]) -> Contact:
    """The contact in the paragraphs it stands in, and only these."""
    at, kept, shift = 0, [], None
    for passage in run:
        end = at + len(passage.text)
        if at < contact.end and end > contact.start:
            shift = at if shift is None else shift
            kept.append(passage)
        at = end + 1
    shift = shift or 0
    details = tuple(replace(detail, start=detail.start - shift) for detail in contact.details)
    return Contact(details=details, start=contact.start - shift, end=contact.end - shift, passage=_join(kept or run))

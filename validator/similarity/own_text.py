"""What is a report's own: its sentences after form text, preamble, section 6, numbers, years and names are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.model import County, Figures, Passage, Report, Section, Unit
from validator.model.fact_tables import CopyingFacts
from validator.similarity.words import Words, letters, names_of, words_of
from validator.text.characters import bare

#: A sentence end; and after a short lead, the end of a sub-heading.
_STOPS = expression(r"[。；;！!？?\n]+")
#: The first sentence of a paragraph is a sub-heading up to this many letters.
_LEAD = 14
#: A place's name without its last character, where enough is left: 青石镇 → 青石.
_SHORT = 2


@positional_record
class Sentence:
    """A sentence: what is its own (letters alone), and where it stands in its paragraph."""

    own: str
    passage: Passage
    start: int
    end: int

    @property
    def mark(self) -> int:
        """The number by which it is counted over a set; the same on every machine."""
        return crc32(self.own.encode())


@record
class Part:
    """A part of the report: how long its running text is, and its own sentences."""

    number: int
    section: Section
    length: int  # characters without spaces, before anything is set aside
    sentences: tuple[Sentence, ...]

    @property
    def own(self) -> int:
        """How many letters are its own."""
        return sum(len(sentence.own) for sentence in self.sentences)


@record
class Setting:
    """What is set aside from one report."""

    words: Words
    names: re.Pattern[str] | None
    left_out: frozenset[int]  # parts of the form that are not compared


def setting(table: CopyingFacts, figures: Figures, *names: str | None) -> Setting:
    """What is set aside from a report on that form in which these names mean nothing."""
    return Setting(words=words_of(table, figures.form), names=names_of(*names), left_out=figures.form.parts(*table.left_out))


def unit_names(table: CopyingFacts, unit: Unit, *more: str | None) -> tuple[str, ...]:
    """The forms in which a report writes its unit: the whole name, the place, both without the place above, the place in short."""
    found: set[str] = set()
    for name in (unit.name, unit.place, *more):
        if name:
            plain = letters(bare(name))
            found |= {plain, *_tails(plain, table)}
    return tuple(sorted(one for one in found if len(one) > 1))


def _tails(name: str, table: CopyingFacts) -> Iterator[str]:
    """云岭县青石镇人民政府 → 云岭县, 云岭, 青石镇人民政府, 青石镇, 青石."""
    for place in table.places.finditer(name):
        yield place.group()
        if len(short := table.place_ends.sub("", place.group())) >= _SHORT:
            yield short
        if len(name) - place.end() > 1:
            yield name[place.end() :]
        yield name[place.start() :]


def county_names(table: CopyingFacts, county: County) -> tuple[str, ...]:
    """The county's own name in its forms."""
    return tuple(sorted({letters(county.name), *_tails(letters(county.name), table)})) if county.name else ()


def parts_of(report: Report, setting: Setting) -> tuple[Part, ...]:
    """The parts of the report that have running text, each with its own sentences."""
    return tuple(_part(section, setting) for section in report.sections if section.number and section.number not in setting.left_out)


def _part(section: Section, setting: Setting) -> Part:
    sentences: list[Sentence] = []
    length = 0
    for passage in section.passages:
        length += len(bare(passage.text))
        if not passage.heading:
            sentences += _sentences(passage, setting)
    return Part(number=section.number or 0, section=section, length=length, sentences=tuple(sentences))


def _sentences(passage: Passage, setting: Setting) -> Iterator[Sentence]:
    text, at = passage.text, 0
    for start, end in _spans(text):
        plain = letters(text[start:end])
        lead, at = at == 0, end
        if lead and len(plain) <= _LEAD:
            continue
        if own := _own(plain, setting):
            yield Sentence(own, passage, start, end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for stop in _STOPS.finditer(text):
        if stop.start() > at:
            yield at, stop.start()
        at = stop.end()
    if at < len(text):
        yield at, len(text)


def _own(plain: str, setting: Setting) -> str:
    """The letters of a sentence that are its own; none where the form asks for the sentence."""
    if setting.words.sentences.search(plain):
        return ""
    plain = setting.words.phrases.sub("", plain)
    return setting.names.sub("", plain) if setting.names else plain

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
from validator.text.paragraphs import pieces

#: A sentence end; and after a short lead, the end of a sub-heading.
_STOPS = expression(r"[。；;！!？?\n]+")
#: The first sentence of a paragraph is a sub-heading up to this many letters.
_LEAD = 14
#: A place's name without its last character, where enough is left: 青石镇 → 青石.
_SHORT = 2


@positional_record
class OwnSentence:
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
class OwnPart:
    """A part of the report: how long its running text is, and its own sentences."""

    number: int
    section: Section
    length: int  # characters without spaces, before anything is set aside
    sentences: tuple[OwnSentence, ...]

    @property
    def own(self) -> int:
        """How many letters are its own."""
        return sum(len(sentence.own) for sentence in self.sentences)


@record
class ExcludedText:
    """What is set aside from one report."""

    words: Words
    names: re.Pattern[str] | None
    left_out: frozenset[int]  # parts of the form that are not compared


def excluded_text(table: CopyingFacts, figures: Figures, *names: str | None) -> ExcludedText:
    """What is set aside from a report on that form; `names`: of units and places, which count as nobody's words."""
    return ExcludedText(words=words_of(table, figures.form), names=names_of(*names), left_out=figures.form.parts(*table.left_out))


def unit_names(table: CopyingFacts, unit: Unit, *more: str | None) -> tuple[str, ...]:
    """The forms in which a report writes its unit: the whole name, the place, both without the place above, the place in short."""
    names: set[str] = set()
    for name in (unit.name, unit.place, *more):
        if name:
            plain = letters(bare(name))
            names |= {plain, *_short_forms(plain, table)}
    return tuple(sorted(form for form in names if len(form) > 1))


def _short_forms(name: str, table: CopyingFacts) -> Iterator[str]:
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
    return tuple(sorted({letters(county.name), *_short_forms(letters(county.name), table)})) if county.name else ()


def parts_of(report: Report, excluded: ExcludedText) -> tuple[OwnPart, ...]:
    """The parts of the report that have running text, each with its own sentences."""
    return tuple(_part(section, excluded) for section in report.sections if section.number and section.number not in excluded.left_out)


def _part(section: Section, excluded: ExcludedText) -> OwnPart:
    sentences: list[OwnSentence] = []
    length = 0
    for passage in section.passages:
        length += len(bare(passage.text))
        if not passage.heading:
            sentences += _sentences(passage, excluded)
    return OwnPart(number=section.number or 0, section=section, length=length, sentences=tuple(sentences))


def _sentences(passage: Passage, excluded: ExcludedText) -> Iterator[OwnSentence]:
    text, at = passage.text, 0
    for start, end in pieces(text, _STOPS):
        plain = letters(text[start:end])
        lead, at = at == 0, end
        if lead and len(plain) <= _LEAD:
            continue
        if own_letters := _own_letters(plain, excluded):
            yield OwnSentence(own_letters, passage, start, end)


def _own_letters(plain: str, excluded: ExcludedText) -> str:
    """The letters of a sentence that are its own; none where the form asks for the sentence."""
    if excluded.words.sentences.search(plain):
        return ""
    plain = excluded.words.phrases.sub("", plain)
    return excluded.names.sub("", plain) if excluded.names else plain

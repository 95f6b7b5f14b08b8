"""Checks on how the unit calls itself: another unit's name, another kind's self word, another level's area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from validator.base.patterns import TablePattern
from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.messages import both
from validator.model import Hit, Skip, Spot, Subject
from validator.model.unit_facts import UnitFacts
from validator.roster.units import judge_unit, same_unit
from validator.text.characters import Pattern, bare, even
from validator.text.dates import DAY
from validator.text.paragraphs import Paragraph, block_passage, body, paragraph, pattern

#: Kinds that tell of the work of others as of their own.
_FOR_ALL = ("government", "office")
#: Paragraphs in which a report presents its unit.
_OPENING = 6
_BULLETS = "•·●▪◆■□★☆*"
_QUOTED = expression(r"《[^《》]*》|“[^”]{0,60}”|\"[^\"]{0,60}\"")


@positional_record
class Called:
    """A name that the report gives to the unit that reports, and where."""

    name: str
    spot: Spot


@record
class Names:
    """How the unit calls itself, looked at in one respect.

    For `unit`, `works` are expressions over each clause that name whose work it tells of (not where one of `nobody` finds
    that the name is nobody's in particular: a verb and 镇) and `led` by whom a unit of the kinds `led_kinds`
    cannot be led (group `name`).
    For `level`, `claims` are what a unit does itself ({area} where the area stands) and `excused` clauses in which a wider area is right.
    The words by which the unit is named are those of rules/tables/units.yaml.
    """

    look_for: Literal["unit", "self", "level"]
    works: tuple[Pattern, ...] = ()
    nobody: tuple[Pattern, ...] = ()
    led: Pattern | None = None
    led_kinds: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    excused: tuple[Pattern, ...] = ()

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """Where the unit speaks as somebody else."""
        table = subject.tables.units
        if self.look_for == "unit":
            yield from self._unit(subject, table)
        elif subject.unit.kind is None:
            yield Skip(reason=both("checks.no-kind-of-unit"))
        elif self.look_for == "self":
            yield from self._self(subject, table)
        else:
            yield from self._level(subject, table)

    def _unit(self, subject: Subject, table: UnitFacts) -> Iterator[Hit | Skip]:
        """Names that are not the unit's, one finding for each name."""
        own = subject.unit.name or subject.report.unit
        if own is None:
            yield Skip(reason=both("checks.no-reporting-unit"))
            return
        names = Counter[str]()
        first: dict[str, Called] = {}
        variants: dict[str, str | None] = {}
        for called, variant in self._called(subject, table):
            names[called.name] += 1
            first.setdefault(called.name, called)
            variants.setdefault(called.name, variant)
        for name, called in first.items():
            if not same_unit(name, own, table):
                facts = {"name": name, "unit": own, "count": names[name]}
                yield Hit(spot=called.spot, facts=facts, expected=own, actual=name, variant=variants[name])

    def _called(self, subject: Subject, table: UnitFacts) -> Iterator[tuple[Called, str | None]]:
        """The names by which the report presents its unit; those of whose work it tells (`work`), of who leads it (`led`)."""
        yield from ((called, None) for called in named_units(subject))
        if subject.unit.kind in _FOR_ALL:
            return
        for text in body(subject):
            for start, end in text.clauses() if self.works else ():
                clause = _QUOTED.sub(lambda quoted: "□" * len(quoted[0]), text.text[start:end])
                match = next((m for words in self.works if (m := words.search(clause))), None)
                if match and not self._nobody(match["name"], table) and judge_unit(match["name"], table).kind is not None:
                    first, last = match.span("name")
                    yield Called(match["name"], text.spot(start + first, start + last)), "work"
            if self.led is not None and subject.unit.kind in self.led_kinds and (found := self.led.search(text.text)):
                yield Called(found["name"], text.spot(*found.span("name"))), "led"

    def _nobody(self, name: str, table: UnitFacts) -> bool:
        """Whether what stands before the name of the work is the unit itself or nobody in particular."""
        return bool(table.pronouns.search(name)) or any(words.search(name) for words in self.nobody)

    def _self(self, subject: Subject, table: UnitFacts) -> Iterator[Hit]:
        """Self words of another kind of unit, one finding for each word."""
        kind, name = subject.unit.kind or "", bare(subject.unit.name or "")
        foreign = [words for kinds in (table.not_self, table.self_above) for of, words in kinds.items() if of == kind]
        foreign += [words for ending, words in table.self_ends.items() if ending.search(name)]
        words = pattern("|".join(one.source for one in foreign))
        found: dict[str, list[Spot]] = {}
        for text in body(subject) if foreign else ():
            plain = _QUOTED.sub(lambda quoted: "□" * len(quoted[0]), text.text)
            for match in words.finditer(plain):
                found.setdefault(match[0], []).append(text.spot(*match.span()))
        for word, spots in found.items():
            facts = {"word": word, "unit": subject.unit.name or "", "count": len(spots)}
            yield Hit(spot=spots[0], facts=facts, actual=word)

    def _level(self, subject: Subject, table: UnitFacts) -> Iterator[Hit]:
        """A wider area as what the unit itself organised, received or counted."""
        unit = subject.unit
        area = next((words for name in (unit.kind, unit.level) for of, words in table.above.items() if of == name), None)
        claims = [pattern(claim.replace("{area}", area.source)) for claim in self.claims] if area else []
        for text in body(subject) if claims else ():
            for start, end in text.clauses():
                clause = text.text[start:end]
                if any(p.search(clause) for p in self.excused):
                    continue
                if match := next((m for claim in claims if (m := claim.search(clause))), None):
                    at = area.search(match[0]) if area else None
                    begin = start + match.start() + (at.start() if at else 0)
                    word = at[0] if at else match[0]
                    facts = {"word": word, "unit": unit.name or ""}
                    yield Hit(spot=text.spot(begin, begin + len(word)), facts=facts, actual=word)


def named_units(subject: Subject) -> list[Called]:
    """The names by which the report presents its unit: other titles, the opening, lines at the end that only sign it."""
    table = subject.tables.units
    defined = {match[1] for text in body(subject) for match in table.defines.finditer(text.text)}
    found = [*_titled(subject), *presented(subject), *_compiled(subject), *signed(subject)]
    return [called for called in found if called.name not in defined and not table.pronouns.search(called.name)]


def _titled(subject: Subject) -> Iterator[Called]:
    """The units of titles beside the report's own."""
    for title in subject.report.titles:
        if title is not subject.report.title and title.unit:
            text, name = paragraph(title.passage or block_passage(title.block)), bare(even(title.unit)).strip(_BULLETS)
            if (at := text.text.find(name)) >= 0:
                yield Called(name, text.spot(at, at + len(name)))


def _opening(subject: Subject) -> Sequence[Paragraph]:
    """The first paragraphs of the preamble and the overview."""
    overview = subject.figures.form.parts("overview")
    return [text for text in body(subject) if text.number is None or text.number in overview][:_OPENING]


def presented(subject: Subject) -> Iterator[Called]:
    """The units whose report the opening says it publishes."""
    return _matched(_opening(subject), subject.tables.units.presents)


def _compiled(subject: Subject) -> Iterator[Called]:
    """The units that the opening says drew the report up; not who puts together what all of an area have reported."""
    table, texts = subject.tables.units, _opening(subject)
    if subject.unit.kind in _FOR_ALL:
        texts = [text for text in texts if not table.compiled_for.search(text.text)]
    return _matched(texts, (table.compiled_by,))


def _matched(opening: Sequence[Paragraph], patterns: Sequence[TablePattern]) -> Iterator[Called]:
    for text in opening:
        for presents in patterns:
            for match in presents.finditer(text.text):
                yield Called(match["name"], text.spot(*match.span("name")))


def signed(subject: Subject) -> Iterator[Called]:
    """The unit that signs at the end: a line that is nothing but a name, or a name and a day."""
    for section in subject.report.sections[-1:]:
        for passage in section.passages[-3:]:
            text = paragraph(passage, section)
            day = DAY.search(text.text)
            name = text.text[: day.start()] if day and day.end() == len(text.text) else text.text
            if name and subject.tables.units.signs.fullmatch(name):
                yield Called(name, text.spot(0, len(name)))

"""The title, the unit and the year: from the first lines of a report, however they are broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Block, Passage, Title
from validator.model.reading_facts import ReadingFacts
from validator.text.characters import even, squeeze
from validator.text.dates import DAY, YEAR_MARK, with_year_word, without_leading_year_word, without_year_words
from validator.text.numerals import numeral

#: A title stands among the first lines after the page's own.
WITHIN = 60
LONGEST = 60
_BREAK = expression("[,。;:!?]")
_EDGES = "-_|> "
_OPEN = {"(": ")", "[": "]", "【": "】"}


@positional_record
class TitleReader:
    """Reads titles by the words of rules/tables/reading.yaml."""

    words: ReadingFacts

    def titles(self, blocks: Sequence[Block]) -> list[tuple[int, int, Title]]:
        """Every title among the lines: index of its first block, of the block after it, and what it says."""
        found: list[tuple[int, int, Title]] = []
        place = 0
        while place < min(len(blocks), WITHIN):
            made = next((t for size in (1, 2, 3, 4) if (t := self._title(blocks[place : place + size], size))), None)
            if made is None:
                place += 1
                continue
            size, title = made
            begin = place
            if title.unit is None and place and (unit := self._unit_line(blocks[place - 1])):
                begin = place - 1
                title = replace(self._made(blocks[begin : place + size]), unit=unit, year=title.year)
            # under it the unit and the year, a line each, whichever comes first
            for _ in range(2):
                if title.unit is None and (unit := self._unit_below(blocks[place + size : place + size + 2])):
                    size += 1
                    title = replace(self._made(blocks[begin : place + size]), unit=unit, year=title.year)
                if title.year is None and (year := self._year_line(blocks[place + size : place + size + 1])) is not None:
                    size += 1
                    title = replace(self._made(blocks[begin : place + size]), unit=title.unit, year=year)
            found.append((begin, place + size, title))
            place += size
        return found

    def _title(self, blocks: Sequence[Block], size: int) -> tuple[int, Title] | None:
        """The title that exactly these lines make, if they do: no line too many before or after it."""
        if len(blocks) < size:
            return None
        lines = [self.line(block.text) for block in blocks]
        whole = "".join(lines)
        if "《" in whole[1:] or "》" in whole[:-1]:
            return None
        if len(whole) > LONGEST or self.words.not_title.search(lines[0]):
            return None
        if any(_BREAK.search(line) or self.words.page.search(line) for line in lines):
            return None
        match = self.words.title.search(whole)
        if not match or not self.words.title_kind.search(whole) or match.end() <= len(whole) - len(lines[-1]):
            return None
        if size > 1 and (self.words.title.search("".join(lines[1:])) and (self.parts("".join(lines[1:]))[0] or not self._begins(lines))):
            return None
        return size, self._made(blocks)

    def _begins(self, lines: Sequence[str]) -> bool:
        """Whether the first line can be the beginning of a title, by itself or with the end of a unit's name in the next."""
        torn = self.words.unit_torn
        return self._opens(lines[0]) or bool(torn and torn.fullmatch(lines[0] + self._unit_and_year("".join(lines[1:]))[0]))

    def _opens(self, line: str) -> bool:
        """Whether a line can be the beginning of a title: a unit's name, a year, or both."""
        rest = expression(with_year_word(self.words.title_year.source)).sub("", line)
        return not rest or bool(self.words.unit.fullmatch(rest)) or bool(self.words.unit_begins.search(rest))

    def line(self, text: str) -> str:
        """A line as it is compared: half width, no spaces, without a label before it (标题：)."""
        return self.words.title_label.sub("", squeeze(even(text)).text)

    def _made(self, blocks: Sequence[Block]) -> Title:
        text = " ".join(block.text.strip() for block in blocks)
        places, at = [], 0
        for block in blocks:
            places.append((at, block))
            at += len(block.text.strip()) + 1
        unit, year = self.parts("".join(self.line(block.text) for block in blocks))
        return Title(text=text, block=blocks[0], unit=unit, year=year, passage=Passage(text=text, places=tuple(places)))

    def parts(self, text: str) -> tuple[str | None, int | None]:
        """Unit and year of a title's text."""
        unit, year = self._unit_and_year(text)
        return (None if not unit or self.words.not_unit.fullmatch(unit) else unit), year

    def _unit_and_year(self, text: str) -> tuple[str, int | None]:
        """What stands in the unit's place of a title's text, and the year."""
        line = self.line(text)
        found = self.words.title_year.search(line)
        year = numeral(found[0]) if found else None
        rest = line[: found.start()] + YEAR_MARK + line[found.end() :] if found else line
        rest = self.words.title_rest.compiled.sub("", rest, count=1)
        return self._alone(without_leading_year_word(_unbracketed(without_year_words(rest)))), year

    def _alone(self, name: str) -> str:
        """A unit's name without what is written beside it: 关于X, X(盖章)."""
        beside = self.words.beside_unit
        return beside.sub("", name) if beside else name

    def _year_line(self, blocks: Sequence[Block]) -> int | None:
        """The year that stands alone on the line under a title, for kinds of report that print it there."""
        pattern = self.words.title_year_line
        line = self.line(blocks[0].text) if blocks and pattern else ""
        if not line or pattern is None or not pattern.fullmatch(line):
            return None
        return self.parts(line)[1]

    def _unit_line(self, block: Block) -> str | None:
        """A line that holds a unit's name and nothing else."""
        line = squeeze(even(block.text)).text
        name = self._alone(_unbracketed(line))
        if len(name) > 30 or not self.words.unit.fullmatch(name):
            return None
        return name if name == line or not self.words.not_unit.fullmatch(name) else None

    def _unit_below(self, blocks: Sequence[Block]) -> str | None:
        """The unit that the line under a title names, in brackets or alone; not where a date under it shows that it is who published."""
        line = squeeze(even(blocks[0].text)).text if blocks else ""
        name = self._alone(_unbracketed(line))
        if not name or len(name) > 30 or not self.words.unit.fullmatch(name) or self.words.not_unit.fullmatch(name):
            return None
        return name if name != line or len(blocks) < 2 or not DAY.fullmatch(squeeze(even(blocks[1].text)).text) else None

    def ends_as_unit(self, name: str) -> bool:
        """Whether a name ends as a unit's does, not as a place's."""
        return bool(self.words.unit.fullmatch(name)) and not self.words.unit_place.search(name)

    def labelled_units(self, lines: Sequence[str]) -> Iterator[str]:
        """Units named by the page's metadata: 发布机构：X."""
        for line in lines:
            found = self.words.unit_labels.match(line)
            if found and self.words.unit.fullmatch(found[1]):
                yield found[1]

    def office_stripped(self, unit: str) -> str:
        """The body whose office publishes: 平潭管委会办公室 → 平潭管委会."""
        return self.words.unit_office.sub("", unit) or unit


def choose_unit(reader: TitleReader, title: Title | None, titles: Sequence[Title], labelled: Sequence[str]) -> str | None:
    """The reporting unit: that of the report's own title, else of another on the page; made whole by another title or the page's metadata
    where it names only a place."""
    named = [other.unit for other in titles if other.unit]
    unit = title.unit if title is not None and title.unit else next((name for name in named if reader.ends_as_unit(name)), None)
    unit = unit or next(iter(named), None)
    if unit is not None and not reader.ends_as_unit(unit):
        whole = [reader.office_stripped(name) for name in (*named, *labelled) if unit in name and len(name) > len(unit)]
        unit = next((name for name in whole if reader.ends_as_unit(name)), unit)
    return unit


def _unbracketed(text: str) -> str:
    """A name without the marks around it. A bracket that belongs to it stays: 教育局(本级机关)."""
    text = text.strip(_EDGES)
    while text:
        first, last = text[0], text[-1]
        if first in _OPEN and last == _OPEN[first] and last not in text[1:-1]:
            text = text[1:-1]
        elif first in _OPEN.values() or first in _OPEN and _OPEN[first] not in text:
            text = text[1:]
        elif last in _OPEN or last in _OPEN.values() and not any(mark in text for mark in _OPEN):
            text = text[:-1]
        else:
            break
        text = text.strip(_EDGES)
    return text


def committee(unit: str | None, texts: Iterable[str], words: ReadingFacts) -> str | None:
    """The unit; of a zone, which is a place and no body, the committee that runs it where the text speaks of one."""
    if unit is None or not words.unit_zone.search(unit):
        return unit
    named = next((found[0] for text in texts if (found := words.unit_committee.search(text))), "")
    return unit + named

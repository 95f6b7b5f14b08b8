"""Check on the preamble's list of the report's parts: how many it promises, and how it names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import lru_cache
from typing import Literal

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.model import FormSection, Hit, Skip, Subject
from validator.text.characters import Pattern, bare, even
from validator.text.numerals import numeral
from validator.text.paragraphs import Paragraph, chosen

#: Paragraphs in which a list of parts stands, if there is one.
_PARAGRAPHS = 12


@lru_cache(maxsize=64)
def _plain(wording: str) -> str:
    """A heading of the form for comparison; pages lose the 、 of 行政复议、行政诉讼."""
    return even(bare(wording)).replace("、", "")


@positional_record
class _Part:
    """A named part: where it stands in its line, what it is called and which part of the form that is."""

    start: int
    end: int
    name: str
    number: int | None
    match: Literal["form", "long", "near", "other", "none"]


@record
class PartsList:
    """The list of parts in the first paragraphs of some `parts` (0: the preamble).

    `opens` matches what comes before the list, `closes` what ends it, `count` the number of parts promised (group 1) and `open_end` the
    word after which a list need not be complete. `between` parts the list's items, `marks` are set aside from each. `same` gives, by
    part, further wordings of the same subject; `about` tells which part is meant where the subject is another.
    """

    parts: tuple[int, ...]
    opens: Pattern
    closes: Pattern
    count: tuple[Pattern, ...]
    open_end: Pattern
    between: Pattern
    marks: Pattern
    same: dict[str, Pattern] = field(default_factory=dict)
    about: dict[str, Pattern] = field(default_factory=dict)
    least: int = 3  # parts of the form that make an enumeration such a list

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """Parts named otherwise, parts left out, a false count."""
        for line in chosen(subject, self.parts)[:_PARAGRAPHS]:
            found = self._list(line, subject.figures.form.sections)
            counted = self._counted(line, found)
            if found or counted:
                yield from self._judge(subject, line, found, counted)
                return

    def _list(self, line: Paragraph, sections: tuple[FormSection, ...]) -> list[_Part]:
        """The list in that paragraph, if it holds one."""
        best: list[_Part] = []
        if sum(_plain(section.heading)[:4] in line.text for section in sections) < self.least - 1:
            return best  # most paragraphs name no parts; the search below is dear
        for opening in self.opens.finditer(line.text):
            closing = self.closes.search(line.text, opening.end())
            end = closing.start() if closing else len(line.text)
            parts = self._parts(line.text, opening.end(), end, sections)
            # the later of two openings leaves fewer words before the first part: 全文包括…
            if len({part.number for part in parts} - {None}) >= self.least and _fit(parts) >= _fit(best):
                best = parts
        return best

    def _parts(self, text: str, start: int, end: int, sections: tuple[FormSection, ...]) -> list[_Part]:
        """The pieces between separators, joined where a part's own name holds one."""
        pieces = [(a, b) for piece in self._split(text, start, end) for a, b in _unglued(text, *piece, sections) if b > a]
        parts: list[_Part] = []
        at = 0
        while at < len(pieces):
            size, part = self._longest(text, pieces[at : at + 5], sections)
            if parts and part.number is not None and parts[-1].number == part.number:
                before = parts.pop()
                part = self._part(text, before.start, part.end, sections)
            parts.append(part)
            at += size
        return parts

    def _split(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of text[start:end] between separators."""
        at = start
        for found in self.between.finditer(text[start:end]):
            yield at, start + found.start()
            at = start + found.end()
        yield at, end

    def _longest(self, text: str, pieces: list[tuple[int, int]], sections: tuple[FormSection, ...]) -> tuple[int, _Part]:
        """The most pieces that together name one part; else the first piece."""
        alone = self._part(text, *pieces[0], sections)
        if alone.match in ("form", "long"):
            return 1, alone
        for size in range(len(pieces), 1, -1):
            part = self._part(text, pieces[0][0], pieces[size - 1][1], sections)
            if part.match in ("form", "long", "near"):
                return size, part
        return 1, alone

    def _part(self, text: str, start: int, end: int, sections: tuple[FormSection, ...]) -> _Part:
        """What that stretch of text names."""
        name = self.marks.sub("", text[start:end])
        for section in sections:
            if match := self._match(name, section):
                return _Part(start, end, name, section.number, match)
        for key, pattern in self.about.items():
            if pattern.search(name):
                return _Part(start, end, name, int(key), "other")
        return _Part(start, end, name, None, "none")

    def _match(self, name: str, section: FormSection) -> Literal["form", "long", "near"] | None:
        plain = name.replace("、", "")
        if plain == _plain(section.heading):
            return "form"
        if any(plain == _plain(wording) for wording in section.long):
            return "long"
        same = self.same.get(str(section.number))
        near = any(expression(pattern).search(name) for pattern in section.near) or (same is not None and same.fullmatch(name))
        return "near" if near else None

    def _counted(self, line: Paragraph, found: list[_Part]) -> re.Match[str] | None:
        """The promised number of parts: after the list, or alone."""
        for pattern in self.count:
            for match in pattern.finditer(line.text):
                if not found or found[0].start - 40 <= match.start(1) <= found[-1].end + 20:
                    return match
        return None

    def _judge(self, subject: Subject, line: Paragraph, found: list[_Part], counted: re.Match[str] | None) -> Iterator[Hit]:
        due = {section.number: section.heading for section in subject.figures.form.sections}
        printed = {section.number: even(bare(section.wording)) for section in subject.report.sections if section.number}
        found = _settled(found, list(due))
        yield from self._named(line, found, due, printed)
        named = {part.number for part in found if part.number is not None}
        rest = line.text[found[-1].end : found[-1].end + 4] if found else ""
        complete = bool(found) and not self.open_end.match(rest)
        left_out = [number for number in due if number not in named] if complete else []
        unknown = any(part.number is None for part in found)
        number = numeral(counted.group(1)) if counted else None
        allowed = {len(due), len(subject.report.sections)}
        if counted is not None and number is not None and (number not in allowed or (left_out and not unknown and number != len(named))):
            facts = {"count": number, "listed": len(found) or len(due), "due": len(due)}
            spot = line.spot(*counted.span())
            yield Hit(spot=spot, facts=facts, expected=str(len(due)), actual=str(number), variant="short" if number in allowed else "count")
        elif left_out and not unknown and len(left_out) < len(due) - self.least + 1:
            spot = line.spot(found[0].start, found[-1].end)
            names = "、".join(due[number] for number in left_out)
            yield Hit(spot=spot, facts={"names": names, "count": len(left_out)}, expected=names, variant="omits")

    def _named(self, line: Paragraph, found: list[_Part], due: dict[int, str], printed: dict[int, str]) -> Iterator[Hit]:
        """Parts that the list calls otherwise than the form, unless the report's own heading says the same."""
        near: list[_Part] = []
        for part in found:
            if part.number is None or part.match in ("form", "long") or printed.get(part.number) == part.name:
                continue
            if part.match == "near":
                near.append(part)
                continue
            facts: dict[str, object] = {"part": line.printed(part.start, part.end), "due": due[part.number]}
            yield Hit(spot=line.spot(part.start, part.end), facts=facts, expected=due[part.number], actual=str(facts["part"]))
        if near:
            first = near[0]
            facts = {"part": line.printed(first.start, first.end), "due": due[first.number or 0], "count": len(near)}
            yield Hit(
                spot=line.spot(first.start, first.end), facts=facts, expected=str(facts["due"]), actual=str(facts["part"]), variant="near"
            )


def _settled(found: list[_Part], due: list[int]) -> list[_Part]:
    """The list with its one unknown part taken for the one that it leaves out."""
    unknown = [part for part in found if part.number is None]
    left_out = [number for number in due if number not in {part.number for part in found}]
    if len(unknown) == len(left_out) == 1 and len(found) == len(due):
        return [replace(part, number=left_out[0], match="other") if part is unknown[0] else part for part in found]
    return found


def _fit(parts: list[_Part]) -> tuple[int, int]:
    """How many parts of the form a list names, and how many of them in the form's words."""
    return len({part.number for part in parts} - {None}), sum(part.match in ("form", "long") for part in parts)


def _unglued(text: str, start: int, end: int, sections: tuple[FormSection, ...]) -> Iterator[tuple[int, int]]:
    """A piece in which two of the form's headings follow each other without a mark, one by one."""
    headings = [even(bare(section.heading)) for section in sections]
    first = next((h for h in headings if text.startswith(h, start) and start + len(h) < end), None)
    if first is not None and any(text.startswith(h[:4], start + len(first)) for h in headings):
        yield start, start + len(first)
        yield from _unglued(text, start + len(first), end, sections)
    else:
        yield start, end

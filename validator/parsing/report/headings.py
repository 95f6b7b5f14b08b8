"""Which lines are headings of the first level, and of which part of the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.model import FormSection
from validator.text.characters import bare, even
from validator.text.dates import DATED
from validator.text.numerals import CIRCLED, LISTED, listed, numeral

_FIRST = expression(rf"(?:第?({listed(3)})(?:部分)?[、,.:]|第({listed(2)})部分)")
_ARABIC = expression(r"(\d{1,2})[、.](?!\d)")
_DEEPER = expression(rf"(\({listed(3)}\)|\d{{1,2}}[、.](?!\d)|\(\d{{1,2}}\)|[{CIRCLED}])")
_SENTENCE = expression("[。;!?,]")
LONGEST = 40
#: What a heading may follow on its line: the end of a sentence, a figure, a bracket.
_STOPPED = expression(rf"[。!?)\d元](?=[{LISTED}][、.])")
#: How the text under a heading begins when it stands on its line.
_BEGINS = expression(rf"[:。]|\d|\([{LISTED}\d(本]|本|无|没有|我|全|按照?|根据|存在|主要|一是|一方面|截至|除|今年|目前")
#: Characters; headings nearer to each other are a list of them.
_APART = 4
#: Numbers of the parts between which an unknown heading is told by its place.
_FIRST_PART, _SECOND = 1, 2
#: What stands in brackets behind the words of a heading: a note on the type.
_NOTE = expression(r"\([^()]{1,30}\)$")

Match = Literal["form", "long", "near", "other", "none"]


@record
class Found:
    """A line that may be a heading: `number` is the form's part, `numeral` the one printed, `end` where its wording ends (squeezed)."""

    number: int | None
    numeral: int | None
    match: Match
    wording: str
    end: int
    certain: int  # 3: 一、 and the form's subject; 2: marked as a heading by the source; 1: Arabic or no numeral


@positional_record
class Headings:
    """The headings of the forms, ready to be compared."""

    sections: tuple[FormSection, ...]

    @cached_property
    def _near(self) -> list[tuple[int, re.Pattern[str]]]:
        return [(s.number, expression(p)) for s in self.sections for p in s.near]

    @cached_property
    def _about(self) -> list[tuple[int, re.Pattern[str]]]:
        return [(s.number, expression(p)) for s in self.sections for p in s.about]

    @cached_property
    def _exact(self) -> dict[str, tuple[int, Match]]:
        found: dict[str, tuple[int, Match]] = {}
        for section in self.sections:
            found.update({bare(even(wording)): (section.number, "long") for wording in section.long})
        for section in self.sections:
            found[bare(even(section.heading))] = (section.number, "form")
        return found

    @cached_property
    def inside(self) -> re.Pattern[str]:
        """A numeral and a heading of the form within running text without spaces."""
        if not self._exact:  # a form without parts
            return expression("(?!)")
        words = "|".join(sorted(map(re.escape, self._exact), key=len, reverse=True))
        return expression(rf"[{LISTED}][、.](?:{words})")

    def run_in(self, line: str) -> list[int]:
        """Where in a bare line a heading begins that a sentence or a figure before it runs into, and where it ends if text follows.

        Not where a sentence names the parts or lists them: nothing but their names stands between the numerals.
        """
        if "、" not in line and "." not in line or not _STOPPED.search(line):  # most lines are told at once
            return []
        found = [match for match in self.inside.finditer(line) if match.start() and _STOPPED.match(line, match.start() - 1)]
        found = [match for match in found if match.end() == len(line) or _BEGINS.match(line, match.end())]
        ends = [0, *(match.end() for match in found)]
        if any(
            match.start() - end < _APART and line[end : match.start()].strip("。") == "" for end, match in zip(ends, found, strict=False)
        ):
            return []
        return [place for match in found for place in (match.start(), match.end()) if place < len(line)]

    def exact(self, line: str) -> bool:
        """Whether a bare line is one of the form's headings without its numeral."""
        return line in self._exact

    def subject(self, wording: str) -> tuple[int | None, Match]:
        """Which part a wording (bare, without numeral) is a heading of, and how well it fits."""
        wording = wording.strip("、。:;.,")
        if wording in self._exact:
            return self._exact[wording]
        noted = _NOTE.sub("", wording)
        if noted in self._exact:
            return self._exact[noted]
        stripped = DATED.sub("", noted)
        for number, pattern in self._near:
            if pattern.search(wording) or pattern.search(stripped):
                return number, "near"
        if stripped in self._exact:
            return self._exact[stripped][0], "near"
        for number, pattern in self._about:
            if pattern.search(wording):
                return number, "other"
        return None, "none"

    def read(self, line: str, marked: bool) -> Found | None:
        """The heading that a bare line is or begins with."""
        numbered = _FIRST.match(line)
        if numbered:
            return self._numbered(line, numbered.end(), numeral(numbered[1] or numbered[2]))
        arabic = _ARABIC.match(line)
        start = arabic.end() if arabic else 0
        wording = line[start:]
        if len(wording) > LONGEST or _DEEPER.match(line) and not arabic:
            return None
        number, match = self.subject(wording)
        printed = int(arabic[1]) if arabic else None
        if match not in ("form", "long") and not (marked and match == "near" and not arabic) or (printed is not None and printed != number):
            return None
        return Found(number=number, numeral=printed, match=match, wording=wording, end=len(line), certain=2 if marked else 1)

    def _numbered(self, line: str, start: int, printed: int | None) -> Found | None:
        """A line that begins with 一、: a heading, a heading run together with its text, or an enumeration."""
        wording = line[start:]
        if len(wording) <= LONGEST and not _SENTENCE.search(wording.rstrip("。;:")):
            number, match = self.subject(wording)
            if match != "none" or wording:
                return Found(number=number, numeral=printed, match=match, wording=wording.rstrip("。;:、"), end=len(line), certain=3)
        for words, (number, match) in sorted(self._exact.items(), key=lambda item: -len(item[0])):
            if wording.startswith(words):
                return Found(number=number, numeral=printed, match=match, wording=words, end=start + len(words), certain=3)
        return None


def deeper(line: str) -> bool:
    """Whether a bare line is a heading of a deeper level: a numeral and a few words, no sentence."""
    return bool(_DEEPER.match(line) or _FIRST.match(line)) and len(line) <= 32 and not _SENTENCE.search(line.rstrip("。;:"))


def choose(candidates: Sequence[tuple[int, Found]]) -> dict[int, Found]:
    """The true headings among the candidates (place, heading): enumerations inside a part and weaker twins drop out."""
    strong = _opening(_stronger(candidates))
    chosen: dict[int, Found] = {}
    last, nested = 0, 0
    for place, found in strong:
        if found.match in ("form", "long", "near") or (
            not chosen and found.match == "other" and found.number == found.numeral == _FIRST_PART
        ):
            chosen[place] = found
            last, nested = found.numeral or found.number or last, 0
            continue
        printed = found.numeral or 0
        if nested and printed == nested + 1 or (printed == 1 and chosen) or (printed <= last and printed != found.number):
            nested = printed  # an enumeration inside the part: 一、加强领导 二、…
        elif chosen and printed and (printed == last + 1 or found.number == printed):
            chosen[place] = found
            last, nested = printed, 0
    return chosen


def _opening(candidates: Sequence[tuple[int, Found]]) -> Sequence[tuple[int, Found]]:
    """The candidates; a 一、 with text under it before the form's second part is the first part, whatever its words are."""
    sure = [(place, found) for place, found in candidates if found.match in ("form", "long", "near")]
    if not sure or sure[0][1].number != _SECOND or any(found.number == _FIRST_PART for _, found in sure):
        return candidates
    end = sure[0][0]
    for at, (place, found) in enumerate(candidates):
        if place >= end:
            break
        following = candidates[at + 1][0]
        if found.numeral == _FIRST_PART and found.certain == 3 and found.number in (None, _FIRST_PART) and following > place + 1:
            return [*candidates[:at], (place, replace(found, number=_FIRST_PART, match="other")), *candidates[at + 1 :]]
    return candidates


def _stronger(candidates: Sequence[tuple[int, Found]]) -> list[tuple[int, Found]]:
    """Without candidates whose part has a surer one: '1.主动公开' beside '二、主动公开政府信息情况'."""
    order: dict[Match, int] = {"form": 3, "long": 3, "near": 2, "other": 1, "none": 0}
    best: dict[int | None, tuple[int, int]] = {}
    for _, found in candidates:
        rank = (found.certain, min(order[found.match], 2))
        best[found.number] = max(best.get(found.number, (0, 0)), rank)
    kept = []
    for place, found in candidates:
        sure, fit = best[found.number]
        if found.number is not None and (found.certain < sure or (found.match == "other" and fit > 1)):
            if found.certain == 3 and found.numeral != found.number:
                kept.append((place, replace(found, number=None, match="none")))
            continue
        kept.append((place, found))
    return kept

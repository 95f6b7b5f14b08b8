"""The numerals of sub-headings within a part: （一）（二）（三）; which is left out and which stands twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Section, Spot
from validator.text.numerals import listed, numeral
from validator.text.paragraphs import within

#: A numeral in brackets at the head of a paragraph or a sentence.
_NUMBERED = expression(rf"(?:^|(?<=[。;:,]))\(({listed(3)})\)")


@positional_record
class Misnumbered:
    """A sub-heading whose numeral does not follow: one was skipped before it, or its own stands twice."""

    kind: Literal["skipped", "twice"]
    before: int
    number: int
    spot: Spot


def misnumbered(section: Section) -> list[Misnumbered]:
    """The faults of one part. A numeral may take up any list that is open; where several are, nothing is said."""
    faults: list[Misnumbered] = []
    open_lists: list[int] = []
    for number, spot in _numerals(section):
        if number == 1 or not open_lists:
            open_lists.append(number)
            continue
        depth = next((at for at in range(len(open_lists) - 1, -1, -1) if open_lists[at] == number - 1), None)
        if depth is not None:
            del open_lists[depth + 1 :]
        elif len(open_lists) == 1 and open_lists[0] <= number:
            kind: Literal["skipped", "twice"] = "twice" if number == open_lists[0] else "skipped"
            faults.append(Misnumbered(kind, open_lists[0], number, spot))
        open_lists[-1] = number
    return faults


def skipped(sections: Sequence[Section]) -> Misnumbered | None:
    """The first numeral that is skipped in these parts."""
    return next((fault for section in sections for fault in misnumbered(section) if fault.kind == "skipped"), None)


def _numerals(section: Section) -> Iterator[tuple[int, Spot]]:
    """The numerals of a part with their places, in the order of the text."""
    for text in within(section):
        for match in _NUMBERED.finditer(text.text):
            yield numeral(match[1]) or 0, text.spot(*match.span())

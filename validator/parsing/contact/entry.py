"""An entry of the contact block as the grammar found it, and a detail read from it."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression

Kind = Literal["office", "address", "postcode", "phone", "fax", "email", "website", "person"]

_LEAD = expression(r"(?:[\s:]|\((?!\d{3,4}\)))*")  # not the bracket of an area code


@record
class ContactEntry:
    """An opening or a field of the grammar: its head is text[start:body], what it holds text[body:stop]."""

    rule: str
    type: str  # the head's terminal
    text: str
    start: int
    body: int
    stop: int
    marks: tuple[tuple[str, int, int], ...]  # terminals inside: type, start, end

    @property
    def label(self) -> str:
        """The head's words without the colon."""
        return self.text[self.start : self.body].strip(" :(\n") if self.rule == "field" else ""

    @property
    def value(self) -> int:
        """Where the value begins: after spaces, a second colon, an opening bracket."""
        match = _LEAD.match(self.text, self.body, self.stop)
        return match.end() if match else self.body

    @cached_property
    def _places(self) -> dict[tuple[str, int], int]:
        """Where each terminal ends, by its type and beginning."""
        return {(name, start): end for name, start, end in reversed(self.marks)}

    def mark_at(self, kind: str, start: int) -> int | None:
        """The end of the terminal of that type that begins at `start`."""
        return self._places.get((kind, start))

    def mark(self, kind: str) -> int | None:
        """Where the first terminal of that type begins."""
        return next((start for name, start, _ in self.marks if name == kind), None)


@record
class ContactValue:
    """A detail in the flat text."""

    kind: Kind
    start: int
    end: int
    value: str | None
    label: str = ""
    area: str = ""
    service: bool = False  # a hotline, not a number of the unit

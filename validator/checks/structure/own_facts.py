"""Whether the text has facts of its own: figures, the unit's name, what it calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.base.records import record
from validator.base.regex_cache import passing
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.text.characters import Pattern
from validator.text.paragraphs import head, within


@record
class Substance:
    """A part of the report in which hardly anything is the unit's own.

    Its own are figures (`figure`), what it calls itself (`own`) and its name without the organ (`organ`); titles, numbers of documents and
    years (`set_aside`) are nobody's. `least`: how many of them for 100 characters below which a text is general; with a word of `general`
    in it, twice as many.
    """

    section: int
    shortest: int
    least: float
    general: Pattern
    figure: Pattern
    own: Pattern
    organ: Pattern
    set_aside: Pattern

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """At most one hit, at the heading."""
        section = subject.report.section(self.section)
        text = "".join(line.text for line in within(section)) if section else ""
        if section is None or len(text) < self.shortest:
            yield Skip(reason=both("checks.short-section"))
            return
        plain = self.set_aside.sub("", text)
        name = re.escape(self.organ.sub("", subject.unit.name)) if subject.unit.name else None
        count = sum(sum(1 for _ in pattern.finditer(plain)) for pattern in (self.figure, self.own)) + (
            len(passing(name).findall(plain)) if name else 0
        )
        share = 100 * count / len(text)
        least = self.least * (2 if self.general.search(plain) else 1)
        if share < least:
            yield Hit(spot=head(section), facts={"own": count, "length": len(text)})

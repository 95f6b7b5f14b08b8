"""Words of the text that a figure of the table contradicts."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.checks.sums.table_terms import cells, undisputed_value
from validator.checks.text.wording import WordingPhrase
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.text.characters import Pattern
from validator.text.paragraphs import body


@record
class Contradiction:
    """Phrases that cannot be true where a figure is not nought; one hit, at the first. `figure`: readings, the first that the form has.

    `unless`: words anywhere in the text with which the phrase means less than it says.
    """

    says: tuple[WordingPhrase, ...]
    figure: tuple[str, ...]
    unless: Pattern

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """At most one hit."""
        terms = next((reading_cells for reading in self.figure if (reading_cells := cells(subject.figures, reading))), ())
        value = undisputed_value(subject, terms)
        marks = tuple(cell for _, cell in terms)
        if value is None:
            yield Skip(reason=both("checks.no-figure-to-compare"), cells=marks)
            return
        lines = body(subject)
        if not value or any(self.unless.search(line.text) for line in lines):
            return
        for line in lines:
            for phrase in self.says:
                if match := phrase.says.search(line.text):
                    facts = {"quote": match[0][:24], "count": str(value)}
                    yield Hit(spot=line.spot(*match.span()), facts=facts, actual=match[0], cells=marks, variant=phrase.variant)
                    return

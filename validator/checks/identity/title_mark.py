"""Check for a mark of a draft in the title, or alone on the line below it."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.model import Hit, Subject
from validator.text.characters import Pattern
from validator.text.paragraphs import block_passage, opening, paragraph


@record
class TitleMark:
    """`mark`: the expression of such a mark, over titles in half width without spaces."""

    mark: Pattern

    def run(self, subject: Subject) -> Iterable[Hit]:
        """At most one hit."""
        title = subject.report.title
        if title is None:
            return
        below = [text for text in opening(subject.report)[:1] if self.mark.fullmatch(text.text)]
        for text in (paragraph(title.passage or block_passage(title.block)), *below):
            if match := self.mark.search(text.text):
                yield Hit(spot=text.spot(*match.span()), facts={"mark": text.printed(*match.span())}, actual=match[0])
                return

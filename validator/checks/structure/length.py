"""Check on the length of a section, counted as Word counts 字数."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.text.characters import Pattern
from validator.text.paragraphs import chosen, head

#: What counts as one: a Chinese character or mark; a run of letters, digits and their marks.
_WORD = expression(r"[!-~]+|[^\s!-~]")


@record
class Length:
    """A section longer than it should be: without its headings and without sentences of the preamble (`preamble`) that stand in it.

    Above `most` the rule itself speaks, above `much` its variant `much`, but not for the kinds of unit in `lenient`.
    """

    section: int
    most: int
    much: int
    lenient: tuple[str, ...] = ()
    preamble: tuple[Pattern, ...] = ()

    FACTS = ("count", "most")

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """At most one hit, at the section's heading."""
        section = subject.report.section(self.section)
        if section is None:
            yield Skip(reason=both("checks.no-section"))
            return
        count = self._count(subject)
        if count > self.most:
            much = count > self.much and subject.unit.kind not in self.lenient
            yield Hit(spot=head(section), facts={"count": count, "most": self.most}, variant="much" if much else None)

    def _count(self, subject: Subject) -> int:
        count = 0
        for line in chosen(subject, (self.section,)):
            if line.passage.heading:
                continue
            for start, end in line.sentences():
                if not any(pattern.search(line.text[start:end]) for pattern in self.preamble):
                    count += sum(1 for _ in _WORD.finditer(line.printed(start, end))) + (end < len(line.text))
        return count

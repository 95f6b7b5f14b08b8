"""Checks that a report says something: statements that the law asks for, in any of their wordings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from validator.base.records import record
from validator.checks.structure.subheadings import skipped
from validator.messages import both, enumerated
from validator.model import Cell, Hit, Severity, Skip, Spot, Subject, Text
from validator.model.unit_facts import UnitKind
from validator.text.characters import Pattern
from validator.text.numerals import ordinal
from validator.text.paragraphs import Paragraph, beginning, body, chosen, head, within


@record
class Holding:
    """What a statement holds in the reports of these kinds of units: told with it where it is not made."""

    kinds: tuple[UnitKind, ...]
    zh: str
    en: str


@record
class Statement:
    """One thing that must be said: its name in both languages and the wordings that say it."""

    zh: str
    patterns: tuple[Pattern, ...]
    en: str = ""  # without it the Chinese name stands in English too
    headings: tuple[Pattern, ...] = ()  # wordings that say it where they head a paragraph
    holds: Holding | None = None  # what kinds of units must write of in it

    @property
    def name(self) -> Text:
        """How messages call it."""
        return {"zh": self.zh, "en": self.en or self.zh}

    def said(self, line: Paragraph, set_aside: Pattern | None = None) -> bool:
        """Whether that paragraph says it, in words that are not set aside."""
        lead = line.text[: line.sentence_at(0)[1]][:30]
        text = set_aside.sub("", line.text) if set_aside else line.text
        return any(p.search(text) for p in self.patterns) or any(p.search(lead) for p in self.headings)


@record
class Mentions:
    """Statements that must be made in the named parts of the form (0: the preamble; none: anywhere).

    `home` is the part where such statements usually stand; where a required rule failed on it, what else it lacks is not said.
    With `elsewhere`, a statement made outside those parts is a finding of the variant `elsewhere`. `raised_by` names a figure; where it
    is not zero, a statement that is made nowhere is an error. What `set_aside` matches says nothing.
    """

    WEIGHS: ClassVar[bool] = True

    statements: tuple[Statement, ...]
    parts: tuple[int, ...] = ()
    home: int | None = None
    elsewhere: tuple[Pattern, ...] = ()
    raised_by: str | None = None  # table.row.column
    set_aside: Pattern | None = None
    part_of: str = ""  # the statement of a rule it yields to that holds these: where that is missing, it is told there, these with it
    numbered: bool = False  # whether a numeral that is skipped there is told with what is missing, as the variant `skipped`

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A finding that names all statements which are not made (variant `holding` where one holds what the unit must write of)."""
        report = subject.report
        sections = [section for section in report.sections if section.number in self.parts]
        if any(self.parts) and not any(within(section) for section in sections):
            yield Skip(reason=both("checks.no-text"))
            return
        home = report.section(self.home) if self.home else None
        if self.home and any(hit.spot.section == self.home for hits in subject.failed.values() for hit in hits):
            yield Skip(reason=both("checks.no-section"))
            return
        lines = chosen(subject, self.parts)
        missing = [statement for statement in self.statements if not any(statement.said(line, self.set_aside) for line in lines)]
        if not missing:
            return
        if self.part_of and (rule := _rule_that_tells(self.part_of, subject)):
            yield Skip(after=rule, told=True)
            return
        elsewhere = self._outside(subject, lines)
        if elsewhere is not None:
            yield Hit(spot=elsewhere, facts={"names": _names(missing)}, variant="elsewhere")
            return
        count = self._raised(subject)
        place = next(iter(sections), home)
        spot = head(place) if place else beginning(report)
        kind = subject.unit.kind
        facts = {"names": _names(missing, kind), "count": count or len(missing)}
        holding = any(each.holds is not None and kind in each.holds.kinds for each in missing)
        severity, variant = (Severity.ERROR, "raised") if count else (None, "holding" if holding else None)
        gap = skipped(sections) if self.numbered else None
        if gap is not None:
            facts |= {"before": f"（{ordinal(gap.before)}）", "after": f"（{ordinal(gap.number)}）"}
            variant = "skipped"
        due = _names(missing)["zh"]
        yield Hit(spot=spot, facts=facts, expected=due, variant=variant, severity=severity)

    def _outside(self, subject: Subject, lines: Sequence[Paragraph]) -> Spot | None:
        """Where the statement is made outside its place."""
        inside = {id(line.passage) for line in lines}
        for line in body(subject) if self.elsewhere else ():
            if id(line.passage) not in inside:
                for pattern in self.elsewhere:
                    if match := pattern.search(line.text):
                        return line.spot(*match.span())
        return None

    def _raised(self, subject: Subject) -> int:
        """The value of the figure that makes the statement due, 0 where it is none."""
        if self.raised_by is None:
            return 0
        table, rest = self.raised_by.split(".", 1)
        row, column = rest.rsplit(".", 1)
        if subject.blocked(Cell(table=table, row=row, column=column)):
            return 0
        figure = subject.figures.get(table, row, column)
        return int(figure.value) if figure is not None and figure.value else 0


def _rule_that_tells(name: str, subject: Subject) -> str | None:
    """The rule that this one yields to and that names the statement as missing."""
    return next((rule for rule, hits in subject.told.items() if any(name in (hit.expected or "") for hit in hits)), None)


def _names(missing: list[Statement], kind: str | None = None) -> Text:
    return enumerated(_name(statement, kind) for statement in missing)


def _name(statement: Statement, kind: str | None) -> Text:
    part = statement.holds
    if part is None or kind not in part.kinds:
        return statement.name
    more = {"zh": part.zh, "en": part.en}
    return {"zh": f"{statement.zh}（{more['zh']}）", "en": f"{statement.name['en']} ({more['en']})"}

"""Checks on the parts of a report: which are there, in which order, under which heading, with what in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.checks.structure.subheadings import misnumbered
from validator.messages import both
from validator.model import Block, FormSection, Hit, Kind, Report, Section, Severity, Skip, Spot, Subject, Text
from validator.text.characters import Pattern, bare, even
from validator.text.numerals import ordinal
from validator.text.paragraphs import beginning, head, within


def _pictured(report: Report, before: Section | None, following: Section | None) -> bool:
    """Whether a picture stands between two parts; before the first one, below the title."""
    title = report.title.block.line if report.title else 0
    start, end = before.block.line if before else title, following.block.line if following else 10**9
    return any(o.code == "picture" and o.line and start <= o.line < end for o in report.document.observations)


def _spoken_of(subject: Subject, parts: Sequence[FormSection]) -> bool:
    """Whether the text speaks of what each of these parts is about, in a report for a year in which their headings were encouraged only."""
    form = subject.figures.form_due
    if form is None or form.encouraged is None or subject.report.year not in form.encouraged.years:
        return False
    text = "\n".join(even(passage.text) for section in subject.report.sections for passage in section.passages)
    return all(any(expression(words).search(text) for words in part.about) for part in parts)


@record
class Sections:
    """The parts that the form asks for, looked at in one respect. `missing` and `empty` have the variant picture: one stands in the place.

    `parts` narrows `empty` to some of them; `preamble` are sentences that are no content of a part; `automatic` names formats in which
    a program may number the headings, so that a numeral that is not in the text says nothing; `page` are lines of the page around.
    """

    look_for: Literal["missing", "order", "repeated", "extra", "number", "wording", "empty"]
    parts: tuple[int, ...] = ()
    preamble: tuple[Pattern, ...] = ()
    page: Pattern | None = None
    least: int = 6  # characters that count as content
    automatic: tuple[str, ...] = ("docx", "doc", "wps", "odt", "html", "mht")

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """What is wrong with the parts in that respect."""
        return {
            "missing": self._missing,
            "order": self._order,
            "repeated": self._repeated,
            "extra": self._extra,
            "number": self._number,
            "wording": self._wording,
            "empty": self._empty,
        }[self.look_for](subject)

    def _missing(self, subject: Subject) -> Iterator[Hit]:
        there = {section.number for section in subject.report.sections}
        group: list[FormSection] = []
        for part in (*subject.figures.form.sections, None):
            if part is not None and part.number not in there:
                group.append(part)
            elif group:
                yield self._gap(subject, group, part)
                group = []

    def _gap(self, subject: Subject, group: list[FormSection], after: FormSection | None) -> Hit:
        report, first = subject.report, group[0].number
        names = [f"{ordinal(part.number)}、{part.heading}" for part in group]
        following = report.section(after.number) if after else None
        before = next((s for n in range(first - 1, 0, -1) if (s := report.section(n)) is not None), None)
        block: Block | None
        if following is not None:
            block = following.block
        elif before is not None:
            block = before.blocks[-1] if before.blocks else before.block
        else:
            block = beginning(report).block
        facts = {
            "headings": "".join(f"“{name}”" for name in names),
            "count": len(group),
            "between": _between(first, after.number if after else None),
        }
        return Hit(
            spot=Spot(block=block, section=first),
            facts=facts,
            expected="、".join(names) if len(names) == 1 else " ".join(names),
            variant="picture" if _pictured(report, before, following) else None,
            severity=Severity.WARNING if _spoken_of(subject, group) else None,
        )

    def _order(self, subject: Subject) -> Iterator[Hit]:
        placed = _firsts(subject.report.sections)
        kept = _longest_rising([section.number or 0 for section in placed])
        wrong = [section for at, section in enumerate(placed) if at not in kept]
        if wrong:
            first = wrong[0]
            at = placed.index(first)
            other = placed[at - 1] if at and (placed[at - 1].number or 0) > (first.number or 0) else placed[at + 1]
            facts = {
                "heading": first.heading,
                "other": other.heading,
                "found": "、".join(ordinal(section.number or 0) for section in placed),
                "due": "、".join(ordinal(section.number or 0) for section in sorted(placed, key=lambda s: s.number or 0)),
            }
            yield Hit(spot=head(first), facts=facts, expected=str(facts["due"]), actual=str(facts["found"]))

    def _repeated(self, subject: Subject) -> Iterator[Hit]:
        first = {section.number: section for section in _firsts(subject.report.sections)}
        for section in subject.report.sections:
            if _again(section, first):
                earlier = first[section.number]
                yield Hit(spot=head(section), facts={"heading": section.heading, "line": earlier.block.line, "other": earlier.heading})

    def _extra(self, subject: Subject) -> Iterator[Hit]:
        report = subject.report
        first = {section.number: section for section in _firsts(report.sections)}
        marked = all(section.block.kind is Kind.HEADING for section in first.values())
        for section in report.sections:
            numbered = section.numeral is not None or (marked and section.block.kind is Kind.HEADING and bool(first))
            other = section.number is None or (section is not first[section.number] and not _again(section, first))
            if numbered and other:
                facts = {"heading": section.heading, "count": len(subject.figures.form.sections)}
                yield Hit(spot=head(section), facts=facts, actual=section.heading)

    def _number(self, subject: Subject) -> Iterator[Hit]:
        report = subject.report
        first = {section.number: section for section in _firsts(report.sections)}
        rows = [section for section in report.sections if not _again(section, first)]
        numbered = next((section for section in rows if section.aspects), None)
        if numbered is not None:
            yield _aspects(numbered)
        elif _rising([section.number for section in rows if section.number]):
            yield from _jumps(rows)
            yield from self._without(rows, report.document.format)
        tables = {table.section for table in subject.figures.form.tables}  # their labels have numerals of their own
        for section in report.sections:
            if section.number is not None and section.number not in tables:
                yield from _subheadings(section)

    def _without(self, rows: list[Section], format: str) -> Iterator[Hit]:
        bald = [section for section in rows if section.number and section.numeral is None]
        if format not in self.automatic and bald and len(bald) * 2 < len(rows):
            for section in bald:
                due = ordinal(section.number or 0)
                yield Hit(spot=head(section), facts={"heading": section.heading, "due": due}, expected=due, variant="none")

    def _wording(self, subject: Subject) -> Iterator[Hit]:
        due = {part.number: part.heading for part in subject.figures.form.sections}
        first = {section.number: section for section in _firsts(subject.report.sections)}
        for section in subject.report.sections:
            if section.number in due and section is first[section.number] and section.match in ("long", "near", "other"):
                facts = {"heading": section.wording, "due": due[section.number]}
                variant = None if section.match == "other" else section.match
                yield Hit(spot=head(section), facts=facts, expected=due[section.number], actual=section.wording, variant=variant)

    def _empty(self, subject: Subject) -> Iterator[Hit | Skip]:
        for section in _firsts(subject.report.sections):
            if self.parts and section.number not in self.parts:
                continue
            if not any(self._tells(even(bare(text))) for text in _texts(section)):
                following = next((s for s in subject.report.sections if s.block.line > section.block.line), None)
                variant = "picture" if _pictured(subject.report, section, following) else None
                yield Hit(spot=head(section), facts={"heading": section.heading}, variant=variant)
            elif section.number == 1 and self.preamble and self._only_preamble(section, _reach(subject)):
                yield Hit(spot=head(section), facts={"heading": section.heading}, variant="preamble")

    def _tells(self, text: str) -> bool:
        """Whether a line is content."""
        return bool(text) and not (self.page is not None and self.page.fullmatch(text))

    def _only_preamble(self, section: Section, reach: tuple[str, ...]) -> bool:
        """Whether nothing is left when the preamble's sentences are set aside."""
        if any(block.kind is Kind.CELL for block in section.blocks):
            return False
        left, found = 0, False
        for passage in within(section):
            for start, end in passage.sentences():
                sentence = passage.text[start:end]
                if any(pattern.search(sentence) for pattern in self.preamble) or any(detail in sentence for detail in reach):
                    found = True
                else:
                    left += len(sentence)
        return found and left < self.least


def _texts(section: Section) -> Iterator[str]:
    """What stands under the heading, tables too; of a paragraph with the form's prompts what is left of it."""
    prompted = {id(block) for passage in section.passages if passage.printed for _, block in passage.places}
    yield from (block.text for block in section.blocks if id(block) not in prompted)
    yield from (passage.text for passage in section.passages if passage.printed)


def _reach(subject: Subject) -> tuple[str, ...]:
    """What the report says of how to reach the unit; a sentence with it is no content. The unit's own name may stand in any sentence."""
    contact = subject.report.contact
    details = [detail for detail in contact.details if detail.kind != "office"] if contact else []
    return tuple(text for detail in details if len(text := even(bare(detail.text))) > 3)


def _between(first: int, after: int | None) -> Text:
    """Where parts are missing, in words."""
    if first == 1:
        return both("checks.place.before", part=_numbered(after)) if after else both("engine.place.whole-report")
    if after is None:
        return both("checks.place.after", part=_numbered(first - 1))
    return both("checks.place.between", first=_numbered(first - 1), last=_numbered(after))


def _numbered(part: int) -> Text:
    """A part's number as each language writes it."""
    return {"zh": ordinal(part), "en": str(part)}


def _firsts(sections: tuple[Section, ...]) -> list[Section]:
    """Each part of the form once: its best-worded heading, in the report's order."""
    best: dict[int, Section] = {}
    for section in sections:
        if section.number is not None:
            held = best.get(section.number)
            if held is None or (held.match in ("other", "none") and section.match in ("form", "long", "near")):
                best[section.number] = section
    return [section for section in sections if section.number is not None and best[section.number] is section]


def _again(section: Section, first: dict[int | None, Section]) -> bool:
    """Whether this is a part that is there already, under a heading that means the same."""
    return section.number is not None and section is not first[section.number] and section.match in ("form", "long", "near")


def _rising(numbers: list[int]) -> bool:
    return all(a <= b for a, b in zip(numbers, numbers[1:], strict=False))


def _longest_rising(numbers: list[int]) -> set[int]:
    """The positions of a longest rising run, so that as few parts as possible are out of place."""
    best: list[list[int]] = []
    for at, number in enumerate(numbers):
        before = max((run for run in best if numbers[run[-1]] < number), key=len, default=[])
        best.append([*before, at])
    longest: list[int] = max(best, key=len, default=[])
    return set(longest)


def _aspects(section: Section) -> Hit:
    """Aspects of a part that are numbered like parts: told once, for the numerals of the parts after them follow from it."""
    names = [bare(even(block.text)) for block in section.aspects]
    facts = {"heading": section.aspects[0].text.strip(), "count": len(names), "other": section.heading.strip()}
    return Hit(spot=Spot(block=section.aspects[0]), facts=facts, actual="、".join(names), variant="aspects")


def _subheadings(section: Section) -> Iterator[Hit]:
    """Sub-headings of a part whose numeral does not follow the one before."""
    for fault in misnumbered(section):
        printed, before = f"（{ordinal(fault.number)}）", f"（{ordinal(fault.before)}）"
        facts = {"heading": section.heading.strip(), "printed": printed, "other": before}
        yield Hit(spot=fault.spot, facts=facts, actual=printed, variant=f"subheading-{fault.kind}")


def _jumps(rows: list[Section]) -> Iterator[Hit]:
    """Headings whose numeral does not follow the one before."""
    last: Section | None = None
    wrong = False
    for section in rows:
        if section.numeral is None:
            last = None if section.number is None else last
            continue
        due = _due(last, section, wrong)
        wrong = section.numeral not in due
        if wrong:
            facts = {"heading": section.heading, "due": ordinal(due[0]), "other": last.heading if last else ""}
            same = last is not None and last.numeral == section.numeral
            spot, right = head(section), ordinal(due[0])
            yield Hit(spot=spot, facts=facts, expected=right, actual=ordinal(section.numeral), variant="same" if same else None)
        last = section


def _due(last: Section | None, section: Section, wrong: bool) -> list[int]:
    """The numerals that may stand here: the next one, or the form's own; `wrong`: the one before was not right itself."""
    if last is None or last.numeral is None:
        return [section.number, 1] if section.number else [section.numeral or 1]
    due = [last.numeral + 1]
    if section.number and last.number and section.number > last.number:
        due.append(last.numeral + section.number - last.number)
    if section.number and (wrong or section.number != last.numeral):
        due.append(section.number)
    return due

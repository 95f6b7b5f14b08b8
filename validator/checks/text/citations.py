"""Laws and notices that the report cites: names and numbers that belong together, and those that were replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model import Hit, Subject
from validator.model.fact_tables import CitationFacts, Notice, RegulationName
from validator.text.paragraphs import Paragraph, body

_NAMED = expression(r"《((?:[^《》]|《[^《》]*》)*)》")


@record
class Citations:
    """Citations against rules/tables/citations.yaml: `find` says which fault this rule is about."""

    find: Literal["pair", "number", "retired", "regulation"]
    book: Annotated[str, CitationFacts] = "citations"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """The hits, one for a text that stands there several times."""
        held = subject.tables.required(self.book, CitationFacts)
        texts = body(subject)
        find = {"pair": self._pairs, "number": self._numbers, "retired": self._retired, "regulation": self._regulation}[self.find]
        seen: set[str] = set()
        for hit in find(texts, held, subject):
            if (hit.actual or "") not in seen:
                seen.add(hit.actual or "")
                yield hit

    def _pairs(self, texts: Sequence[Paragraph], held: CitationFacts, subject: Subject) -> Iterator[Hit]:
        """A notice's name, and right behind it another's number."""
        for text in texts:
            for notice in held.notices:
                for found in notice.name.finditer(text.text):
                    number = held.after_name.match(text.text, found.end())
                    cited = _cited(held, number[0]) if number else None
                    if number and cited and cited.number not in (notice.number, *notice.also):
                        start = number.start("number") if "number" in number.re.groupindex else number.start()
                        yield Hit(
                            spot=text.spot(start, number.end()),
                            expected=notice.number,
                            actual=text.text[start : number.end()].rstrip(")"),
                            facts={"name": notice.short, "number": notice.number, "printed": cited.number},
                        )

    def _numbers(self, texts: Sequence[Paragraph], held: CitationFacts, subject: Subject) -> Iterator[Hit]:
        """A number of which a part is lost or another character stands there."""
        loose = held.loose
        for text in texts:
            for found in loose.finditer(text.text):
                notice = _cited(held, found[0])
                if notice is None:
                    continue
                printed = found[0]
                if _plain(printed, held) == _plain(notice.number, held):
                    continue
                marks = held.marks_lost.search(printed)
                yield Hit(
                    spot=text.spot(*found.span()),
                    expected=notice.number,
                    actual=printed,
                    variant="marks" if marks and _letters(printed) == _letters(notice.number) else None,
                    facts={"printed": printed[:20], "number": notice.number},
                )

    def _retired(self, texts: Sequence[Paragraph], held: CitationFacts, subject: Subject) -> Iterator[Hit]:
        """A citation that was replaced before the report's year; where what replaced it is cited too, `beside` speaks."""
        year = subject.report.year
        whole = "\n".join(text.text for text in texts)
        for notice in held.retired:
            if year is None or year < notice.since:
                continue
            beside = notice.by_says.search(whole)
            if notice.excused and notice.excused.search(whole):
                continue
            for text in texts:
                if found := notice.says.search(text.text):
                    yield Hit(
                        spot=text.spot(*found.span()),
                        expected=notice.by,
                        actual=found[0],
                        variant="beside" if beside else None,
                        facts={"printed": found[0][:20], "by": notice.by},
                    )
                    break

    def _regulation(self, texts: Sequence[Paragraph], held: CitationFacts, subject: Subject) -> Iterator[Hit]:
        """The regulation by a name that is not its own; names that the report defines, and other places' rules, are right."""
        rule = held.regulation
        defined = {found[1] for text in texts for found in held.defines.finditer(text.text)}
        for text in texts:
            for found in _NAMED.finditer(text.text):
                name = expression(r"\([^()]*\)").sub("", found[1])
                if name in rule.right or name in defined or not rule.like.search(name) or rule.other.search(name):
                    continue
                yield _misnamed(text, found.start(1), found.end(1), found[1], rule)
            for found in rule.bare_wrong.finditer(text.text):
                yield _misnamed(text, found.start(), found.end(), found[0], rule)


def _misnamed(text: Paragraph, start: int, end: int, name: str, rule: RegulationName) -> Hit:
    return Hit(spot=text.spot(start, end), expected=rule.name, actual=name, facts={"printed": name[:20], "name": rule.name})


def _plain(number: str, held: CitationFacts) -> str:
    """A number with its brackets made one kind; nobody is told which brackets to use."""
    return held.set_aside.sub("", expression(r"[\[【(〔《]").sub("〔", expression(r"[\]】)〕》]").sub("〕", number)))


def _letters(number: str) -> str:
    return expression(r"[^\w]").sub("", number)


def _cited(held: CitationFacts, text: str) -> Notice | None:
    """The notice whose year and running number the text gives, with or without the marks between."""
    for notice in held.notices:
        year, serial = expression(r"\d+").findall(notice.number)
        number = expression(held.numbered.replace("{year}", year).replace("{serial}", serial))
        if number.search(text) and any(issuer in text for issuer in held.issuers):
            return notice
    return None

"""Laws and notices that the report cites: names and numbers that belong together, and those that were replaced."""

from __future__ import annotations

import re
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

    find: Literal["pair", "number", "retired", "regulation", "short-name"]
    book: Annotated[str, CitationFacts] = "citations"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """The hits, one for a text that stands there several times."""
        held = subject.tables.required(self.book, CitationFacts)
        texts = body(subject)
        seen: set[str] = set()
        for hit in self._found(texts, held, subject):
            if (hit.actual or "") not in seen:
                seen.add(hit.actual or "")
                yield hit

    def _found(self, texts: Sequence[Paragraph], held: CitationFacts, subject: Subject) -> Iterator[Hit]:
        if self.find == "pair":
            yield from self._pairs(texts, held)
            yield from _misnamed_notices(texts, held)
        elif self.find == "number":
            yield from self._numbers(texts, held)
            yield from _damaged(texts, held)
        elif self.find == "retired":
            yield from self._retired(texts, held, subject)
            yield from _of_earlier_year(texts, held, subject.report.year)
        elif self.find == "regulation":
            yield from self._regulation(texts, held)
        else:
            yield from _short_names(texts, held)

    def _pairs(self, texts: Sequence[Paragraph], held: CitationFacts) -> Iterator[Hit]:
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

    def _numbers(self, texts: Sequence[Paragraph], held: CitationFacts) -> Iterator[Hit]:
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
            if year is None or year < notice.since or (notice.until is not None and year > notice.until):
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
                        facts={"printed": _end_of(found[0]), "by": notice.by},
                    )
                    break

    def _regulation(self, texts: Sequence[Paragraph], held: CitationFacts) -> Iterator[Hit]:
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


def _end_of(name: str) -> str:
    """At most twenty characters of a name; of a long one the end, which says which notice it is."""
    return name if len(name) <= 20 else f"…{name[-19:]}"


def _damaged(texts: Sequence[Paragraph], held: CitationFacts) -> Iterator[Hit]:
    """Numbers of laws with something else in them; behind a notice's name, numbers that are nearly its own."""
    for text in texts:
        for number in held.damaged:
            for found in number.says.finditer(text.text):
                yield _nearly(text, found.span(), number.number)
        for notice in held.notices:
            for found in notice.name.finditer(text.text) if held.behind and held.kin else ():
                behind = held.behind.match(text.text, found.end()) if held.behind else None
                if behind and _cited(held, behind["number"]) is None and _is_nearly(behind, notice, held):
                    yield _nearly(text, behind.span("number"), notice.number)


def _is_nearly(behind: re.Match[str], notice: Notice, held: CitationFacts) -> bool:
    """Whether a number is a notice's own with a fault: another issuer of that kind, or the issuer with another year or serial."""
    year, serial = expression(r"\d+").findall(notice.number)
    same = (behind["year"], behind["serial"]) == (year, serial)
    issuer = notice.number[: notice.number.index("〔")]
    kin = bool(held.kin and held.kin.search(behind["issuer"]))
    return kin and (same and not behind["issuer"].endswith(issuer) or not same and behind["issuer"].endswith(issuer))


def _nearly(text: Paragraph, span: tuple[int, int], number: str) -> Hit:
    printed = text.text[slice(*span)]
    return Hit(spot=text.spot(*span), expected=number, actual=printed, facts={"printed": printed[:20], "number": number})


def _misnamed_notices(texts: Sequence[Paragraph], held: CitationFacts) -> Iterator[Hit]:
    """A notice by its name with a word lost."""
    for text in texts:
        for notice in held.notices:
            for found in notice.misnamed.finditer(text.text) if notice.misnamed else ():
                facts = {"name": notice.title, "number": notice.number, "printed": found[0]}
                yield Hit(spot=text.spot(*found.span()), expected=notice.title, actual=found[0], variant="name", facts=facts)


def _of_earlier_year(texts: Sequence[Paragraph], held: CitationFacts, year: int | None) -> Iterator[Hit]:
    """A notice about the reports of an earlier year than this report's."""
    for text in texts:
        for found in held.of_year.finditer(text.text) if held.of_year and year else ():
            if year and int(found[1]) < year:
                facts = {"printed": found[0][:30], "by": "", "year": found[1]}
                yield Hit(spot=text.spot(*found.span()), actual=found[0], variant="year", facts=facts)


def _short_names(texts: Sequence[Paragraph], held: CitationFacts) -> Iterator[Hit]:
    """A name that may be any document's, where the report neither defines it nor names a document that ends so."""
    if held.short_names is None:
        return
    defined = {found[1] for text in texts for found in held.defines.finditer(text.text)}
    before = ""
    for text in texts:
        for found in held.short_names.finditer(text.text):
            named = expression(rf"\w{re.escape(found[1])}(?:\([^()]{{1,12}}\))?》").search(before + text.text[: found.start()])
            if found[1] not in defined and not named:
                yield Hit(spot=text.spot(*found.span()), actual=found[1], facts={"name": found[1], "printed": found[0]})
        before += text.text


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

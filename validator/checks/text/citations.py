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
        table = subject.tables.required(self.book, CitationFacts)
        texts = body(subject)
        cited: set[str] = set()
        for hit in self._found(texts, table, subject):
            if (hit.actual or "") not in cited:
                cited.add(hit.actual or "")
                yield hit

    def _found(self, texts: Sequence[Paragraph], table: CitationFacts, subject: Subject) -> Iterator[Hit]:
        if self.find == "pair":
            yield from self._pairs(texts, table)
            yield from _misnamed_notices(texts, table)
        elif self.find == "number":
            yield from self._numbers(texts, table)
            yield from _damaged(texts, table)
        elif self.find == "retired":
            yield from self._retired(texts, table, subject)
            yield from _of_earlier_year(texts, table, subject.report.year)
        elif self.find == "regulation":
            yield from self._regulation(texts, table)
        else:
            yield from _short_names(texts, table)

    def _pairs(self, texts: Sequence[Paragraph], table: CitationFacts) -> Iterator[Hit]:
        """A notice's name, and right behind it another's number."""
        for text in texts:
            for notice in table.notices:
                for match in notice.name.finditer(text.text):
                    number = table.after_name.match(text.text, match.end())
                    cited = _cited(table, number[0]) if number else None
                    if number and cited and cited.number not in (notice.number, *notice.also):
                        start = number.start("number") if "number" in number.re.groupindex else number.start()
                        yield Hit(
                            spot=text.spot(start, number.end()),
                            expected=notice.number,
                            actual=text.text[start : number.end()].rstrip(")"),
                            facts={"name": notice.short, "number": notice.number, "printed": cited.number},
                        )

    def _numbers(self, texts: Sequence[Paragraph], table: CitationFacts) -> Iterator[Hit]:
        """A number of which a part is lost or another character stands there."""
        loose = table.loose
        for text in texts:
            for match in loose.finditer(text.text):
                notice = _cited(table, match[0])
                if notice is None:
                    continue
                printed = match[0]
                if _plain(printed, table) == _plain(notice.number, table):
                    continue
                marks = table.marks_lost.search(printed)
                yield Hit(
                    spot=text.spot(*match.span()),
                    expected=notice.number,
                    actual=printed,
                    variant="marks" if marks and _letters(printed) == _letters(notice.number) else None,
                    facts={"printed": printed[:20], "number": notice.number},
                )

    def _retired(self, texts: Sequence[Paragraph], table: CitationFacts, subject: Subject) -> Iterator[Hit]:
        """A citation that was replaced before the report's year; where what replaced it is cited too, `beside` speaks."""
        year = subject.report.year
        whole = "\n".join(text.text for text in texts)
        for notice in table.retired:
            if year is None or year < notice.since or (notice.until is not None and year > notice.until):
                continue
            beside = notice.by_says.search(whole)
            if notice.excused and notice.excused.search(whole):
                continue
            for text in texts:
                if match := notice.says.search(text.text):
                    yield Hit(
                        spot=text.spot(*match.span()),
                        expected=notice.by,
                        actual=match[0],
                        variant="beside" if beside else None,
                        facts={"printed": _end_of(match[0]), "by": notice.by},
                    )
                    break

    def _regulation(self, texts: Sequence[Paragraph], table: CitationFacts) -> Iterator[Hit]:
        """The regulation by a name that is not its own; names that the report defines, and other places' rules, are right."""
        rule = table.regulation
        defined = {match[1] for text in texts for match in table.defines.finditer(text.text)}
        for text in texts:
            for match in _NAMED.finditer(text.text):
                name = expression(r"\([^()]*\)").sub("", match[1])
                if name in rule.right or name in defined or not rule.like.search(name) or rule.other.search(name):
                    continue
                yield _misnamed(text, match.start(1), match.end(1), match[1], rule)
            for match in rule.bare_wrong.finditer(text.text):
                yield _misnamed(text, match.start(), match.end(), match[0], rule)


def _end_of(name: str) -> str:
    """At most twenty characters of a name; of a long one the end, which says which notice it is."""
    return name if len(name) <= 20 else f"…{name[-19:]}"


def _damaged(texts: Sequence[Paragraph], table: CitationFacts) -> Iterator[Hit]:
    """Numbers of laws with something else in them; behind a notice's name, numbers that are nearly its own."""
    for text in texts:
        for number in table.damaged:
            for match in number.says.finditer(text.text):
                yield _nearly(text, match.span(), number.number)
        for notice in table.notices:
            for match in notice.name.finditer(text.text) if table.behind and table.kin else ():
                behind = table.behind.match(text.text, match.end()) if table.behind else None
                if behind and _cited(table, behind["number"]) is None and _is_nearly(behind, notice, table):
                    yield _nearly(text, behind.span("number"), notice.number)


def _is_nearly(behind: re.Match[str], notice: Notice, table: CitationFacts) -> bool:
    """Whether a number is a notice's own with a fault: another issuer of that kind, or the issuer with another year or serial."""
    year, serial = expression(r"\d+").findall(notice.number)
    same = (behind["year"], behind["serial"]) == (year, serial)
    issuer = notice.number[: notice.number.index("〔")]
    kin = bool(table.kin and table.kin.search(behind["issuer"]))
    return kin and (same and not behind["issuer"].endswith(issuer) or not same and behind["issuer"].endswith(issuer))


def _nearly(text: Paragraph, span: tuple[int, int], number: str) -> Hit:
    printed = text.text[slice(*span)]
    return Hit(spot=text.spot(*span), expected=number, actual=printed, facts={"printed": printed[:20], "number": number})


def _misnamed_notices(texts: Sequence[Paragraph], table: CitationFacts) -> Iterator[Hit]:
    """A notice by its name with a word lost."""
    for text in texts:
        for notice in table.notices:
            for match in notice.misnamed.finditer(text.text) if notice.misnamed else ():
                facts = {"name": notice.title, "number": notice.number, "printed": match[0]}
                yield Hit(spot=text.spot(*match.span()), expected=notice.title, actual=match[0], variant="name", facts=facts)


def _of_earlier_year(texts: Sequence[Paragraph], table: CitationFacts, year: int | None) -> Iterator[Hit]:
    """A notice about the reports of an earlier year than this report's."""
    for text in texts:
        for match in table.of_year.finditer(text.text) if table.of_year and year else ():
            if year and int(match[1]) < year:
                facts = {"printed": match[0][:30], "by": "", "year": match[1]}
                yield Hit(spot=text.spot(*match.span()), actual=match[0], variant="year", facts=facts)


def _short_names(texts: Sequence[Paragraph], table: CitationFacts) -> Iterator[Hit]:
    """A name that may be any document's, where the report neither defines it nor names a document that ends so."""
    if table.short_names is None:
        return
    defined = {match[1] for text in texts for match in table.defines.finditer(text.text)}
    before = ""
    for text in texts:
        for match in table.short_names.finditer(text.text):
            named = expression(rf"\w{re.escape(match[1])}(?:\([^()]{{1,12}}\))?》").search(before + text.text[: match.start()])
            if match[1] not in defined and not named:
                yield Hit(spot=text.spot(*match.span()), actual=match[1], facts={"name": match[1], "printed": match[0]})
        before += text.text


def _misnamed(text: Paragraph, start: int, end: int, name: str, rule: RegulationName) -> Hit:
    return Hit(spot=text.spot(start, end), expected=rule.name, actual=name, facts={"printed": name[:20], "name": rule.name})


def _plain(number: str, table: CitationFacts) -> str:
    """A number with its brackets made one kind; nobody is told which brackets to use."""
    return table.set_aside.sub("", expression(r"[\[【(〔《]").sub("〔", expression(r"[\]】)〕》]").sub("〕", number)))


def _letters(number: str) -> str:
    return expression(r"[^\w]").sub("", number)


def _cited(table: CitationFacts, text: str) -> Notice | None:
    """The notice whose year and running number the text gives, with or without the marks between."""
    for notice in table.notices:
        year, serial = expression(r"\d+").findall(notice.number)
        number = expression(table.numbered.replace("{year}", year).replace("{serial}", serial))
        if number.search(text) and any(issuer in text for issuer in table.issuers):
            return notice
    return None

"""Laws and notices that the report cites: names and numbers that belong together, and those that were replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model import Hit, Subject
from validator.text.paragraphs import Line, body, pattern

_NAMED = expression(r"《((?:[^《》]|《[^《》]*》)*)》")


@record
class Citations:
    """Citations against rules/tables/citations.yaml: `find` says which fault this rule is about."""

    find: Literal["pair", "number", "retired", "regulation"]
    book: str = "citations"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """The hits, one for a text that stands there several times."""
        held: Any = subject.tables[self.book]
        texts = body(subject.report)
        find = {"pair": self._pairs, "number": self._numbers, "retired": self._retired, "regulation": self._regulation}[self.find]
        seen: set[str] = set()
        for hit in find(texts, held, subject):
            if (hit.actual or "") not in seen:
                seen.add(hit.actual or "")
                yield hit

    def _pairs(self, texts: Sequence[Line], held: Any, subject: Subject) -> Iterator[Hit]:
        """A notice's name, and right behind it another's number."""
        for text in texts:
            for notice in held["notices"]:
                for found in pattern(notice["name"]).finditer(text.text):
                    number = pattern(held["after_name"]).match(text.text, found.end())
                    cited = _cited(held, number[0]) if number else None
                    if number and cited and cited["number"] not in (notice["number"], *notice.get("also", ())):
                        start = number.start() + number[0].find("国")
                        yield Hit(
                            spot=text.spot(start, number.end()),
                            expected=notice["number"],
                            actual=text.text[start : number.end()].rstrip(")"),
                            facts={"name": notice["short"], "number": notice["number"], "printed": cited["number"]},
                        )

    def _numbers(self, texts: Sequence[Line], held: Any, subject: Subject) -> Iterator[Hit]:
        """A number of which a part is lost or another character stands there."""
        loose = pattern(held["loose"])
        for text in texts:
            for found in loose.finditer(text.text):
                notice = _cited(held, found[0])
                if notice is None:
                    continue
                printed = found[0]
                if _plain(printed) == _plain(notice["number"]):
                    continue
                marks = pattern(held["marks_lost"]).search(printed)
                yield Hit(
                    spot=text.spot(*found.span()),
                    expected=notice["number"],
                    actual=printed,
                    variant="marks" if marks and _letters(printed) == _letters(notice["number"]) else None,
                    facts={"printed": printed[:20], "number": notice["number"]},
                )

    def _retired(self, texts: Sequence[Line], held: Any, subject: Subject) -> Iterator[Hit]:
        """A citation that was replaced before the report's year; where what replaced it is cited too, `beside` speaks."""
        year = subject.report.year
        whole = "\n".join(text.text for text in texts)
        for notice in held["retired"]:
            if year is None or year < notice["from"]:
                continue
            beside = pattern(notice["by_says"]).search(whole)
            if notice.get("excused") and pattern(notice["excused"]).search(whole):
                continue
            for text in texts:
                if found := pattern(notice["says"]).search(text.text):
                    yield Hit(
                        spot=text.spot(*found.span()),
                        expected=notice["by"],
                        actual=found[0],
                        variant="beside" if beside else None,
                        facts={"printed": found[0][:20], "by": notice["by"]},
                    )
                    break

    def _regulation(self, texts: Sequence[Line], held: Any, subject: Subject) -> Iterator[Hit]:
        """The regulation by a name that is not its own; names that the report defines, and other places' rules, are right."""
        rule: Mapping[str, Any] = held["regulation"]
        defined = {found[1] for text in texts for found in expression(r"简称:?[“\"《]([^”\"》]{2,20})[”\"》]").finditer(text.text)}
        for text in texts:
            for found in _NAMED.finditer(text.text):
                name = expression(r"\([^()]*\)").sub("", found[1])
                if (
                    name in rule["right"]
                    or name in defined
                    or not pattern(rule["like"]).search(name)
                    or pattern(rule["other"]).search(name)
                ):
                    continue
                yield _misnamed(text, found.start(1), found.end(1), found[1], rule)
            for found in pattern(rule["bare_wrong"]).finditer(text.text):
                yield _misnamed(text, found.start(), found.end(), found[0], rule)


def _misnamed(text: Line, start: int, end: int, name: str, rule: Mapping[str, Any]) -> Hit:
    return Hit(spot=text.spot(start, end), expected=rule["name"], actual=name, facts={"printed": name[:20], "name": rule["name"]})


def _plain(number: str) -> str:
    """A number with its brackets made one kind; nobody is told which brackets to use."""
    return expression(r"\s|第").sub("", expression(r"[\[【(〔《]").sub("〔", expression(r"[\]】)〕》]").sub("〕", number)))


def _letters(number: str) -> str:
    return expression(r"[^\w]").sub("", number)


def _cited(held: Any, text: str) -> Any:
    """The notice whose year and running number the text gives, with or without the marks between."""
    for notice in held["notices"]:
        year, serial = expression(r"\d+").findall(notice["number"])
        if expression(rf"(?<!\d){year}[\]】)〕》\s]*第?{serial}号").search(text) and any(word in text for word in ("国办", "国务院办")):
            return notice
    return None

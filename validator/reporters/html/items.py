"""One finding as the page shows it: its words already clean, the quotation with a little of what stands around it."""

from __future__ import annotations

from validator.base.records import record
from validator.engine.locations import hidden
from validator.messages import say
from validator.model import FileResult, Finding, Grade, Language, Run
from validator.reporters import failed_sums, finding_text
from validator.reporters import words as common
from validator.reporters.excerpts import Quotes
from validator.reporters.html.report_view import Segment
from validator.reporters.printable import clean

_BEFORE, _AFTER = 40, 60  # characters shown around the words meant


@record
class Item:
    """A finding as shown. `anchor`: its id; `placed`: whether its words are in the text below."""

    anchor: str
    number: int
    tone: str
    grade: Grade
    badge: str
    place: str
    quote: tuple[Segment, ...]
    picture: failed_sums.Picture | None
    problem: tuple[str, ...]
    should: tuple[str, ...]
    every: tuple[str, ...]
    basis: str
    advice: str
    rule: str
    placed: bool = False
    paths: tuple[str, ...] = ()


def item(
    finding: Finding,
    number: int,
    anchor: str,
    file: FileResult | None,
    run: Run,
    language: Language,
    *,
    quotes: Quotes | None = None,
    placed: bool = False,
) -> Item:
    """`finding` as number `number` of its report or, where `file` is None, of the set. `quotes`: the report's words, to show them."""
    figures = file.figures if file else None
    picture = failed_sums.picture(finding, figures, language)
    review = say("marks.bracket", language, text=say("reporters.review", language)) if finding.review else ""
    parts = finding_text.parts(finding, figures, run.rules, language)
    return Item(
        anchor=anchor,
        number=number,
        tone=finding.severity.value,
        grade=finding.grade,
        badge=common.severity(language, finding.grade) + review,
        place=clean(finding_text.place(finding, language) if file else _about(finding, language)),
        quote=() if picture or quotes is None else _quote(finding, quotes),
        picture=picture,
        problem=tuple(map(clean, parts["is"])),
        should=tuple(map(clean, parts["should"])),
        every=tuple(clean(text) for text in failed_sums.every(finding, figures, language)),
        basis=clean(common.basis(language, finding.basis)),
        advice=clean(finding.advice[language]),
        rule=finding.rule,
        placed=placed,
        paths=tuple(clean(path) for path in finding.paths),
    )


def _about(finding: Finding, language: Language) -> str:
    """The unit and year that a finding about the set speaks of."""
    year = say("reporters.year", language, year=finding.year) if finding.year else ""
    return " · ".join(filter(None, (finding.unit, year))) or say("html.all-reports", language)


def _quote(finding: Finding, quotes: Quotes) -> tuple[Segment, ...]:
    """The words meant, with a little of what stands around them."""
    text = quotes.of(finding)
    if text is None:
        return ()
    masked, place = hidden(text), finding.location
    start = (place.offset or 1) - 1 if len(masked) == len(text) else 0
    length = min(place.length or 0, 2 * _AFTER) if place.excerpt and len(masked) == len(text) else 0
    low, high = max(start - _BEFORE, 0), start + length + _AFTER
    before, after = ("…" if low else "") + masked[low:start], masked[start + length : high] + ("…" if high < len(masked) else "")
    pieces = ((before.lstrip(), ""), (masked[start : start + length], finding.severity.value), (after.rstrip(), ""))
    return tuple(Segment(clean(piece), tone) for piece, tone in pieces if piece)

"""Check for last year's report that was used again: what stands around the report tells of a later year than what stands in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from validator.base.records import record
from validator.checks.identity.title import title_spot
from validator.checks.identity.whose import YearClaim, latest_year, year_claims
from validator.messages import Text, both, enumerated
from validator.model import Hit, Skip, Source, Subject
from validator.text.dates import names_year
from validator.text.paragraphs import beginning, body

#: What a copy of last year's report keeps …
_INNER: tuple[Source, ...] = ("opening", "period", "heading")
#: … and what is made anew for this year.
_OUTER: tuple[Source, ...] = ("title", "option", "signature", "file")
#: So many things of the first kind must agree where the title does not agree with them.
_AGREE = 2
#: So many labels of a form show that it is the one used.
_LABELS = 2


@record
class StaleCopy:
    """One hit, which names both years and where each is told; variant `signed` where title and signature agree against the text.

    The year of the notice that the report cites counts too. A day of publication only rules out later years, and so does the form used
    the years that it is not for.
    """

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """Whether it is a copy."""
        claims = {claim.source: claim for claim in _claims(subject)}
        notice = _notice_year(subject)
        if not claims:
            yield Skip(reason=both("checks.no-year"))
            return
        inner = _inner(claims)
        if inner is None:
            return
        outer = _outer(claims, notice, inner, subject)
        if outer is None:
            return
        around = [source for source in _OUTER if source in claims and claims[source].year == outer]
        within = [source for source in ("title", *_INNER) if source in claims and claims[source].year == inner]
        facts = {"inner": inner, "outer": outer, "inner_places": _places(within), "outer_places": _places(around, notice == outer)}
        title = subject.report.title
        spot = title_spot(title, str(title.year)) if title and title.year else beginning(subject.report)
        variant = "signed" if {"title", "signature"} <= set(around) else None
        yield Hit(spot=spot, facts=facts, actual=str(inner), variant=variant)


def _claims(subject: Subject) -> list[YearClaim]:
    """All that tells a year, the title and the user's word among it."""
    report = subject.report
    name = os.path.basename(report.document.path.replace("\\", "/"))
    # a number in a file's name may mean anything; with its mark it is the year that whoever sent it had in mind
    found = [claim for claim in year_claims(subject) if claim.source != "file" or names_year(name, claim.year)]
    if report.title is not None and report.title.year is not None:
        found.append(YearClaim(report.title.year, "title"))
    if report.year_from == "option" and report.year is not None:
        found.append(YearClaim(report.year, "option"))
    return found


def _inner(claims: Mapping[Source, YearClaim]) -> int | None:
    """The one year that the text itself tells of; None where it tells of several, or too little shows it."""
    told = [claims[source].year for source in _INNER if source in claims]
    enough = len(told) >= _AGREE or (told and "title" in claims and claims["title"].year == told[0])
    return told[0] if enough and len(set(told)) == 1 else None


def _outer(claims: Mapping[Source, YearClaim], notice: int | None, inner: int, subject: Subject) -> int | None:
    """The later year that what is around the report tells of; None where that is no ground to doubt the text."""
    later = [claims[source].year for source in _OUTER if source in claims and claims[source].year > inner]
    later += [notice] if notice is not None and notice > inner else []
    if not later:
        return None
    year = max(set(later), key=lambda one: (later.count(one), -one))
    published, day = claims.get("publication"), subject.report.published
    if day is not None and latest_year(day.day) < year or not _form_allows(year, inner, subject):
        return None
    signature, title = claims.get("signature"), claims.get("title")
    if signature is not None and signature.year == inner and "option" not in claims:
        return None  # title or file alone against text and signature: the slip is theirs
    if title is not None and title.year == year and later.count(year) == 1 and published is not None and published.year == inner:
        return None
    if title is not None and title.year == inner and {source for source in claims if claims[source].year == year} <= {"file"} and published:
        return None  # a file's name says less than the day on which the page was published
    return year


def _form_allows(year: int, inner: int, subject: Subject) -> bool:
    """Whether the form used does not speak for the text's year against the other."""
    figures = subject.figures
    return len(figures.own_labels) < _LABELS or figures.form.covers(year) or not figures.form.covers(inner)


def _notice_year(subject: Subject) -> int | None:
    """The year for which the cited notice on drawing up the report asked."""
    words = subject.tables.dates
    return next((int(found["y"]) for text in body(subject) if (found := words.asked_for.search(text.text))), None)


def _places(sources: Sequence[Source], notice: bool = False) -> Text:
    """Where a year is told, in words."""
    names = [both(f"checks.told-by.{source}") for source in sources]
    return enumerated([*names, both("checks.told-by.notice")] if notice else names, "marks.and")

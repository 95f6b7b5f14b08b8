"""Run → what stands on the page, as plain values for the template: texts already clean, tones, anchors. Decides what one page can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from validator.base.records import record
from validator.engine.locations import hidden
from validator.messages import say
from validator.model import FileResult, Finding, Grade, Language, Read, Run, Standing, State, Waived
from validator.reporters import Options, failed_sums, finding_text, statistics
from validator.reporters import words as common
from validator.reporters.excerpts import Quotes
from validator.reporters.html.report_view import Paper, Segment, paper
from validator.reporters.printable import clean
from validator.reporters.statistics import RuleRow, sound
from validator.reporters.xlsx.summary_sheets import TONES, state_of

#: What a browser still scrolls: reports with their whole text, reports at all, findings of one rule in one report.
TEXTS, REPORTS, ALIKE = 60, 300, 50
#: What stands behind a fold where something must be changed.
_REST = (Grade.WARNING, Grade.NOTE)
_BEFORE, _AFTER = 40, 60  # characters around the words meant


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
    found: tuple[str, ...]
    should: tuple[str, ...]
    every: tuple[str, ...]
    basis: str
    advice: str
    rule: str
    placed: bool = False
    paths: tuple[str, ...] = ()


@record
class Group:
    """Findings under a heading that counts them."""

    heading: str
    items: tuple[Item, ...]


@record
class Sheet:
    """One report on the page."""

    anchor: str
    name: str
    identity: str
    state: State
    tone: str
    counts: tuple[tuple[str, int], ...]  # words of the grade, findings
    must: Group | None
    late: Group | None
    rest: tuple[Item, ...]
    alike: tuple[str, ...]
    told: str  # what the rest is
    waived: tuple[str, ...]
    checked: tuple[str, ...]
    paper: Paper | None
    items: dict[int, Item]


@record
class Mark:
    """A cell of the summary: words, tone, where it leads."""

    text: str
    tone: str = ""
    href: str = ""


@record
class Summary:
    """A table of marks under a header."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Mark, ...], ...]


@record
class Page:
    """Everything that the template shows."""

    title: str
    totals: str
    counts: tuple[tuple[str, str, int], ...]  # grade, its words, findings on the page
    set: Summary | None
    kinds: Summary | None
    files: Summary | None
    together: tuple[Group, ...]
    waived: tuple[str, ...]  # of the set
    sheets: Iterator[Sheet]
    many: bool
    left_out: int
    statistics: Summary | None
    broken: tuple[str, ...]
    passed: tuple[str, ...]
    empty: tuple[str, ...]


def page(run: Run, options: Options) -> Page:
    """The run as a page; its sheets are made one by one, since each may have to be unfolded."""
    language = options.language
    order = _ranked(run, quiet=options.quiet)
    anchors = {id(file): f"r{number}" for number, file in enumerate(run.files, 1)}
    on_page = order[:REPORTS]
    there = {id(file) for file in on_page}
    links = {id(file): "#" + anchors[id(file)] for file in on_page}
    many = len(run.files) > 1
    found = [*(finding for file in run.files for finding in file.findings), *run.collection]
    counts = Counter(finding.grade for finding in found)
    listed = [file for file in run.files if not _stands(file, run) or id(file) not in there]
    return Page(
        title=clean(say("html.heading-county", language, county=run.county) if run.county else say("html.heading", language)),
        totals=_totals(run, language),
        counts=tuple((grade.value, common.severity(language, grade), counts[grade]) for grade in common.shown(found)),
        set=_set(run, links, language) if run.standings else None,
        kinds=_kinds(run, language) if run.standings else None,
        files=_files(sorted(listed, key=_weight), links, language) if many and listed else None,
        together=_together(run, language),
        waived=tuple(clean(_waived(waived, language)) for waived in run.waived),
        sheets=(_sheet(file, anchors[id(file)], run, language, whole=number < TEXTS) for number, file in enumerate(on_page)),
        many=many,
        left_out=len(order) - len(on_page),
        statistics=_statistics(run, language) if options.statistics else None,
        broken=tuple(
            clean(say("marks.colon", language).join(part for part in (item.path, item.rule, item.message[language]) if part))
            for item in run.broken
        ),
        passed=tuple(clean(item.path + say("marks.colon", language) + item.reason[language]) for item in run.passed_over),
        empty=tuple(clean(path) for path in run.empty),
    )


def _together(run: Run, language: Language) -> tuple[Group, ...]:
    """What is found when all reports are seen together, by grade."""
    found = sorted(run.collection, key=lambda finding: finding.grade.rank)
    items = [_item(finding, number, f"set-f{number}", None, run, language) for number, finding in enumerate(found, 1)]
    counts = Counter(finding.grade for finding in found)
    return tuple(group for grade in Grade if (group := _under(grade, items, counts, language)))


def _weight(file: FileResult) -> tuple[int, ...]:
    counts = Counter(finding.grade for finding in file.findings)
    return tuple(State).index(state_of(file)), *(-counts[grade] for grade in Grade)


def _ranked(run: Run, *, quiet: bool) -> list[FileResult]:
    """The reports, the worst first; `quiet` leaves out those without a finding where there are several."""
    files = [file for file in run.files if not (quiet and len(run.files) > 1 and sound(file, run))]
    return sorted(files, key=_weight)


def _totals(run: Run, language: Language) -> str:
    totals = Counter(file.status for file in run.files)
    told = say(
        "reporters.files", language, files=len(run.files), clean=totals["clean"], failed=totals["findings"], unreadable=totals["unreadable"]
    )
    return told + say("marks.semicolon", language) + common.unshown(run.unshown, language) if run.unshown else told


# ------------------------------------------------------------------------------------------------ one report


def _sheet(file: FileResult, anchor: str, run: Run, language: Language, *, whole: bool) -> Sheet:
    reading = file.reading
    if reading is not None:
        file = replace(file, reading=Read(report=reading.report, figures=reading.figures))  # unfolded once
    ordered = dict(enumerate(sorted(file.findings, key=lambda finding: finding.grade.rank), 1))
    shown, alike = _bounded(ordered, language)
    laid = paper(file, shown) if whole else None
    placed = laid.placed if laid else frozenset()
    quotes = Quotes(file)
    items = {
        number: _item(finding, number, f"{anchor}-f{number}", file, run, language, quotes=quotes, placed=number in placed)
        for number, finding in shown.items()
    }
    counts = Counter(finding.grade for finding in file.findings)
    state = state_of(file)
    return Sheet(
        anchor=anchor,
        name=clean(_name(file, language)),
        identity=clean(_identity(file, language)),
        state=state,
        tone=TONES[state],
        counts=tuple((common.severity(language, grade), counts[grade]) for grade in common.shown(file.findings)),
        must=_under(Grade.ERROR, items.values(), counts, language),
        late=_under(Grade.LATE, items.values(), counts, language),
        rest=tuple(item for item in items.values() if item.grade in _REST),
        alike=alike,
        told=say("marks.and", language).join(
            say("html.told", language, name=common.severity(language, grade), count=counts[grade]) for grade in _REST if counts[grade]
        ),
        waived=tuple(clean(_waived(waived, language)) for waived in file.waived),
        checked=tuple(_checked(file, run, language)),
        paper=laid,
        items=items,
    )


def _under(grade: Grade, items: Iterable[Item], counts: Mapping[Grade, int], language: Language) -> Group | None:
    """The findings of one grade under their heading; None where there are none."""
    found = tuple(item for item in items if item.grade is grade)
    heading = say("html.told", language, name=common.severity(language, grade), count=counts[grade])
    return Group(heading=heading, items=found) if found else None


def _bounded(ordered: dict[int, Finding], language: Language) -> tuple[dict[int, Finding], tuple[str, ...]]:
    """The findings that are shown, and what is said of the others."""
    told: Counter[str] = Counter()
    shown = {}
    for number, finding in ordered.items():
        told[finding.rule] += 1
        if told[finding.rule] <= ALIKE:
            shown[number] = finding
    return shown, tuple(say("html.alike", language, count=count - ALIKE, rule=rule) for rule, count in told.items() if count > ALIKE)


def _name(file: FileResult, language: Language) -> str:
    part = say("reporters.part", language, part=file.part) if file.part is not None else ""
    return f"{file.path} {part}".rstrip()


def _identity(file: FileResult, language: Language) -> str:
    return "" if file.reading is None else finding_text.identity(file, language)


def _item(
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
    figures = file.figures if file else None
    picture = failed_sums.picture(finding, figures, language)
    review = say("marks.bracket", language, text=say("reporters.review", language)) if finding.review else ""
    parts = finding_text.told(finding, figures, run.rules, language)
    return Item(
        anchor=anchor,
        number=number,
        tone=finding.severity.value,
        grade=finding.grade,
        badge=common.severity(language, finding.grade) + review,
        place=clean(finding_text.place(finding, language) if file else _about(finding, language)),
        quote=() if picture or quotes is None else _quote(finding, quotes),
        picture=picture,
        found=tuple(map(clean, parts["is"])),
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


def _waived(waived: Waived, language: Language) -> str:
    until = say("html.until", language, day=waived.until.isoformat()) if waived.until else ""
    reason = waived.reason or (say("html.baseline", language) if waived.baseline else "")
    return say("html.waived", language, reason=reason, until=until, message=waived.finding.message[language])


def _checked(file: FileResult, run: Run, language: Language) -> Iterator[str]:
    """What was checked, what was skipped and why, and what no tool checks."""
    if file.status != "unreadable" or file.reading is not None:
        counts = Counter(outcome.answer for outcome in file.outcomes)
        yield common.checked(language, counts)
        if told := finding_text.skipped(file, language):
            yield clean(say("reporters.skipped", language) + say("marks.colon", language) + told)
    yield from finding_text.unchecked(file, run, language)


# ------------------------------------------------------------------------------------------------ the set


def _stands(file: FileResult, run: Run) -> bool:
    """Whether the report is in the summary of units and years."""
    return any(file.path in standing.paths for standing in run.standings)


def _set(run: Run, links: dict[int, str], language: Language) -> Summary:
    """A row a unit, a column a year, the gravest units first."""
    files = {file.path: file for file in reversed(run.files)}
    years = statistics.years(run)

    def mark(standing: Standing | None) -> Mark:
        if standing is None:
            return Mark(text="")
        file = next((files[path] for path in standing.paths if path in files), None)
        text = say(f"html.state.{standing.state.value}", language)
        if (count := statistics.times(standing, run, files)) is not None:
            text = say("html.state-count", language, state=text, count=count)
        if statistics.late(standing, run, files):
            text = say("reporters.state.beside", language, state=text)
        return Mark(text=text, tone=TONES[standing.state], href=links.get(id(file), "") if file else "")

    rows = tuple((Mark(text=clean(row.unit)), *(mark(row.standings.get(year)) for year in years)) for row in statistics.units(run))
    return Summary(heads=(say("html.unit", language), *(say("reporters.year", language, year=year) for year in years)), rows=rows)


def _kinds(run: Run, language: Language) -> Summary | None:
    """How the reports of each kind of unit stand, where there are several kinds."""
    rows = statistics.kinds(run)
    if len(rows) < 2:
        return None
    shown = [state for state in State if any(counts[state] for _, counts in rows)]
    heads = (
        say("reporters.kind", language),
        say("reporters.reports", language),
        *(say(f"html.state.{state.value}", language) for state in shown),
    )

    def row(kind: str | None, counts: Counter[State]) -> tuple[Mark, ...]:
        cells = (Mark(text=str(counts[state]), tone=TONES[state] if counts[state] else "") for state in shown)
        return Mark(text=say(f"reporters.kind.{kind or 'none'}", language)), Mark(text=str(counts.total())), *cells

    return Summary(heads=heads, rows=tuple(row(kind, counts) for kind, counts in rows))


def _files(files: list[FileResult], links: dict[int, str], language: Language) -> Summary:
    """A row a report."""
    grades = common.shown(finding for file in files for finding in file.findings)

    def row(file: FileResult) -> tuple[Mark, ...]:
        state, counts = state_of(file), Counter(finding.grade for finding in file.findings)
        return (
            Mark(text=clean(_name(file, language)), href=links.get(id(file), "")),
            Mark(text=clean(file.unit or "")),
            Mark(text=str(file.year or "")),
            Mark(text=say(f"html.state.{state.value}", language), tone=TONES[state]),
            *(Mark(text="-" if file.status == "unreadable" else str(counts[grade])) for grade in grades),
        )

    heads = (
        *(say(key, language) for key in ("html.file", "html.unit", "html.year", "html.result")),
        *(common.severity(language, grade) for grade in grades),
    )
    return Summary(heads=heads, rows=tuple(row(file) for file in files))


def _statistics(run: Run, language: Language) -> Summary:
    rule, severity, times, reports = (
        say(key, language) for key in ("reporters.rule", "reporters.severity", "reporters.times", "reporters.reports")
    )

    def row(found: RuleRow) -> tuple[Mark, ...]:
        title = run.rules[found.rule].title[language] if found.rule in run.rules else ""
        grade = Mark(text=common.severity(language, found.grade), tone=found.severity.value)
        return Mark(text=found.rule), Mark(text=title), grade, Mark(text=str(found.times)), Mark(text=str(found.reports))

    return Summary(
        heads=(rule, say("html.says", language), severity, times, reports), rows=tuple(row(found) for found in statistics.rules(run))
    )

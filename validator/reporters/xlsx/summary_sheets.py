"""Run → the sheets that count: the set (unit by year), each report, each rule, and what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from validator.base.records import positional_record, record
from validator.messages import say
from validator.model import Answer, FileResult, Grade, Language, Run, State
from validator.reporters import statistics
from validator.reporters.words import severity, shown, unshown
from validator.reporters.xlsx.problem_list import named

#: How a state looks.
TONES = {
    State.MISSING: "error",
    State.UNREADABLE: "error",
    State.FAILED: "error",
    State.VERIFY: "warning",
    State.LATE: "warning",
    State.NOT_DUE: "quiet",
    State.CLEAN: "clean",
}
_STATUS = {"clean": State.CLEAN, "unreadable": State.UNREADABLE}
_BY_GRADE = {Grade.ERROR: State.FAILED, Grade.WARNING: State.VERIFY, Grade.LATE: State.LATE}


@positional_record
class Value:
    """A cell's text and, where it is to stand out, its tone."""

    text: str
    tone: str | None = None


@record
class SummarySheet:
    """A sheet: its name, header, widths in digits, rows of values."""

    name: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Iterable[tuple[Value, ...]]


def sheets(run: Run, language: Language) -> Iterator[SummarySheet]:
    """The set where it is one, then reports, rules and what was not checked."""
    if run.standings:
        yield _set(run, language)
        yield _kinds(run, language)
    grades = shown(finding for file in run.files for finding in file.findings)
    yield SummarySheet(
        name=say("xlsx.files", language),
        heads=(
            *(say(key, language) for key in ("xlsx.column.file", "xlsx.part", "xlsx.column.unit", "xlsx.column.year", "xlsx.result")),
            *(severity(language, grade) for grade in grades),
            *(say(key, language) for key in ("xlsx.waived", "xlsx.pass", "xlsx.fail", "xlsx.review", "xlsx.skip", "xlsx.error")),
        ),
        widths=(36, 8, 28, 8, 14, *(9 for _ in grades), 9, 8, 8, 8, 8, 10),
        rows=(_file(file, grades, language) for file in run.files),
    )
    yield SummarySheet(
        name=say("xlsx.rules", language),
        heads=tuple(
            say(key, language)
            for key in ("xlsx.column.rule", "xlsx.says", "xlsx.column.severity", "xlsx.times", "xlsx.reports", "xlsx.waived")
        ),
        widths=(30, 56, 14, 9, 9, 9),
        rows=_rules(run, language),
    )
    yield SummarySheet(
        name=say("xlsx.rest", language),
        heads=tuple(say(key, language) for key in ("xlsx.what", "xlsx.column.file", "xlsx.column.rule", "xlsx.reason")),
        widths=(18, 40, 30, 70),
        rows=_rest(run, language),
    )


def state_of(file: FileResult) -> State:
    """How a report stands by itself."""
    if file.status != "findings":
        return _STATUS[file.status]
    there = {finding.grade for finding in file.findings}
    return next((state for grade, state in _BY_GRADE.items() if grade in there), State.FAILED)


def _set(run: Run, language: Language) -> SummarySheet:
    """A row a unit, a column a year, the worst units first."""
    years = statistics.years(run)

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in statistics.units(run):
            states = [row.standings[year].state if year in row.standings else None for year in years]
            cells = (Value(say(f"xlsx.state.{state.value}", language), TONES[state]) if state else Value("") for state in states)
            yield Value(row.unit), Value(say(f"reporters.kind.{row.kind or 'none'}", language)), *cells

    heads = (say("xlsx.column.unit", language), say("xlsx.kind", language), *(say("reporters.year", language, year=year) for year in years))
    return SummarySheet(name=say("xlsx.set", language), heads=heads, widths=(36, 14, *(16 for _ in years)), rows=rows())


def _kinds(run: Run, language: Language) -> SummarySheet:
    """How many reports of each kind of unit stand how."""

    def rows() -> Iterator[tuple[Value, ...]]:
        for kind, counts in statistics.kinds(run):
            cells = (Value(str(counts[state]), TONES[state] if counts[state] else None) for state in State)
            yield Value(say(f"reporters.kind.{kind or 'none'}", language)), Value(str(counts.total())), *cells

    heads = (say("xlsx.kind", language), say("xlsx.reports", language), *(say(f"xlsx.state.{state.value}", language) for state in State))
    return SummarySheet(name=say("xlsx.kinds", language), heads=heads, widths=(16, 9, *(14 for _ in State)), rows=rows())


def _file(file: FileResult, grades: Sequence[Grade], language: Language) -> tuple[Value, ...]:
    state = state_of(file)
    counts = Counter(finding.grade for finding in file.findings)
    grade_counts = [str(counts[grade]) if file.status != "unreadable" else "-" for grade in grades]
    answers = [str(file.count(Answer(key))) for key in ("pass", "fail", "review", "skip", "error")]
    names = (file.path, str(file.part or ""), file.unit or "", str(file.year or ""))
    return (
        *map(Value, names),
        Value(say(f"xlsx.state.{state.value}", language), TONES[state]),
        *map(Value, grade_counts),
        Value(str(len(file.waived))),
        *map(Value, answers),
    )


def _rules(run: Run, language: Language) -> Iterator[tuple[Value, ...]]:
    """How often each rule was broken and in how many reports, the most frequent first."""
    by_rule = {row.rule: row for row in statistics.rules(run)}
    waived = Counter(item.finding.rule for items in (*(file.waived for file in run.files), run.waived) for item in items)
    for rule in sorted({*by_rule, *waived}, key=lambda rule: (-by_rule[rule].times if rule in by_rule else 0, rule)):
        title, row = run.rules[rule].title[language] if rule in run.rules else "", by_rule.get(rule)
        grade = Value(severity(language, row.grade), row.severity.value) if row else Value("")
        counts = (row.times if row else 0, row.reports if row else 0, waived[rule])
        yield Value(rule), Value(title), grade, *(Value(str(count)) for count in counts)


def _rest(run: Run, language: Language) -> Iterator[tuple[Value, ...]]:
    """What was not checked and why: no pass, whatever else the workbook says."""
    for sentence in (say("xlsx.unchecked", language), *(text[language] for _, text in sorted(run.unchecked.items()))):
        yield Value(say("xlsx.never", language)), Value(""), Value(""), Value(sentence)
    if run.unshown is not None:
        yield Value(say("xlsx.never", language)), Value(""), Value(""), Value(unshown(run.unshown, language))
    for path in run.empty:
        yield Value(say("xlsx.no-reports", language), "error"), Value(path), Value(""), Value(say("xlsx.empty", language))
    for item in run.broken:
        yield Value(say("xlsx.broke", language), "error"), Value(item.path or ""), Value(item.rule), Value(item.message[language])
    for passed in run.passed_over:
        yield Value(say("xlsx.passed-over", language)), Value(passed.path), Value(""), Value(passed.reason[language])
    for file in run.files:
        for outcome in file.outcomes:
            if outcome.answer is Answer.SKIP:
                reason = outcome.reason[language] if outcome.reason else ""
                yield Value(say("xlsx.skipped", language)), Value(named(file, language)), Value(outcome.rule), Value(reason)

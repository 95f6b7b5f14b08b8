"""The summary of a set at the end of the text: unit by year, kinds of unit, the rules broken most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.cells import cell_len

from validator.messages import say
from validator.model import FileResult, Run, Standing, State
from validator.reporters import Options, statistics
from validator.reporters.text.layout import OutputLine, clip, hang, line, pad
from validator.reporters.words import severity

_UNITS = 60  # units that are told one by one
_RULES = 8  # rules that are told
_NAME = 24  # columns that a unit's name needs at least
_STYLES = {State.MISSING: "error", State.UNREADABLE: "error", State.FAILED: "error", State.VERIFY: "warning", State.LATE: "warning"}


def summary(run: Run, options: Options) -> list[OutputLine]:
    """The summary's lines; none where the reports are of no set."""
    if not run.standings:
        return []
    title = say("reporters.set-county", options.language, county=run.county) if run.county else say("reporters.set", options.language)
    return [line((title, "strong")), OutputLine(), *_units(run, options), OutputLine(), *_kinds(run, options), *_rules(run, options)]


def _units(run: Run, options: Options) -> list[OutputLine]:
    """A row a unit, a column a year."""
    language, years = options.language, statistics.years(run)
    files = {file.path: file for file in reversed(run.files)}
    rows = statistics.units(run)
    cells = [[_cell(row.standings.get(year), files, run, options) for year in years] for row in rows[:_UNITS]]
    heads = [say("reporters.year", language, year=year) for year in years]
    widths = [max(cell_len(head), *(cell_len(row_cells[at][0]) for row_cells in cells)) for at, head in enumerate(heads)]
    room = options.width - sum(widths) - 2 * len(widths)
    longest = max(cell_len(say("reporters.unit", language)), *(cell_len(row.unit) for row in rows[:_UNITS]))
    if room < min(longest, _NAME):  # too many years for columns: names that are cut look all the same
        return [*_listed(rows[:_UNITS], years, cells, options), *_others(rows[_UNITS:], options)]
    size = min(room, longest)
    header = "".join("  " + pad(head, width) for head, width in zip(heads, widths, strict=True))
    lines = [line((pad(say("reporters.unit", language), size) + header, "dim"))]
    for row, row_cells in zip(rows[:_UNITS], cells, strict=True):
        spans = [("  " + pad(text, width), style) for (text, style), width in zip(row_cells, widths, strict=True)]
        lines.append(line(pad(clip(row.unit, size, keep_end=True), size), *spans))
    return [*lines, *_others(rows[_UNITS:], options)]


def _listed(
    rows: Sequence[statistics.UnitRow], years: Sequence[int], cells: Sequence[Sequence[tuple[str, str]]], options: Options
) -> list[OutputLine]:
    """A unit with its years one after the other."""
    language = options.language
    size = min(max(cell_len(row.unit) for row in rows), options.width // 2)
    lines: list[OutputLine] = []
    for row, row_cells in zip(rows, cells, strict=True):
        named = zip(years, row_cells, strict=True)
        colon = say("marks.colon", language)
        states = [say("reporters.year", language, year=year) + colon + text for year, (text, _) in named if text]
        name = pad(clip(row.unit, size, keep_end=True), size) + "  "
        lines += hang(name, say("marks.semicolon", language).join(states), indent=0, width=options.width)
    return lines


def _others(rest: Sequence[statistics.UnitRow], options: Options) -> list[OutputLine]:
    """How the units stand that are not told one by one."""
    if not rest:
        return []
    language = options.language
    states = Counter(standing.state for row in rest for standing in row.standings.values())
    listing = say("marks.and", language).join(
        say("reporters.state-times", language, state=say(f"reporters.state.{state.value}", language), count=states[state])
        for state in State
        if states[state]
    )
    return hang("", say("reporters.other-units", language, count=len(rest), states=listing), indent=0, width=options.width)


def _cell(standing: Standing | None, files: dict[str, FileResult], run: Run, options: Options) -> tuple[str, str]:
    """What stands for a unit and year, with how many findings make it so, and its style."""
    if standing is None:
        return "", ""
    text, count = say(f"reporters.state.{standing.state.value}", options.language), statistics.times(standing, run, files)
    if count is not None:
        text = say("reporters.state-count", options.language, state=text, count=count)
    if statistics.late(standing, run, files):
        text = say("reporters.state.beside", options.language, state=text)
    return text, _STYLES.get(standing.state, "")


def _kinds(run: Run, options: Options) -> list[OutputLine]:
    """A line a kind of unit, where there are several."""
    language, rows = options.language, statistics.kinds(run)
    if len(rows) < 2:
        return []
    shown = [state for state in State if any(counts[state] for _, counts in rows)]
    heads = [say("reporters.reports", language), *(say(f"reporters.state.{state.value}", language) for state in shown)]
    cells = [[str(counts.total()), *(str(counts[state]) for state in shown)] for _, counts in rows]
    return [
        *_table(say("reporters.by-kind", language), [say(f"reporters.kind.{kind or 'none'}", language) for kind, _ in rows], heads, cells),
        OutputLine(),
    ]


def _rules(run: Run, options: Options) -> list[OutputLine]:
    """A line for each of the rules that were broken most often."""
    language, rows = options.language, statistics.rules(run)
    if not rows or options.statistics:
        return []
    heads = [say(key, language) for key in ("reporters.times", "reporters.reports")]
    top = rows[:_RULES]
    titles = [run.rules[row.rule].title[language] if row.rule in run.rules else row.rule for row in top]
    grades = [severity(language, row.grade) for row in top]
    names = [title if title == grade else f"{grade} {title}" for grade, title in zip(grades, titles, strict=True)]
    lines = _table(say("reporters.by-rule", language), names, heads, [[str(row.times), str(row.reports)] for row in top], options.width)
    if len(rows) > _RULES:
        lines.append(line((say("reporters.more-rules", language, count=len(rows) - _RULES), "dim")))
    return [*lines, OutputLine()]


def _table(name: str, names: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[str]], width: int = 200) -> list[OutputLine]:
    """Names at the left, numbers at the right of them."""
    sizes = [max(cell_len(head), *(cell_len(row[at]) for row in cells)) for at, head in enumerate(heads)]
    room = width - sum(sizes) - 2 * len(sizes)
    size = min(room, max(cell_len(text) for text in (name, *names)))

    def row(first: str, texts: Sequence[str], style: str) -> OutputLine:
        rest = "".join("  " + pad(text, each, right=True) for text, each in zip(texts, sizes, strict=True))
        return line((pad(clip(first, size), size) + rest, style))

    return [row(name, heads, "dim"), *(row(first, texts, "") for first, texts in zip(names, cells, strict=True))]

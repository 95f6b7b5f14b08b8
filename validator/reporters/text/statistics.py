"""How often each rule was broken: the table of --statistics."""

from __future__ import annotations

from rich.cells import cell_len

from validator.messages import say
from validator.model import Run
from validator.reporters import Options
from validator.reporters import statistics as counts
from validator.reporters.text.layout import OutputLine, line, pad
from validator.reporters.words import severity


def statistics(run: Run, options: Options) -> list[OutputLine]:
    """A line a rule: its gravest severity, how often it was broken and in how many reports; the most frequent first."""
    language, rows = options.language, counts.rules(run)
    if not rows:
        return []
    heads = [say(key, language) for key in ("reporters.rule", "reporters.severity", "reporters.times", "reporters.reports")]
    names = [severity(language, row.grade) for row in rows]
    size = max(cell_len(text) for text in (heads[0], *(row.rule for row in rows)))
    grades = max(cell_len(text) for text in (heads[1], *names))
    times, reports = (max(cell_len(text), 4) for text in heads[2:])
    tail = f"  {pad(heads[2], times, right=True)}  {pad(heads[3], reports, right=True)}"
    lines = [line((f"{pad(heads[0], size)}  {pad(heads[1], grades)}{tail}", "dim"))]
    for row, grade in zip(rows, names, strict=True):
        gap = " " * (size - cell_len(row.rule) + 2)
        tail = f"  {row.times:>{times}}  {row.reports:>{reports}}"
        lines.append(line((row.rule, "rule"), gap, (pad(grade, grades), row.severity.value), tail))
    return lines

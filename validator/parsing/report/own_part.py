"""What a reader noticed in a page, as far as it stands in the report and not in the page around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from validator.model import Block, Observation, Passage, Report

#: Observations that say something of the report only where they stand within it: every site hides menus and second copies of its pages.
_WITHIN = frozenset(("hidden-text-html", "struck-text"))


def without_the_page_around(report: Report) -> Report:
    """The report without observations of what is hidden or struck before its title or behind its last words."""
    noticed = report.document.observations
    if report.document.format not in ("html", "mht") or not any(item.code in _WITHIN for item in noticed):
        return report
    first, last = _extent(report)
    kept = tuple(item for item in noticed if item.code not in _WITHIN or _within(item, first, last))
    return report if len(kept) == len(noticed) else replace(report, document=replace(report.document, observations=kept))


def _within(item: Observation, first: int, last: int) -> bool:
    """Whether an observation stands between the first and the last line. One between two lines bears the number of the upper."""
    line = item.line or 0
    return first <= line < last if item.detail.get("between") else first <= line <= last


def _extent(report: Report) -> tuple[int, int]:
    """The first and the last line of the report's own words and tables; its title among them, the page's <title> not."""
    blocks = [block for section in report.sections for block in (section.block, *_printed(section.passages))]
    blocks += _printed(report.preamble)
    blocks += [cell.block for table in report.tables for row in table.rows for cell in row.cells]
    blocks += [title.block for title in report.titles if title.block.level != 0]
    lines = [block.line for block in blocks]
    return min(lines, default=0), max(lines, default=0)


def _printed(passages: Iterable[Passage]) -> list[Block]:
    """The blocks that paragraphs come from."""
    return [block for passage in passages for _, block in passage.places]

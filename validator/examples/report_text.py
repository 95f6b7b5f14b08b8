"""The text of an example's report: its base or its own text, with the edits that the example makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from validator.messages import both
from validator.model import Text
from validator.rulebook.example_schema import ExampleReport

#: Where a figure is printed: line (1-based), first character in it (0-based), number of characters.
FigurePlace = tuple[int, int, int]


class BrokenExample(Exception):
    """An example whose edits do not fit its base; `text` says which (zh, en)."""

    def __init__(self, text: Text) -> None:
        super().__init__(text["en"])
        self.text = text


def edited(report: ExampleReport, bases: Mapping[str, str], figure_places: Callable[[str], Mapping[str, FigurePlace]]) -> str:
    """The report's text after `replace`, `drop`, `set` and `append`, in this order. Raises BrokenExample where one finds nothing to edit.

    `bases`: sound reports by name. `figure_places`: of a text the places of its figures, by table.row.column.
    """
    text = report.text if report.text is not None else bases[report.base or ""]
    for old, new in report.replace.items():
        if old not in text:
            raise BrokenExample(both("examples.nothing-to-replace", old=old))
        text = text.replace(old, new)
    for words in report.drop:
        lines = text.split("\n")
        remaining = [line for line in lines if words not in line]
        if len(remaining) == len(lines):
            raise BrokenExample(both("examples.nothing-to-drop", line=words))
        text = "\n".join(remaining)
    return _with_figures(text, report.set, figure_places) + report.append


def _with_figures(text: str, values: Mapping[str, object], figure_places: Callable[[str], Mapping[str, FigurePlace]]) -> str:
    """The text with figures printed otherwise; the last of a line first, so that the places of the others still hold."""
    edits = []
    for address, value in values.items():
        place = figure_places(text).get(address)
        if place is None:
            raise BrokenExample(both("examples.no-such-figure", address=address))
        edits.append((*place, str(value)))
    lines = text.split("\n")
    for line, start, length, printed in sorted(edits, reverse=True):
        lines[line - 1] = lines[line - 1][:start] + printed + lines[line - 1][start + length :]
    return "\n".join(lines)

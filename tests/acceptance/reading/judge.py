"""What a document must give: its figures, the rules that speak and the rules that must not; written down once for all formats."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from validator.model import Book, Cell, Figure, FileResult, Severity
from validator.pipeline.check_file import examine
from validator.rulebook import load_book

ROOT = Path(__file__).resolve().parents[3]
#: Documents that came with the task, where they lie beside the project; a test that needs them skips and says so elsewhere.
SHARED = ROOT.parent / "shared" / "cases" / "reading"

UNREAD = "unread"
ANY = "any"


@cache
def book() -> Book:
    """The built-in rules, read once."""
    return load_book()


@dataclass(frozen=True, kw_only=True)
class Expected:
    """`figures`: those that differ from the sound report's, by `table.row.column`: a value, UNREAD (no value, and an error says so at that
    cell or for its table) or ANY (not judged). `says`: rules that must speak; `silent`: rules that must not. `status`: the file's."""

    figures: Mapping[str, int | float | str] = field(default_factory=dict)
    says: Collection[str] = ()
    silent: Collection[str] = ()
    status: str | None = None
    words: Collection[str] = ()  # each must stand in some Chinese message or advice


def check(name: str, data: bytes) -> FileResult:
    """The one report of a file, checked by the built-in rules."""
    (result,) = examine(data, name, book())
    return result


def judge(result: FileResult, sound: Mapping[str, object], expected: Expected) -> list[str]:
    """What is not as expected, a line each; empty: all is."""
    wrong = []
    figures = dict(result.figures.by_cell) if result.figures is not None else {}
    for name, value in (dict(sound) | dict(expected.figures)).items():
        if value == ANY:
            continue
        table, rest = name.split(".", 1)
        row, column = rest.rsplit(".", 1)
        cell = Cell(table=table, row=row, column=column)
        found = figures.get(cell)
        if value == UNREAD:
            if found is not None and found.value is not None:
                wrong.append(f"{name}: {found.text!r} is read as {found.value}, and must not be read")
            elif not told(result, cell):
                wrong.append(f"{name}: is not read, and no error says so")
        elif found is None or found.value != value:
            wrong.append(f"{name}: {value} is printed, read is {found and (found.value, found.text)}")
    speak = {finding.rule for finding in result.findings} | {sum.rule for finding in result.findings for sum in finding.sums}
    wrong += [f"{rule} must speak; {sorted(speak)}" for rule in expected.says if rule not in speak]
    wrong += [f"{rule} must not speak" for rule in expected.silent if rule in speak]
    if expected.status is not None and result.status != expected.status:
        wrong.append(f"status {result.status}, not {expected.status}: {sorted(speak)}")
    texts = " ".join(finding.message["zh"] + finding.advice["zh"] for finding in result.findings)
    wrong += [f"no message says {word}: {texts}" for word in expected.words if word not in texts]
    return wrong


def told(result: FileResult, cell: Cell) -> bool:
    """Whether an error speaks of a cell that has no value: at the cell, at its row or at its whole table."""
    for finding in result.findings:
        if finding.severity is Severity.ERROR:
            place = finding.location
            if place.table == cell.table and place.row in (None, cell.row) and place.column in (None, cell.column):
                return True
            if any(other.meets(cell) for other in finding.cells):
                return True
    return any(finding.severity is Severity.ERROR and finding.category == "input" for finding in result.findings)


def values(figures: Mapping[Cell, Figure]) -> dict[str, object]:
    """The figures of a report by `table.row.column`."""
    return {f"{cell.table}.{cell.row}.{cell.column}": figure.value for cell, figure in figures.items()}


@cache
def sound() -> dict[str, object]:
    """The figures of the report that all documents of the task are variations of."""
    result = check("02-logo-on-page.html", (SHARED / "02-logo-on-page.html").read_bytes())
    assert result.figures is not None
    found = {name: value for name, value in values(result.figures.by_cell).items() if value is not None}
    assert len(found) == 200
    return found

"""What the rules over a set need of one report, small enough to be held for thousands."""

from __future__ import annotations

from validator.model import Book, County, Digest, FactTables, Figures, FileResult, Report, Sketch
from validator.roster.units import judge_unit
from validator.similarity.own_text import county_names, excluded_text, parts_of, unit_names
from validator.similarity.sketch import sketch_of

#: Characters from which a part is held against others; a rule may ask for more, not for less.
SHORTEST = 100


def digest(report: Report, figures: Figures, tables: FactTables, county: County) -> Digest:
    """The digest of a report as it was read."""
    return Digest(
        figures={f"{cell.table}.{cell.row}.{cell.column}": figure.value for cell, figure in figures.by_cell.items()},
        sketch=_sketch(report, figures, tables, county),
        published=report.published.day if report.published and report.published.source == "text" else None,
    )


def digest_of(file: FileResult, book: Book, county: County) -> Digest | None:
    """The digest of a result, made where its report is at hand; None where it has nothing that could be held against others."""
    if file.reading is None or file.report_kind != (book.kind and book.kind.name) or book.tables.copying is None:
        return None
    return digest(file.reading.report, file.reading.figures, book.tables, county)


def _sketch(report: Report, figures: Figures, tables: FactTables, county: County) -> Sketch | None:
    """By which copies are found; None for a kind of report whose book does not say what is nobody's own."""
    if tables.copying is None:
        return None
    names = unit_names(tables.copying, judge_unit(report.unit, tables.units))
    return sketch_of(parts_of(report, excluded_text(tables.copying, figures, *names, *county_names(tables.copying, county))), SHORTEST)

"""What the rules over a set need of one report, small enough to keep for thousands of reports in memory."""

from __future__ import annotations

from validator.model import Book, County, Digest, FactTables, Figures, FileResult, Report, Sketch
from validator.roster.units import judge_unit
from validator.similarity.own_text import county_names, excluded_text, parts_of, unit_names
from validator.similarity.sketch import sketch_of

#: Characters: shorter parts are not compared with others. A rule may set a higher bound, not a lower one.
SHORTEST = 100


def digest(report: Report, figures: Figures, tables: FactTables, county: County) -> Digest:
    """The digest of a report as it was read."""
    return Digest(
        figures=figures.values,
        sketch=_sketch(report, figures, tables, county),
        published=report.published.day if report.published and report.published.source == "text" else None,
    )


def digest_of(file: FileResult, book: Book, county: County) -> Digest | None:
    """The digest of a result, made where its report is at hand; None where nothing of it can be compared with others."""
    if file.reading is None or file.report_kind != (book.kind and book.kind.name) or book.tables.copying is None:
        return None
    return digest(file.reading.report, file.reading.figures, book.tables, county)


def _sketch(report: Report, figures: Figures, tables: FactTables, county: County) -> Sketch | None:
    """The sketch by which copies are found; None for a kind of report whose book has no table `copying`."""
    if tables.copying is None:
        return None
    names = unit_names(tables.copying, judge_unit(report.unit, tables.units))
    return sketch_of(parts_of(report, excluded_text(tables.copying, figures, *names, *county_names(tables.copying, county))), SHORTEST)

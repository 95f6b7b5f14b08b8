"""Reports as they were read: unit, year, form, contact, sections and every figure, as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from validator.base.shown import one_line
from validator.model import Contact, ContactDetail, Figure, FileResult, Report
from validator.reporters.machine.json import number
from validator.text.private_numbers import covered
from validator.text.private_places import covered_text, covers

_COLUMNS = ("path", "unit", "year", "form", "table", "row", "column", "value", "text")


def as_json(files: tuple[FileResult, ...]) -> str:
    """All that could be read, as JSON text; a file that could not is not in it."""
    reports = [as_data(file, report) for file in files if (report := file.report)]
    return json.dumps({"version": 1, "reports": reports}, ensure_ascii=False, indent=2) + "\n"


def as_csv(files: tuple[FileResult, ...]) -> str:
    """Every figure on a line of its own."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(_COLUMNS)
    for file in files:
        form = file.form
        for figure in _figures(file):
            cell, value = figure.cell, figure.value
            values = (file.path, file.unit, file.year, form, cell.table, cell.row, cell.column, value, figure.text)
            lines.writerow(one_line(item) if isinstance(item, str) else item for item in values)
    return written.getvalue()


def as_data(file: FileResult, report: Report) -> dict[str, object]:
    """One report as plain data, keys in the published order."""
    published, hiding = report.published or report.document.published, covers(report)
    return {
        "path": file.path,
        **({"part": file.part} if file.part is not None else {}),
        "unit": file.unit,
        "unit_from": file.unit_from,
        "kind": file.kind,
        "level": file.level,
        "year": file.year,
        "year_from": file.year_from,
        "form": file.form,
        "title": covered(report.title.text) if report.title else None,
        "published": published.day.isoformat() if published else None,
        "contact": _contact(report.contact),
        "sections": [
            {
                "number": section.number,
                "heading": covered(section.heading),
                "line": section.block.line,
                "text": covered_text(section.passages, hiding),
            }
            for section in report.sections
        ],
        "figures": _tree(file),
    }


def _contact(contact: Contact | None) -> dict[str, object]:
    def only(kind: str) -> str | None:
        detail = contact.first(kind) if contact else None
        return _detail_text(detail) if detail else None

    return {
        "office": only("office"),
        "address": only("address"),
        "postcode": only("postcode"),
        "phones": [_detail_text(detail) for detail in contact.all("phone")] if contact else [],
        "fax": only("fax"),
        "email": only("email"),
        "website": only("website"),
    }


def _detail_text(detail: ContactDetail) -> str:
    return covered(detail.text if detail.value is None else detail.value)


def _figures(file: FileResult) -> Iterator[Figure]:
    """The figures in the report's order, the first where a row is there twice."""
    cells = set()
    for table in file.figures.tables.values() if file.figures else ():
        for row in table.rows:
            for figure in row.figures if row.key else ():
                if figure.cell not in cells:
                    cells.add(figure.cell)
                    yield figure


def _tree(file: FileResult) -> dict[str, dict[str, dict[str, object]]]:
    tree: dict[str, dict[str, dict[str, object]]] = {}
    for figure in _figures(file):
        row = tree.setdefault(figure.cell.table, {}).setdefault(figure.cell.row or "", {})
        mark = {"mark": figure.mark} if figure.mark else {}
        row[figure.cell.column or ""] = {"value": number(figure.value), "text": figure.text, "line": figure.block.line, **mark}
    return tree

"""Published reports of real units, read figure for figure against what is known of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support import CORPUS, book
from validator.model import Answer, Cell, FileResult, Finding, Severity
from validator.pipeline.check_file import examine

FILES = sorted(path.name.removesuffix(".truth.json") for path in CORPUS.glob("*.truth.json"))
pytestmark = pytest.mark.skipif(not FILES, reason="the real reports are not here (../shared/corpus)")

#: What the corpus allows to be called unreadable: whole files, or single tables.
MAY_BE_UNREAD = {"pingtan-2020-run-together.txt": None, "pingtan-2023-run-together.txt": None, "shanghai-office-2025.md": ("disclosure",)}
#: Known of a report when its truth was written down, and no finding by the rules' second edition.
SUPERSEDED = {("chaoyang-2020.txt", "structure.parts-list"): "near wording of a part, 下步措施 for 改进情况, is nothing"}
#: Rules about what a text lacks or how long it is; they say nothing of a report whose prose was cut.
ABOUT_PROSE = re.compile(r"(structure|contact|identity|wording|narrative|privacy|deadline)\.")


@cache
def truth(name: str) -> dict[str, Any]:
    return json.loads((CORPUS / f"{name}.truth.json").read_text(encoding="utf-8"))


@cache
def result(name: str) -> FileResult:
    """The report; its path says nothing of the unit."""
    (found,) = examine((CORPUS / name).read_bytes(), "inbox/report" + Path(name).suffix, book())
    return found


def findings(name: str, rule: str | None = None) -> list[Finding]:
    return [finding for finding in result(name).findings if rule is None or finding.rule == rule]


def rules_of(finding: Finding) -> set[str]:
    return {finding.rule, *(one.rule for one in finding.sums)}


def figures(name: str) -> Iterator[tuple[Cell, str | int | float | None]]:
    for table, rows in truth(name)["figures"].items():
        for row, columns in rows.items():
            for column, value in columns.items():
                yield Cell(table=table, row=row, column=column), value


each = pytest.mark.parametrize("name", FILES)


@each
def test_unit_year_and_form(name: str) -> None:
    known, found = truth(name), result(name)
    assert found.report and found.figures and found.part is None
    assert (found.unit, found.year, found.figures.form.id) == (known["unit"], known["year"], known["form"])


@each
def test_every_figure(name: str) -> None:
    allowed = MAY_BE_UNREAD.get(name, ())
    read = result(name).figures
    assert read
    wrong = []
    for cell, value in figures(name):
        figure = read.by_cell.get(cell)
        given = figure.value if figure else None
        if given is not None and (value is None or Decimal(str(given)) != Decimal(str(value))):
            wrong.append(f"{cell} is {value}, read {given}")
        elif given is None and value is not None and allowed is not None and cell.table not in allowed:
            wrong.append(f"{cell} is {value}, not read")
        elif figure is None and value is None and allowed is not None and cell.table not in allowed:
            wrong.append(f"{cell} is blank, not found")
    assert wrong == []


@each
def test_no_figure_that_is_not_there(name: str) -> None:
    known = {cell: value for cell, value in figures(name)}
    told = set(truth(name)["figures"])
    found = result(name).figures
    assert found
    extra = {cell: figure.value for cell, figure in found.by_cell.items() if cell.table in told and cell not in known}
    assert {cell: value for cell, value in extra.items() if value is not None} == {}


@each
def test_known_findings(name: str) -> None:
    ids = {rule.id for rule in book().rules if rule.scope == "report"}
    skipped = {outcome.rule for outcome in result(name).outcomes if outcome.answer is Answer.SKIP}  # its figures could not be read
    missing = []
    for known in truth(name)["known"]:
        made = [
            finding
            for finding in findings(name)
            if known["rule"] in rules_of(finding) and known.get("section") in (None, finding.location.section)
        ]
        if (
            known["rule"] in ids
            and not made
            and (name, known["rule"]) not in SUPERSEDED
            and not (name in MAY_BE_UNREAD and known["rule"] in skipped)
        ):
            missing.append(known["rule"])
    assert missing == []


@each
def test_nothing_else_is_wrong(name: str) -> None:
    known = {entry["rule"] for entry in truth(name)["known"]}
    abridged = truth(name)["prose"] == "abridged"
    unread = {"table.unreadable"} if name in MAY_BE_UNREAD else set()
    extra = [
        f"{finding.rule} {finding.message['zh']}"
        for finding in findings(name)
        if not rules_of(finding) <= known | unread | FOLLOWS.get(name, set())
        and finding.severity is not Severity.NOTE
        and not (abridged and ABOUT_PROSE.match(finding.rule))
    ]
    assert extra == []


# ---------------------------------------------------------------------------------------------- what must not be reported


def silent(name: str, *starts: str) -> bool:
    return not [finding for finding in findings(name) if any(rule.startswith(starts) for rule in rules_of(finding))]


def test_chaoyang_a_second_line_that_begins_with_four_is_a_row() -> None:
    report = result("chaoyang-2020.txt").report
    assert report and [section.numeral for section in report.sections].count(4) == 1
    assert silent("chaoyang-2020.txt", "structure.repeated-section", "structure.section-number", "structure.extra-section")


def test_chaoyang_section_four_is_whole() -> None:
    read = result("chaoyang-2020.txt").figures
    assert read and [figure.value for cell, figure in read.by_cell.items() if cell.table == "review"] == [0] * 15
    assert not [finding for finding in findings("chaoyang-2020.txt") if finding.location.table == "review"]


def test_chaoyang_nothing_else_to_report_is_enough() -> None:
    assert not [finding for finding in findings("chaoyang-2020.txt") if finding.location.section == 6]


def test_chaoyang_no_application_agrees_with_what_is_left() -> None:
    assert silent("chaoyang-2020.txt", "narrative.")


def test_chaoyang_a_broken_paragraph_goes_on() -> None:
    report = result("chaoyang-2020.txt").report
    assert report
    (passage,) = [p for section in report.sections for p in section.passages if "把政务公开工作" in p.text]
    assert not passage.text.endswith("把政务公开工作") and len({block.line for _, block in passage.places}) > 1


@pytest.mark.parametrize(
    "name", ["hangzhou-style-2025.html", "shuyang-2025-ocr.md", "shuyang-reform-2023.html", "shanghai-office-2019.html"]
)
def test_sums_hold(name: str) -> None:
    assert silent(name, "totals.")


@pytest.mark.parametrize(
    "name",
    ["hongze-2024.pdf", "huaian-2024.pdf", "pingtan-2021.html", "pingtan-2022.html", "shanghai-office-2025.md"],
)
def test_text_and_tables_agree(name: str) -> None:
    assert silent(name, "narrative.")


def test_shanghai_the_last_column_is_never_the_one_before() -> None:
    read = result("shanghai-office-2025.md").figures
    assert read
    repealed = [figure.value for cell, figure in read.by_cell.items() if cell.table == "disclosure" and cell.column == "repealed"]
    assert not {235, 189} & set(repealed)


def test_shuyang_publication_date() -> None:
    published = result("shuyang-reform-2023.html").report.published  # type: ignore[union-attr]
    assert published and (published.day.isoformat(), published.source) == (truth("shuyang-reform-2023.html")["published"], "text")


#: Findings that are right, though the corpus does not list them: its `known` is what must be found, not all that may be.
FOLLOWS: dict[str, set[str]] = {
    "hongze-2024.pdf": {"structure.missing-accountability", "form.changed-label"},  # printed: 2.其他法律行政止公开
    "huaian-2024.pdf": {"structure.missing-accountability"},
}

"""Figures of the text against the tables: readings, severities, and what is one finding."""

from __future__ import annotations

import pytest

from tests.support import CORPUS, base, book
from validator.checks.sums.table_terms import amount, cells, value
from validator.model import Cell, Finding
from validator.pipeline.check_file import examine


def findings(text: str, *categories: str) -> list[Finding]:
    found = examine(text.encode(), "report.txt", book())[0].findings
    return [finding for finding in found if not categories or finding.category in categories]


def changed(old: str, new: str, name: str = "sound-2021") -> list[Finding]:
    text = base(name)
    assert old in text
    return findings(text.replace(old, new))


RECEIVED = "全年收到政府信息公开申请6件"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("全年收到政府信息公开申请8件", "error"),
        ("我镇收到政府信息公开申请8件", "error"),
        ("青石镇收到政府信息公开申请8件", "error"),
        ("青石镇人民政府共收到8件政府信息公开申请", "error"),
        ("县政府收到政府信息公开申请8件", "warning"),
        ("新发生收到政府信息公开申请8件", "warning"),
    ],
)
def test_an_error_only_where_the_unit_itself_is_meant(text: str, severity: str) -> None:
    found = changed(RECEIVED, text)
    assert [(finding.rule, finding.severity.value) for finding in found] == [("narrative.received", severity)]
    assert found[0].location.section == 1 and found[0].location.excerpt and "8" in found[0].location.excerpt
    assert (found[0].expected, found[0].actual) == (None, "8") and " 6" in found[0].should["zh"]


@pytest.mark.parametrize(
    "text",
    [
        "全年收到政府信息公开申请7件",  # with the one carried over
        "教育局收到政府信息公开申请8件，我镇收到政府信息公开申请6件",
        "全县收到政府信息公开申请80件，我镇收到政府信息公开申请6件",
        "全年收到政府信息公开申请8件左右",
        "县本级收到政府信息公开申请8件",
        "全年收到政府信息公开申请六件",
        "全年收到政府信息公开申请６件",
    ],
)
def test_accepted_readings_are_silent(text: str) -> None:
    assert [f.rule for f in changed(RECEIVED, text) if f.category == "narrative"] == []


def test_the_same_figure_told_twice_is_one_finding() -> None:
    heading = "三、收到和处理政府信息公开申请情况\n"
    text = base().replace(RECEIVED, "全年收到政府信息公开申请8件").replace(heading, heading + "\n全年共收到政府信息公开申请8件。\n")
    assert [finding.rule for finding in findings(text)] == ["narrative.received"]
    text = text.replace("全年共收到政府信息公开申请8件。", "全年共收到政府信息公开申请9件。")
    assert [(finding.rule, finding.actual) for finding in findings(text)] == [("narrative.received", "8"), ("narrative.received", "9")]


def test_a_figure_of_a_failed_sum_is_not_blamed_again() -> None:
    row = "一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t"
    assert [finding.rule for finding in changed(row + "6", row + "8")] == ["totals.balance"]


def test_parts_are_not_blamed_again_for_a_figure_that_the_table_contradicts() -> None:
    found = changed("其中予以公开4件、部分公开1件、无法提供1件", "其中予以公开9件、部分公开1件、无法提供1件")
    assert [finding.rule for finding in found] == ["narrative.results"]


def test_blank_totals_are_the_sum_of_their_parts_and_blank_parts_nought() -> None:
    text = base().replace("（一）予以公开\t3\t1\t0\t0\t0\t0\t4", "（一）予以公开\t3\t1\t\t\t\t\t")
    result = examine(text.encode(), "report.txt", book())[0]
    assert result.figures is not None
    assert amount(result.figures, Cell(table="applications", row="granted", column="total")) == 4
    assert amount(result.figures, Cell(table="applications", row="granted", column="research")) == 0
    assert value(result.figures, cells(result.figures, "applications.granted.total + applications.partial.total")) == 5
    assert cells(result.figures, "applications.other.total") == ()  # allowed by the form, not printed
    assert len(cells(result.figures, "applications.@denied.total")) == 8


#: File of the corpus → the rules of these categories that must be found in it, and no error or warning of them beside.
KNOWN = {
    "chaoyang-2020.txt": set(),
    "hangzhou-style-2025.html": set(),
    "hongze-2024.pdf": set(),
    "huaian-2024.pdf": set(),
    "pingtan-2020-run-together.txt": set(),
    "pingtan-2021.html": set(),
    "pingtan-2022.html": set(),
    "pingtan-2023.html": {"narrative.documents"},
    "pingtan-2023-run-together.txt": {"narrative.documents"},
    "shanghai-office-2019.html": {"narrative.results", "narrative.outcomes"},
    "shanghai-office-2025.md": set(),
    "shuyang-2025-ocr.md": set(),
    "shuyang-reform-2023.html": set(),
}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("name", KNOWN)
def test_real_reports(name: str) -> None:
    path = CORPUS / name
    found = examine(path.read_bytes(), name, book())[0].findings
    mine = {f.rule for f in found if f.category in ("narrative", "privacy", "wording") and f.severity.value != "note"}
    assert mine == KNOWN[name]

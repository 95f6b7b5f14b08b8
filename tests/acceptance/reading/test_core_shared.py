"""The documents that came with the task in which a cell's ink, a picture or a merged cell decides."""

from __future__ import annotations

import pytest

from .judge import SHARED, UNREAD, Expected, check, judge, sound

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the documents of the task are not here")

UNREADABLE = "table.unreadable"
GRANTED, LICENSES = "applications.granted.natural_person", "disclosure.licensing.decisions"
NEW = [
    f"applications.new.{key}" for key in ("natural_person", "business", "research", "public_benefit", "legal_service", "other_org", "total")
]
MERGED = [
    f"applications.denied.{key}.natural_person"
    for key in (
        "law_prohibited",
        "security_stability",
        "third_party",
        "internal_affairs",
        "process_info",
        "enforcement_file",
        "admin_query",
    )
]
CASES = {
    "01-picture-in-docx.docx": Expected(status="clean", silent=("input.unreadable",)),
    "02-logo-on-page.html": Expected(status="clean", silent=("input.unreadable",)),
    "03-letterhead-pdf.pdf": Expected(status="clean", silent=("input.unreadable",)),
    "04-cell-with-gap-docx.docx": Expected(figures={GRANTED: UNREAD}, says=(UNREADABLE,), silent=("totals.results",), status="findings"),
    "05-row-with-gaps-docx.docx": Expected(figures=dict.fromkeys(NEW, UNREAD), says=(UNREADABLE,), status="findings"),
    "06-total-with-gap-docx.docx": Expected(figures={"applications.total.total": UNREAD}, says=(UNREADABLE,), status="findings"),
    "39-bidi-marks-docx.docx": Expected(status="clean"),
    "40-dot-after-figure-docx.docx": Expected(
        figures={GRANTED: 3}, says=("table.figure-with-note",), silent=("table.extra-row", "table.missing-row")
    ),
    "53-merged-zero-down-docx.docx": Expected(
        figures=dict.fromkeys(MERGED, UNREAD), says=("table.short-row",), words=("合并",), status="findings"
    ),
    "56-comma-gap-docx.docx": Expected(
        figures={LICENSES: UNREAD}, says=(UNREADABLE,), silent=("table.thousands-separator",), status="findings"
    ),
    "57-dash-paragraph-docx.docx": Expected(figures={LICENSES: UNREAD}, says=(UNREADABLE,), silent=("table.negative",), status="findings"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_of_the_task(name: str) -> None:
    result = check(name, (SHARED / name).read_bytes())
    assert judge(result, sound(), CASES[name]) == []


def test_the_merged_cell_is_one_finding() -> None:
    name = "53-merged-zero-down-docx.docx"
    result = check(name, (SHARED / name).read_bytes())
    assert len([finding for finding in result.findings if finding.rule == "table.short-row"]) == 1

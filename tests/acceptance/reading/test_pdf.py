"""PDFs of a sound report with something drawn upon a figure: what is seen is read, and nothing unseen; what is in doubt is not read."""

from __future__ import annotations

import pytest

from tests.acceptance.reading import pdf_cases
from tests.acceptance.reading.judge import UNREAD, Expected, check, judge
from tests.acceptance.reading.pdf_cases import ALL, Case
from tests.acceptance.reading.pdf_report import Printed, Spot, figures, printed
from tests.readers.pdf.pdf_files import Sheet, pdf
from validator.model import Block, Document, UnreadableError
from validator.readers.pdf.reader import read


def made(case: Case) -> tuple[Printed, Document, bytes]:
    """The report with the case drawn upon it, as laid out and as read, and the file."""
    report = printed(*case.without)
    case.make(report)
    data = report.data()
    (document,) = read(data, "年报.pdf")
    return report, document, data


def block_at(document: Document, spot: Spot) -> Block:
    """The cell that a figure is printed in."""
    return next(
        block
        for block in document.blocks
        if block.box
        and block.table
        and block.page == spot.page + 1
        and abs(block.box[0] - spot.x0) < 3
        and abs(block.box[1] - spot.top) < 3
    )


@pytest.mark.parametrize("name", ALL)
def test_figures(name: str) -> None:
    case = ALL[name]
    report, document, data = made(case)
    for figure, doubt in case.doubts.items():
        assert block_at(document, report.spots[figure]).doubt == doubt
    for figure, mark in case.marks.items():
        block = block_at(document, report.spots[figure])
        assert (block.text, "".join(mark.text for mark in block.marks)) == (report.spots[figure].text, mark)
        assert {mark.start for mark in block.marks} == {len(block.text)}
    assert {block.doubt for block in document.blocks} - {""} == set(case.doubts.values())
    assert {seen.detail["kind"] for seen in document.observations if seen.code == "hidden-text"} == case.hidden
    assert any(seen.code == "struck-text" for seen in document.observations) == case.struck
    assert judge(check("年报.pdf", data), figures(), Expected(figures=dict.fromkeys(case.doubts, UNREAD))) == []


@pytest.mark.parametrize("whole", [False, True])
def test_fonts_without_characters(whole: bool) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(pdf_cases.without_characters(whole=whole), "年报.pdf")
    assert caught.value.reason == "unknown-characters"


@pytest.mark.parametrize("title", ["", "临泉山县白塔乡人民政府2023年政府信息公开工作年度报告"])
def test_letters_that_are_drawings(title: str) -> None:
    sheet = Sheet()
    sheet.text(60, 60, title)
    sheet.commands += [f"{x} {y} m {x + 4} {y + 8} l {x + 8} {y} l h f" for y in range(80, 700, 20) for x in range(60, 500, 12)]
    with pytest.raises(UnreadableError) as caught:
        read(pdf([sheet]), "年报.pdf")
    assert caught.value.reason == "unknown-characters"


@pytest.mark.parametrize("data", [pdf_cases.scan(), pdf_cases.scan(covered=True), pdf_cases.scan(visible="第 3 页 共 9 页")])
def test_scans_with_recognised_text(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, "年报.pdf")
    assert caught.value.reason == "recognised-scan"


def test_notes_are_told() -> None:
    _, document, _ = made(ALL["fields/popup"])
    assert [seen.detail for seen in document.observations if seen.code == "comments"] == [{"count": 1}]


def test_places_of_rotated_pages_are_those_shown() -> None:
    report = printed()
    spot = report.spots[pdf_cases.NEW]
    upright = block_at(made(ALL["control/as-it-is"])[1], spot)
    for name, back in (
        ("drawn-turned", lambda x0, top, x1, bottom: (top, 595 - x1, bottom, 595 - x0)),
        ("rotate-270-of-one", lambda x0, top, x1, bottom: (top, 595 - x1, bottom, 595 - x0)),
    ):
        _, document, _ = made(ALL[f"turned/{name}"])
        twin = next(block for block in document.blocks if block.line == upright.line)
        assert upright.box and twin.box
        assert twin.text == upright.text and twin.box == pytest.approx(back(*upright.box), abs=1)

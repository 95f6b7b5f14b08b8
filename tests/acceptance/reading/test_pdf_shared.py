"""The PDFs that came with the task, each with what must be read of it and what must be said."""

from __future__ import annotations

import pytest

from tests.acceptance.reading.judge import ANY, SHARED, UNREAD, Expected, check, judge, sound
from validator.readers.pdf.reader import read

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the documents of the task are not beside the project")

LICENSING = "disclosure.licensing.decisions"
NOT_REPORT = ("input.not-a-report",)
CASES = {
    "03-letterhead-pdf": Expected(status="clean"),
    "18-strike-pdf": Expected(figures={LICENSING: UNREAD}, says=("table.unreadable", "input.hidden-text")),
    "22-white-pdf": Expected(says=("input.hidden-text",)),
    "24-covered-pdf": Expected(says=("input.hidden-text",)),
    "25-layer-off-pdf": Expected(says=("input.hidden-text",)),
    "31-watermark-digits-pdf": Expected(status="clean"),
    "32-watermark-tiled-pdf": Expected(status="clean"),
    "33-watermark-small-slanted-pdf": Expected(status="clean"),
    "34-superscript-pdf": Expected(says=("table.figure-with-note",)),
    "37-acroform-pdf": Expected(status="clean"),
    "38-one-field-pdf": Expected(status="clean"),
    "45-sideways-table-pdf": Expected(status="clean"),
    "46-rotate90-pdf": Expected(status="clean"),
    "54-outside-page-pdf": Expected(says=("input.hidden-text",)),
    "55-seal-text-pdf": Expected(status="clean"),
}
#: What an observation of each file must say; the rule that tells it speaks elsewhere.
NOTICED = {
    "22-white-pdf": ("hidden-text", "white"),
    "24-covered-pdf": ("hidden-text", "covered"),
    "25-layer-off-pdf": ("hidden-text", "layer"),
    "54-outside-page-pdf": ("hidden-text", "off-page"),
    "18-strike-pdf": ("struck-text", None),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    result = check(f"{name}.pdf", (SHARED / f"{name}.pdf").read_bytes())
    assert judge(result, sound(), CASES[name]) == []


@pytest.mark.parametrize("name", NOTICED)
def test_what_is_not_read_is_noticed(name: str) -> None:
    (document,) = read((SHARED / f"{name}.pdf").read_bytes(), name)
    code, kind = NOTICED[name]
    assert [(seen.code, seen.detail.get("kind")) for seen in document.observations if seen.code == code] == [(code, kind)]


def test_raised_mark_is_kept_apart() -> None:
    (document,) = read((SHARED / "34-superscript-pdf.pdf").read_bytes(), "x.pdf")
    assert [(block.text, block.marks[0].text) for block in document.blocks if block.marks] == [("4", "1")]


def test_fonts_that_do_not_say_their_characters() -> None:
    result = check("47.pdf", (SHARED / "47-no-tounicode-pdf.pdf").read_bytes())
    every = {name: ANY for name in sound()}
    assert judge(result, every, Expected(status="unreadable", says=("input.unreadable",), silent=NOT_REPORT, words=("字体",))) == []


def test_scan_with_recognised_text() -> None:
    result = check("58.pdf", (SHARED / "58-scan-with-ocr-layer-pdf.pdf").read_bytes())
    assert result.figures is None or not result.figures.by_cell
    assert judge(result, {}, Expected(status="unreadable", says=("input.no-text-layer",), words=("扫描件", "识别"))) == []
    assert len(result.findings) == 1

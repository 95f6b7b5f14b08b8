"""The Word documents that came with the task: their figures and what must be said of them."""

from __future__ import annotations

import pytest

from validator.readers import office

from .judge import SHARED, UNREAD, Expected, check, judge, sound

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the documents of the task are not here")

UNREADABLE, NOTE, HIDDEN = "table.unreadable", "table.figure-with-note", "input.hidden-text"
GRANTED, LICENSES = "applications.granted.natural_person", "disclosure.licensing.decisions"
CASES = {
    "08-two-paragraphs-docx.docx": Expected(figures={GRANTED: UNREAD}, says=(UNREADABLE,), status="findings"),
    "09-box-beside-figure-docx.docx": Expected(figures={GRANTED: UNREAD}, says=(UNREADABLE,), status="findings"),
    "10-superscript-docx.docx": Expected(says=(NOTE,), status="clean"),
    "11-superscript-by-style-docx.docx": Expected(says=(NOTE,), status="clean"),
    "12-custom-footnote-mark-docx.docx": Expected(says=(NOTE,), silent=("totals.results",), status="clean"),
    "14-superscript-doc.doc": Expected(says=(NOTE,), status="clean"),
    "15-strike-docx.docx": Expected(says=(HIDDEN,), status="findings", words=("删除线",)),
    "19-sym-dropped-docx.docx": Expected(figures={LICENSES: UNREAD}, says=(UNREADABLE,), status="findings"),
    "20-sym-alone-docx.docx": Expected(
        figures={GRANTED: UNREAD}, says=(UNREADABLE,), silent=("table.blank-figure", "totals.results"), status="findings"
    ),
    "21-white-docx.docx": Expected(says=(HIDDEN,), status="findings"),
    "30-math-sup-docx.docx": Expected(figures={GRANTED: UNREAD}, says=(UNREADABLE,), silent=("totals.results",), status="findings"),
    "48-wordart-title-docx.docx": Expected(status="clean"),
    "49-title-in-header-docx.docx": Expected(status="clean"),
    "50-contact-in-footnote-docx.docx": Expected(silent=("contact.missing",)),
    "51-altchunk-part-docx.docx": Expected(status="findings", words=("嵌入",)),
    "52-dropdown-docx.docx": Expected(status="clean"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_of_the_task(name: str) -> None:
    if name.endswith(".doc") and office.converter() is None:
        pytest.skip("LibreOffice is not installed: .doc is not read")
    result = check(name, (SHARED / name).read_bytes())
    assert judge(result, sound(), CASES[name]) == []

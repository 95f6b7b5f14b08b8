"""The pages, the web archive and the Markdown with HTML tables that came with the task: their figures and what must be said of them."""

from __future__ import annotations

import pytest

from .judge import ANY, SHARED, UNREAD, Expected, check, judge, sound

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the documents of the task are not here")

UNREADABLE, NOTE, HIDDEN = "table.unreadable", "table.figure-with-note", "input.hidden-text"
GRANTED = "applications.granted.natural_person"
#: Rules that speak of what is missing; where the body stands elsewhere nobody knows what it has.
MISSING = ("structure.missing-section", "table.missing", "contact.missing", "identity.period-missing", "identity.missing-year")
CASES = {
    "02-logo-on-page.html": Expected(status="clean"),
    "07-br-in-figure-html.html": Expected(figures={GRANTED: UNREAD}, says=(UNREADABLE,), status="findings"),
    "13-superscript-html.html": Expected(says=(NOTE,), status="clean"),
    "16-del-ins-html.html": Expected(says=("input.tracked-changes",)),
    "17-word-page-tracked-html.html": Expected(says=("input.tracked-changes",)),
    "26-hidden-by-class-html.html": Expected(says=(HIDDEN,), status="clean"),
    "27-visibility-html.html": Expected(says=(HIDDEN,), status="clean"),
    "28-hidden-row-by-class-html.html": Expected(says=(HIDDEN,), silent=("table.extra-row", "totals.results"), status="clean"),
    "29-ruby-html.html": Expected(silent=("totals.results",), status="clean"),
    "35-html-tables-in-markdown.input.md": Expected(silent=("table.missing",), status="clean"),
    "36-inputs-html.html": Expected(status="clean"),
    "43-mht.mht": Expected(status="clean"),
    "44-double-escaped-html.html": Expected(silent=("table.not-a-number",)),
}
#: Their bodies stand elsewhere: nothing is read, and that is said.
ELSEWHERE = {
    "41-iframe-html.html": ("框架",),
    "42-script-string-html.html": ("脚本",),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_of_the_task(name: str) -> None:
    result = check(name, (SHARED / name).read_bytes())
    assert judge(result, sound(), CASES[name]) == []


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_body_that_stands_elsewhere(name: str) -> None:
    result = check(name, (SHARED / name).read_bytes())
    expected = Expected(figures=dict.fromkeys(sound(), ANY), silent=MISSING, status="unreadable", words=ELSEWHERE[name])
    assert judge(result, sound(), expected) == []

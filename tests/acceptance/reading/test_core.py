"""What stands in a cell for a figure: read as printed, or said to be unread at that cell; never silent, never guessed."""

from __future__ import annotations

import pytest

from .cells import FORMATS, printed, read
from .judge import UNREAD, Expected, judge

PLACES = (
    "applications.granted.natural_person",
    "applications.denied.third_party.total",
    "disclosure.licensing.decisions",
    "review.review.upheld",
)
UNREADABLE, WORDS, NOTE = "table.unreadable", "table.not-a-number", "table.figure-with-note"

#: What is printed, by kind: none of it may be read, and an error speaks at the cell.
NOT_READ = {
    "gap": ("1 234", "1 2", "4\u00a01", "1\u30002", "1 2 3", "10 000 0"),
    "comma": ("12, 345", "12 ,345", "12,34", "1234,567", "1,2,3", "12、345"),
    "point": ("1.2.3", ".5", "1..2", "1. 5"),
    "look-alike": ("1O", "O", "Ｏ", "l2", "1〇", "〇", "I0", "1O0", "o"),
    "symbol": ("1?", "■", "3/4", "5%", "1\ue034", "1\ufffd", "Ⅲ", "⒊", "3+4", "1:2", "？", "\uf032"),
    "bidi": ("\u202e12\u202c",),
}
IN_WORDS = ("若干", "约3", "3件左右", "较多", "二十", "不详", "见附表")
#: What is printed, and the figure that it is.
READ = {
    "3": 3,
    "３": 3,
    "3.": 3,
    "3．": 3,
    "3。": 3,
    "\u202d4\u202c": 4,
    "\u200e4": 4,
    "4\u200f": 4,
    "\u061c4": 4,
    "\u20664\u2069": 4,
    "1\u00ad2": 12,
    "4\ufe0f": 4,
    "1\u200b2": 12,
    "\u20094": 4,
    "4\u202f": 4,
    "1\u20602": 12,
    "1\u2009234": 1234,
    "1,234": 1234,
    "１，２３４": 1234,
    "3件": 3,
    "3 件": 3,
    "3（其中修订1件）": 3,
    "6¹": 6,
    "12①": 12,
}
TOLD = ("3.", "3．", "3。", "6¹", "12①", "3（其中修订1件）")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in NOT_READ.items() for text in texts])
def test_what_is_no_figure_is_unread_and_said(kind: str, text: str, format: str) -> None:
    for place in PLACES[:: 1 if text == NOT_READ[kind][0] else 3]:
        result = read(format, {place: text})
        assert judge(result, printed(), Expected(figures={place: UNREAD}, says=(UNREADABLE,), silent=(WORDS,))) == []
        assert len([finding for finding in result.findings if finding.rule == UNREADABLE]) == 1


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", IN_WORDS)
def test_words_are_no_figure(text: str, format: str) -> None:
    for place in PLACES[::2]:
        result = read(format, {place: text})
        assert judge(result, printed(), Expected(figures={place: UNREAD}, says=(WORDS,), silent=(UNREADABLE,))) == []


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", READ)
def test_what_cannot_be_seen_or_says_nothing_leaves_the_figure(text: str, format: str) -> None:
    place = PLACES[0]
    says = (NOTE,) if text in TOLD else ()
    expected = Expected(figures={place: READ[text]}, says=says, silent=(UNREADABLE, WORDS, *(() if says else (NOTE,))))
    assert judge(read(format, {place: text}), printed(), expected) == []


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("text", "value"), [("减1", -1), ("增3", 3), ("减少2件", -2), ("增加 4", 4), ("－3", -3), ("+5", 5)])
def test_more_and_less_in_words_where_a_change_is_asked_for(text: str, value: int, format: str) -> None:
    place = "disclosure.licensing.change"
    worded = text[0] in "减增"
    expected = Expected(figures={place: value}, says=(NOTE,) if worded else (), silent=(UNREADABLE, WORDS))
    assert judge(read(format, {place: text}, form="2019"), printed("2019"), expected) == []


@pytest.mark.parametrize("format", FORMATS)
def test_more_and_less_in_words_are_no_count(format: str) -> None:
    place = "disclosure.licensing.decisions"
    expected = Expected(figures={place: UNREAD}, says=(WORDS,))
    assert judge(read(format, {place: "减1"}, form="2019"), printed("2019"), expected) == []


TWO_LINES = {
    "html": ("1<br>2", "1</p><p>2", "—<br>6", "<div>1</div><div>2</div>"),
    "docx": (
        "<w:r><w:t>1</w:t><w:br/><w:t>2</w:t></w:r>",
        "<w:p><w:r><w:t>1</w:t></w:r></w:p><w:p><w:r><w:t>2</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>—</w:t></w:r></w:p><w:p><w:r><w:t>6</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>/</w:t></w:r></w:p><w:p><w:r><w:t>0</w:t></w:r></w:p>",
    ),
}


@pytest.mark.parametrize(("format", "markup"), [(format, markup) for format, markups in TWO_LINES.items() for markup in markups])
def test_two_lines_in_a_cell_are_no_figure(format: str, markup: str) -> None:
    for place in PLACES[::2]:
        expected = Expected(figures={place: UNREAD}, says=(UNREADABLE,), words=("两行",))
        assert judge(read(format, {place: markup}, raw=True), printed(), expected) == []


CONTROLS = {
    "html": ("<b>1</b><span>2</span>", "<span style='color:red'>12</span>", "12<br>", "<br>12", "<p></p>12<p> </p>"),
    "docx": (
        "<w:r><w:t>1</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>2</w:t></w:r>",
        "<w:p><w:r><w:t>12</w:t></w:r></w:p><w:p><w:r><w:t> </w:t></w:r></w:p>",
        "<w:p/><w:p><w:r><w:t>12</w:t></w:r></w:p>",
    ),
}


@pytest.mark.parametrize(("format", "markup"), [(format, markup) for format, markups in CONTROLS.items() for markup in markups])
def test_one_figure_in_pieces_is_one_figure(format: str, markup: str) -> None:
    place = PLACES[0]
    assert judge(read(format, {place: markup}, raw=True), printed(), Expected(figures={place: 12}, silent=(UNREADABLE, WORDS, NOTE))) == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_row_of_unread_figures_is_one_finding(format: str) -> None:
    row = "applications.new"
    names = [name for name in printed() if name.startswith(f"{row}.")]
    result = read(format, dict.fromkeys(names, "1 4"))
    assert judge(result, printed(), Expected(figures=dict.fromkeys(names, UNREAD), says=(UNREADABLE,))) == []
    assert len([finding for finding in result.findings if finding.rule == UNREADABLE]) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_many_unread_figures_of_a_table_are_one_finding(format: str) -> None:
    names = [name for name in printed() if name.startswith("applications.denied.") and name.endswith(("person", "total"))]
    result = read(format, dict.fromkeys(names, "O"))
    (finding,) = (finding for finding in result.findings if finding.rule == UNREADABLE)
    assert str(len(names)) in finding.message["zh"]
    assert judge(result, printed(), Expected(figures=dict.fromkeys(names, UNREAD))) == []


@pytest.mark.parametrize("format", FORMATS)
def test_one_unread_figure_silences_nothing_else(format: str) -> None:
    """A sum of another row is still checked, that of the unread cell is listed as not checked."""
    wrong = "review.review.total"
    result = read(format, {PLACES[0]: "1 2", wrong: "7"})
    assert judge(result, printed(), Expected(figures={PLACES[0]: UNREAD, wrong: 7}, says=(UNREADABLE, "totals.review"))) == []
    outcomes = {outcome.rule: outcome for outcome in result.outcomes}
    assert outcomes["totals.results"].reason

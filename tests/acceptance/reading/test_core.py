"""What stands in a cell for a figure: read as printed, or said to be unread at that cell; never silent, never guessed."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from tests.acceptance.mutation import writers
from validator.model import Severity
from validator.reporters.machine.reading import as_json

from .cells import FORMATS, base, printed, read, written
from .judge import UNREAD, Expected, check, judge

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


def _spread(texts: Iterable[str]) -> dict[str, str]:
    """Each text in a cell of its own, no two in one row, beginning with the places above."""
    others = [name for name in printed() if name.startswith("applications.") and name.endswith((".business", ".other_org"))]
    rows = dict.fromkeys(PLACES) | {name: None for name in others if name.rsplit(".", 1)[0] not in {p.rsplit(".", 1)[0] for p in PLACES}}
    alone = {name.rsplit(".", 1)[0]: name for name in reversed(rows)}
    return dict(zip(reversed(alone.values()), texts, strict=False))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", NOT_READ)
def test_what_is_no_figure_is_unread_and_said(kind: str, format: str) -> None:
    texts = NOT_READ[kind]
    for part in (texts[:8], texts[8:]):
        if not part:
            continue
        cells = _spread(part)
        assert list(cells.values()) == list(part)
        result = read(format, cells)
        assert judge(result, printed(), Expected(figures=dict.fromkeys(cells, UNREAD), says=(UNREADABLE,), silent=(WORDS,))) == []
        assert len([finding for finding in result.findings if finding.rule == UNREADABLE]) == len(cells)


@pytest.mark.parametrize("format", FORMATS)
def test_words_are_no_figure(format: str) -> None:
    cells = _spread(IN_WORDS)
    result = read(format, cells)
    assert judge(result, printed(), Expected(figures=dict.fromkeys(cells, UNREAD), says=(WORDS,), silent=(UNREADABLE,))) == []
    assert len([finding for finding in result.findings if finding.rule == WORDS]) == len(IN_WORDS)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("told", [True, False])
def test_what_cannot_be_seen_or_says_nothing_leaves_the_figure(format: str, told: bool) -> None:
    texts = [text for text in READ if (text in TOLD) == told]
    for part in (texts[:10], texts[10:]):
        cells = _spread(part)
        result = read(format, cells)
        expected = Expected(figures={place: READ[text] for place, text in cells.items()}, silent=(UNREADABLE, WORDS))
        assert judge(result, printed(), expected) == []
        assert len([finding for finding in result.findings if finding.rule == NOTE]) == (len(cells) if told else 0)


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


PICTURE = b"<p><img src='seal.png' width='400' height='300'></p>"


@pytest.mark.parametrize("place", [b"</h1>", b"</body>"])
def test_a_picture_beside_a_sound_report_says_nothing(place: bytes) -> None:
    name, data = written("html", {})
    result = check(name, data.replace(place, PICTURE + place if place == b"</body>" else place + PICTURE))
    assert judge(result, printed(), Expected(silent=("input.unreadable", "table.missing", "structure.missing-section"))) == []
    assert result.status == "clean"


def test_a_picture_in_the_place_of_a_table_is_named() -> None:
    name, data = written("html", {})
    start = data.index(b"<table", data.index("四、".encode()))
    end = data.index(b"</table>", start) + len(b"</table>")
    result = check(name, data[:start] + PICTURE + data[end:])
    (finding,) = (finding for finding in result.findings if finding.rule == "table.missing")
    assert "图片" in finding.message["zh"]
    assert result.status == "findings"


def test_a_picture_in_the_place_of_a_part_is_named() -> None:
    name, data = written("html", {})
    start, end = (data.index(f"<p><strong>{number}、".encode()) for number in "五六")
    result = check(name, data[:start] + PICTURE + data[end:])
    (finding,) = (finding for finding in result.findings if finding.rule == "structure.missing-section")
    assert "图片" in finding.message["zh"]


def test_a_picture_under_a_heading_is_named() -> None:
    name, data = written("html", {})
    start, end = (data.index(f"<p><strong>{number}、".encode()) for number in "五六")
    start = data.index(b"</p>", start) + 4
    result = check(name, data[:start] + PICTURE + data[end:])
    (finding,) = (finding for finding in result.findings if finding.rule == "structure.empty-section")
    assert "图片" in finding.message["zh"]


def test_reading_gives_the_mark_beside_a_figure() -> None:
    result = read("html", {PLACES[0]: "6¹"})
    figures = json.loads(as_json((result,)))["reports"][0]["figures"]["applications"]["granted"]
    assert (figures["natural_person"]["value"], figures["natural_person"]["mark"]) == (6, "¹")
    assert "mark" not in figures["business"]


def test_many_marks_of_a_table_are_one_finding() -> None:
    names = [name for name in printed() if name.startswith("applications.denied.") and name.endswith(("person", "total"))]
    findings = read("html", dict.fromkeys(names, "0²")).findings
    assert [finding.rule for finding in findings] == [NOTE]
    assert str(len(names)) in findings[0].message["zh"]


@pytest.mark.parametrize("text", ["3594。", "若干。", "12；", "较多，"])
def test_a_cell_a_line_that_ends_like_a_sentence_is_not_lost(text: str) -> None:
    """The first figure of the last row: what follows it must not be taken for prose and the row for blank."""
    place = "applications.carried_out.natural_person"
    report = base().put("applications", "carried_out", "natural_person", text)
    result = check("report.txt", writers.write(report, writers.BY_NAME["cell-gap"]).encode())
    figure = result.figures and result.figures.get(*place.split("."))
    if text == "3594。":
        assert figure and figure.value == 3594
    else:
        assert not (figure and figure.value is not None)
        assert any(finding.severity is Severity.ERROR and finding.location.table == "applications" for finding in result.findings)


@pytest.mark.parametrize("text", ["10, 1", "1 2 件", "数据正在统计之中", "12，3"])
def test_ink_under_the_label_of_a_row_with_one_figure_is_not_blank(text: str) -> None:
    report = base().put("disclosure", "coercion", "decisions", text)
    result = check("report.txt", writers.write(report, writers.BY_NAME["cell"]).encode())
    assert judge(result, printed(), Expected(figures={"disclosure.coercion.decisions": UNREAD})) == []

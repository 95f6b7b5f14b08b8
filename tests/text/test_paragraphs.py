"""Paragraphs as the checks read them: without spaces, and with one way back to the place in the report."""

from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from validator.model import Block, Kind, Passage, Section
from validator.text.characters import bare, even
from validator.text.paragraphs import paragraph, place_in, within, within_block

_LINES = st.lists(st.text("年报 　１（)－—\u200b\t2", min_size=1, max_size=8), min_size=1, max_size=5)


def passage_of(lines: list[str], *, heading: bool = False) -> Passage:
    places, at = [], 0
    for number, text in enumerate(lines, 1):
        places.append((at, Block(kind=Kind.LINE, text=text, line=number, offset=3)))
        at += len(text)
    return Passage(text="".join(lines), places=tuple(places), heading=heading)


@given(_LINES)
def test_each_character_is_found_again(lines: list[str]) -> None:
    passage = passage_of(lines)
    text = paragraph(passage)
    assert text.text == bare(even(passage.text))
    for at, char in enumerate(text.text):
        spot = text.spot(at, at + 1)
        assert spot.block is not None and even(spot.block.text[spot.start : spot.start + spot.length]) == char
        assert text.at(text.places[at]) == at and even(text.printed(at, at + 1)) == char
    left_out = set(range(len(passage.text))) - set(text.places)
    assert all(text.at(place) is None for place in left_out)


@given(_LINES, st.data())
def test_a_stretch_is_found_in_its_blocks(lines: list[str], data: st.DataObject) -> None:
    passage = passage_of(lines)
    start = data.draw(st.integers(0, len(passage.text) - 1))
    end = data.draw(st.integers(start + 1, len(passage.text)))
    pieces = passage.pieces(start, end)
    assert "".join(block.text[first:last] for block, first, last in pieces) == passage.text[start:end]
    spot = place_in(passage, start, end - start)
    assert (spot.block, spot.start, spot.length) == (pieces[0][0], pieces[0][1], end - start)
    assert within_block(spot).length == pieces[0][2] - pieces[0][1]


def test_what_stands_under_a_heading_knows_it() -> None:
    title = passage_of(["一、 情况"])
    passages = (passage_of(["开头"]), passage_of(["（一） 公开"], heading=True), passage_of(["　"]), passage_of(["正文"]))
    section = Section(
        number=1, heading="一、 情况", wording="情况", numeral=1, match="form", block=title.places[0][1], passages=passages, blocks=()
    )
    assert [(text.text, text.lead, text.number) for text in within(section)] == [
        ("开头", "", 1), ("(一)公开", "(一)公开", 1), ("正文", "(一)公开", 1),
    ]  # fmt: skip


def test_a_passage_of_many_lines_is_no_slower_for_it() -> None:
    """Each place is found by halving: 40,000 lines asked one by one take no minutes."""
    passage = passage_of(["年 报"] * 40_000)
    text = paragraph(passage)
    began = process_time()
    found = [text.spot(at, at + 1) for at in range(0, len(text.text), 2)]
    assert len(found) == 40_000 and process_time() - began < 20

"""Pieces of HTML in text: where what stands in them is said to stand."""

from __future__ import annotations

from validator.readers.plain import read


def test_words_behind_a_table_in_a_table_do_not_stand_before_it() -> None:
    (document,) = read("、<table>\n<table><td ><td></table>后</table>".encode(), "a.md")
    assert [(block.text, block.line) for block in document.blocks] == [("、", 1), ("", 2), ("", 2), ("后", 2)]


def test_each_line_of_a_piece_has_its_own_marks() -> None:
    (document,) = read("甲<sup>①</sup>乙<br>丙丁<sup>②</sup>".encode(), "a.md")
    assert [(block.text, [(mark.text, mark.start) for mark in block.marks]) for block in document.blocks] == [
        ("甲乙", [("①", 1)]),
        ("丙丁", [("②", 2)]),
    ]


def test_a_mark_on_a_line_of_its_own_stands_behind_the_words() -> None:
    (document,) = read("收到<br><sup>①</sup>".encode(), "a.md")
    assert [(block.text, [(mark.text, mark.start) for mark in block.marks]) for block in document.blocks] == [("收到", [("①", 2)])]

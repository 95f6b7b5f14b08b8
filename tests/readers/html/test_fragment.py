"""Pieces of HTML in text: where what stands in them is said to stand."""

from __future__ import annotations

from validator.readers.plain import read


def test_words_behind_a_table_in_a_table_do_not_stand_before_it() -> None:
    (document,) = read("、<table>\n<table><td ><td></table>后</table>".encode(), "a.md")
    assert [(block.text, block.line) for block in document.blocks] == [("、", 1), ("", 2), ("", 2), ("后", 2)]

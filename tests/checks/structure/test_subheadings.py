"""The numerals of sub-headings: what is skipped, what stands twice, what is no fault."""

from __future__ import annotations

import pytest

from validator.checks.structure.subheadings import misnumbered, skipped
from validator.model import Block, Kind, Passage, Section


def section(*lines: str) -> Section:
    """A part with these paragraphs."""
    blocks = [Block(kind=Kind.LINE, text=line, line=number) for number, line in enumerate(lines, start=2)]
    passages = tuple(Passage(text=block.text, places=((0, block),)) for block in blocks)
    head = Block(kind=Kind.LINE, text="一、总体情况", line=1)
    return Section(
        number=1, heading=head.text, wording="总体情况", numeral=1, match="form", block=head, passages=passages, blocks=tuple(blocks)
    )


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (("（一）甲。", "（二）乙。", "（三）丙。"), []),
        (("（一）甲。", "（三）丙。"), [("skipped", 1, 3)]),
        (("（一）甲。", "（二）乙。", "（二）丙。"), [("twice", 2, 2)]),
        (("（一）甲。（二）乙。", "（三）丙。"), []),
        (("（一）甲：", "（一）子。", "（二）丑。", "（二）乙。", "（三）丙。"), []),
        (("（一）甲。", "依据第二十条第（五）项公开。", "（二）乙。"), []),
        (("（三）丙。", "（四）丁。"), []),
    ],
)
def test_faults(lines: tuple[str, ...], faults: list[tuple[str, int, int]]) -> None:
    assert [(fault.kind, fault.before, fault.number) for fault in misnumbered(section(*lines))] == faults


def test_the_place_is_the_numeral() -> None:
    fault = skipped([section("（一）甲。", "（三）丙。")])
    assert fault is not None and fault.spot.block is not None
    assert fault.spot.block.text[fault.spot.start : fault.spot.start + fault.spot.length] == "（三）"

"""No figure of a harmed report is lost in silence or read differently from what is printed: a share of the mutants of `make mutants`."""

from __future__ import annotations

import pytest

from .damage import ALL, WAYS
from .mutant import mutant, wrong

COUNT, PARTS = 300, 12


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_unread_is_silent(part: int) -> None:
    failed = {}
    for number in range(part, COUNT, PARTS):
        made = mutant(number)
        if problems := wrong(made):
            failed[number] = (made.format, made.ways, problems)
    assert not failed


@pytest.mark.parametrize("format", ALL)
def test_a_report_that_came_to_no_harm_is_read_whole(format: str) -> None:
    """What the mutants begin with: a full-width figure changes nothing else."""
    assert wrong(mutant(1, format, "full_width")) == []


def test_every_way_is_tried_somewhere() -> None:
    tried = {(made.format, way) for made in map(mutant, range(COUNT)) for way in made.ways}
    assert len(tried) > sum(map(len, WAYS.values())) * 0.8

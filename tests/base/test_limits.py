"""The bounds on what is read: the page that tells them is held against the code, and a part of a program may have its own."""

from __future__ import annotations

import re

import pytest

from tests.support import ROOT
from validator.base.limits import BUILT_IN, LEAST, NAMES, Limits, in_force, use, within
from validator.base.regular_files import read_regular
from validator.cli.commands import apply_acceptance
from validator.county import config
from validator.county.acceptance import baseline
from validator.rulebook import pack_files, sources, yaml_reader

PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")


def test_the_page_tells_every_bound() -> None:
    told = {name: int(value) for name, value in re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE, re.MULTILINE)}
    assert told == {name: getattr(BUILT_IN, name) for name in NAMES}
    assert all(f"`{name}` at least {least}" in PAGE for name, least in LEAST.items())


def test_the_page_tells_the_bounds_of_settings() -> None:
    assert apply_acceptance and read_regular
    told = {
        name: [int(number) for number in re.findall(r"\d{4,}", cells)]
        for name, cells in re.findall(r"^\| ([^`|]+) \| (\d{7}.*)\|$", PAGE, re.M)
    }
    assert told == {
        "nianbao.yaml": [config.MOST_BYTES],
        "each file of a rule pack": [pack_files.MOST_BYTES, yaml_reader.MOST_BYTES, sources.MOST_TOTAL],
        "baseline": [baseline.MOST_BYTES, baseline.MOST_TIMES],
    }


def test_a_while() -> None:
    with pytest.raises(KeyError), within(Limits(cells=7)):
        assert in_force().cells == 7
        raise KeyError
    assert in_force() == BUILT_IN
    use(Limits(cells=8))
    assert in_force().cells == 8
    use(BUILT_IN)

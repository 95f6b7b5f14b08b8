"""What last year's report answers of a finding on this year's, in a set and with --against."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import ROOT
from validator.cli import main as cli

RULE = "totals.after-review-without-review"
TOWN = (ROOT / "rules" / "bases" / "sound-2021.txt").read_text(encoding="utf-8")
CASES = "1	0	0	0	1	0	0	0	0	0	0	0	0	0	0"  # one review, upheld
SUED = TOWN.replace(CASES, "0	0	0	0	0	0	0	0	0	0	1	0	0	0	1")
BEFORE = TOWN.replace("2023年", "2022年")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, int]:
    """Findings of the rule on the report for 2023, and the rules that passed it."""
    cli.main(["check", *words, "--format", "json", "--no-cache", "--jobs", "1", "--select", RULE])
    file = next(one for one in json.loads(capsys.readouterr().out)["files"] if one["year"] == 2023)
    return sum(one["rule"] == RULE for one in file["findings"]), file["checked"]["pass"]


def test_the_base_holds_the_line_that_is_changed() -> None:
    assert CASES in TOWN


@pytest.mark.parametrize(("before", "count"), [(BEFORE, 0), (BEFORE.replace(CASES, CASES.replace("1", "0")), 1)])
def test_last_years_review_answers_it(tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, count: int) -> None:
    this, last = tmp_path / "2023.txt", tmp_path / "2022.txt"
    this.write_text(SUED, encoding="utf-8")
    last.write_text(before, encoding="utf-8")
    found, passed = told(capsys, str(this))
    assert found == 1
    expected = (count, passed + 1 - count)  # what is answered has passed
    assert told(capsys, str(this), str(last)) == expected
    assert told(capsys, str(this), "--against", str(last)) == expected

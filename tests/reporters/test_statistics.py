"""--statistics and --quiet at the command line, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ROOT
from validator.cli import main as cli
from validator.reporters import COPIES, COUNTING, REPORTERS

FAULTY = ROOT / "examples" / "reports" / "faulty-2021-tab-sums.txt"


@pytest.mark.parametrize("format", REPORTERS)
def test_statistics_are_told_in_every_format(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the result where the format has a place for them, else on standard error; the result is the same either way."""
    made, plain = tmp_path / "made", tmp_path / "plain"
    words = ["check", str(FAULTY), "--format", format, "--output"]
    assert cli.main([*words, str(plain)]) == 1 and capsys.readouterr().err == ""
    assert cli.main([*words, str(made), "--statistics"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    if format in COUNTING:
        assert told.err == ""
        assert (made.read_bytes() == plain.read_bytes()) is (format == "xlsx")
    else:
        assert made.read_bytes() == plain.read_bytes()
        head, *rows = told.err.splitlines()
        assert head.split() == ["规则", "级别", "次数", "份数"] and rows
        assert all(row.split()[0] in plain.read_text("utf-8-sig") for row in rows)


def test_what_counts_is_a_format() -> None:
    assert set(COUNTING) <= {*REPORTERS, *COPIES}

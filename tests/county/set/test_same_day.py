"""Reports of several years of one unit that bear one date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import ROOT
from validator.cli import main as cli

BUREAU = (ROOT / "rules" / "bases" / "bureau-2021.txt").read_text(encoding="utf-8")
DATED = "\n发布日期：{day}\n"


@pytest.mark.parametrize(
    ("unit", "day", "severity"),
    [("云岭县教育局", "2024-02-18", "note"), ("云岭县教育局", "2024-02-19", "warning"), ("云岭县水利局", "2024-02-18", "warning")],
)
def test_the_date_of_two_years_of_one_unit(tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str, day: str, severity: str) -> None:
    this, last = tmp_path / "a.txt", tmp_path / "b.txt"
    this.write_text(BUREAU + DATED.format(day="2024-02-18"), encoding="utf-8")
    last.write_text(BUREAU.replace("2023年", "2022年").replace("云岭县教育局", unit) + DATED.format(day=day), encoding="utf-8")
    cli.main(["check", str(this), str(last), "--format", "json", "--no-cache", "--jobs", "1", "--select", "deadline.late"])
    file = next(one for one in json.loads(capsys.readouterr().out)["files"] if one["year"] == 2023)
    (found,) = file["findings"]
    assert (found["severity"], found["review"]) == (severity, severity == "note")
    assert (file["checked"]["review"], file["checked"]["fail"]) == ((1, 0) if severity == "note" else (0, 1))

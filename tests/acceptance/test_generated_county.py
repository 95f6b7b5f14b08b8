"""A county that does not exist: sound reports are told of nothing, planted faults are found, and nothing else is.

The full size is benchmarks/county_set.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import making_reports as making
from benchmarks.planting import KINDS, held_against, plant
from validator.cli import main as cli

YEARS = (2023, 2024)


def checked(folder: Path, files: dict[str, str], units: list[making.Unit], capsys: pytest.CaptureFixture[str], monkeypatch) -> dict:  # type: ignore[no-untyped-def, type-arg]
    making.write(folder, units, files, YEARS)
    monkeypatch.chdir(folder)
    assert cli.main(["check", "--format", "json", "--quiet"]) in (0, 1)
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_sound_reports_are_told_of_nothing(tmp_path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    units, reports = making.county(30, YEARS, seed=4)
    result = checked(tmp_path, making.sound_files(reports), units, capsys, monkeypatch)
    told = [(file["path"], one["rule"], one["message"]) for file in result["files"] for one in file["findings"]]
    assert told + result["collection"]["findings"] == []
    assert result["summary"]["clean"] == 60


def test_planted_faults_are_found_and_nothing_else(tmp_path, book, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    planting = plant(34, YEARS, 16, seed=2)
    assert {fault.rule for fault in planting.planted} == set(KINDS)
    result = checked(tmp_path, planting.files, planting.units, capsys, monkeypatch)
    known = {rule.id for rule in book.rules}
    assert "deadline.late" in known
    missed, false = held_against(result, planting.planted, known)
    assert missed == []
    assert [(one["rule"], one["paths"], one["message"]) for one in false] == []


def test_the_same_seed_makes_the_same_bytes() -> None:
    first, second = plant(30, YEARS, 11, seed=9), plant(30, YEARS, 11, seed=9)
    assert first.files == second.files and first.planted == second.planted


def test_no_fault_is_planted_over_another() -> None:
    planting = plant(60, (2022, 2023, 2024), 40, seed=3)
    own = [path for fault in planting.planted if fault.rule != "county.missing-report" for path in fault.paths]
    assert len(own) == len(set(own)) and set(own) <= set(planting.files)
    missing = [fault for fault in planting.planted if fault.rule == "county.missing-report"]
    assert len(planting.files) == 180 - len(missing) + sum("新建文档" in path for path in own)


def test_reports_are_as_long_as_real_ones() -> None:
    _, reports = making.county(60, YEARS, seed=4)
    sizes = sorted(len(text.encode()) for text in making.sound_files(reports).values())
    assert sizes[len(sizes) // 50] > 6000 and sizes[-1] < 10240


def test_every_sum_of_a_generated_report_holds() -> None:
    _, reports = making.county(30, YEARS, seed=4)
    for report in reports.values():
        for column in making.APPLICANTS:
            row = {name: report.applications[name, column] for name in making.LABELS}
            assert row["new"] + row["carried_in"] == row["total"] + row["carried_out"]
            assert row["total"] == sum(row[name] for name in making.RESULTS)
            before = reports.get((report.unit.name, report.year - 1))
            assert before is None or before.applications["carried_out", column] == row["carried_in"]

"""The example reports and their golden results, found on disk: what the program says of them is what is kept beside them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.support import ROOT


def _script() -> ModuleType:
    path = ROOT / "scripts" / "update_golden.py"
    spec = importlib.util.spec_from_file_location("update_golden", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = _script()
REPORTS = golden.reports()


def test_there_are_examples_sound_and_faulty_in_both_forms() -> None:
    names = [report.name for report in REPORTS]
    for start in ("sound-2019-", "sound-2021-", "faulty-2019-", "faulty-2021-"):
        assert any(name.startswith(start) for name in names), start


def test_no_pair_is_incomplete() -> None:
    results = set(golden.FOLDER.glob("*" + golden.ENDING))
    assert results == {golden.golden(report) for report in REPORTS}


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.name)
def test_the_result_is_the_golden_one(report: Path) -> None:
    kept = golden.golden(report).read_text(encoding="utf-8")
    assert golden.render(golden.result(report)) == kept, "run scripts/update_golden.py and read the diff"


@pytest.mark.parametrize("report", [r for r in REPORTS if r.name.startswith("sound-")], ids=lambda path: path.name)
def test_a_sound_example_has_no_findings(report: Path) -> None:
    found = golden.result(report)
    assert found["exit_status"] == 0
    assert [file["findings"] for file in found["files"]] == [[]]
    assert [file["status"] for file in found["files"]] == ["clean"]


@pytest.mark.parametrize("report", [r for r in REPORTS if r.name.startswith("faulty-")], ids=lambda path: path.name)
def test_a_faulty_example_has_errors(report: Path) -> None:
    assert golden.result(report)["exit_status"] == 1

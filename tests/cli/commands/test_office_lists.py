"""`lists` of nianbao.yaml in a check: what they show, and that a list that cannot be used never stops the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT
from validator.cli.main import main

Checked = Callable[..., tuple[int, dict[str, Any]]]

TEXT = """\
county: 云岭县
years: [2023]
reports: ["*.txt"]
roster: [{{name: 云岭县青石镇人民政府}}, {{name: 云岭县教育局}}]
lists: [{lists}]
"""


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Checked:
    """Runs a check of two reports with lists of these names and bytes: the exit status and the JSON."""
    monkeypatch.chdir(tmp_path)
    for name in ("sound-2021", "bureau-2021"):
        (tmp_path / f"{name}.txt").write_bytes((ROOT / "rules" / "bases" / f"{name}.txt").read_bytes())

    def run(lists: dict[str, bytes | None]) -> tuple[int, dict[str, Any]]:
        for name, data in lists.items():
            if data is not None:
                (tmp_path / name).write_bytes(data)
        (tmp_path / "nianbao.yaml").write_text(TEXT.format(lists=", ".join(lists)), encoding="utf-8")
        capsys.readouterr()
        status = main(
            ["check", "--no-cache", "--format", "json", "--fail-on", "warning", "--select", "county.against-list,county.missing-report"]
        )
        return status, json.loads(capsys.readouterr().out)

    return run


def said(result: dict[str, Any]) -> list[str]:
    """What the rule says in Chinese."""
    return [finding["message"] for finding in result["collection"]["findings"] if finding["rule"] == "county.against-list"]


def test_the_figures_agree(checked: Checked) -> None:
    status, result = checked({"台账.csv": "单位,制发,废止,现行有效\n青石镇,2,1,9件\n".encode("gb18030")})
    assert status == 0 and not said(result)


def test_another_figure(checked: Checked) -> None:
    status, result = checked({"台账.csv": "单位,制发\n青石镇,7\n".encode()})
    (message,) = said(result)
    assert status == 1 and "台账.csv 第 2 行为 7" in message and "为 2，" in message and "制发件数" in message


def test_a_list_that_cannot_be_used_is_told_and_the_rest_checked(checked: Checked) -> None:
    status, result = checked({"没有.xlsx": None, "坏.xlsx": b"PK\x03\x04", "空.csv": b"", "别的.csv": "姓名,电话\n甲,1\n".encode(),
                              "台账.csv": "单位,制发\n青石镇,7\n".encode()})  # fmt: skip
    assert status == 2 and len(said(result)) == 1 and len(result["files"]) == 2
    told = dict(item["message"].split(": ", 1) for item in result["broken"])
    assert set(told) == {"没有.xlsx", "坏.xlsx", "空.csv", "别的.csv"}
    assert "读不了" in told["没有.xlsx"] and "损坏" in told["坏.xlsx"] and "空的" in told["空.csv"] and "表头" in told["别的.csv"]


def test_a_folder_is_no_list(checked: Checked, tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    status, result = checked({"夹": None})
    assert status == 2 and [item["message"].split(": ")[0] for item in result["broken"]] == ["夹"]

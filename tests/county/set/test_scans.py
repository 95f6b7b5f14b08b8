"""A page of pictures beside the file that its report was read from, and alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT
from validator.cli import main as cli

TOWN = (ROOT / "rules" / "bases" / "sound-2021.txt").read_text(encoding="utf-8")
PAGE = "<html><head><title>年报</title></head><body><img src=a.png width=800 height=1100></body></html>"
READABLE = "云岭县青石镇人民政府2023年年报.txt"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The published page."""
    path = tmp_path / "云岭县青石镇人民政府2023年年报.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    """The exit status, and the result of the page."""
    status = cli.main(["check", *words, "--format", "json", "--no-cache", "--jobs", "1"])
    return status, next(one for one in json.loads(capsys.readouterr().out)["files"] if one["path"].endswith(".html"))


def said(file: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["rule"], one["severity"]) for one in file["findings"]]


def test_a_page_of_pictures_beside_a_readable_file_is_a_note(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.with_name(READABLE).write_text(TOWN, encoding="utf-8")
    status, file = checked(capsys, str(page.parent))
    assert said(file) == [("input.not-text-page", "note")] and READABLE in file["findings"][0]["message"]
    assert (status, file["status"]) == (0, "clean")


def test_alone_it_could_not_be_read(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, file = checked(capsys, str(page))
    assert said(file) == [("input.no-text-layer", "error")]
    assert (status, file["status"]) == (2, "unreadable")


def test_beside_the_report_of_another_year_it_could_not_be_read(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.with_name("2022.txt").write_text(TOWN.replace("2023年", "2022年"), encoding="utf-8")
    status, file = checked(capsys, str(page.parent))
    assert said(file) == [("input.no-text-layer", "error")] and status == 2

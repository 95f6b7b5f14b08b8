"""`paths` of nianbao.yaml: what is off until somebody asks for it is on where an entry gives it a severity, and there alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import ROOT
from validator.cli.main import main

#: The sound report without its address for mail, which no rule asks for until a county does.
OFF = "contact.missing-email"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two reports that give no address for mail."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "rules" / "bases" / "sound-2021.txt").read_text(encoding="utf-8")
    assert "，电子邮箱：qszzf@yunlingxian.gov.cn" in text
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text.replace("，电子邮箱：qszzf@yunlingxian.gov.cn", ""), encoding="utf-8")
    return tmp_path


def found(settings: str, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, list[str]]:
    """File → the severities of the rule's findings in it."""
    Path("nianbao.yaml").write_text(settings, encoding="utf-8")
    capsys.readouterr()
    main(["check", "--no-cache", "--format", "json", *words, "a.txt", "b.txt"])
    files = json.loads(capsys.readouterr().out)["files"]
    return {file["path"]: [one["severity"] for one in file["findings"] if one["rule"] == OFF] for file in files}


@pytest.mark.parametrize(
    ("settings", "a", "b"),
    [
        ("county: 云岭县\n", [], []),
        (f"paths: [{{path: a.txt, severity: {{{OFF}: warning}}}}]\n", ["warning"], []),
        (f"paths: [{{path: a.txt, severity: {{{OFF}: warning}}, ignore: [{OFF}]}}]\n", [], []),
        ("paths: [{path: a.txt, severity: {contact: warning}}]\n", [], []),
        (f"rules: {{severity: {{{OFF}: error}}}}\npaths: [{{path: a.txt, severity: {{{OFF}: warning}}}}]\n", ["warning"], ["error"]),
    ],
)
def test_what_is_off_is_on_where_it_is_asked_for(
    settings: str, a: list[str], b: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(settings, capsys) == {"a.txt": a, "b.txt": b}


def test_what_is_selected_is_on_everywhere(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = found(f"paths: [{{path: a.txt, severity: {{{OFF}: warning}}}}]\n", capsys, "--select", OFF)
    assert told["a.txt"] == ["warning"] and len(told["b.txt"]) == 1


def test_what_is_off_is_on_by_its_options(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("nianbao.yaml").write_text("county: 云岭县\n", encoding="utf-8")
    told = found(f"rules: {{options: {{{OFF}: {{}}}}}}\n", capsys)
    assert all(len(severities) == 1 for severities in told.values())

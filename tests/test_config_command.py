"""`nianbao config`: every setting in force and where it comes from; the language and the limit of nianbao.yaml count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator import cli

ROOT = Path(__file__).resolve().parent.parent
FILE = """\
county: 云岭县
reports: ["reports/**/*"]
years: [2023]
deadlines: {township: 01-20}
roster:
  - {name: 云岭县青石镇人民政府}
  - {name: 云岭县教育局}
rules:
  packs: [ours]
  ignore: [wording]
  severity: {contact.missing-email: warning}
  options: {series.copied: {limit: 60}}
paths:
  - {path: "reports/旧/*", ignore: [identity]}
fail_on: warning
lang: en
"""
RULE = """\
id: contact.missing-postcode
override: true
severity: error
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nianbao.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "missing-postcode.yaml").write_text(RULE, encoding="utf-8")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, dict]:  # type: ignore[type-arg]
    assert cli.main(["config", "--format", "json", *words]) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_every_key_of_the_file_is_told_with_its_line(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    found = told(capsys)
    lines = {name: one["from"]["line"] for name, one in found.items() if one["from"]["file"] == "nianbao.yaml"}
    assert lines == {
        "county": 1, "reports": 2, "years": 3, "deadlines": 4, "roster": 5, "packs": 9, "ignore": 10, "severity": 11, "options": 12,
        "paths": 13, "fail_on": 15, "lang": 16,
    }  # fmt: skip
    assert found["roster"]["value"] == ["云岭县青石镇人民政府", "云岭县教育局"]
    assert found["severity"]["value"] == {"contact.missing-email": "warning"}
    assert found["options"]["value"] == {"series.copied": {"limit": 60}}
    assert found["fail_on"]["value"] == "warning" and found["lang"]["value"] == "en"
    assert found["rules"]["value"]["changed"] == 1 and found["cache"] == {"value": True, "from": {"flag": None, "file": None, "line": None}}


def test_flags_come_first_and_are_named(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    found = told(capsys, "--fail-on", "error", "--ignore", "privacy", "--lang", "zh", "--no-cache", "--jobs", "3")
    assert found["fail_on"] == {"value": "error", "from": {"flag": "--fail-on", "file": None, "line": None}}
    assert found["ignore"]["value"] == ["privacy", "wording"]  # these add to each other
    assert found["ignore"]["from"] == {"flag": "--ignore", "file": "nianbao.yaml", "line": 10}
    assert (found["lang"]["value"], found["lang"]["from"]["flag"]) == ("zh", "--lang")
    assert found["cache"]["value"] is False and found["jobs"]["value"] == 3


def test_the_language_and_the_limit_of_the_file_count_in_a_check(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    text = (ROOT / "rules" / "bases" / "sound-2021.txt").read_text(encoding="utf-8").replace("，电子邮箱：qszzf@yunlingxian.gov.cn", "")
    (here / "reports").mkdir()
    (here / "reports" / "青石镇.txt").write_text(text, encoding="utf-8")
    (here / "一.txt").write_text(text, encoding="utf-8")
    assert cli.main(["check", "一.txt", "--no-cache"]) == 1  # a warning is enough
    assert "The contact has no e-mail address" in capsys.readouterr().out
    assert cli.main(["--lang", "zh", "check", "一.txt", "--no-cache", "--fail-on", "error"]) == 0
    assert "联系方式里没有电子邮箱" in capsys.readouterr().out


def test_as_text_and_without_a_file(here: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert cli.main(["config"]) == 0
    out = capsys.readouterr().out
    assert "fail on" in out and "nianbao.yaml:15" in out and "1 of them changed" in out
    empty = here / "empty"
    empty.mkdir()
    (here / "nianbao.yaml").unlink()
    monkeypatch.chdir(empty)
    assert cli.main(["config"]) == 0
    out = capsys.readouterr().out
    assert "默认" in out and "没有" in out and "nianbao.yaml" not in out


def test_what_is_wrong_is_told_as_by_a_check(here: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    (here / "nianbao.yaml").write_text("county: 云岭县\nyeers: [2023]\nrules: {ignore: [no.such]}\n", encoding="utf-8")
    assert cli.main(["config"]) == 2
    error = capsys.readouterr().err
    assert "nianbao.yaml:2" in error and "nianbao.yaml:3" in error
    assert cli.main(["config", "--format", "xml"]) == 2

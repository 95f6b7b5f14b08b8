"""`nianbao config`: every setting in force, and whether a flag, a line of nianbao.yaml or the default says so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator.cli import settings
from validator.cli.commands.config import _SOURCES
from validator.cli.main import main
from validator.county import config
from validator.model import RuleSettings, Settings

TEXT = """\
county: 云岭县
reports: ["reports/**/*"]
years: [2023, 2022]
deadlines: {township: 01-20}
roster:
  - {name: 云岭县青石镇人民政府}
  - {name: 云岭县教育局}
rules:
  packs: [ours]
  pack: disclosure
  select: [totals, contact]
  ignore: [wording.no-own-facts]
  severity: {contact.missing-email: warning}
  options: {county.copied: {limit: 60}}
paths:
  - {path: "reports/2019/**", ignore: [contact], severity: {totals: warning}}
waivers:
  - {rule: series.carried-over, path: reports/2023/青石镇.docx, reason: 已备案, until: 2024-06-30}
  - {rule: county.copied, unit: 云岭县教育局, year: 2023, reason: 合署办公}
baseline: accepted.json
fail_on: warning
lang: en
lists: [台账.xlsx]
"""
#: What the contract lets nianbao.yaml and the flags of a check say, but for how the result is shown.
ALL = {
    "county", "reports", "years", "deadlines", "roster", "packs", "pack", "select", "ignore", "severity", "options", "paths", "waivers",
    "baseline", "fail_on", "lang", "lists", "jobs", "scheduler", "cache", "changed_since",
}  # fmt: skip


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """Runs `nianbao config --format json` in a folder with a pack of one rule."""
    monkeypatch.chdir(tmp_path)
    pack = tmp_path / "ours"
    pack.mkdir()
    (pack / "missing-postcode.yaml").write_text("id: contact.missing-postcode\noverride: true\nseverity: error\n", encoding="utf-8")

    def run(text: str | None, *words: str) -> dict[str, Any]:
        if text is not None:
            (tmp_path / "nianbao.yaml").write_text(text, encoding="utf-8")
        assert main(["config", "--format", "json", *words]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def source(one: dict[str, Any]) -> str:
    """Where a setting comes from, in a word."""
    place = one["from"]
    return " ".join(filter(None, [place["flag"], f"{place['file']}:{place['line']}" if place["file"] else ""])) or "default"


def test_every_setting_is_told(told: Callable[..., dict[str, Any]]) -> None:
    found = told(TEXT)
    assert set(found) >= ALL and set(found) == {*_SOURCES, "rules"}
    keys = {name.removeprefix("rules.") for name in Settings.__dataclass_fields__} - {"rules"}
    assert keys | set(RuleSettings.__dataclass_fields__) <= set(found)  # a new key of nianbao.yaml has to be told too


def test_where_each_comes_from(told: Callable[..., dict[str, Any]]) -> None:
    found = told(TEXT)
    lines = {name: source(one) for name, one in found.items()}
    expected = {
        "county": 1, "reports": 2, "years": 3, "deadlines": 4, "roster": 5, "packs": 9, "pack": 10, "select": 11, "ignore": 12,
        "severity": 13, "options": 14, "paths": 15, "waivers": 17, "baseline": 20, "fail_on": 21, "lang": 22, "lists": 23,
    }  # fmt: skip
    assert {name: lines[name] for name in expected} == {name: f"nianbao.yaml:{line}" for name, line in expected.items()}
    assert {lines[name] for name in ("jobs", "scheduler", "cache", "changed_since", "form", "unit", "year", "against")} == {"default"}


def test_what_is_in_force(told: Callable[..., dict[str, Any]]) -> None:
    value = {name: one["value"] for name, one in told(TEXT).items()}
    assert (value["county"], value["years"], value["deadlines"]) == ("云岭县", [2022, 2023], {"township": "01-20"})
    assert (value["reports"], value["roster"]) == (["reports/**/*"], ["云岭县青石镇人民政府", "云岭县教育局"])
    assert value["lists"] == ["台账.xlsx"]
    assert (value["packs"], value["pack"], value["baseline"]) == (["ours"], "disclosure", "accepted.json")
    assert (value["select"], value["ignore"]) == (["totals", "contact"], ["wording.no-own-facts"])
    assert (value["severity"], value["options"]) == ({"contact.missing-email": "warning"}, {"county.copied": {"limit": 60}})
    assert value["paths"] == [{"path": "reports/2019/**", "ignore": ["contact"], "severity": {"totals": "warning"}, "line": 16}]
    assert [(one["rule"], one["path"], one["unit"], one["year"], one["reason"], one["until"], one["line"]) for one in value["waivers"]] == [
        ("series.carried-over", "reports/2023/青石镇.docx", None, None, "已备案", "2024-06-30", 18),
        ("county.copied", None, "云岭县教育局", 2023, "合署办公", None, 19),
    ]
    assert (value["fail_on"], value["lang"], value["jobs"], value["cache"]) == ("warning", "en", "auto", True)
    assert value["rules"]["changed"] == 1


def test_flags_come_first_and_what_adds_up_has_both(told: Callable[..., dict[str, Any]]) -> None:
    words = ["--lang", "zh", "--fail-on", "never", "--select", "table", "--ignore", "county", "--baseline", "b.json", "--jobs", "3"]
    found = told(TEXT, *words, "--no-cache", "--changed-since", "HEAD", "--scheduler", "tcp://a:1", "a.txt")
    assert {name: source(found[name]) for name in ("lang", "fail_on", "select", "ignore", "baseline", "jobs", "cache", "reports")} == {
        "lang": "--lang", "fail_on": "--fail-on", "select": "--select", "ignore": "--ignore nianbao.yaml:12", "baseline": "--baseline",
        "jobs": "--jobs", "cache": "--no-cache", "reports": "PATH",
    }  # fmt: skip
    assert (found["select"]["value"], found["ignore"]["value"]) == (["table"], ["county", "wording.no-own-facts"])
    assert (found["fail_on"]["value"], found["jobs"]["value"], found["cache"]["value"]) == ("never", 3, False)
    assert (found["scheduler"]["value"], found["changed_since"]["value"]) == ("tcp://a:1", "HEAD")


def test_without_a_file_everything_is_the_default(told: Callable[..., dict[str, Any]]) -> None:
    found = told(None)
    assert {source(one) for one in found.values()} == {"default"} and found["config"]["value"] is None
    assert (found["fail_on"]["value"], found["lang"]["value"], found["reports"]["value"]) == ("error", "zh", [])


def test_what_it_tells_is_what_a_check_does(told: Callable[..., dict[str, Any]]) -> None:
    """The values are those of the Settings that a check makes of the same flags and file."""
    found = told(TEXT, "--ignore", "county")
    made, _, _ = config.read_config(Path("nianbao.yaml"))
    flags = dict.fromkeys(
        ("format", "output", "form", "unit", "year", "select", "ignore", "fail_on", "against", "baseline", "changed_since", "jobs",
         "scheduler", "rules", "pack", "stdin_filename", "lang_given"),
    )  # fmt: skip
    flags |= {"paths": [], "ignore": ["county"], "quiet": False, "statistics": False, "no_cache": False, "lang": "zh"}
    asked = settings.of_check(flags, made)
    assert (list(asked.paths), list(asked.select), list(asked.ignore)) == tuple(found[k]["value"] for k in ("reports", "select", "ignore"))
    assert (asked.fail_on and asked.fail_on.value, asked.language) == (found["fail_on"]["value"], found["lang"]["value"])
    assert (str(asked.baseline), [str(pack) for pack in asked.packs]) == (found["baseline"]["value"], found["packs"]["value"])


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("县 ", "默认", "已说明的问题", "没有")), ("en", ("county ", "default", "waivers", "none"))]
)
def test_in_words(told: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]) -> None:
    told(TEXT)
    assert main(["config", "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert all(word in text for word in words) and "{'" not in text and "None" not in text
    assert "county.copied: {limit: 60}" in text and "nianbao.yaml:14" in text
    assert "  nianbao.yaml:19  rule: county.copied, unit: 云岭县教育局, year: 2023, reason: 合署办公\n" in text
    assert "  nianbao.yaml:16  path: reports/2019/**, ignore: [contact], severity: {totals: warning}\n" in text


def test_mistakes_are_told_as_by_a_check(told: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    told(TEXT)
    Path("nianbao.yaml").write_text(TEXT.replace("missing-email", "missing-mail").replace("01-20", "20-01"), encoding="utf-8")
    assert main(["config", "--lang", "zh"]) == 2
    error = capsys.readouterr().err
    assert "nianbao.yaml:4" in error and "nianbao.yaml:13" in error and "contact.missing-email" in error
    assert main(["config", "--format", "xml"]) == 2 and "text" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------ lang and fail_on of the file


def test_language_and_fail_on_of_the_file_count(
    tmp_path: Path, report: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(report(("地址：浙江省丽水市云岭县青石镇溪东路18号，", "")), encoding="utf-8")
    for text, flags, status, words in (
        ("lang: en\nfail_on: note\n", (), 1, "For information: 1"),
        ("lang: en\nfail_on: note\n", ("--lang", "zh", "--fail-on", "warning"), 0, "供参考"),
        ("fail_on: never\nrules: {severity: {contact.missing-address: error}}\n", (), 0, "必须改"),
        ("fail_on: error\nrules: {severity: {contact.missing-address: error}}\n", (), 1, "必须改"),
    ):
        Path("nianbao.yaml").write_text(text, encoding="utf-8")
        assert main(["check", "--no-cache", "a.txt", *flags]) == status, text
        assert words in capsys.readouterr().out, text


def test_without_a_file_a_check_imports_nothing_of_this(tmp_path: Path, report: Callable[..., str]) -> None:
    (tmp_path / "a.txt").write_text(report(), encoding="utf-8")
    code = "import sys; from validator.cli.main import main; main(['check', 'a.txt']); print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(done.stderr.split())
    assert "validator.cli.commands.check" in loaded
    late = {
        "validator.county.acceptance",
        "validator.engine.fingerprint",
        "validator.cli.commands.baseline",
        "validator.cli.commands.config",
    }
    assert late & loaded == set()

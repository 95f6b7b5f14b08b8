"""nianbao.yaml: every key checked, every mistake told at once with file, line and the names that are allowed; found upwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.cli import main as cli
from validator.county.config import find, read_config
from validator.model import Severity

GOOD = """\
county: 云岭县
reports: ["reports/**/*"]
years: [2023, 2022]
deadlines: {department: 01-31, township: 01-20, government: 03-31}
roster:
  - {name: 云岭县青石镇人民政府, kind: township, aliases: [青石镇], formerly: [云岭县青石乡人民政府]}
  - {name: 云岭县教育局, since: 2019, until: 2025}
rules:
  packs: [ours/]
  select: [totals, contact]
  ignore: [wording.no-own-facts]
  severity: {contact.missing-email: warning, table: note}
  options: {series.copied: {limit: 60}}
paths:
  - {path: "reports/2019/**", ignore: [contact], severity: {totals: warning}}
waivers:
  - {rule: series.carried-over, path: reports/2023/青石镇.docx, reason: 已备案, until: 2024-06-30}
baseline: accepted.json
fail_on: warning
lang: en
"""
#: What is written wrong → on which line it is told, in which words.
MISTAKES = [
    ("county: 云岭县", "county: [云岭县]", 1, "文字"),
    ("county: 云岭县", "contry: 云岭县", 1, "可用：county、reports、years"),
    ("years: [2023, 2022]", "years: [23]", 3, "不是年份"),
    ("township: 01-20", "township: 30-02", 4, "月-日"),
    ("township: 01-20", "town: 01-20", 4, "township"),
    ("kind: township", "kind: town", 6, "government、office、department"),
    ("aliases: [青石镇]", "alias: [青石镇]", 6, "aliases"),
    ("since: 2019, until: 2025", "summed: maybe", 7, "summed"),
    ("since: 2019, until: 2025", "since: 2026, until: 2025", 7, "晚于"),
    ("name: 云岭县教育局, ", "", 7, "缺少 name"),
    ("select: [totals, contact]", "select: [total]", 10, "totals"),
    ("ignore: [wording.no-own-facts]", "ignore: [wording.no-facts]", 11, "wording.no-own-facts"),
    ("table: note", "table: notes", 12, "error、warning、note"),
    ("contact.missing-email: warning", "contact.missing-mail: warning", 12, "contact.missing-email"),
    ("limit: 60", "limits: 60", 13, "limit"),
    ("limit: 60", "limit: 100", 13, "百分比"),
    ("options: {series.copied", "options: {series.copies", 13, "series.copied"),
    ("ignore: [contact]", "ignore: [contacts]", 15, "contact"),
    ("reason: 已备案, ", "", 17, "reason"),
    ("until: 2024-06-30", "until: 2024-06-31", 17, "2024-06-31"),
    ("rule: series.carried-over", "rule: series.carried", 17, "series.carried-over"),
    ("fail_on: warning", "fail_on: warn", 19, "error、warning、note、never"),
    ("lang: en", "lang: de", 20, "zh、en"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours").mkdir()
    rule = "id: contact.missing-postcode\noverride: true\nseverity: error\n"
    (tmp_path / "ours" / "missing-postcode.yaml").write_text(rule, encoding="utf-8")
    return tmp_path


def told(here: Path, text: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a check says of the file on standard error."""
    (here / "nianbao.yaml").write_text(text, encoding="utf-8")
    (here / "a.txt").write_text("云岭县青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n公开20条。\n", encoding="utf-8")
    status = cli.main(["--lang", "zh", "check", "a.txt", "--no-cache", "--format", "json", "--fail-on", "never"])
    error = capsys.readouterr().err
    assert (status == 2) is bool(error), error
    return error


def test_every_key_is_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = told(here, GOOD, capsys)
    assert "没有基线文件“accepted.json”" in error and "nianbao.yaml:" not in error
    assert told(here, GOOD.replace("baseline: accepted.json\n", ""), capsys) == ""
    (here / "nianbao.yaml").write_text(GOOD, encoding="utf-8")
    made, _, log = read_config(here / "nianbao.yaml")
    assert made is not None and not log.problems
    assert (made.county.name, made.county.years, made.county.deadlines["township"]) == ("云岭县", (2022, 2023), "01-20")
    first, second = made.county.roster
    assert (first.kind, first.aliases, first.formerly) == ("township", ("青石镇",), ("云岭县青石乡人民政府",))
    assert (second.since, second.until, second.line) == (2019, 2025, 7)
    assert (made.packs, made.select, made.ignore) == (("ours/",), ("totals", "contact"), ("wording.no-own-facts",))
    assert made.severity == {"contact.missing-email": Severity.WARNING, "table": Severity.NOTE}
    assert (made.paths[0].ignore, made.waivers[0].reason, made.baseline) == (("contact",), "已备案", "accepted.json")
    assert (made.fail_on, made.lang) == ("warning", "en")


@pytest.mark.parametrize(("old", "new", "line", "words"), MISTAKES)
def test_each_mistake_is_told_with_its_line_and_what_is_allowed(
    old: str, new: str, line: int, words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old in GOOD
    error = told(here, GOOD.replace(old, new), capsys)
    assert f"nianbao.yaml:{line}" in error and words in error and "Traceback" not in error, error


def test_two_days_apart_are_read(here: Path) -> None:
    days = "{department: {submit: 01-26, publish: 01-28}, township: {submit: 01-26}, government: 02-20}"
    (here / "nianbao.yaml").write_text(f"deadlines: {days}\n", encoding="utf-8")
    made, _, log = read_config(here / "nianbao.yaml")
    assert made is not None and not log.problems
    county = made.county
    assert [county.deadline(kind) for kind in ("department", "township", "government", "office")] == ["01-28", None, "02-20", None]
    assert [county.submission(kind) for kind in ("department", "township", "government")] == ["01-26", "01-26", None]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("{submit: 01-26, publish: 02-30}", "deadlines.township.publish"),
        ("{submit: 26-01}", "deadlines.township.submit"),
        ("{submit: 01-26, publishes: 01-28}", "publishes"),
        ("{}", "submit（报送）、publish（发布）至少写一个"),
        ("{submit: 01-28, publish: 01-26}", "早于报送期限 01-28"),
        ("12", "township"),
        ("[01-26, 01-28]", "township"),
    ],
)
def test_days_that_are_wrong_are_told_with_their_line(days: str, words: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = told(here, f"county: 云岭县\ndeadlines:\n  township: {days}\n", capsys)
    assert "nianbao.yaml:3" in error and words in error and "Traceback" not in error, error


def test_all_mistakes_are_told_at_once_those_of_rule_files_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "ours" / "bad.yaml").write_text("id: local.bad\ncheck: nonsense\n", encoding="utf-8")
    text = GOOD.replace("township: 01-20", "township: 30-02").replace("limit: 60", "limits: 60").replace("kind: township", "kind: town")
    error = told(here, text, capsys)
    assert error.count("nianbao.yaml:") >= 2 and "ours/bad.yaml:" in error and "nonsense" in error


MANY = """\
county: 云岭县
lang: fr
roster:
  - {name: 云岭县青石镇人民政府, kind: town}
  - {name: 云岭县教育局, since: 2026, until: 2025}
rules:
  packs: [rules/]
  ignore: [totals.row-totl]
  severity: {contact.missing-email: bad, local.sentence: note}
paths:
  - {path: a, severity: {contact.missing-phone: bad}}
  - {path: b, ignore: [contakt]}
waivers:
  - {rule: contact.missing-email}
  - {rule: contact.missing-emial, reason: 已备案}
  - {rule: contact.missing-email, reason: 已备案, until: 2024-13-01}
  - {rule: contact.missing-email, reason: ""}
"""


@pytest.mark.parametrize("reports", ["", "reports: a.txt\n"])
@pytest.mark.parametrize("paths", [["a.txt"], []])
def test_a_mistake_hides_no_other(here: Path, capsys: pytest.CaptureFixture[str], reports: str, paths: list[str]) -> None:
    """Neither in the entries beside it nor elsewhere; nothing right is called wrong for it (local.sentence is of the county's pack)."""
    assert cli.main(["rules", "new", "local.sentence"]) == 0  # in rules/
    capsys.readouterr()
    (here / "nianbao.yaml").write_text(MANY + reports, encoding="utf-8")
    assert cli.main(["--lang", "en", "check", *paths, "--no-cache"]) == 2
    error = capsys.readouterr().err
    lines = [int(line.split(":")[1]) for line in error.splitlines() if line]
    assert lines == [2, 4, 5, 8, 9, 11, 12, 14, 15, 16, 17, *([18] if reports else [])], error


@pytest.mark.parametrize("command", ["check", "baseline", "config", "read", "fix", "rules"])
def test_every_command_tells_them_also_where_nothing_says_what_to_read(
    here: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (here / "nianbao.yaml").write_text("reports: a.txt\nlang: fr\nrules: {ignore: [totals.row-totl]}\n", encoding="utf-8")
    assert cli.main([command]) == 2
    assert [line[:16] for line in capsys.readouterr().err.splitlines() if line] == [f"nianbao.yaml:{line}: " for line in (1, 2, 3)]


def test_it_is_found_upwards_and_paths_are_told_from_its_folder(here: Path, report, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (here / "nianbao.yaml").write_text("county: 云岭县\nreports: [reports]\n", encoding="utf-8")
    text = report()
    deep = here / "reports" / "2023"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(deep)
    assert find() == here / "nianbao.yaml"
    assert cli.main(["check", "--no-cache", "--format", "json"]) == 0
    assert '"files": 1' in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "- a\n", "county: {", "a: &a [*a]\n", "!!python/object:os.system {}\n"])
def test_odd_files_are_sentences(text: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = told(here, text, capsys)
    assert "Traceback" not in error and (error.startswith("nianbao.yaml:") or error == "" and not text)

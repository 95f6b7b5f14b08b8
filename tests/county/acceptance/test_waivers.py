"""What a county accepts: waivers with a reason and an end, settings by path, a baseline; what is hidden stays counted and listed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import base
from validator.cli.main import main
from validator.county.acceptance.path_patterns import matches

SOUND = base()
ADDRESS = "地址：浙江省丽水市云岭县青石镇溪东路18号，"
UNIT = "云岭县青石镇人民政府"
NO_ADDRESS = SOUND.replace(ADDRESS, "")
assert NO_ADDRESS != SOUND


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the reports of two towns, the first of which lacks its address; on 1 July 2024."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1719800000")
    write("reports/2023/青石镇.txt", NO_ADDRESS)
    write("reports/2023/白塔乡.txt", other(SOUND))
    return tmp_path


def other(text: str) -> str:
    """The report as another town's, with sentences of its own."""
    told = [line for line in text.replace("青石镇", "白塔镇").split("\n")]
    return "\n".join(line.replace("茶产业扶持、农村饮水改造", "水库移民、山塘加固") for line in told)


def write(path: str, text: str) -> Path:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def settings(text: str, *, ignore: str = "county, series") -> None:
    """A nianbao.yaml. County and series rules are left out unless the test is about them."""
    write("nianbao.yaml", f"county: 云岭县\nreports: [reports/**/*]\nrules: {{ignore: [{ignore}]}}\n{text}")


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """Runs `nianbao check --format json` and gives its result, with the status and standard error beside."""

    def run(*words: str) -> dict[str, Any]:
        status = main(["check", "--no-cache", "--jobs", "1", "--format", "json", *words])
        out, err = capsys.readouterr()
        result: dict[str, Any] = json.loads(out) if out else {}
        return result | {"status": status, "error": err}

    return run


def found(result: dict[str, Any], category: str = "") -> list[tuple[str, str]]:
    """Severity and rule of every finding about reports (or of the set, by category)."""
    if category:
        return [(one["severity"], one["rule"]) for one in result["collection"]["findings"] if one["category"] == category]
    return [(one["severity"], one["rule"]) for file in result["files"] for one in file["findings"]]


def waived(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for file in result["files"] for one in file["waived"]]


# ------------------------------------------------------------------------------------------------ waivers


@pytest.mark.parametrize(
    "whose",
    [
        "path: reports/2023/青石镇.txt",
        'path: "reports/**/青石*"',
        "path: reports/2023",
        f"unit: {UNIT}",
        "unit: 青石镇人民政府",
        "unit: 青石镇人民政府, year: 2023",
        "year: 2023",
        "text: 地址",
        "unit: 青石镇人民政府, path: reports/**/*.txt",
    ],
)
def test_a_waiver_hides_and_lists(county: Path, check: Callable[..., dict[str, Any]], whose: str) -> None:
    settings(f"waivers: [{{rule: contact.missing-address, {whose}, reason: 信箱已停用并备案, until: 2024-12-31}}]")
    result = check()
    assert result["status"] == 0 and found(result) == [] and found(result, "config") == []
    (one,) = waived(result)
    assert (one["rule"], one["reason"], one["until"]) == ("contact.missing-address", "信箱已停用并备案", "2024-12-31")
    assert "地址" in one["message"] and result["summary"]["waived"] == 1


@pytest.mark.parametrize(
    "whose",
    [
        "path: reports/2022/青石镇.txt",
        "path: reports/*",
        "unit: 白塔镇人民政府",
        "year: 2022",
        "text: 传真",
        "section: 3",
        "path: 青石镇.txt",
    ],
)
def test_a_waiver_of_another_report_hides_nothing_and_is_told(county: Path, check: Callable[..., dict[str, Any]], whose: str) -> None:
    settings(f"waivers:\n  - {{rule: contact.missing-address, {whose}, reason: 已备案}}\n")
    result = check()
    assert found(result) == [("note", "contact.missing-address")] and waived(result) == []
    (one,) = [one for one in result["collection"]["findings"] if one["category"] == "config"]
    assert (one["rule"], one["severity"], one["paths"], one["location"]["line"]) == ("config.unused-waiver", "warning", ["nianbao.yaml"], 5)
    assert "第 5 行" in one["message"] and "删去" in one["advice"]


def test_a_waiver_holds_until_its_last_day(county: Path, check: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    settings("waivers:\n  - {rule: contact.missing-address, unit: 青石镇人民政府, reason: 已备案, until: 2024-07-01}\n")
    assert found(check()) == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1719900000")
    result = check()
    assert found(result) == [("note", "contact.missing-address")] and found(result, "config") == [("warning", "config.expired-waiver")]
    assert "1 处问题又列出来了" in result["collection"]["findings"][0]["message"]
    write("reports/2023/青石镇.txt", SOUND)
    assert "所说的问题也没有了" in check()["collection"]["findings"][0]["message"]


def test_an_expired_waiver_leaves_the_finding_to_another(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    settings(
        "waivers:\n"
        "  - {rule: contact.missing-address, year: 2023, reason: 第一次, until: 2024-01-31}\n"
        "  - {rule: contact.missing-address, year: 2023, reason: 第二次}\n"
    )
    result = check()
    assert [one["reason"] for one in waived(result)] == ["第二次"] and found(result, "config") == [("warning", "config.expired-waiver")]


def test_of_some_files_only_theirs_are_judged(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    settings(
        "waivers:\n"
        "  - {rule: contact.missing-address, unit: 青石镇人民政府, year: 2023, reason: 已备案}\n"
        "  - {rule: contact.missing-phone, unit: 青石镇人民政府, year: 2023, reason: 没有用}\n"
        "  - {rule: contact.missing-phone, unit: 白塔镇人民政府, reason: 没有检查}\n"
        "  - {rule: contact.missing-phone, path: reports/2023/*, reason: 没有全检查}\n"
        "  - {rule: contact.missing-phone, reason: 没有全检查}\n"
        "  - {rule: contact.missing-phone, path: reports/2023/青石镇.txt, reason: 没有用}\n"
        "  - {rule: series.copied, path: reports/2023/青石镇.txt, reason: 上年的没有检查}\n",
        ignore="wording",
    )
    result = check("reports/2023/青石镇.txt")
    told = [one["location"]["line"] for one in result["collection"]["findings"] if one["rule"] == "config.unused-waiver"]
    assert told == [6, 10]
    told = [one["location"]["line"] for one in check()["collection"]["findings"] if one["rule"] == "config.unused-waiver"]
    assert told == [6, 7, 8, 9, 10, 11]


def test_what_was_not_read_or_not_asked_is_not_called_unused(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    settings(
        "waivers:\n"
        "  - {rule: contact.missing-phone, path: reports/2023/青石镇.docx, reason: 已备案}\n"
        "  - {rule: contact.missing-phone, path: reports/2023/白塔乡.txt, reason: 已备案}\n"
    )
    Path("reports/2023/青石镇.txt").unlink()
    write("reports/2023/青石镇.docx", "not a Word file")
    result = check()
    assert result["status"] == 2 and [one["location"]["line"] for one in result["collection"]["findings"]] == [6]
    assert found(check("--ignore", "contact.missing-phone"), "config") == []
    assert found(check("--select", "totals,config"), "config") == []


def test_an_unread_file_is_never_waived(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    write("reports/2023/坏.docx", "PK not a Word file")
    settings("waivers: [{rule: input.unreadable, reason: 以后再说}]")
    result = check()
    assert result["status"] == 2 and "nianbao.yaml:4" in result["error"] and "读不出的文件总要列出" in result["error"]
    settings("waivers: [{rule: config.expired-waiver, reason: 以后再说}]")
    assert "rules.ignore" in check()["error"]


def test_findings_of_the_set_are_waived_and_listed(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    write("reports/2023/白塔乡.txt", NO_ADDRESS.replace("青石镇", "白塔镇"))
    rule = [rule for _, rule in found_set(settings_check("", check))]
    assert rule == ["county.copied"]
    for whose in ("unit: 白塔镇人民政府", "path: reports/2023/青石镇.txt", "year: 2023", "unit: 青石镇人民政府"):
        result = settings_check(f"waivers: [{{rule: county.copied, {whose}, reason: 合署办公}}]", check)
        assert found_set(result) == [] and [one["reason"] for one in result["collection"]["waived"]] == ["合署办公"], whose
        assert result["summary"]["waived"] == 1
        assert {one["state"] for one in result["collection"]["standings"]} == {"clean"}
    result = settings_check("waivers: [{rule: county.copied, year: 2022, reason: 合署办公}]", check)
    assert found_set(result) == [("warning", "county.copied"), ("warning", "config.unused-waiver")]


def settings_check(text: str, check: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    settings(text, ignore="series, contact")
    return check()


def found_set(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["severity"], one["rule"]) for one in result["collection"]["findings"]]


def test_a_roster_gives_a_unit_its_other_names(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    roster = "roster:\n  - {name: 青石镇人民政府, aliases: [青石镇], formerly: [青石乡人民政府]}\n  - {name: 白塔镇人民政府}\n"
    for name in ("青石镇", "青石乡人民政府"):
        settings(f"{roster}waivers: [{{rule: contact.missing-address, unit: {name}, reason: 已备案}}]")
        assert found(check()) == [], name


FORMATS = ("text", "json", "csv", "html", "sarif", "junit", "github", "gitlab")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_", FORMATS)
def test_every_output_lists_what_is_hidden(county: Path, capsys: pytest.CaptureFixture[str], format_: str, lang: str) -> None:
    write("reports/2023/白塔乡.txt", NO_ADDRESS.replace("青石镇", "白塔镇"))
    settings(
        "waivers:\n"
        "  - {rule: contact.missing-address, year: 2023, reason: 信箱已停用并备案, until: 2024-12-31}\n"
        "  - {rule: county.copied, reason: 合署办公}\n",
        ignore="series",
    )
    assert main(["check", "--no-cache", "--jobs", "1", "--format", format_, "--output", "out", "--lang", lang]) == 0
    out = Path("out").read_text(encoding="utf-8-sig")
    assert out.count("信箱已停用并备案") == 2 and "合署办公" in out and "2024-12-31" in out
    if format_ == "csv":
        rows = list(csv.DictReader(io.StringIO(out)))
        assert sum("信箱已停用并备案" in "".join(row.values()) for row in rows) == 2


def test_flags_decide_over_rules_of_config(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    settings("waivers: [{rule: contact.missing-phone, reason: 没有用}]")
    assert found(check(), "config") == [("warning", "config.unused-waiver")]
    assert check("--fail-on", "warning")["status"] == 1
    assert found(check("--ignore", "config.unused-waiver"), "config") == []
    write(
        "nianbao.yaml", "reports: [reports/**/*]\nrules: {severity: {config: error}}\nwaivers: [{rule: contact.missing-phone, reason: 无}]"
    )
    result = check()
    assert found(result, "config") == [("error", "config.unused-waiver")] and result["status"] == 1


# ------------------------------------------------------------------------------------------------ by path


def test_settings_by_path(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    write("reports/2023/白塔乡.txt", other(NO_ADDRESS))
    settings("paths:\n  - {path: reports/2023/青石镇.txt, ignore: [contact.missing-address]}\n")
    result = check()
    assert {file["path"]: len(file["findings"]) for file in result["files"]} == {"reports/2023/白塔乡.txt": 1, "reports/2023/青石镇.txt": 0}
    assert [file["checked"]["fail"] for file in result["files"]] == [1, 0]
    settings('paths:\n  - {path: "**/*", severity: {contact: warning}}\n  - {path: "**/白*", severity: {contact.missing-address: error}}\n')
    assert found(check()) == [("error", "contact.missing-address"), ("warning", "contact.missing-address")]


def test_by_path_an_unread_file_stays(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    write("reports/2023/坏.docx", "PK not a Word file")
    settings("paths:\n  - {path: reports/**/*, ignore: [input]}\n")
    result = check()
    assert result["status"] == 2 and result["summary"]["unreadable"] == 1


def test_a_finding_of_the_set_follows_a_pattern_that_matches_all_its_reports(county: Path, check: Callable[..., dict[str, Any]]) -> None:
    write("reports/2023/白塔乡.txt", NO_ADDRESS.replace("青石镇", "白塔镇"))
    assert found_set(settings_check("paths: [{path: reports/2023/青石镇.txt, ignore: [county]}]", check)) == [("warning", "county.copied")]
    assert found_set(settings_check("paths: [{path: reports/2023, ignore: [county]}]", check)) == []
    assert found_set(settings_check("paths: [{path: reports/2023, severity: {county: note}}]", check)) == [("note", "county.copied")]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("reports/**/*", "reports/a.txt", True),
        ("reports/**/*", "reports/2/3/a.txt", True),
        ("reports/*", "reports/2/a.txt", False),
        ("reports/*.docx", "reports/a.docx", True),
        ("reports/*.docx", "reports/2/a.docx", False),
        ("reports/2023", "reports/2023/a/b.txt", True),
        ("reports/2023/", "reports/2023/a.txt", True),
        ("./reports\\2023\\a.txt", "reports/2023/a.txt", True),
        ("reports/2023", "reports/20234/a.txt", False),
        ("**/a.txt", "a.txt", True),
        ("**/a.txt", "x/y/a.txt", True),
        ("**", "x/y", True),
        ("reports/**", "reports", False),
        ("a/**/b/**/c", "a/x/b/y/z/c", True),
        ("a/**/b/**/c", "a/x/y/z/c", False),
        ("[z-a]", "q", False),
        ("报告/[!旧]*", "报告/新.txt", True),
        ("报告/[!旧]*", "报告/旧.txt", False),
        ("Cafe\u0301.txt", "Caf\u00e9.txt", True),
        ("/elsewhere/*", "elsewhere/a", False),
        ("", "a", False),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert matches(pattern, path) is fits


def test_no_pattern_takes_for_ever() -> None:
    assert not matches("/".join(["**"] * 60) + "/x", "/".join(["a"] * 400))
    assert not matches("*a" * 60 + "x", "a" * 2000)

"""SARIF, JUnit, GitHub's commands and GitLab's list: held against their schemas and read back by those who use them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tests.reporters import samples
from tests.support import ROOT
from validator.cli import main as cli
from validator.model import PassedOver, Severity, Unshown, Waived
from validator.reporters import Options, render

SCHEMAS = ROOT.parent / "shared" / "schemas"
SETS = {
    "examples": [str(ROOT / "examples" / "reports")],
    "county": ["--config", str(ROOT / "examples" / "county" / "nianbao.yaml")],
    "real": [str(ROOT.parent / "shared" / "corpus")],
}
ODD = "甲\x00乙\x1b[31m\ud800丙\u202e::error::%0A\n,:"


@pytest.fixture(scope="module", params=SETS)
def made(request, tmp_path_factory) -> tuple[Path, dict]:  # type: ignore[no-untyped-def, type-arg]
    words = SETS[request.param]
    if not Path(words[-1]).exists():
        pytest.skip(f"the set “{request.param}” is not here ({words[-1]})")
    folder = tmp_path_factory.mktemp(request.param)
    for format in ("json", "sarif", "junit", "github", "gitlab"):
        assert cli.main(["check", *words, "--format", format, "--output", str(folder / f"made.{format}")]) in (0, 1, 2)
    return folder, json.loads((folder / "made.json").read_text(encoding="utf-8"))


def findings(told: dict) -> list[dict]:  # type: ignore[type-arg]
    return [finding for file in told["files"] for finding in file["findings"]] + told["collection"]["findings"]


def schema(name: str) -> bytes:
    if not (SCHEMAS / name).is_file():
        pytest.skip(f"the schema is not here ({SCHEMAS / name})")
    return (SCHEMAS / name).read_bytes()


# ------------------------------------------------------------------------------------------------ SARIF


def test_sarif_fits_its_schema(made) -> None:  # type: ignore[no-untyped-def]
    import jsonschema

    log = json.loads((made[0] / "made.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, json.loads(schema("sarif-schema-2.1.0.json")))


def test_sarif_says_what_json_says(made) -> None:  # type: ignore[no-untyped-def]
    folder, told = made
    (run,) = json.loads((folder / "made.sarif").read_text(encoding="utf-8"))["runs"]
    assert Counter(one["ruleId"] for one in run["results"]) == Counter(one["rule"] for one in findings(told))
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] and rule["properties"]["basis"] for rule in rules)
    marks = [one["partialFingerprints"]["nianbao/v1"] for one in run["results"]]
    assert len(set(marks)) == len(marks)
    reviews = [one for one in run["results"] if one.get("kind") == "review"]
    assert len(reviews) == sum(one["review"] for one in findings(told))
    assert run["invocations"][0]["executionSuccessful"] is (told["summary"]["unreadable"] == 0 and not told["broken"])


def test_sarif_tools_count_it(made) -> None:  # type: ignore[no-untyped-def]
    folder, told = made
    done = subprocess.run(
        [sys.executable, "-m", "sarif", "summary", str(folder / "made.sarif")], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    for level in ("error", "warning"):
        count = sum(one["severity"] == level and not one["review"] for one in findings(told))
        assert re.search(rf"^{level}: {count}$", done.stdout, re.M), done.stdout


def test_fingerprints_survive_edits_elsewhere_and_another_name(tmp_path: Path) -> None:
    source = (ROOT / "examples" / "reports" / "faulty-2021-tab-sums.txt").read_text(encoding="utf-8")

    def marks(text: str, name: str) -> set[str]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        cli.main(["check", str(tmp_path / name), "--format", "sarif", "--output", str(tmp_path / "x.sarif"), "--select", "totals"])
        (run,) = json.loads((tmp_path / "x.sarif").read_text(encoding="utf-8"))["runs"]
        return {one["partialFingerprints"]["nianbao/v1"] for one in run["results"]}

    before = marks(source, "a.txt")
    assert before and marks(source.replace("一、总体情况", "\n\n一、总体情况\n今年多写了一段。", 1), "b.txt") == before
    assert marks(source.replace("（七）总计\t16", "（七）总计\t15", 1), "c.txt") != before


def test_places_of_text_are_regions_and_those_of_word_files_are_named(made) -> None:  # type: ignore[no-untyped-def]
    (run,) = json.loads((made[0] / "made.sarif").read_text(encoding="utf-8"))["runs"]
    for one in run["results"]:
        place = one["locations"][0]
        where = place["physicalLocation"]
        if where["artifactLocation"]["uri"].endswith((".docx", ".pdf", ".html")):
            assert "region" not in where
            assert place.get("logicalLocations") or one["ruleId"].startswith("county.")
        assert "\\" not in where["artifactLocation"]["uri"] and " " not in where["artifactLocation"]["uri"]


def test_a_region_holds_the_very_words(tmp_path: Path) -> None:
    source = ROOT / "examples" / "reports" / "faulty-2021-tab-sums.txt"
    cli.main(["check", str(source), "--format", "sarif", "--output", str(tmp_path / "x.sarif"), "--select", "totals"])
    (run,) = json.loads((tmp_path / "x.sarif").read_text(encoding="utf-8"))["runs"]
    lines, regions = source.read_text(encoding="utf-8").splitlines(), []
    for one in run["results"]:
        region = one["locations"][0]["physicalLocation"]["region"]
        words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert words == region["snippet"]["text"]
        regions.append(region)
    assert regions


# ------------------------------------------------------------------------------------------------ JUnit


def test_junit_fits_its_schema(made) -> None:  # type: ignore[no-untyped-def]
    judge = etree.XMLSchema(etree.fromstring(schema("junit-10.xsd")))
    judge.assertValid(etree.parse(str(made[0] / "made.junit")))


def test_junitparser_counts_what_fails(made) -> None:  # type: ignore[no-untyped-def]
    import junitparser

    folder, told = made
    read = junitparser.JUnitXml.fromfile(str(folder / "made.junit"))
    unread = sum(file["status"] == "unreadable" for file in told["files"])
    errors = sum(one["severity"] == "error" for one in findings(told))
    assert (read.failures, read.errors) == (errors - unread, unread + len(told["broken"]))
    suites = {suite.name for suite in read}
    assert {file["path"] for file in told["files"] if file["part"] is None} <= suites
    named = [re.search(r"\(([a-z]+\.[a-z0-9-]+)\)$", case.name) for suite in read for case in suite]
    assert Counter(name[1] for name in named if name) == Counter(one["rule"] for one in findings(told))


def test_it_is_red_where_the_exit_status_is() -> None:
    import junitparser

    run = samples.run(samples.result(samples.finding(severity=Severity.WARNING)))
    for fail_on, failures in ((Severity.ERROR, 0), (Severity.WARNING, 1), (None, 0)):
        read = junitparser.JUnitXml.fromstring(render("junit", replace(run, fail_on=fail_on), Options()))
        assert read.failures == failures


# ------------------------------------------------------------------------------------------------ GitHub, GitLab


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """As GitHub's runner reads them."""
    found = []
    for line in text.splitlines():
        if match := re.fullmatch(r"::(error|warning|notice) ([^:]*?)::(.*)", line):
            pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], pairs, match[3]))
    return found


def test_github_shows_every_finding_the_gravest_first(made) -> None:  # type: ignore[no-untyped-def]
    folder, told = made
    text = (folder / "made.github").read_text(encoding="utf-8")
    found = commands(text)
    levels = {"error": "error", "warning": "warning", "note": "notice"}
    assert Counter(kind for kind, _, _ in found) == Counter(levels[one["severity"]] for one in findings(told))
    assert [kind for kind, _, _ in found] == sorted((kind for kind, _, _ in found), key=["error", "warning", "notice"].index)
    assert all(pairs["file"] and pairs["title"] for _, pairs, _ in found)
    rest = [line for line in text.splitlines() if not line.startswith("::")]
    assert len(rest) == 1 + (1 + len(told["passed_over"]) if told["passed_over"] else 0)


def test_gitlab_reads_the_list(made) -> None:  # type: ignore[no-untyped-def]
    folder, told = made
    issues = json.loads((folder / "made.gitlab").read_text(encoding="utf-8"))
    assert Counter(one["check_name"] for one in issues) == Counter(one["rule"] for one in findings(told))
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    for one in issues:
        assert one["description"] and one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert one["location"]["path"] and not one["location"]["path"].startswith("./") and one["location"]["lines"]["begin"] >= 1


# ------------------------------------------------------------------------------------------------ accepted, broken, hostile


def test_what_is_accepted_is_marked_as_such() -> None:
    import junitparser

    waived = Waived(finding=samples.finding(), reason="已备案", until=date(2026, 6, 30))
    run = samples.run(samples.result(waived=(waived,)))
    (result,) = json.loads(render("sarif", run, Options()))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "已备案（到 2026-06-30）"}]
    junit = render("junit", run, Options())
    assert junitparser.JUnitXml.fromstring(junit).failures == 0 and "已备案".encode() in junit
    assert "::error" not in render("github", run, Options()) and "已说明：已备案" in render("github", run, Options())
    (issue,) = json.loads(render("gitlab", run, Options()))
    assert issue["severity"] == "info" and issue["description"].startswith("【已说明：已备案")


@pytest.mark.parametrize("format", ["sarif", "junit", "github", "gitlab"])
def test_what_could_not_be_done_is_said(format: str) -> None:
    shown = render(format, samples.everything(), Options())
    text = shown.decode() if isinstance(shown, bytes) else shown
    assert "wording.slow" in text and "超过时限" in text
    unread = "文件是空的"
    assert unread in text


def test_hostile_texts_end_nothing_early() -> None:
    odd = replace(samples.finding(), message={"zh": ODD, "en": ODD}, actual=ODD)
    run = samples.run(replace(samples.result(odd), path=f"a,b:{ODD}.txt"))
    (result,) = json.loads(render("sarif", run, Options()))["runs"][0]["results"]
    result["message"]["text"].encode()
    etree.fromstring(render("junit", run, Options()))
    json.dumps(json.loads(render("gitlab", run, Options())), ensure_ascii=False).encode()
    text = render("github", run, Options())
    assert isinstance(text, str)
    text.encode()
    assert len(commands(text)) == 1 and len(text.splitlines()) == 2
    assert commands(text)[0][1]["file"].startswith("a%2Cb%3A")


def test_a_line_of_githubs_log_is_no_command() -> None:
    """GitHub's runner obeys '::' where a line begins and '##[' anywhere in a line that is no command itself."""
    odd = "##[stop-commands]x ::add-mask::y"
    waived = Waived(finding=replace(samples.finding(), message={"zh": odd, "en": odd}), reason=odd)
    passed = PassedOver(path=f"{odd}\n::error::z.md", reason={"zh": "不是年度报告", "en": "no annual report"})
    text = render("github", replace(samples.run(samples.result(waived=(waived,))), passed_over=(passed,)), Options())
    assert isinstance(text, str) and "stop-commands" in text
    assert "##[" not in text and not [line for line in text.splitlines() if line.lstrip().startswith("::")]


def test_githubs_log_tells_what_was_not_checked() -> None:
    scan = replace(samples.result(), reading=None, path="扫描件.pdf")
    assert scan.status == "clean"
    run = replace(samples.run(samples.result(), scan), unshown=Unshown(since="origin/main", files=7, failed=2))
    passed = PassedOver(path="坏.docx", reason={"zh": "不是年度报告", "en": "no annual report"})
    text = render("github", replace(run, passed_over=(passed,)), Options())
    assert isinstance(text, str)
    assert "坏.docx：不是年度报告" in text
    assert "共 1 份：未发现问题 1，有问题 0，未能读取 0；另有 1 份扫描件没有读取" in text
    assert "自 origin/main 以来没有改动的 7 份未列出，其中 2 份有问题或未能读取" in text

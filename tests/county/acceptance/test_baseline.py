"""The baseline: a county begins with reports as they are and accepts nothing new; what was mended is told and goes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support import base
from validator.cli.main import main
from validator.county.acceptance.baseline import BaselineError, entries_of, read, set_aside, written
from validator.county.acceptance.evaluation_scope import BaselineEntry
from validator.model import FileResult, Finding, Location, Severity
from validator.model import Run as Model

SOUND = base()
EMAIL, PHONE = "，电子邮箱：qszzf@yunlingxian.gov.cn", "，电话：0578-6512306"
FILE = "nianbao-baseline.json"
TOWNS = ("青石镇", "白塔镇", "松坪乡", "柳溪街道", "溪口镇")


def write(path: str, text: str) -> Path:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def settings(more: str = "", *, ignore: str = "county, series, identity") -> None:
    write(
        "nianbao.yaml",
        f"county: 云岭县\nreports: [reports/**/*]\nrules: {{ignore: [{ignore}], severity: {{contact.missing-email: note}}}}\n{more}",
    )


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county in which every report lacks its e-mail address and the first its telephone."""
    monkeypatch.chdir(tmp_path)
    for town in TOWNS:
        write(f"reports/2023/{town}.txt", report(town, EMAIL, *[PHONE] * (town == TOWNS[0])))
    settings()
    return tmp_path


def report(town: str, *gone: str) -> str:
    """The town's report without some of its contact details."""
    text = SOUND
    for words in gone:
        assert words in text
        text = text.replace(words, "")
    return text.replace("青石镇", town)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nianbao(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        status = main([words[0], "--no-cache", "--jobs", "1", *words[1:]])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def check(nianbao: Run, *words: str) -> dict[str, Any]:
    status, out, err = nianbao("check", "--format", "json", "--fail-on", "note", *words)
    return {"status": status, "error": err} | (json.loads(out) if out else {})


def found(result: dict[str, Any]) -> list[str]:
    """The rules of all findings, about reports and the set."""
    return [one["rule"] for file in result["files"] for one in file["findings"]] + [one["rule"] for one in result["collection"]["findings"]]


def accepted(result: dict[str, Any]) -> int:
    return sum(one.get("baseline", False) for file in result["files"] for one in (*file["waived"], *result["collection"].get("waived", ())))


def entries() -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(Path(FILE).read_text(encoding="utf-8"))["findings"]
    return held


# ------------------------------------------------------------------------------------------------ the story


def test_a_county_begins_with_imperfect_reports_and_accepts_nothing_new(county: Path, nianbao: Run) -> None:
    settings(ignore="county, series")  # 我镇 in the report of a subdistrict, and so on
    before = check(nianbao)
    assert before["status"] == 1 and len(found(before)) >= len(TOWNS) + 1
    # it begins with what there is
    status, out, err = nianbao("baseline")
    assert status == 0 and f"已有的问题 {len(found(before))} 处" in out and f"baseline: {FILE}" in err
    settings(f"baseline: {FILE}\n", ignore="county, series")
    after = check(nianbao)
    assert after["status"] == 0 and found(after) == [] and after["summary"]["waived"] == len(found(before)) == accepted(after)
    assert all(file["status"] == "clean" for file in after["files"])
    # a new fault in one report counts, beside the old ones
    path = write("reports/2023/白塔镇.txt", report("白塔镇", EMAIL, PHONE))
    assert (lambda one: (one["status"], found(one)))(check(nianbao)) == (1, ["contact.missing-phone"])
    # so does a new report with the same fault as the others
    write("reports/2023/白塔镇.txt", report("白塔镇", EMAIL))
    new = write("reports/2023/新桥镇.txt", report("新桥镇", EMAIL))
    assert found(check(nianbao)) == ["contact.missing-email"]
    new.unlink()
    # edits elsewhere and new names change nothing
    text = path.read_text(encoding="utf-8")
    path.write_text("\n\n" + text.replace("一、总体情况", "\n一、总体情况\n\n县政府办公室审核了本报告。\n"), encoding="utf-8")
    path.rename("reports/白塔镇政府信息公开年报（定稿）.txt")
    assert found(check(nianbao)) == []
    # what is mended is told, dropped on request, and from then on new again
    write("reports/2023/青石镇.txt", SOUND)
    mended = check(nianbao)
    (one,) = mended["collection"]["findings"]
    assert (one["rule"], one["severity"], one["paths"]) == ("config.stale-baseline", "note", [FILE])
    assert "青石镇人民政府 · 2023" in one["message"] and "contact.missing-email、contact.missing-phone" in one["message"]
    write("reports/2023/松坪乡.txt", report("松坪乡", EMAIL, PHONE))
    status, out, _ = nianbao("baseline", "--prune")
    assert status == 0 and f"{len(found(before)) - 2} 处（原有 {len(found(before))} 处）" in out
    assert found(check(nianbao)) == ["contact.missing-phone"]  # --prune accepted nothing new
    write("reports/2023/松坪乡.txt", report("松坪乡", EMAIL))
    assert found(check(nianbao)) == []
    write("reports/2023/青石镇.txt", report("青石镇", EMAIL))
    assert found(check(nianbao)) == ["contact.missing-email"]


# ------------------------------------------------------------------------------------------------ what an entry is


def test_an_entry_has_no_line_and_says_what_it_is(county: Path, nianbao: Run) -> None:
    text = SOUND.replace("（七）总计", "（七）总计", 1)
    write("reports/2023/青石镇.txt", wrong_total(text))
    assert nianbao("baseline")[0] == 0
    (one,) = [one for one in entries() if one["rule"].startswith("totals")]
    assert one["unit"] == "云岭县青石镇人民政府" and one["year"] == 2023 and one["section"] == 3
    assert one["cell"].startswith("applications.") and one["paths"] == ["reports/2023/青石镇.txt"]
    assert not {"line", "offset", "page"} & set(one)
    settings(f"baseline: {FILE}\n")
    assert found(check(nianbao)) == []
    write("reports/2023/青石镇.txt", wrong_total(text, by=2))  # the same cell, another wrong figure: something new
    assert "config.stale-baseline" in found(check(nianbao)) and any(rule.startswith("totals") for rule in found(check(nianbao)))


def wrong_total(text: str, by: int = 1) -> str:
    """The report with a wrong sum in the table of applications."""
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if "本年新收政府信息公开申请数量" in line)
    head, mark, last = lines[at].rstrip(" |").rpartition("|") if "|" in lines[at] else lines[at].rpartition("\t")
    assert mark and last.strip().isdigit(), lines[at]
    lines[at] = f"{head}{mark}{int(last) + by}" + (" |" if mark == "|" else "")
    return "\n".join(lines)


def test_the_same_words_twice_are_counted(tmp_path: Path) -> None:
    one = Finding(
        rule="wording.placeholder",
        severity=Severity.ERROR,
        message={"zh": "甲", "en": "a"},
        advice={"zh": "乙", "en": "b"},
        basis=(),
        location=Location(line=3, section=1, excerpt="XX"),
    )
    again = replace(one, location=replace(one.location, line=40))

    def run(*findings: Finding) -> Model:
        return Model(files=(FileResult(path="甲.txt", unit="甲镇", year=2023, findings=findings),), rules={}, fingerprint="")

    (entry,) = entries_of(run(one, again), str(tmp_path))
    assert entry.count == 2
    held = read(written([entry]).encode(), str(tmp_path / FILE))
    for times, kept, left in ((1, 0, 1), (2, 0, 0), (3, 1, 0)):
        seen, rest = set_aside(run(*[one, again, one][:times]), held)
        assert (len(seen.files[0].findings), len(seen.files[0].waived), rest[entry.id]) == (kept, times - kept, left)
    other = replace(one, location=replace(one.location, excerpt="××"))
    assert len(set_aside(run(other), held)[0].files[0].findings) == 1


def test_nothing_private_is_written(county: Path, nianbao: Run) -> None:
    number, head = "11010519491231002X", "六、其他需要报告的事项"
    for told in (f"申请人身份证号：{number}。", f"申请人王某，身份证{number}，电话13905771234。"):
        write("reports/2023/青石镇.txt", SOUND.replace(head, f"{head}\n{told}", 1))
        assert nianbao("baseline")[0] == 0
        text = Path(FILE).read_text(encoding="utf-8")
        assert "privacy." in text and number not in text and "13905771234" not in text


def test_where_unit_or_year_is_not_known_the_path_stands_in(county: Path, nianbao: Run) -> None:
    for name in ("甲", "乙"):
        write(
            f"reports/{name}.txt",
            SOUND.replace("云岭县青石镇人民政府2023年", "", 1).replace("云岭县青石镇人民政府", "本机关").replace(EMAIL, ""),
        )
    assert nianbao("baseline")[0] == 0
    held = [one for one in entries() if one["paths"][0] in ("reports/甲.txt", "reports/乙.txt")]
    assert len(held) == len({one["id"] for one in held}) == 2
    settings(f"baseline: {FILE}\n")
    assert found(check(nianbao)) == []
    Path("reports/乙.txt").rename("reports/丙.txt")
    assert found(check(nianbao)) == ["contact.missing-email", "config.stale-baseline"]


def test_it_is_the_same_from_every_folder(county: Path, nianbao: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("reports/甲.txt", SOUND.replace("云岭县青石镇人民政府", "本机关").replace(EMAIL, ""))
    assert nianbao("baseline")[0] == 0
    first = Path(FILE).read_bytes()
    settings(f"baseline: {FILE}\n")
    monkeypatch.chdir("reports/2023")
    assert found(check(nianbao)) == []
    assert nianbao("baseline")[0] == 0
    assert (county / FILE).read_bytes() == first and not Path(FILE).exists()


# ------------------------------------------------------------------------------------------------ some files only


def test_of_some_files_only_their_entries_are_stale_or_renewed(county: Path, nianbao: Run) -> None:
    assert nianbao("baseline")[0] == 0
    settings(f"baseline: {FILE}\n")
    for town in TOWNS[:2]:
        write(f"reports/2023/{town}.txt", report(town))
    result = check(nianbao, "reports/2023/青石镇.txt")
    (one,) = result["collection"]["findings"]
    assert "青石镇" in one["message"] and "白塔镇" not in one["message"]
    status, out, _ = nianbao("baseline", "reports/2023/青石镇.txt")
    assert status == 0 and "没有检查到的 5 处照旧" not in out and "没有检查到的 4 处照旧" in out
    assert sorted(one["paths"][0].split("/")[-1] for one in entries()) == sorted(f"{town}.txt" for town in TOWNS[1:])
    assert ["白塔镇" in one["message"] for one in check(nianbao)["collection"]["findings"]] == [True]


def test_one_of_two_files_of_a_report_is_not_the_whole(county: Path, nianbao: Run) -> None:
    """The same report as text and as a page: its entries are of both, so that one of them alone leaves none over."""
    write("reports/2023/青石镇.md", report("青石镇", EMAIL, PHONE))
    assert nianbao("baseline", "reports/2023/青石镇.txt", "reports/2023/青石镇.md")[0] == 0
    both = [one for one in entries() if one["rule"] == "contact.missing-email"]
    result = check(nianbao, "reports/2023/青石镇.txt", "--baseline", FILE)
    assert found(result) == [], (both, result["collection"])


def test_a_report_that_is_gone_leaves_stale_entries_where_all_were_checked(county: Path, nianbao: Run) -> None:
    assert nianbao("baseline")[0] == 0
    settings(f"baseline: {FILE}\n")
    Path("reports/2023/柳溪街道.txt").unlink()
    assert found(check(nianbao, "reports/2023/青石镇.txt")) == []
    assert found(check(nianbao)) == ["config.stale-baseline"]


def test_what_was_not_read_or_not_asked_is_not_stale_and_never_accepted(county: Path, nianbao: Run) -> None:
    assert nianbao("baseline")[0] == 0
    settings(f"baseline: {FILE}\n")
    before = entries()
    write("reports/2023/柳溪街道.txt", "").write_bytes(b"\x00\x01\x02" * 50)
    result = check(nianbao)
    assert result["status"] == 2 and [one for one in found(result) if not one.startswith("input.")] == []
    status, _, err = nianbao("baseline")
    assert status == 2 and "reports/2023/柳溪街道.txt：未能读取，没有记入基线" in err
    assert entries() == before
    write("reports/2023/柳溪街道.txt", report("柳溪街道", EMAIL))
    write("reports/2023/青石镇.txt", SOUND)
    assert found(check(nianbao, "--ignore", "contact")) == []
    assert found(check(nianbao, "--select", "totals,config")) == []
    assert found(check(nianbao, "--ignore", "config")) == []


def test_findings_of_the_set_are_in_it(county: Path, nianbao: Run) -> None:
    settings(ignore="series, contact, identity")
    for town in TOWNS[2:]:
        Path(f"reports/2023/{town}.txt").unlink()  # what most units have is not copied
    assert "county.copied" in found(check(nianbao))
    assert nianbao("baseline")[0] == 0
    settings(f"baseline: {FILE}\n", ignore="series, contact, identity")
    result = check(nianbao)
    assert found(result) == [] and {one["reason"] for one in result["collection"]["waived"]} == {"基线中已有"}
    assert found(check(nianbao, "reports/2023/青石镇.txt")) == []  # the set was not looked at
    Path("reports/2023/白塔镇.txt").unlink()
    write("reports/2022/青石镇.txt", SOUND.replace("2023", "2022"))
    assert found(check(nianbao)) == ["config.stale-baseline"] * len({(one["unit"], one["year"]) for one in entries()})


def test_what_a_waiver_hides_and_what_is_wrong_with_waivers_is_not_in_it(county: Path, nianbao: Run) -> None:
    waivers = "waivers:\n  - {rule: contact.missing-email, reason: 全县没有信箱}\n  - {rule: contact.missing-fax, reason: 没有用}\n"
    settings(waivers.replace("missing-fax", "missing-office"))
    assert nianbao("baseline")[0] == 0
    assert [one["rule"] for one in entries()] == ["contact.missing-phone"]


# ------------------------------------------------------------------------------------------------ files


def test_flag_before_file_and_default_places(county: Path, nianbao: Run) -> None:
    assert nianbao("baseline", "--output", "a.json")[0] == 0 and not Path(FILE).exists()
    write("empty.json", written([]))
    settings("baseline: empty.json\n")
    assert len(found(check(nianbao))) == 6
    assert found(check(nianbao, "--baseline", "a.json")) == []
    assert nianbao("baseline")[0] == 0 and Path("empty.json").read_text(encoding="utf-8") == Path("a.json").read_text(encoding="utf-8")
    Path("nianbao.yaml").unlink()
    status, _, err = nianbao("baseline", "reports", "--lang", "en")
    assert status == 0 and Path(FILE).exists() and f"--baseline {FILE}" in err


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (None, "没有基线文件", "there is no baseline"),
        ("{", "已损坏", "damaged"),
        ("[]", "已损坏", "damaged"),
        ('{"version": 1, "fingerprint": "nianbao/v1", "findings": [{"id": 3, "rule": "a.b"}]}', "已损坏", "damaged"),
        ('{"version": 1, "fingerprint": "nianbao/v1", "findings": [{"id": "a", "rule": "a.b", "line": 3}]}', "已损坏", "damaged"),
        ('{"version": 1, "fingerprint": "nianbao/v1", "findings": [{"id": "a", "rule": "a.b", "count": 0}]}', "已损坏", "damaged"),
        ('{"version": 2, "fingerprint": "nianbao/v1", "findings": []}', "另一版", "another version"),
        ("[" * 5000, "已损坏", "damaged"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_a_sentence(county: Path, nianbao: Run, text: str | None, zh: str, en: str) -> None:
    if text is not None:
        write("b.json", text)
    for language, words in (("zh", zh), ("en", en)):
        status, out, err = nianbao("check", "--baseline", "b.json", "--lang", language)
        assert (status, out) == (2, "") and words in err and "Traceback" not in err
    if text is not None:
        status, _, err = nianbao("baseline", "--output", "b.json")
        assert status == 2 and zh in err and Path("b.json").read_text(encoding="utf-8") == text


def test_what_is_read_is_not_overwritten(county: Path, nianbao: Run) -> None:
    for target in ("nianbao.yaml", "reports/2023/青石镇.txt"):
        before = Path(target).read_bytes()
        assert nianbao("baseline", "--output", target)[0] == 2 and Path(target).read_bytes() == before
    status, _, err = nianbao("baseline", "--prune")
    assert status == 2 and "先不带 --prune" in err and not Path(FILE).exists()


def test_what_is_written_is_what_is_read() -> None:
    made = (
        BaselineEntry(id="b", rule="totals.row-total", unit="甲", year=2023, section=3, cell="applications.new.total", text="8"),
        BaselineEntry(id="a", rule="contact.missing-email", paths=("x/甲.txt",), count=3),
    )
    text = written(made)
    assert set(read(text.encode(), "b.json").entries) == set(made) and text == written(reversed(made)) and text.count("\n") == 8
    with pytest.raises(BaselineError):
        read(text.replace("nianbao/v1", "nianbao/v0").encode(), "b.json")


def test_changed_since_and_a_baseline(county: Path, nianbao: Run) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)

    assert nianbao("baseline")[0] == 0
    settings(f"baseline: {FILE}\n")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
        git(*words)
    write("reports/2023/白塔镇.txt", report("白塔镇", EMAIL, PHONE))
    write("reports/2023/青石镇.txt", SOUND)
    result = check(nianbao, "--changed-since", "HEAD")
    assert sorted(found(result)) == ["config.stale-baseline", "contact.missing-phone"]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_same_bytes_however_many_processes(county: Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    words: Sequence[str] = ("baseline", "--no-cache", "--jobs", jobs, "--output", f"{jobs}.json")
    assert main([*words]) == 0
    assert main(["baseline", "--no-cache", "--jobs", "2", "--output", "other.json"]) == 0
    capsys.readouterr()
    assert Path(f"{jobs}.json").read_bytes() == Path("other.json").read_bytes()

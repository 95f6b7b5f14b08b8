"""The command as users and CI jobs meet it: exit statuses, streams, and every kind of bad input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import PATIENCE, ROOT, base
from validator.cli import main as cli

SOUND = base()
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(range(256)) * 8


def spoilt(text: str = SOUND) -> str:
    """The sound report with a part's heading gone: an error in any year and form."""
    heading = next(line for line in text.splitlines() if line.startswith("三、收到和处理"))
    return text.replace(heading + "\n", "")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, with a cache of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def nianbao(capsysbinary):
    """Run the command here; its status, its output and what it said on standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = cli.main(words)
        except SystemExit as left:
            status = left.code
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return run


def put(name: str, content: str | bytes) -> str:
    """A file in the working folder."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def result(nianbao, *words: str) -> dict:
    """The JSON result of a check."""
    return json.loads(nianbao("check", "--format", "json", *words)[1])


# ------------------------------------------------------------------------------------------------ exit statuses


def test_nothing_found_is_0(folder, nianbao):
    status, out, err = nianbao("check", put("报告.txt", SOUND))
    assert (status, err) == (0, "")
    assert "未发现问题" in out and "版式、印章、字体未检查" in out


def test_findings_are_1_and_fail_on_moves_only_the_status(folder, nianbao):
    put("报告.txt", spoilt())
    plain = nianbao("check", "报告.txt", "--format", "json")
    never = nianbao("check", "报告.txt", "--format", "json", "--fail-on", "never")
    assert (plain[0], never[0]) == (1, 0)
    assert plain[1] == never[1]
    assert "structure.missing-section" in plain[1]


def test_fail_on_warning_and_note(folder, nianbao):
    first = SOUND.splitlines()[0]
    put("报告.txt", SOUND.replace(first, first + "\n我局认真落实我局各项工作。"))
    found = {finding["severity"] for file in result(nianbao, "报告.txt")["files"] for finding in file["findings"]}
    for level, graver in (("error", {"error"}), ("warning", {"error", "warning"}), ("note", {"error", "warning", "note"})):
        assert nianbao("check", "报告.txt", "--fail-on", level)[0] == int(bool(found & graver))


def test_an_unreadable_file_is_2_and_the_others_are_checked(folder, nianbao):
    put("reports/b.txt", SOUND)
    put("reports/a.txt", "")
    status, out, _ = nianbao("check", "reports", "--format", "json")
    files = json.loads(out)["files"]
    assert status == 2
    assert [(file["path"], file["status"]) for file in files] == [("reports/a.txt", "unreadable"), ("reports/b.txt", "clean")]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["chek"],
        ["check"],
        ["check", "报告.txt", "--format", "xml"],
        ["check", "报告.txt", "--select", "totals.row-totals"],
        ["check", "报告.txt", "--ignore", "tottals"],
        ["check", "报告.txt", "--form", "2020"],
        ["check", "报告.txt", "--year", "abc"],
        ["check", "报告.txt", "报告2.txt", "--year", "2023"],
        ["check", "报告.txt", "--jobs", "0"],
        ["check", "报告.txt", "--rules", "没有的目录"],
        ["check", "报告.txt", "--output", "没有/结果.txt"],
        ["check", "报告.txt", "--output", "报告.txt"],
        ["check", "报告.txt", "--unknown"],
        ["rules", "totals.nothing"],
        ["rules", "new", "County.x"],
        ["init", "reports"],
        ["serve"],
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_done_is_2_with_a_sentence(folder, nianbao, words, language):
    put("报告.txt", SOUND)
    put("报告2.txt", SOUND)
    status, out, err = nianbao(*words, *(["--lang", "en"] if language == "en" and words else []))
    assert (status, out) == (2, "")
    assert err.strip() and "Traceback" not in err and "usage" not in err
    quoted = re.compile(r"[“'(（][^”')）]*[”')）]|nianbao\.yaml|\b[a-z]+(?:[-.,|/][a-z-]+)+\b")
    plain = quoted.sub("", re.sub(r"nianbao( [a-z]+){0,2}", "", err)).replace("报告.txt", "").replace("没有的目录", "")
    english = language == "en" and words
    assert bool(re.search("[一-龥]", plain)) is not bool(english), plain
    assert english or not re.search("[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}", plain), plain
    assert Path("报告.txt").read_text(encoding="utf-8") == SOUND


def test_help_is_0_and_chinese_unless_asked(folder, nianbao):
    assert nianbao("--help")[0] == 0
    status, out, _ = nianbao("check", "--help")
    assert status == 0 and out.startswith("用法：nianbao check ")
    assert nianbao("check", "--help", "--lang", "en")[1].startswith("usage: nianbao check ")


def test_version(nianbao):
    assert nianbao("version") == (0, "nianbao 0.2.0\n", "")


# ------------------------------------------------------------------------------------------------ what is read


def test_a_walk_passes_over_what_is_no_report(folder, nianbao):
    put("reports/甲 （一）&.txt", SOUND)
    put("reports/纪要.txt", "会议纪要\n出席：张三\n")
    put("reports/~$甲.docx", "x")
    status, out, _ = nianbao("check", "reports", "--format", "json")
    found = json.loads(out)
    assert status == 0 and found["summary"]["files"] == 1
    assert [passed["path"] for passed in found["passed_over"]] == ["reports/纪要.txt"]


def test_a_named_file_must_be_a_report(folder, nianbao):
    status, out, _ = nianbao("check", put("纪要.txt", "会议纪要\n"), "--format", "json")
    assert status == 2
    assert [finding["rule"] for finding in json.loads(out)["files"][0]["findings"]] == ["input.not-a-report"]


@pytest.mark.parametrize("signs", ["title", "headings"])
def test_what_shows_signs_of_a_report_is_never_passed_over(folder, nianbao, signs):
    title = "云岭县青石镇人民政府2023年政府信息公开工作年度报告\n\n正在整理。\n"
    headings = "一、总体情况\n正在整理。\n\n二、主动公开政府信息情况\n正在整理。\n"
    put("reports/半份.txt", title if signs == "title" else headings)
    found = result(nianbao, "reports")
    assert found["passed_over"] == [] and found["summary"]["files"] == 1
    assert found["files"][0]["status"] == "findings"


def test_a_walk_that_finds_no_report_is_2(folder, nianbao):
    put("空/纪要.txt", "会议纪要\n")
    status, out, err = nianbao("check", "空", "--format", "json")
    assert status == 2 and json.loads(out)["files"] == [] and "空" in err
    put("报告.txt", SOUND)
    assert nianbao("check", "空", "报告.txt")[0] == 2


def test_a_missing_path_is_named(folder, nianbao):
    status, out, _ = nianbao("check", "没有.txt", put("报告.txt", SOUND))
    assert status == 2 and "没有.txt" in out and "没有这个文件" in out and "未发现问题" in out


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_said(folder, nianbao):
    os.chmod(put("报告.txt", SOUND), 0)
    status, out, _ = nianbao("check", "报告.txt")
    assert status == 2 and "没有权限" in out


def test_a_zip_is_a_folder(folder, nianbao):
    with zipfile.ZipFile("包.zip", "w") as archive:
        archive.writestr("镇/报告.txt", SOUND)
        archive.writestr("镇/纪要.txt", "会议纪要\n")
    with zipfile.ZipFile("空.zip", "w") as archive:
        archive.writestr("纪要.txt", "会议纪要\n")
    status, out, _ = nianbao("check", "包.zip", "--format", "json")
    found = json.loads(out)
    assert status == 0 and [file["path"] for file in found["files"]] == ["包.zip/镇/报告.txt"] and len(found["passed_over"]) == 1
    assert nianbao("check", "空.zip")[0] == 2


def test_a_zip_of_everything(folder, nianbao):
    with zipfile.ZipFile("内.zip", "w") as inner:
        inner.writestr("报告.txt", SOUND.replace("青石镇", "松江镇"))  # the same report twice would be told once
    os.mkdir("包")
    with zipfile.ZipFile("包/年报.zip", "w") as archive:
        archive.writestr("镇/报告.txt", SOUND)
        archive.writestr("../外.txt", SOUND)
        archive.writestr("局/坏.docx", b"PK\3\4 cut off")
        archive.writestr("局/旧.rar", b"Rar!\x1a\x07\x01\0" + bytes(50))
        archive.write("内.zip")
        for junk in ("__MACOSX/镇/._报告.txt", "Thumbs.db", "镇/~$报告.docx", ".git/报告.txt", "镇/照片.jpg"):
            archive.writestr(junk, b"x")
    for words in (("包/年报.zip",), ("包",)):
        status, out, _ = nianbao("check", *words, "--format", "json")
        found = json.loads(out)
        states = {file["path"]: file["status"] for file in found["files"]}
        assert status == 2 and not found["passed_over"]
        assert states == {
            "包/年报.zip/../外.txt": "unreadable",
            "包/年报.zip/内.zip/报告.txt": "clean",
            "包/年报.zip/局/坏.docx": "unreadable",
            "包/年报.zip/局/旧.rar": "unreadable",
            "包/年报.zip/镇/报告.txt": "clean",
        }
        assert {file["findings"][0]["rule"] for file in found["files"] if file["status"] == "unreadable"} == {"input.unreadable"}
    assert not Path("外.txt").exists() and sorted(os.listdir()) == ["内.zip", "包"]


def test_unit_and_year_for_a_zip_of_one(folder, nianbao):
    for name, count in (("一.zip", 1), ("二.zip", 2)):
        with zipfile.ZipFile(name, "w") as archive:
            for number in range(count):
                archive.writestr(f"{number}.txt", SOUND)
    status, out, _ = nianbao("check", "一.zip", "--unit", "云岭县柳湾乡人民政府", "--format", "json")
    assert json.loads(out)["files"][0]["unit"] == "云岭县柳湾乡人民政府"
    status, out, said = nianbao("check", "二.zip", "--year", "2023")
    assert (status, out) == (2, "") and "2 份" in said


def test_a_zip_without_reports_beside_a_sound_one(folder, nianbao):
    with zipfile.ZipFile("空.zip", "w") as archive:
        archive.writestr("Thumbs.db", b"x")
    assert nianbao("check", put("报告.txt", SOUND))[0] == 0
    assert nianbao("check", "报告.txt", "空.zip")[0] == 2


def test_two_reports_on_one_page(folder, nianbao):
    old = SOUND.replace("2023", "2022").replace("2024", "2023")
    status, out, _ = nianbao("check", put("页面.txt", SOUND + "\n" + old), "--format", "json")
    assert [(file["part"], file["year"]) for file in json.loads(out)["files"]] == [(1, 2023), (2, 2022)] and status == 0
    _, out, _ = nianbao("check", "页面.txt", "--year", "2022", "--format", "json")
    (file,) = json.loads(out)["files"]
    assert (file["part"], file["year"], [finding["rule"] for finding in file["findings"]]) == (2, 2022, ["input.several-reports"])


def test_standard_input(folder, run):
    done = run("check", "-", "--format", "json", "--stdin-filename", "青石镇.txt", input=SOUND.encode())
    assert done.status == 0
    assert json.loads(done.out)["files"][0]["path"] == "青石镇.txt"


def test_unit_and_year_speak_for_a_report_that_does_not(folder, nianbao):
    bare = SOUND.replace("2023年", "").replace("2023 年", "")
    put("报告.txt", bare[bare.index("一、总体情况") :])
    file = result(nianbao, "报告.txt", "--unit", "云岭县青石镇人民政府", "--year", "2023")["files"][0]
    assert (file["unit"], file["year"], file["form_due"]) == ("云岭县青石镇人民政府", 2023, "2021")


def test_one_finding_of_form_where_another_form_is_due(folder, nianbao):
    put("报告.txt", SOUND)
    file = result(nianbao, "报告.txt", "--form", "2019")["files"][0]
    assert (file["form"], file["form_due"]) == ("2021", "2019")
    assert len([finding for finding in file["findings"] if finding["category"] == "form"]) == 1


def test_select_and_ignore(folder, nianbao):
    put("报告.txt", spoilt())
    assert result(nianbao, "报告.txt", "--ignore", "structure")["files"][0]["checked"]["fail"] == 0
    only = result(nianbao, "报告.txt", "--select", "totals")["files"][0]
    assert only["findings"] == [] and sum(only["checked"].values()) < 20


def test_read(folder, nianbao):
    put("报告.txt", SOUND)
    put("坏.txt", "")
    status, out, err = nianbao("read", "报告.txt")
    assert status == 0 and json.loads(out)["reports"][0]["figures"]["applications"]["new"]["total"]["value"] is not None
    status, out, _ = nianbao("read", "报告.txt", "--format", "csv")
    assert status == 0 and out.startswith("path,unit,year,form,table,row,column,value,text\n") and out.count("\n") > 100
    status, out, err = nianbao("read", "坏.txt", "报告.txt")
    assert status == 2 and len(json.loads(out)["reports"]) == 1 and "坏.txt" in err


def test_output_goes_to_the_file_alone(folder, nianbao):
    status, out, err = nianbao("check", put("报告.txt", spoilt()), "--format", "json", "--output", "结果.json")
    assert (status, out, err) == (1, "", "")
    assert json.loads(Path("结果.json").read_text(encoding="utf-8"))["summary"]["errors"] == 1


def test_the_same_input_gives_the_same_bytes(folder, nianbao):
    put("报告.txt", spoilt())
    assert len({nianbao("check", "报告.txt", "--format", name)[1] for _ in range(3) for name in ("json",)}) == 1


def test_the_rules_are_listed_and_explained(nianbao):
    status, out, _ = nianbao("rules")
    assert status == 0 and "totals.row-total" in out and "必须改" in out
    status, out, _ = nianbao("rules", "totals.row-total")
    assert status == 0 and "国家格式" in out and "例子" in out
    assert nianbao("rules", "totals.row-total", "--lang", "en")[1] != out


# ------------------------------------------------------------------------------------------------ bad input

LONG = "政府信息公开"
BAD = {
    "empty": b"",
    "blank": b" \n\n\t\n",
    "nuls": b"\0" * 5000,
    "png": PNG,
    "half": SOUND[: len(SOUND) // 2].encode(),
    "half a character": SOUND.encode()[: len(SOUND.encode()) // 2 + 1],
    "pipes": (SOUND + "|" * 10_000 + "\n").encode(),
    "rows": SOUND.replace("\n四、", "\n" + "（一）予以公开\t1\t2\t3\t4\t5\t6\t7\n" * 3000 + "\n四、", 1).encode(),
    "invalid utf-8": SOUND.encode()[:3000] + b"\xff\xfe\x80" + SOUND.encode()[3000:],
    "no line ends": SOUND.replace("\n", "").encode(),
    "controls": SOUND.replace("一", "一\x1b[31m\x07").encode(),
    "brackets": ("（" * 20_000 + SOUND).encode(),
}
STATUS = dict.fromkeys(("half", "half a character", "rows", "invalid utf-8", "controls", "no line ends", "brackets"), "findings") | {
    "pipes": "clean"
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_a_sentence(folder, nianbao, name):
    put("坏.txt", BAD[name])
    put("好.txt", SOUND)
    status, out, err = nianbao("check", "坏.txt", "好.txt", "--format", "json")
    bad, good = json.loads(out)["files"]
    assert good["status"] == "clean" and json.loads(out)["broken"] == []
    assert "Traceback" not in err
    assert all(finding["message"] for finding in bad["findings"])
    assert (bad["status"] == "unreadable") == (status == 2)
    assert bad["status"] == STATUS.get(name, "unreadable")
    text = nianbao("check", "坏.txt")[1]
    assert text.count("\n") < 1000
    assert "坏.txt" in text and "\x1b" not in text and "\x07" not in text


@pytest.mark.parametrize(
    "line", [LONG * (50 * 2**20 // len(LONG.encode())), "x" * 50 * 2**20, "1|" * 25 * 2**20], ids=["chinese", "ascii", "pipes"]
)
def test_fifty_megabytes_of_one_line_take_bounded_time_and_memory(folder, run, line):
    put("长.txt", line)
    put("好.txt", SOUND)
    done = run("check", "长.txt", "好.txt", "--format", "json")
    assert done.status == 2 and "Traceback" not in done.error
    assert [file["status"] for file in json.loads(done.out)["files"]] == ["unreadable", "clean"]


@pytest.mark.parametrize(
    "name",
    [
        "青石镇 2023 年报.txt",
        "（附件）青石镇&松江.txt",
        "a'b\"c.txt" if os.name != "nt" else "a'b.txt",
        "100%.txt",
        "[1].txt",
        "-.txt",
        "{x}.txt",
    ],
)
def test_odd_names(folder, nianbao, name):
    put(name, SOUND)
    status, out, _ = nianbao("check", "--format", "json", "--", name)
    assert status == 0 and json.loads(out)["files"][0]["path"] == name
    assert nianbao("check", "--", name)[0] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux alone")
def test_a_name_that_is_no_text(folder, run):
    with open(b"reports-\xff\xfe.txt", "wb") as file:
        file.write(SOUND.encode())
    for form in ("json", "text"):
        done = run("check", ".", "--format", form)
        assert done.status == 0 and done.out


def test_a_failure_of_the_program_names_the_file_and_stops_nothing(folder, nianbao, monkeypatch):
    from validator.pipeline import check_file

    put("a.txt", SOUND)
    put("b.txt", SOUND)
    whole = check_file.examine

    def failing(data, path, *rest, **more):
        return 1 / 0 if path == "a.txt" else whole(data, path, *rest, **more)

    monkeypatch.setattr(check_file, "examine", failing)
    status, out, err = nianbao("check", "a.txt", "b.txt")
    assert status == 2 and "a.txt" in out and "程序出错" in out and "ZeroDivisionError" in out
    assert "b.txt" in out and "Traceback" not in out + err
    monkeypatch.setenv(cli.DEBUG, "1")
    with pytest.raises(ZeroDivisionError):
        cli.main(["check", "a.txt"])


def test_ctrl_c_is_130_without_a_traceback(folder, nianbao, monkeypatch):
    from validator.pipeline import check_file

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(check_file, "examine", interrupt)
    status, _, err = nianbao("check", put("a.txt", SOUND))
    assert (status, err) == (130, "")


# ------------------------------------------------------------------------------------------------ bad rules

RULE = """\
id: county.own
title: {{zh: 测试, en: test}}
severity: error
basis: [{{kind: county}}]
check: {check}
with: {options}
message: {{zh: 测试, en: test}}
advice: {{zh: 测试, en: test}}
{more}
"""
BAD_RULES = {
    "unknown key": RULE.format(check="sum", options="{table: applications, each: row, formla: total == new}", more="severty: error"),
    "formula": RULE.format(check="sum", options="{table: applications, each: row, formula: 'total == = sum(applicants)'}", more=""),
    "unknown check": RULE.format(check="summ", options="{}", more=""),
    "tag": "id: !!python/object/apply:os.system ['touch hacked']\n",
    "deep": "a: " + "[" * 20_000 + "]" * 20_000,
    "bomb": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "not yaml": "id: [",
    "binary": "\0\0\0",
    "list": "- a\n- b\n",
}


@pytest.mark.parametrize("name", BAD_RULES)
def test_a_bad_rule_file_is_2_with_file_and_line(folder, nianbao, name):
    put("规则/坏.yaml", BAD_RULES[name])
    status, out, err = nianbao("check", put("报告.txt", SOUND), "--rules", "规则")
    assert (status, out) == (2, "")
    assert "坏.yaml:" in err and "Traceback" not in err
    assert not Path("hacked").exists()


def test_every_mistake_is_told_at_once(folder, nianbao):
    put("规则/一.yaml", BAD_RULES["unknown key"])
    put("规则/二.yaml", BAD_RULES["unknown check"].replace("county.own", "county.two"))
    err = nianbao("check", put("报告.txt", SOUND), "--rules", "规则")[2]
    assert "一.yaml:" in err and "二.yaml:" in err and "formla" in err and "severty" in err


# ------------------------------------------------------------------------------------------------ outputs


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_an_output_that_speaks_less(folder, run, form, encoding):
    put("报告.txt", spoilt() + "\n补：𠮷\n")
    done = run("check", "报告.txt", "--format", form, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}, encoding=encoding)
    assert done.status == 1 and "Traceback" not in done.error
    text = done.out
    if form == "json":
        assert json.loads(text)["files"][0]["findings"][0]["message"]
    elif encoding == "gbk":
        assert "必须改" in text
    else:
        assert "\\u5fc5\\u987b\\u6539" in text and "PYTHONUTF8" in done.error


def test_a_reader_that_leaves(folder):
    for number in range(40):
        put(f"reports/{number}.txt", spoilt())
    command = [sys.executable, "-m", "validator", "check", "reports"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}) as running:
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait(PATIENCE) == 1
    assert said == b""


def test_no_colour_where_no_terminal_is(folder, nianbao):
    assert "\x1b[" not in nianbao("check", put("报告.txt", spoilt()))[1]


HEAVY = {
    "rich",
    "lxml",
    "docx",
    "pdfplumber",
    "pdfminer",
    "pypdfium2",
    "email_validator",
    "phonenumbers",
    "cn2an",
    "numpy",
}


@pytest.mark.parametrize(
    ("words", "without"),
    [
        (["version"], HEAVY | {"yaml", "lark", "validator.rulebook", "validator.pipeline.check_file"}),
        (["check", "报告.txt", "--format", "json"], HEAVY | {"yaml"}),
        (["check", "报告.txt"], (HEAVY - {"rich"}) | {"rich.console", "rich.text", "yaml"}),
    ],
    ids=["version", "json", "text"],
)
def test_heavy_libraries_are_imported_only_when_used(folder, words, without):
    put("报告.txt", SOUND)
    env = {"XDG_CACHE_HOME": str(folder / "cache"), "LOCALAPPDATA": str(folder / "cache")}
    code = f"import sys; from validator.cli.main import main; main({words!r}); print(*sys.modules, sep='\\n', file=sys.stderr)"
    for _ in range(2):  # the second run finds the rules in the cache
        env = os.environ | {"PYTHONPATH": str(ROOT)} | env
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, text=True, encoding="utf-8")
    assert done.returncode == 0
    assert set(done.stderr.split()) & without == set()

"""What reaches a terminal or a runner's log, and how the command ends when streams or the user cut it short."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline.running import county
from tests.support import PATIENCE, SHARED, base, heeding, start_command, surroundings
from validator.base.shown import escaped, no_commands, one_line
from validator.cli import main as cli
from validator.cli import output_stream

posix = pytest.mark.skipif(os.name == "nt", reason="signals and such names are not there")
#: What no line may hold: control characters but the line's end, marks that turn the reading, separators of lines.
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
#: What a runner takes for a command; those of --format github are our own.
COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
NASTY = "\x1b[2J\x1b]0;own\x07\u202e\x9b31m\u2066\u2028::error::own ##[error]own ##vso[task]own"
FORMATS = ("text", "json", "sarif", "github", "gitlab", "csv", "junit")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    return tmp_path


def ran(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, str, str]:
    status = cli.main(words)
    out, error = capsysbinary.readouterr()
    return status, out.decode(), error.decode()


def nasty_report() -> str:
    """A report whose title, a cell, a sentence and a contact line want to steer the terminal, and which can be corrected."""
    text = re.sub(r"(?<=[|\t])(\s*)([1-9])(?=\s*[|\t])", lambda found: found[1] + chr(ord(found[2]) + 0xFEE0), base(), count=1)
    lines = text.split("\n")
    return "\n".join(
        [*lines[:3], f"::warning::{NASTY}", *(line + NASTY if number % 9 == 0 else line for number, line in enumerate(lines[3:]))]
    )


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_of_a_report_or_its_name_steers(format: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    name = "报告.txt" if os.name == "nt" else "::error::\x1b[2J\u202e\n::warning::own##[error].txt"
    (folder / name).write_text(nasty_report(), encoding="utf-8")
    (folder / f"{name[:-4]}2.txt").write_text("no report" + NASTY, encoding="utf-8")
    status, out, error = ran(capsysbinary, "check", ".", "--format", format, "--no-cache", "--statistics", "--jobs", "1")
    assert status in (0, 1, 2) and out
    assert STEERING.search(out.replace("\r\n", "\n")) is None and STEERING.search(error) is None
    assert COMMAND.search(error) is None
    if format in ("text", "csv"):
        assert COMMAND.search(out) is None
    if format == "github":
        assert all(line.startswith(("::error file=", "::warning file=", "::notice file=", "::error title=")) or not COMMAND.search(line)
                   for line in out.split("\n"))  # fmt: skip


@pytest.mark.parametrize("words", [["fix"], ["read"], ["read", "--format", "csv"]])
def test_nor_in_the_other_commands(words: list[str], folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "报告.txt").write_text(nasty_report(), encoding="utf-8")
    status, out, error = ran(capsysbinary, *words, "报告.txt")
    assert status in (0, 1) and out and STEERING.search(out) is None and STEERING.search(error) is None
    assert words != ["fix"] or ("@@" in out and COMMAND.search(out) is None)


@pytest.mark.parametrize(
    "settings",
    ['"x\\n::warning::own \\e[2J\\u202e": 1\n', 'rules: {ignore: ["a\\r::error::b\\u009b"]}\n', 'waivers: [{rule: "\\n::error::x"}]\n'],
)
@pytest.mark.parametrize("format", ["text", "github"])
def test_nor_in_what_is_said_of_nianbao_yaml(format: str, settings: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "nianbao.yaml").write_text(settings, encoding="utf-8")
    (folder / "报告.txt").write_text(base(), encoding="utf-8")
    status, out, error = ran(capsysbinary, "check", "报告.txt", "--format", format)
    assert (status, out) == (2, "") and error
    assert COMMAND.search(error) is None and STEERING.search(error) is None


@pytest.mark.parametrize("settings", ["county: {}\n", "baseline: {}\n", "reports: [{}]\n", "roster: [{{name: {}, kind: township}}]\n"])
@pytest.mark.parametrize("format", ["text", "json"])
def test_nor_in_what_config_shows(format: str, settings: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "nianbao.yaml").write_text(settings.format(json.dumps("甲" + NASTY)), encoding="utf-8")
    status, out, error = ran(capsysbinary, "config", "--format", format)
    assert status in (0, 2) and (out or error) and STEERING.search(out) is None and STEERING.search(error) is None
    assert COMMAND.search(error) is None and (format == "json" or COMMAND.search(out) is None)
    if format == "json" and status == 0:
        assert json.loads(out)


@posix
@pytest.mark.parametrize("words", [["rules", "new", "local.mine"], ["rules", "test"], ["init"], ["config", "--rules"]])
def test_nor_in_what_is_said_of_a_folder(words: list[str], folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    name = "\x1b[2J\u202e\n::error::own"
    (folder / name).mkdir()
    (folder / name / "报告.txt").write_text(base(), encoding="utf-8")
    _, out, error = ran(capsysbinary, *words, name)
    for told in (out, error):
        assert STEERING.search(told) is None and COMMAND.search(told) is None
    assert out or error


def test_the_key_of_the_collected_attacks(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    source = SHARED / "cases" / "attack" / "newline-key.yaml"
    if not source.exists():
        pytest.skip("the collected attacks are not here")
    (folder / "nianbao.yaml").write_bytes(source.read_bytes())
    (folder / "报告.txt").write_text(base(), encoding="utf-8")
    assert COMMAND.search(ran(capsysbinary, "check", "报告.txt", "--format", "github")[2]) is None


@pytest.mark.parametrize("word", ["--format", "--select", "--lang", "--year", "--config", "--baseline"])
def test_nor_in_what_is_said_of_an_option(word: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "报告.txt").write_text(base(), encoding="utf-8")
    status, out, error = ran(capsysbinary, "check", "报告.txt", word, f"x\n::error::own{NASTY}")
    assert (status, out) == (2, "") and COMMAND.search(error) is None and STEERING.search(error) is None


def test_ordinary_text_stays_as_it_is() -> None:
    plain = "第一条：按《条例》::规定 a::b\n  1 ：： # [x]\n"
    assert no_commands(plain) == plain and one_line("一、总体情况（2023）¥𠮷") == "一、总体情况（2023）¥𠮷"
    assert escaped('{"单位": "𠮷é"}') == '{"单位": "𠮷é"}'
    assert json.loads(escaped(json.dumps(NASTY, ensure_ascii=False))) == NASTY


# ------------------------------------------------------------------------------------------------ streams that are closed or full


def command(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "validator", *words]


def closing(numbers: str, words: list[str]) -> list[str]:
    """The command with these streams closed before it begins, as `>&-` does."""
    return [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import os, sys\nfor n in {numbers}: os.close(n)\nos.execv(sys.argv[1], sys.argv[1:])",
        *words,
    ]


ON_REPORT = ("check --no-cache", "check --no-cache --format json", "fix", "read")
WORDS = (*([*words.split(), "报告.txt"] for words in ON_REPORT), ["rules"], ["version"])


@posix
@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_closed_standard_output_is_a_sentence(words: list[str], folder: Path) -> None:
    (folder / "报告.txt").write_text(nasty_report(), encoding="utf-8")
    done = subprocess.run(closing("[1]", command(*words)), cwd=folder, env=surroundings(), stderr=subprocess.PIPE, timeout=PATIENCE)
    error = done.stderr.decode()
    assert done.returncode == 2 and "标准输出已经关闭" in error and "Error" not in error and error.count("\n") == 1, error


@posix
def test_with_a_file_to_write_it_is_not_missed(folder: Path) -> None:
    (folder / "报告.txt").write_text(base(), encoding="utf-8")
    done = subprocess.run(
        closing("[0, 1, 2]", command("check", "报告.txt", "--output", "r.txt")), cwd=folder, env=surroundings(), timeout=PATIENCE
    )
    assert done.returncode == 0 and "报告.txt" in (folder / "r.txt").read_text(encoding="utf-8")


@posix
@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_full_disk_is_a_sentence(words: list[str], folder: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    (folder / "报告.txt").write_text(nasty_report(), encoding="utf-8")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command(*words), cwd=folder, env=surroundings(), stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE)
    error = done.stderr.decode()
    assert done.returncode == 2 and "磁盘满了" in error and "Error" not in error and error.count("\n") == 1, error


@posix
def test_standard_error_that_is_closed_leaves_standard_output_alone(folder: Path) -> None:
    (folder / "报告.txt").write_text(base(), encoding="utf-8")
    words = ["check", "报告.txt", "--no-cache", "--format", "json", "--statistics"]
    done = subprocess.run(closing("[2]", command(*words)), cwd=folder, env=surroundings(), stdout=subprocess.PIPE, timeout=PATIENCE)
    assert json.loads(done.stdout)["version"] == 1


def test_a_closed_standard_input_is_an_input_that_cannot_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    status, out, _ = ran(capsysbinary, "check", "-", "--format", "json")
    assert status == 2 and json.loads(out)["files"][0]["status"] == "unreadable"


# ------------------------------------------------------------------------------------------------ signals


@posix
@pytest.mark.parametrize("moment", ["before arguments", "before settings", "before the run", "after the run"])
def test_ctrl_c_at_every_moment_is_130_without_a_traceback(moment: str, folder: Path) -> None:
    """The signal comes where a module is imported or left, not after some time: no machine is too slow or too fast for it."""
    (folder / "报告.txt").write_text(base(), encoding="utf-8")
    watched = {"before arguments": "validator.cli.arguments", "before settings": "argparse", "before the run": "validator.pipeline.run"}
    body = (
        "import os, signal, sys, atexit\n"
        "def strike(*rest):\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "class Finder:\n    def find_spec(self, name, *rest):\n"
        f"        if name == {watched.get(moment, '')!r}:\n            strike()\n"
        "sys.meta_path.insert(0, Finder())\n"
        + ("atexit.register(strike)\n" if moment == "after the run" else "")
        + "from validator.cli.main import main\n"
        "sys.argv = ['nianbao', 'check', '报告.txt', '--no-cache', '--format', 'json']\nsys.exit(main())\n"
    )
    words = heeding([sys.executable, "-P", "-c", body])
    done = subprocess.run(words, cwd=folder, env=surroundings(), capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (130, b""), done


@posix
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ended_in_the_middle_of_many_files_it_leaves_nothing_and_says_nothing(sent: int, status: int, tmp_path: Path) -> None:
    home = tmp_path / "county"
    county(home, 12)
    process = start_command("check", "--jobs", "2", "--no-cache", cwd=home)
    workers = lambda: _children(process.pid)  # noqa: E731
    for _ in range(int(PATIENCE / 0.02)):
        if len(workers()) >= 3 or process.poll() is not None:  # two workers and the resource tracker
            break
        time.sleep(0.02)
    process.send_signal(sent)
    try:
        out, error = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGABRT)
        raise
    if process.returncode in (0, 1):
        pytest.skip("it was done before it could be told")
    assert (process.returncode, out, error) == (status, "", "")


def _children(parent: int) -> list[str]:
    try:
        return [
            pid for task in os.listdir(f"/proc/{parent}/task") for pid in Path(f"/proc/{parent}/task/{task}/children").read_text().split()
        ]
    except OSError:
        return []


@posix
def test_a_job_in_the_background_that_ignores_ctrl_c_goes_on(folder: Path) -> None:
    (folder / "报告.txt").write_text(base(), encoding="utf-8")
    body = (
        "import os, signal, sys\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nfrom validator.cli import main as cli\n"
        "run = cli._run\ncli._run = lambda words: os.kill(os.getpid(), signal.SIGINT) or run(words)\n"
        "sys.argv = ['nianbao', 'check', '报告.txt', '--no-cache']\nsys.exit(cli.main())\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", body], cwd=folder, env=surroundings(), capture_output=True, timeout=PATIENCE)
    assert done.returncode == 0 and "未发现问题" in done.stdout.decode()


def test_lines_of_ours_may_be_several(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output_stream.complain("a\nb", lines=True)
    output_stream.complain("a\nb")
    assert capsysbinary.readouterr().err.decode() == "a\nb\na\ufffdb\n"

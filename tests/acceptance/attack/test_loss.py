"""Nothing is lost: what nianbao did not write, or what was worked in since, stays; devices, pipes and links stay what they are."""

from __future__ import annotations

import os
import secrets
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import PATIENCE, ROOT, base, surroundings
from validator.base import own_files
from validator.cli import main as cli
from validator.cli import output_stream, replace_file
from validator.cli.settings import SettingsError

posix = pytest.mark.skipif(os.name == "nt", reason="devices and links of this kind are not there")
#: Format → the name that its files have.
NAMES = {
    "text": "r.txt",
    "json": "r.json",
    "sarif": "r.sarif",
    "junit": "r.xml",
    "github": "r.log",
    "gitlab": "g.json",
    "csv": "r.csv",
    "xlsx": "r.xlsx",
    "html": "r.html",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a faulty report, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    text = base()
    heading = next(line for line in text.splitlines() if line.startswith("三、收到和处理"))
    (work / "报告.txt").write_text(text.replace(heading + "\n", ""), encoding="utf-8")
    return work


def check(*words: str) -> int:
    return cli.main(["check", "报告.txt", "--no-cache", *words])


def worked_in(path: Path) -> None:
    """As by a clerk: a workbook saved anew with a note, other files with a character more in their middle."""
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path)
        book.worksheets[0]["A1"] = "已核实"
        book.save(path)
        return
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b" " + data[len(data) // 2 :])


@pytest.mark.parametrize("format", NAMES)
def test_an_own_file_is_replaced_until_somebody_works_in_it(format: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    target = folder / NAMES[format]
    assert check("--format", format, "--output", target.name) == 1
    first = target.read_bytes()
    assert check("--format", format, "--output", target.name) == 1 and target.read_bytes() == first
    worked_in(target)
    changed = target.read_bytes()
    capsysbinary.readouterr()
    assert check("--format", format, "--output", target.name) == 2
    out, error = capsysbinary.readouterr()
    assert target.read_bytes() == changed and out == b"" and "不能覆盖" in error.decode()


@pytest.mark.parametrize("format", [name for name in NAMES if own_files.carries(name)])
def test_what_a_file_carries_is_known_on_every_machine(format: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check("--format", format, "--output", NAMES[format]) == 1
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent / "another"))
    assert check("--format", format, "--output", NAMES[format]) == 1


@pytest.mark.parametrize("format", NAMES)
@pytest.mark.parametrize("content", [b"notes of a clerk\n", b'{"tool": {"name": "nianbao"}}\n', b"PK\x03\x04 a picture album"])
def test_a_foreign_file_is_never_overwritten(content: bytes, format: str, folder: Path) -> None:
    target = folder / NAMES[format]
    target.write_bytes(content)
    assert check("--format", format, "--output", target.name) == 2 and target.read_bytes() == content


@pytest.mark.parametrize("command", [["config"], ["read", "报告.txt"], ["baseline", "报告.txt"], ["config", "--format", "json"]])
def test_every_command_that_writes_spares_it(command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "重要.json"
    target.write_text('{"a": 1}', encoding="utf-8")
    assert cli.main([*command, "--output", target.name]) == 2 and target.read_text(encoding="utf-8") == '{"a": 1}'


def test_a_file_of_nothing_may_be_filled(folder: Path) -> None:
    (folder / "r.json").write_bytes(b"")
    assert check("--format", "json", "--output", "r.json") == 1


@pytest.mark.parametrize(
    ("format", "name"),
    [("html", "a.doc"), ("docx", "a.wps"), ("json", "a.docx"), ("xlsx", "a.xls"), ("csv", "a.xlsx"), ("text", "a.pdf"), ("junit", "a.html")]
    + [("sarif", "a.yaml"), ("gitlab", "a.py"), ("github", "a.zip"), ("html", "A.PDF")],
)
def test_a_suffix_of_another_kind_is_refused(format: str, name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = "报告.txt"
    if format == "docx":
        source = ROOT / "examples" / "county" / "reports" / "2024" / "财政局.docx"
        report = "报告.docx"
        (folder / report).write_bytes(source.read_bytes())
    assert cli.main(["check", report, "--format", format, "--output", name]) == 2
    assert not (folder / name).exists() and "后缀" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "told"), [("new/", "是文件夹"), ("", "没有写文件名"), (" ", "没有写文件名")])
def test_names_that_are_none(name: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--output", name) == 2
    out, error = capsys.readouterr()
    assert out == "" and told in error and error.count("\n") == 1 and [path.name for path in folder.iterdir()] == ["报告.txt"]


def test_word_copies_go_into_a_folder_that_is_named_as_one(folder: Path) -> None:
    source = ROOT / "examples" / "county" / "reports" / "2024" / "财政局.docx"
    (folder / "财政局.docx").write_bytes(source.read_bytes())
    assert cli.main(["check", "财政局.docx", "--format", "docx", "--output", "new/"]) in (0, 1)
    assert [path.name for path in (folder / "new").iterdir()] == ["财政局（检查意见，勿报送）.docx"]


# ------------------------------------------------------------------------------------------------ drafts, links, devices


@posix
def test_a_link_laid_where_the_draft_goes_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names are random; were they guessed, the file behind the link would stay and nothing be written."""
    victim = tmp_path / "victim"
    victim.write_text("theirs", encoding="utf-8")
    monkeypatch.setattr(secrets, "token_hex", lambda size: "00")
    (tmp_path / ".r.json.00.tmp").symlink_to(victim)
    with pytest.raises(SettingsError):
        output_stream.save("mine", tmp_path / "r.json", [])
    assert victim.read_text(encoding="utf-8") == "theirs" and not (tmp_path / "r.json").exists()


def test_draft_names_differ_from_run_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = os.unlink
    monkeypatch.setattr(os, "unlink", lambda path: seen.append(os.path.basename(path)) or real(path))
    output_stream.save("a", tmp_path / "r.json", [])
    output_stream.save("b", tmp_path / "r.json", [])
    assert len(set(seen)) == 2 and not any(str(os.getpid()) == part for name in seen for part in name.split("."))


@posix
def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "r.json"
    target.write_text("theirs", encoding="utf-8")
    with pytest.raises(replace_file.Meanwhile):
        replace_file.replace(b"mine", target, None)
    with pytest.raises(replace_file.Meanwhile):
        replace_file.replace(b"mine", target, b"what was there")
    assert target.read_text(encoding="utf-8") == "theirs" and [path.name for path in tmp_path.iterdir()] == ["r.json"]


@posix
def test_a_pipe_with_a_reader_gets_the_result_and_stays(folder: Path) -> None:
    os.mkfifo("pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe").read_bytes()))
    reader.start()
    assert check("--format", "json", "--output", "pipe") == 1
    reader.join(PATIENCE)
    assert got and got[0].endswith(b"}\n") and stat.S_ISFIFO(os.stat("pipe").st_mode)


@posix
def test_a_pipe_without_a_reader_does_not_hang(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(replace_file, "PATIENCE", 0.1)
    os.mkfifo("pipe")
    assert check("--output", "pipe") == 2 and "管道" in capsys.readouterr().err


@posix
def test_a_device_is_written_into_and_stays(folder: Path) -> None:
    if os.geteuid() == 0:  # who may not make devices could not replace /dev/null either
        try:
            os.mknod(folder / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
            assert check("--output", "null") == 1
            assert stat.S_ISCHR(os.stat(folder / "null").st_mode)
        except PermissionError:
            pass
    before = os.stat("/dev/null")
    assert check("--output", "/dev/null") == 1
    assert (before.st_ino, before.st_rdev) == (os.stat("/dev/null").st_ino, os.stat("/dev/null").st_rdev)


@posix
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "link"])
@pytest.mark.parametrize("into", ["pipe", "file"])
def test_standard_output_by_its_name(into: str, name: str, folder: Path) -> None:
    if not os.path.exists("/dev/fd/1"):
        pytest.skip("there is no such name here")
    (folder / "link").symlink_to("/dev/stdout")
    command = [sys.executable, "-P", "-m", "validator", "check", "报告.txt", "--no-cache", "--format", "json", "--output"]
    plain = subprocess.run([*command[:-1]], cwd=folder, env=surroundings(), capture_output=True, timeout=PATIENCE).stdout
    if into == "pipe":
        got = subprocess.run([*command, name], cwd=folder, env=surroundings(), capture_output=True, timeout=PATIENCE).stdout
    else:
        with open(folder / "got", "wb") as file:
            subprocess.run([*command, name], cwd=folder, env=surroundings(), stdout=file, timeout=PATIENCE)
            assert os.fstat(file.fileno()).st_nlink == 1  # the file that was opened, not another in its place
        got = (folder / "got").read_bytes()
    assert got == plain and plain


# ------------------------------------------------------------------------------------------------ fix --write


@pytest.fixture
def report(folder: Path) -> Path:
    """A report with something to correct."""
    path = folder / "改.txt"
    path.write_text(wide(base()), encoding="utf-8")
    return path


def wide(text: str) -> str:
    """The first figure of the tables in full width."""
    import re

    found = re.search(r"(?<=[|\t])(\s*)([1-9])(?=\s*[|\t])", text)
    assert found
    return text[: found.start(2)] + chr(ord(found[2]) + 0xFEE0) + text[found.end(2) :]


def test_it_writes_where_nothing_stands_against_it(report: Path) -> None:
    before = report.read_bytes()
    assert cli.main(["fix", report.name, "--write"]) == 0 and report.read_bytes() != before


def test_what_another_program_saved_meanwhile_is_kept(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from validator import fixing

    verified = fixing.verified

    def saved_meanwhile(*rest):  # type: ignore[no-untyped-def]
        report.write_bytes(report.read_bytes() + "他们的一段\n".encode())
        return verified(*rest)

    monkeypatch.setattr(fixing, "verified", saved_meanwhile)
    assert cli.main(["fix", report.name, "--write"]) == 2
    assert "他们的一段" in report.read_text(encoding="utf-8")
    error = capsys.readouterr().err
    assert "改过" in error and "改好" not in error


def _link(path: Path) -> None:
    path.rename(path.with_name("真.txt"))
    path.symlink_to("真.txt")


def _second_name(path: Path) -> None:
    os.link(path, path.with_name("真.txt"))


@posix
@pytest.mark.parametrize("make", [_link, _second_name])
def test_it_keeps_links_and_mode(make: Callable[[Path], None], report: Path) -> None:
    report.chmod(0o640)
    make(report)
    before = report.read_bytes()
    assert cli.main(["fix", report.name, "--write"]) == 0
    other = report.with_name("真.txt")
    assert report.read_bytes() == other.read_bytes() != before and report.samefile(other)
    assert report.is_symlink() is (make is _link) and stat.S_IMODE(other.stat().st_mode) == 0o640


@posix
def test_it_keeps_the_owner(report: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give a file away")
    os.chown(report, 12345, 12346)
    assert cli.main(["fix", report.name, "--write"]) == 0
    assert (report.stat().st_uid, report.stat().st_gid) == (12345, 12346)

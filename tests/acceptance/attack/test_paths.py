"""Folders and patterns that lead round, nowhere or everywhere: the one path is named, the rest is checked."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.support import PATIENCE, base, surroundings
from validator.base import input_paths, windows
from validator.base.input_paths import inputs
from validator.base.path_patterns import expand
from validator.base.regular_files import read_regular
from validator.cli import main as cli

posix = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    (tmp_path / "reports" / "2023").mkdir(parents=True)
    (tmp_path / "reports" / "2023" / "好.txt").write_text(base(), encoding="utf-8")
    return tmp_path


@posix
@pytest.mark.parametrize("path", ["reports", "reports/**/*", "reports/2023/*.txt"])
@pytest.mark.parametrize(("target", "trouble"), [("loop.txt", "not-a-file"), ("没有.txt", "missing")])
def test_a_link_that_leads_nowhere_is_named_and_the_rest_checked(
    target: str, trouble: str, path: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "reports" / "2023" / "loop.txt").symlink_to(target)
    found = {os.path.basename(item.path): item.trouble for item in inputs((path,))}
    assert found == {"loop.txt": trouble, "好.txt": None}
    assert cli.main(["check", path, "--format", "json", "--no-cache", "--jobs", "1"]) == 2
    told = {os.path.basename(file["path"]): file["status"] for file in json.loads(capsys.readouterr().out)["files"]}
    assert told["loop.txt"] == "unreadable" and told["好.txt"] in ("clean", "findings")


@posix
@pytest.mark.parametrize(
    "pattern", ["reports/**/*", "reports/" + "*/" * 11 + "*", "reports/**/*/**/*/**/*.txt", "reports/**/一/**/二/**/*.txt"]
)
def test_links_that_lead_round_are_not_followed(pattern: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("一", "二"):
        (folder / "reports" / name).symlink_to(".")
        (folder / "reports" / "2023" / name).symlink_to("../..")
    looked: list[str] = []
    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: looked.append(str(path)) or real(path))
    found = [item.path for item in inputs((pattern,)) if item.trouble is None]
    assert len(looked) < 200 and len(found) < 10 and (pattern != "reports/**/*" or found == ["reports/2023/好.txt"])


def test_a_pattern_of_many_parts(folder: Path) -> None:
    assert [item.path for item in inputs(("**/" * 3000 + "*.txt",))] == ["reports/2023/好.txt"]


@pytest.mark.parametrize("path", [".", "**/*", "**"])
def test_more_than_can_be_looked_at_is_said(path: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        (folder / "reports" / f"{number}.txt").write_text("x", encoding="utf-8")
    assert all(item.trouble is None for item in inputs((path,)))  # within the bound nothing is said
    monkeypatch.setattr(input_paths, "MOST", 50)
    monkeypatch.setattr(input_paths, "expand", lambda pattern: expand(pattern, 50))
    assert [item.trouble for item in inputs((path,))][-1] == "too-many-entries"


def test_folders_nested_deeper_than_python_calls(folder: Path) -> None:
    """They are taken away again: the standard library's own way to delete them calls itself for each."""
    deep = 1200
    try:
        for _ in range(deep):
            os.mkdir("d")
            os.chdir("d")
        Path("x.txt").write_text("x", encoding="utf-8")
        os.chdir(folder)
        assert [item.path[-9:] for item in inputs(("d",))] == ["d/d/x.txt"]
        assert [path[-9:] for path in expand("d/**/*.txt")[0]] == ["d/d/x.txt"]
    finally:
        os.chdir(folder)
        for _ in range(deep):
            os.chdir("d")
        os.unlink("x.txt")
        for _ in range(deep):
            os.chdir("..")
            os.rmdir("d")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("**/*.txt", ["a/b/x.txt", "a/x.txt", "x.txt"]),
        ("*/x.txt", ["a/x.txt"]),
        ("a/**", ["a/b", "a/b/x.txt", "a/x.txt"]),
        ("a/[!.]/x.txt", ["a/b/x.txt"]),
        ("a/?/*", ["a/b/x.txt"]),
        ("./a/*.txt", ["./a/x.txt"]),
        ("a/../*.txt", ["a/../x.txt"]),
        (".h/*", [".h/x.txt"]),
        ("*.md", []),
        ("*.TXT", []),
    ],
)
def test_what_patterns_mean(pattern: str, found: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/b/x.txt", "a/x.txt", "x.txt", ".h/x.txt", "a/.h/x.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("x", encoding="utf-8")
    if pattern == "*.TXT" and Path("X.TXT").exists():
        pytest.skip("capitals do not matter here")
    assert [path.replace(os.sep, "/") for path in expand(pattern)[0]] == found


# ------------------------------------------------------------------------------------------------ pipes, long paths


@posix
@pytest.mark.parametrize("path", ["reports", "reports/**/*", "reports/2023/*.txt"])
@pytest.mark.parametrize("target", ["pipe", "socket", "/dev/zero", "reports"])
def test_what_is_come_upon_and_is_no_file_is_never_waited_for(
    target: str, path: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe without a writer, a socket, a device without end, each by a link beside the reports and under a report's name itself."""
    if target == "pipe":
        os.mkfifo(folder / "pipe")
        os.mkfifo(folder / "reports" / "2023" / "管.txt")
    elif target == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")
    (folder / "reports" / "2023" / "链.txt").symlink_to(folder / target)
    assert cli.main(["check", path, "--format", "json", "--no-cache", "--jobs", "1"]) in (0, 1, 2)
    told = {os.path.basename(file["path"]): file["status"] for file in json.loads(capsys.readouterr().out)["files"]}
    assert told.pop("好.txt") in ("clean", "findings") and set(told.values()) <= {"unreadable"}
    if path == "reports" and target != "reports":
        assert told == {"链.txt": "unreadable"}


@posix
@pytest.mark.parametrize("target", ["/proc/kmsg", "/proc/self/mem", "/dev/tty", "/dev/stdin"])
def test_what_only_looks_like_a_file_is_never_waited_for(target: str, folder: Path) -> None:
    """The kernel's own files among them: some say that they are files and give nothing until something happens."""
    if not os.path.exists(target):
        pytest.skip("it is not there")
    (folder / "reports" / "2023" / "链.txt").symlink_to(target)
    command = [sys.executable, "-P", "-m", "validator", "check", "reports", "--format", "json", "--no-cache", "--jobs", "1"]
    done = subprocess.run(command, cwd=folder, env=surroundings(), stdin=subprocess.PIPE, capture_output=True, timeout=PATIENCE)
    told = {os.path.basename(file["path"]): file["status"] for file in json.loads(done.stdout)["files"]}
    # the kernel may have something to say just then: that is read, is no report, and is passed over as other papers in a folder are
    assert told == {"链.txt": "unreadable", "好.txt": "clean"} or (target == "/proc/kmsg" and told == {"好.txt": "clean"})


@posix
def test_a_pipe_that_was_named_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The control: `nianbao check <(…)`."""
    os.mkfifo("管.txt")
    writer = threading.Thread(target=lambda: Path("管.txt").write_text(base(), encoding="utf-8"))
    writer.start()
    assert cli.main(["check", "管.txt", "--format", "json", "--no-cache"]) == 0
    writer.join()
    assert json.loads(capsys.readouterr().out)["files"][0]["status"] == "clean"


@pytest.mark.parametrize("path", ["名", "名/**/*.txt", "名/2023/好.txt", "名/2023/*"])
def test_paths_too_long_for_windows_are_read_in_their_long_form(
    path: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Simulated: only the form that `long_path` gives leads anywhere; shown is the path as it was written."""
    monkeypatch.setattr(windows, "long_path", lambda path: str(path).replace("名", "reports"))
    assert [(item.path, item.source.replace(os.sep, "/"), item.trouble) for item in inputs((path,))] == [
        ("名/2023/好.txt", "名/2023/好.txt", None)
    ]
    assert cli.main(["check", path, "--format", "json", "--no-cache", "--jobs", "1"]) == 0
    assert [file["path"] for file in json.loads(capsys.readouterr().out)["files"]] == ["名/2023/好.txt"]


def test_settings_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "真.yaml").write_text("county: 云岭县\n", encoding="utf-8")
    monkeypatch.setattr(windows, "long_path", lambda path: str(path).replace("名.yaml", "真.yaml"))
    assert read_regular("名.yaml", 1000).decode().startswith("county")

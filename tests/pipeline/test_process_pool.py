"""Worker processes: the same bytes however many they are; one that dies costs one file; nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pipeline.running import DAWDLE, DIE, county, done, started
from tests.support import BOUND, PATIENCE, ROOT
from validator.cli import main as cli
from validator.pipeline import process_pool
from validator.pipeline import run as pipeline_run

posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def mixed(folder: Path) -> list[Path]:
    """A county with sound and faulty reports, what is no report, what cannot be read, a zip, a report of another kind of name."""
    paths = county(folder)
    text = paths[1].read_text(encoding="utf-8")
    paths[1].write_text(text.replace("0", "1", 3), encoding="utf-8")
    zipped = folder / "reports" / "a.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("2024/one.txt", text)
        archive.writestr("notes.txt", "会议纪要")
    (folder / "reports" / "empty.txt").write_bytes(b"")
    (folder / "reports" / "broken.pdf").write_bytes(b"%PDF-1.4 garbage")
    (folder / "reports" / "notes.txt").write_text("会议纪要：讨论了天气。", encoding="utf-8")
    return paths


def test_the_bytes_are_the_same_whatever_jobs(tmp_path: Path) -> None:
    mixed(tmp_path)
    cache = tmp_path / "cache"
    for shape in ("json", "text"):
        ran = [done(tmp_path, "--no-cache", "--jobs", jobs, "--format", shape, "reports", cache=cache) for jobs in ("1", "4")]
        assert ran[0] == ran[1]
        assert ran[0][0] == 2 and ran[0][2] == ""
    result = json.loads(done(tmp_path, "reports", cache=cache)[1])
    assert result["summary"]["files"] == 15 and result["summary"]["unreadable"] == 2 and len(result["passed_over"]) == 2


def named(file: dict, other: str) -> dict:  # type: ignore[type-arg]
    """A result; of the other path's the findings alone, without those that last year's report shows."""
    return {"findings": [one for one in file["findings"] if one["category"] != "series"]} if file["path"] == other else file


def test_only_the_file_that_a_worker_dies_of_is_lost(tmp_path: Path) -> None:
    paths = county(tmp_path, 10)
    sound = json.loads(done(tmp_path, "--no-cache", "--jobs", "1", cache=tmp_path / "cache")[1])
    for at in (3, 11):
        paths[at].write_text(paths[at].read_text(encoding="utf-8") + DIE, encoding="utf-8")
    status, out, error = done(tmp_path, "--jobs", "2", cache=tmp_path / "cache", patch=tmp_path / "patch")
    result = json.loads(out)
    lost = [path.relative_to(tmp_path).as_posix() for path in (paths[3], paths[11])]
    assert (status, error) == (2, "")
    assert [each["message"].split(": ")[0] for each in result["broken"]] == lost
    assert all("进程意外终止" in each["message"] for each in result["broken"])
    after = lost[0].replace("2023", "2024")  # has no last year's report to be held against
    assert [named(file, after) for file in result["files"]] == [named(file, after) for file in sound["files"] if file["path"] not in lost]


@posix
def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    county(tmp_path, 30)
    right = done(tmp_path, "--no-cache", "--jobs", "1", cache=tmp_path / "cache")
    process = started(tmp_path, "--no-cache", "--jobs", "2", cache=tmp_path / "cache")
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    out, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, error) == right


def workers(parent: int, seconds: float = PATIENCE) -> list[int]:
    """The worker processes of the command, waited for until they are there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = [pid for pid in children(parent) if b"--multiprocessing-fork" in _command(pid)]
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("no worker was started")


def children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
        except OSError:
            continue
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def gone(group: int, seconds: float = BOUND) -> bool:
    """Whether no process of the group is left, after a while at most."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return True
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    return False


def begun(folder: Path) -> None:
    """Waits until a worker is in the middle of a file."""
    until = time.monotonic() + PATIENCE
    while not (folder / "begun").exists():
        assert time.monotonic() < until, "no worker began"
        time.sleep(0.02)


def dawdling(tmp_path: Path, jobs: str) -> tuple[object, int]:
    """The command with workers that will be in the middle of a file."""
    paths = county(tmp_path)
    for path in paths[:2]:
        path.write_text(path.read_text(encoding="utf-8") + DAWDLE, encoding="utf-8")
    process = started(tmp_path, "--jobs", jobs, cache=tmp_path / "cache", patch=tmp_path / "patch")
    workers(process.pid)
    return process, process.pid


@posix
@pytest.mark.parametrize("seconds", [0.0, 0.1, 1.0])
def test_ctrl_c_ends_everything_quietly(tmp_path: Path, seconds: float) -> None:
    process, group = dawdling(tmp_path, "2")
    if seconds < 1:
        time.sleep(seconds)
    else:
        begun(tmp_path)
    os.killpg(group, signal.SIGINT)
    out, error = process.communicate(timeout=PATIENCE)  # type: ignore[attr-defined]
    assert (process.returncode, out, error) == (130, "", "")  # type: ignore[attr-defined]
    assert gone(group)
    assert seconds < 1 or (tmp_path / "left-in-order").exists()  # workers that had begun were let clear up


@posix
def test_workers_end_with_the_command(tmp_path: Path) -> None:
    process, group = dawdling(tmp_path, "2")
    begun(tmp_path)
    os.kill(group, signal.SIGKILL)
    process.communicate(timeout=PATIENCE)  # type: ignore[attr-defined]
    assert gone(group)


def test_a_script_that_calls_the_command_without_a_guard_is_served_all_the_same(tmp_path: Path) -> None:
    county(tmp_path, 4)
    script = "from validator.cli.main import main\nmain(['check', '--format', 'json', '--no-cache', '--jobs', '2'])\n"
    (tmp_path / "script.py").write_text(script)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    assert ran.stdout == done(tmp_path, "--no-cache", "--jobs", "1", cache=tmp_path / "cache")[1]


def test_where_there_can_be_no_processes_this_one_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    def no_semaphores(*given: object, **named: object) -> None:
        raise OSError("no /dev/shm")

    county(tmp_path, 3)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(process_pool, "ProcessPoolExecutor", no_semaphores)
    assert cli.main(["check", "--format", "json", "--no-cache", "--jobs", "2"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["clean"] == 6


def test_workers_with_other_rules_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    """As where a rule file is changed between the start of the run and that of its workers."""
    county(tmp_path, 2)
    monkeypatch.chdir(tmp_path)
    ask = pipeline_run.options_for
    monkeypatch.setattr(pipeline_run, "options_for", lambda *given, **named: replace(ask(*given, **named), fingerprint="of other rules"))
    assert cli.main(["check", "--format", "json", "--no-cache", "--jobs", "2"]) == 2
    out, error = capsys.readouterr()
    assert out == "" and "规则与这里的不同" in error and error.count("\n") == 1


def test_what_was_read_is_the_same_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    paths = [path.relative_to(tmp_path).as_posix() for path in county(tmp_path, 4)]
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    single = []
    for path in paths:
        assert cli.main(["read", path]) == 0
        single += json.loads(capsys.readouterr().out)["reports"]
    for _ in range(2):
        assert cli.main(["read", *paths]) == 0
        assert json.loads(capsys.readouterr().out)["reports"] == single

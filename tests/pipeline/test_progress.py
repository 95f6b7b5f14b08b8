"""A bar for people who wait: on a terminal, gone at the end, never in the result; nothing is imported where nobody sees it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.running import county
from tests.support import PATIENCE, ROOT
from validator.pipeline import progress
from validator.pipeline.inputs import Input
from validator.pipeline.run import InputResult

DONE = [InputResult(source=Input(path=str(number), source=str(number)), files=()) for number in range(5)]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, error: io.StringIO, **flags: bool) -> str:
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert list(progress.watched(DONE, len(DONE), language="zh", quiet=flags.get("quiet", False))) == DONE
    return error.getvalue()


def test_a_terminal_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "检查报告" in shown(monkeypatch, Terminal())


def test_quiet_and_files_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), quiet=True) == shown(monkeypatch, io.StringIO()) == ""


def test_short_work_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(progress, "PATIENCE", 600.0)
    assert list(progress.watched(DONE, len(DONE), language="zh", quiet=False)) == DONE
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")
def test_the_command_on_a_terminal(tmp_path: Path) -> None:
    import pty

    paths = county(tmp_path, 30)
    leader, follower = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache"), "TERM": "xterm", "COLUMNS": "80"}
    program = (
        "from validator.pipeline import progress; progress.PATIENCE = -1.0; from validator.cli import main; raise SystemExit(main.main())"
    )
    command = [sys.executable, "-c", program, "check", "--format", "json", "--jobs", "1"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=follower)
    os.close(follower)
    out, _ = process.communicate(timeout=PATIENCE)
    seen = b""
    while chunk := _read(leader):
        seen += chunk
    os.close(leader)
    assert out.startswith(b"{\n") and process.returncode == 0
    assert "检查报告" in seen.decode(errors="replace") and f"/{len(paths)}" in seen.decode(errors="replace")


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65536)
    except OSError:  # the other end is closed
        return b""


def test_rich_is_not_imported_for_it(tmp_path: Path) -> None:
    county(tmp_path, 2)
    told = "import sys; from validator.cli import main as cli; cli.main(['check', '--format', 'json']); sys.exit('rich' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run([sys.executable, "-c", told], cwd=tmp_path, env=environment, capture_output=True, timeout=PATIENCE)
    assert done.returncode == 0

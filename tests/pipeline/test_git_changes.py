"""--changed-since in a scratch repository: changed and new reports are shown, the others read for the set and counted."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pipeline.running import county
from validator.cli import main as cli
from validator.model import Basis, Finding, Location, Run, Severity
from validator.pipeline import view_set

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(*words: str) -> str:
    options = ["-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *options, *words], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A county's repository with one commit; its second report has a fault from the beginning."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    home = tmp_path / "县"
    found = county(home, 3)
    spoil(found[1])
    monkeypatch.chdir(home)
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "all")
    return [path.relative_to(home) for path in found]


def spoil(path: Path) -> None:
    """Cut its last parts off."""
    path.write_text(path.read_text(encoding="utf-8").partition("五、")[0], encoding="utf-8")


def stranger(old: Path, new: Path) -> None:
    """The same report under the name of a unit that has none."""
    text = old.read_text(encoding="utf-8")
    title = next(line for line in text.split("\n") if line.endswith("年度报告"))
    new.write_text(text.replace(title, f"云岭县新设镇人民政府{title[-18:]}"), encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *flags: str) -> tuple[int, dict, str]:  # type: ignore[type-arg]
    status = cli.main(["check", "--format", "json", *flags])
    out, error = capsys.readouterr()
    return status, json.loads(out), error


def test_only_changed_and_new_reports_are_shown(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys)[0] == 1
    spoil(paths[3])
    new = paths[0].with_name("新单位.txt")
    stranger(paths[0], new)
    status, result, error = run(capsys, "--changed-since", "HEAD")
    assert status == 1 and [file["path"] for file in result["files"]] == sorted([paths[3].as_posix(), new.as_posix()])
    assert result["summary"]["unshown"] == {"since": "HEAD", "files": 5, "failed": 1, "collection": 0}
    assert "自 HEAD 以来没有改动的 5 份未列出，其中 1 份有问题" in error


def test_committed_changes_count_and_those_of_others_do_not(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "-q", "-b", "work")
    spoil(paths[3])
    git("commit", "-q", "-a", "-m", "mine")
    git("checkout", "-q", "main")
    spoil(paths[4])
    git("commit", "-q", "-a", "-m", "theirs")
    git("checkout", "-q", "work")
    assert [file["path"] for file in run(capsys, "--changed-since", "main")[1]["files"]] == [paths[3].as_posix()]


def test_nothing_changed_is_nothing_found(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    status, result, _ = run(capsys, "--changed-since", "HEAD")
    assert (status, result["files"]) == (0, [])
    assert result["summary"]["unshown"]["files"] == 6
    assert cli.main(["check", "--changed-since", "HEAD"]) == 0
    out, error = capsys.readouterr()
    assert "自 HEAD 以来没有改动的 6 份未列出" in out and error == ""
    assert cli.main(["check", "--changed-since", "HEAD", "--lang", "en"]) == 0
    assert "6 reports are as they were at HEAD" in " ".join(capsys.readouterr().out.split())


def about(*paths: str) -> Finding:
    return Finding(
        rule="county.copied", severity=Severity.ERROR, message={"zh": "相同", "en": "alike"}, advice={"zh": "改", "en": "change"},
        basis=(Basis(kind="logic"),), location=Location(), paths=paths,
    )  # fmt: skip


def together(findings: Iterable[Finding]):  # type: ignore[no-untyped-def]
    return lambda run, *rest, **settings: replace(run, collection=tuple(findings))


def test_of_the_set_what_speaks_of_a_changed_report_is_shown(
    paths: list[Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Run] = []
    names = [path.as_posix() for path in paths]
    found = [about(names[0], names[3]), about(names[0], names[1]), about()]
    monkeypatch.setattr(
        view_set, "with_set_findings", lambda run, *rest, **settings: seen.append(run) or replace(run, collection=tuple(found))
    )
    spoil(paths[3])
    _, result, _ = run(capsys, "--changed-since", "HEAD")
    assert [finding["paths"] for finding in result["collection"]["findings"]] == [[names[0], names[3]]]
    assert result["summary"]["unshown"]["collection"] == 2
    assert len(seen[0].files) == 6  # the set is seen whole
    paths[5].unlink()
    _, result, _ = run(capsys, "--changed-since", "HEAD")
    assert [finding["paths"] for finding in result["collection"]["findings"]] == [[names[0], names[3]], []]


def test_copies_are_of_changed_reports_alone(paths: list[Path], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    spoil(paths[3])
    assert cli.main(["check", "--changed-since", "HEAD", "--format", "docx", "--output", str(tmp_path / "notes")]) == 2
    error = capsys.readouterr().err
    assert paths[3].name in error and paths[4].name not in error


def test_a_report_that_git_ignores_is_shown(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitignore").write_text("reports/2023/新*\n", encoding="utf-8")
    stranger(paths[0], paths[0].with_name("新单位.txt"))
    assert len(run(capsys, "--changed-since", "HEAD")[1]["files"]) == 1


@pytest.mark.parametrize("since", ["no-such-branch", "--help", "-p", "", "HEAD:reports"])
def test_a_revision_that_is_not_there(since: str, paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", f"--changed-since={since}"]) == 2
    out, error = capsys.readouterr()
    assert out == "" and "这个版本" in error and error.count("\n") == 1


def test_a_folder_that_is_no_repository(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(".git")
    assert cli.main(["check", "--changed-since", "HEAD"]) == 2
    assert "不在 git 仓库里" in capsys.readouterr().err


def test_without_git(paths: list[Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert cli.main(["check", "--changed-since", "HEAD"]) == 2
    assert "需要 git" in capsys.readouterr().err

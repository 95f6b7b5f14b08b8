"""Settings that are no files, or files without end: a clear sentence and status 2 at once, within the memory of a small child."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from validator.base import cache_folder
from validator.base.regular_files import UnfitFileError, read_regular

ROOT = Path(__file__).resolve().parents[3]
REPORT = ROOT / "rules" / "bases" / "sound-2021.txt"
posix = pytest.mark.skipif(os.name != "posix", reason="devices, pipes and resource limits of POSIX")
_SMALL = (
    "import resource,runpy,sys; resource.setrlimit(resource.RLIMIT_AS,(1<<30,1<<30)); resource.setrlimit(resource.RLIMIT_CPU,(40,40)); "
)


def check(folder: Path, *flags: str, cache: bool = False) -> subprocess.CompletedProcess[str]:
    """`nianbao check` in a folder, in a child of 1 GB and 40 seconds of CPU; a child that waits for ever fails the test."""
    program = _SMALL + "sys.argv[0] = 'nianbao'; runpy.run_module('validator', run_name='__main__')"
    command = [sys.executable, "-P", "-c", program, "check", str(REPORT), *flags, *(() if cache else ("--no-cache",))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Status 2 with these words and no traceback."""
    assert done.returncode == 2, done.stderr
    assert all(word in done.stderr for word in words) and "Traceback" not in done.stderr and "Error" not in done.stderr, done.stderr


@posix
@pytest.mark.parametrize("flag", ["--config", "--baseline"])
@pytest.mark.parametrize("kind", ["device", "pipe", "link"])
def test_a_setting_without_end_is_refused(tmp_path: Path, flag: str, kind: str) -> None:
    place = tmp_path / "given"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "link":
        place.symlink_to("/dev/zero")
    refused(check(tmp_path, flag, "/dev/zero" if kind == "device" else str(place)), "是设备或管道")


@posix
def test_the_baseline_of_nianbao_yaml_too(tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("baseline: /dev/zero\n", encoding="utf-8")
    refused(check(tmp_path), "基线", "是设备或管道")


@posix
@pytest.mark.parametrize("name", ["mine.yaml", "tables/words.yaml", "forms/2040.yaml"])
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_pack_with_what_is_no_file_is_refused(tmp_path: Path, name: str, kind: str) -> None:
    place = tmp_path / "pack" / name
    place.parent.mkdir(parents=True)
    (tmp_path / "pack" / "other.yaml").write_text(_RULE, encoding="utf-8")
    os.mkfifo(place) if kind == "pipe" else place.symlink_to("/dev/zero")
    refused(check(tmp_path, "--rules", "pack"), name, "是设备或管道")


@posix
def test_a_manifest_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "other.yaml").write_text(_RULE, encoding="utf-8")
    (tmp_path / "pack" / "pack.yaml").write_bytes(b"#" * (5 * 2**20))
    refused(check(tmp_path, "--rules", "pack"), "pack.yaml", "超过 4 MB")


def test_a_pack_of_files_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(_RULE, encoding="utf-8")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "other.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert check(tmp_path, "--rules", "pack").returncode == 0


_RULE = """
id: local.other
title: {zh: 甲, en: a}
severity: note
basis: [{kind: logic}]
check: observed
with: {codes: [picture]}
message: {zh: 甲, en: a}
advice: {zh: 乙, en: b}
why: {zh: 丙, en: c}
examples:
  pass: [{base: sound-2021}]
  fail: [{noticed: {code: picture}}]
"""


@posix
@pytest.mark.parametrize("count", ["1" + "0" * 400, "10001", "-1", "0", "true", "1.5"])
def test_an_entry_that_hides_everything_is_refused(tmp_path: Path, count: str) -> None:
    entry = f'{{"id": "a", "rule": "totals.balance", "count": {count}}}'
    (tmp_path / "b.json").write_text(f'{{"version": 1, "fingerprint": "{_print()}", "findings": [{entry}]}}', encoding="utf-8")
    refused(check(tmp_path, "--baseline", "b.json"), "b.json", "已损坏")


def _print() -> str:
    from validator.engine.fingerprint import NAME

    return NAME


def test_what_may_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_regular(tmp_path / "file", 5) == b"12345"
    for place, most in ((tmp_path / "file", 4), (tmp_path, 4)):
        with pytest.raises(OSError):
            read_regular(place, most)
    with pytest.raises(UnfitFileError):
        read_regular(tmp_path / "file", 4)


# ------------------------------------------------------------------------------------------------ the cache


def _cached(folder: Path) -> list[Path]:
    return sorted((folder / "cache" / "nianbao").iterdir())


@posix
@pytest.mark.parametrize("spoil", ["{}", "[]", '["", {}]', "null", "{"])
def test_a_cache_of_another_shape_is_no_cache(tmp_path: Path, spoil: str) -> None:
    first = check(tmp_path, cache=True)
    kept = [path for path in _cached(tmp_path) if path.suffix == ".json"]
    assert first.returncode == 0 and len(kept) > 3
    before = {path: path.read_bytes() for path in kept}
    for path in kept:
        path.write_text(spoil, encoding="utf-8")
    again = check(tmp_path, cache=True)
    assert (again.returncode, again.stdout, again.stderr) == (first.returncode, first.stdout, first.stderr)
    assert [path for path in kept if path.read_bytes() != before[path] and "kept-" not in path.name] == []  # written anew


@posix
def test_the_cache_is_the_users_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "nianbao"
    folder.mkdir(parents=True, mode=0o755)
    check(tmp_path, str(REPORT.with_name("sound-2019.txt")), cache=True)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.suffix for path in _cached(tmp_path)} >= {".json", ".sqlite"}
    assert {path.stat().st_mode & 0o777 for path in _cached(tmp_path)} == {0o600}


@posix
def test_without_a_cache_nothing_is_kept(tmp_path: Path) -> None:
    check(tmp_path, str(REPORT.with_name("sound-2019.txt")))
    assert not (tmp_path / "cache").exists()


@posix
@pytest.mark.parametrize("spoil", ["text", "tables", "pipe", "link"])
def test_a_file_of_results_that_is_none_is_written_anew(tmp_path: Path, spoil: str) -> None:
    import sqlite3

    two = str(REPORT.with_name("sound-2019.txt"))
    first = check(tmp_path, two, cache=True)
    place = next(path for path in _cached(tmp_path) if path.suffix == ".sqlite")
    place.unlink()
    if spoil == "text":
        place.write_bytes(b"x" * 5000)
    elif spoil == "pipe":
        os.mkfifo(place)
    elif spoil == "link":
        place.symlink_to(tmp_path / "foreign")
    else:
        with sqlite3.connect(place) as base:
            base.execute("CREATE TABLE results (name TEXT)")
        base.close()
    again = check(tmp_path, two, cache=True)
    assert (again.returncode, again.stdout, again.stderr) == (first.returncode, first.stdout, first.stderr)
    with sqlite3.connect(place) as base:
        assert base.execute("SELECT count(*) FROM results WHERE data IS NOT NULL").fetchone()[0] >= 2
    base.close()
    assert not (tmp_path / "foreign").exists()


def test_what_was_saved_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_folder, "folder", lambda: tmp_path / "kept")
    cache_folder.save("a", {"甲": [1, None, "\ud800"]})
    assert cache_folder.load("a") == {"甲": [1, None, "\ud800"]}
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_text(json.dumps({"甲": [1]}), encoding="utf-8")
    assert cache_folder.load("a") is None

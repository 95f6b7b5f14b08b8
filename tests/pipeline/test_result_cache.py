"""Results of earlier runs: the same bytes without the work, never those of another file, rule or order, whatever lies in the cache."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.pipeline.running import county, done, started
from tests.support import PATIENCE
from validator.cli import main as cli
from validator.pipeline import result_cache, worker
from validator.pipeline import run as pipeline_run


class County:
    """A county's folder, the command in it, and how many files each run had to read."""

    def __init__(self, folder: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths, self.cache, self._capsys, self.read = county(folder, 3), cache, capsys, 0
        monkeypatch.chdir(folder)
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            monkeypatch.setenv(name, str(cache))
        ask = pipeline_run.check_one_file

        def counted(*given: object) -> pipeline_run.FileOutcome:
            self.read += 1
            return ask(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(worker, "check_one_file", counted)

    def run(self, *flags: str) -> tuple[int, str, str, int]:
        """Status, output, errors, files read."""
        self.read = 0
        status = cli.main(["check", "--format", "json", "--jobs", "1", *flags])
        out, error = self._capsys.readouterr()
        return status, out, error, self.read

    @property
    def file(self) -> Path:
        return next(self.cache.rglob("results-*"))


@pytest.fixture
def here(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> County:
    return County(tmp_path / "county", tmp_path / "cache", capsys, monkeypatch)


def test_a_second_run_says_the_same_and_reads_nothing(here: County) -> None:
    text = here.paths[0].read_text(encoding="utf-8")
    here.paths[0].write_text(text.replace("0", "7", 4), encoding="utf-8")
    for shape in ("json", "text"):
        first, second = here.run("--format", shape), here.run("--format", shape)
        assert second[:3] == first[:3] and second[3] == 0
        assert here.run("--no-cache", "--format", shape)[:3] == first[:3]


def test_what_changed_is_read_again(here: County) -> None:
    assert here.run()[3] == len(here.paths)
    here.paths[2].write_bytes(here.paths[2].read_bytes() + "\n附注。\n".encode())
    assert here.run()[3] == 1
    moved = here.paths[3].with_name("另一个名字.txt")
    here.paths[3].rename(moved)
    status, out, _, read = here.run()
    assert read == 1 and f"{moved.parent.name}/{moved.name}" in out and f"{moved.parent.name}/{here.paths[3].name}" not in out


@pytest.mark.parametrize(
    "flags",
    [("--ignore", "contact"), ("--select", "totals"), ("--form", "2019"), ("--rules", "own"), ("--config", "other.yaml")],
    ids=lambda flags: flags[0],
)
def test_another_order_is_another_result(here: County, flags: tuple[str, str]) -> None:
    Path("other.yaml").write_text(
        Path("nianbao.yaml").read_text(encoding="utf-8").replace("kind: township", "kind: institution"), encoding="utf-8"
    )
    own = Path("own")
    own.mkdir()
    rule = Path(pipeline_run.__file__).parents[2] / "rules" / "wording"
    copied = next(rule.glob("*.yaml")).read_text(encoding="utf-8")
    name = copied.split("id: ", 1)[1].split("\n", 1)[0]
    (own / "own-copy.yaml").write_text(copied.replace(name, "wording.own-copy", 1), encoding="utf-8")
    here.run()
    asked = here.run(*flags)
    assert asked[3] == len(here.paths), asked
    assert here.run(*flags)[:3] == asked[:3] == here.run("--no-cache", *flags)[:3]


def test_another_program_is_another_result(here: County, monkeypatch: pytest.MonkeyPatch) -> None:
    here.run()
    monkeypatch.setattr(result_cache, "program", lambda: "another")
    assert here.run()[3] == len(here.paths)


def test_no_cache_neither_asks_nor_fills_it(here: County) -> None:
    here.run("--no-cache")
    assert not list(here.cache.rglob("results-*"))
    here.run()
    assert here.run("--no-cache")[3] == len(here.paths)


def test_what_could_not_be_read_is_tried_again(here: County) -> None:
    Path("reports/broken.pdf").write_bytes(b"%PDF-1.4 garbage")
    Path("nianbao.yaml").write_text(Path("nianbao.yaml").read_text(encoding="utf-8").replace("*.txt", "*"), encoding="utf-8")
    assert here.run()[3] == len(here.paths) + 1
    assert here.run()[3] == 1


def spoil_wholly(file: Path) -> None:
    file.write_bytes(b"garbage" * 1000)


def spoil_end(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def spoil_middle(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[5000:] = bytes(byte ^ 0x5A for byte in data[5000:])
    file.write_bytes(data)


def spoil_values(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE results SET data = substr(data, 1, 30) || x'00' || substr(data, 32)")
    base.close()


def swap_values(file: Path) -> None:
    with sqlite3.connect(file) as base:
        held = base.execute("SELECT key, data FROM results").fetchall()
        base.executemany("UPDATE results SET data = ? WHERE key = ?", [(held[at - 1][1], key) for at, (key, _) in enumerate(held)])
    base.close()


def other_values(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE results SET data = 5, day = 'x'")
    base.close()


def other_table(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("DROP TABLE results")
        base.execute("CREATE TABLE results (name TEXT)")
    base.close()


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILING = [spoil_wholly, spoil_end, spoil_middle, spoil_values, swap_values, other_values, other_table, make_folder]


@pytest.mark.parametrize("spoil", SPOILING, ids=[each.__name__ for each in SPOILING])
def test_garbage_in_it_changes_nothing(here: County, spoil) -> None:  # type: ignore[no-untyped-def]
    right = here.run()[:3]
    spoil(here.file)
    assert here.run()[:3] == right
    assert here.run()[:3] == right


def test_garbage_is_replaced(here: County) -> None:
    here.run()
    spoil_wholly(here.file)
    assert here.run()[3] == len(here.paths)
    assert here.run()[3] == 0


def test_a_folder_that_cannot_be_written_changes_nothing(here: County) -> None:
    right = here.run("--no-cache")[:3]
    here.cache.mkdir(exist_ok=True)
    for path in (here.cache, *here.cache.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    assert here.run()[:3] == right
    here.cache.chmod(0o700)


def test_a_file_that_can_only_be_read_is_read(here: County, monkeypatch: pytest.MonkeyPatch) -> None:
    here.run()
    here.paths[0].write_bytes(here.paths[0].read_bytes() + b"\n")
    right = here.run("--no-cache")[:3]
    monkeypatch.setattr(result_cache, "_connect", lambda path: sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None))
    assert here.run() == (*right, 1)
    assert here.run() == (*right, 1)  # nothing was written


def test_no_folder_at_all_changes_nothing(here: County, monkeypatch: pytest.MonkeyPatch) -> None:
    right = here.run("--no-cache")[:3]
    Path("file").write_text("")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(Path("file").resolve() / "cache"))
    assert here.run()[:3] == right


def test_another_run_that_writes_all_the_time_is_not_waited_for_long(here: County, monkeypatch: pytest.MonkeyPatch) -> None:
    right = here.run()[:3]
    here.paths[0].write_bytes(here.paths[0].read_bytes() + b"\n")
    monkeypatch.setattr(result_cache, "_WAIT", 0.1)
    busy = sqlite3.connect(here.file, isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")
    assert here.run()[0] == right[0]
    busy.execute("COMMIT")
    busy.close()
    assert here.run()[3] == 1


def test_it_is_bounded(here: County, monkeypatch: pytest.MonkeyPatch) -> None:
    here.run()
    size = here.file.stat().st_size
    monkeypatch.setattr(result_cache, "LIMIT", 2 * size)
    for number in range(8):
        for path in here.paths:
            path.write_bytes(path.read_bytes() + f"\n附注{number}。".encode())
        here.run()
    assert here.file.stat().st_size < 4 * size
    assert here.run()[3] < len(here.paths)  # the newest are still there


def test_two_runs_share_it(tmp_path: Path) -> None:
    county(tmp_path, 8)
    cache = tmp_path / "cache"
    right = done(tmp_path, "--no-cache", cache=cache)
    both = [started(tmp_path, "--jobs", "1", cache=cache) for _ in range(2)]
    for process in both:
        out, error = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, error) == right
    assert done(tmp_path, cache=cache) == right

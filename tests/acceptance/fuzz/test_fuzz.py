"""All inputs that ever broke something, a short run of hypothesis over every target, and the fuzzer itself on targets made to break."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.acceptance.fuzz import targets
from tests.acceptance.fuzz.mutation import mutated
from tests.acceptance.fuzz.run import Finder
from tests.acceptance.fuzz.targets import TARGETS, Target, TooSlowError, mutants
from tests.support import PATIENCE, ROOT, surroundings

#: Inputs of targets that take long for one.
FEW = {"whole": 12, "report": 20, "pdf": 25, "packed": 30, "config": 40}
MANY = 60


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_kept_breaks_nothing(name: str) -> None:
    kept = TARGETS[name].kept()
    assert kept
    for path in kept:
        TARGETS[name].run(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run(name: str) -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as made

    target = TARGETS[name]
    words = made.lists(made.sampled_from(target.tokens), max_size=30).map(b"".join)
    changed = made.builds(lambda data, seed: target.changed(data, Random(seed)), made.sampled_from(target.seeds()), made.integers(0, 2**32))

    @settings(max_examples=FEW.get(name, MANY), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(made.one_of(made.binary(max_size=200), words, changed))
    def holds(data: bytes) -> None:
        target.run(data)

    holds()


@pytest.mark.parametrize(("name", "count"), [("html", 40), ("pdf", 12), ("docx", 40)])
def test_changed_files_real_ones_too_where_they_are(name: str, count: int) -> None:
    for data in mutants(name, count, seed=0):
        TARGETS[name].run(data)


def _breaking(data: bytes) -> None:
    assert b"x" not in data
    _endless(data)


def _endless(data: bytes) -> None:
    while b"y" in data:
        pass


def _target(name: str = "made") -> Target:
    return Target(name=name, check=_breaking, seeds=lambda: [b"sound"], tokens=(b"x",), mutate=mutated)


def test_what_breaks_is_made_small_and_kept_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finder = Finder(_target(), tmp_path)
    for data in (b"a long input with an x in it", b"another x", b"sound"):
        finder(data)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"x"]
    assert capsys.readouterr().err.count("FOUND made: AssertionError at test_fuzz.py") == 1


@pytest.mark.skipif(not hasattr(__import__("signal"), "setitimer"), reason="the system has no clock of processor time")
def test_what_takes_too_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "SECONDS", 0.05)
    with pytest.raises(TooSlowError):
        _target().run(b"y")


def test_every_target_is_run_and_its_figures_are_told(tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "tests/acceptance/fuzz/run.py", "formula", "values", "--minutes", "0.1", "--inputs", "300"]
    done = subprocess.run(
        [*map(str, command), "--keep", str(tmp_path)],
        cwd=tmp_path,
        env=surroundings(),
        capture_output=True,
        timeout=PATIENCE,
        encoding="utf-8",
    )
    first, head, *rows = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "atheris" in first and head.split()[:3] == ["target", "inputs", "seconds"] and head.split()[4:] == ["features", "found"]
    assert [(row.split()[0], row.split()[1], row.split()[-1]) for row in rows] == [("formula", "300", "0"), ("values", "300", "0")]

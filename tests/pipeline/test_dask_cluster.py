"""A Dask cluster of two workers with processes of their own: the same bytes as here, a worker killed in the middle included."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pipeline.running import county
from tests.support import PATIENCE
from validator.cli import main as cli
from validator.pipeline import dask_cluster

if TYPE_CHECKING:
    import distributed

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(os.name == "nt", reason="signals of POSIX"),
    pytest.mark.skipif(find_spec("distributed") is None, reason="nianbao[dask] is not installed"),
]


@pytest.fixture(scope="module")
def workers() -> Iterator[distributed.LocalCluster]:
    """Two workers of one thread each."""
    import distributed

    with distributed.LocalCluster(
        n_workers=2, processes=True, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
    ) as made:
        yield made


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(dask_cluster, "_SECONDS_TO_ANSWER", PATIENCE)  # of the program's, for which the machine may be too busy
    paths = county(tmp_path, 15)
    text = paths[1].read_text(encoding="utf-8")
    paths[1].write_text(text.replace("0", "7", 4), encoding="utf-8")
    paths[2].write_bytes(b"%PDF-1.4 garbage")
    monkeypatch.chdir(tmp_path)
    return paths


def run(capsys: pytest.CaptureFixture[str], *flags: str) -> tuple[int, str, str]:
    status = cli.main(["check", "--format", "json", "--no-cache", *flags])
    return status, *capsys.readouterr()


def test_the_bytes_are_those_of_one_process_though_a_worker_is_killed(workers, here, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    right = run(capsys, "--jobs", "1")
    assert right[0] == 2 and right[2] == ""
    assert run(capsys, "--scheduler", workers.scheduler_address) == right
    victim = next(iter(workers.workers.values())).pid
    killed: list[int] = []
    results = dask_cluster.DaskExecutor.results

    def kill_once(self: dask_cluster.DaskExecutor, future: object) -> object:
        answer = results(self, future)
        if not killed:  # the first batch is done, the others are under way or waiting
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)
        return answer

    monkeypatch.setattr(dask_cluster.DaskExecutor, "results", kill_once)
    assert run(capsys, "--scheduler", workers.scheduler_address) == right
    assert killed


def test_other_rules_on_the_workers_are_refused(workers, here, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(dask_cluster, "program", lambda: "another")
    status, out, error = run(capsys, "--scheduler", workers.scheduler_address)
    assert (status, out) == (2, "") and "相同的版本" in error and error.count("\n") == 1


@pytest.mark.parametrize(("address", "words"), [("tcp://127.0.0.1:1", "连不上"), ("nonsense://x", "连不上"), (" ", "地址是空的")])
def test_a_scheduler_that_is_not_there(address: str, words: str, here, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(dask_cluster, "_SECONDS_TO_ANSWER", 1)
    status, out, error = run(capsys, "--scheduler", address)
    assert (status, out) == (2, "") and words in error and error.count("\n") == 1


def test_a_cluster_without_workers(here, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import distributed

    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs="CRITICAL") as empty:
        for seconds in (1, 8, 64):  # until the machine has let the scheduler answer in time
            monkeypatch.setattr(dask_cluster, "_SECONDS_TO_ANSWER", seconds)
            status, out, error = run(capsys, "--scheduler", empty.scheduler_address)
            if "连不上" not in error:
                break
    assert (status, out) == (2, "") and "dask worker" in error


def test_without_dask_the_error_says_how_to_get_it(here, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(sys.modules, "distributed", None)
    status, out, error = run(capsys, "--scheduler", "tcp://127.0.0.1:8786")
    assert (status, out) == (2, "") and "pip install 'nianbao[dask]'" in error
    assert "pip install 'nianbao[dask]'" in run(capsys, "--lang", "en", "--scheduler", "tcp://127.0.0.1:8786")[2]

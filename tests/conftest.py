"""Fixtures of all tests: the built-in rules, the command in a child, a sound report."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests import support
from validator.model import Book


def pytest_configure(config: pytest.Config) -> None:
    """A cache folder of this run's own, shared by its workers: what another version of the program kept for the user is not tested here."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tempfile.mkdtemp(prefix="nianbao-tests-")
        os.environ["XDG_CACHE_HOME"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, Any, Any]:
    """Every syntax tree and test that collecting makes is needed until the end: a third of its time went into looking for garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def book() -> Book:
    """The built-in rules."""
    return support.book()


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., support.Ran]:
    """Runs the command in a child that stands in `tmp_path` unless told otherwise: exit status, standard output, standard error."""

    def command(*words: str | Path, cwd: Path = tmp_path, **more: Any) -> support.Ran:
        return support.run_command(*words, cwd=cwd, **more)

    return command


@pytest.fixture(scope="session")
def report() -> Callable[..., str]:
    """Makes the text of a sound report: `report()`, or with pairs of what is to be replaced by what; `base` names the file."""

    def text(*changes: tuple[str, str], base: str = "sound-2021") -> str:
        return support.changed(support.base(base), changes)

    return text

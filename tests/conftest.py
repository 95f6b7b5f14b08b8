"""Fixtures of all tests: the built-in rules, the command in a child, a sound report."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests import support
from validator.model import Book


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

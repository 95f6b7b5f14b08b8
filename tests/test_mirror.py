"""A test stands where its code stands: what a file here is called says which module of the program it tests."""

from __future__ import annotations

import pytest

from tests.support import ROOT

HERE = ROOT / "tests"
PATHS = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("test_*.py"))
#: Folders that mirror no room: whole files and the ways to use the program, and the rules, which are no Python.
APART = ("acceptance", "rules")
#: Files in a room that test no one module of it, and why.
WHOLE = {
    "county/set/test_set.py": "a county's folder seen as a set, which all of the room's modules make together",
    "reporters/machine/test_machine.py": "SARIF, JUnit, GitHub's commands and GitLab's list of the same runs, held against one another",
    "test_imports.py": "which room may import which: all of validator/",
    "test_law_in_python.py": "what Chinese stands in the program: all of validator/",
    "test_mirror.py": "this one",
    "test_names.py": "how long files and functions are and that a class name stands once: all of validator/",
    "test_types.py": "what the type checker is told to leave out: all of validator/",
}


def apart(path: str) -> bool:
    return path.split("/")[0] in APART


def misplaced(path: str) -> str:
    """What is wrong with where a file stands; nothing where its room has the module that it names."""
    folder, _, name = path.rpartition("/")
    if not (ROOT / "validator" / folder).is_dir():
        return f"validator/ has no room {folder}/"
    module = ROOT / "validator" / folder / name.removeprefix("test_")
    return "" if module.is_file() or path in WHOLE else f"there is no {module.relative_to(ROOT).as_posix()} to be tested"


def test_there_is_something_to_look_at() -> None:
    assert len(PATHS) > 80 and {path.split("/")[0] for path in PATHS if apart(path)} == set(APART)


@pytest.mark.parametrize("path", [path for path in PATHS if not apart(path)])
def test_every_file_names_a_module_of_its_room(path: str) -> None:
    assert misplaced(path) == ""


def test_what_is_misplaced_is_seen() -> None:
    assert misplaced("nowhere/test_run.py") == "validator/ has no room nowhere/"
    assert misplaced("engine/test_road.py") == "there is no validator/engine/road.py to be tested"


def test_the_exceptions_are_there_and_needed() -> None:
    for path in WHOLE:
        assert path in PATHS and not (ROOT / "validator" / path.replace("test_", "")).is_file(), path

"""Every case of the task's folders is held by a test here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from .test_kinds import CASES, FOLDERS, HERE, kinds

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases of the task are not here")
_NAME = re.compile(rf"(?:{'|'.join(FOLDERS)})/\d+")
#: Cases whose own page expects what the tests here do not hold, and why.
HELD_OTHERWISE = {
    "reports/22": "the parts printed add up to the total of 160, not to the page's 162: nothing is wrong",
}

#: Cases whose rule is still being written.
AWAITED: set[str] = set()


def _shared() -> set[str]:
    """`reports/01` … of each input that came with the task."""
    inputs = [path for folder in FOLDERS for path in (CASES / folder).iterdir() if path.suffix != ".md" or path.name.endswith(".input.md")]
    found = {f"{path.parent.name}/{match[0]}" for path in inputs if (match := re.match(r"\d+", path.name))}
    assert len(found) == len(inputs), "each input begins with its number"
    return found


def _strings(path: Path) -> set[str]:
    """The cases that a module names in its texts; those in comments and docstrings hold nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {match[0] for text in texts if (match := _NAME.match(text))}


def test_a_test_holds_each_case() -> None:
    held = set().union(*(_strings(path) for path in HERE.glob("test_*.py") if path != Path(__file__)))
    assert _shared() - held == set()
    assert set(HELD_OTHERWISE) <= held


def test_the_kinds_are_those_of_cases() -> None:
    assert {name for kind in kinds() for name in kind["of"]} - _shared() == set()

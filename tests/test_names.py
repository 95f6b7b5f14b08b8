"""Names and sizes in the program: a class's name stands once, files and functions can be read at one go."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_MOST_LINES_OF_A_FILE = 400
_MOST_LINES_OF_A_FUNCTION = 40
_FILES = {path.relative_to(_ROOT).as_posix(): path for path in sorted((_ROOT / "validator").rglob("*.py"))}


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(_FILES[name].read_text(encoding="utf-8"), name)


def test_no_class_name_stands_twice() -> None:
    """Public and private: a module's name may repeat where its folder says which it is, a class's never."""
    places: dict[str, list[str]] = defaultdict(list)
    for name in _FILES:
        for node in ast.walk(_tree(name)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{name}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("name", _FILES)
def test_a_file_is_no_longer_than(name: str) -> None:
    assert len(_FILES[name].read_text(encoding="utf-8").splitlines()) <= _MOST_LINES_OF_A_FILE


@pytest.mark.parametrize("name", _FILES)
def test_a_function_is_no_longer_than(name: str) -> None:
    """From its `def` to its last line; decorators do not count."""
    functions = [node for node in ast.walk(_tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lines = {f"{node.name}:{node.lineno}": (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {function: count for function, count in lines.items() if count > _MOST_LINES_OF_A_FUNCTION} == {}

"""Who may import whom, read from the source; and that the tables of checks, readers and reporters are complete."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.checks import CHECKS
from validator.readers import READERS
from validator.reporters import REPORTERS

ROOT = Path(__file__).resolve().parent.parent / "validator"
FILES = sorted(ROOT.rglob("*.py"))
#: Room → the rooms it may import from; a room is a folder of validator/. `messages` needs the standard library alone, `base` messages as
#: well, `model` both.
ARROWS = {
    "messages": "",
    "base": "messages",
    "model": "messages base",
    "text": "messages base model",
    "readers": "messages base model text",
    "parsing": "messages base model text",
    "forms": "messages base model parsing",
    "roster": "messages base model text",
    "similarity": "messages base model text",
    "engine": "messages base model text.numerals text.private_numbers",
    "explain": "messages base model engine",
    "checks": "messages base model text roster similarity engine.locations parsing.formula parsing.statements",
    "rulebook": "messages base model text checks",
    "county": "messages base model roster similarity engine rulebook",
    "pipeline": "messages base model readers parsing forms roster checks.identity.whose rulebook engine explain county.set",
    "examples": "messages base model engine pipeline rulebook county",
    "reporters": "messages base model text.private_numbers text.private_places engine readers.docx readers.zip_limits",
    "library": "messages base model engine.selection rulebook county pipeline reporters.machine.reading",
    "fixing": "messages base model readers reporters.docx",
    "cli": "*",
    "__main__": "cli",
}
#: Libraries that cost start-up time: only inside the function that needs them, or in a module that is itself imported late.
HEAVY = {
    "lark", "yaml", "rich", "lxml", "tinycss2", "cssselect", "docx", "pdfplumber", "pypdfium2", "regex", "email_validator",
    "phonenumbers", "stdnum", "cn2an", "scipy",
    "jsonschema", "charset_normalizer", "openpyxl", "pydantic", "numpy", "pandas",
    "jinja2", "markupsafe", "distributed", "sqlite3",
}  # fmt: skip
#: Modules that name Lark: what hands it tokens, imported with the parser of reports or when a formula is parsed.
LARK = ("parsing/grammars.py", "parsing/report/lexemes.py", "parsing/contact/words.py")
#: Modules that are imported only when their format, program or output is asked for.
LATE = ("readers/", "reporters/", "cli/rule_page.py", "explain/", "parsing/report/parser.py", *LARK)


def _imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module imported, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names if node.module == "validator")


def _room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_the_arrows(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return
    assert room in ARROWS, f"say in tests/test_imports.py what {room} may import"
    allowed = ARROWS[room].split()
    for name, line in _imports(_parse(path)):
        parts = name.split(".")
        if parts[0] != "validator" or len(parts) == 1 or parts[1].startswith("__"):
            continue
        inner = ".".join(parts[1:])
        fine = "*" in allowed or parts[1] == room or any(inner == arrow or inner.startswith(arrow + ".") for arrow in allowed)
        assert fine, f"{path.name}:{line}: {room} may not import {name}"


def test_no_imports_relative_to_the_file() -> None:
    for path in FILES:
        assert not [node for node in ast.walk(_parse(path)) if isinstance(node, ast.ImportFrom) and node.level], path


def test_the_model_needs_the_standard_library_alone() -> None:
    for folder, rooms in (("messages", ("messages",)), ("base", ("base", "messages")), ("model", ("base", "messages", "model"))):
        for path in sorted((ROOT / folder).glob("*.py")):
            outside = [module for module, _ in _imports(_parse(path)) if module.split(".")[0] not in sys.stdlib_module_names]
            assert [module for module in outside if not module.startswith(tuple(f"validator.{room}" for room in rooms))] == [], path


def test_the_top_of_the_package_is_folders() -> None:
    assert {path.name for path in ROOT.iterdir() if path.is_file()} == {
        "__init__.py",
        "__main__.py",
        "library.py",
        "py.typed",
        "result.schema.json",
    }
    assert {path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(ARROWS) - {"__main__", "library"}


def test_no_room_leads_back_to_itself() -> None:
    """The arrows in fact drawn, late imports among them, form no circle."""
    drawn: dict[str, set[str]] = {}
    for path in FILES:
        rooms = {name.split(".")[1] for name, _ in _imports(_parse(path)) if name.startswith("validator.")} & set(ARROWS)
        drawn.setdefault(_room(path), set()).update(rooms - {_room(path)})
    order: list[str] = []
    while left := {room: rooms - set(order) for room, rooms in drawn.items() if room not in order}:
        free = sorted(room for room, rooms in left.items() if not rooms)
        assert free, f"a circle among {sorted(left)}"
        order += free


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    if str(path.relative_to(ROOT).as_posix()).startswith(LATE):
        return
    for node in _parse(path).body:
        for name, line in _imports(node) if isinstance(node, ast.Import | ast.ImportFrom) else ():
            assert name.split(".")[0] not in HEAVY, f"{path.name}:{line}: import {name} inside the function that needs it"


def _classes_of_checks() -> set[str]:
    """Classes of checks/ that have a method `run`: the kinds of check."""
    found = set()
    for path in sorted((ROOT / "checks").rglob("*.py")):
        for node in _parse(path).body:
            if isinstance(node, ast.ClassDef) and any(isinstance(item, ast.FunctionDef) and item.name == "run" for item in node.body):
                found.add(f"validator.{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}:{node.name}")
    return found


def test_every_check_is_in_its_table() -> None:
    assert set(CHECKS.values()) == _classes_of_checks()


@pytest.mark.parametrize(("folder", "table"), [("readers", READERS), ("reporters", REPORTERS)])
def test_every_reader_and_reporter_is_in_its_table(folder: str, table: dict[str, str]) -> None:
    listed = {str(value).split(":")[0] for value in table.values()}
    name = {"readers": "read", "reporters": "render"}[folder]
    there = {
        f"validator.{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in _parse(path).body
        if isinstance(node, ast.FunctionDef) and node.name == name and path.stem != "__init__"
    }
    assert there and there <= listed, there - listed

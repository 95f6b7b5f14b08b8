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
#: What everybody may import, and what needs the standard library alone.
FLOOR = ("kept", "records")
#: Room → the rooms it may import from beside these; a room is a module or a folder of validator/.
ARROWS = {
    "kept": "",
    "records": "",
    "links": "",
    "model": "",
    "system": "model",
    "text": "",
    "places": "model",
    "units": "model text",
    "readers": "model text",
    "grammar": "model text",
    "forms": "model text grammar",
    "roster": "model text units",
    "checks": "model text units places roster grammar.formula grammar.facts grammar.clauses copying collection.versions",
    "rulebook": "model text checks grammar system",
    "blocking": "model",
    "speaking": "model",
    "engine": "model places blocking speaking",
    "explain": "model places",
    "copying": "model text",
    "reporters": "model places links fingerprint readers.container readers.docx_package readers.docx_text readers.docx_trace",
    "road": "model readers grammar forms units engine explain checks.period",
    "walk": "model readers",
    "config": "model rulebook",
    "packing": "model",
    "work": "model walk engine road collection rulebook crew.together",
    "crew": "model walk work packing rulebook",
    "fixing": "model readers reporters.docx_parts reporters.docx_source",
    "collection": "model text blocking engine speaking units roster copying",
    "accepting": "model config fingerprint walk roster engine places",
    "fingerprint": "model",
    "changes": "model walk work",
    "examples": "model engine road rulebook collection accepting",
    "rule_page": "model places examples rulebook reporters",
    "settings": "model reporters rulebook engine",
    "streams": "model settings system",
    "arguments": "model settings reporters",
    "commands": "*",
    "cli": "*",
    "__main__": "cli",
}
#: Libraries that cost start-up time: only inside the function that needs them, or in a module that is itself imported late.
HEAVY = {
    "lark", "yaml", "rich", "lxml", "docx", "pdfplumber", "pypdfium2", "regex", "email_validator",
    "phonenumbers", "stdnum", "cn2an", "scipy",
    "jsonschema", "charset_normalizer", "openpyxl", "pydantic", "numpy", "pandas",
    "jinja2", "markupsafe", "distributed", "sqlite3",
}  # fmt: skip
#: Modules that are imported only when their format, program or output is asked for.
LATE = ("readers/", "reporters/", "rule_page.py", "explain/", "grammar/report.py")


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
    allowed = [*FLOOR, *ARROWS[room].split()]
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
    for name in ("kept.py", "records.py", "model.py", "text.py"):
        outside = [module for module, _ in _imports(_parse(ROOT / name)) if module.split(".")[0] not in sys.stdlib_module_names]
        assert [module for module in outside if not module.startswith(("regex", *(f"validator.{room}" for room in FLOOR)))] == []


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
    for path in sorted((ROOT / "checks").glob("*.py")):
        for node in _parse(path).body:
            if isinstance(node, ast.ClassDef) and any(isinstance(item, ast.FunctionDef) and item.name == "run" for item in node.body):
                found.add(f"validator.checks.{path.stem}:{node.name}")
    return found


def test_every_check_is_in_its_table() -> None:
    assert set(CHECKS.values()) == _classes_of_checks()


@pytest.mark.parametrize(("folder", "table"), [("readers", READERS), ("reporters", REPORTERS)])
def test_every_reader_and_reporter_is_in_its_table(folder: str, table: dict[str, str]) -> None:
    listed = {str(value).split(":")[0].rsplit(".", 1)[-1] for value in table.values()}
    name = {"readers": "read", "reporters": "render"}[folder]
    there = {
        path.stem
        for path in sorted((ROOT / folder).glob("*.py"))
        for node in _parse(path).body
        if isinstance(node, ast.FunctionDef) and node.name == name and path.stem != "__init__"
    }
    assert there <= listed, there - listed

"""Every regular expression that text of a report may meet: those written in the program, those it makes of tables, those of the rules.

What is written in the program is read from its source, so that nothing need be run for it to be found. What it makes of tables is what
`expression()` was asked for, once reports of every kind were checked.
"""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import importlib
import inspect
import io
import json
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support import PATIENCE, ROOT
from validator.base.patterns import TablePattern
from validator.base.pumping import all_found
from validator.base.records import record

#: Ways to ask an expression at one place of the text alone. Where none but these are used, a search need not be fast.
_ANCHORED = frozenset({"match", "fullmatch"})
_MAKERS = frozenset({"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
PROGRAM = ROOT / "validator"


@record
class Registered:
    """An expression, where it stands, and how it is asked."""

    source: str | bytes
    flags: int
    place: str
    asked: frozenset[str] = frozenset({"finditer"})

    def runs(self) -> list[Callable[[str], object]]:
        """A function for each way of asking it; of bytes, the text is encoded first."""
        pattern = re.compile(self.source, self.flags)
        anchored = self.asked & _ANCHORED if self.asked <= _ANCHORED else set[str]()
        runs: list[Callable[..., object]] = [getattr(pattern, way) for way in sorted(anchored)] or [all_found(pattern)]
        if isinstance(self.source, str):
            return runs
        return [lambda text, run=run: run(text.encode("latin-1", "replace")) for run in runs]  # type: ignore[misc]

    @property
    def text(self) -> str:
        """The source as text."""
        return self.source if isinstance(self.source, str) else self.source.decode("latin-1")


def of_file(path: Path) -> Iterator[Registered]:
    """The expressions written in a module. AssertionError for one that neither stands there nor goes through `expression`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        maker = _maker(node)
        if maker is None:
            continue
        assert isinstance(node, ast.Call)
        first = node.args[0]
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str | bytes)):
            known = maker == "expression" or path.relative_to(PROGRAM).as_posix() in _ELSEWHERE
            assert known, f"{path.relative_to(ROOT)}:{node.lineno}: made at run time: ask expression() for it"
            if not (name := _named(node, parents)) or maker != "expression":
                continue
            pattern = getattr(_module(path), name)  # made of pieces, once and for all
            source, flags = pattern.pattern, pattern.flags & ~re.UNICODE
        else:
            source, flags = first.value, _flags(node)
        yield Registered(
            source=source,
            flags=flags,
            place=f"{path.relative_to(ROOT).as_posix()}:{node.lineno}",
            asked=_asked(node, maker, parents, tree),
        )


def of_program() -> list[Registered]:
    """The expressions written in the program."""
    return [found for path in sorted(PROGRAM.rglob("*.py")) if path.parts[len(ROOT.parts) + 1] != "_rules" for found in of_file(path)]


#: Expressions that no text of a report meets: the command's own messages, its surroundings, names of files.
_ELSEWHERE = (
    "cli/arguments.py",
    "cli/output_stream.py",
    "base/regex_cache.py",
    "base/path_patterns.py",
    "rulebook/regex_bounds.py",
)


def made() -> list[Registered]:
    """What the program makes of tables and names: all that it has asked for after checking reports of every kind and layout.

    Asked in a process of its own: what other tests made, evil expressions of a county among it, is not what the program makes.
    """
    asked = subprocess.run(
        [sys.executable, "-c", "from tests.rules.registered import asked; asked()"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    written = {(found.source, found.flags) for found in of_program()}
    ways = of_units()
    return [
        Registered(source=source, flags=flags, place="made of tables", asked=ways.get(source, frozenset({"finditer"})))
        for source, flags in json.loads(asked.stdout)
        if (source, flags) not in written
    ]


def asked() -> None:
    """Check reports of every kind and layout, and print what was asked for, as JSON."""
    import validator
    from validator.base import regex_cache
    from validator.cli.main import main

    for module in pkgutil.walk_packages(validator.__path__, "validator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    examples = [str(path) for path in sorted((ROOT / "examples" / "reports").iterdir()) if path.suffix in (".txt", ".md")]
    for paths in (examples, [str(ROOT / "examples" / "county" / "reports")]):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            status = main(["check", *paths, "--no-cache", "--jobs", "1", "--format", "json", "--output", f"{folder}/result.json"])
        assert status < 2, paths
    print(json.dumps(list(regex_cache.asked)))


def of_rules() -> list[Registered]:
    """The expressions of rules, forms and tables of the built-in book."""
    from tests.rules.test_patterns import patterns

    alone = {**of_units(), **dict(_options())}
    return [
        Registered(source=source, flags=0, place=place, asked=alone.get(source, frozenset({"finditer"})))
        for source, place in patterns().items()
    ]


def _options() -> Iterator[tuple[str, frozenset[str]]]:
    """The expressions that are an option of a check by itself, and how its module asks that option."""
    from tests.rules.test_patterns import KINDS
    from validator.rulebook import draft_book
    from validator.text.characters import Pattern

    for rule in (rule for kind in (None, *KINDS) for rule in draft_book(examples=False, kind=kind)[0].rules):
        tree = ast.parse(Path(inspect.getfile(type(rule.check))).read_text(encoding="utf-8"))
        parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
        for field in dataclasses.fields(rule.check):
            if isinstance(value := getattr(rule.check, field.name), Pattern):
                uses = [parents[node] for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == field.name]
                asked = {use.attr if isinstance(use, ast.Attribute) else "finditer" for use in uses if not isinstance(use, ast.Compare)}
                yield value.source, frozenset(asked) or frozenset({"finditer"})


def of_units() -> dict[str, frozenset[str]]:
    """How roster/units.py asks each expression of the table `units`: most at the beginning of a name or for the whole of it."""
    from validator.rulebook import load_book

    units = load_book().tables.units
    records = {"table": (units,), "ending": units.endings, "level": units.levels}  # by the names that the module gives them
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse((PROGRAM / "roster" / "units.py").read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and isinstance(node.value.value, ast.Name)):
            continue
        for held in records.get(node.value.value.id, ()):
            if isinstance(pattern := getattr(held, node.value.attr), TablePattern):
                found.setdefault(pattern.source, set()).add(node.attr)
    assert {"fullmatch", "match"} <= set.union(*found.values()), "the module asks its expressions otherwise"
    return {source: frozenset(asked) for source, asked in found.items()}


def _maker(node: ast.AST) -> str | None:
    """What makes or asks an expression: `expression`, or a function of re."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    called = node.func
    if isinstance(called, ast.Name) and called.id == "expression":
        return "expression"
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in _MAKERS:
        return called.attr
    return None


def _named(node: ast.Call, parents: dict[ast.AST, ast.AST]) -> str | None:
    """The name that a module gives to the expression; None where it is made within a function."""
    above = parents[node]
    if isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name) and isinstance(parents[above], ast.Module):
        return above.targets[0].id
    return None


def _module(path: Path) -> object:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def _flags(node: ast.Call) -> int:
    names = {
        item.attr
        for arg in (*node.args[1:], *(word.value for word in node.keywords))
        for item in ast.walk(arg)
        if isinstance(item, ast.Attribute)
    }
    return sum(int(getattr(re, name)) for name in names if name in ("IGNORECASE", "ASCII", "MULTILINE", "DOTALL", "VERBOSE"))


def _asked(node: ast.Call, maker: str, parents: dict[ast.AST, ast.AST], tree: ast.Module) -> frozenset[str]:
    """How the expression made here is asked: at once, or by the name that it is given in this module."""
    if maker not in ("expression", "compile"):
        return frozenset({maker})
    above = parents[node]
    if isinstance(above, ast.Attribute):
        return frozenset({above.attr})
    name = _named(node, parents)
    if name is None:
        return frozenset({"finditer"})
    uses = [parents[item] for item in ast.walk(tree) if isinstance(item, ast.Name) and item.id == name and isinstance(item.ctx, ast.Load)]
    return frozenset(use.attr if isinstance(use, ast.Attribute) else "finditer" for use in uses) or frozenset({"finditer"})

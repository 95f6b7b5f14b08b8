"""Types are checked strictly, and the few places that are left out say why on their line; `mypy` itself is run by .ci/run."""

from __future__ import annotations

import re
import tomllib

from tests.support import ROOT

#: Fewer lines than this may be left out of the check.
MOST = 10
_LEFT_OUT = re.compile(r"#\s*(?:type:\s*ignore|mypy:)")
#: What is left out, of which kind of mistake, and in a few words why.
_REASONED = re.compile(r"# type: ignore\[[a-z-]+\]  # \w+(?:\W+\w+){2,}")


def left_out(text: str) -> list[str]:
    """The lines of a module that mypy is told to leave out, in part or whole."""
    return [line for line in text.splitlines() if _LEFT_OUT.search(line)]


def unreasoned(lines: list[str]) -> list[str]:
    """Those that do not say which kind of mistake is meant and why."""
    return [line for line in lines if not _REASONED.search(line)]


def test_few_lines_are_left_out_and_say_why() -> None:
    modules = sorted((ROOT / "validator").rglob("*.py"))
    lines = [line for module in modules for line in left_out(module.read_text(encoding="utf-8"))]
    assert len(lines) < MOST, "\n".join(lines)
    assert not unreasoned(lines)


def test_what_has_no_reason_is_seen() -> None:
    reasoned = "import inside  # type: ignore[import-not-found]  # a module in C, without a stub"
    bare = ["x = y  # type: ignore", "x = y  # type:ignore[misc]", "x = y  # type: ignore[misc]", "x = y  # type: ignore[misc]  # sorry"]
    whole = "# mypy: ignore-errors"
    assert left_out("\n".join([reasoned, "x = 1", *bare, whole])) == [reasoned, *bare, whole]
    assert unreasoned([reasoned, *bare, whole]) == [*bare, whole]


def test_the_check_is_strict() -> None:
    """No module of the program is left out by the settings either; what others publish without types may be."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    overrides = settings.pop("overrides")
    of_others = settings.pop("untyped_calls_exclude")
    assert settings == {"python_version": "3.11", "platform": "linux", "files": ["validator"], "strict": True}
    assert not any(name.startswith("validator") for name in of_others)
    assert all(set(each) == {"module", "ignore_missing_imports"} and not each["module"].startswith("validator") for each in overrides)

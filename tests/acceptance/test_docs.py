"""What the pages on the project name is there: files and folders in backticks, links, and the modules that comments point to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.support import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md", "rules/README.md")
    for path in ROOT.glob(pattern)
    if path.name != "CHANGELOG.md"  # it tells of what has been, too
)
#: Pages about folders that are not this repository's as well: there only what begins with a folder of this one is looked for.
FOR_USERS = ("docs/ci.md", "docs/reading.md", "rules/README.md")
#: What the other pages name and a user's machine has.
ELSEWHERE = {"nianbao.yaml", ".venv/bin/", ".venv\\Scripts\\", "/"}

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:[\w.<>-]+/)+(?:[\w.<> -]+)?|[\w-]+\.(?:py|ya?ml|md|lark|json|html|css|js|txt|toml)")
_ITEM = re.compile(r"\n(?=\n|- |\| |\d+\. )")
_CODE = ("validator", "tests", "scripts", "benchmarks")
_TOP = (*_CODE, "docs", "examples", "rules", "templates")
_IN_CODE = re.compile(r"(?<![\w/.*\"'{}-])((?:[\w-]+/)*[a-z_]+\.py)(?![\w\"'])")


def named(page: str) -> Iterator[tuple[str, list[str]]]:
    """The paths in a page's backticks, each with those named before it in the same paragraph, item or row."""
    text = _FENCED.sub("", (ROOT / page).read_text(encoding="utf-8"))
    for item in _ITEM.split(text):
        before: list[str] = []
        for span in _SPAN.findall(item):
            for word in [span] if "<" in span else span.split():
                if _PATH.fullmatch(word) and word not in ELSEWHERE:
                    yield word, list(before)
                    before.append(word)


def there(word: str, before: Sequence[str]) -> bool:
    """Whether a path exists: from the root, from validator/, or beside one that was named just before. `<name>` is any name."""
    wanted = re.sub("<[^>]+>", "*", word)
    return any(next(folder.glob(wanted.rstrip("/")), None) is not None for folder in _folders(before))


def _folders(before: Sequence[str]) -> Iterator[Path]:
    yield from (ROOT, ROOT / "validator")
    for path in reversed(before):
        for room in (ROOT, ROOT / "validator"):
            whole = room / path
            if whole.exists():
                yield from (whole, whole.parent) if whole.is_dir() else (whole.parent,)


@pytest.mark.parametrize("page", PAGES)
def test_paths_in_backticks_exist(page: str) -> None:
    paths = list(named(page))
    if page in FOR_USERS:
        paths = [(word, before) for word, before in paths if word.split("/")[0] in _TOP and "/" in word]
    assert [word for word, before in paths if not there(word, before)] == []


def test_paths_are_found_and_missed() -> None:
    assert len(list(named("docs/architecture.md"))) > 80 and len(list(named("CONTRIBUTING.md"))) > 8
    assert there("validator/engine/run.py", ()) and there("engine/run.py", ()) and there("rules/<category>/<name>.yaml", ())
    assert there("requirements.py", ["validator/engine/run.py"]) and there("contact/", ["parsing/report/"])
    assert not there("requirements.py", ()) and not there("validator/engine/road.py", ()) and not there("tests/<any>/road.py", ())


def test_every_promise_of_security_names_its_tests() -> None:
    """And every test of attacks stands beside the promise that it holds."""
    rows = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("\n") if line.startswith("| **")]
    tests = [re.findall(r"`([\w/]+\.py)`", row.rsplit("|", 2)[1]) for row in rows]
    assert len(rows) > 8 and all(tests) and all(there(name, names) for names in tests for name in names)
    attacks = {path.name for path in (ROOT / "tests" / "acceptance" / "attack").glob("test_*.py")}
    assert attacks - {name.split("/")[-1] for names in tests for name in names} == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    assert [target for target in targets if not ((ROOT / page).parent / target).exists()] == []


def test_modules_that_comments_name_exist() -> None:
    modules = ["/" + path.relative_to(ROOT).as_posix() for folder in _CODE for path in (ROOT / folder).rglob("*.py")]
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "validator").rglob("*.py"))
        for name in _IN_CODE.findall(path.read_text(encoding="utf-8"))
        if not any(module.endswith("/" + name) for module in modules)
    ]
    assert missing == []

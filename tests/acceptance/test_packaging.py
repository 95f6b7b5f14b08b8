"""The wheel: built from the source archive, installed into an empty environment, run from another folder."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT
from validator.parsing.grammars import GRAMMARS

BIN = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command away from the checkout, whose modules must not be found by accident."""
    free = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | {"PYTHONUTF8": "1"}
    return subprocess.run([str(word) for word in command], cwd=cwd, env=free, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--outdir", out, ROOT, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of the commands of an environment that holds the wheel and what it asks for, nothing else."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    done = run(home / BIN / "python", "-m", "pip", "install", "-q", wheel, cwd=home)
    assert done.returncode == 0, done.stderr
    return home / BIN


def test_the_wheel_holds_all_rules_and_no_tests(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"validator/_rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in (ROOT / "rules").rglob("*") if path.is_file()}
    suffixes = ("*.py", "*.lark", "*.json", "*.html", "*.css", "*.js", "*.ttf")
    code = {path.relative_to(ROOT).as_posix() for suffix in suffixes for path in (ROOT / "validator").rglob(suffix)}
    assert rules and rules <= held
    assert code <= held
    assert {f"validator/_pages/{path.name}" for path in (ROOT / "docs" / "rules").glob("*.md")} <= held
    assert {f"validator/parsing/{name.removesuffix('.lark')}.saved" for name in GRAMMARS} <= held
    assert not [name for name in held if name.startswith(("tests/", "examples/", "rules/")) or "__pycache__" in name]


def test_the_installed_command_says_what_the_checkout_says(installed, tmp_path):
    report = shutil.copy(next((ROOT / "rules" / "bases").glob("*2021.txt")), tmp_path / "报告 （一）.txt")
    here = run(installed / "nianbao", "check", Path(report).name, "--format", "json", cwd=tmp_path)
    there = subprocess.run(
        [sys.executable, "-m", "validator", "check", "--format", "json", "--stdin-filename", Path(report).name, "-"],
        cwd=ROOT,
        input=Path(report).read_bytes(),
        capture_output=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert here.returncode == there.returncode == 0, here.stderr + there.stderr.decode()
    assert json.loads(here.stdout) == json.loads(there.stdout)
    assert json.loads(here.stdout)["summary"]["files"] == 1


def test_the_installed_parsers_are_loaded_and_need_not_be_built(installed, tmp_path):
    code = "from validator.parsing import grammars; grammars._built = None; print(*map(grammars.grammar, grammars.GRAMMARS), sep='\\n')"
    done = run(installed / "python", "-c", code, cwd=tmp_path)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == len(GRAMMARS), done.stdout + done.stderr


def test_the_installed_rules_pass_their_own_examples(installed, tmp_path):
    done = run(installed / "nianbao", "rules", "test", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_module_is_the_same_command(installed, tmp_path):
    assert (
        run(installed / "python", "-m", "validator", "version", cwd=tmp_path).stdout
        == run(installed / "nianbao", "version", cwd=tmp_path).stdout
    )


def test_the_walk_through_of_rules_readme_as_it_is_printed(installed, tmp_path):
    """Every block in its order, in an empty folder: files are written as shown, commands run, what they print is compared."""
    text = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    walk = text.split("## Three rules, step by step\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", walk, re.MULTILINE | re.DOTALL)
    commands = 0
    for kind, body in blocks:
        if kind == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                name, *words = shlex.split(command)
                done = run(installed / name, *words, cwd=tmp_path)
                assert done.stdout == output, f"{command}\n{done.stdout}{done.stderr}"
                commands += 1
        else:
            head, _, content = body.partition("\n")
            path = tmp_path / head.removeprefix("# ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    assert commands == 5 and len(blocks) == 11
    schema = json.loads((tmp_path / "rules" / "rule.schema.json").read_text(encoding="utf-8"))
    del schema["checksum"]  # by which the file is known as written by nianbao
    assert schema == json.loads((ROOT / "rules" / "rule.schema.json").read_text(encoding="utf-8"))

"""What the documents print is what the program does."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.support import ROOT, run_command
from validator.cli import arguments
from validator.county import config, config_names
from validator.rulebook import Amendments, load_book

READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of a document in that language."""
    return [body for kind, body in _BLOCK.findall((ROOT / name).read_text(encoding="utf-8")) if kind == language]


def samples(name: str) -> list[tuple[str, str]]:
    """Commands and their output: `$ command`, then what it prints."""
    found = []
    for body in blocks(name, "console"):
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def commands(name: str) -> list[str]:
    """The one-line commands at the top."""
    return [line for body in blocks(name, "sh") for line in body.splitlines()]


def nianbao(*words: str) -> str:
    """What the command prints."""
    return run_command(*words, cwd=ROOT, env={"PYTHONUTF8": "1", "NO_COLOR": "1"}).out


@pytest.mark.parametrize("name", READMES)
def test_sample_output_is_real(name):
    assert samples(name)
    for command, output in samples(name):
        program, *words = shlex.split(command)
        assert program == "nianbao"
        assert nianbao(*words) == output


def test_both_readmes_give_the_same_two_commands():
    assert len(commands("README.md")) == 2
    assert commands("README.md") == commands("README.zh-CN.md")


def test_the_first_command_checks_the_examples_and_succeeds(run):
    last = commands("README.md")[0].split(" && ")[-1]
    program, *words = shlex.split(last)
    assert program == ".venv/bin/nianbao"
    done = run(*words, cwd=ROOT, env={"PYTHONUTF8": "1"})
    assert done.status == 0, done.error


def test_ci_runs_the_second_command_as_printed():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == commands("README.md")[1]


def test_every_command_of_the_readme_is_there():
    named = set(re.findall(r"`nianbao (\w+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named == set(arguments._COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_the_settings_of_the_readme_are_sound(name, tmp_path):
    (text,) = [body for body in blocks(name, "yaml") if "waivers:" in body]
    path = tmp_path / "nianbao.yaml"
    path.write_text(text, encoding="utf-8")
    made, raw, log = config.read_config(path)
    book = load_book(())
    config_names.check_names(raw, book, log)
    assert made is not None and log.problems == []
    assert len(made.waivers) == 2 and made.paths and made.baseline and made.options
    assert load_book((), amendments=Amendments(path=made.path, options=made.options)).rules

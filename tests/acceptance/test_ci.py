"""What a county's repository runs at every push: the page on CI as it is printed, the hook, the action, GitLab's template."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT, Ran

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def environment(tmp_path: Path) -> dict[str, str]:
    """With `nianbao` as a command that runs this checkout, on a day when all is due."""
    shim = tmp_path / "bin" / "nianbao"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m validator "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    return environment_of_root() | {"PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.skipif(os.name == "nt", reason="the page is written for a POSIX shell")
def test_the_page_on_ci_is_true(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    county, env, seen = tmp_path / "county", environment(tmp_path), 0
    county.mkdir()
    for kind, body in BLOCKS:
        if kind != "console":
            continue
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            done = subprocess.run(["bash", "-c", command], cwd=county, env=env, capture_output=True, text=True, encoding="utf-8")
            assert done.stdout == output, f"{command}\n{done.stdout}{done.stderr}"
            seen += 1
    assert seen >= 6


def check_schema(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_the_action_fits_githubs_schema() -> None:
    done = check_schema("--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_actions_options_are_those_of_the_command(run: Callable[..., Ran]) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    runs = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    flags = set(re.findall(r"(--[a-z-]+)", " ".join(step for step in runs if "nianbao check" in step)))
    told = run("check", "--help").out
    assert flags and all(flag in told for flag in flags)
    assert not [step for step in runs if "${{" in step]  # inputs reach the shell as variables, never as its text


def test_the_workflow_on_the_page_fits_githubs_schema(tmp_path: Path) -> None:
    (workflow,) = [body for kind, body in BLOCKS if kind == "yaml" and "jobs:" in body]
    path = tmp_path / "nianbao.yml"
    path.write_text(workflow, encoding="utf-8")
    done = check_schema("--builtin-schema", "vendor.github-workflows", path)
    assert done.returncode == 0, done.stdout + done.stderr
    used = next(step for step in yaml.safe_load(workflow)["jobs"]["nianbao"]["steps"] if "nianbao@" in step["uses"])
    assert set(used["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"])


def test_the_template_fits_gitlabs_schema() -> None:
    done = check_schema("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", ROOT / "templates" / "gitlab-ci.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_templates_commands_write_what_it_keeps(tmp_path: Path, run: Callable[..., Ran]) -> None:
    job = yaml.safe_load((ROOT / "templates" / "gitlab-ci.yml").read_text(encoding="utf-8"))["nianbao"]
    shutil.copytree(ROOT / "examples" / "county", tmp_path / "county")
    commands = [command.split()[1:] for command in job["script"] if command.startswith("nianbao ")]
    statuses = [run(*words, cwd=tmp_path / "county", env=environment_of_root()).status for words in commands]
    assert statuses == [0, 1]  # the last one decides the job
    assert all((tmp_path / "county" / name).stat().st_size for name in job["artifacts"]["reports"].values())


def environment_of_root() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1746057600"}


def test_the_hooks_fit_pre_commits_schema() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_pre_commit_runs_the_hook(tmp_path: Path) -> None:
    """In a repository of its own: red with the faulty report, green without it."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("pre-commit takes the hook from a git repository")

    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", ".")
    (tmp_path / "reports").mkdir()
    faulty = tmp_path / "reports" / "财政局.docx"
    shutil.copy(ROOT / "examples" / "county" / "reports" / "2024" / "财政局.docx", faulty)
    shutil.copy(ROOT / "examples" / "county" / "reports" / "2024" / "教育局.docx", tmp_path / "reports")
    (tmp_path / "nianbao.yaml").write_text("county: 云岭县\nreports: [reports]\n", encoding="utf-8")
    git("add", ".")
    env = os.environ | {"PRE_COMMIT_HOME": str(tmp_path / "cache"), "PYTHONUTF8": "1"}

    def hook() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "nianbao", "--all-files", "--verbose"]
        return subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8")

    red = hook()
    if "No matching distribution" in red.stdout + red.stderr or "Connection" in red.stdout + red.stderr:
        pytest.skip("pre-commit installs what nianbao needs from the package index, which cannot be reached")
    assert red.returncode == 1 and "totals.results" in red.stdout, red.stdout + red.stderr
    faulty.unlink()
    git("add", ".")
    green = hook()
    assert green.returncode == 0 and "Passed" in green.stdout, green.stdout + green.stderr

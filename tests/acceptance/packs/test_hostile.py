"""A pack that means harm: it opens no file but its own and the rules', starts nothing, and cannot hang a check."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import PATIENCE, ROOT, Ran

RULE = """\
id: local.evil
title: {zh: 甲, en: a}
severity: warning
basis:
  - {kind: county, document: 本县通知}
check: wording
with: {phrases: [{says: '%s'}]}
message: {zh: 有, en: it has}
advice: {zh: 改, en: mend it}
examples:
  pass: [{text: 无}]
  fail: [{text: 无}]
"""
#: Loads and runs a pack with an eye on what the interpreter is asked for. The first round imports what the second uses.
PROGRAM = """
import json, sys
from pathlib import Path
from validator.pipeline.check_file import examine
from validator.rulebook import PackError, load_book

def round_of(folder):
    said = ""
    for examples in (False, True):
        try:
            book = load_book([Path(folder)], examples=examples)
            examine(Path(sys.argv[3]).read_bytes(), "report.txt", book)
            said += "ran "
        except PackError as error:
            said += error.render("en")
    return said

from validator.checks import CHECKS
from validator.rulebook.rules import check_type
from validator.rulebook.decode import fields_of
for name in CHECKS:
    fields_of(check_type(name))  # reads our own annotations, which compiles them
round_of(sys.argv[1])
seen, watching = [], True
def watch(event, arguments):
    if watching and (event in ("open", "exec", "compile", "import", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename")
                     or event.split(".")[0] in ("subprocess", "socket", "ctypes", "shutil", "pty", "ftplib", "urllib", "webbrowser")
                     or event in ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.putenv")):
        seen.append([event, str(arguments[0])])
sys.addaudithook(watch)
said = round_of(sys.argv[2])
watching = False
print(json.dumps([said, seen]))
"""
FILES: dict[str, dict[str, str]] = {
    "loads": {
        "evil.yaml": RULE % "(a+)+$",
        "tables/mine.yaml": "path: /etc/passwd\nimport: __import__('os').system('touch x')\n",
        "note.txt": "not a rule",
    },
    "tags": {"evil.yaml": RULE.replace("zh: 有", "zh: !!python/object/apply:os.system ['touch made']") % "a"},
    "formula": {
        "evil.yaml": RULE.replace("check: wording\nwith: {phrases: [{says: '%s'}]}",
                                  "check: sum\nwith: {table: applications, each: row, formula: \"__import__('os').system('id') == total\"}")
    },
    "paths": {
        "evil.yaml": RULE.replace("{text: 无}", "{base: ../../../../etc/passwd}").replace(
            "check: wording\nwith: {phrases: [{says: '%s'}]}", "check: copied\nwith: {words: ../../../../etc/passwd}")
    },
    "check": {"evil.yaml": RULE.replace("check: wording", "check: os:system") % "a"},
    "bomb": {"evil.yaml": "a: &a [x, x, x, x, x, x, x, x, x]\n"
                          + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))},
    "digits": {"evil.yaml": RULE.replace("check: wording\nwith: {phrases: [{says: '%s'}]}",
                                         f"check: sum\nwith: {{table: applications, each: row, formula: 'total == {'9' * 6000}'}}")},
}  # fmt: skip


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_pack_reads_nothing_but_itself_and_starts_nothing(name: str, tmp_path: Path) -> None:
    sound, evil = _write(tmp_path / "sound", {"evil.yaml": RULE % "甲乙"}), _write(tmp_path / "evil", FILES[name])
    report = ROOT / "rules" / "bases" / "sound-2021.txt"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home"),
                   "XDG_CACHE_HOME": str(tmp_path / "cache"), "LOCALAPPDATA": str(tmp_path / "cache"), "PYTHONIOENCODING": "utf-8",
                   "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(sound), str(evil), str(report)], cwd=work, env=environment,
                          capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE)  # fmt: skip
    assert done.returncode == 0, done.stderr
    said, seen = json.loads(done.stdout)
    assert said.startswith("ran ") if name == "loads" else "evil.yaml" in said, said
    rooms = [evil, ROOT / "rules", tmp_path / "cache", tmp_path / "home"]
    code = (str(ROOT / "validator"), sys.prefix, sys.base_prefix)  # a module of ours that is first used here
    made = sum(event == "compile" for event, _ in seen)
    assert sum(event == "exec" and '"<string>"' in what for event, what in seen) == made
    for event, what in seen:
        if event in ("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename"):
            assert what.startswith(code) or any(Path(what).is_relative_to(room) for room in rooms), (event, what)
        elif event == "compile":
            assert what[2:].startswith("def __init__(self, "), what  # of a class of ours that is first used here: records.py
        elif event == "exec":
            assert any(place in what for place in code) or "<frozen" in what or '"<string>"' in what, (event, what)
        else:
            assert event == "import", (event, what)
    assert list(work.iterdir()) == []


@pytest.mark.parametrize("source", [r"(a+)+$", r"(a|aa)+$", r"(.*)*x", r"(a|a)*b", r"([a-z]+)*\d$", r"(.*a){20}b"])
def test_a_pack_cannot_hang_a_check(source: str, tmp_path: Path, report: Callable[..., str], run: Callable[..., Ran]) -> None:
    """Through the command line; the bound is generous, a hang would need years."""
    _write(tmp_path / "pack", {"evil.yaml": RULE % source})
    path = tmp_path / "report.txt"
    path.write_text(report().rstrip("\n") + "\n" + "a" * 20_000 + "!\n", encoding="utf-8")
    cache = {"XDG_CACHE_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = run("check", path, "--rules", tmp_path / "pack", "--format", "json", env=cache)
    assert done.status in (0, 1, 2) and "Traceback" not in done.error, done.error
    assert json.loads(done.out)["files"], done.error

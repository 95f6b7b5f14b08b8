"""Writes the sample output in the READMEs anew: every `$ nianbao …` in a console block is run from the top folder.

python scripts/refresh_readme.py
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def output(command: str) -> str:
    """What a command prints on standard output."""
    words = [sys.executable, "-m", "validator", *shlex.split(command)[1:]]
    env = os.environ | {"PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8").stdout


def main() -> None:
    """Rewrite both documents in place."""
    for name in ("README.md", "README.zh-CN.md"):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(_BLOCK.sub(_refreshed, text), encoding="utf-8", newline="\n")


def _refreshed(block: re.Match[str]) -> str:
    commands = re.findall(r"^\$ (.*)$", block[1], re.MULTILINE)
    return "```console\n" + "".join(f"$ {command}\n{output(command)}" for command in commands) + "```"


if __name__ == "__main__":
    main()

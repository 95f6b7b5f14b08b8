"""Machines with other fonts than this one, for the tests of the PDF reader: a mount namespace over the folders of fonts.

`bare` has no font at all. `chinese` has one that PDFium takes for Chinese: made here, and unlike any real one so that whatever
still depended on it would show.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.readers.chinese_fonts import chinese_font
from tests.support import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
WAYS = ("bare", "chinese")
#: Where PDFium looks on Linux.
FOLDERS = ("/usr/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF", "/usr/local/share/fonts")
#: The first of the fonts by whose names PDFium knows Chinese ones on Linux.
_FAMILY = "WenQuanYi Micro Hei"
#: More than a character's width and height.
_INK = (-40, -200, 1300, 950)


def run(way: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of this Python in the project's folder, on a machine with the fonts of `way`; `folder` is for files of its own."""
    covered = [place for place in FOLDERS if Path(place).is_dir()]
    steps = [f"mount -t tmpfs fonts {place}" for place in covered]
    if way == "chinese":
        if not (folder / "chinese.ttf").exists():
            characters = map(chr, (*range(0x21, 0x7F), *range(0x3001, 0x3020), *range(0x4E00, 0x9FA6)))
            chinese_font(folder / "chinese.ttf", _FAMILY, characters, _INK)
        steps += [
            "mount -t tmpfs fonts /usr/local/share",
            "mkdir /usr/local/share/fonts",
            f"cp '{folder}/chinese.ttf' /usr/local/share/fonts/",
        ]
    free = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [*_unshare(), "sh", "-c", " && ".join([*steps, 'exec "$@"']), "sh", sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=free, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE)


@cache
def missing() -> str:
    """Why no such machine can be had here; '' where it can."""
    if not shutil.which("unshare"):
        return "no mount namespace can be had: there is no unshare"
    done = subprocess.run(
        [*_unshare(), "sh", "-c", "mount -t tmpfs fonts /usr/local/share"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    return "" if done.returncode == 0 else f"no mount namespace can be had: {done.stderr.strip()}"


def _unshare() -> list[str]:
    return ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]

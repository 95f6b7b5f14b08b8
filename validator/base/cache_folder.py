"""Compiled rules in the user's cache folder: plain data as JSON, never a pickle. A cache that fails is no cache."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

#: Older files are deleted when a new one is written beyond this many.
KEPT = 40


def folder() -> Path | None:
    """The user's cache folder for nianbao; None where there is none."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
        return Path(home, "nianbao", "Cache") if home else None
    home = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(home):
        return Path(home, "nianbao")
    try:
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "nianbao"
    except RuntimeError:  # no home is known
        return None


def load(key: str) -> object | None:
    """What was saved under `key`; None where there is nothing usable."""
    place = folder()
    try:
        return None if place is None else json.loads((place / f"{key}.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def save(key: str, value: object) -> None:
    """Keep `value` under `key`, whole or not at all; a folder that cannot be written changes nothing."""
    place = folder()
    if place is None:
        return
    fresh = place / f"{key}.{os.getpid()}.new"
    try:
        place.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        fresh.replace(place / f"{key}.json")
        _prune(place)
    except (OSError, TypeError, ValueError):
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _prune(place: Path) -> None:
    files = sorted(place.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)

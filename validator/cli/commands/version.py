"""`nianbao version`."""

from __future__ import annotations

from typing import Any

from validator import __version__
from validator.cli.commands.write_result import deliver
from validator.cli.settings import CommandSettings


def run(flags: dict[str, Any]) -> int:
    """0."""
    deliver(f"nianbao {__version__}\n", CommandSettings(paths=(), language=flags["lang"]))
    return 0

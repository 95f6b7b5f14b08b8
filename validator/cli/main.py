"""The command nianbao: arguments → Settings → run → reporter → exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from validator.cli import arguments, output_stream
from validator.cli.settings import SettingsError
from validator.model import Language
from validator.pipeline.run import DEBUG, RefusalError, crash


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status as the contract says."""
    _spare_the_collector()
    words = sys.argv[1:] if argv is None else list(argv)
    language: Language = "zh"
    try:
        flags = arguments.parse(words)
        language = flags["lang"]
        module, _, function = _COMMANDS[flags["command"]].partition(":")
        return getattr(import_module(module), function)(flags)
    except (SettingsError, RefusalError) as refusal:
        output_stream.complain(f"nianbao: {refusal.text[arguments.language_of(words)]}")
    except KeyboardInterrupt:
        return 130
    except Exception as trouble:
        _report_crash(trouble, language)
    return 2


def _spare_the_collector() -> None:
    """A run makes much that stays: to look for what could be freed costs a tenth of it, at the end once more."""
    gc.set_threshold(50_000, 20, 100)
    atexit.unregister(gc.freeze)  # once, however often tests call `main`
    atexit.register(gc.freeze)


def _report_crash(trouble: Exception, language: Language) -> None:
    """A mistake of the program, in one sentence; a rule file's mistakes, each with its place."""
    from validator.rulebook import PackError

    if os.environ.get(DEBUG):
        raise trouble
    if isinstance(trouble, PackError):
        output_stream.complain(trouble.render(language))
    else:
        output_stream.complain(f"nianbao: {crash(trouble)[language]}")


#: Command → module:function, (flags) → exit status.
_COMMANDS: dict[str, str] = {
    "baseline": "validator.cli.commands.baseline:run",
    "check": "validator.cli.commands.check:run",
    "config": "validator.cli.commands.config:run",
    "fix": "validator.cli.commands.fix:run",
    "init": "validator.cli.commands.init:run",
    "read": "validator.cli.commands.read:run",
    "rules": "validator.cli.commands.rules:run",
    "version": "validator.cli.commands.version:run",
}

"""The command nianbao: arguments → Settings → run → reporter → exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from validator import arguments, streams
from validator.model import Language
from validator.settings import SettingsError
from validator.work import DEBUG, RefusalError, crash


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
        streams.complain(f"nianbao: {refusal.text[arguments.language_of(words)]}")
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
        streams.complain(trouble.render(language))
    else:
        streams.complain(f"nianbao: {crash(trouble)[language]}")


#: Command → module:function, (flags) → exit status.
_COMMANDS: dict[str, str] = {
    "baseline": "validator.commands.baseline:run",
    "check": "validator.commands.check:run",
    "config": "validator.commands.config:run",
    "fix": "validator.commands.fix:run",
    "init": "validator.commands.init:run",
    "read": "validator.commands.read:run",
    "rules": "validator.commands.rules:run",
    "version": "validator.commands.version:run",
}

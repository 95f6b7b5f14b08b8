"""The command nianbao: arguments → Settings → run → reporter → exit status.

Nothing but what the interpreter has loaded anyway is imported before `main` runs: from there on Ctrl-C ends with 130 and no traceback.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # typing itself is a tenth of the start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from validator.model import Language

#: Set to 1, a failure of the program itself shows its traceback; `validator.pipeline.run` knows it by the same name.
DEBUG = "NIANBAO_DEBUG"
#: Exit statuses after Ctrl-C and after SIGTERM, as shells count them.
_INTERRUPTED, _TERMINATED = 130, 143


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status as the contract says. Without `argv` this is the program itself, whose signals are its own."""
    _spare_the_collector()
    if argv is not None:
        return _run(list(argv))
    ours = _watch()
    try:
        _fill_streams()
        _load()
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        if ours:
            signal.signal(signal.SIGINT, _leave)  # until the interpreter is gone


def _watch() -> bool:
    """SIGTERM ends in order, Ctrl-C at once as long as nothing is begun. Whether Ctrl-C is heard: a job in the background ignores it."""
    try:
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _end)
        if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            return False
        signal.signal(signal.SIGINT, _leave)
    except ValueError:  # not the main thread
        return False
    return True


def _leave(signum: int, frame: FrameType | None) -> None:
    """Nothing is begun, or all is done: no traceback of half an import, no cleaning up."""
    os._exit(_INTERRUPTED)


def _end(signum: int, frame: FrameType | None) -> None:
    """Workers, drafts and what the resource tracker watches are cleared away on the way out."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # told twice, it would be interrupted in that
    raise SystemExit(_TERMINATED)


def _fill_streams() -> None:
    """Streams that were closed before the start lead nowhere, or the first file opened here would get their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def _load() -> None:
    """The modules that every command needs."""
    from validator.cli import arguments, output_stream  # noqa: F401
    from validator.pipeline import run  # noqa: F401


def _run(words: list[str]) -> int:
    from importlib import import_module

    from validator.cli import arguments, output_stream
    from validator.cli.settings import SettingsError
    from validator.pipeline.run import RefusalError

    language: Language = "zh"
    try:
        flags = arguments.parse(words)
        language = flags["lang"]
        module, _, function = _COMMANDS[flags["command"]].partition(":")
        command: Callable[[dict[str, object]], int] = getattr(import_module(module), function)
        return command(flags)
    except (SettingsError, RefusalError) as refusal:
        output_stream.complain(f"nianbao: {refusal.text[arguments.language_of(words)]}")
    except output_stream.Unheard:  # whoever read standard output has heard enough
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as trouble:
        _report_crash(trouble, language)
    return 2


def _spare_the_collector() -> None:
    """A run makes much that stays: to look for what could be freed costs a tenth of it, at the end once more."""
    import atexit
    import gc

    gc.set_threshold(50_000, 20, 100)
    atexit.unregister(gc.freeze)  # once, however often tests call `main`
    atexit.register(gc.freeze)


def _report_crash(trouble: Exception, language: Language) -> None:
    """A mistake of the program, in one sentence; a rule file's mistakes, each with its place."""
    from validator.cli import output_stream
    from validator.pipeline.run import crash
    from validator.rulebook import PackError

    if os.environ.get(DEBUG):
        raise trouble
    if isinstance(trouble, PackError):
        output_stream.complain(trouble.render(language), lines=True)
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

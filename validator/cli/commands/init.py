"""`nianbao init DIR`: a nianbao.yaml for the reports of a folder, with the roster that they show."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from validator.cli import output_stream, replace_file, settings
from validator.cli.commands.check import check_sources, collect, run_options
from validator.cli.commands.setup import recalled
from validator.cli.settings import CommandSettings, SettingsError
from validator.county.config import NAME, read_config
from validator.county.set.proposing import Proposal, proposal
from validator.messages import both, say
from validator.model import Language
from validator.pipeline import inputs


def run(flags: dict[str, Any]) -> int:
    """0; 2 where nothing was written, or a file could not be read. Raises SettingsError."""
    from validator.rulebook import load_book

    asked = settings.of_init(flags)
    folder = asked.paths[0]
    target = Path(folder) / NAME
    _look(folder, target)
    with recalled(flags):
        book = load_book((), kind=None, cache=asked.cache)
        sources = inputs.inputs(asked.paths)
        rules = settings.reading(book)
        options = run_options(asked, book, rules, select=tuple(sorted(rules)))
        collected = collect(check_sources(sources, book, options, asked), book, asked, options)
        if collected.empty:
            raise SettingsError(both("cli.init.no-report", folder=folder, name=NAME))
        proposed = proposal(collected.files, folder, book.tables.units, asked.language)
        if not proposed.units:
            raise SettingsError(
                both("cli.init.no-unit", folder=folder, name=NAME),
            )
        _write(proposed.text, target)
        _tell(proposed, target, asked)
        for broken in collected.broken:
            output_stream.complain(f"{broken.path}: {broken.message[asked.language]}")
        return 2 if proposed.unread or collected.broken else 0


def _look(folder: str, target: Path) -> None:
    """Raises SettingsError where there is no folder, or a file stands there already: it is never overwritten."""
    if not os.path.isdir(folder):
        raise SettingsError(both("cli.no-folder", folder=folder))
    if os.path.lexists(target):
        raise _there(target)


def _there(target: Path) -> SettingsError:
    return SettingsError(both("cli.init.already-there", target=target))


def _write(text: str, target: Path) -> None:
    try:
        replace_file.create(text.encode(), target)
    except replace_file.Meanwhile:
        raise _there(target) from None
    except OSError as trouble:
        from validator.base.os_errors import reason

        why = reason(trouble)
        raise SettingsError(both("cli.not-written", target=target, reason=why)) from None
    _, _, log = read_config(target)
    assert not log.problems, log.problems  # what is proposed can be used as it is


def _tell(proposed: Proposal, target: Path, asked: CommandSettings) -> None:
    """What was written, and what was left out, on standard output and standard error."""
    language: Language = asked.language
    sentence = say("cli.init.wrote", language, target=target, units=proposed.units, years=proposed.years, reports=proposed.reports)
    output_stream.say(sentence)
    for path in proposed.unassigned:
        output_stream.complain(say("cli.init.left-out", language, path=path))
    for path in proposed.unread:
        output_stream.complain(say("cli.init.unread", language, path=path))

"""`nianbao baseline`: the findings of today written as accepted, so that from tomorrow on only new ones count."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli import output_stream, settings
from validator.cli.commands.apply_acceptance import accepted, baseline_of, terms_of
from validator.cli.commands.check import check_and_view
from validator.cli.commands.setup import opened, recalled, sources_of
from validator.cli.commands.write_result import keep_settings, save, tell
from validator.cli.settings import CommandSettings, SettingsError
from validator.messages import both, say
from validator.model import Book, Run
from validator.pipeline import inputs

if TYPE_CHECKING:
    from validator.county.acceptance import Baseline, BaselineEntry

NAME = "nianbao-baseline.json"


def run(flags: dict[str, Any]) -> int:
    """0; 2 where a file could not be read, which is never accepted. Raises SettingsError where nothing was written."""
    with recalled(flags):
        asked, book = opened(flags, settings.of_baseline)
        target = _target(asked)
        old = baseline_of(target) if target.exists() else None
        if old is None and flags["prune"]:
            raise SettingsError(both("cli.baseline.nothing-to-prune", target=target))
        sources = sources_of(asked)
        found = accepted(check_and_view(sources, book, asked), book, asked, sources)
        kept, new = _entries(found, old, book, asked, sources, prune=flags["prune"])
        _write(target, (*kept, *new), asked, sources)
        _report(target, old, kept, new, asked)
        _tell(found, target, asked)
        return 2 if found.exit_status == 2 else 0


def _target(asked: CommandSettings) -> Path:
    """Where the baseline is: --output, else as nianbao.yaml says, else beside nianbao.yaml, else in the working folder."""
    return asked.output or asked.baseline or Path(settings.from_folder(asked.config, NAME) if asked.config else NAME)


def _entries(
    found: Run, old: Baseline | None, book: Book, asked: CommandSettings, sources: Sequence[inputs.Input], *, prune: bool
) -> tuple[list[BaselineEntry], list[BaselineEntry]]:
    """What stays of the old baseline because its reports were not checked, and what was found; with `prune` only what both have."""
    from validator.county.acceptance.baseline import CheckedReports, entries_of

    new = {entry.id: entry for entry in entries_of(found, _folder(asked))}
    if old is None:
        return [], list(new.values())
    looked = CheckedReports(old, found, terms_of(found, book, asked, sources, None))
    apart = [entry for entry in old.entries if not looked.at(entry)]
    kept = [entry if prune or entry.id not in new else _more(entry, new.pop(entry.id)) for entry in apart]
    if prune:
        was = {entry.id: entry.count for entry in old.entries}
        taken = {entry.id for entry in kept}
        return kept, [replace(one, count=min(one.count, was[key])) for key, one in new.items() if key in was and key not in taken]
    return kept, list(new.values())


def _more(one: BaselineEntry, other: BaselineEntry) -> BaselineEntry:
    return one if one.count >= other.count else other


def _folder(asked: CommandSettings) -> str:
    return os.path.dirname(os.path.abspath(_target(asked)))


def _write(target: Path, entries: tuple[BaselineEntry, ...], asked: CommandSettings, sources: Sequence[inputs.Input]) -> None:
    from validator.county.acceptance.baseline import written

    keep_settings(target, replace(asked, baseline=None))
    save(written(entries), target, [source.source for source in sources], "baseline")


def _report(
    target: Path, old: Baseline | None, kept: Sequence[BaselineEntry], new: Sequence[BaselineEntry], asked: CommandSettings
) -> None:
    """What was written, against what was there."""
    count, was = (sum(entry.count for entry in entries) for entries in ((*kept, *new), old.entries if old else ()))
    were = both("cli.baseline.were", count=was) if old is not None else ""
    unseen = both("cli.baseline.kept", count=sum(entry.count for entry in kept)) if kept else ""
    output_stream.say(say("cli.baseline.wrote", asked.language, target=target.as_posix(), count=count, were=were, kept=unseen))


def _tell(found: Run, target: Path, asked: CommandSettings) -> None:
    """What is left to do: the line in nianbao.yaml, the files that could not be read."""
    if asked.config is not None and asked.baseline is None:
        name = os.path.relpath(target, asked.config.folder).replace(os.sep, "/")
        tell(both("cli.baseline.write-in-config", config=asked.config.path, name=name), asked)
    elif asked.config is None:
        tell(both("cli.baseline.give-flag", target=target.as_posix()), asked)
    for file in found.files:
        if file.status == "unreadable":
            tell(both("cli.baseline.unreadable", path=file.path), asked)
    for broken in found.broken:
        where = ": ".join(part for part in (broken.path, broken.rule) if part)
        tell({language: f"{where}: {message}" for language, message in broken.message.items()}, asked)

"""How a command ends: the result to standard output or --output, and what is said beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from validator import __version__
from validator.base import own_files
from validator.base.shown import no_commands
from validator.cli import output_stream
from validator.cli.replace_file import is_written_into
from validator.cli.settings import CommandSettings, SettingsError
from validator.messages import both, say
from validator.model import Run, Text
from validator.pipeline import inputs
from validator.reporters import COUNTING, Options

#: Formats that people read in a log, where no line of a report's may be a command.
_LOGS = ("text", "concise", "csv")
#: Format → the suffixes of its files. A suffix of no kind that is known here may stand with any.
_TEXTS = (".txt", ".text", ".log", ".md")
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "text": _TEXTS,
    "concise": _TEXTS,
    "github": _TEXTS,
    "json": (".json",),
    "baseline": (".json",),
    "gitlab": (".json",),
    "sarif": (".sarif", ".json"),
    "junit": (".xml",),
    "csv": (".csv", ".txt"),
    "xlsx": (".xlsx",),
    "html": (".html", ".htm"),
    "docx": (".docx", ".docm"),
}
_KINDS = frozenset(
    (*(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes), *inputs.SUFFIXES)
    + (".xls", ".xlsm", ".xlsb", ".et", ".ods", ".ppt", ".pptx", ".dps", ".odp", ".dot", ".dotx", ".wpt", ".eml", ".msg")
    + (".yaml", ".yml", ".toml", ".ini", ".py", ".sh", ".bat", ".cmd", ".exe", ".js", ".css", ".lark", ".sqlite", ".db")
    + (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".gz", ".tar", ".xz", ".bz2")
)
_LARGEST = 512 * 2**20  # bytes of a file that could be ours


def options_of(asked: CommandSettings) -> Options:
    """How the result is to look."""
    plain = asked.output is not None
    return Options(
        language=asked.language,
        version=__version__,
        color=not plain and output_stream.colour(),
        width=80 if plain else output_stream.width(),
        quiet=asked.quiet,
        statistics=asked.statistics,
        links=not plain and output_stream.links(),
    )


def deliver(result: str | bytes, asked: CommandSettings, sources: Iterable[inputs.Input] = ()) -> None:
    """The result to --output or standard output. Whoever stops listening has heard enough."""
    if isinstance(result, str) and asked.format in _LOGS:
        result = no_commands(result)
    if asked.output is not None:
        keep_settings(asked.output, asked)
        save(result, asked.output, [source.source for source in sources], asked.format)
        return
    with suppress(output_stream.Unheard):
        output_stream.write(result, escape=asked.format == "json")


def save(result: str | bytes, target: Path, sources: Sequence[str], format: str) -> None:
    """The result in a file, with the mark by which it is known as ours.

    Raises SettingsError where that is an input, a file that nianbao did not write or that was worked in since, of another kind by its
    name, or cannot be written.
    """
    output_stream.spare(target, sources)
    data = result if isinstance(result, bytes) else result.encode("utf-8", "replace")
    if is_written_into(str(target)):
        output_stream.save(data, target, sources)
        return
    was = _keep_foreign(target, format)
    _keep_kind(target, format)
    data = own_files.marked(data, format)
    output_stream.save(data, target, sources, was)
    if not own_files.carries(format):
        own_files.remember(data)


def _keep_kind(target: Path, format: str) -> None:
    """Raises SettingsError where the name says that the file is of another kind."""
    suffix = target.suffix.lower()
    if suffix in _SUFFIXES.get(format, (suffix,)) or suffix not in _KINDS:
        return
    right = " / ".join(_SUFFIXES[format])
    raise SettingsError(
        both("cli.output.other-suffix", target=target, format=format, suffix=right),
    )


def keep_settings(target: Path, asked: CommandSettings) -> None:
    """Raises SettingsError where the target is what the run reads beside the reports: settings, rules, last year's report, the baseline."""
    read = [asked.against, asked.baseline, Path(asked.config.path) if asked.config else None]
    for pack in asked.packs:
        read += [pack] if pack.is_file() else pack.rglob("*.y*ml")
    if any(path is not None and output_stream.same(target, str(path)) for path in read):
        raise SettingsError(
            both("cli.output.read-by-this-run", target=target),
        )


def _keep_foreign(target: Path, format: str) -> bytes | None:
    """What stands there, which is ours and as it was written; None: nothing. Raises SettingsError where it is not."""
    try:
        with open(target, "rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError:  # a folder, or nobody may read it: whether it can be written is said next
        if os.path.isfile(target):
            raise _foreign(target) from None
        return None
    if format == "baseline" or (len(data) <= _LARGEST and own_files.is_own(data)):  # a baseline was read before: it goes on
        return data
    if data.startswith(b"PK"):
        from validator.readers import sniff
        from validator.reporters.docx.writer import written_by_us

        if sniff(data, str(target)) == "docx":
            if written_by_us(data):
                return data
            raise SettingsError(
                both("cli.output.saved-by-another", target=target),
            )
    raise _foreign(target)


def _foreign(target: Path) -> SettingsError:
    return SettingsError(
        both("cli.output.not-ours", target=target),
    )


def tell_statistics(run: Run, asked: CommandSettings) -> None:
    """What --statistics asks for, on standard error where the format has no place for it."""
    if not asked.statistics or asked.format in COUNTING:
        return
    from validator.reporters.text.layout import plain
    from validator.reporters.text.statistics import statistics

    counts = plain(statistics(run, Options(language=asked.language)))
    if counts:
        output_stream.complain(counts.rstrip("\n"), lines=True)


def tell_unshown(run: Run, asked: CommandSettings) -> None:
    """What --changed-since left out, on standard error where people may not see it in the result."""
    if run.unshown is None or (asked.format == "text" and asked.output is None):
        return
    from validator.reporters.words import unshown

    output_stream.complain(f"nianbao: {unshown(run.unshown, asked.language)}")


def tell(text: Text, asked: CommandSettings) -> None:
    """A sentence on standard error."""
    output_stream.complain(f"nianbao: {text[asked.language]}")


def tell_empty(run: Run, asked: CommandSettings) -> None:
    """Folders without a report, on standard error where the result that people see does not say it."""
    if asked.format == "text" and asked.output is None:
        return
    for folder in run.empty:
        output_stream.complain(f"nianbao: {say('reporters.empty', asked.language, path=folder)}")

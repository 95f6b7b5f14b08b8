"""How a command ends: the result to standard output or --output, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from validator import __version__
from validator.cli import output_stream
from validator.cli.settings import Settings, SettingsError
from validator.model import Run, Text
from validator.pipeline import inputs
from validator.reporters import COUNTING, Options


def options_of(asked: Settings) -> Options:
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


def deliver(result: str | bytes, asked: Settings, sources: Iterable[inputs.Input] = ()) -> None:
    """The result to --output or standard output. Whoever stops listening has heard enough."""
    if asked.output is not None:
        keep_settings(asked.output, asked)
        save(result, asked.output, [source.source for source in sources])
        return
    with suppress(output_stream.Unheard):
        output_stream.write(result, escape=asked.format == "json")


def save(result: str | bytes, target: Path, sources: Sequence[str]) -> None:
    """The result in a file. Raises SettingsError where that is an input or a Word file that is not ours, or cannot be written."""
    output_stream.spare(target, sources)
    _keep_foreign(target)
    output_stream.save(result, target, sources)


def keep_settings(target: Path, asked: Settings) -> None:
    """Raises SettingsError where the target is what the run reads beside the reports: settings, rules, last year's report, the baseline."""
    read = [asked.against, asked.baseline, Path(asked.config.path) if asked.config else None]
    for pack in asked.packs:
        read += [pack] if pack.is_file() else pack.rglob("*.y*ml")
    if any(path is not None and output_stream.same(target, str(path)) for path in read):
        raise SettingsError(
            zh=f"--output：“{target}”是这次要读的设置、规则或对照文件，不能覆盖；换一个名字",
            en=f"--output: “{target}” is read by this run (settings, rules, comparison) and is not overwritten; choose another name",
        )


def _keep_foreign(target: Path) -> None:
    """Raises SettingsError where a Word file stands there that nianbao did not write, or that was saved since: it is not overwritten."""
    try:
        with open(target, "rb") as file:
            data = file.read() if file.read(2) == b"PK" else b""
    except OSError:
        return
    if not data:
        return
    from validator.readers import sniff
    from validator.reporters.docx.writer import written_by_us

    data = b"PK" + data
    if sniff(data, str(target)) == "docx" and not written_by_us(data):
        raise SettingsError(
            zh=f"--output：“{target}”是别的程序存的 Word 文件，不能覆盖；换一个名字",
            en=f"--output: “{target}” is a Word file that another program saved and is not overwritten; choose another name",
        )


def tell_statistics(run: Run, asked: Settings) -> None:
    """What --statistics asks for, on standard error where the format has no place for it."""
    if not asked.statistics or asked.format in COUNTING:
        return
    from validator.reporters.text.layout import plain
    from validator.reporters.text.statistics import statistics

    counts = plain(statistics(run, Options(language=asked.language)))
    if counts:
        output_stream.complain(counts.rstrip("\n"))


def tell_unshown(run: Run, asked: Settings) -> None:
    """What --changed-since left out, on standard error where people may not see it in the result."""
    if run.unshown is None or (asked.format == "text" and asked.output is None):
        return
    from validator.reporters.words import unshown

    output_stream.complain(f"nianbao: {unshown(run.unshown, asked.language)}")


def tell(text: Text, asked: Settings) -> None:
    """A sentence on standard error."""
    output_stream.complain(f"nianbao: {text[asked.language]}")


def tell_empty(run: Run, asked: Settings) -> None:
    """Folders without a report, on standard error where the result that people see does not say it."""
    if asked.format == "text" and asked.output is None:
        return
    for folder in run.empty:
        zh, en = f"{folder}：文件夹里没有找到年度报告", f"{folder}: no annual report in this folder"
        output_stream.complain(f"nianbao: {zh if asked.language == 'zh' else en}")

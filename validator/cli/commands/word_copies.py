"""`nianbao check --format docx`: for every Word file among the inputs a copy with the findings as comments; the others are named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from validator.base import windows
from validator.base.os_errors import reason
from validator.cli import output_stream
from validator.cli.commands.write_result import keep_settings, options_of, save
from validator.cli.settings import CommandSettings, SettingsError
from validator.messages import both, say
from validator.model import FileResult, Language, Run, UnreadableError
from validator.pipeline import inputs
from validator.reporters import COPY


def write_copies(run: Run, asked: CommandSettings, sources: Sequence[inputs.Input]) -> int:
    """Write the copies, the originals untouched; the exit status. Raises SettingsError where --output cannot be what it must be."""
    language, status = asked.language, run.exit_status
    files: dict[str, list[FileResult]] = {}
    for file in run.files:
        files.setdefault(file.path, []).append(file)
    passed = {item.path for item in run.passed_over}
    word = [source for source in sources if source.path in files and _is_docx(source)]
    inputs = [source.source for source in sources if source.path not in passed]  # copies of an earlier run are replaced
    written: set[str] = set()
    for source, target in _targets(word, asked.output or Path(), asked.into):
        refusal = _write(source, target, files[source.path], run, asked, inputs)
        if refusal or not asked.quiet:
            _tell(refusal or say("cli.copies.written", language, path=target))
        written |= set() if refusal else {source.path}
        status = 2 if refusal else status
    for source in sources:
        if source not in word and source.path not in passed:
            _tell(_refused(source, files.get(source.path, []), language))
            status = 2
    _tell_rest(run, written, language)
    return status


def _is_docx(source: inputs.Input) -> bool:
    """Whether a named or found file is a Word file; standard input has no place for a copy."""
    from validator.readers import sniff

    if source.source == inputs.STDIN or not os.path.isfile(windows.long_path(source.source)):  # a pipe can be read but once
        return False
    pieces = list(inputs.open_input(source))
    data = pieces[0].data if len(pieces) == 1 else b""
    return pieces[:1] != [] and isinstance(data, bytes) and pieces[0].path == source.path and sniff(data, source.path) == "docx"


def _targets(sources: Sequence[inputs.Input], output: Path, into: bool) -> Iterable[tuple[inputs.Input, Path]]:
    """Where each copy goes: --output itself for one file, else the usual names in that folder, as the originals lie in theirs.

    `into`: it was named as a folder, which may still be missing. Raises SettingsError.
    """
    walked = any(source.folder for source in sources) and output.suffix.lower() not in (".docx", ".docm")  # of however many reports
    folder = len(sources) > 1 or walked or os.path.isdir(output) or into
    if not folder:
        return [(source, output) for source in sources]
    if os.path.exists(output) and not os.path.isdir(output):
        raise SettingsError(
            both("cli.copies.needs-folder", count=len(sources), folder=output),
        )
    taken: set[str] = set()
    found = []
    for source in sources:
        path = Path(os.path.relpath(source.source, source.folder) if source.folder else os.path.basename(source.source))
        name, number = output / path.parent / copy_name(path.name), 1
        while os.path.normcase(name).casefold() in taken:
            number += 1
            name = output / path.parent / copy_name(path.name, number)
        taken.add(os.path.normcase(name).casefold())
        found.append((source, name))
    return found


def copy_name(name: str, number: int = 1) -> str:
    """原名（检查意见，勿报送）.docx; a number for the second of that name."""
    path = Path(name)
    more = f"（{number}）" if number > 1 else ""
    return f"{path.stem}{COPY}{more}{path.suffix if path.suffix.lower() == '.docm' else '.docx'}"


def _write(source: inputs.Input, target: Path, files: list[FileResult], run: Run, asked: CommandSettings, inputs: Sequence[str]) -> str:
    """Write one copy; what is to be said where that cannot be."""
    from validator.reporters.docx.writer import ChangedError, commented

    language = asked.language
    if any(file.reading is None for file in files):
        return _refused(source, files, language)
    try:
        data = Path(windows.long_path(source.source)).read_bytes()
        result = commented(data, files, run, options_of(asked))
        Path(windows.long_path(str(target.parent))).mkdir(parents=True, exist_ok=True)
        keep_settings(target, asked)
        save(result, target, inputs, "docx")
    except ChangedError:
        return say("cli.copies.changed", language, path=source.path)
    except UnreadableError:
        return say("cli.copies.damaged", language, path=source.path)
    except SettingsError as refusal:
        return refusal.text[language]
    except OSError as trouble:
        return say("cli.copies.unwritten", language, path=target, reason=reason(trouble)[language])
    return ""


def _refused(source: inputs.Input, files: Sequence[FileResult], language: Language) -> str:
    """Why an input has no copy: it could not be read, or it is no Word file."""
    for file in files:
        for finding in file.findings:
            if file.status == "unreadable" and finding.unread:
                return say("cli.copies.unreadable", language, path=source.path, reason=finding.message[language])
    return say("cli.copies.not-docx", language, path=source.path)


def _tell_rest(run: Run, written: set[str], language: Language) -> None:
    """What no comment says."""
    left = [finding for finding in run.collection if not written.intersection(finding.paths)]
    if left:
        _tell(say("cli.copies.set", language, count=len(left)))
    if run.passed_over:
        _tell(say("cli.copies.passed", language, count=len(run.passed_over)))
    for broken in run.broken:
        if broken.path not in written:
            _tell(say("cli.copies.broken", language, message=broken.message[language]))


def _tell(sentence: str) -> None:
    output_stream.complain(f"nianbao: {sentence}")

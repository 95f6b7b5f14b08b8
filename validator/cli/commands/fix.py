"""`nianbao fix`: corrections that change no figure and no meaning, as a difference; with --write they are written."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from validator.base import windows
from validator.base.records import record
from validator.base.shown import ONE_LINE, no_command
from validator.cli import output_stream, settings
from validator.cli.commands.setup import opened, recalled
from validator.cli.settings import CommandSettings, SettingsError
from validator.messages import both, enumerated, say
from validator.model import Book, FileResult, Text, UnreadableError
from validator.pipeline import inputs

#: Formats that can be corrected → how messages call the others.
_TEXT, _WORD = ("text", "markdown"), "docx"
_SHOWN = {code: sign for code, sign in ONE_LINE.items() if code != 0x09}


@record
class Fixed:
    """One file: what it was and is, how many corrections; or why it is left alone."""

    path: str
    source: str
    old: bytes = b""
    new: bytes = b""
    word: bool = False
    count: int = 0
    advice: int = 0  # findings that people must deal with
    trouble: Text | None = None  # it could not be corrected
    kept: Text | None = None  # it is not to be corrected


def run(flags: dict[str, Any]) -> int:
    """0; 1 where something can be corrected and was not written; 2 where a file could not be read or written."""
    with recalled(flags):
        asked, book = opened(flags, settings.of_fix)
        sources = inputs.inputs(asked.paths)
        write, status = flags["write"], 0
        for source in sources:
            for fixed in _fixed(source, book, asked):
                status = max(status, _shown(fixed, asked, write))
        if not sources:
            status = 2
        return status


def _fixed(source: inputs.Input, book: Book, asked: CommandSettings) -> Iterator[Fixed]:
    """An input's files; those of a zip are not corrected."""
    for piece in inputs.open_input(source):
        if isinstance(piece.data, UnreadableError):
            trouble: Text = both("cli.fix.not-opened")
            yield Fixed(path=piece.path, source=source.source, trouble=trouble)
            continue
        if piece.path != source.path or source.source == inputs.STDIN:
            kept: Text = both("cli.fix.not-a-file")
            yield Fixed(path=piece.path, source=source.source, kept=kept)
            continue
        try:
            fixed = _one(piece, source.source, book, asked)
        except UnreadableError as trouble_:
            yield Fixed(path=piece.path, source=source.source, trouble=_unread(trouble_))
        else:
            if fixed is not None:
                yield fixed


def _unread(trouble: UnreadableError) -> Text:
    return both("cli.fix.unreadable-because", reason=trouble.reason)


def _one(piece: inputs.InputFile, source: str, book: Book, asked: CommandSettings) -> Fixed | None:
    """One file corrected in memory and read again. None: a file of a folder that is no report."""
    from validator.fixing import corrections, verified
    from validator.pipeline.check_file import examine

    assert isinstance(piece.data, bytes)
    county = settings.county(asked)
    before = examine(piece.data, piece.path, book, county=county)
    if piece.walked and all(file.reading is None and _no_report(file) for file in before):
        return None
    made = Fixed(path=piece.path, source=source, old=piece.data, advice=sum(_graver(file) for file in before))
    report = before[0].report
    if report is None:
        return _with(made, trouble=both("cli.fix.unreadable"))
    kind = report.document.format
    if kind not in (*_TEXT, _WORD):
        kept: Text = both("cli.fix.kind-of-file", kind=kind)
        return _with(made, kept=kept)
    from validator.fixing import in_text, in_word

    if kind == _WORD and (why := in_word.refusal(piece.data)):
        return _with(made, kept=why)
    known = book.tables.corrections
    wanted = [one for file in before for one in corrections(file, known)] if known else []
    if not wanted:
        return made
    new, done = (in_word if kind == _WORD else in_text).written(piece.data, wanted)
    if not done:
        return made
    after = examine(new, piece.path, book, county=county)
    if why := verified(before, after, done):
        return _with(made, trouble=both("cli.fix.left-alone", reason=why))
    left = sum(_graver(file) for file in after)
    return Fixed(path=piece.path, source=source, old=piece.data, new=new, word=kind == _WORD, count=len(done), advice=left)


def _with(made: Fixed, *, trouble: Text | None = None, kept: Text | None = None) -> Fixed:
    from dataclasses import replace

    return replace(made, trouble=trouble, kept=kept)


def _no_report(file: FileResult) -> bool:
    return any(finding.role == "not-a-report" for finding in file.findings)


def _graver(file: FileResult) -> int:
    """Findings that a person must deal with."""
    return sum(finding.severity.value != "note" for finding in file.findings)


def _shown(fixed: Fixed, asked: CommandSettings, write: bool) -> int:
    """The difference on standard output, what is beside it on standard error; the status that comes of it."""
    language = asked.language
    if fixed.trouble or fixed.kept:
        output_stream.complain(say("cli.fix.line", language, path=fixed.path, told=fixed.trouble or fixed.kept))
        return 2 if fixed.trouble else 0
    if fixed.count:
        with suppress(output_stream.Unheard):  # the files are corrected all the same
            output_stream.write("".join(_difference(fixed)))
    told: list[Text] = []
    if fixed.count and write:
        try:
            _writable(fixed)
            output_stream.save(fixed.new, Path(os.path.realpath(fixed.source)), (), fixed.old)
        except SettingsError as refusal:  # the other files are corrected all the same
            output_stream.complain(f"nianbao: {refusal.text[language]}")
            return 2
        told.append(both("cli.fix.corrected", count=fixed.count))
    elif fixed.count:
        told.append(both("cli.fix.can-be-corrected", count=fixed.count))
    if fixed.advice:
        told.append(both("cli.fix.for-a-person", count=fixed.advice))
    if told:
        output_stream.complain(say("cli.fix.line", language, path=fixed.path, told=enumerated(told, "marks.semicolon")))
    return int(bool(fixed.count) and not write)


def _writable(fixed: Fixed) -> None:
    """Raises SettingsError where somebody made the file read-only."""
    if not os.stat(windows.long_path(fixed.source)).st_mode & 0o222:
        raise SettingsError(both("cli.fix.read-only", path=fixed.path))


def _difference(fixed: Fixed) -> Iterator[str]:
    """A unified difference of the lines; of a Word file, of its paragraphs and cells."""
    old, new = (_lines(data, fixed.word) for data in (fixed.old, fixed.new))
    context = 0 if fixed.word else 1
    for line in difflib.unified_diff(old, new, fixed.path, fixed.path, n=context, lineterm=""):
        yield line[:1] + no_command(line[1:].translate(_SHOWN)) + "\n"


def _lines(data: bytes, word: bool) -> list[str]:
    if not word:
        from validator.fixing import in_text

        return in_text.lines(data)
    from validator.readers import read_documents

    return [block.text for document in read_documents(data, "report.docx") for block in document.blocks]

"""What a worker does, wherever it runs: it opens its own book once, reads and checks each file it is given, and packs the results."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from validator.base.records import record
from validator.messages import both
from validator.model import Book, Broken, FileResult
from validator.pipeline.inputs import InputFile
from validator.pipeline.run import FileOutcome, RefusalError, RunOptions, book_of, check_one_file, crash
from validator.pipeline.serialize import packed


@record
class PackedResult:
    """One file's results as they travel. `lasting`: they depend on nothing but the file, the rules and the program."""

    path: str
    walked: bool
    data: bytes = b""
    broken: tuple[Broken, ...] = ()
    lasting: bool = False


#: What a worker answers: results, or in both languages why it cannot work.
WorkerAnswer = tuple[PackedResult, ...] | dict[str, str]


def pack_result(file: InputFile, book: Book, options: RunOptions) -> PackedResult:
    """One file read, checked and packed. Never raises."""
    outcome = check_one_file(file, book, options)
    try:
        data = packed(outcome.results, file.data if isinstance(file.data, bytes) and not options.whole else None)
    except Exception as error:
        broken = Broken(rule="", message=crash(error), path=file.path)
        return PackedResult(path=file.path, walked=file.walked, broken=(broken,))
    return PackedResult(path=outcome.path, walked=outcome.walked, data=data, broken=outcome.broken, lasting=_lasts(outcome))


def _lasts(outcome: FileOutcome) -> bool:
    """Whether the same file would give the same results tomorrow: what could not be read may only lack a program, or time."""
    return not outcome.broken and all(result.reading is not None or is_no_report(result) for result in outcome.results)


def is_no_report(result: FileResult) -> bool:
    """Whether the file could be read and is no report of this kind."""
    return any(finding.role == "not-a-report" for finding in result.findings)


def checked_book(options: RunOptions) -> Book:
    """The book that the options name, opened here. Raises RefusalError where it is not the one they were made for."""
    from validator.rulebook import PackError, UnknownKind

    try:
        book = book_of(options)
    except (PackError, UnknownKind, OSError) as error:
        reason = str(error).replace("\n", " ")[:200]
        raise RefusalError(both("pipeline.rules-not-opened", reason=reason)) from None
    if book.fingerprint != options.fingerprint:
        raise RefusalError(both("pipeline.rules-differ"))
    return book


@cache
def program() -> str:
    """A sha256 of all that results depend on beside files and rules: this program's code and the libraries that read reports."""
    from importlib.metadata import PackageNotFoundError, version

    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for path in sorted(path for suffix in ("py", "lark", "json", "ttf") for path in package.rglob(f"*.{suffix}")):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(package).as_posix()}\0{len(data)}\0".encode() + data)
    for name in _LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\0".encode())
        except PackageNotFoundError:
            digest.update(f"{name}\0".encode())
    return digest.hexdigest()


_LIBRARIES = ("email-validator", "lark", "lxml", "pypdfium2", "python-stdnum", "regex")

"""What a worker does, wherever it runs: it opens its own book once, reads and checks each file it is given, and packs the results."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from validator.base.records import record
from validator.messages import both
from validator.model import Book, Broken, FileResult
from validator.pipeline.inputs import Piece
from validator.pipeline.run import Examined, Order, RefusalError, book_of, crash, examine_piece
from validator.pipeline.serialize import packed


@record
class Packet:
    """One file's results as they travel. `lasting`: they depend on nothing but the file, the rules and the program."""

    path: str
    walked: bool
    data: bytes = b""
    broken: tuple[Broken, ...] = ()
    lasting: bool = False


#: What a worker answers: packets, or in both languages why it cannot work.
WorkerAnswer = tuple[Packet, ...] | dict[str, str]


def packet(piece: Piece, book: Book, order: Order) -> Packet:
    """One file read, checked and packed. Never raises."""
    done = examine_piece(piece, book, order)
    try:
        data = packed(done.results, piece.data if isinstance(piece.data, bytes) and not order.whole else None)
    except Exception as trouble:
        broken = Broken(rule="", message=crash(trouble), path=piece.path)
        return Packet(path=piece.path, walked=piece.walked, broken=(broken,))
    return Packet(path=done.path, walked=done.walked, data=data, broken=done.broken, lasting=_lasts(done))


def _lasts(done: Examined) -> bool:
    """Whether the same file would give the same results tomorrow: what could not be read may only lack a program, or time."""
    return not done.broken and all(result.reading is not None or _is_no_report(result) for result in done.results)


def _is_no_report(result: FileResult) -> bool:
    return any(finding.role == "not-a-report" for finding in result.findings)


def checked_book(order: Order) -> Book:
    """The order's book, opened here. Raises RefusalError where it is not the one that the order was made for."""
    from validator.rulebook import PackError, UnknownKind

    try:
        book = book_of(order)
    except (PackError, UnknownKind, OSError) as trouble:
        told = str(trouble).replace("\n", " ")[:200]
        raise RefusalError(both("pipeline.rules-not-opened", reason=told)) from None
    if book.fingerprint != order.fingerprint:
        raise RefusalError(both("pipeline.rules-differ"))
    return book


@cache
def program() -> str:
    """A sha256 of all that results depend on beside files and rules: this program's code and the libraries that read reports."""
    from importlib.metadata import PackageNotFoundError, version

    digest = hashlib.sha256()
    home = Path(__file__).resolve().parent.parent
    for path in sorted(path for suffix in ("py", "lark", "json", "ttf") for path in home.rglob(f"*.{suffix}")):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(home).as_posix()}\0{len(data)}\0".encode() + data)
    for name in _LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\0".encode())
        except PackageNotFoundError:
            digest.update(f"{name}\0".encode())
    return digest.hexdigest()


_LIBRARIES = ("email-validator", "lark", "lxml", "pypdfium2", "python-stdnum", "regex")

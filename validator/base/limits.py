"""How much of a file is read: the one bound for all readers. What is reached is told, and what was read up to there is checked.

docs/limits.md says the same for users; a test holds it against this module. nianbao.yaml may set them under `limits:`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields

from validator.base.records import record

_MEGA = 2**20


@record
class Limits:
    """The bounds, each far above what any report needs."""

    bytes: int = 100 * _MEGA  # of one file; a report with photographs has some ten million
    characters: int = 500_000  # of the text of one file; the longest reports have some fifty thousand
    paragraphs: int = 50_000  # of one file, outside tables; a long report has some five hundred
    cells: int = 50_000  # of one file's tables; a report has some four hundred
    pages: int = 400  # of a PDF
    entries: int = 20_000  # of one zip, docx or odt
    unpacked: int = 64 * _MEGA  # bytes of one entry of a zip, or one part of a docx
    archive_work: int = 2048 * _MEGA  # bytes unpacked of zips of reports, over a whole run
    seconds: int = 60  # of processor time for one file; for LibreOffice, of the clock
    pdf_seconds: int = 8  # of the clock, for the pages of one PDF
    memory: int = 4096 * _MEGA  # bytes of address space of a worker process
    pdf_memory: int = 340 * _MEGA  # the same of the process in which a doubtful PDF is read; about 100 of it is the program itself


#: The bounds where nobody sets others.
BUILT_IN = Limits()
#: Their names.
NAMES = tuple(field.name for field in fields(Limits))
#: No bound may be set below this: with less, no report could be read at all.
LEAST: Mapping[str, int] = {"memory": 512 * _MEGA, "pdf_memory": 200 * _MEGA}

_in_force: ContextVar[Limits] = ContextVar("limits", default=BUILT_IN)


def in_force() -> Limits:
    """The bounds that hold here and now."""
    return _in_force.get()


def use(limits: Limits) -> None:
    """Let these hold from now on: what a command begins with, once it has read nianbao.yaml."""
    _in_force.set(limits)


@contextmanager
def within(limits: Limits) -> Iterator[None]:
    """Let these hold for a while."""
    before = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(before)

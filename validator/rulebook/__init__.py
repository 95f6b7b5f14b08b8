"""Rule files → the Book: `load_book` reads, checks and keeps them; every mistake is reported at once, with file and line."""

from __future__ import annotations

from validator.rulebook.book import draft_book, load_book
from validator.rulebook.diagnostics import Diagnostic, PackError
from validator.rulebook.overrides import Amendments
from validator.rulebook.report_kinds import UnknownKind, book_of_kind, pack_stack
from validator.rulebook.sources import base_files, built_in, is_ready, of_pack, ready_packs

__all__ = [
    "Amendments",
    "Diagnostic",
    "PackError",
    "UnknownKind",
    "base_files",
    "book_of_kind",
    "built_in",
    "draft_book",
    "is_ready",
    "load_book",
    "of_pack",
    "ready_packs",
    "pack_stack",
]

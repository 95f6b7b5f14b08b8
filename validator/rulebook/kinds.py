"""The kinds of report that there are packs for: which folders make a kind's book, and how its documents are known."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from validator.model import Book, DocumentKind
from validator.records import record
from validator.rulebook.amending import NO_AMENDMENTS, Amendments
from validator.rulebook.home import Shelf, built_in
from validator.rulebook.manifest import INPUT, NAME, Manifest, folders_of_kinds, has_manifest, kind_of, read_manifest
from validator.rulebook.problem import PackError, Problem, listing


class UnknownKind(Exception):
    """There is no kind of that name; `known` has the names that there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


@record
class Known:
    """The kind that a book is about, and those that a title may ask for."""

    own: DocumentKind
    others: tuple[DocumentKind, ...] = ()


def shelf_of(packs: Sequence[Path], kind: str | None = None) -> Shelf:
    """The folders of the book of that kind (None: the built-in one) with the packs beside it that are about the same kind."""
    packs = tuple(Path(pack) for pack in packs)
    described = {pack: _read(pack) for pack in packs if has_manifest(pack)}
    apart = [pack for pack, manifest in described.items() if manifest.documents]
    others = tuple(dict.fromkeys((*(folder for root in (built_in(), *packs) for folder in folders_of_kinds(root)), *apart)))
    beside = [pack for pack in packs if pack not in apart]
    _check({pack: manifest for pack, manifest in described.items() if manifest.extends}, others)
    if kind is None:
        own = tuple(pack for pack in beside if pack not in described or _about(described[pack], None))
        return Shelf(packs=own, others=others, elsewhere=tuple(pack for pack in beside if pack not in own))
    folder, manifest = _found(kind, others)
    if folder == built_in():
        return Shelf(packs=tuple(pack for pack in beside if pack not in described or _about(described[pack], None)))
    return Shelf(
        packs=tuple(pack for pack in beside if pack in described and _about(described[pack], manifest.name)),
        kind=folder,
        rules=tuple(dict.fromkeys((INPUT, *manifest.takes.rules))),
        tables=manifest.takes.tables,
    )


def _check(extending: Mapping[Path, Manifest], others: Sequence[Path]) -> None:
    """Raise PackError for packs whose `extends` names no kind."""
    if not extending:
        return
    known = sorted(_read(folder).name for folder in (built_in(), *others))
    problems = [
        Problem(
            path=str(pack / NAME),
            line=1,
            text={
                "zh": f"extends 写的“{manifest.extends}”不是哪一种报告，可用：{listing(known)}",
                "en": f"'extends: {manifest.extends}' is no kind of report; allowed: {listing(known, ', ')}",
            },
        )
        for pack, manifest in extending.items()
        if manifest.extends not in known
    ]
    if problems:
        raise PackError(problems)


def _about(manifest: Manifest, kind: str | None) -> bool:
    """Whether a pack's rules are about reports of that kind (None: the built-in one)."""
    return manifest.extends == kind or (kind is None and manifest.extends == _read(built_in()).name)


def _found(kind: str, others: Sequence[Path]) -> tuple[Path, Manifest]:
    """The pack of that kind, by its folder or by its name. Raises UnknownKind."""
    given = Path(kind)
    if has_manifest(given):
        return given, read_manifest(given)
    packs = {manifest.name: (folder, manifest) for folder in (built_in(), *others) for manifest in [_read(folder)]}
    if kind not in packs:
        raise UnknownKind(kind, tuple(sorted(packs)))
    return packs[kind]


def known_of(shelf: Shelf) -> Known:
    """The kinds of a book."""
    others = {kind.name: kind for kind in map(_kind, shelf.others)}  # a county's own pack stands in for a built-in one of its name
    return Known(own=_kind(shelf.kind or built_in()), others=tuple(others.values()))


def _kind(folder: Path) -> DocumentKind:
    return kind_of(_read(folder), trusted=folder.is_relative_to(built_in()))


def _read(folder: Path) -> Manifest:
    home = built_in()
    inside = folder.is_relative_to(home)
    shown = f"rules/{(folder / NAME).relative_to(home).as_posix()}" if inside else None
    return read_manifest(folder, shown, trusted=inside)


def plain_kinds(known: Known) -> dict[str, Any]:
    """The kinds as plain data for the cache."""
    return {"own": asdict(known.own), "others": [asdict(kind) for kind in known.others]}


def revived_kinds(raw: Mapping[str, Any]) -> Known:
    """The kinds of the cache. Anything odd raises."""
    return Known(own=_revived(raw["own"]), others=tuple(_revived(kind) for kind in raw["others"]))


def _revived(raw: Mapping[str, Any]) -> DocumentKind:
    return DocumentKind(**{**raw, "documents": tuple(raw["documents"]), "words": tuple(raw["words"])})


_books: dict[tuple[object, ...], Book] = {}


def book_of_kind(
    name: str, packs: tuple[str, ...] = (), cached: bool = True, amendments: Amendments = NO_AMENDMENTS, examples: bool = False
) -> Book:
    """The book of a kind, made once for a process: all that is given is plain, so that a worker can ask for it too."""
    from validator.rulebook.book import load_book

    key = (name, tuple(os.path.abspath(pack) for pack in packs), cached, repr(amendments.options), examples)
    if key not in _books:
        _books[key] = load_book([Path(pack) for pack in packs], kind=name, cache=cached, amendments=amendments, examples=examples)
    return _books[key]

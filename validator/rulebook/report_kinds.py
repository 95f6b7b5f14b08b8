"""The kinds of report that there are packs for: which folders make a kind's book, and how its documents are known."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from validator.base.records import record
from validator.model import INPUT, Book, DocumentKind
from validator.rulebook.manifest import NAME, Manifest, folders_of_kinds, has_manifest, kind_of, read_manifest
from validator.rulebook.overrides import NO_AMENDMENTS, Amendments
from validator.rulebook.sources import PackStack, built_in


class UnknownKind(Exception):
    """There is no kind of that name; `known` has the names that there are."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known = name, names


@record
class BookKinds:
    """The kind that a book is about, and those that a title may ask for."""

    own: DocumentKind
    others: tuple[DocumentKind, ...] = ()


def pack_stack(packs: Sequence[Path], kind: str | None = None) -> PackStack:
    """The folders of the book of that kind (None: the built-in one) with the packs beside it that are about the same kind.

    Packs that others extend come before those, given or not.
    """
    packs = tuple(Path(pack) for pack in packs)
    inside = tuple(folder for root in (built_in(), *packs) for folder in folders_of_kinds(root))
    if kind is None and not packs:
        return PackStack(others=inside)  # nothing is opened where the cache serves
    from validator.rulebook.extending import lineages

    apart = tuple(pack for pack in packs if has_manifest(pack) and _read(pack).documents)
    named = {_read(folder).name: folder for folder in (built_in(), *inside, *apart)}
    lines = lineages(packs, named)
    others = tuple(dict.fromkeys((*inside, *(line.pack for line in lines if line.documents))))
    beside = [line for line in lines if not line.documents]
    extending = tuple((line.pack, line.before) for line in beside if line.extends)
    built = _read(built_in())
    home, former = built.name, built.former
    folder, manifest = (built_in(), None) if kind is None else _find_kind(kind, others)
    name = None if folder == built_in() else manifest.name if manifest else None
    same_kind = tuple(line.pack for line in beside if (None if line.kind == home else line.kind) == name)
    if name is None or manifest is None:
        away = tuple(line.pack for line in beside if line.pack not in same_kind)
        return PackStack(
            packs=same_kind, extending=extending, others=others if kind is None else (), elsewhere=away if kind is None else ()
        )
    return PackStack(
        packs=same_kind,
        extending=extending,
        kind=folder,
        rules=tuple(dict.fromkeys((INPUT, *(category for name in manifest.takes.rules for category in former.get(name, (name,)))))),
        tables=manifest.takes.tables,
    )


def _find_kind(kind: str, others: Sequence[Path]) -> tuple[Path, Manifest]:
    """The pack of that kind, by its folder or by its name. Raises UnknownKind."""
    given = Path(kind)
    if has_manifest(given):
        return given, read_manifest(given)
    packs = {manifest.name: (folder, manifest) for folder in (built_in(), *others) for manifest in [_read(folder)]}
    if kind not in packs:
        raise UnknownKind(kind, tuple(sorted(packs)))
    return packs[kind]


def book_kinds(stack: PackStack) -> BookKinds:
    """The kinds of a book."""
    others = {kind.name: kind for kind in map(_kind, stack.others)}  # a county's own pack stands in for a built-in one of its name
    return BookKinds(own=_kind(stack.kind or built_in()), others=tuple(others.values()))


def _kind(folder: Path) -> DocumentKind:
    return kind_of(_read(folder), trusted=folder.is_relative_to(built_in()))


def _read(folder: Path) -> Manifest:
    home = built_in()
    inside = folder.is_relative_to(home)
    shown = f"rules/{(folder / NAME).relative_to(home).as_posix()}" if inside else None
    return read_manifest(folder, shown, trusted=inside)


def plain_kinds(kinds: BookKinds) -> dict[str, Any]:
    """The kinds as plain data for the cache."""
    return {"own": asdict(kinds.own), "others": [asdict(kind) for kind in kinds.others]}


def kinds_from_cache(raw: Mapping[str, Any]) -> BookKinds:
    """The kinds of the cache. Anything odd raises."""
    return BookKinds(own=_kind_from_cache(raw["own"]), others=tuple(_kind_from_cache(kind) for kind in raw["others"]))


def _kind_from_cache(raw: Mapping[str, Any]) -> DocumentKind:
    return DocumentKind(**{**raw, "documents": tuple(raw["documents"]), "words": tuple(raw["words"])})


def book_of_kind(
    name: str, packs: tuple[str, ...] = (), cached: bool = True, amendments: Amendments = NO_AMENDMENTS, examples: bool = False
) -> Book:
    """The book of a kind, made once for a process: all that is given is plain, so that a worker can ask for it too."""
    places = tuple(os.path.abspath(pack) for pack in packs)
    return _book(name, places, cached, _AmendmentsKey(amendments), examples)


class _AmendmentsKey:
    """Amendments as the key of a cache: mappings inside them cannot be hashed."""

    def __init__(self, amendments: Amendments) -> None:
        self.amendments, self._key = amendments, repr(amendments.options)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _AmendmentsKey) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@cache
def _book(name: str, packs: tuple[str, ...], cached: bool, options: _AmendmentsKey, examples: bool) -> Book:
    from validator.rulebook.book import load_book

    return load_book([Path(pack) for pack in packs], kind=name, cache=cached, amendments=options.amendments, examples=examples)

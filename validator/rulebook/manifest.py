"""pack.yaml: what a pack is about. One with `documents` is about another kind of report and has forms and rules of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from validator.base.records import record
from validator.messages import both
from validator.model import DocumentKind, Text
from validator.rulebook.decode import WRONG, build, compiles
from validator.rulebook.diagnostics import Diagnostics, PackError
from validator.rulebook.pack_files import pack_bytes
from validator.rulebook.yaml_reader import Map, line_of, read_yaml
from validator.text.characters import Pattern

NAME = "pack.yaml"
#: The folder of a rule folder in which packs for other kinds of report lie, each in a folder of its own.
KINDS = "packs"
_WORD = re.compile(r"[a-z][a-z0-9-]*")


@record
class Takes:
    """What a pack for another kind of report takes from the built-in book: rules by category (input always) or id, and tables."""

    rules: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@record
class Manifest:
    """What pack.yaml may hold."""

    name: str
    title: Text
    documents: tuple[str, ...] = ()  # regular expressions: titles by which a document is known, without spaces, in half width
    words: tuple[str, ...] = ()  # words of the form by which a document is known that has lost its title …
    least: int = 3  # … where so many of them stand in it
    headings: int = 0  # or so many headings of the form's parts
    unchecked: Text = field(default_factory=dict)  # what the pack does not check, said under each result
    takes: Takes = Takes()
    extends: tuple[str, ...] = ()  # what the pack's rules are about and may replace: kinds of report, packs, folders
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what its rules were called before, for `takes` of packs of then
    order: tuple[str, ...] = ()  # ids: the order in which its rules run and are listed; the others come after, by id


def has_manifest(pack: Path) -> bool:
    """Whether a pack says what it is about."""
    return (pack / NAME).is_file()


def read_manifest(folder: Path, shown: str | None = None, *, trusted: bool = False) -> Manifest:
    """The pack's manifest. Raises PackError with every mistake in it."""
    path = folder / NAME
    log = Diagnostics(shown or str(path), trusted=trusted)
    raw = read_yaml(pack_bytes(path, log.path), log)
    if isinstance(raw, Map) and isinstance(raw.get("extends"), str):
        raw["extends"] = [raw["extends"]]
    manifest = build(raw, Manifest, log, 1, "") if raw is not None or not log.problems else WRONG
    if manifest is not WRONG and isinstance(raw, Mapping):
        _check(manifest, raw, log)
    if log.problems or manifest is WRONG:
        raise PackError(log.problems)
    return manifest


def line_of_extends(folder: Path) -> int:
    """Where the pack's manifest says what it extends."""
    raw = read_yaml(pack_bytes(folder / NAME), Diagnostics(str(folder / NAME)))
    return line_of(raw, "extends") or 1 if isinstance(raw, Map) else 1


def _check(manifest: Manifest, raw: Mapping[str, object], log: Diagnostics) -> None:
    """Log what the manifest says wrongly."""
    if not _WORD.fullmatch(manifest.name):
        log.add(line_of(raw, "name"), both("rulebook.pack.bad-name", name=manifest.name))
    for text, key in ((manifest.title, "title"), (manifest.unchecked, "unchecked")):
        if text and set(text) != {"zh", "en"}:
            log.add(line_of(raw, key), both("rulebook.value.one-language", name=key))
    for number, source in enumerate(manifest.documents):
        compiles(Pattern(source, log.trusted), log, line_of(raw["documents"], number), f"documents[{number + 1}]")
    if manifest.documents and manifest.extends:
        log.add(line_of(raw, "extends"), both("rulebook.pack.documents-and-extends"))


def kind_of(manifest: Manifest, *, trusted: bool) -> DocumentKind:
    """The kind of report that a manifest describes. `trusted`: it is of the built-in book, whose patterns are tested."""
    return DocumentKind(
        name=manifest.name,
        title=manifest.title,
        documents=manifest.documents,
        words=manifest.words,
        least=manifest.least,
        headings=manifest.headings,
        unchecked=manifest.unchecked,
        trusted=trusted,
    )


def folders_of_kinds(root: Path) -> tuple[Path, ...]:
    """The packs for other kinds of report that lie in a rule folder, by name."""
    home = root / KINDS
    return tuple(sorted(path for path in home.iterdir() if has_manifest(path))) if home.is_dir() else ()

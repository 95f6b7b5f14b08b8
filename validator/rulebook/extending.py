"""`extends` of pack.yaml: which packs come before a pack, and which kind of report it is about.

`extends: website` names a kind of report or another pack that is given beside; `extends: ../county` is a folder, seen from the pack.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from validator.base.records import record
from validator.messages import Text, both
from validator.rulebook.diagnostics import Diagnostic, PackError, listing
from validator.rulebook.manifest import NAME, Manifest, has_manifest, line_of_extends, read_manifest
from validator.rulebook.sources import built_in


@record
class Lineage:
    """A pack with those that it extends before it, nearest last."""

    pack: Path
    kind: str | None  # the kind of report that its rules are about; None: nothing says so, the built-in one
    before: tuple[Path, ...] = ()
    documents: bool = False  # it is about a kind of report of its own
    extends: bool = False  # its rules may stand in for those of the same id in what it extends


def lineages(packs: Sequence[Path], kinds: Mapping[str, Path]) -> tuple[Lineage, ...]:
    """The packs and all that they extend, each once and after what it extends. Raises PackError with every mistake in `extends`.

    `kinds`: the packs of the kinds of report, by name.
    """
    walk = _ExtendsWalk(packs, kinds)
    for pack in packs:
        walk.visit(pack, ())
    if walk.problems:
        raise PackError(walk.problems)
    return tuple(walk.done.values())


class _ExtendsWalk:
    """One walk over the packs, depth first."""

    def __init__(self, packs: Sequence[Path], kinds: Mapping[str, Path]) -> None:
        self._kinds = kinds
        self._named = {read_manifest(pack).name: pack for pack in packs if has_manifest(pack)}
        self.done: dict[str, Lineage] = {}  # by real path
        self.problems: list[Diagnostic] = []

    def visit(self, pack: Path, trail: tuple[Path, ...]) -> Lineage:
        """The pack's lineage; what it extends is visited first."""
        key = os.path.realpath(pack)
        if key in self.done:
            return self.done[key]
        manifest = read_manifest(pack) if has_manifest(pack) else None
        if manifest is None or not manifest.extends or manifest.documents:
            is_kind = manifest is not None and bool(manifest.documents)
            return self.done.setdefault(key, Lineage(pack=pack, kind=manifest.name if manifest and is_kind else None, documents=is_kind))
        kinds: dict[str | None, str] = {}
        before: dict[Path, None] = {}
        for name in manifest.extends:
            self._follow(name, pack, manifest, (*trail, pack), kinds, before)
        if len(kinds) > 1:
            self._add(pack, both("rulebook.extends.several-kinds", names=listing(kinds.values())))
        return self.done.setdefault(key, Lineage(pack=pack, kind=next(iter(kinds), None), before=tuple(before), extends=True))

    def _follow(
        self, name: str, pack: Path, manifest: Manifest, trail: tuple[Path, ...], kinds: dict[str | None, str], before: dict[Path, None]
    ) -> None:
        """One entry of `extends`."""
        if _is_path(name):
            target = Path(os.path.normpath(pack / name))
            if not target.is_dir():
                self._add(pack, both("rulebook.extends.no-folder", name=name, folder=target))
                return
        elif name in self._named and name != manifest.name and name not in self._kinds:
            target = self._named[name]
        elif name in self._kinds:
            kinds[None if self._kinds[name] == built_in() else name] = name
            return
        else:
            names = sorted({*self._kinds, *self._named} - {manifest.name})
            self._add(pack, both("rulebook.extends.unknown", name=name, names=listing(names)))
            return
        if any(os.path.samefile(target, folder) for folder in trail):
            ring = " → ".join(str(folder) for folder in (*trail, target))
            self._add(pack, both("rulebook.extends.circle", ring=ring))
            return
        lineage = self.visit(target, trail)
        kinds[lineage.kind] = name
        before.update(dict.fromkeys((*lineage.before, lineage.pack)))

    def _add(self, pack: Path, text: Text) -> None:
        self.problems.append(Diagnostic(path=str(pack / NAME), line=line_of_extends(pack), text=text))


def _is_path(name: str) -> bool:
    return name.startswith(".") or "/" in name or "\\" in name

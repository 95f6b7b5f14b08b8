"""The order in which rules run and are listed: `order` of pack.yaml, a list of ids; without one, by path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TypeVar

from validator.messages import both
from validator.rulebook.diagnostics import Diagnostic, Diagnostics
from validator.rulebook.manifest import NAME
from validator.rulebook.pack_files import pack_bytes
from validator.rulebook.sources import PackStack, RuleSource, built_in
from validator.rulebook.yaml_reader import Map, line_of, read_yaml

_Made = TypeVar("_Made")


def sort_rules(
    rules: Mapping[str, _Made], ids: Mapping[Path, str], sources: Sequence[RuleSource], stack: PackStack
) -> tuple[dict[str, _Made], list[Diagnostic]]:
    """The rules by id, pack after pack, and what is wrong with the packs' lists.

    `ids`: of the rule in each file, as far as one could be read. In a pack those of its list come first, then the others by id. A rule
    that changes or replaces one of an earlier pack keeps that one's place, unless its own pack's list names it. A pack without a list
    keeps the order of `rules`, which is that of its files' paths.
    """
    places: dict[str, tuple[int, int, str]] = {}
    problems: list[Diagnostic] = []
    for number, (root, _) in enumerate(stack.roots):
        ids_here = {ids[source.path]: None for source in sources if source.root == root and source.path in ids}
        order = _order(root)
        listed = {name: place for place, name in reversed(list(enumerate(order)))}
        for name in ids_here:
            if name in listed:
                places[name] = (number, listed[name], "")
            else:
                places.setdefault(name, (number, len(order), name if order else ""))
        if stack.owns(root / NAME):  # a pack for another kind takes some of the built-in rules only
            unread = {PurePosixPath(source.name).stem for source in sources if source.root == root and source.path not in ids}
            problems += _mistakes(root, order, listed, ids_here, unread)
    return dict(sorted(rules.items(), key=lambda item: places[item[0]])), problems


def _order(root: Path) -> list[str]:
    """The ids of the pack's list, with their lines; none where it has no list."""
    if not (root / NAME).is_file():
        return []
    raw = read_yaml(pack_bytes(root / NAME), Diagnostics(str(root / NAME)))
    order = raw.get("order") if isinstance(raw, Map) else None
    return order if isinstance(order, list) else []


def _mistakes(root: Path, order: Sequence[str], listed: Mapping[str, int], ids: Mapping[str, None], unread: set[str]) -> list[Diagnostic]:
    """Ids that the list has twice, and those without a file. `unread`: names of files that could not be read, which is reported already."""
    home = built_in()
    log = Diagnostics(f"rules/{(root / NAME).relative_to(home).as_posix()}" if root.is_relative_to(home) else str(root / NAME))
    for place, name in enumerate(order):
        if listed[name] != place:
            log.add(line_of(order, place), both("rulebook.order.twice", name=name))
        elif name not in ids and not unread & {name, name.partition(".")[2]}:
            log.add(line_of(order, place), both("rulebook.order.no-file", name=name))
    return log.problems

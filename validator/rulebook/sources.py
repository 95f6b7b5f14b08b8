"""Where rule files live and what is in them: the built-in `rules/` and the packs given beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from validator.base.records import record
from validator.base.regular_files import read_regular
from validator.messages import Text, both
from validator.model import INPUT, Rule
from validator.model.fact_tables import NEEDED_TABLES
from validator.rulebook.diagnostics import Diagnostic, PackError
from validator.rulebook.manifest import KINDS, NAME
from validator.rulebook.overrides import NO_AMENDMENTS, Amendments
from validator.rulebook.pack_files import MOST_BYTES, pack_bytes, unread

#: More rule files than any county writes; a wrong --rules (a home folder, a disk) ends here and not in an hour.
MOST_FILES = 2000
#: The folder of the built-in rules in which ready packs lie: each is read only where a county names it.
READY = "ready"
#: Bytes of all rule files of a pack together.
MOST_TOTAL = 64 * 2**20


@record
class RuleSource:
    """One YAML file of a pack, with its bytes."""

    path: Path
    name: str  # inside its pack, with slashes: totals/row-total.yaml
    shown: str  # how messages call it
    data: bytes
    pack: int  # 0: built in
    root: Path  # the folder of its pack

    @property
    def room(self) -> str:
        """The first folder of `name` in its pack: forms, tables or a folder of rules."""
        *folders, _ = self.name.split("/")
        return next(iter(folders[2:] if folders[:1] == [KINDS] else folders), "")

    @property
    def of_pack(self) -> str:
        """The folder of its pack; empty: built in."""
        return str(self.root) if self.pack else ""


@record
class PackStack:
    """The folders that a book is made of: the built-in rules or some of them, the pack of another kind of report, packs beside them."""

    packs: tuple[Path, ...] = ()
    kind: Path | None = None  # the pack of another kind of report; None: the built-in kind
    rules: tuple[str, ...] = (INPUT,)  # what such a pack takes of the built-in book: rules by category or id; those on reading in any case
    tables: tuple[str, ...] = ()  # and tables
    others: tuple[Path, ...] = ()  # packs of the kinds that a document's title may ask for
    elsewhere: tuple[Path, ...] = ()  # packs beside those
    extending: tuple[tuple[Path, tuple[Path, ...]], ...] = ()  # packs with `extends`, each with the packs that it extends

    @property
    def roots(self) -> tuple[tuple[Path, int], ...]:
        """Every folder with its number: 0 for the built-in ones."""
        home = built_in()
        first = [(home, 0)] if self.kind is None else [(home, 0), (self.kind, 0 if self.kind.is_relative_to(home) else 1)]
        return (*first, *((pack, number) for number, pack in enumerate(self.packs, 2 if self.kind else 1)))

    def replaceable(self, number: int) -> frozenset[int]:
        """The numbers of the folders whose rules a pack may replace by rules of the same id."""
        numbers = {root: given for root, given in self.roots}
        folder = next(root for root, given in self.roots if given == number)
        before = dict(self.extending).get(folder)
        if before is None:
            return frozenset()
        beside = {numbers[pack] for pack in self.packs}
        return frozenset({numbers[pack] for pack in before if pack in numbers} | (set(numbers.values()) - beside))

    def owns(self, path: Path) -> bool:
        """Whether a file is of the book's own, not taken from the built-in book by a pack for another kind."""
        return self.kind is None or not path.is_relative_to(built_in()) or path.is_relative_to(self.kind)

    def holds(self, root: Path, name: str) -> bool:
        """Whether a file of one of the roots belongs to the book."""
        if self.kind is None or root != built_in():
            return True
        category, _, stem = name.removesuffix(".yaml").partition("/")
        return category in self.rules or f"{category}.{stem}" in self.rules


def built_in() -> Path:
    """The folder of the built-in rules: `_rules` inside the installed package, else `rules` beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent  # what importlib.resources.files gives, without its start-up cost
    homes = (package / "_rules", package.parent / "rules")
    for home in homes:
        if (home / "forms").is_dir():
            return home
    text = both("rulebook.file.no-built-in", first=homes[0], second=homes[1])
    raise PackError([Diagnostic(path=str(homes[0]), line=1, text=text)])


def ready_packs() -> dict[str, Path]:
    """The packs that come with the program and are off until somebody names them: name → folder."""
    home = built_in() / READY
    return {path.name: path for path in sorted(home.iterdir()) if path.is_dir()} if home.is_dir() else {}


def is_ready(pack: Path) -> bool:
    """Whether a folder is one of the ready packs."""
    return pack.resolve().parent == built_in() / READY


def origins_of(sources: Iterable[RuleSource]) -> dict[str, RuleSource]:
    """The files by the names that the cache knows them by: number of the pack, name inside it."""
    return {f"{source.pack}/{source.name}": source for source in sources}


def of_pack(rule: Rule, packs: Iterable[Path] | None = None) -> bool:
    """Whether a rule's file lies in one of these packs (None: in any), not among the built-in ones."""
    if rule.pack and is_ready(Path(rule.pack)):
        return packs is None or any(pack.resolve() == Path(rule.pack).resolve() for pack in packs)
    if not rule.pack or Path(rule.path).resolve().is_relative_to(built_in()):
        return packs is not None and any(pack.resolve() == built_in() for pack in packs)
    return packs is None or any(Path(rule.path).resolve().is_relative_to(pack.resolve()) for pack in packs)


def gather(stack: PackStack) -> tuple[RuleSource, ...]:
    """Every YAML file of the book, tables left aside; sorted by pack and name."""
    sources: list[RuleSource] = []
    problems: list[Diagnostic] = []
    for root, number in stack.roots:
        if number and not root.exists():
            problems.append(_problem(root, _no_folder(root)))
            continue
        paths = _files(root)
        if number and not paths:
            problems.append(_problem(root, both("rulebook.file.none")))
        if len(paths) > MOST_FILES:
            problems.append(_problem(root, both("rulebook.file.too-many", most=MOST_FILES)))
            continue
        size, before = 0, len(sources)
        for path in paths:
            if size > MOST_TOTAL:
                problems.append(_problem(root, both("rulebook.file.too-much", most=MOST_TOTAL // 2**20)))
                break
            if stack.holds(root, path.name if path == root else path.relative_to(root).as_posix()):
                _add_source(root, path, number, sources, problems)
                size += sum(len(source.data) for source in sources[before:])
                before = len(sources)
    if problems:
        raise PackError(problems)
    return tuple(sources)


def _no_folder(root: Path) -> Text:
    """What is said of a pack that is not there: where its name is much like that of a ready one, that one is named."""
    from difflib import get_close_matches

    near = get_close_matches(root.name, ready_packs(), n=1)
    return both("rulebook.file.perhaps-ready", folder=root, name=near[0]) if near else both("rulebook.file.no-folder", folder=root)


def _add_source(root: Path, path: Path, pack: int, sources: list[RuleSource], problems: list[Diagnostic]) -> None:
    above = built_in() if pack == 0 else root
    name = path.name if path == above else path.relative_to(above).as_posix()
    shown = f"rules/{name}" if pack == 0 else f"rules/{READY}/{root.name}/{name}" if is_ready(root) else str(path)
    try:
        sources.append(RuleSource(path=path, name=name, shown=shown, data=read_regular(path, MOST_BYTES), pack=pack, root=root))
    except OSError as error:
        problems.append(unread(path, error))


def _files(root: Path) -> list[Path]:
    """The pack's YAML files but its tables, its manifest and packs inside it.

    Names that begin with a dot are left out, links to folders not followed.
    """
    if root.is_file():
        return [root]
    paths: list[str] = []
    for folder, inner, names in os.walk(root):
        inner[:] = [] if len(paths) > MOST_FILES else sorted(name for name in inner if not name.startswith("."))
        if folder == str(root):
            aside = ("tables", "bases", KINDS, *([READY] if root == built_in() else []))
            inner[:] = [name for name in inner if name not in aside]
            names = [name for name in names if name != NAME]
        paths += [os.path.join(folder, name) for name in names if name.endswith((".yaml", ".yml")) and not name.startswith(".")]
    return [Path(name) for name in sorted(paths)]


def table_files(stack: PackStack, *, without: Collection[str] = ()) -> dict[str, tuple[Path, ...]]:
    """The tables by name. A pack's table stands in for an earlier one of the same name; that of another kind of report is laid over it.

    `without`: files that are left aside, by their paths.
    """
    tables: dict[str, tuple[Path, ...]] = {}
    for root, _ in stack.roots:
        folder = root / "tables"
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            wanted = stack.kind is None or root != built_in() or path.stem in NEEDED_TABLES or path.stem in stack.tables
            if wanted and str(path) not in without:
                tables[path.stem] = (*tables.get(path.stem, ()), path) if root == stack.kind else (path,)
    return tables


def base_files(stack: PackStack) -> dict[str, Path]:
    """The sound reports that examples start from, by name."""
    folders = (root / "bases" for root, _ in stack.roots if stack.kind is None or root != built_in())
    return {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.txt"))}


def fingerprint(stack: PackStack, sources: Sequence[RuleSource], amendments: Amendments = NO_AMENDMENTS) -> str:
    """sha256 over all rules, forms, tables and amendments: equal books have equal fingerprints, whatever the line ends.

    Packs of other kinds that titles may ask for count too: the results of a run may come from any of them.
    """
    digest = hashlib.sha256()
    parts = [(f"{source.pack}/{source.name}", source.data) for source in sources]
    parts += [(f"tables/{name}", pack_bytes(path)) for name, paths in sorted(table_files(stack).items()) for path in paths]
    parts += [(name, pack_bytes(path)) for name, path in _manifests(stack)]
    beyond = [(pack, path) for pack in (*stack.others, *stack.elsewhere) for path in _whole(pack)]
    parts += [(f"{pack.name}/{path.relative_to(pack).as_posix()}", pack_bytes(path)) for pack, path in beyond]
    parts += [(f"amended/{name}", repr(options).encode()) for name, options in sorted(amendments.options.items())]
    for name, data in parts:
        data = data.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _manifests(stack: PackStack) -> Iterator[tuple[str, Path]]:
    for root, number in stack.roots:
        if (root / NAME).is_file():
            yield f"{number}/{NAME}", root / NAME


def _whole(pack: Path) -> list[Path]:
    """Every YAML file of a pack: rules, forms, tables, manifest."""
    return [*_files(pack), *sorted((pack / "tables").glob("*.yaml")), *filter(Path.is_file, [pack / NAME])]


def _problem(path: Path, text: Text) -> Diagnostic:
    return Diagnostic(path=str(path), line=1, text=text)

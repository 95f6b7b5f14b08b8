"""Where rule files live and what is in them: the built-in `rules/` and the packs given beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from validator.records import record
from validator.rulebook.amending import NO_AMENDMENTS, Amendments
from validator.rulebook.problem import PackError, Problem

#: More rule files than any county writes; a wrong --rules (a home folder, a disk) ends here and not in an hour.
MOST_FILES = 2000


@record
class Source:
    """One YAML file of a pack, with its bytes."""

    path: Path
    name: str  # inside its pack, with slashes: 30-applications/row-total.yaml
    shown: str  # how messages call it
    data: bytes
    pack: int  # 0: built in

    @property
    def room(self) -> str:
        """The first folder of `name`: forms, tables or a folder of rules."""
        return self.name.split("/", 1)[0] if "/" in self.name else ""


def built_in() -> Path:
    """The folder of the built-in rules: `_rules` inside the installed package, else `rules` beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent  # what importlib.resources.files gives, without its start-up cost
    homes = (package / "_rules", package.parent / "rules")
    for home in homes:
        if (home / "forms").is_dir():
            return home
    text = {
        "zh": f"找不到内置规则：{homes[0]} 和 {homes[1]} 都没有，请重新安装 nianbao",
        "en": f"the built-in rules are neither in {homes[0]} nor in {homes[1]}: install nianbao again",
    }
    raise PackError([Problem(path=str(homes[0]), line=1, text=text)])


def gather(packs: Sequence[Path]) -> tuple[Source, ...]:
    """Every YAML file of the built-in book and the packs, tables left aside; sorted by pack and name."""
    found: list[Source] = []
    problems: list[Problem] = []
    for number, root in enumerate((built_in(), *packs)):
        if number and not root.exists():
            problems.append(_problem(root, f"没有这个规则文件夹：{root}，请核对 --rules", f"there is no rule folder {root}: check --rules"))
            continue
        paths = _files(root)
        if number and not paths:
            problems.append(_problem(root, "这里没有规则文件（*.yaml）", "there is no rule file (*.yaml) here"))
        if len(paths) > MOST_FILES:
            problems.append(
                _problem(root, f"文件超过 {MOST_FILES} 个，请指到规则文件夹", f"more than {MOST_FILES} files: name the folder of the rules")
            )
            continue
        for path in paths:
            _take(root, path, number, found, problems)
    if problems:
        raise PackError(problems)
    return tuple(found)


def _take(root: Path, path: Path, pack: int, found: list[Source], problems: list[Problem]) -> None:
    name = path.name if path == root else path.relative_to(root).as_posix()
    shown = f"rules/{name}" if pack == 0 else str(path)
    try:
        found.append(Source(path=path, name=name, shown=shown, data=path.read_bytes(), pack=pack))
    except OSError as error:
        problems.append(_problem(path, f"打不开：{error.strerror}，请检查权限", f"cannot be opened: {error.strerror}"))


def _files(root: Path) -> list[Path]:
    """The pack's YAML files but its tables; names that begin with a dot are left out, links to folders not followed."""
    if root.is_file():
        return [root]
    found: list[str] = []
    for folder, inner, names in os.walk(root):
        inner[:] = [] if len(found) > MOST_FILES else sorted(name for name in inner if not name.startswith("."))
        if folder == str(root):
            inner[:] = [name for name in inner if name not in ("tables", "bases")]
        found += [os.path.join(folder, name) for name in names if name.endswith((".yaml", ".yml")) and not name.startswith(".")]
    return [Path(name) for name in sorted(found)]


def table_files(packs: Sequence[Path]) -> dict[str, Path]:
    """The tables by name; a pack's table stands in for a built-in one of the same name."""
    folders = (root / "tables" for root in (built_in(), *packs))
    return {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.yaml"))}


def base_files(packs: Sequence[Path]) -> dict[str, Path]:
    """The sound reports that examples start from, by name."""
    folders = (root / "bases" for root in (built_in(), *packs))
    return {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.txt"))}


def fingerprint(sources: Sequence[Source], tables: dict[str, Path], amendments: Amendments = NO_AMENDMENTS) -> str:
    """sha256 over all rules, forms, tables and amendments: equal books have equal fingerprints, whatever the line ends."""
    digest = hashlib.sha256()
    parts = [(f"{source.pack}/{source.name}", source.data) for source in sources]
    parts += [(f"tables/{name}", path.read_bytes()) for name, path in sorted(tables.items())]
    parts += [(f"amended/{name}", repr(options).encode()) for name, options in sorted(amendments.options.items())]
    for name, data in parts:
        data = data.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _problem(path: Path, zh: str, en: str) -> Problem:
    return Problem(path=str(path), line=1, text={"zh": zh, "en": en})

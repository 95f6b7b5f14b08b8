"""Tables of facts (rules/tables/*.yaml) → records: when first asked for in a run, all of a pack's at once where its rules are looked at."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from validator.base import cache_folder
from validator.messages import both
from validator.model import FactTables, Rule
from validator.model.fact_tables import KINDS_OF_TABLE
from validator.rulebook.decode import WRONG, convert, fields_of, parts, whole
from validator.rulebook.decode_cached import Maker, maker
from validator.rulebook.diagnostics import Diagnostic, Diagnostics, PackError, listing
from validator.rulebook.pack_files import pack_bytes, read_table
from validator.rulebook.yaml_reader import line_of

#: How alike two names of tables are, 0 to 1, where one is taken for a slip of the other.
_NEAR = 0.8


def fact_tables(files: Mapping[str, Sequence[Path]], *, cached: bool) -> FactTables:
    """The tables of these files by name, each read when first asked for (PackError where it cannot be read).

    Of several files of a name each is laid over the one before, key by key.
    """
    return FactTables(_FactTableReader(files, cached))


class _FactTableReader:
    """Gives the tables of a book as records, each decoded once: called with its name and the record's type."""

    def __init__(self, files: Mapping[str, Sequence[Path]], cached: bool) -> None:
        self._files, self._cached = dict(files), cached
        self._made: dict[tuple[str, type[Any]], Any] = {}

    def __call__(self, name: str, kind: type[Any]) -> Any:
        """The table of that name as that record; None where there is none."""
        if (name, kind) not in self._made:
            self._made[name, kind] = self._table(self._files[name], kind) if name in self._files else None
        return self._made[name, kind]

    def _table(self, paths: Sequence[Path], kind: Any) -> Any:
        """The record. A pack's files were checked when it was loaded, those of the built-in book are checked by tests."""
        raw = [self._plain(path) for path in paths]
        make: Maker = maker(kind)
        try:
            return make(_laid_over(raw), True)
        except (ValueError, TypeError, KeyError, AttributeError):
            logs = [Diagnostics(str(path), trusted=False) for path in paths]
            facts = decode_tables([read_table(pack_bytes(path), log) for path, log in zip(paths, logs, strict=True)], kind, logs)
            if problems := [problem for log in logs for problem in log.problems]:
                raise PackError(problems) from None
            return facts

    def _plain(self, path: Path) -> object:
        """The data of a file, from the cache where it was read before."""
        data = pack_bytes(path)
        key = f"table-{sha256(data).hexdigest()[:40]}"
        table = cache_folder.load(key) if self._cached else None
        if table is None:
            log = Diagnostics(str(path))
            table = read_table(data, log)
            if log.problems:
                raise PackError(log.problems)
            if self._cached:
                cache_folder.save(key, table)
        return table


def _laid_over(tables: Sequence[Any]) -> Any:
    if not all(isinstance(table, dict) for table in tables):
        return tables[-1]
    return {key: item for table in tables for key, item in table.items()}


def decode_tables(tables: Sequence[object], kind: type[Any], logs: Sequence[Diagnostics]) -> Any:
    """The record that these tables make, each laid over the one before; WRONG after a mistake, which is in the log of its file."""
    if not dataclasses.is_dataclass(kind):
        return convert(_laid_over(tables), kind, logs[-1], 1, "")
    given: dict[str, Any] = {}
    for table, log in zip(tables, logs, strict=True):
        if isinstance(table, Mapping):
            given |= parts(table, kind, log, "")
        elif not log.problems:
            log.add(1, both("rulebook.file.no-mapping"))
    facts = whole(given, kind, logs[-1], 1, "") if all(isinstance(table, Mapping) for table in tables) else WRONG
    return facts if facts is WRONG or _consistent(facts, tables, logs) else WRONG


def _consistent(facts: Any, tables: Sequence[Any], logs: Sequence[Diagnostics]) -> bool:
    """Whether the names in a record stand for something in it, for records that can say so by `mistakes`; what does not is in the log."""
    consistent = True
    for path, text in facts.mistakes() if hasattr(facts, "mistakes") else ():
        number = next(number for number in range(len(tables) - 1, -1, -1) if path[0] in tables[number])
        value, line = tables[number], 1
        for key in path:
            value, line = value[key], line_of(value, key) or line
        logs[number].add(line, text)
        consistent = False
    return consistent


def table_problems(
    files: Mapping[str, Sequence[Path]], packs: Sequence[Path], rules: Iterable[tuple[Rule, Diagnostics, int | None]]
) -> list[Diagnostic]:
    """Every mistake in the packs' own tables: of YAML, of keys and types, of expressions that might never end.

    A table that the program does not know has the type that rules which name it ask for. One that no rule names is not read; that is logged
    where its name is much like a known one. `rules`: each with the log and the line for mistakes in its options.
    """
    from difflib import get_close_matches

    from validator.rulebook.regex_bounds import check_table  # tries expressions: heavier than what a run needs

    kinds_asked = _kinds_asked(rules)
    logs: list[Diagnostics] = []
    for name, paths in files.items():
        if not any(path.is_relative_to(pack) for pack in packs for path in paths):
            continue
        table_logs = [Diagnostics(str(path), trusted=False) for path in paths]
        tables = [read_table(pack_bytes(path), log) for path, log in zip(paths, table_logs, strict=True)]
        for table, path, log in zip(tables, paths, table_logs, strict=True):
            if any(path.is_relative_to(pack) for pack in packs):
                check_table(table, log)
        kinds = {KINDS_OF_TABLE[name]} if name in KINDS_OF_TABLE else kinds_asked.get(name, set())
        for kind in kinds:
            decode_tables(tables, kind, table_logs)
        if not kinds and (near := get_close_matches(name, KINDS_OF_TABLE, n=1, cutoff=_NEAR)):
            table_logs[-1].add(1, both("rulebook.table.unread", name=name, near=near[0]))
        logs += table_logs
    return [problem for log in logs for problem in log.problems]


def _kinds_asked(rules: Iterable[tuple[Rule, Diagnostics, int | None]]) -> dict[str, set[type[Any]]]:
    """The kinds of record that rules ask of tables by name. A known table that is of another kind is a mistake of the rule."""
    kinds: dict[str, set[type[Any]]] = {}
    for rule, log, line in rules:
        for option, name, kind in tables_named(rule.check):
            if KINDS_OF_TABLE.get(name, kind) is not kind:
                fit = [table for table, other in KINDS_OF_TABLE.items() if other is kind]
                log.add(line, both("rulebook.option.another-table", option=option, name=name, names=listing(fit)))
            else:
                kinds.setdefault(name, set()).add(kind)
    return kinds


def tables_named(check: object) -> Iterator[tuple[str, str, type[Any]]]:
    """The options of a check that name a table: option, table, and of which kind it must be (`Annotated[str, …Facts]`)."""
    kind_of_check: type = type(check)
    for option, (hint, _) in fields_of(kind_of_check).items():
        if get_origin(hint) is Annotated:
            for kind in get_args(hint)[1:]:
                if kind in KINDS_OF_TABLE.values():
                    yield option, getattr(check, option), kind

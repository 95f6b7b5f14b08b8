"""The whole book: every form and rule of the built-in `rules/` and the packs, read, checked and kept compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from validator import __version__
from validator.model import Book, Form, Rule
from validator.rulebook import cache as store
from validator.rulebook.cases import check_examples
from validator.rulebook.forms import make_form, spans
from validator.rulebook.home import Source, base_files, fingerprint, gather, table_files
from validator.rulebook.names import check_names
from validator.rulebook.problem import Log, PackError, Problem, Quiet
from validator.rulebook.rules import make_rule
from validator.rulebook.source import Map, line_of, read_yaml
from validator.rulebook.tables import Tables, read_table

#: A rule as read: its data, its log, and the pack it comes from.
Read = tuple[Map, Log]


def load_book(packs: Sequence[Path] = (), *, examples: bool = False, cache: bool = True) -> Book:
    """The built-in book and the packs beside it, without mistakes; else PackError with all of them.

    `examples`: rules keep their examples (for testing and explaining them). `cache`: use and fill the user's cache folder.
    """
    packs = [Path(pack) for pack in packs]
    sources, files = gather(packs), table_files(packs)
    print_ = fingerprint(sources, files)
    tables = Tables(files, cached=cache)
    key = f"book-{__version__}-{print_}"
    if cache and not examples and (kept := _from_cache(key, sources)):
        return Book(forms=kept[0], rules=kept[1], tables=tables, fingerprint=print_)
    forms, rules, raw, problems = _compile(packs, sources, examples)
    if problems:
        raise PackError(problems)
    if cache:
        store.save(key, raw)
    return Book(forms=forms, rules=rules, tables=tables, fingerprint=print_)


def draft_book(packs: Sequence[Path] = (), *, examples: bool = True) -> tuple[Book, tuple[Problem, ...]]:
    """The book without the files that have mistakes, and the mistakes: for work on rules, never for checking reports."""
    packs = [Path(pack) for pack in packs]
    sources, files = gather(packs), table_files(packs)
    forms, rules, _, problems = _compile(packs, sources, examples)
    bad = {problem.path for problem in problems}
    rules = tuple(rule for rule in rules if rule.path not in bad)
    return Book(forms=forms, rules=rules, tables=Tables(files, cached=False), fingerprint=fingerprint(sources, files)), tuple(problems)


def _from_cache(key: str, sources: Sequence[Source]) -> tuple[tuple[Form, ...], tuple[Rule, ...]] | None:
    """Forms and rules as compiled before; None where the cache does not hold them or is not what it claims to be."""
    kept = store.load(key)
    if not isinstance(kept, dict):
        return None
    shown = {f"{source.pack}/{source.name}": source for source in sources}
    try:
        forms = tuple(make_form(raw, Quiet(name), strict=False) for name, raw in kept["forms"])
        rules = []
        for name, raw in kept["rules"]:
            log = Quiet(shown[name].shown, trusted=shown[name].pack == 0)
            rules.append(make_rule(raw, log, examples=False, strict=False))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return forms, tuple(rules)  # type: ignore[arg-type]


def _compile(
    packs: Sequence[Path], sources: Sequence[Source], examples: bool
) -> tuple[tuple[Form, ...], tuple[Rule, ...], dict[str, object], list[Problem]]:
    """Forms, rules, the same as plain data, and every mistake in the files. `examples`: keep and check them."""
    logs = {source.path: Log(source.shown, trusted=source.pack == 0) for source in sources}
    forms: dict[str, tuple[str, Form, object]] = {}
    raws: dict[str, tuple[str, Map, Log]] = {}
    for source in sources:
        log = logs[source.path]
        raw = read_yaml(source.data, log)
        name = f"{source.pack}/{source.name}"
        if not isinstance(raw, Map):
            if not log.problems:
                log.add(1, "文件里没有规则，请照 rules/README.md 写，或删去文件", "there is no rule in this file: write one as rules/README.md says, or delete the file")
        elif source.room == "forms":
            if form := make_form(raw, log, PurePosixPath(source.name).stem):
                forms[form.id] = (name, form, raw)
        else:
            _place(raw, name, log, raws)
    spans([form for _, form, _ in forms.values()], next(iter(logs.values())))
    made = [(make_rule(raw, log, examples=examples), raw, log) for _, raw, log in raws.values()]
    good = [(rule, raw, log) for rule, raw, log in made if rule]
    laws = [form for _, form, _ in forms.values()]
    check_names(good, laws, raws)
    if examples:
        check_examples(good, laws, base_files(packs), raws)
    plain = {
        "forms": [(name, raw) for name, _, raw in forms.values()],
        "rules": [(name, {key: value for key, value in raw.items() if key != "examples"}) for name, raw, _ in raws.values()],
    }
    problems = [problem for log in logs.values() for problem in log.problems] + _table_problems(packs)
    return tuple(form for _, form, _ in forms.values()), tuple(rule for rule, _, _ in good), plain, problems


def _table_problems(packs: Sequence[Path]) -> list[Problem]:
    """Mistakes in the packs' own tables; the built-in ones are held by tests."""
    logs = []
    for path in table_files(packs).values():
        if any(path.is_relative_to(pack) for pack in packs):
            logs.append(Log(str(path)))
            read_table(path.read_bytes(), logs[-1])
    return [problem for log in logs for problem in log.problems]


def _place(raw: Map, name: str, log: Log, raws: dict[str, tuple[str, Map, Log]]) -> None:
    """Add a rule to those read before; a pack's rule with `override: true` changes an earlier one of the same id."""
    key = raw.get("id")
    if not isinstance(key, str):
        log.add(line_of(raw, "id"), "规则缺少 id（类别.名称），请补上；数字要加引号", "the rule lacks an id (category.name): add it, in quotes if it is a number")
        return
    earlier = raws.get(key)
    override = raw.get("override", False)
    if override is not True and earlier:
        log.add(line_of(raw, "id"), f"“{key}”在 {earlier[2].path} 已有；要改它就加 override: true，否则换个 id",
                f"'{key}' is already in {earlier[2].path}: add override: true to change it, or take another id")
        return
    if override is True and not earlier:
        log.add(line_of(raw, "override"), f"没有可改的规则“{key}”，请核对 id", f"there is no rule '{key}' to change: check the id")
        return
    raws[key] = (name, _merged(earlier[1], raw), log) if earlier else (name, raw, log)


def _merged(old: Mapping[str, object], new: Map) -> Map:
    """The old rule with the new one's keys; options and variants are merged one by one."""
    made = Map(old)
    made.line, made.lines = new.line, {key: new.lines.get(key, new.line) for key in (*old, *new)}
    for key, value in new.items():
        before = old.get(key)
        joined = Map({**before, **value}) if key in ("with", "variants") and isinstance(before, Map) and isinstance(value, Map) else value
        if joined is not value:
            joined.line, joined.lines = value.line, {name: value.lines.get(name, value.line) for name in joined}
        made[key] = joined
    return made

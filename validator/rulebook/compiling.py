"""Rule files → forms and rules, each file read and checked, and the names that files use of each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from validator.messages import both
from validator.model import Form, Rule
from validator.rulebook.diagnostics import Log, Problem
from validator.rulebook.example_schema import check_examples
from validator.rulebook.fact_tables import table_problems
from validator.rulebook.forms import make_form, spans
from validator.rulebook.one_language import in_both
from validator.rulebook.ordering import ordered
from validator.rulebook.overrides import AMENDED, NO_AMENDMENTS, Amendments
from validator.rulebook.references import check_names, check_roles
from validator.rulebook.rules import claimed, make_rule
from validator.rulebook.sources import Shelf, Source, base_files, origins_of, table_files
from validator.rulebook.succession import ended, followed
from validator.rulebook.yaml_reader import Map, Seq, line_of, read_yaml

_TOP_LEVEL = re.compile(rb"\n[^\s#]")


def compile_book(
    shelf: Shelf, sources: Sequence[Source], examples: bool, amendments: Amendments = NO_AMENDMENTS
) -> tuple[tuple[Form, ...], tuple[Rule, ...], dict[str, object], list[Problem]]:
    """Forms, rules, the same as plain data, and every mistake in the files. `examples`: keep and check them.

    `amendments`: options that nianbao.yaml gives single rules; those of rules that nobody knows are left to whoever reads that file.
    """
    logs = {source.path: Log(source.shown, trusted=source.pack == 0) for source in sources}
    forms: dict[str, tuple[str, Form, Map, Log]] = {}
    raws: dict[str, tuple[str, Map, Log]] = {}
    replaced: dict[str, list[str]] = {}
    ids: dict[Path, str] = {}
    for source in sources:
        log = logs[source.path]
        raw = read_yaml(source.data if examples or not log.trusted else _without_examples(source.data), log)
        if isinstance(raw, Map) and not shelf.owns(source.path):
            raw.pop("examples", None)  # they start from the built-in book's sound reports, and are run with it
        name = f"{source.pack}/{source.name}"
        if not isinstance(raw, Map):
            if not log.problems:
                log.add(
                    1,
                    both("rulebook.rule.none-in-file"),
                )
        elif source.room == "forms":
            if (form := make_form(raw, log, PurePosixPath(source.name).stem)) and not _twice(form, source, log, forms, shelf):
                forms[form.id] = (name, form, raw, log)
        else:
            if not log.trusted:
                in_both(raw)
            ids[source.path] = str(raw.get("id"))
            _place(raw, source, log, raws, replaced, shelf)
    raws, disorder = ordered(raws, ids, sources, shelf)
    change = Log(amendments.path, trusted=False, many=True)
    for key, options in amendments.options.items():
        if key in raws:
            name, raw, _ = raws[key]
            raws[key] = (f"{AMENDED}{name}", _merged(raw, _amendment(options)), change)
    laws = ended([form for _, form, _, _ in forms.values()])
    spans([(form, raw, log) for form, (_, _, raw, log) in zip(laws, forms.values(), strict=True)])
    made = [(name, make_rule(raw, log, examples=examples), raw, log) for name, raw, log in raws.values()]
    origins = origins_of(sources)
    good = [(_placed(rule, origins[name.removeprefix(AMENDED)], replaced, origins), raw, log) for name, rule, raw, log in made if rule]
    check_names(good, laws, raws, table_files(shelf))
    check_roles(good)
    if examples:
        check_examples(good, laws, base_files(shelf), raws)
    plain: dict[str, object] = {
        "replaced": replaced,
        "forms": [(name, raw) for name, _, raw, _ in forms.values()],
        "rules": [(name, {key: value for key, value in raw.items() if key != "examples"}) for name, raw, _ in raws.values()],
    }
    packs = [root for root, number in shelf.roots if number]
    of_tables = table_problems(table_files(shelf), packs, [(rule, log, line_of(raw, "with")) for rule, raw, log in good])
    problems = [problem for log in (*logs.values(), change) for problem in log.problems] + disorder + of_tables
    return laws, followed([rule for rule, _, _ in good], laws), plain, problems


def _placed(rule: Rule, source: Source, replaced: Mapping[str, Sequence[str]], origins: Mapping[str, Source]) -> Rule:
    """The rule with the file and the pack that it comes from, and the files that it replaces."""
    old = tuple(origins[name].shown for name in replaced.get(rule.id, ()))
    return claimed(replace(rule, path=source.shown, pack=source.of_pack, replaces=old))


def _twice(form: Form, source: Source, log: Log, forms: Mapping[str, tuple[str, Form, Map, Log]], shelf: Shelf) -> bool:
    """Whether a form of that id is there already and may not be replaced, which is logged."""
    if form.id not in forms:
        return False
    name, _, _, earlier = forms[form.id]
    if int(name.split("/", 1)[0]) in shelf.replaceable(source.pack):
        return False
    log.add(
        1,
        both("rulebook.form.already-there", id=form.id, path=earlier.path),
    )
    return True


def _amendment(options: object) -> Map:
    """Options from nianbao.yaml as an override of a rule; mistakes in them are told with their own lines."""
    made, line = Map({"with": options, "unasked": "on"}), line_of(options, None) or 1
    made.line, made.lines = line, dict.fromkeys(made, line)
    return made


def _without_examples(data: bytes) -> bytes:
    """A built-in rule file up to its examples, which are half of it, where they stand last."""
    at = data.find(b"\nexamples:")
    return data if at < 0 or _TOP_LEVEL.search(data, at + 1) else data[: at + 1]


def _place(raw: Map, source: Source, log: Log, raws: dict[str, tuple[str, Map, Log]], replaced: dict[str, list[str]], shelf: Shelf) -> None:
    """Add a rule to those read before.

    With `override: true` it changes an earlier one of the same id; in a pack that extends the earlier one's pack it stands in for it.
    """
    key = raw.get("id")
    if not isinstance(key, str):
        log.add(
            line_of(raw, "id"),
            both("rulebook.rule.no-id"),
        )
        return
    name, earlier = f"{source.pack}/{source.name}", raws.get(key)
    override = raw.get("override", False) is True
    if earlier is None:
        if override:
            log.add(line_of(raw, "override"), both("rulebook.rule.nothing-to-change", id=key))
        else:
            raws[key] = (name, raw, log)
        return
    path, pack = earlier[2].path, int(earlier[0].split("/", 1)[0])
    if pack == source.pack and not (override and pack == 0):  # a built-in kind changes what it takes of the built-in book
        log.add(
            line_of(raw, "id"),
            both("rulebook.rule.twice-in-pack", id=key, path=path),
        )
    elif override or pack in shelf.replaceable(source.pack):
        replaced.setdefault(key, []).append(earlier[0])
        if (role := earlier[1].get("role")) and raw.get("role", role if override else None) != role:
            log.add(line_of(raw, "role") or 1, both("rulebook.role.missing", id=key, role=role))
        raws[key] = (name, _asked_for(_merged(earlier[1], raw), raw, source) if override else raw, log)
    else:
        log.add(
            line_of(raw, "id"),
            both("rulebook.rule.already-there", id=key, path=path),
        )


def _asked_for(made: Map, raw: Map, source: Source) -> Map:
    """A rule that a county's pack changes: the county asks for it, in its own name where the pack cites no document."""
    if source.pack == 0:
        return made
    if "unasked" not in raw:
        made["unasked"] = "on"
        made.lines["unasked"] = made.line
    bases = made.get("basis")
    if "basis" not in raw and isinstance(bases, Seq):
        kept = Seq(_own(basis) if isinstance(basis, Map) and basis.get("kind") == "county" else basis for basis in bases)
        kept.line, kept.lines = bases.line, bases.lines
        made["basis"] = kept
    return made


def _own(basis: Map) -> Map:
    """A basis that no longer is this tool's advice."""
    kept = Map({"kind": "county"})
    kept.line, kept.lines = basis.line, {"kind": basis.line}
    return kept


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

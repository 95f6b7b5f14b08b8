"""Forms and rules as their files have them, one file after the other: what a later file changes or replaces of an earlier one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from validator.base.records import record
from validator.messages import both
from validator.model import Form
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.forms import make_form
from validator.rulebook.one_language import fill_languages
from validator.rulebook.overrides import AMENDED, Amendments
from validator.rulebook.sources import PackStack, RuleSource
from validator.rulebook.yaml_reader import Map, Seq, line_of, read_yaml

_TOP_LEVEL = re.compile(rb"\n[^\s#]")


@record
class RuleDraft:
    """The data of one rule with the log for its mistakes. `file`: number of the pack / name inside it, as in `origins_of`."""

    file: str
    raw: Map
    log: Diagnostics

    @property
    def pack(self) -> int:
        """The number of its pack; 0: built in."""
        return int(self.file.split("/", 1)[0])


@record
class FormDraft(RuleDraft):
    """The same for a form, which is whole already."""

    form: Form


class Drafts:
    """Collects the files of a book, in the order of its packs."""

    def __init__(self, stack: PackStack) -> None:
        self._stack = stack
        self.forms: dict[str, FormDraft] = {}
        self.rules: dict[str, RuleDraft] = {}
        self.replaced: dict[str, list[str]] = {}  # rule id → the earlier files that it changes or stands in for
        self.ids: dict[Path, str] = {}  # of the rule in each file that could be read

    def add_file(self, source: RuleSource, examples: bool) -> Diagnostics:
        """Read a file; returns the log of its mistakes."""
        log = Diagnostics(source.shown, trusted=source.pack == 0)
        raw = read_yaml(source.data if examples or not log.trusted else _without_examples(source.data), log)
        if not isinstance(raw, Map):
            if not log.problems:
                log.add(1, both("rulebook.rule.none-in-file"))
            return log
        if not self._stack.owns(source.path):
            raw.pop("examples", None)  # they start from the built-in book's sound reports, and are run with it
        draft = RuleDraft(file=f"{source.pack}/{source.name}", raw=raw, log=log)
        if source.room == "forms":
            self._add_form(draft, PurePosixPath(source.name).stem)
        else:
            if not log.trusted:
                fill_languages(raw)
            self.ids[source.path] = str(raw.get("id"))
            self._add_rule(draft)
        return log

    def _add_form(self, draft: RuleDraft, stem: str) -> None:
        """Add a form; one whose id is there already is a mistake, unless its pack may replace that of the earlier one."""
        form = make_form(draft.raw, draft.log, stem)
        earlier = self.forms.get(form.id) if form else None
        if earlier and earlier.pack not in self._stack.replaceable(draft.pack):
            draft.log.add(1, both("rulebook.form.already-there", id=earlier.form.id, path=earlier.log.path))
        elif form:
            self.forms[form.id] = FormDraft(file=draft.file, raw=draft.raw, log=draft.log, form=form)

    def _add_rule(self, draft: RuleDraft) -> None:
        """Add a rule to those read before.

        With `override: true` it changes an earlier one of the same id; in a pack that extends the earlier one's pack it stands in for it.
        """
        raw, log, key = draft.raw, draft.log, draft.raw.get("id")
        if not isinstance(key, str):
            log.add(line_of(raw, "id"), both("rulebook.rule.no-id"))
            return
        earlier, override = self.rules.get(key), raw.get("override", False) is True
        if earlier is None:
            if override:
                log.add(line_of(raw, "override"), both("rulebook.rule.nothing-to-change", id=key))
            else:
                self.rules[key] = draft
        elif earlier.pack == draft.pack and not (override and draft.pack == 0):  # a built-in kind changes what it takes of the book
            log.add(line_of(raw, "id"), both("rulebook.rule.twice-in-pack", id=key, path=earlier.log.path))
        elif override or earlier.pack in self._stack.replaceable(draft.pack):
            self.replaced.setdefault(key, []).append(earlier.file)
            if (role := earlier.raw.get("role")) and raw.get("role", role if override else None) != role:
                log.add(line_of(raw, "role") or 1, both("rulebook.role.missing", id=key, role=role))
            data = _asked_for(_merged(earlier.raw, raw), draft) if override else raw
            self.rules[key] = RuleDraft(file=draft.file, raw=data, log=log)
        else:
            log.add(line_of(raw, "id"), both("rulebook.rule.already-there", id=key, path=earlier.log.path))


def amended(rules: Mapping[str, RuleDraft], amendments: Amendments, log: Diagnostics) -> dict[str, RuleDraft]:
    """The rules by id, those that nianbao.yaml gives options with these; mistakes in them are reported with that file's own lines."""
    changed = {}
    for key, options in amendments.options.items():
        if key in rules:
            override = Map.at(line_of(options, None) or 1, {"with": options, "unasked": "on"})
            changed[key] = RuleDraft(file=f"{AMENDED}{rules[key].file}", raw=_merged(rules[key].raw, override), log=log)
    return {**rules, **changed}


def _without_examples(data: bytes) -> bytes:
    """A built-in rule file up to its examples, which are half of it, where they stand last."""
    at = data.find(b"\nexamples:")
    return data if at < 0 or _TOP_LEVEL.search(data, at + 1) else data[: at + 1]


def _asked_for(merged: Map, draft: RuleDraft) -> Map:
    """A rule that a county's pack changes: the county asks for it, in its own name where the pack cites no document."""
    if draft.pack == 0:
        return merged
    if "unasked" not in draft.raw:
        merged["unasked"] = "on"
        merged.lines["unasked"] = merged.line
    bases = merged.get("basis")
    if "basis" not in draft.raw and isinstance(bases, Seq):
        county_bases = Seq(_without_advice(basis) for basis in bases)
        county_bases.line, county_bases.lines = bases.line, bases.lines
        merged["basis"] = county_bases
    return merged


def _without_advice(basis: object) -> object:
    """A basis that no longer is this tool's advice."""
    return Map.at(basis.line, {"kind": "county"}) if isinstance(basis, Map) and basis.get("kind") == "county" else basis


def _merged(old: Mapping[str, object], new: Map) -> Map:
    """The old rule with the new one's keys; options and variants are merged one by one."""
    merged = Map.at(new.line, old, {key: new.lines.get(key, new.line) for key in (*old, *new)})
    for key, value in new.items():
        before = old.get(key)
        if key in ("with", "variants") and isinstance(before, Map) and isinstance(value, Map):
            joined = {**before, **value}
            merged[key] = Map.at(value.line, joined, {name: value.lines.get(name, value.line) for name in joined})
        else:
            merged[key] = value
    return merged

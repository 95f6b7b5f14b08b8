"""One rule file → Rule: its texts, its basis, and the check with its options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, Literal, get_args

from validator.base.regex_cache import expression
from validator.checks import CHECKS
from validator.messages import both
from validator.model import Basis, Check, Role, Rule, Scope, Severity, Text, UnitState, Variant
from validator.model.unit_facts import UnitKind
from validator.rulebook.decode import WRONG, build, convert, unknown
from validator.rulebook.diagnostics import Diagnostics, listing
from validator.rulebook.yaml_reader import line_of

#: What a rule file may hold.
KEYS = (
    "id", "title", "severity", "basis", "forms", "years", "kinds", "requires", "yields_to", "scope", "role", "state", "unasked", "check",
    "with", "message", "advice", "should", "why", "variants", "examples", "override",
)  # fmt: skip
NEEDED = ("id", "title", "severity", "basis", "check", "message", "advice")
#: The contract's categories. A county's own rules may have others.
CATEGORIES = (
    "input", "form", "structure", "table", "totals", "contact", "identity", "narrative", "privacy", "wording", "series", "county",
    "deadline", "config",
)  # fmt: skip
#: The contract's kinds of unit.
KINDS: tuple[str, ...] = get_args(UnitKind)
#: Facts that every message may name.
STANDARD = ("expected", "actual", "row", "column", "table", "section", "excerpt", "rows")

_ID = expression(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
_BRACES = expression(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_FACT = expression(r"[a-z][a-z0-9_]*")


def check_type(name: str) -> type[Check]:
    """The class of the check of that name; KeyError where there is none."""
    module, _, kind = CHECKS[name].partition(":")
    check: type[Check] = getattr(import_module(module), kind)
    return check


def make_rule(raw: Mapping[str, object], log: Diagnostics, *, examples: bool) -> Rule | None:
    """The rule of one file; None where it cannot be made. Mistakes are in the log."""
    unknown(raw, KEYS, log, "")
    missing = [key for key in NEEDED if raw.get(key) in (None, "", [], {})]
    if missing:
        log.add(line_of(raw, None), both("rulebook.rule.lacks", names=listing(missing)))
    parts = _parts(raw, log, examples)
    check_rule(raw, parts, log)
    return None if missing or any(part is WRONG for part in parts.values()) else Rule(**parts, path=log.path)


#: The fields of a rule that are converted by type alone.
SHAPES: dict[str, Any] = {
    "id": str, "title": Text, "severity": Severity, "basis": tuple[Basis, ...], "message": Text, "advice": Text, "should": Text,
    "why": Text, "variants": Mapping[str, Variant], "forms": tuple[str, ...], "kinds": tuple[str, ...], "requires": tuple[str, ...],
    "yields_to": tuple[str, ...], "scope": Scope, "role": Role, "state": UnitState, "unasked": Literal["on", "off"],
}  # fmt: skip


def _parts(raw: Mapping[str, object], log: Diagnostics, examples: bool) -> dict[str, Any]:
    """The fields of the rule, each converted; WRONG where there is a mistake."""
    parts = {key: convert(raw[key], shape, log, line_of(raw, key), key) for key, shape in SHAPES.items() if key in raw}
    if "years" in raw:
        parts["years"] = _years(raw["years"], log, line_of(raw, "years"))
    parts["check"] = _check(raw, log) if "check" in raw else WRONG
    if examples:
        parts["examples"] = raw.get("examples") or {}
    return parts


def _years(value: object, log: Diagnostics, line: int | None) -> Any:
    """{from: 2021, to: 2030}, either may be left out."""
    years = convert(value, Mapping[str, int | None], log, line, "years")
    if years is WRONG or not isinstance(value, Mapping):
        return WRONG
    unknown(value, ("from", "to"), log, "years")
    first, last = years.get("from"), years.get("to")
    if first is not None and last is not None and first > last:
        log.add(line, both("rulebook.rule.no-year", first=first, last=last))
        return WRONG
    return first, last


def _check(raw: Mapping[str, object], log: Diagnostics) -> Any:
    """The check named, with its options from `with`."""
    name = raw["check"]
    line = line_of(raw, "check")
    if name not in CHECKS:
        log.add(line, both("rulebook.rule.no-check", name=name, names=listing(CHECKS)))
        return WRONG
    try:
        kind = check_type(str(name))
    except (ImportError, AttributeError) as error:
        log.add(line, both("rulebook.rule.check-not-loaded", name=name, error=error))
        return WRONG
    return build(raw.get("with") or {}, kind, log, line_of(raw, "with") or line, "with")


def claimed(rule: Rule) -> Rule:
    """The rule, what a county's own pack rests on the county marked as asked for; a built-in rule only gives advice."""
    if not rule.pack:
        return rule
    variants = {name: replace(variant, basis=_asked(variant.basis)) for name, variant in rule.variants.items()}
    return replace(rule, basis=_asked(rule.basis), variants=variants)


def _asked(bases: tuple[Basis, ...]) -> tuple[Basis, ...]:
    return tuple(replace(basis, asked=True) if basis.kind == "county" else basis for basis in bases)


def check_rule(raw: Mapping[str, object], parts: Mapping[str, Any], log: Diagnostics) -> None:
    """Log what a rule says wrongly by itself; names of other files are checked when all are read."""
    _check_id(str(raw.get("id", "")), raw, log)
    for key in ("title", "message", "advice", "should", "why"):
        _both(raw.get(key), log, line_of(raw, key), key)
    declared = getattr(parts["check"], "FACTS", None)
    facts = (*STANDARD, *declared) if declared is not None else None
    for key in ("message", "advice", "should"):
        _braces(raw.get(key), facts, log, line_of(raw, key), key)
    _scope(raw, parts, log)
    variants = raw.get("variants")
    for name, variant in variants.items() if isinstance(variants, Mapping) else ():
        for key in ("message", "advice", "should"):
            if isinstance(variant, Mapping) and key in variant:
                _both(variant[key], log, line_of(variant, key), f"variants.{name}.{key}")
                _braces(variant[key], facts, log, line_of(variant, key), f"variants.{name}.{key}")
    for kind in parts.get("kinds", ()) if parts.get("kinds") is not WRONG else ():
        if kind not in KINDS:
            log.add(line_of(raw, "kinds"), both("rulebook.rule.no-kind-of-unit", kind=kind, names=listing(KINDS)))  # fmt: skip
    raw_variants = variants if isinstance(variants, Mapping) else {}
    by_variant = parts.get("variants", {}) if parts.get("variants") is not WRONG else {}
    for place, bases in ((raw, parts.get("basis", ())), *((raw_variants.get(name), variant.basis) for name, variant in by_variant.items())):
        _bases(bases if bases is not WRONG else (), log, line_of(place, "basis"))


def _scope(raw: Mapping[str, object], parts: Mapping[str, Any], log: Diagnostics) -> None:
    """Log a rule over one report with a check over a set, and the other way round."""
    check, scope = parts["check"], parts.get("scope", "report")
    scopes = getattr(check, "SCOPES", ("report",))
    if check is not WRONG and scope is not WRONG and scope not in scopes:
        log.add(line_of(raw, "scope") or line_of(raw, "check"), both("rulebook.rule.needs-scope", check=raw.get("check"), scope=scopes[0]))


def _bases(bases: tuple[Basis, ...], log: Diagnostics, line: int | None) -> None:
    """Log a provision without its document."""
    for basis in bases:
        if basis.kind in ("law", "form") and not basis.document:
            log.add(line, both("rulebook.rule.basis-without-document"))


def _check_id(name: str, raw: Mapping[str, object], log: Diagnostics) -> None:
    line = line_of(raw, "id")
    if not _ID.fullmatch(name):
        log.add(line, both("rulebook.rule.bad-id", id=name))
        return
    category, _, rest = name.partition(".")
    if log.trusted and category not in CATEGORIES:
        log.add(line, both("rulebook.rule.no-category", category=category, names=listing(CATEGORIES)))
    stem = expression(r"\.ya?ml$").sub("", re.split(r"[\\/]", log.path)[-1])
    if not log.many and stem not in (rest, name):
        log.add(line, both("rulebook.rule.id-and-file-differ", id=name, file=stem, own=rest))


def _both(text: object, log: Diagnostics, line: int | None, name: str) -> None:
    """Log a text that lacks a language or has one too many."""
    if isinstance(text, Mapping):
        unknown(text, ("zh", "en"), log, name)
        for lang in ("zh", "en"):
            if not text.get(lang):
                log.add(line, both("rulebook.rule.lacks-language", name=name, language=lang))


def _braces(text: object, facts: tuple[str, ...] | None, log: Diagnostics, line: int | None, name: str) -> None:
    """Log braces that stand for nothing. `facts`: the names the check fills, None where it does not say."""
    if not isinstance(text, Mapping):
        return
    for sentence in text.values():
        for match in _BRACES.finditer(str(sentence)):
            fact = match[1]
            if match[0] in ("{{", "}}"):
                continue
            if fact is None or not _FACT.fullmatch(fact):
                log.add(line, both("rulebook.braces.no-name", name=name, found=match[0]))
            elif facts is not None and fact not in facts:
                log.add(line, both("rulebook.braces.nothing-to-fill", name=name, fact=fact, names=listing(facts)))

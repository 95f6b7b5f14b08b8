"""One rule file → Rule: its texts, its basis, and the check with its options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

from validator.base.regex_cache import expression
from validator.checks import CHECKS
from validator.model import Basis, Rule, Severity, Text, Variant
from validator.rulebook.decode import WRONG, build, convert, unknown
from validator.rulebook.diagnostics import Log, listing
from validator.rulebook.yaml_reader import line_of

#: What a rule file may hold.
KEYS = (
    "id", "title", "severity", "basis", "forms", "years", "kinds", "requires", "scope", "check", "with",
    "message", "advice", "why", "variants", "examples", "override",
)  # fmt: skip
NEEDED = ("id", "title", "severity", "basis", "check", "message", "advice")
#: The contract's categories. A county's own rules may have others.
CATEGORIES = (
    "input", "form", "structure", "table", "totals", "contact", "identity", "narrative", "privacy", "wording", "series", "county",
    "deadline", "config",
)  # fmt: skip
#: The contract's kinds of unit.
KINDS = ("government", "office", "department", "township", "subdistrict", "committee", "vertical", "institution")
#: Facts that every message may name.
STANDARD = ("expected", "actual", "row", "column", "table", "section", "excerpt", "rows")

_ID = expression(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
_BRACES = expression(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_FACT = expression(r"[a-z][a-z0-9_]*")


def check_type(name: str) -> type:
    """The class of the check of that name; KeyError where there is none."""
    module, _, kind = CHECKS[name].partition(":")
    return getattr(import_module(module), kind)


def make_rule(raw: Mapping[str, object], log: Log, *, examples: bool) -> Rule | None:
    """The rule of one file; None where it cannot be made. Mistakes are in the log."""
    unknown(raw, KEYS, log, "")
    missing = [key for key in NEEDED if raw.get(key) in (None, "", [], {})]
    if missing:
        log.add(line_of(raw, None), f"规则缺少 {listing(missing)}，请补上", f"the rule lacks {listing(missing, ', ')}: add it")
    parts = _parts(raw, log, examples)
    check_rule(raw, parts, log)
    return None if missing or any(part is WRONG for part in parts.values()) else Rule(**parts, path=log.path)


#: The fields of a rule that are converted by type alone.
SHAPES: dict[str, Any] = {
    "id": str, "title": Text, "severity": Severity, "basis": tuple[Basis, ...], "message": Text, "advice": Text, "why": Text,
    "variants": Mapping[str, Variant], "forms": tuple[str, ...], "kinds": tuple[str, ...], "requires": tuple[str, ...],
    "scope": Literal["report", "series", "county", "config"],
}  # fmt: skip


def _parts(raw: Mapping[str, object], log: Log, examples: bool) -> dict[str, Any]:
    """The fields of the rule, each converted; WRONG where there is a mistake."""
    parts = {key: convert(raw[key], shape, log, line_of(raw, key), key) for key, shape in SHAPES.items() if key in raw}
    if "years" in raw:
        parts["years"] = _years(raw["years"], log, line_of(raw, "years"))
    parts["check"] = _check(raw, log) if "check" in raw else WRONG
    if examples:
        parts["examples"] = raw.get("examples") or {}
    return parts


def _years(value: object, log: Log, line: int | None) -> Any:
    """{from: 2021, to: 2030}, either may be left out."""
    made = convert(value, Mapping[str, int | None], log, line, "years")
    if made is WRONG:
        return WRONG
    unknown(value, ("from", "to"), log, "years")  # type: ignore[arg-type]
    first, last = made.get("from"), made.get("to")
    if first is not None and last is not None and first > last:
        log.add(line, f"年份范围为空：from {first} 大于 to {last}，请对调", f"no year is in the range: from {first} is after to {last}")
        return WRONG
    return first, last


def _check(raw: Mapping[str, object], log: Log) -> Any:
    """The check named, with its options from `with`."""
    name = raw["check"]
    line = line_of(raw, "check")
    if name not in CHECKS:
        log.add(line, f"没有“{name}”这种检查，可用：{listing(CHECKS)}", f"unknown check '{name}'; allowed: {listing(CHECKS, ', ')}")
        return WRONG
    try:
        kind = check_type(str(name))
    except (ImportError, AttributeError) as error:
        log.add(
            line, f"检查“{name}”装不上：{error}，请重新安装 nianbao", f"the check '{name}' cannot be loaded: {error}; install nianbao again"
        )
        return WRONG
    return build(raw.get("with") or {}, kind, log, line_of(raw, "with") or line, "with")


def check_rule(raw: Mapping[str, object], parts: Mapping[str, Any], log: Log) -> None:
    """Log what a rule says wrongly by itself; names of other files are checked when all are read."""
    _check_id(str(raw.get("id", "")), raw, log)
    for key in ("title", "message", "advice", "why"):
        _both(raw.get(key), log, line_of(raw, key), key)
    declared = getattr(parts["check"], "FACTS", None)
    facts = (*STANDARD, *declared) if declared is not None else None
    for key in ("message", "advice"):
        _braces(raw.get(key), facts, log, line_of(raw, key), key)
    _scope(raw, parts, log)
    variants = raw.get("variants")
    for name, variant in variants.items() if isinstance(variants, Mapping) else ():
        for key in ("message", "advice"):
            if isinstance(variant, Mapping) and key in variant:
                _both(variant[key], log, line_of(variant, key), f"variants.{name}.{key}")
                _braces(variant[key], facts, log, line_of(variant, key), f"variants.{name}.{key}")
    for kind in parts.get("kinds", ()) if parts.get("kinds") is not WRONG else ():
        if kind not in KINDS:
            log.add(line_of(raw, "kinds"), f"没有“{kind}”这类单位，可用：{listing(KINDS)}",
                    f"unknown kind of unit '{kind}'; allowed: {listing(KINDS, ', ')}")  # fmt: skip
    spoken = variants if isinstance(variants, Mapping) else {}
    own = parts.get("variants", {}) if parts.get("variants") is not WRONG else {}
    for place, bases in ((raw, parts.get("basis", ())), *((spoken.get(name), variant.basis) for name, variant in own.items())):
        _bases(bases if bases is not WRONG else (), log, line_of(place, "basis"))


def _scope(raw: Mapping[str, object], parts: Mapping[str, Any], log: Log) -> None:
    """Log a rule over one report with a check over a set, and the other way round."""
    check, scope = parts["check"], parts.get("scope", "report")
    scopes = getattr(check, "SCOPES", ("report",))
    if check is not WRONG and scope is not WRONG and scope not in scopes:
        log.add(line_of(raw, "scope") or line_of(raw, "check"),
                f"检查“{raw.get('check')}”要写 scope: {scopes[0]}", f"the check '{raw['check']}' needs scope: {scopes[0]}")  # fmt: skip


def _bases(bases: tuple[Basis, ...], log: Log, line: int | None) -> None:
    """Log a provision without its document."""
    for basis in bases:
        if basis.kind in ("law", "form") and not basis.document:
            zh = "法定、国家格式的依据要写 document（文号或条例名）"
            log.add(line, zh, "a basis of kind law or form must name its document")


def _check_id(name: str, raw: Mapping[str, object], log: Log) -> None:
    line = line_of(raw, "id")
    if not _ID.fullmatch(name):
        log.add(line, f"id“{name}”要写成 类别.名称，小写字母，词间用连字符", f"the id '{name}' must be category.kebab-case-name")
        return
    category, _, own = name.partition(".")
    if log.trusted and category not in CATEGORIES:
        log.add(
            line,
            f"没有“{category}”这个类别，可用：{listing(CATEGORIES)}",
            f"unknown category '{category}'; allowed: {listing(CATEGORIES, ', ')}",
        )
    stem = expression(r"\.ya?ml$").sub("", re.split(r"[\\/]", log.path)[-1])
    if not log.many and stem not in (own, name):
        log.add(
            line,
            f"id 是“{name}”，文件名是“{stem}”，请把文件改名为 {own}.yaml",
            f"the id is '{name}', the file's name '{stem}': rename it {own}.yaml",
        )


def _both(text: object, log: Log, line: int | None, name: str) -> None:
    """Log a text that lacks a language or has one too many."""
    if isinstance(text, Mapping):
        unknown(text, ("zh", "en"), log, name)
        for lang in ("zh", "en"):
            if not text.get(lang):
                log.add(line, f"“{name}”缺少 {lang}，请补上", f"'{name}' lacks {lang}: add it")


def _braces(text: object, facts: tuple[str, ...] | None, log: Log, line: int | None, name: str) -> None:
    """Log braces that stand for nothing. `facts`: the names the check fills, None where it does not say."""
    if not isinstance(text, Mapping):
        return
    for sentence in text.values():
        for found in _BRACES.finditer(str(sentence)):
            fact = found[1]
            if found[0] in ("{{", "}}"):
                continue
            if fact is None or not _FACT.fullmatch(fact):
                log.add(line, f"“{name}”里的花括号 {found[0]} 要写成 {{名称}}", f"the braces {found[0]} in '{name}' must be {{name}}")
            elif facts is not None and fact not in facts:
                log.add(
                    line,
                    f"“{name}”里的 {{{fact}}} 没有内容可填，可用：{listing(facts)}",
                    f"nothing fills {{{fact}}} in '{name}'; allowed: {listing(facts, ', ')}",
                )

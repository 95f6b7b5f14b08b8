"""rules/rule.schema.json: what a rule file may hold, made from the kinds of check, so that editors complete and check rule files."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from validator.checks import CHECKS
from validator.model import Basis, Role, Scope, Severity, UnitState, Variant
from validator.rulebook.decode import fields_of
from validator.rulebook.example_schema import Example
from validator.rulebook.rules import KEYS, KINDS, NEEDED, SHAPES, check_type
from validator.text.characters import Pattern

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_WORDS = {"type": "string", "minLength": 1}
#: A county's own rules may be in Chinese alone.
_TEXT = {
    "anyOf": [_WORDS, {"type": "object", "properties": {"zh": _WORDS, "en": _WORDS}, "required": ["zh"], "additionalProperties": False}]
}
_YEARS = {
    "type": "object",
    "properties": {"from": {"type": ["integer", "null"]}, "to": {"type": ["integer", "null"]}},
    "additionalProperties": False,
}


def rule_schema() -> dict[str, Any]:
    """The schema of a rule file, JSON Schema 2020-12."""
    options = {name: shape(check_type(name)) for name in sorted(CHECKS)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nianbao rule",
        "description": "One rule a file. Made by scripts/make_schema.py from the kinds of check: do not edit.",
        "type": "object",
        "properties": _properties(),
        "additionalProperties": False,
        "if": {"properties": {"override": {"const": True}}, "required": ["override"]},
        "then": {"required": ["id"]},
        "else": {"required": list(NEEDED)},
        "allOf": [_choice(name, schema) for name, schema in options.items()],
        "$defs": {"text": _TEXT, **{f"check.{name}": schema for name, schema in options.items()}},
    }


def _properties() -> dict[str, Any]:
    """The keys of a rule file."""
    text, words = {"$ref": "#/$defs/text"}, {"type": "array", "items": {"type": "string"}}
    variant = shape(Variant)
    variant["properties"] |= {"message": text, "advice": text, "should": text}
    example = shape(Example)
    properties = {
        "id": {"type": "string", "pattern": r"^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": text,
        "severity": shape(Severity),
        "basis": {"type": "array", "items": shape(Basis), "minItems": 1},
        "forms": words,
        "years": _YEARS,
        "kinds": {"type": "array", "items": {"enum": list(KINDS)}},
        "requires": words,
        "yields_to": words,
        "scope": shape(Scope),
        "role": shape(Role),
        "state": shape(UnitState),
        "unasked": shape(SHAPES["unasked"]),
        "check": {"enum": sorted(CHECKS)},
        "with": {"type": "object"},
        "message": text,
        "advice": text,
        "should": text,
        "why": text,
        "variants": {"type": "object", "additionalProperties": variant},
        "examples": {
            "type": "object",
            "properties": {kind: {"type": "array", "items": example} for kind in ("pass", "fail")},
            "additionalProperties": False,
        },
        "override": {"type": "boolean"},
    }
    assert tuple(properties) == KEYS
    return properties


def _choice(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """What `with` may hold for one kind of check."""
    given: dict[str, Any] = {"properties": {"with": {"$ref": f"#/$defs/check.{name}"}}}
    if schema.get("required"):
        given["required"] = ["with"]
    return {"if": {"properties": {"check": {"const": name}}, "required": ["check"]}, "then": given}


def shape(kind: Any) -> dict[str, Any]:
    """The schema of a value of that type."""
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind is Pattern:
        return {"type": "string", "format": "regex"}
    if kind is Any or kind is object:
        return {}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [item.value for item in kind]}
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _object(kind)
    return _general(get_origin(kind), get_args(kind))


def _general(origin: Any, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """The schema of a generic type: Annotated, Literal, a union, a list, tuple, set or mapping."""
    if origin is Annotated:
        return shape(arguments[0])
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [shape(argument) for argument in arguments]}
    if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
        items = [shape(argument) for argument in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if origin in (tuple, frozenset, list):
        return {"type": "array", "items": shape(arguments[0])}
    return {"type": "object", "additionalProperties": shape(arguments[1])}


def _object(kind: type) -> dict[str, Any]:
    """The schema of a dataclass: its fields and no others."""
    fields = fields_of(kind)
    schema: dict[str, Any] = {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n", 1)[0],
        "properties": {name: shape(hint) for name, (hint, _) in fields.items()},
        "additionalProperties": False,
    }
    required = [name for name, (_, needed) in fields.items() if needed]
    return schema | ({"required": required} if required else {})

"""Plain data → dataclass, as the types of its fields say. Every mistake goes to the log; nothing is guessed."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from validator.base.patterns import TablePattern
from validator.messages import both, say
from validator.model.demands import Demand
from validator.rulebook.diagnostics import Diagnostics, listing
from validator.rulebook.expressions import MOST, written_out
from validator.rulebook.yaml_reader import line_of
from validator.text.characters import Pattern

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Made = TypeVar("_Made", bound="DataclassInstance")


class Wrong(Enum):
    """Stands for a value that could not be read; the log says why."""

    WRONG = "wrong"


WRONG: Final = Wrong.WRONG

_SCALARS = (str, int, float, bool)


@cache
def fields_of(kind: type[DataclassInstance]) -> Mapping[str, tuple[Any, bool]]:
    """The fields of a dataclass by their keys in YAML: the type, and whether it must be given."""
    hints = get_type_hints(kind, include_extras=True)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    return {
        key: (hints[name], fields[name].default is dataclasses.MISSING and fields[name].default_factory is dataclasses.MISSING)
        for key, name in names_of(kind).items()
    }


@cache
def names_of(kind: type[DataclassInstance]) -> Mapping[str, str]:
    """Key in YAML → field of a dataclass: the same, but for keys that are words of Python, or have a hyphen, and fields without one."""
    named = ((field.metadata.get("key", field.name), field.name) for field in dataclasses.fields(kind) if field.init)
    return {key: name for key, name in named if key is not None}


@cache
def _line_field(kind: type[DataclassInstance]) -> str | None:
    """The field of a dataclass that keeps the line on which it stands."""
    return next((field.name for field in dataclasses.fields(kind) if field.metadata.get("line")), None)


def build(value: object, kind: type[_Made], log: Diagnostics, line: int | None, name: str) -> _Made | Wrong:
    """An instance of the dataclass `kind`; WRONG after a mistake. `name` is how messages call the place."""
    if not isinstance(value, Mapping):
        log.add(line, both("rulebook.value.no-mapping", name=name))
        return WRONG
    return whole(parts(value, kind, log, name), kind, log, line, name)


def parts(value: Mapping[Any, Any], kind: type[DataclassInstance], log: Diagnostics, name: str) -> dict[str, Any]:
    """The fields of `kind` that the value gives, by their keys; an unknown one is logged."""
    fields = fields_of(kind)
    unknown(value, fields, log, name)
    return {
        key: convert(item, fields[key][0], log, line_of(value, key), f"{name}.{key}" if name else key)
        for key, item in value.items()
        if key in fields
    }


def whole(values: Mapping[str, Any], kind: type[_Made], log: Diagnostics, line: int | None, name: str) -> _Made | Wrong:
    """An instance of `kind` of those parts; WRONG where one is wrong or lacks, which is logged."""
    missing = [key for key, (_, required) in fields_of(kind).items() if required and key not in values]
    if missing:
        names = listing(missing)
        log.add(line, both("rulebook.value.lacks", name=name, names=names) if name else both("rulebook.file.lacks", names=names))
    names_in_python = names_of(kind)
    if missing or any(item is WRONG for item in values.values()):
        return WRONG
    place = {field: line} if line is not None and (field := _line_field(kind)) else {}
    return kind(**{names_in_python[key]: item for key, item in values.items()}, **place)


def unknown(value: Mapping[str, object], allowed: Collection[str], log: Diagnostics, name: str) -> None:
    """Log each key of `value` that is not allowed, with the allowed names."""
    for key in value:
        if key not in allowed:
            where = both("rulebook.value.in", name=name) if name else ""
            log.add(line_of(value, key), both("rulebook.value.unknown-key", key=key, where=where, names=listing(allowed)))


def convert(value: object, kind: Any, log: Diagnostics, line: int | None, name: str) -> Any:
    """`value` as the type `kind`; WRONG after a mistake."""
    if kind in _SCALARS:
        return _scalar(value, kind, log, line, name)
    if kind is Any or kind is object:
        return value
    if kind is Pattern:
        return _pattern(value, log, line, name)
    if isinstance(kind, type) and issubclass(kind, TablePattern):
        return _table_pattern(value, kind, log, line, name)
    if isinstance(kind, type) and issubclass(kind, Enum):
        chosen = _choice(value, tuple(item.value for item in kind), log, line, name)
        return chosen if chosen is WRONG else kind(chosen)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return build(value, kind, log, line, name)
    return _general(value, kind, log, line, name)


def _general(value: object, kind: Any, log: Diagnostics, line: int | None, name: str) -> Any:
    """A value of a generic type: Annotated, Literal, a union, a list, tuple, set or mapping."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _check_demands(convert(value, arguments[0], log, line, name), arguments[1:], log, line, name)
    if origin is Literal:
        return _choice(value, arguments, log, line, name)
    if origin in (Union, types.UnionType):
        return _either(value, arguments, log, line, name)
    if origin in (tuple, frozenset, list):
        return _many(value, origin, arguments, log, line, name)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(value, arguments, log, line, name)
    raise TypeError(f"a check has a field of type {kind!r}, which rule files cannot fill")


def _scalar(value: object, kind: type, log: Diagnostics, line: int | None, name: str) -> Any:
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is kind:
        return value
    members = both(f"rulebook.value.kind.{kind.__name__}")
    quotes = kind is str and isinstance(value, int | float)
    log.add(line, both("rulebook.value.needs-quotes" if quotes else "rulebook.value.other-kind", name=name, kind=members))
    return WRONG


def _check_demands(value_of_type: Any, demands: tuple[Any, ...], log: Diagnostics, line: int | None, name: str) -> Any:
    """The value where it fulfils what its type demands beside itself; else WRONG."""
    for demand in demands if value_of_type is not WRONG else ():
        if isinstance(demand, Demand) and not demand.holds(value_of_type):
            log.add(line, both(f"rulebook.value.demand.{demand.key}", name=name))
            return WRONG
    return value_of_type


def _pattern(value: object, log: Diagnostics, line: int | None, name: str) -> Any:
    text = _scalar(value, str, log, line, name)
    if text is WRONG:
        return WRONG
    pattern = Pattern(text, log.trusted)
    if not log.trusted:
        return pattern if compiles(pattern, log, line, name) else WRONG
    return pattern


def _table_pattern(value: object, kind: type[TablePattern], log: Diagnostics, line: int | None, name: str) -> Any:
    """One expression of a text, or of several as its alternatives."""
    several = value if isinstance(value, list) and value else [value]
    texts = [_scalar(text, str, log, line_of(value, at), name) for at, text in enumerate(several)]
    if WRONG in texts:
        return WRONG
    pattern = kind("|".join(texts))
    return pattern if log.trusted or _is_expression(lambda: pattern.compiled, log, line, name) else WRONG


def compiles(pattern: Pattern, log: Diagnostics, line: int | None, name: str) -> bool:
    """Whether the pattern is a regular expression; if not, the log says where it breaks."""
    if not pattern.trusted and written_out(pattern.source) > MOST:
        log.add(line, both("rulebook.pattern.repeats-too-much", name=name))
        return False
    return _is_expression(pattern.check, log, line, name)


def _is_expression(compiled: Callable[[], object], log: Diagnostics, line: int | None, name: str) -> bool:
    """Whether compiling does not fail; if it does, the log says where."""
    try:
        compiled()
    except Exception as error:  # re.error and regex.error have no common parent but this
        at = getattr(error, "pos", None)
        if isinstance(at, int):
            log.add(line, both("rulebook.pattern.wrong-at", name=name, at=at + 1, error=error))
        else:
            log.add(line, both("rulebook.pattern.wrong", name=name, error=error))
        return False
    return True


def _choice(value: object, allowed: tuple[object, ...], log: Diagnostics, line: int | None, name: str) -> Any:
    if value in allowed and type(value) in {type(item) for item in allowed}:
        return value
    log.add(line, both("rulebook.value.not-allowed", name=name, value=value, names=listing(allowed)))
    return WRONG


def _either(value: object, kinds: tuple[Any, ...], log: Diagnostics, line: int | None, name: str) -> Any:
    """X | None, or the first of several types that takes the value."""
    if value is None and type(None) in kinds:
        return None
    real = sorted(
        (kind for kind in kinds if kind is not type(None)), key=lambda kind: dataclasses.is_dataclass(kind) == isinstance(value, Mapping)
    )
    for kind in real[:-1]:
        trial = Diagnostics(log.path, trusted=log.trusted)
        attempt = convert(value, kind, trial, line, name)
        if attempt is not WRONG:
            return attempt
    return convert(value, real[-1], log, line, name)


def _many(value: object, origin: type, arguments: tuple[Any, ...], log: Diagnostics, line: int | None, name: str) -> Any:
    if not isinstance(value, list | tuple):
        log.add(line, both("rulebook.value.no-list", name=name))
        return WRONG
    fixed = origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis)
    if fixed and len(value) != len(arguments):
        log.add(line, both("rulebook.value.wrong-length", name=name, count=len(arguments)))
        return WRONG
    kinds = arguments if fixed else (arguments[0],) * len(value)
    items = [
        convert(item, kind, log, line_of(value, i), f"{name}[{i + 1}]") for i, (item, kind) in enumerate(zip(value, kinds, strict=True))
    ]
    return WRONG if any(item is WRONG for item in items) else origin(items)


def _mapping(value: object, arguments: tuple[Any, ...], log: Diagnostics, line: int | None, name: str) -> Any:
    if not isinstance(value, Mapping):
        log.add(line, both("rulebook.value.no-mapping", name=name))
        return WRONG
    keys, values = arguments
    entries = {}
    for key, item in value.items():
        at = line_of(value, key)
        number = int(key) if keys is int and isinstance(key, str) and key.isdecimal() else key
        entries[convert(number, keys, log, at, say("rulebook.value.key-of", "zh", name=name))] = convert(
            item, values, log, at, f"{name}.{key}"
        )
    return WRONG if any(item is WRONG for pair in entries.items() for item in pair) else entries

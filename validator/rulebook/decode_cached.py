"""Plain data that was checked before → rules and forms, fast: what the cache holds. Anything odd raises, and the cache is not used."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from validator.base.patterns import TablePattern
from validator.model import Form, Rule
from validator.rulebook.decode import fields_of, names_of
from validator.rulebook.rules import SHAPES, check_type, claimed
from validator.text.characters import Pattern

#: value → what it stands for. The second argument: whether patterns are the built-in book's.
Maker = Callable[[Any, bool], Any]


def revive_form(raw: Mapping[str, Any]) -> Form:
    """A form of the cache."""
    form: Form = maker(Form)(raw, True)
    return form


def revive_rule(raw: Mapping[str, Any], path: str, pack: str, trusted: bool) -> Rule:
    """A rule of the cache."""
    parts = {key: maker(shape)(raw[key], trusted) for key, shape in SHAPES.items() if key in raw}
    if "years" in raw:
        parts["years"] = (raw["years"].get("from"), raw["years"].get("to"))
    check = maker(check_type(raw["check"]))(raw.get("with") or {}, trusted)
    return claimed(Rule(**parts, check=check, path=path, pack=pack))


@cache
def maker(kind: Any) -> Maker:
    """How values of that type are made from plain data."""
    if kind in (str, int, bool, type(None)):
        return lambda value, trusted: _is(value, kind)
    if kind is float:
        return lambda value, trusted: float(value)
    if kind is Any or kind is object:
        return lambda value, trusted: value
    if isinstance(kind, type) and issubclass(kind, TablePattern):
        return lambda value, trusted: kind("|".join(value) if isinstance(value, list) else _is(value, str))
    if kind is Pattern:
        return lambda value, trusted: Pattern(_is(value, str), trusted)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value, trusted: kind(value)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record(kind)
    return _general(get_origin(kind), get_args(kind))


def _is(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):  # one with lines too, as the YAML reader gives them
        raise TypeError(f"{value!r} is no list")
    return value


def _record(kind: type) -> Maker:
    makers = {key: maker(hint) for key, (hint, _) in fields_of(kind).items()}
    names = names_of(kind)
    if all(key == name for key, name in names.items()):
        return lambda value, trusted: kind(**{key: makers[key](item, trusted) for key, item in value.items()})
    return lambda value, trusted: kind(**{names[key]: makers[key](item, trusted) for key, item in value.items()})


def _general(origin: Any, arguments: tuple[Any, ...]) -> Maker:
    """The maker for a generic type: Annotated, Literal, a union, a list, tuple, set or mapping."""
    if origin is Annotated:
        return maker(arguments[0])
    if origin is Literal:
        return lambda value, trusted: arguments[arguments.index(value)]
    if origin in (Union, types.UnionType):
        return _either([maker(argument) for argument in arguments if argument is not type(None)], type(None) in arguments)
    if arguments in ((str, ...), (str, str)):
        return _texts if arguments[1] is str else _names
    if origin in (tuple, frozenset, list):
        if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
            makers = [maker(argument) for argument in arguments]
            return lambda value, trusted: tuple(make(item, trusted) for make, item in zip(makers, _list(value), strict=True))
        make = maker(arguments[0])
        return lambda value, trusted: origin([make(item, trusted) for item in _list(value)])
    keys, values = maker(arguments[0]), maker(arguments[1])
    if arguments[0] is int:
        return lambda value, trusted: {int(key): values(item, trusted) for key, item in value.items()}
    return lambda value, trusted: {keys(key, trusted): values(item, trusted) for key, item in value.items()}


def _texts(value: Any, trusted: bool) -> Mapping[str, str]:
    """Most of a book: language → text."""
    if not all(type(text) is str for text in value.values()):
        raise TypeError("a text is no text")
    texts: Mapping[str, str] = value
    return texts


def _names(value: Any, trusted: bool) -> tuple[str, ...]:
    if not all(type(name) is str for name in _list(value)):
        raise TypeError("a name is no text")
    return tuple(value)


def _either(makers: list[Maker], optional: bool) -> Maker:
    """The first type that takes the value."""

    def make(value: Any, trusted: bool) -> Any:
        if value is None and optional:
            return None
        for make_one in makers[:-1]:
            try:
                return make_one(value, trusted)
            except (TypeError, ValueError, KeyError, AttributeError):
                continue
        return makers[-1](value, trusted)

    return make

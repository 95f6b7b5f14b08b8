"""Frozen keyword-only dataclasses that cost next to nothing at the start of a run.

The standard library writes and compiles six methods for each such class, a millisecond or so on an old machine; a hundred of them
took longer than checking a report. These share theirs. `fields`, `replace` and all else of `dataclasses` work on them.
A class of which a run makes very many gets an `__init__` of its own after all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)

#: Where a class keeps how the values of all its fields are taken at once.
_VALUES = "_values"
#: Instances after which compiling an `__init__` for the class pays.
MANY = 1000


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(kind: _Class) -> _Class:
    """`@dataclass(frozen=True, kw_only=True)`: the same fields, equality, hash and text. Defaults stay with the class."""
    dataclass(init=False, repr=False, eq=False, kw_only=True)(kind)
    _finish(kind, ())
    return kind


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def positional_record(kind: _Class) -> _Class:
    """`@dataclass(frozen=True)`: as `record`, for small classes whose values may be given in order."""
    dataclass(init=False, repr=False, eq=False)(kind)
    _finish(kind, tuple(_fields(kind)))
    return kind


def _fields(kind: type) -> Mapping[str, Field[Any]]:
    """The fields that `dataclass` has just put down in the class itself."""
    known: Mapping[str, Field[Any]] = vars(kind)["__dataclass_fields__"]
    return known


def _finish(kind: type, order: tuple[str, ...]) -> None:
    known = _fields(kind)
    names = frozenset(known)
    factories = tuple((name, each.default_factory) for name, each in known.items() if each.default_factory is not MISSING)
    needed = frozenset(name for name, each in known.items() if each.default is MISSING and each.default_factory is MISSING)
    values: Callable[[Any], Any] = attrgetter(*known) if known else lambda made: ()
    given = _init(kind, names, needed, factories, order)
    for method in (given, __eq__, __hash__, __repr__, __setattr__, __delattr__):
        setattr(kind, method.__name__, method)
    setattr(kind, _VALUES, staticmethod(values))


def _init(
    kind: type,
    names: frozenset[str],
    needed: frozenset[str],
    factories: tuple[tuple[str, Callable[[], Any]], ...],
    order: tuple[str, ...],
) -> Callable[..., None]:
    accepted: set[tuple[str, ...]] = set()  # as they were given before: a class is made in few places, often
    then = hasattr(kind, "__post_init__")
    left = MANY if not factories and not then else -1

    def __init__(self: Any, *values: Any, **given: Any) -> None:
        nonlocal left
        left -= 1
        if not left:
            own = _compiled(kind, bool(order))
            setattr(kind, own.__name__, own)
        if values:
            placed = dict(zip(order, values, strict=False))
            if len(placed) < len(values) or placed.keys() & given.keys():
                raise TypeError(f"{type(self).__qualname__}: too many arguments in order")
            given.update(placed)
        named = tuple(given)
        if named not in accepted:
            if not (needed <= given.keys() <= names):
                told = ", ".join(sorted((needed - given.keys()) | (given.keys() - names)))
                raise TypeError(f"{type(self).__qualname__}: missing or unknown arguments: {told}")
            accepted.add(named)
        held = self.__dict__
        held.update(given)
        for name, make in factories:
            if name not in given:
                held[name] = make()
        if then:
            self.__post_init__()

    return __init__


def _compiled(kind: type, positional: bool) -> Callable[..., None]:
    """An `__init__` for the fields of one class. As the general one it leaves defaults with the class."""
    scope: dict[str, Any] = {}
    known = _fields(kind)
    heads, lines = ["*"] if known and not positional else [], ["held = self.__dict__"]
    for name, each in known.items():
        heads.append(name if each.default is MISSING else f"{name}=_{name}")
        lines.append(f"held['{name}'] = {name}" if each.default is MISSING else f"if {name} is not _{name}: held['{name}'] = {name}")
        scope[f"_{name}"] = each.default
    exec(f"def __init__(self, {', '.join(heads)}):\n " + "\n ".join(lines), scope)
    made: Callable[..., None] = scope["__init__"]
    return made


def __eq__(self: Any, other: Any) -> Any:
    return self._values(self) == self._values(other) if other.__class__ is self.__class__ else NotImplemented


def __hash__(self: Any) -> int:
    return hash(self._values(self))


def __repr__(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{type(self).__qualname__}({shown})"


def __setattr__(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")

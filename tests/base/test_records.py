"""Records behave as the standard library's frozen dataclasses."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from validator.base.records import MANY, positional_record, record
from validator.model import Block, Kind


@record
class Ours:
    """A class."""

    name: str
    size: int = 1
    parts: tuple[int, ...] = ()
    more: dict[str, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Theirs:
    """The same class."""

    name: str
    size: int = 1
    parts: tuple[int, ...] = ()
    more: dict[str, int] = dataclasses.field(default_factory=dict)


@positional_record
class Pair:
    """In order."""

    first: int
    second: int = 2


def test_fields_and_text_are_the_same() -> None:
    assert [(f.name, f.type, f.default, f.kw_only) for f in dataclasses.fields(Ours)] == [
        (f.name, f.type, f.default, f.kw_only) for f in dataclasses.fields(Theirs)
    ]
    assert repr(Ours(name="a", size=2)).replace("Ours", "") == repr(Theirs(name="a", size=2)).replace("Theirs", "")
    assert dataclasses.asdict(Ours(name="a")) == dataclasses.asdict(Theirs(name="a"))


def test_equality_and_hash() -> None:
    assert Ours(name="a") == Ours(name="a", size=1) != Ours(name="b") and Ours(name="a") != Theirs(name="a")
    assert Pair(1) == Pair(1, 2) and hash(Pair(1)) == hash(Pair(first=1)) and len({Pair(1), Pair(1, 2), Pair(2)}) == 2
    with pytest.raises(TypeError):
        hash(Ours(name="a"))  # as ever with a dict inside


def test_nothing_can_be_changed() -> None:
    made = Ours(name="a")
    for spoil in (lambda: setattr(made, "name", "b"), lambda: setattr(made, "other", 1), lambda: delattr(made, "name")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            spoil()
    changed = dataclasses.replace(made, size=5)
    assert (made.size, changed.size, changed.name) == (1, 5, "a")


def test_defaults_are_nobody_elses() -> None:
    first, second = Ours(name="a"), Ours(name="a")
    first.more["x"] = 1
    assert second.more == {}


@pytest.mark.parametrize("given", [{}, {"name": "a", "nmae": "b"}, {"size": 1, "nmae": "b"}])
def test_wrong_arguments_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Ours(**given)


def test_order_is_for_those_that_have_one() -> None:
    for wrong in (lambda: Ours("a"), lambda: Pair(1, 2, 3), lambda: Pair(1, first=1), lambda: Pair()):
        with pytest.raises(TypeError):
            wrong()


def test_copies_and_pickles() -> None:
    block = Block(kind=Kind.LINE, text="x", line=3)
    assert copy.copy(block) == copy.deepcopy(block) == pickle.loads(pickle.dumps(block)) == block


def test_a_class_made_very_often_is_still_the_same() -> None:
    @record
    class Often:
        """A class."""

        name: str
        size: int = 1

    first, general = Often(name="a"), Often.__init__
    for _ in range(MANY):
        Often(name="a", size=2)
    assert Often.__init__ is not general
    assert Often(name="a") == Often(name="a", size=1) == first and Often(name="a", size=2).size == 2
    assert vars(Often(name="a")) == {"name": "a"}
    for wrong in ({}, {"name": "a", "other": 1}):
        with pytest.raises(TypeError):
            Often(**wrong)
    with pytest.raises(TypeError):
        Often("a")
    for _ in range(MANY):
        Pair(1)
    assert Pair(1) == Pair(1, 2) == Pair(first=1, second=2)


def test_a_class_without_fields_is_made_as_often_as_one_likes() -> None:
    @record
    class Bare:
        """Nothing to hold."""

    assert [Bare() for _ in range(MANY + 2)] == [Bare()] * (MANY + 2)
    with pytest.raises(TypeError):
        Bare(name=1)  # type: ignore[call-arg]

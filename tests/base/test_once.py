"""What is worked out once: by what the arguments are, and for this process alone."""

from __future__ import annotations

import pickle

from validator.base.once import Once


def test_a_function_is_called_once_for_the_same_arguments() -> None:
    once, one, other = Once(), [1], [1]
    assert once(list, one) is once(list, one) is not once(list, other)
    assert once(tuple, one) == (1,) != once(list, one)


def test_arguments_that_are_gone_are_no_others() -> None:
    once = Once()
    assert [once(list, [number]) for number in range(100)] == [[number] for number in range(100)]


def test_it_means_nothing_to_the_record_that_holds_it_and_does_not_travel() -> None:
    full, empty = Once(), Once()
    held = [1]
    made = full(list, held)
    assert full == empty and hash(full) == hash(empty) and repr(full) == repr(empty)
    assert pickle.loads(pickle.dumps(full))(list, held) is not made

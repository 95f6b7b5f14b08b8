"""Independent errors told apart: which failing sums hang together, and the smallest repairs of each such component."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from validator.base.records import record
from validator.explain.equations import System, bits
from validator.explain.search import Repair, Solution, figures, repairs_of
from validator.model import Value

Steps = tuple[tuple[int, Value, int], ...]

#: Most repairs of one component that are ranked; only dozens of interchangeable figures in several sums make more.
_MOST_REPAIRS = 20_000


@record
class Component:
    """Failing sums that share a cause, by number, and every smallest repair of them. No repair: more figures are wrong than can be told."""

    failing: tuple[int, ...]
    repairs: tuple[Solution, ...]
    more: bool = False  # there are more than these


def components(system: System, most: int = 4) -> tuple[Component, ...]:
    """The failing sums of the system, by their causes. Where no `most` figures repair a part, each failed sum of it stands alone."""
    parts: list[Component] = []
    for part in _parts(system):
        sets = repairs_of(system, system.failing & part, most)
        if sets:
            parts += _split(system, system.failing & part, sets)
        else:
            parts += [Component(failing=(i,), repairs=()) for i in bits(system.failing & part)]
    return tuple(sorted(parts, key=lambda component: component.failing))


def _parts(system: System) -> list[int]:
    """Groups of equations (as bits) with common figures, those of which one fails."""
    groups: list[int] = []
    for bundle in system.layout.bundles:
        mask = bundle.mask
        apart = []
        for group in groups:
            if group & mask:
                mask |= group
            else:
                apart.append(group)
        groups = [*apart, mask]
    return [group for group in groups if group & system.failing]


def _split(system: System, failing: int, sets: Sequence[Repair]) -> Iterator[Component]:
    """One component for each independent cause: no smallest repair ties its sums to those of another."""
    tied = [1 << i for i in bits(failing)]
    split = [_groups(system, repair.steps) for repair in sets]
    for groups in split:
        for mask, _ in groups:
            tied = _merge(tied, mask & failing)
    for component in tied:
        ways: dict[Steps, None] = {}
        for groups in split:
            ways.setdefault(tuple(sorted(step for mask, steps in groups if mask & component for step in steps)))
        solutions = list(islice((solution for steps in ways for solution in figures(system, steps)), _MOST_REPAIRS + 1))
        yield Component(failing=tuple(bits(component)), repairs=tuple(solutions[:_MOST_REPAIRS]), more=len(solutions) > _MOST_REPAIRS)


def _groups(system: System, steps: Steps) -> list[tuple[int, Steps]]:
    """The changes of one repair that meet in a sum, with the sums they touch."""
    groups: list[tuple[int, Steps]] = []
    for step in steps:
        mask = system.layout.bundles[step[0]].mask
        joined: Steps = (step,)
        apart = []
        for other, members in groups:
            if other & mask:
                mask, joined = mask | other, (*members, *joined)
            else:
                apart.append((other, members))
        groups = [*apart, (mask, joined)]
    return groups


def _merge(masks: list[int], mask: int) -> list[int]:
    """The masks, those that meet this one made one with it."""
    apart = [other for other in masks if not other & mask]
    for other in masks:
        if other & mask:
            mask |= other
    return [*apart, mask]

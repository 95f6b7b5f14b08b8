"""Independent errors told apart: which failing sums hang together, and the smallest repairs of each such block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from validator.explain.search import Repair, Solution, figures, repairs_of
from validator.explain.system import System
from validator.model import Value
from validator.records import record

Steps = tuple[tuple[int, Value, int], ...]

#: Repairs of one block that are looked at before they are ranked; only dozens of interchangeable figures in several sums make more.
_LOOKED_AT = 20_000


@record
class Block:
    """Failing sums that share a cause, by number, and every smallest repair of them. No repair: more figures are wrong than can be told."""

    failing: tuple[int, ...]
    repairs: tuple[Solution, ...]
    more: bool = False  # there are more than these


def blocks(system: System, most: int = 4) -> tuple[Block, ...]:
    """The failing sums of the system, block by block. Where no set of `most` figures repairs a part, each failed sum of it stands alone."""
    found: list[Block] = []
    for part in _parts(system):
        sets = repairs_of(system, system.failing & part, most)
        if sets:
            found += _split(system, system.failing & part, sets)
        else:
            found += [Block(failing=(i,), repairs=()) for i in _numbers(system.failing & part)]
    return tuple(sorted(found, key=lambda block: block.failing))


def _parts(system: System) -> list[int]:
    """The equations (bits) that hang together by common figures, as far as one of them fails."""
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


def _split(system: System, failing: int, sets: Sequence[Repair]) -> Iterator[Block]:
    """One block for each independent cause: no smallest repair ties its sums to those of another."""
    tied = [1 << i for i in _numbers(failing)]
    split = [_groups(system, repair.steps) for repair in sets]
    for groups in split:
        for mask, _ in groups:
            tied = _merge(tied, mask & failing)
    for block in tied:
        seen: dict[Steps, None] = {}
        for groups in split:
            seen.setdefault(tuple(sorted(step for mask, steps in groups if mask & block for step in steps)))
        found = list(islice((solution for steps in seen for solution in figures(system, steps)), _LOOKED_AT + 1))
        yield Block(failing=tuple(_numbers(block)), repairs=tuple(found[:_LOOKED_AT]), more=len(found) > _LOOKED_AT)


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
    apart = [other for other in masks if not other & mask]
    for other in masks:
        if other & mask:
            mask |= other
    return [*apart, mask]


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1

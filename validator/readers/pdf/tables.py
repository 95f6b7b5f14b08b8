"""Ruled lines of a page → the grids they draw, merged cells laid out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from validator.readers.pdf.page import Box

_NEAR = 3.0  # points; rules this near touch
_SAME = 3.6  # points; grid lines this near are one (double borders, each cell's own border)
_SHORT = 6.0  # points; shorter pieces are dots and ornaments
_COVERED = 0.6  # part of a cell's side that a rule must cover to close it
_MAX_PLACES = 40_000


@dataclass(frozen=True, kw_only=True, slots=True)
class LatticeCell:
    """A cell on a grid: rows and columns from 0, the ends not included. `open`: a side at the edge of the grid has no rule."""

    row: int
    column: int
    row_end: int
    column_end: int
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class Lattice:
    """A grid of ruled lines: the x of its columns' sides, the y of its rows' and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[LatticeCell, ...]
    owners: tuple[tuple[int, ...], ...]  # [row][column] → index in places

    @cached_property
    def box(self) -> Box:
        """What the grid covers."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @cached_property
    def is_text(self) -> bool:
        """Whether no row has two cells: a frame around text."""
        return all(place.column == 0 and place.column_end == len(self.xs) - 1 for place in self.places)

    def at(self, x: float, y: float) -> int | None:
        """The index of the cell at a point; None outside."""
        if not (self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.owners[row][column]

    def frame(self, index: int) -> Box:
        """The box of a cell."""
        place = self.places[index]
        return Box(self.xs[place.column], self.ys[place.row], self.xs[place.column_end], self.ys[place.row_end])


Stroke = tuple[float, float, float]  # where it lies across, from, to


def lattices(rules: Sequence[Box]) -> list[Lattice]:
    """The grids on a page, smaller ones first, so that a table within a frame is found before the frame."""
    across = _join_strokes(((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.bottom - r.top)
    down = _join_strokes(((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if r.x1 - r.x0 < r.bottom - r.top)
    grids = [grid for group in _connected_groups(across, down) if (grid := _lattice(*group))]
    return sorted(grids, key=lambda grid: (grid.box.x1 - grid.box.x0) * (grid.box.bottom - grid.box.top))


def _join_strokes(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes on one line that meet (or are dashes) made one."""
    result: list[Stroke] = []
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if not lines or stroke[0] - lines[-1][-1][0] > 0.8:
            lines.append([])
        lines[-1].append(stroke)
    for line in lines:
        at, begin, end = line[0][0], None, 0.0
        for _, low, high in sorted(line, key=lambda stroke: stroke[1]):
            if begin is not None and low <= end + _NEAR:
                end = max(end, high)
                continue
            if begin is not None and end - begin >= _SHORT:
                result.append((at, begin, end))
            begin, end = low, high
        if begin is not None and end - begin >= _SHORT:
            result.append((at, begin, end))
    return result


def _connected_groups(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that cross or touch."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, len(across)):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(stroke)
    for j, stroke in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(stroke)
    return [group for group in groups.values() if group[0] and group[1] and len(group[0]) + len(group[1]) > 2]


def _lattice(across: list[Stroke], down: list[Stroke]) -> Lattice | None:
    """The grid that strokes draw; a side that is not ruled ends where the strokes of the other direction end."""
    xs = merge_close([x for x, _, _ in down] + [min(x0 for _, x0, _ in across), max(x1 for _, _, x1 in across)])
    ys = merge_close([y for y, _, _ in across] + [min(y0 for _, y0, _ in down), max(y1 for _, _, y1 in down)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > _MAX_PLACES:
        return None
    walls = _walls(xs, ys, down)  # [x][row]
    floors = _walls(ys, xs, across)  # [y][column]
    owners = _regions(rows, columns, walls, floors)
    places, final = _places(owners, rows, columns, walls, floors)
    return Lattice(xs=tuple(xs), ys=tuple(ys), places=tuple(places), owners=tuple(map(tuple, final)))


def merge_close(values: list[float], near: float = _SAME) -> list[float]:
    """Places along one axis, in points: those that lie within `near` of each other are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _walls(at: list[float], along: list[float], strokes: list[Stroke]) -> list[list[bool]]:
    """For each grid line and each piece of it between the lines of the other direction: whether it is ruled."""
    covered = [[0.0] * (len(along) - 1) for _ in at]
    for place, begin, end in strokes:
        line = covered[min(range(len(at)), key=lambda i: abs(at[i] - place))]
        for k in range(max(bisect_right(along, begin) - 1, 0), len(along) - 1):
            if along[k] >= end:
                break
            line[k] += max(0.0, min(end, along[k + 1]) - max(begin, along[k]))
    return [[part >= _COVERED * (along[k + 1] - along[k]) for k, part in enumerate(line)] for line in covered]


def _regions(rows: int, columns: int, walls: list[list[bool]], floors: list[list[bool]]) -> list[list[int]]:
    """Grid places with no rule between them belong together: a number for each region."""
    owners = [[-1] * columns for _ in range(rows)]
    number = 0
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            owners[row][column], waiting = number, [(row, column)]
            while waiting:
                r, c = waiting.pop()
                for to_r, to_c, is_closed in (
                    (r, c + 1, c + 1 >= columns or walls[c + 1][r]),
                    (r, c - 1, c == 0 or walls[c][r]),
                    (r + 1, c, r + 1 >= rows or floors[r + 1][c]),
                    (r - 1, c, r == 0 or floors[r][c]),
                ):
                    if not is_closed and owners[to_r][to_c] < 0:
                        owners[to_r][to_c] = number
                        waiting.append((to_r, to_c))
            number += 1
    return owners


def _places(
    owners: list[list[int]], rows: int, columns: int, walls: list[list[bool]], floors: list[list[bool]]
) -> tuple[list[LatticeCell], list[list[int]]]:
    """Cells in reading order; a region that is no rectangle (a piece of rule is missing) is cut into some."""
    places: list[LatticeCell] = []
    final = [[-1] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if final[row][column] >= 0:
                continue
            region, end = owners[row][column], column + 1
            while end < columns and owners[row][end] == region and final[row][end] < 0:
                end += 1
            low = row + 1
            while low < rows and all(owners[low][c] == region and final[low][c] < 0 for c in range(column, end)):
                low += 1
            for r in range(row, low):
                final[r][column:end] = [len(places)] * (end - column)
            is_open = (
                column == 0 and not any(walls[0][row:low])
                or end == columns and not any(walls[columns][row:low])
                or row == 0 and not any(floors[0][column:end])
                or low == rows and not any(floors[rows][column:end])
            )  # fmt: skip
            places.append(LatticeCell(row=row, column=column, row_end=low, column_end=end, open=is_open))
    return places, final

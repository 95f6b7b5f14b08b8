"""A table as a grid of cells with spans, as a page would lay it out; the writers flatten it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation.report import Part, Row, Table


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell that spans `rows` × `columns`."""

    text: str
    rows: int = 1
    columns: int = 1
    label: bool = True


Grid = tuple[tuple[Cell, ...], ...]


def grid(table: Table) -> Grid:
    """The whole table, its caption first."""
    if table.key == "review":
        body = _review(table.parts[0])
    elif table.key == "applications":
        body = _applications(table.parts[0])
    else:
        body = tuple(line for part in table.parts for line in _banded(part))
    wide = max(sum(cell.columns for cell in line) for line in body)
    return ((Cell(text=table.caption, columns=wide),), *body) if table.caption else body


def grids(table: Table) -> tuple[tuple[str, Grid], ...]:
    """One grid for each band of section 2, with the band's words; other tables whole."""
    if table.key != "disclosure":
        return (("", grid(table)),)
    return tuple((part.band, _banded(part)[1:]) for part in table.parts)


def _figure(text: str, columns: int = 1) -> Cell:
    return Cell(text=text, columns=columns, label=False)


def _banded(part: Part) -> Grid:
    """Band, header, rows; four columns, the last cell stretched to the edge."""
    wide = 4
    band = (Cell(text=part.band, columns=wide),)

    def stretch(cells: list[Cell]) -> tuple[Cell, ...]:
        room = wide - len(cells)
        last = cells[-1]
        return (*cells[:-1], Cell(text=last.text, columns=1 + max(room, 0), label=last.label))

    header = stretch([Cell(text=part.corner), *(Cell(text=label) for _, label in part.columns)])
    rows = tuple(stretch([Cell(text=row.stubs[-1]), *(_figure(text) for _, text in row.values)]) for row in part.rows)
    return (band, header, *rows)


def _applications(part: Part) -> Grid:
    columns = len(part.columns)
    kinds = tuple(c for c in part.columns if c[0] not in ("natural_person", "total"))
    head = [Cell(text=words.BALANCE_NOTE, rows=3, columns=3), Cell(text="申请人情况", columns=columns)]
    second: list[Cell] = []
    for key, label in part.columns:
        if key in ("natural_person", "total"):
            second.append(Cell(text=label, rows=2))
        elif key == kinds[0][0]:
            second.append(Cell(text="法人或其他组织", columns=len(kinds)))
    third = tuple(Cell(text=label) for _, label in kinds)
    return (tuple(head), tuple(second), third, *(_stubbed(part.rows, place) for place in range(len(part.rows))))


def _stubbed(rows: tuple[Row, ...], place: int) -> tuple[Cell, ...]:
    """A row of section 3: a stub is printed where its merged cell begins, the last one stretched over three columns."""
    row = rows[place]
    above = rows[place - 1].stubs if place else ()
    cells = []
    for depth, stub in enumerate(row.stubs):
        prefix = row.stubs[: depth + 1]
        last = depth == len(row.stubs) - 1
        if not last and above[: depth + 1] == prefix:
            continue
        below = sum(1 for _ in takewhile(lambda other, prefix=prefix: other.stubs[: len(prefix)] == prefix, rows[place + 1 :]))
        cells.append(Cell(text=stub, rows=1 if last else 1 + below, columns=4 - len(row.stubs) if last else 1))
    return (*cells, *(_figure(text) for _, text in row.values))


def _review(part: Part) -> Grid:
    """Section 4: the three rows of the model side by side over one line of figures."""
    first, second, third, figures = [], [], [], []
    for row in part.rows:
        labels = [Cell(text=label) for _, label in part.columns]
        figures += [_figure(text) for _, text in row.values]
        if len(row.stubs) == 1:
            first.append(Cell(text=row.stubs[0], columns=len(part.columns)))
            second += [Cell(text=label.text, rows=2) for label in labels]
        else:
            if not any(cell.text == row.stubs[0] for cell in first):
                suits = sum(len(r.stubs) == 2 for r in part.rows)
                first.append(Cell(text=row.stubs[0], columns=len(part.columns) * suits))
            second.append(Cell(text=row.stubs[1], columns=len(part.columns)))
            third += labels
    return tuple(tuple(line) for line in (first, second, third, figures) if line)


def laid_out(lines: Grid, *, spread: bool = True) -> list[list[str]]:
    """The grid with spans laid out: covered cells blank. Without `spread` only the cells under a tall one are."""
    taken: dict[tuple[int, int], bool] = {}
    out: list[list[str]] = []
    for y, line in enumerate(lines):
        texts: list[str] = []
        x = 0
        for cell in line:
            while taken.pop((y, x), False):
                texts.append("")
                x += 1
            texts += [cell.text, *([""] * (cell.columns - 1) if spread else ())]
            for down in range(1, cell.rows):
                for right in range(cell.columns):
                    taken[y + down, x + right] = spread or right == 0
            x += cell.columns
        while taken.pop((y, x), None):
            texts.append("")
            x += 1
        out.append(texts)
    return out

"""A table under way: its row groups, and whether it holds data or only the page together."""

from __future__ import annotations

from validator.readers.html.flow import Flow, HtmlCell, HtmlGrid, HtmlLine

_ARTICLE = 300  # characters; no cell of data is as long
_MAX_COLUMNS = 1000


class HtmlTable:
    """A table under way: its row groups, and text that stands in it outside all cells (a caption)."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._groups: list[tuple[int, list[list[HtmlCell]]]] = []
        self._open = False
        self._columns = 0
        self._hidden: set[int] = set()

    def group(self, kind: int) -> None:
        """A row group begins; only the first thead and tfoot move to their place."""
        moved = kind != 1 and any(kind == other for other, _ in self._groups)
        self._groups.append((1 if moved else kind, []))
        self._open = True

    def close(self) -> None:
        """The row group ends; rows that follow have their own."""
        self._open = False

    def row(self) -> None:
        """A row begins."""
        if not self._open:
            self.group(1)
        self._groups[-1][1].append([])

    def cell(self, cell: HtmlCell) -> None:
        """A cell begins; where no row was opened, one is."""
        if not self._groups or not self._groups[-1][1]:
            self.row()
        self._groups[-1][1][-1].append(cell)

    def columns(self, count: int, shown: bool) -> None:
        """The next columns, as <col> has them."""
        first, self._columns = self._columns + 1, min(self._columns + count, _MAX_COLUMNS)
        if not shown:
            self._hidden.update(range(first, self._columns + 1))

    def items(self) -> list[HtmlLine | HtmlGrid]:
        """What the table comes to on the page: its caption, then a grid or the dissolved cells."""
        self.flow.end_line()
        groups = [rows for _, rows in sorted(self._groups, key=lambda group: group[0])]
        cells = [cell for rows in groups for row in rows for cell in row]
        figures = sum(cell.is_figure for cell in cells)
        if _is_layout(groups, cells, figures):
            return self.flow.items + [item for cell in cells for item in cell.flow.items]
        return [*self.flow.items, HtmlGrid(groups=groups, figures=figures, hidden=frozenset(self._hidden))]


def _is_layout(groups: list[list[list[HtmlCell]]], cells: list[HtmlCell], figures: int) -> bool:
    """Whether a table only holds the page together: one column, other tables with more figures inside, or an article in a cell."""
    if max((len(row) for rows in groups for row in rows), default=0) <= 1:
        return True
    inner = sum(item.figures + 1 for cell in cells for item in cell.flow.items if isinstance(item, HtmlGrid))
    if inner:
        return inner > figures
    return figures < 4 and any(len(cell.text) > _ARTICLE for cell in cells)

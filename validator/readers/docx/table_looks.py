"""What a table gives the runs in its cells: its style, row by row and column by column, and the ground that style and cell paint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from validator.readers.docx.colours import PAGE, Theme
from validator.readers.docx.package import Element, W
from validator.readers.docx.styles import child, style_chain, value

LookValues = dict[str, Any]
_TBL, _TR, _TC = W + "tbl", W + "tr", W + "tc"
#: w:tblLook: the bit of w:val and the attribute that newer files write, by the part of a table that they switch on (bands: off).
_LOOK = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400}


class TableLooks:
    """The looks of a document's tables, each worked out when the first run in one of its cells asks."""

    def __init__(self, styles: Mapping[str, Element], default: str, theme: Theme, read_properties: Callable[[Element], LookValues]) -> None:
        self._styles = styles
        self._theme = theme
        self._read_properties = read_properties
        self._default = default
        self._rows: dict[Element, dict[Element, int]] = {}
        self._cells: dict[Element, dict[Element, int]] = {}
        self._by_cell: dict[Element, tuple[LookValues, str]] = {}

    def of(self, cell: Element) -> tuple[LookValues, str]:
        """What the runs of a cell take over from its table, and the colour of the cell."""
        if cell not in self._by_cell:
            self._by_cell[cell] = self._look_of(cell)
        return self._by_cell[cell]

    def _look_of(self, cell: Element) -> tuple[LookValues, str]:
        row = next(cell.iterancestors(_TR), None)
        table = None if row is None else next(row.iterancestors(_TBL), None)
        if row is None or table is None:
            return {}, PAGE
        properties = table.find(W + "tblPr")
        runs: LookValues = {}
        back = self._around(table)
        chain = list(style_chain(self._styles, value(child(properties, "tblStyle"), self._default)))
        dressed = any(next(item.iterchildren(W + "tblStylePr"), None) is not None for item in chain)
        parts = self._parts(table, row, cell, properties) if dressed else []
        for item in reversed(chain):
            pieces = {piece.get(W + "type", ""): piece for piece in item.iterchildren(W + "tblStylePr")}
            for source in (item, *(pieces[part] for part in parts if part in pieces)):
                look = source.find(W + "rPr")
                runs |= {} if look is None else self._read_properties(look)
                back = self._ground(source, back)
        back = self._theme.ground(child(properties, "shd")) or back
        return runs, self._theme.ground(child(cell, "tcPr", "shd")) or back

    def _around(self, table: Element) -> str:
        """The ground that a table itself stands on: that of the cell around it."""
        outer = next(table.iterancestors(_TC), None)
        return PAGE if outer is None else self.of(outer)[1]

    def _ground(self, source: Element, back: str) -> str:
        """The ground that a style or a part of it paints."""
        for place in ("tblPr", "tcPr"):
            back = self._theme.ground(child(source, place, "shd")) or back
        return back

    def _parts(self, table: Element, row: Element, cell: Element, properties: Element | None) -> list[str]:
        """The parts of a table's style that a cell is dressed in, the stronger ones last."""
        look = child(properties, "tblLook")
        bits = _hex(value(look, "0"))

        def switched(name: str) -> bool:
            flag = None if look is None else look.get(W + name)
            return bool(bits & _LOOK[name]) if flag is None else flag in ("1", "true", "on")

        rows, cells = _places(self._rows, table, _TR), _places(self._cells, row, _TC)
        at, across = rows[row], cells[cell]
        first, last = switched("firstRow") and at == 0, switched("lastRow") and at == len(rows) - 1
        left, right = switched("firstColumn") and across == 0, switched("lastColumn") and across == len(cells) - 1
        band = (at - switched("firstRow")) % 2 + 1
        column = (across - switched("firstColumn")) % 2 + 1
        parts = ["wholeTable"]
        parts += [] if switched("noVBand") else [f"band{column}Vert"]
        parts += [] if switched("noHBand") else [f"band{band}Horz"]
        parts += ["firstCol"] * left + ["lastCol"] * right + ["firstRow"] * first + ["lastRow"] * last
        corners = {(first, left): "nwCell", (first, right): "neCell", (last, left): "swCell", (last, right): "seCell"}
        return parts + [corner for sides, corner in corners.items() if all(sides)]


def _places(numbers: dict[Element, dict[Element, int]], parent: Element, tag: str) -> dict[Element, int]:
    """The rows of a table or the cells of a row, not those of tables within it, with their numbers from 0."""
    if parent not in numbers:
        children = (item for item in parent.iter(tag) if next(item.iterancestors(parent.tag), None) is parent)
        numbers[parent] = {item: number for number, item in enumerate(children)}
    return numbers[parent]


def _hex(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0

"""Cells of a workbook: numbers or text, never formulas, each look worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from typing import Any

from validator.messages import say
from validator.model import Language
from validator.reporters.printable import clean, cut

#: What a cell of Excel holds, in UTF-16 units.
CELL = 32_767
#: A number that looks the same when it is one.
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{0,6}[1-9])?")
_SIGNS = "=+-@＝＋－＠'"  # text that begins so would become something else when it is edited
#: Fill and text by tone: dark enough on its fill to be read (contrast above 7).
_TONES = {
    "error": ("FBD9D7", "7A0C06"),
    "warning": ("FFECC2", "5C3A00"),
    "note": ("DDEBF7", "1F3A5F"),
    "waived": ("EDEDED", "404040"),
    "clean": ("DFF0DC", "1B4D17"),
    "quiet": ("F5F5F5", "404040"),
}
_FACE, _SIZE = "宋体", 10.5


class Cells:
    """Makes the cells of one workbook."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._looks: dict[tuple[object, ...], Any] = {}

    def header(self, sheet: Any, names: Iterable[str]) -> list[Any]:
        """The first row of a sheet."""
        cells = [self._cell(sheet, name, "header") for name in names]
        for cell in cells:
            cell.data_type = "s"
        return cells

    def value(self, sheet: Any, text: str, tone: str | None = None, *, left: bool = False) -> Any:
        """A cell with that text: a number where it looks the same as one. `left`: numbers too stand at the left, as in prose."""
        text = cut(clean(text), CELL, lambda lost: say("xlsx.cut", self.language, count=lost))
        if _NUMBER.fullmatch(text):
            return self._cell(sheet, float(text) if "." in text else int(text), tone, left, False)
        cell = self._cell(sheet, text or None, tone, left, text[:1] in _SIGNS and bool(text))
        if text:
            cell.data_type = "s"
        return cell

    def _cell(self, sheet: Any, value: str | float | None, *look: object) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(sheet, value)  # all of a look is in `_style`, which is openpyxl's own and in no stub
        if look not in self._looks:
            _dress(cell, *look)
            self._looks[look] = copy(cell._style)
        cell._style = self._looks[look]
        return cell


def _dress(cell: Any, tone: object, left: object = False, quoted: object = False) -> None:
    """Font, fill, border and alignment; `quoted`: stays text when it is edited."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color="BFBFBF")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    if tone == "header":
        cell.font, cell.fill = Font(name=_FACE, size=_SIZE, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3A5F")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        return
    fill, ink = _TONES.get(str(tone), (None, None))
    cell.font = Font(name=_FACE, size=_SIZE, color=ink) if ink else Font(name=_FACE, size=_SIZE)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left" if left else None)
    cell.quotePrefix = bool(quoted)

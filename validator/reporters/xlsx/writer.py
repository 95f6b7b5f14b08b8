"""Run → a workbook: the problem list to be worked through, the set at a glance, each report, the rules, what was not checked.

Sheets are written row by row, so that a province's findings fit into memory. No cell is ever a formula; the bytes are the same each time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from validator.messages import say
from validator.model import Language, Run
from validator.reporters import Options
from validator.reporters.printable import clean
from validator.reporters.xlsx.cells import Cells
from validator.reporters.xlsx.problem_list import COLUMNS, heads, problems
from validator.reporters.xlsx.summary_sheets import SummarySheet, sheets

#: Rows that a sheet of Excel holds.
ROWS = 1_048_576
#: Points of a line and of the tallest row; characters after which a row is the tallest anyway.
_LINE, _TALLEST, _LONG = 16, 409, 4_000  # of a Chinese font of 10 or 11 points
_DAY = (1980, 1, 1, 0, 0, 0)
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)[^<]*")
_WIDTHS = (18, 7, 20, 10, 13, 18, 10, 38, 14, 18, 26, 24, 9, 11, 18)  # of COLUMNS, in digits; a Chinese character takes two


def render(run: Run, options: Options) -> bytes:
    """The workbook's bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    language = options.language
    cells = Cells(language)
    _list(book, run, language, cells)
    for sheet in sheets(run, language):
        _sheet(book, sheet, language, cells)
    book.properties.creator = f"nianbao {options.version}".strip()
    book.properties.title = clean(say("xlsx.county-title", language, county=run.county) if run.county else say("xlsx.title", language))
    book.properties.language = "zh-CN" if language == "zh" else "en"
    written = io.BytesIO()
    book.save(written)
    return _dateless(written.getvalue())


def _list(book: Any, run: Run, language: Language, cells: Cells) -> None:
    """The problem list; its last row may say what did not fit."""
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = _new_sheet(book, say("xlsx.list", language), _WIDTHS, language)
    sheet.append(cells.header(sheet, heads(language)))
    rows, written = problems(run, language), 1
    level, status = COLUMNS.index("severity"), COLUMNS.index("status")
    for problem in islice(rows, ROWS - 2):
        written += 1
        toned = (level, status) if problem.tone == "waived" else (level,)
        texts = problem.values()
        _height(sheet, written, texts, _WIDTHS)
        sheet.append([cells.value(sheet, text, problem.tone if at in toned else None, left=True) for at, text in enumerate(texts)])
    if omitted := sum(1 for _ in rows):
        sheet.append([cells.value(sheet, say("xlsx.cut-rows", language, count=omitted))])
    choices = ",".join(say(key, language) for key in ("xlsx.open", "xlsx.done", "xlsx.explained"))
    menu = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True, error=say("xlsx.choose", language))
    letter = chr(ord("A") + status)
    menu.add(f"{letter}2:{letter}{max(written, 2)}")
    sheet.data_validations.append(menu)
    _close(sheet, len(COLUMNS), written)


def _sheet(book: Any, content: SummarySheet, language: Language, cells: Cells) -> None:
    """One of the sheets that count; its last row may say what did not fit."""
    sheet = _new_sheet(book, content.name, content.widths, language)
    sheet.append(cells.header(sheet, content.heads))
    rows, written = iter(content.rows), 1
    for row in islice(rows, ROWS - 2):
        written += 1
        _height(sheet, written, [value.text for value in row], content.widths)
        sheet.append([cells.value(sheet, value.text, value.tone) for value in row])
    if omitted := sum(1 for _ in rows):
        sheet.append([cells.value(sheet, say("xlsx.cut-rows", language, count=omitted))])
    _close(sheet, len(content.heads), written)


def _new_sheet(book: Any, name: str, widths: Sequence[float], language: Language) -> Any:
    """A sheet with its widths, frozen header and the set-up for paper."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.oddFooter.center.text = say("xlsx.page", language, page="&P", pages="&N")
    return sheet


def _height(sheet: Any, number: int, texts: Iterable[str], widths: Iterable[float]) -> None:
    """Room for the wrapped text: not every program works it out when it opens a workbook."""
    from rich.cells import cell_len

    def lines(text: str, width: float) -> int:
        return sum(max(-(-cell_len(line) // int(width - 1)), 1) for line in text[:_LONG].split("\n"))

    needed = max((lines(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    sheet.row_dimensions[number].height = min(needed * _LINE + 3, _TALLEST)


def _close(sheet: Any, columns: int, rows: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows}"


def _dateless(data: bytes) -> bytes:
    """The workbook without the time at which it was made, in its properties and in the zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as workbook, zipfile.ZipFile(out, "w") as target:
        for name in workbook.namelist():
            content = workbook.read(name)
            if name == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, content)
    return out.getvalue()

"""Run → a workbook: the problem list to be worked through, the set at a glance, each report, the rules, what was not checked.

Sheets are written row by row, so that a province's findings fit into memory. No cell is ever a formula; the bytes are the same each time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from itertools import count, islice
from typing import Any

from validator.model import Language, Run
from validator.records import record
from validator.reporters import Options
from validator.reporters.clean import clean, cut
from validator.reporters.problems import heads, problems
from validator.reporters.sheet_words import COLUMNS, say
from validator.reporters.tallies import Sheet, sheets

#: What a cell and a sheet of Excel hold: UTF-16 units, rows.
CELL, ROWS = 32_767, 1_048_576
#: A number that looks the same when it is one.
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{0,6}[1-9])?")
#: Points of a line and of the tallest row; characters after which a row is the tallest anyway.
_LINE, _TALLEST, _LONG = 14, 409, 4_000
_DAY = (1980, 1, 1, 0, 0, 0)
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
#: Fill and text by tone: dark enough on its fill to be read (contrast above 7).
_TONES = {
    "error": ("FBD9D7", "7A0C06"),
    "warning": ("FFECC2", "5C3A00"),
    "note": ("DDEBF7", "1F3A5F"),
    "waived": ("EDEDED", "404040"),
    "clean": ("DFF0DC", "1B4D17"),
    "quiet": ("F5F5F5", "404040"),
}
_WIDTHS = dict(
    zip(COLUMNS, (18, 7, 20, 10, 13, 18, 10, 38, 14, 18, 26, 24, 9, 11, 18), strict=True)
)  # in digits of the standard font; a Chinese character takes two


def render(run: Run, options: Options) -> bytes:
    """The workbook's bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    language = options.language
    styles = _Styles()
    _list(book, run, language, styles)
    for sheet in sheets(run, language):
        _sheet(book, sheet, language, styles)
    book.properties.creator = f"nianbao {options.version}".strip()
    book.properties.title = say(language, "county-title", county=run.county) if run.county else say(language, "title")
    book.properties.language = "zh-CN" if language == "zh" else "en"
    written = io.BytesIO()
    book.save(written)
    return _dateless(written.getvalue())


class _Styles:
    """Fonts and fills, each made once."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        side = Side(style="thin", color="BFBFBF")
        self.border = Border(left=side, right=side, top=side, bottom=side)
        self.wrapped = Alignment(wrap_text=True, vertical="top")
        self.left = Alignment(wrap_text=True, vertical="top", horizontal="left")
        self.middle = Alignment(wrap_text=True, vertical="center", horizontal="center")
        self.plain, self.head = Font(name="宋体", size=10.5), Font(name="宋体", size=10.5, bold=True, color="FFFFFF")
        self.dark = PatternFill("solid", fgColor="1F3A5F")
        self.fills = {tone: PatternFill("solid", fgColor=fill) for tone, (fill, _) in _TONES.items()}
        self.fonts = {tone: Font(name="宋体", size=10.5, color=ink) for tone, (_, ink) in _TONES.items()}


@record
class _Look:
    """How the cells of one row are to look: a tone for the columns named."""

    tone: str | None = None
    columns: tuple[int, ...] = ()


def _list(book: Any, run: Run, language: Language, styles: _Styles) -> None:
    """The problem list; its last rows may say what did not fit."""
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = _opened(book, say(language, "list"), tuple(_WIDTHS.values()), language)
    sheet.append(_header(sheet, heads(language), styles))
    rows = problems(run, language)
    written = 1
    level, status = COLUMNS.index("severity"), COLUMNS.index("status")
    for problem in islice(rows, ROWS - 2):
        written += 1
        _height(sheet, written, problem.values(), tuple(_WIDTHS.values()))
        toned = (level, status) if problem.tone == "waived" else (level,)
        sheet.append(_row(sheet, problem.values(), _Look(tone=problem.tone, columns=toned), language, styles))
    if left := sum(1 for _ in rows):
        sheet.append(_row(sheet, (say(language, "cut-rows", count=left),), _Look(), language, styles))
    choices = ",".join(say(language, key) for key in ("open", "done", "explained"))
    menu = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True, error=say(language, "choose"))
    letter = chr(ord("A") + status)
    menu.add(f"{letter}2:{letter}{max(written, 2)}")
    sheet.data_validations.append(menu)
    _close(sheet, len(COLUMNS), written)


def _sheet(book: Any, content: Sheet, language: Language, styles: _Styles) -> None:
    """One of the sheets that count."""
    sheet = _opened(book, content.name, content.widths, language)
    sheet.append(_header(sheet, content.heads, styles))
    written = 1
    for row in islice(content.rows, ROWS - 1):
        written += 1
        _height(sheet, written, [value.text for value in row], content.widths)
        cells = [_cell(sheet, value.text, _Look(tone=value.tone), language, styles, toned=value.tone is not None) for value in row]
        sheet.append(cells)
    _close(sheet, len(content.heads), written)


def _opened(book: Any, name: str, widths: Iterable[float], language: Language) -> Any:
    """A sheet with its widths, frozen header and the set-up for paper."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for number, width in zip(count(1), widths, strict=False):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.oddFooter.center.text = say(language, "page", page="&P", pages="&N")
    return sheet


def _height(sheet: Any, number: int, texts: Iterable[str], widths: Iterable[float]) -> None:
    """Room for the wrapped text: not every program works it out when it opens a workbook."""
    from rich.cells import cell_len

    def lines(text: str, width: float) -> int:
        return sum(max(-(-cell_len(line[:_LONG]) // int(width - 1)), 1) for line in text[:_LONG].split("\n"))

    needed = max((lines(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    sheet.row_dimensions[number].height = min(needed * _LINE + 3, _TALLEST)


def _close(sheet: Any, columns: int, rows: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows}"


def _header(sheet: Any, names: Iterable[str], styles: _Styles) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for name in names:
        cell = WriteOnlyCell(sheet, name)
        cell.data_type, cell.font, cell.fill, cell.alignment, cell.border = "s", styles.head, styles.dark, styles.middle, styles.border
        cells.append(cell)
    return cells


def _row(sheet: Any, texts: Iterable[str], look: _Look, language: Language, styles: _Styles) -> list[Any]:
    cells = [_cell(sheet, text, look, language, styles, toned=number in look.columns) for number, text in enumerate(texts)]
    for cell in cells:
        cell.alignment = styles.left
    return cells


def _cell(sheet: Any, text: str, look: _Look, language: Language, styles: _Styles, *, toned: bool) -> Any:
    """A cell that is a number or text, never a formula, whatever its text begins with."""
    from openpyxl.cell import WriteOnlyCell

    number = _NUMBER.fullmatch(text)
    text = cut(clean(text), CELL, lambda lost: say(language, "cut", count=lost))
    cell = WriteOnlyCell(sheet, (float(text) if "." in text else int(text)) if number else text or None)
    if text and not number:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@＝＋－＠'"  # so that it stays text when it is edited
    cell.font, cell.alignment, cell.border = styles.plain, styles.wrapped, styles.border
    if toned and look.tone:
        cell.fill, cell.font = styles.fills[look.tone], styles.fonts[look.tone]
    return cell


def _dateless(data: bytes) -> bytes:
    """The workbook without the time at which it was made, in its properties and in the zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            kept.writestr(entry, content)
    return out.getvalue()

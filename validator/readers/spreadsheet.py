"""A spreadsheet (xlsx, csv) → the words of its cells: lists of other offices, held against what reports state. Never a report itself."""

from __future__ import annotations

import contextlib
import csv
import io
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from validator.base.limits import in_force
from validator.model import Sheet, UnreadableError
from validator.readers.decode import decode
from validator.readers.zip_limits import content, opened

#: A row's cells behind this one are no list any more.
_WIDEST = 200


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """The sheets, cells as the text that they show; a formula that no program has worked out yet as it is written.

    Raises UnreadableError: those of `decode` and `zip_limits`, no-converter (an xls), too-many-blocks, damaged.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("no-converter", format="xls")
    return _workbook(data) if data.startswith(b"PK") else (Sheet(name="", rows=_trim(_lines(data))),)


def _lines(data: bytes) -> Iterator[list[str]]:
    """The rows of a csv, in whatever encoding Chinese offices save, with commas, semicolons or tabs between cells."""
    text = _text_of(data)
    first = text.split("\n", 1)[0]
    mark = max(",\t;", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error as error:
        raise UnreadableError("damaged", format="csv") from error


def _text_of(data: bytes) -> str:
    """The text. A list of names has few of the words by which `decode` knows a report, so that what decodes throughout is believed."""
    if b"\0" not in data and data.strip():
        for encoding in ("utf-8-sig", "gb18030"):
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode(encoding)
    return decode(data).text


def _workbook(data: bytes) -> tuple[Sheet, ...]:
    _check_unpacked_size(data)
    shown, written = _opened(data, True), _opened(data, False)
    sheets: list[Sheet] = []
    remaining = in_force().cells
    for values, formulas in zip(shown.worksheets, written.worksheets, strict=True):
        if values.sheet_state != "visible":
            continue
        rows = _trim(_rows(values, formulas), remaining)
        remaining -= sum(len(row) for row in rows)
        sheets.append(Sheet(name=str(values.title), rows=rows))
    return tuple(sheets)


def _check_unpacked_size(data: bytes) -> None:
    """Refuse a zip whose entries unpack to more than may be read, before anybody unpacks them."""
    with opened(data, "xlsx") as source:
        remaining = in_force().unpacked
        for info in source.infolist():
            remaining -= len(content(source, info, "xlsx", remaining))


def _opened(data: bytes, values: bool) -> Any:
    """The workbook: with the values that were saved, or with the formulas."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it leaves out (drop-down lists, drawings) holds no figures
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    except Exception as error:  # a damaged workbook raises whatever its parts raise
        raise UnreadableError("damaged", format="xlsx") from error


def _rows(values: Any, formulas: Any) -> Iterator[list[str]]:
    """The words of each row."""
    bounds = {"max_col": _WIDEST, "values_only": True}
    try:
        for shown, written in zip(values.iter_rows(**bounds), formulas.iter_rows(**bounds), strict=False):
            yield [_text(formula if value is None else value) for value, formula in zip(shown, written, strict=False)]
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError("damaged", format="xlsx") from error


def _text(value: object) -> str:
    """What a cell shows: 3 for 3.0."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _trim(rows: Iterable[list[str]], most: int | None = None) -> tuple[tuple[str, ...], ...]:
    """The rows without what is blank at their ends, as long as there are not more cells than may be read."""
    limit = in_force().cells
    remaining = limit if most is None else most
    trimmed: list[tuple[str, ...]] = []
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
        remaining -= max(1, len(row))
        if remaining < 0:
            raise UnreadableError("too-many-blocks", limit=limit)
        trimmed.append(tuple(row[:_WIDEST]))
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return tuple(trimmed)

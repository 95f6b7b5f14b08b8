"""Workbooks and csv of other offices as words of cells, and what is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from validator.base.limits import BUILT_IN, within
from validator.model import UnreadableError
from validator.readers.spreadsheet import sheets_of

ROWS = (("单位", "制发"), ("青石镇", "3件"))


def workbook(*rows: tuple[object, ...]) -> bytes:
    """An xlsx of one sheet."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_the_encodings_of_offices(encoding: str) -> None:
    (sheet,) = sheets_of("单位,制发\r\n青石镇,3件\r\n\r\n".encode(encoding))
    assert sheet.name == "" and sheet.rows == ROWS


def test_a_csv_with_tabs_and_quotes() -> None:
    (sheet,) = sheets_of('单位\t制发\n"青石\n镇"\t3\n'.encode())
    assert sheet.rows == (("单位", "制发"), ("青石\n镇", "3"))


def test_a_workbook() -> None:
    (sheet,) = sheets_of(workbook(("单位", "制发", "废止"), ("青石镇", 3.0, "=B2+1"), (None, None, 2.5), (None, None, None)))
    assert sheet.rows == (("单位", "制发", "废止"), ("青石镇", "3", "=B2+1"), ("", "", "2.5"))


def test_hidden_sheets_say_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(*ROWS)))
    book.create_sheet("旧").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [sheet.rows for sheet in sheets_of(out.getvalue())] == [ROWS]


def _zip_of(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "no-converter"),
        (b"", "empty"),
        (b"PK\x03\x04", "damaged"),
        (_zip_of("a.txt", b"a"), "damaged"),
        (workbook(*ROWS)[:-40], "damaged"),
        (b"\x00\x01\x02\xff" * 50, "binary"),
    ],
)
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        sheets_of(data)
    assert caught.value.reason == reason


def test_the_bounds_hold() -> None:
    many = "\n".join(["a,b"] * 40).encode()
    with within(replace(BUILT_IN, cells=79)), pytest.raises(UnreadableError, match="too-many-blocks"):
        sheets_of(many)
    with within(replace(BUILT_IN, cells=80)):
        assert len(sheets_of(many)[0].rows) == 40
    with within(replace(BUILT_IN, cells=3)), pytest.raises(UnreadableError, match="too-many-blocks"):
        sheets_of(workbook(*ROWS))
    with within(replace(BUILT_IN, unpacked=2000)), pytest.raises(UnreadableError, match="too-large"):
        sheets_of(workbook(*ROWS))

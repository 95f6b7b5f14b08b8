"""A sound report of a fictional town in every format, with one cell's content put in by hand: as text, or as markup of the format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from html import escape

from tests.acceptance.mutation import writers
from tests.acceptance.mutation.report import Report
from tests.acceptance.mutation.sound import sound
from validator.model import FileResult

from .judge import check

FORMATS = ("text", "markdown", "html", "docx")
#: Stands in a cell until its content is put in; no reader makes anything of it.
_TOKEN = "QZ{}QZ"
_RUN = r"<w:r>(?:(?!</w:r>).)*?{}(?:(?!</w:r>).)*?</w:r>"
_PARAGRAPH = r"<w:p>(?:(?!</w:p>).)*?{}(?:(?!</w:p>).)*?</w:p>"


@cache
def base(form: str = "2021") -> Report:
    """The report that all cases start from."""
    return sound(4, form=form, kind="township", busy=False)


def printed(form: str = "2021") -> dict[str, object]:
    """Its figures by `table.row.column`."""
    return {".".join(key): _value(text) for key, text in base(form).figures().items()}


def _value(text: str) -> object:
    return int(text) if text.lstrip("-").isdigit() else float(text)


def written(format: str, contents: Mapping[str, str], *, form: str = "2021", raw: bool = False) -> tuple[str, bytes]:
    """Name and bytes of the report with these contents (`table.row.column` → text).

    `raw`: markup of the format; in html it stands in the cell's <p>, in docx in place of the cell's w:r, or of its w:p if it begins so.
    """
    report = base(form)
    for number, name in enumerate(contents):
        table, rest = name.split(".", 1)
        row, column = rest.rsplit(".", 1)
        report = report.put(table, row, column, _TOKEN.format(number))
    name, data = _write(report, format)
    for number, content in enumerate(contents.values()):
        data = _put(data, format, _TOKEN.format(number), content if raw or format in ("text", "markdown") else escape(content), raw)
    return name, data


def _write(report: Report, format: str) -> tuple[str, bytes]:
    if format == "html":
        return "report.html", writers.html(report)
    if format == "docx":
        return "report.docx", writers.docx(report)
    layout = writers.BY_NAME["markdown" if format == "markdown" else "tab-stubs"]
    return f"report{layout.suffix}", writers.write(report, layout).encode()


def _put(data: bytes, format: str, token: str, content: str, raw: bool) -> bytes:
    """The file with the token's place taken by the content."""
    if format != "docx":
        return data.replace(token.encode(), content.encode())
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "word/document.xml":
                part = _in_word(part.decode(), token, content, raw).encode()
            package.writestr(entry, part)
    return target.getvalue()


def _in_word(xml: str, token: str, content: str, raw: bool) -> str:
    if not raw:
        return xml.replace(token, content)
    whole = _PARAGRAPH if content.startswith("<w:p") else _RUN
    found = re.search(whole.format(token), xml, re.DOTALL)
    assert found, f"no place for {token}"
    return xml[: found.start()] + content + xml[found.end() :]


def read(format: str, contents: Mapping[str, str], *, form: str = "2021", raw: bool = False) -> FileResult:
    """The report with these contents, checked."""
    return check(*written(format, contents, form=form, raw=raw))

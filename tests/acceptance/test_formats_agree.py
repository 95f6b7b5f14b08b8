"""The same report as text, Markdown, page, Word document and PDF: the same figures and the same findings, places aside."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest

from tests.acceptance.mutation import judge
from tests.acceptance.mutation.report import Report
from tests.acceptance.mutation.sound import sound
from tests.acceptance.mutation.writers import BY_NAME, docx, html, write
from tests.readers.chinese_fonts import surroundings
from tests.support import PATIENCE
from validator.model import FileResult
from validator.readers import office

SOFFICE = office.converter()
#: Breaks that every format can show.
BREAKS = (
    "one-part", "one-row-total", "received", "blank-total", "placeholder", "missing-row", "extra-row", "row-order", "not-a-number",
    "negative", "no-phone", "stale-head", "no-title", "missing-section", "repeated-section", "thousands", "no-measure", "no-email",
)  # fmt: skip
#: Layouts that keep blank cells and the ends of rows.
TEXTS = ("tab-grid", "pipe-both", "markdown", "chrome-tab")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A report, sound or with one thing wrong."""

    name: str
    report: Report


@cache
def cases() -> tuple[Case, ...]:
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for form, breaks in (("2021", BREAKS), ("2019", BREAKS[::3])):
        for number in range(3):
            yield Case(name=f"sound-{number}-{form}", report=sound(number, form=form))
        for mutation in (one for one in judge.MUTATIONS if one["id"] in breaks):
            number = judge.seed(mutation["id"], form)
            broken = judge.function(mutation)(sound(number, form=form, **mutation.get("base", {})), Random(number))
            yield Case(name=f"{mutation['id']}-{form}", report=broken.report)


def figures(result: FileResult) -> dict[str, Any]:
    """Every figure that was read, by address."""
    assert result.figures
    return {
        f"{cell.table}.{cell.row}.{cell.column}": figure.value if figure.value is not None else figure.state
        for cell, figure in result.figures.by_cell.items()
    }


def findings(result: FileResult) -> list[tuple[object, ...]]:
    """Every finding without its place in the file; numbers of lines in a message are places too."""
    return sorted(
        (f.rule, str(f.severity), f.review, f.location.table or "", f.location.row or "", f.location.column or "", f.expected or "",
         f.actual or "", str([(s.rule, s.row, s.column, s.expected, s.actual) for s in f.sums]))
        for f in result.findings
    )  # fmt: skip


def examined(data: bytes, suffix: str) -> FileResult:
    (result,) = judge.examine(data, suffix)
    return result


@cache
def as_text(case: str) -> FileResult:
    report = next(one.report for one in cases() if one.name == case)
    return examined(write(report, BY_NAME["tab-grid"]).encode(), ".txt")


def agree(case: str, result: FileResult) -> None:
    text = as_text(case)
    assert figures(result) == figures(text)
    assert findings(result) == findings(text)
    assert (result.unit, result.year) == (text.unit, text.year)


every = pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)


@every
@pytest.mark.parametrize("layout", TEXTS[1:])
def test_text_layouts(layout: str, case: Case) -> None:
    agree(case.name, examined(write(case.report, BY_NAME[layout]).encode(), BY_NAME[layout].suffix))


@every
@pytest.mark.parametrize(("suffix", "writer"), [(".html", html), (".docx", docx)])
def test_pages_and_documents(suffix: str, writer: Callable[[Report], bytes], case: Case) -> None:
    agree(case.name, examined(writer(case.report), suffix))


def ruled(document: Any) -> None:
    """Every table with its lines, as Word draws a new one."""
    for table in document.tables:
        table.style = "Table Grid"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All cases printed from their Word documents in one run of LibreOffice, with a font made here, whatever the machine has."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed: nothing prints the PDF files")
    folder = tmp_path_factory.mktemp("printed")
    names, characters = [], set[str]()
    for case in cases():
        names.append(str(folder / f"{case.name}.docx"))
        Path(names[-1]).write_bytes(docx(case.report, ruled))
        characters |= set(ZipFile(names[-1]).read("word/document.xml").decode())
    profile = (folder / "profile").as_uri()
    words = [str(SOFFICE), "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*words, *names], check=True, capture_output=True, timeout=PATIENCE, env=surroundings(folder, characters))
    return folder


@every
def test_printed(printed: Path, case: Case) -> None:
    agree(case.name, examined((printed / f"{case.name}.pdf").read_bytes(), ".pdf"))

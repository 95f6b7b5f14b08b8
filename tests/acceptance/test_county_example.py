"""The example county: made by its script, read in every format, told of what was planted and of nothing else."""

from __future__ import annotations

import importlib.util
import json
import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support import ROOT
from validator.cli import main as cli
from validator.model import Book

COUNTY = ROOT / "examples" / "county"
#: Where each finding that is no note must be, by rule: what scripts/make_county.py planted.
PLANTED = {
    ("series.carried-over", "reports/2024/青石镇.docx"),
    ("series.effective", "reports/2024/白塔镇.md"),
    ("series.copied", "reports/2024/新建文档(2).docx"),
    ("county.foreign-unit", "reports/2024/水利局.html"),
    ("totals.results", "reports/2024/财政局.docx"),
    ("contact.missing-phone", "reports/2024/财政局.docx"),
    ("deadline.late", "reports/2024/财政局.docx"),
    ("county.copied", "reports/2024/白塔镇.md"),
    ("county.copied", "reports/2024/青石镇.docx"),
    ("county.aggregate", "reports/2024/县政府.docx"),
    ("county.repeated-report", "reports/2024/教育局.docx"),
    ("county.repeated-report", "reports/2024/教育局（初稿）.docx"),
    ("county.missing-report", ""),
}


@cache
def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def result() -> dict[str, Any]:
    return script("update_golden").county()  # type: ignore[no-any-return]


def test_what_was_planted_is_told_and_nothing_else() -> None:
    told = {(one["rule"], file["path"]) for file in result()["files"] for one in file["findings"] if one["severity"] != "note"}
    for one in result()["collection"]["findings"]:
        told |= {(one["rule"], path) for path in one["paths"] or [""] if one["severity"] != "note"}
    assert told == PLANTED


def test_most_of_it_is_sound_and_every_format_is_there() -> None:
    clean = [file["path"] for file in result()["files"] if file["status"] == "clean"]
    assert len(clean) == 10 and {Path(path).suffix for path in clean} == {".docx", ".txt", ".html", ".md"}
    assert {path.suffix for path in (COUNTY / "reports").rglob("*") if path.is_file()} == {".docx", ".txt", ".html", ".md", ".pdf"}
    assert [one["path"] for one in result()["passed_over"]] == ["reports/2024/教育局（初稿）.docx", "reports/2024/财政局.pdf"]


def test_the_result_is_the_golden_one() -> None:
    kept = (COUNTY / "county.expected.json").read_text(encoding="utf-8")
    assert script("update_golden").render(result()) == kept, "run scripts/update_golden.py and read the diff"


def text_of(data: bytes) -> bytes:
    """The file; of a Word file its text, since zlib and the template may be of another version elsewhere."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def test_the_files_are_what_the_script_makes() -> None:
    pytest.importorskip("docx", reason="python-docx writes the Word files")
    made = script("make_county").files()
    here = {path.relative_to(COUNTY).as_posix() for path in COUNTY.rglob("*") if path.is_file()}
    assert here - {"county.expected.json", "reports/2024/财政局.pdf"} == set(made)
    for name, data in made.items():
        assert text_of((COUNTY / name).read_bytes()) == text_of(data), name


def test_the_pdf_says_what_its_word_file_says(book: Book) -> None:
    from validator.pipeline.check_file import examine

    word, pdf = (examine((COUNTY / "reports/2024" / f"财政局{end}").read_bytes(), f"财政局{end}", book)[0] for end in (".docx", ".pdf"))
    assert word.figures and pdf.figures
    figures = [{cell: figure.value for cell, figure in file.figures.by_cell.items()} for file in (word, pdf)]  # type: ignore[union-attr]
    assert figures[0] == figures[1] and len(figures[0]) > 180
    assert json.dumps([one.rule for one in word.findings]) == json.dumps([one.rule for one in pdf.findings])


@pytest.mark.parametrize(("name", "words"), [("README.md", ["--lang", "en"]), ("README.zh-CN.md", [])])
def test_the_table_in_the_readme_is_what_is_printed(name: str, words: list[str], capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", script("update_golden").DAY)
    assert cli.main(["check", "--config", "examples/county/nianbao.yaml", "--no-cache", "--jobs", "1", *words]) == 1
    printed = capsys.readouterr().out
    (table,) = [body for body in re.findall(r"^```text\n(云岭县.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)]
    assert table in printed


def test_its_word_files_come_back_with_every_finding_as_a_comment(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    docx = pytest.importorskip("docx", reason="python-docx reads the copies back")
    monkeypatch.chdir(COUNTY)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", script("update_golden").DAY)
    assert cli.main(["check", "--format", "docx", "--output", str(tmp_path / "copies")]) == 2  # pages and texts are no Word files
    copies = list((tmp_path / "copies").rglob("*.docx"))
    for file in result()["files"]:
        name = Path(file["path"])
        if name.suffix == ".docx":
            (copy,) = [path for path in copies if path.name.startswith(name.stem + "（") and path.parent.name == name.parent.name]
            comments = docx.Document(str(copy)).comments
            assert len(list(comments)) == len(file["findings"]) + 1, name  # and one on the whole

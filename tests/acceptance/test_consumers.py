"""Workbook, CSV and page of whole folders of reports, read back by openpyxl, LibreOffice, the csv module and a parser of HTML."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.reporters import samples
from tests.support import PATIENCE, ROOT
from validator.cli import main as cli
from validator.messages import say
from validator.readers import office
from validator.reporters import Options, render
from validator.reporters.printable import clean

if TYPE_CHECKING:
    from openpyxl import Workbook

#: The sets that are read back: what is there of them. The real reports stand outside the project.
SETS = {
    "examples": ROOT / "examples" / "reports",
    "county": ROOT / "examples" / "county",
    "real": ROOT.parent / "shared" / "corpus",
}
HEADS = ["单位", "年度", "文件", "部分", "表格", "行", "列", "问题", "报告填写", "应为", "依据", "怎么改", "级别", "状态", "规则"]
#: Commas, double quotes, UTF-8; numbers, percentages and days are recognised as by a double click, formulas worked out.
AS_EXCEL = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
#: Texts of a report that spreadsheets take for something else, cannot hold or must not show.
ODD = (
    "=1+1", "=HYPERLINK(\"http://x.example\",\"点我\")", "+1+1", "-1-1", "@SUM(A1)", "＝1+1", "\t=1", " =1", "'=1", "=cmd|' /C calc'!A0",
    "长" * 40_000, "甲\x00乙\x1b[31m\ud800丙\u202e\x0b", "第一行\n第二行", "含\"引号\"，逗号,", "055600",
)  # fmt: skip
LEVELS = {"error": "必须改", "warning": "请核实", "note": "供参考"}
#: Rules that tell how things stand, not what is wrong in a report: people see the state. What needs a person's eye stays a note.
STATES = {"county.missing-report": "缺报", "deadline.late": "逾期"}


@pytest.fixture(scope="module", params=SETS)
def made(request, tmp_path_factory) -> Iterator[tuple[Path, dict]]:
    """A folder with the set's results, and what the JSON says of them."""
    source = SETS[request.param]
    if not source.is_dir():
        pytest.skip(f"the set “{request.param}” is not here ({source})")
    folder = tmp_path_factory.mktemp(request.param)
    for format in ("json", "csv", "xlsx", "html"):
        assert cli.main(["check", str(source), "--format", format, "--output", str(folder / f"made.{format}")]) in (0, 1, 2)
    told = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    assert told["files"] and sum(len(file["findings"]) for file in told["files"])
    yield folder, told


def findings(told: dict) -> list[dict]:
    return [finding for file in told["files"] for finding in file["findings"]] + told["collection"]["findings"]


def expected(told: dict) -> Counter[tuple[str, str, str]]:
    """Rule, severity and unit of each row that the problem list must have."""
    found: Counter[tuple[str, str, str]] = Counter()
    for file in told["files"]:
        for finding in file["findings"]:
            level = LEVELS[finding["severity"]] + ("（需人工判断）" if finding["review"] else "")
            if finding["severity"] != "note":
                level = STATES.get(finding["rule"], level)
            found[finding["rule"], level, file["unit"] or ""] += 1
    return found


def listed(rows: list[dict[str, str]]) -> Counter[tuple[str, str, str]]:
    return Counter((row["规则"], row["级别"], row["单位"]) for row in rows if row["规则"] and row["级别"] != say("xlsx.not-checked", "zh"))


def records(rows: list[list[object]]) -> list[dict[str, str]]:
    head, *body = rows
    assert [str(name) for name in head] == HEADS
    return [dict(zip(HEADS, ("" if value is None else str(value) for value in row), strict=True)) for row in body]


def no_formula(book: Workbook) -> None:
    assert not [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


# ------------------------------------------------------------------------------------------------ each by its reader


def test_the_workbook_in_openpyxl(made) -> None:
    import openpyxl

    folder, told = made
    book = openpyxl.load_workbook(folder / "made.xlsx")
    no_formula(book)
    sheet = book.worksheets[0]
    assert sheet.title == "问题清单" and sheet.freeze_panes == "A2"
    rows = records([list(row) for row in sheet.values])
    assert expected(told) - listed(rows) == Counter()
    assert sheet.auto_filter.ref == f"A1:O{len(rows) + 1}"
    assert {row["状态"] for row in rows if row["级别"] in LEVELS.values()} <= {""}
    for other in book.worksheets:
        assert other.freeze_panes == "A2" and other.auto_filter.ref
    reports = next(other for other in book.worksheets if other.title == "各份报告")
    assert reports.max_row - 1 == len(told["files"])


def test_the_csv_in_the_csv_module(made) -> None:
    import openpyxl

    folder, told = made
    data = (folder / "made.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    rows = records(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))))
    assert expected(told) - listed(rows) == Counter()
    assert len(rows) == openpyxl.load_workbook(folder / "made.xlsx").worksheets[0].max_row - 1


def test_the_page_in_a_parser(made) -> None:
    import html5lib

    folder, told = made
    text = (folder / "made.html").read_text(encoding="utf-8")
    tree = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False).parse(text).getroot()
    words = re.sub(r"\s+", "", "".join(tree.find("body").itertext()))
    for finding in findings(told):
        assert re.sub(r"\s+", "", finding["message"]) in words, finding
    for file in told["files"]:
        assert Path(file["path"]).name in words
    assert not tree.xpath("//@src | //link | //iframe | //img | //object | //embed | //form | //base | //@srcset | //@action")
    assert all(address.startswith("#") for address in tree.xpath("//@href"))
    styles = "".join(tree.xpath("//style/text()"))
    assert not re.search(r"@import|url\(|https?:", styles)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


# ------------------------------------------------------------------------------------------------ LibreOffice


def _skip_without_calc(folder: Path) -> None:
    """Writer alone is often installed: it opens Word files and leaves workbooks aside without a word."""
    (folder / "probe.csv").write_text("1\n", encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(office.converter()), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(folder / "probe.csv")]
    subprocess.run(command, capture_output=True, timeout=PATIENCE)
    if not (folder / "probe.xlsx").is_file():
        pytest.skip("LibreOffice is installed here without its spreadsheets (calc)")


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Path:
    """Workbook and CSV of the real reports, else of the examples, opened by LibreOffice and saved as workbooks in `out`."""
    if office.converter() is None:
        pytest.skip("LibreOffice is not installed here")
    source = SETS["real"] if SETS["real"].is_dir() else SETS["examples"]
    folder = tmp_path_factory.mktemp("office")
    _skip_without_calc(folder)
    odd = samples.run(*(samples.result(samples.finding(actual=text), path=f"{at}.txt", unit=text) for at, text in enumerate(ODD)))
    for format in ("csv", "xlsx"):
        (folder / f"odd-{format}.{format}").write_bytes(render(format, odd, Options()))  # type: ignore[arg-type]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for names, read_as in ((("list.csv", "odd-csv.csv"), [AS_EXCEL]), (("book.xlsx", "odd-xlsx.xlsx"), [])):
        format = names[0].rpartition(".")[2]
        assert cli.main(["check", str(source), "--format", format, "--output", str(folder / names[0])]) in (0, 1, 2)
        command = [str(office.converter()), profile, "--headless", *read_as, "--convert-to", "xlsx", "--outdir", str(folder / "out")]
        subprocess.run([*command, *(str(folder / name) for name in names)], check=True, capture_output=True, timeout=PATIENCE)
    return folder


def test_libreoffice_reads_the_workbook_as_it_was_written(opened: Path) -> None:
    """All but the frozen header, which LibreOffice loses of every workbook when no window shows it."""
    import openpyxl

    ours, theirs = (openpyxl.load_workbook(path) for path in (opened / "book.xlsx", opened / "out" / "book.xlsx"))
    no_formula(theirs)
    assert theirs.sheetnames == ours.sheetnames
    for name in ours.sheetnames:
        assert list(theirs[name].values) == list(ours[name].values)
        assert theirs[name].auto_filter.ref == ours[name].auto_filter.ref
    (menu,) = theirs.worksheets[0].data_validations.dataValidation
    assert menu.type == "list" and "未整改" in menu.formula1


def test_libreoffice_reads_the_csv_as_the_csv_module_does(opened: Path) -> None:
    import openpyxl

    theirs = openpyxl.load_workbook(opened / "out" / "list.xlsx")
    no_formula(theirs)
    with (opened / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        ours = list(csv.reader(file))
    rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in theirs.active.iter_rows()]
    assert [len(row) for row in rows] == [len(row) for row in ours]
    for row, meant in zip(rows, ours, strict=True):
        assert list(map(bare, row)) == list(map(bare, meant))


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_libreoffice_takes_no_text_for_a_formula(opened: Path, format: str) -> None:
    import openpyxl

    book = openpyxl.load_workbook(opened / "out" / f"odd-{format}.xlsx")
    no_formula(book)
    rows = records([list(row) for row in book.worksheets[0].values])
    shown = {row["文件"]: row["报告填写"].replace("\r\n", "\n").removeprefix("'") for row in rows}
    assert len(rows) == len(ODD)
    for at, text in enumerate(ODD):
        if len(text) > 100:
            assert shown[f"{at}.txt"].startswith("长" * 30_000) and shown[f"{at}.txt"].endswith("字，一格放不下）")
        else:
            assert shown[f"{at}.txt"].strip() == clean(text).removeprefix("'").strip(), text


def bare(text: str) -> str:
    """What a spreadsheet may show otherwise without another meaning: 12.0 for 12, 0.339 for 33.9%, no sign of text."""
    text = text.removeprefix("'")
    if re.fullmatch(r"[+-]?\d+(\.\d+)?%?", text):
        value = Decimal(text.rstrip("%")) / (100 if text.endswith("%") else 1)
        return str(value.normalize())
    return text

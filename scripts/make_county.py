"""Write examples/county anew: `python scripts/make_county.py [FOLDER]`, a county that does not exist, with planted faults.

Eight units, two years, in the formats that clerks send. The words and figures are those of scripts/county/*.yaml, written for this
county; the sums are made here: totals, and the government's own report out of its units'. The faults are those of FAULTS. The PDF is what
LibreOffice makes of a Word file; it is written only where LibreOffice is there, and is the one file whose bytes differ from run to run.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import making_reports as making  # noqa: E402
from benchmarks.making_reports import COUNTY, Report, Unit  # noqa: E402

FOLDER = ROOT / "examples" / "county"
SOURCES = ROOT / "scripts" / "county"
YEARS = (2023, 2024)
#: What is planted, each once, for the reader of this file; tests/acceptance/test_county_example.py holds that it is found and nothing else.
FAULTS = """
2024/青石镇.docx         上年结转 2 件，2023 年报告的结转下年度是 0 件
2024/白塔镇.md           第五部分抄自青石镇；现行有效件数推不出来
2024/新建文档(2).docx    （柳溪街道）第五部分照抄 2023 年
2024/水利局.html         导语里现公布的是教育局的报告
2024/财政局.docx         一个分项填错；没有办公电话；2 月 20 日才发布；另有 PDF，数字相同
2024/教育局.docx         另有一份旧稿，数字不同
2024/松坪乡              没有报告
2024/县政府.docx         复议结果维持的 1 件填成了结果纠正；财政局填错的一格也与它的合计不同
"""
CONFIG = """\
# 云岭县的年报检查：在这个文件夹里运行 nianbao check
county: 云岭县
reports: [reports]
years: [2023, 2024]
deadlines: {department: 01-31, township: 01-31, subdistrict: 01-31, government: 03-31}
roster:
  - {name: 云岭县人民政府, kind: government}
  - {name: 云岭县教育局, kind: department, aliases: [县教育局]}
  - {name: 云岭县财政局, kind: department, aliases: [县财政局]}
  - {name: 云岭县水利局, kind: department, aliases: [县水利局]}
  - {name: 云岭县青石镇人民政府, kind: township, aliases: [青石镇]}
  - {name: 云岭县白塔镇人民政府, kind: township, aliases: [白塔镇], formerly: [云岭县白塔乡人民政府]}  # 2024 年撤乡设镇
  - {name: 云岭县柳溪街道办事处, kind: subdistrict, aliases: [柳溪街道]}
  - {name: 云岭县松坪乡人民政府, kind: township, aliases: [松坪乡]}
rules:
  severity: {contact.missing-phone: error}  # 本县要求写办公电话
"""

# ------------------------------------------------------------------------------------------------ the county

ORDER = ("云岭县", "教育局", "财政局", "水利局", "青石镇", "白塔镇", "柳溪街道", "松坪乡")
BELOW = {"n": "natural_person", "b": "business", "l": "legal_service"}
NONE = ((0,) * 5,) * 3


def reports() -> dict[tuple[str, int], Report]:
    """The reports by short name of the unit (today's) and year, faults among them."""
    county, *units = (_source(name) for name in ORDER)
    found = {(source["short"], year): _report(source, year) for year in YEARS for source in units if year in source["reports"]}
    for year in YEARS:
        found[COUNTY, year] = _summed(county, year, [report for (_, at), report in found.items() if at == year])
    return _with_faults({key: _told(report) for key, report in found.items()})


def _source(name: str) -> Mapping[str, Any]:
    import yaml

    return yaml.safe_load((SOURCES / f"{name}.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _unit(source: Mapping[str, Any], year: int) -> Unit:
    """The unit as it was called in the year."""
    own = {**source, **source.get("before", {})} if year == YEARS[0] else source
    return Unit(
        name=own["name"], short=own["short"], kind=own["kind"], me=own["me"], phone=own["phone"], style=own["style"], below="", busy=0
    )


def _report(source: Mapping[str, Any], year: int) -> Report:
    """A year's report as its source has it; the results are added up to the total."""
    own = source["reports"][year]
    figures = {(row, column): 0 for row in making.LABELS for column in making.APPLICANTS}
    for short, column in BELOW.items():
        figures |= {(row, column): count for row, count in own.get(short, {}).items()}
    for column in making.APPLICANTS:
        figures["total", column] = sum(figures[row, column] for row in making.RESULTS)
    four = own.get("review")
    return Report(
        unit=_unit(source, year), year=year, applications=figures, published=own["published"], sections=_sections(own),
        review=((*four, sum(four)), *NONE[1:]) if four else NONE,
        documents=tuple(own["documents"]), decisions=tuple(own["decisions"]), fees=int(Decimal(own.get("fees", "0")) * 100),
    )  # fmt: skip


def _summed(source: Mapping[str, Any], year: int, units: list[Report]) -> Report:
    own = source["reports"][year]
    return replace(making._summed(_unit(source, year), year, units), published=own["published"], sections=_sections(own))


def _sections(own: Mapping[str, Any]) -> dict[int, tuple[str, ...]]:
    return {number: tuple(text.splitlines()) for number, text in own["words"].items()}


def _told(report: Report) -> Report:
    """The report with its figures in its words."""
    rows = ("new", "carried_in", "total", "carried_out")
    figures = {row: sum(report.applications[row, column] for column in making.APPLICANTS) for row in rows}
    figures |= dict(zip(("made", "repealed", "effective"), report.documents, strict=True))
    figures |= dict(zip(("licensing", "penalty", "coercion"), report.decisions, strict=True))
    return replace(report, sections={number: tuple(line.format(**figures) for line in lines) for number, lines in report.sections.items()})


def _with_faults(found: dict[tuple[str, int], Report]) -> dict[tuple[str, int], Report]:
    """Faults of words, and the county's own sum; those of a unit's own figures stand in its source."""
    tower, willow, county = found["白塔镇", 2024], found["柳溪街道", 2024], found[COUNTY, 2024]
    found["白塔镇", 2024] = replace(tower, sections=tower.sections | {5: found["青石镇", 2024].sections[5]})
    last = tuple(text.replace("2023", "2024") for text in found["柳溪街道", 2023].sections[5])
    found["柳溪街道", 2024] = replace(willow, sections=willow.sections | {5: last})
    found["县水利局", 2024] = replace(found["县水利局", 2024], announced=f"{COUNTY}教育局")
    (upheld, corrected, *rest), *suits = county.review
    found[COUNTY, 2024] = replace(county, review=((0, corrected + upheld, *rest), *suits))
    return found


# ------------------------------------------------------------------------------------------------ as blocks

Cell = tuple[str, int, int]  # text, rows, columns
Grid = list[list[Cell]]
Block = str | Grid


def blocks(report: Report) -> list[Block]:
    """Title, paragraphs and headings as lines, tables as grids."""
    head, _, _ = making.printed(report).partition("二、主动公开政府信息情况")
    lines = [line for line in head.split("\n") if line]
    return [
        *lines,
        "二、主动公开政府信息情况", _section_2(report),
        "三、收到和处理政府信息公开申请情况", _section_3(report),
        "四、政府信息公开行政复议、行政诉讼情况", _section_4(report),
        "五、存在的主要问题及改进情况", *report.sections[5],
        "六、其他需要报告的事项", *report.sections[6],
    ]  # fmt: skip


def _section_2(report: Report) -> Grid:
    def row(cells: list[str]) -> list[Cell]:
        if len(cells) == 1:
            return [(cells[0], 1, 4)]
        return [(cells[0], 1, 1), *((text, 1, 1 if len(cells) == 4 else 3) for text in cells[1:])]

    return [row(cells) for cells in making._disclosure(report)]


def _section_3(report: Report) -> Grid:
    head, *_ = making._section_3(report)
    grid: Grid = [
        [(head[0], 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(text, 1, 1) for text in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    rows = list(making.LABELS)
    results = [row for row in rows if row in making.RESULTS] + ["total"]
    for row, labels in making.LABELS.items():
        values = [report.applications[row, column] for column in making.APPLICANTS]
        cells: list[Cell] = [(str(value), 1, 1) for value in (*values, sum(values))]
        grid.append([*_labels(row, labels, results), *cells])
    return grid


def _labels(row: str, labels: tuple[str, ...], results: list[str]) -> list[Cell]:
    """The label cells of a row, those that span the rows of their group at its first row."""
    if row not in results:
        return [(labels[-1], 1, 3)]
    first: list[Cell] = [("三、本年度办理结果", len(results), 1)] if row == results[0] else []
    group = row.partition(".")[0]
    members = [one for one in results if one.partition(".")[0] == group and "." in one]
    if not members:
        return [*first, (labels[-1], 1, 2)]
    head: list[Cell] = [(labels[0], len(members), 1)] if row == members[0] else []
    return [*first, *head, (labels[-1], 1, 1)]


def _section_4(report: Report) -> Grid:
    outcomes: list[Cell] = [(text, 1, 1) for text in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    above: list[Cell] = [(text, 2, 1) for text, _, _ in outcomes]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*above, ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        outcomes * 2,
        [(str(figure), 1, 1) for block in report.review for figure in block],
    ]


# ------------------------------------------------------------------------------------------------ as files


def docx(found: Iterable[Block]) -> bytes:
    """A Word file with real tables; the same bytes every time."""
    from docx import Document

    document = Document()
    for at, block in enumerate(found):
        if not isinstance(block, str):
            _table(document, block)
        elif at == 1:  # the title, below the day of publication
            title = document.add_paragraph()
            title.alignment = 1
            title.add_run(block).bold = True
        else:
            document.add_paragraph(block)
    out = BytesIO()
    document.save(out)
    return _undated(out.getvalue())


def _table(document: object, grid: Grid) -> None:
    from docx.shared import Cm

    wide = sum(columns for _, _, columns in grid[0])
    table = document.add_table(rows=len(grid), cols=wide, style="Table Grid")  # type: ignore[attr-defined]
    cells = [list(row.cells) for row in table.rows]
    widths = [1.3, 1.9, 4.4, *[1.15] * 7] if wide == 10 else [15.2 / wide] * wide  # centimetres; labels take more room
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # what LibreOffice goes by
    for line in cells:
        for cell, width in zip(line, widths, strict=True):
            cell.width = Cm(width)
    for y, x, (text, deep, across) in _placed(grid):
        cells[y][x].merge(cells[y + deep - 1][x + across - 1]).text = text


def _placed(grid: Grid) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with its row and column."""
    taken: set[tuple[int, int]] = set()
    for y, line in enumerate(grid):
        x = 0
        for cell in line:
            while (y, x) in taken:
                x += 1
            taken |= {(y + down, x + right) for down in range(cell[1]) for right in range(cell[2])}
            yield y, x, cell
            x += cell[2]


def _undated(data: bytes) -> bytes:
    """The archive without the time at which it was written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, old.read(item))
    return out.getvalue()


def html(found: list[Block]) -> bytes:
    """A page as sites publish it."""
    dated, title = found[0], found[1]
    assert isinstance(dated, str) and isinstance(title, str)
    body = [f"<h1>{escape(title)}</h1>", f"<p class='info'>{escape(dated)}</p>"]
    for block in found[2:]:
        body.append(f"<p>{escape(block)}</p>" if isinstance(block, str) else _html_table(block))
    head = f"<!DOCTYPE html>\n<html lang='zh-CN'><head><meta charset='utf-8'><title>{escape(title)}</title></head><body>"
    return "\n".join([head, *body, "</body></html>", ""]).encode()


def _html_table(grid: Grid) -> str:
    def cell(text: str, deep: int, across: int) -> str:
        spans = (f' rowspan="{deep}"' if deep > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
        return f"<td{spans}>{escape(text)}</td>"

    return "<table border='1'>" + "\n".join(f"<tr>{''.join(cell(*one) for one in line)}</tr>" for line in grid) + "</table>"


def markdown(found: list[Block]) -> bytes:
    """Markdown with its pipes."""
    out: list[str] = []
    for at, block in enumerate(found):
        if isinstance(block, str):
            mark = "# " if at == 1 else "## " if block[:1] in "一二三四五六" and block[1:2] == "、" and len(block) < 30 else ""
            out += [mark + block, ""]
        else:
            out += [*_pipes(block), ""]
    return "\n".join(out).encode()


def _pipes(grid: Grid) -> list[str]:
    """A table with every spanned cell written once, the rest of its span empty."""
    wide = sum(columns for _, _, columns in grid[0])
    rows = [[""] * wide for _ in grid]
    for y, x, (text, _, _) in _placed(grid):
        rows[y][x] = text
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * wide, *lines[1:]]


def text(found: Report) -> bytes:
    """Text as it is copied from a page."""
    return making.printed(found).encode()


def pdf(word: bytes) -> bytes | None:
    """The Word file as LibreOffice prints it; None without LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        words = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(words, check=True, capture_output=True)
        return source.with_suffix(".pdf").read_bytes()


def files() -> dict[str, bytes]:
    """Every file of the county but the PDFs, by its place."""
    found = reports()

    def word(short: str, year: int) -> bytes:
        return docx(blocks(found[short, year]))

    finance = blocks(found["县财政局", 2024])
    return {
        "nianbao.yaml": CONFIG.encode(),
        "reports/2023/云岭县人民政府.docx": word(COUNTY, 2023),
        "reports/2023/教育局.docx": word("县教育局", 2023),
        "reports/2023/财政局.txt": text(found["县财政局", 2023]),
        "reports/2023/水利局.html": html(blocks(found["县水利局", 2023])),
        "reports/2023/青石镇.docx": word("青石镇", 2023),
        "reports/2023/白塔乡.md": markdown(blocks(found["白塔镇", 2023])),
        "reports/2023/柳溪街道.txt": text(found["柳溪街道", 2023]),
        "reports/2023/松坪乡.docx": word("松坪乡", 2023),
        "reports/2024/县政府.docx": word(COUNTY, 2024),
        "reports/2024/教育局.docx": word("县教育局", 2024),
        "reports/2024/教育局（初稿）.docx": docx(blocks(_draft(_report(_source("教育局"), 2024)))),
        "reports/2024/财政局.docx": docx(_spoilt(finance)),
        "reports/2024/水利局.html": html(blocks(found["县水利局", 2024])),
        "reports/2024/青石镇.docx": word("青石镇", 2024),
        "reports/2024/白塔镇.md": markdown(blocks(found["白塔镇", 2024])),
        "reports/2024/新建文档(2).docx": word("柳溪街道", 2024),
    }


def _draft(report: Report) -> Report:
    """An earlier version with another figure."""
    return _told(replace(report, published=f"{report.year + 1}-01-03", decisions=(report.decisions[0] + 6, *report.decisions[1:])))


def _spoilt(found: list[Block]) -> list[Block]:
    """One part of section 3 put wrong, and the telephone left out."""
    out: list[Block] = []
    for block in found:
        if isinstance(block, str):
            before, mark, after = block.partition("，电话：")
            out.append(before + after[after.index("，") :] if mark else block)
        else:
            out.append([_wrong(line) if any(cell[0] == "（一）予以公开" for cell in line) else line for line in block])
    return out


def _wrong(line: list[Cell]) -> list[Cell]:
    at = next(place for place, cell in enumerate(line) if cell[0].isdigit())
    return [*line[:at], (str(int(line[at][0]) + 3), 1, 1), *line[at + 1 :]]


def main(folder: Path) -> None:
    """Write every file; PDFs that were there stay where LibreOffice is not."""
    made = files()
    made["reports/2024/财政局.pdf"] = pdf(made["reports/2024/财政局.docx"]) or (folder / "reports/2024/财政局.pdf").read_bytes()
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

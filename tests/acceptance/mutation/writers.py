"""One writer a text layout: how the same report arrives from different sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation.grids import Cell, Grid, grid, grids, laid_out
from tests.acceptance.mutation.report import Paragraph, Report, Table

Lines = list[str]


def _flat(text: str) -> str:
    """A cell's text on one line."""
    return text.replace("\n", "")


# ---------------------------------------------------------------------------------------------- tables with rows


def tab_rows(table: Table) -> Lines:
    """Tabs; merged cells are simply not there."""
    return ["\t".join(_flat(cell.text) for cell in line) for line in grid(table)]


def tab_stubs(table: Table) -> Lines:
    """Tabs; the cells under a tall one blank, wide ones once: as a crawl left the seed."""
    return ["\t".join(map(_flat, texts)) for texts in laid_out(grid(table), spread=False)]


def tab_grid(table: Table) -> Lines:
    """Tabs; every span laid out, so that rows are filled up with blanks."""
    return ["\t".join(map(_flat, texts)) for texts in laid_out(grid(table))]


def pipes(
    bar: str, *, leading: bool = False, own_line: bool = False, column: bool = False, broken: bool = False
) -> Callable[[Table], Lines]:
    """Rows closed by a bar: with one before, with an empty first column, with a bar alone on the line before, with breaks in cells."""

    def write(table: Table) -> Lines:
        out: Lines = []
        for line in grid(table):
            texts = [f"\n {words.BREAKS.get(c.text, c.text)} " if broken and c.label and len(c.text) < 9 else _flat(c.text) for c in line]
            row = f" {bar} ".join(texts) + f" {bar}"
            out += [bar] if own_line else []
            out.append(f"{bar} {bar} {row}" if column else f"{bar} {row}" if leading else row)
        return out

    return write


def _markdown(rows: list[list[str]]) -> Lines:
    wide = max(map(len, rows))
    rows = [[_flat(text).replace("|", "\\|") for text in row] + [""] * (wide - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + "---|" * wide, *lines[1:]]


def markdown(table: Table) -> Lines:
    """A Markdown table, spans laid out."""
    return _markdown(laid_out(grid(table)))


def markdown_bands(table: Table) -> Lines:
    """Markdown; section 2 as a small table under a heading for each band."""
    out: Lines = []
    for band, lines in grids(table):
        rows = [[c.text for c in line] for line in lines] if band else laid_out(lines)
        out += ["", *([f"### {band}", ""] if band else []), *_markdown(rows)]
    return out


# ---------------------------------------------------------------------------------------------- a cell a line


def cell_lines(*, gap: bool = False, bar: str = "", broken: bool = False) -> Callable[[Table], Lines]:
    """One cell a line: with a blank line between, with a bar after each, with labels broken over lines."""

    def write(table: Table) -> Lines:
        out: Lines = []
        for line in grid(table):
            for cell in line:
                text = words.BREAKS.get(cell.text, cell.text) if broken else cell.text
                out += [(_flat(text) if not broken else text) + (f" {bar}" if bar else ""), *([""] if gap else [])]
        return out

    return write


# ---------------------------------------------------------------------------------------------- chrome

BEFORE = (
    "当前位置：首页 > 政务公开 > 法定主动公开内容 > 政府信息公开年报",
    "索引号：003247/{y}-00018　　组配分类：政府信息公开年报",
    "发布机构：{unit}　　发布日期：{next}-01-18 09:30",
    "文号：无　　主题词：　　时效：有效",
    "来源：{short}　作者：　浏览次数：126 字号：【大 中 小】 打印 关闭",
    "分享到： 用微信扫描二维码",
)
AFTER = (
    "附件：",
    "上一篇：{short}政府信息公开指南",
    "下一篇：没有了",
    "扫一扫在手机打开当前页面",
    "网站地图 | 联系我们 | 主办：云岭县人民政府办公室 | 皖ICP备00000000号 | 网站标识码：0000000000",
)


def _chrome(lines: Iterable[str], report: Report) -> Lines:
    return [line.format(y=report.year, next=report.year + 1, unit=report.unit.name, short=report.unit.short) for line in lines]


# ---------------------------------------------------------------------------------------------- layouts


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a report is laid out as text. `rows`: row ends can be seen; `columns`: so can blank cells; `exact`: column numbers are true."""

    name: str
    table: Callable[[Table], Lines]
    rows: bool = True
    blanks: bool = True
    marks: bool = False  # Markdown headings
    chrome: bool = False
    gap: bool = True  # a blank line between paragraphs
    suffix: str = ".txt"


LAYOUTS = (
    Layout(name="tab-rows", table=tab_rows),
    Layout(name="tab-stubs", table=tab_stubs),
    Layout(name="tab-grid", table=tab_grid, gap=False),
    Layout(name="pipe", table=pipes("∣")),
    Layout(name="pipe-ascii", table=pipes("|"), gap=False),
    Layout(name="pipe-both", table=pipes("|", leading=True)),
    Layout(name="pipe-both-wide", table=pipes("｜", leading=True)),
    Layout(name="pipe-both-broken", table=pipes("∣", leading=True, broken=True)),
    Layout(name="pipe-own-line", table=pipes("∣", own_line=True)),
    Layout(name="pipe-first-column", table=pipes("｜", column=True)),
    Layout(name="markdown", table=markdown, marks=True, suffix=".md"),
    Layout(name="markdown-bands", table=markdown_bands, marks=True, suffix=".md"),
    Layout(name="cell-gap", table=cell_lines(gap=True), rows=False, blanks=False),
    Layout(name="cell", table=cell_lines(), rows=False),
    Layout(name="cell-broken", table=cell_lines(broken=True), rows=False),
    Layout(name="cell-pipe", table=cell_lines(bar="∣"), rows=False),
    Layout(name="cell-pipe-ascii", table=cell_lines(bar="|"), rows=False),
    Layout(name="cell-pipe-wide", table=cell_lines(bar="｜", broken=True), rows=False),
    Layout(name="chrome-tab", table=tab_rows, chrome=True),
    Layout(name="chrome-pipe", table=pipes("∣"), chrome=True),
    Layout(name="chrome-cell", table=cell_lines(), rows=False, chrome=True, gap=False),
)
BY_NAME = {layout.name: layout for layout in LAYOUTS}


def write(report: Report, layout: Layout) -> str:
    """The report as text in that layout."""
    out: Lines = _chrome(BEFORE, report) if layout.chrome else []
    mark = (lambda level: "#" * level + " ") if layout.marks else (lambda level: "")
    out += [mark(1) + " ".join(report.title)] if layout.marks and report.title else list(report.title)
    blocks: list[Lines] = [[text] for text in report.preamble.paragraphs()]
    for section in report.sections:
        blocks.append([mark(2) + section.heading])
        for item in section.items:
            if isinstance(item, Paragraph):
                blocks.append([(mark(3) if item.level else "") + item.text])
            else:
                blocks.append(layout.table(item))
    blocks += [[text] for text in report.tail]
    for block in blocks:
        out += [*([""] if layout.gap or layout.marks else []), *block]
    out += ["", *_chrome(AFTER, report)] if layout.chrome else []
    return "\n".join(out) + "\n"


#: What a file is written in. The names are Python's.
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")


def encode(text: str, encoding: str, *, windows: bool = False) -> bytes:
    """The bytes of the file; ∣ is in every one of these."""
    return (text.replace("\n", "\r\n") if windows else text).encode(encoding)


# ---------------------------------------------------------------------------------------------- pages and documents


def html(report: Report) -> bytes:
    """A page with real tables, their spans kept."""
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>" + escape("".join(report.title)) + "</title></head><body>"]
    out += [f"<h1>{'<br />'.join(map(escape, report.title))}</h1>"] if report.title else []
    out += [f"<p>{escape(text)}</p>" for text in report.preamble.paragraphs()]
    for section in report.sections:
        out.append(f"<p><strong>{escape(section.heading)}</strong></p>")
        out += [f"<p>{escape(i.text)}</p>" if isinstance(i, Paragraph) else _html_table(grid(i)) for i in section.items]
    return "\n".join([*out, "</body></html>"]).encode()


def _html_table(lines: Grid) -> str:
    def cell(c: Cell) -> str:
        spans = (f' rowspan="{c.rows}"' if c.rows > 1 else "") + (f' colspan="{c.columns}"' if c.columns > 1 else "")
        text = escape(words.BREAKS.get(c.text, c.text)).replace("\n", "<br />") or "&nbsp;"
        return f"<td{spans}><p>{text}</p></td>"

    return "<table border='1'>" + "".join(f"<tr>{''.join(map(cell, line))}</tr>" for line in lines) + "</table>"


def docx(report: Report, touch: Callable[[Any], None] = lambda document: None) -> bytes:
    """A Word document with real tables, their cells merged; `touch` does more to it before it is saved."""
    from io import BytesIO

    from docx import Document

    document = Document()
    for text in report.title:
        document.add_paragraph(text)
    for text in report.preamble.paragraphs():
        document.add_paragraph(text)
    for section in report.sections:
        document.add_paragraph(section.heading)
        for item in section.items:
            if isinstance(item, Paragraph):
                document.add_paragraph(item.text)
            else:
                _docx_table(document, grid(item))
    touch(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: object, lines: Grid) -> None:
    wide = sum(c.columns for c in lines[0])
    table = document.add_table(rows=len(lines), cols=wide)  # type: ignore[attr-defined]
    cells = [list(row.cells) for row in table.rows]
    taken: set[tuple[int, int]] = set()
    for y, line in enumerate(lines):
        x = 0
        for cell in line:
            while (y, x) in taken:
                x += 1
            taken |= {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
            first, last = cells[y][x], cells[min(y + cell.rows, len(lines)) - 1][min(x + cell.columns, wide) - 1]
            first.merge(last).text = cell.text
            x += cell.columns

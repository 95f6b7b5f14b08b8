"""A fictional 政府网站工作年度报表 as pages and documents lay it out: bands over pairs of label and value."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from html import escape

from validator.rulebook import built_in

BASE = (built_in() / "packs" / "website" / "bases" / "website-2023.txt").read_text(encoding="utf-8")
#: Band in the first column → band in the second ('' where the label follows at once) → labels and values.
Rows = list[tuple[list[str], list[tuple[str, str]]]]


def rows() -> Rows:
    """Each row of the base: the merged cells that begin in it, then its pairs."""
    found: Rows = []
    for line in BASE.splitlines():
        cells = line.split("\t")
        if len(cells) == 1:
            continue
        pairs = [(cells[0], cells[1]), (cells[2], cells[3])] if len(cells) == 4 and cells[0].startswith("ICP") else [(cells[-2], cells[-1])]
        found.append((cells[: len(cells) - 2 * len(pairs)], pairs))
    return found


TITLE = ["政府网站工作年度报表", "（2023年度）", "填报单位：云岭县人民政府办公室"]
#: Last rows of the merged cells, by their words.
_SPANS = {
    "信息发布（单位：条）": 4, "专栏专题（单位：个）": 2, "解读回应": 5, "解读信息发布": 4, "办事服务": 7, "办件量（单位：件）": 3,
    "互动交流": 12, "留言办理": 4, "征集调查": 3, "在线访谈": 3, "安全防护": 6, "移动新媒体": 8, "微博": 3, "微信": 3,
}  # fmt: skip


def as_tabs(table: Rows) -> bytes:
    return _text(["\t".join([*bands, *(part for pair in pairs for part in pair)]) for bands, pairs in table])


def as_padded_tabs(table: Rows) -> bytes:
    """Merged cells laid out as blank ones."""
    lines = []
    for bands, pairs in table:
        flat = [part for pair in pairs for part in pair]
        lines.append("\t".join([*bands, *[""] * max(0, 4 - len(bands) - len(flat)), *flat]))
    return _text(lines)


def as_cells(table: Rows) -> bytes:
    """One cell a line, as pages are copied."""
    return _text([cell for bands, pairs in table for cell in (*bands, *(part for pair in pairs for part in pair))])


def as_spaced_cells(table: Rows) -> bytes:
    return _text([cell for bands, pairs in table for cell in (*bands, *(part for pair in pairs for part in pair)) for cell in (cell, "")])


def as_pipes(table: Rows) -> bytes:
    return _text(["| " + " | ".join([*bands, *(part for pair in pairs for part in pair)]) + " |" for bands, pairs in table])


def as_markdown(table: Rows) -> bytes:
    lines = ["| " + " | ".join([*bands, *(part for pair in pairs for part in pair)]) + " |" for bands, pairs in table]
    return ("\n".join([f"# {TITLE[0]}{TITLE[1]}", "", TITLE[2], "", lines[0], "| --- | --- |", *lines[1:]]) + "\n").encode()


def as_html(table: Rows) -> bytes:
    """A page of a site: merged cells by rowspan, the title in the page and in the table's first row."""
    body = [f'<tr><td colspan="4">{TITLE[0]}<br>{TITLE[1]}</td></tr>']
    for bands, pairs in table:
        cells = [f'<td rowspan="{_SPANS[band]}">{escape(band)}</td>' for band in bands]
        wide = 3 if not bands and len(pairs) == 1 else 1
        for label, value in pairs:
            cells += [f"<td>{escape(label)}</td>", f'<td colspan="{wide}"><p>{escape(value)}</p></td>']
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f"<html><head><title>{TITLE[0]}{TITLE[1]}_云岭县人民政府</title></head><body>"
        "<div>当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>"
        f"<h1>云岭县人民政府门户网站工作年度报表{TITLE[1]}</h1><p>{TITLE[2]}</p><table>{''.join(body)}</table>"
        "<div>主办：云岭县人民政府办公室 网站标识码：3325990001 浙ICP备05099901号</div></body></html>"
    ).encode()


def as_docx(table: Rows) -> bytes:
    """A Word document with true merged cells."""
    import docx

    document = docx.Document()
    for line in TITLE:
        document.add_paragraph(line)
    grid = document.add_table(rows=len(table), cols=4)
    grid.style = "Table Grid"
    for number, (bands, pairs) in enumerate(table):
        under = _open_bands(table, number)
        for column, band in enumerate(under):
            if band in bands:
                top = grid.cell(number, column)
                top.text = band
                top.merge(grid.cell(number + _SPANS[band] - 1, column))
        flat = [part for pair in pairs for part in pair]
        for place, text in enumerate(flat):
            last = len(flat) == 2 and place == 0
            cell = grid.cell(number, len(under) + place if last or len(flat) == 4 else 3)
            cell.text = text
            if last and len(under) < 2:
                cell.merge(grid.cell(number, 2))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _open_bands(table: Rows, number: int) -> list[str]:
    """The merged cells that a row stands beside, outer first."""
    found = []
    for start, (bands, _) in enumerate(table[: number + 1]):
        found += [band for band in bands if start + _SPANS[band] > number]
    return found


def _text(lines: Sequence[str]) -> bytes:
    return "\n".join([*TITLE, "", *lines, ""]).encode()


LAYOUTS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "tabs": ("a.txt", as_tabs),
    "padded tabs": ("a.txt", as_padded_tabs),
    "a cell a line": ("a.txt", as_cells),
    "a cell a line, empty lines between": ("a.txt", as_spaced_cells),
    "pipes": ("a.txt", as_pipes),
    "markdown": ("a.md", as_markdown),
    "html": ("a.html", as_html),
    "docx": ("a.docx", as_docx),
}

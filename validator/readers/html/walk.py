"""The walk over a page's tree: without recursion, for pages nest as deep as their authors forgot to close tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from validator.readers.html.flow import Cell, Flow, Grid, Line, printed
from validator.readers.html.grid import span
from validator.readers.html.source import Element

_SKIPPED = frozenset(
    "head title script style noscript template select datalist button object embed applet video audio canvas map svg math iframe frame "
    "noframes noembed xml".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main marquee menu nav ol p pre section summary table tbody td textarea tfoot th "
    "thead tr ul listing xmp".split()
)
_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_PREFORMATTED = frozenset(("pre", "textarea", "listing", "xmp"))
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rtf|zip|rar|7z)(?=$|[?#&])", re.IGNORECASE)
_NAMED = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rtf|zip|rar|7z)\s*[)）]?\s*$", re.IGNORECASE)
_LISTED = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|cjk-ideographic|simp-chinese-informal)\b", re.IGNORECASE)
_NUMERALS = "零一二三四五六七八九十"
_ICON = 48  # pixels; a picture of this size or smaller carries no report
_ARTICLE = 300  # characters; no cell of data is as long


class _Table:
    """A table under way: its row groups, and text that stands in it outside all cells (a caption)."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._groups: list[tuple[int, list[list[Cell]]]] = []
        self._open = False

    def group(self, kind: int) -> None:
        """A row group begins; only the first thead and tfoot move to their place."""
        moved = kind != 1 and any(kind == other for other, _ in self._groups)
        self._groups.append((1 if moved else kind, []))
        self._open = True

    def close(self) -> None:
        """The row group ends; rows that follow have their own."""
        self._open = False

    def row(self) -> None:
        """A row begins."""
        if not self._open:
            self.group(1)
        self._groups[-1][1].append([])

    def cell(self, cell: Cell) -> None:
        """A cell begins; where no row was opened, one is."""
        if not self._groups or not self._groups[-1][1]:
            self.row()
        self._groups[-1][1][-1].append(cell)

    def items(self) -> list[Line | Grid]:
        """What the table comes to on the page: its caption, then a grid or the dissolved cells."""
        self.flow.end_line()
        groups = [rows for _, rows in sorted(self._groups, key=lambda group: group[0])]
        cells = [cell for rows in groups for row in rows for cell in row]
        figures = sum(cell.is_figure for cell in cells)
        if _is_layout(groups, cells, figures):
            return self.flow.items + [item for cell in cells for item in cell.flow.items]
        return [*self.flow.items, Grid(groups=groups, figures=figures)]


def _is_layout(groups: list[list[list[Cell]]], cells: list[Cell], figures: int) -> bool:
    """Whether a table only holds the page together: one column, other tables with more figures inside, or an article in a cell."""
    if max((len(row) for rows in groups for row in rows), default=0) <= 1:
        return True
    inner = sum(item.figures + 1 for cell in cells for item in cell.flow.items if isinstance(item, Grid))
    if inner:
        return inner > figures
    return figures < 4 and any(len(cell.text) > _ARTICLE for cell in cells)


class _Walk:
    """Where the walk stands: the flows and tables that are open, innermost last."""

    def __init__(self) -> None:
        self.page = Flow()
        self._open: list[tuple[Element, _Table | Cell]] = []
        self._flows = [self.page]
        self._lists: list[list[int] | None] = []
        self._pre = 0

    def write(self, text: str | None) -> None:
        """Text of the page; where it is preformatted its lines and spaces stand."""
        if not text:
            return
        if not self._pre:
            self._flows[-1].write(text)
            return
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self._flows[-1].end_line()
            self._flows[-1].write(line.expandtabs(8).replace(" ", "\u00a0"))

    def enter(self, element: Element, tag: str) -> bool:
        """An element begins. False: nothing in it is to be read."""
        if tag in _SKIPPED or _is_hidden(element):
            return False
        if tag in _BLOCKS or tag == "br":
            self._flows[-1].end_line()
        if tag in ("img", "v:imagedata", "image"):
            self._picture(element)
        elif tag == "a":
            self._link(element)
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._flows[-1].level = int(tag[1])
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_numbering(element) if tag == "ol" else None)
        elif tag == "li":
            self._flows[-1].marker = self._number(element)
        elif tag in _PREFORMATTED:
            self._pre += 1
        else:
            self._table_part(element, tag)
        return True

    def leave(self, element: Element, tag: str) -> None:
        """The element ends."""
        if tag in _BLOCKS:
            self._flows[-1].end_line()
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._flows[-1].level = None
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.pop()
        elif tag == "li":
            self._flows[-1].marker = ""
        elif tag in _PREFORMATTED:
            self._pre -= 1
        elif tag == "table":
            _, table = self._open.pop()
            assert isinstance(table, _Table)
            self._flows.pop()
            self._flows[-1].items += table.items()
        elif tag in ("td", "th") and self._open and self._open[-1][0] is element:
            self._open.pop()
            self._flows.pop()
        elif tag in _GROUPS and isinstance(self._inside, _Table):
            self._inside.close()

    @property
    def _inside(self) -> _Table | Cell | None:
        """The innermost table or cell."""
        return self._open[-1][1] if self._open else None

    def _table_part(self, element: Element, tag: str) -> None:
        """A table, or a part of one; parts outside any table are only blocks."""
        inside = self._inside
        if tag == "table":
            table = _Table()
            self._open.append((element, table))
            self._flows.append(table.flow)
        elif isinstance(inside, _Table):
            if tag in _GROUPS:
                inside.group(_GROUPS[tag])
            elif tag == "tr":
                inside.row()
            elif tag in ("td", "th"):
                cell = Cell(row_span=span(element.get("rowspan")), column_span=span(element.get("colspan")))
                inside.cell(cell)
                self._open.append((element, cell))
                self._flows.append(cell.flow)

    def _picture(self, element: Element) -> None:
        """A picture that is more than an icon."""
        sizes = [int(found[0]) for side in ("width", "height") if (found := re.match(r"\d{1,6}(?!\s*[\d%])", element.get(side) or ""))]
        source = (element.get("src") or "")[:300]
        if (not sizes or max(sizes) > _ICON) and "icon" not in source.lower():
            self._flows[-1].mark("picture", name=source.rsplit("/", 1)[-1][:80])

    def _link(self, element: Element) -> None:
        """A link to a file."""
        href = (element.get("href") or "")[:2000]
        text = printed("".join(islice(element.itertext(), 40)))[:120]
        if _ATTACHMENT.search(href) or href and _NAMED.search(text):
            self._flows[-1].mark("attachment", name=text or href.rsplit("/", 1)[-1][:120])

    def _number(self, element: Element) -> str:
        """What a browser prints before an item of a numbered list."""
        numbering = self._lists[-1] if self._lists else None
        if numbering is None:
            return ""
        value = (element.get("value") or "").strip()
        if value.isascii() and value.isdigit() and len(value) < 6:
            numbering[0] = int(value)
        number, chinese = numbering
        numbering[0] += 1
        return f"{_chinese(number)}、" if chinese and number < 100 else f"{number}. "


def flow_of(root: Element) -> list[Line | Grid]:
    """Lines and tables of the page, in order."""
    walk = _Walk()
    stack: list[tuple[Element, str, Iterator[Element]]] = []
    waiting: Iterator[Element] = iter((root,))
    while True:
        element = next(waiting, None)
        if element is None:
            if not stack:
                break
            parent, tag, waiting = stack.pop()
            walk.leave(parent, tag)
            walk.write(parent.tail)
            continue
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if tag and walk.enter(element, tag):
            walk.write(element.text)
            stack.append((element, tag, waiting))
            waiting = iter(element)
        else:
            walk.write(element.tail)
    walk.page.end_line()
    return walk.page.items


def page_title(root: Element) -> str:
    """The text of the first <title>; '' where there is none."""
    title = next(root.iter("title"), None)
    return printed("".join(title.itertext()))[:500] if title is not None else ""


def frames(root: Element) -> bool:
    """Whether the page shows other pages in itself."""
    return next(root.iter("frame", "iframe"), None) is not None


def _is_hidden(element: Element) -> bool:
    """Whether the element itself says that it is not shown."""
    style = element.get("style")
    return bool(style and _HIDDEN.search(style)) or element.get("hidden") is not None


def _numbering(element: Element) -> list[int] | None:
    """The next number of a list and whether it is Chinese; None where nothing is printed (or a style sheet decides)."""
    found = _LISTED.search(element.get("style") or "")
    kind = found[1].lower() if found else None
    if kind == "none" or kind is None and element.get("class"):
        return None
    start = (element.get("start") or "").strip()
    return [int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1, int(kind not in (None, "decimal"))]


def _chinese(number: int) -> str:
    """A number below one hundred as it is counted: 七, 十二, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十") + (_NUMERALS[ones] if ones or not tens else "")

"""The walk over a page's tree: without recursion, for pages nest as deep as their authors forgot to close tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from validator.readers.html.controls import Controls, is_filled_by_program
from validator.readers.html.elements import BLOCKS, GROUPS, PREFORMATTED, SKIPPED
from validator.readers.html.escaped import decode_entities
from validator.readers.html.flow import Flow, HtmlCell, HtmlGrid, HtmlLine, printed
from validator.readers.html.formula import formula_pieces
from validator.readers.html.grid import span
from validator.readers.html.look import START, ElementLooks, Look
from validator.readers.html.raised import is_mark, is_note_link, power
from validator.readers.html.source import Element
from validator.readers.html.table import HtmlTable
from validator.text.numerals import counted

_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rtf|zip|rar|7z)(?=$|[?#&])", re.IGNORECASE)
_NAMED = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rtf|zip|rar|7z)\s*(?:[)）]\s*)?$", re.IGNORECASE)
_LISTED = re.compile(r"list-style(?:-type)?\s*:[^;]{0,200}?\b(none|decimal|cjk-ideographic|simp-chinese-informal)\b", re.IGNORECASE)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_ICON = 48  # pixels; a picture of this size or smaller carries no report
_SPACER = re.compile(r"spacer|blank|transparent|clear|pixel|space\.gif", re.IGNORECASE)
#: Elements that show a picture, a film or another page.
_SHOWN_ELSEWHERE = frozenset("iframe frame object embed canvas video applet".split())
#: What is not seen takes up its room all the same, or not.
_WITHOUT_ROOM = frozenset(("hidden", "collapsed", "off-page", "clipped", "small"))
_KINDS = {"collapsed": "hidden", "clear": "hidden"}


_OF_GRIDS = frozenset(("table", "tr", "td", "th", *GROUPS))
#: Elements that ask for more than their text and, as blocks do, a line of their own.
_SPECIAL = (
    SKIPPED | PREFORMATTED | _OF_GRIDS | frozenset("template col colgroup math svg input select label a img v:imagedata image ins".split())
) | frozenset("h1 h2 h3 h4 h5 h6 ol ul menu dir li sup sub rt rtc".split())


class PageWalk:
    """Where the walk stands: the flows and tables that are open, innermost last."""

    def __init__(self, looks: ElementLooks, controls: Controls) -> None:
        self.page = Flow()
        self.look: Look = START
        self._looks, self._controls = looks, controls
        self._open: list[tuple[Element, HtmlTable | HtmlCell]] = []
        self._flows = [self.page]
        self._lists: list[list[int] | None] = []
        self._raised: list[tuple[Element, list[str]]] = []
        self._pre = 0
        self._inserted = 0
        self.unseen = 0  # Chinese characters that the page does not show

    # ------------------------------------------------------------------------------------- text

    def write(self, text: str | None) -> None:
        """Text of the page as its look has it; where it is preformatted its lines and spaces stand."""
        if not text:
            return
        look = self.look
        if (look.unseen or look.struck or look.uncertain) and not text.isspace() and not self._is_written(look):
            self.unseen += len(_CHINESE.findall(text)) if look.unseen else 0
            return
        if "&" in text and (read := decode_entities(text)) != text:
            self._flows[-1].notice("shown-code", count=1)
            text = read
        if self._raised:
            self._raised[-1][1].append(text)
        elif not self._pre:
            self._flows[-1].write(text)
        else:
            for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
                if number:
                    self._flows[-1].end_line()
                self._flows[-1].write(line.expandtabs(8).replace(" ", "\u00a0"))

    def tail(self, element: Element, tag: str) -> None:
        """The text behind an element of that name."""
        if tag != "input" or not self._controls.unchosen_tail(element):
            self.write(element.tail)

    def _is_written(self, look: Look) -> bool:
        """Whether words of that look are written; what is not becomes a notice, and a space where it takes up room."""
        if look.unseen:
            self._note_unseen(look.unseen, room=look.unseen not in _WITHOUT_ROOM)
            return False
        if look.struck:
            if look.struck == "struck":
                self._flows[-1].notice("struck-text", count=1)
            self._flows[-1].write(" ")
            self._add_ink("struck")
            return False
        if isinstance(self._innermost, HtmlCell):
            self._innermost.doubt = self._innermost.doubt or look.uncertain
        return True

    def _note_unseen(self, kind: str, room: bool = False) -> None:
        """Something is not seen at this place."""
        self._flows[-1].notice("hidden-text-html", kind=_KINDS.get(kind, kind), count=1)
        if room:
            self._flows[-1].write(" ")

    def _add_ink(self, kind: str) -> None:
        """Something is printed in the cell that is no text of it."""
        if isinstance(self._innermost, HtmlCell) and not self._innermost.ink:
            self._innermost.ink = kind

    # ------------------------------------------------------------------------------------- elements

    def enter(self, element: Element, tag: str) -> str:
        """An element begins; what it is to the page (div, but td where it is shown as one). '': nothing in it is to be read."""
        look = self._looks.of(element, tag, self.look)
        if look is self.look and tag not in _SPECIAL and look.plain:
            if tag in BLOCKS or tag == "br":
                self._break()
            if element.get("class") and _is_marked_inserted(element):
                self._insert(element)
            return tag
        if tag in ("col", "colgroup"):
            self._columns(element, tag, look)
            return tag if tag == "colgroup" else ""
        if tag == "template" or look.gone and tag not in SKIPPED:
            if _says_something(element):
                self.unseen += sum(len(_CHINESE.findall(text)) for text in element.itertext()) if look.gone else 0
                self._note_unseen(look.gone or "hidden", room=bool(look.gone) and look.gone not in _WITHOUT_ROOM)
            return ""
        if tag in SKIPPED:
            self._skip(element, tag, look)
            return ""
        if self._replaces_text(element, tag, look):
            return ""
        tag = look.part or tag
        if tag in BLOCKS and look.block is not False or look.block or tag == "br":
            self._break()
        self._begin(element, tag, look)
        return tag

    def _begin(self, element: Element, tag: str, look: Look) -> None:
        """What an element's name asks for."""
        changed = look.struck == "deleted" and self.look.struck != "deleted"
        self.look = look
        if changed and _says_something(element):
            self._flows[-1].notice("tracked-changes", count=1)
        if tag == "ins" or element.get("class") and _is_marked_inserted(element):
            self._insert(element)
        if look.raised or tag == "a" and is_note_link(element, self._flows[-1].last, isinstance(self._innermost, HtmlCell)):
            self._raised.append((element, []))
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
        elif tag in PREFORMATTED:
            self._pre += 1
        elif tag in _OF_GRIDS:
            self._table_part(element, tag)
        if look.uncertain == "added":
            self._add_ink("added")

    def _insert(self, element: Element) -> None:
        """Words begin that were put in while changes were tracked."""
        if not self._inserted and _says_something(element):
            self._flows[-1].notice("tracked-changes", count=1)
        self._inserted += 1

    def leave(self, element: Element, tag: str, outer: Look) -> None:
        """The element ends; `outer` is the look of what it stands in."""
        if self._inserted and (tag == "ins" or _is_marked_inserted(element)):
            self._inserted -= 1
        if outer is self.look and tag not in _SPECIAL and outer.plain:
            if tag in BLOCKS:
                self._break()
            return
        block, self.look = self.look.block, outer
        if self._raised and self._raised[-1][0] is element:
            self._end_raised(tag)
        if tag in BLOCKS and block is not False or block:
            self._break()
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._flows[-1].level = None
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.pop()
        elif tag == "li":
            self._flows[-1].marker = ""
        elif tag in PREFORMATTED:
            self._pre -= 1
        elif tag == "table":
            _, table = self._open.pop()
            assert isinstance(table, HtmlTable)
            self._flows.pop()
            self._flows[-1].items += table.items()
        elif tag in ("td", "th") and self._open and self._open[-1][0] is element:
            if not self._flows[-1].items and is_filled_by_program(element):
                self._add_ink("added")
            self._open.pop()
            self._flows.pop()
        elif tag in GROUPS and isinstance(self._innermost, HtmlTable):
            self._innermost.close()

    def _break(self) -> None:
        """A line ends; what is raised over several lines is no mark."""
        if self._raised:
            for number, (element, pieces) in enumerate(self._raised):
                self._flows[-1].write("".join(pieces))
                self._raised[number] = element, []
        self._flows[-1].end_line()

    def _end_raised(self, tag: str) -> None:
        """Raised or lowered type ends: it is a mark, a power of a measure, or words."""
        text = printed("".join(self._raised.pop()[1]))
        flow = self._flows[-1]
        if self._raised:
            self._raised[-1][1].append(text)
        elif shown := power(flow.last, text):
            flow.write(shown)
        elif text and (tag in ("rt", "rtc") or is_mark(text)):
            flow.raise_mark(text)
        else:
            flow.write(text)

    # ------------------------------------------------------------------------------------- what is not text

    def _skip(self, element: Element, tag: str, look: Look) -> None:
        """An element whose text is no part of the page; what it shows may stand in a cell."""
        if tag in _SHOWN_ELSEWHERE and not look.gone:
            self._add_ink("picture")
        elif tag == "script" and isinstance(self._innermost, HtmlCell) and "document.write" in (element.text or ""):
            self._innermost.doubt = "added"

    def _replaces_text(self, element: Element, tag: str, look: Look) -> bool:
        """Formulas, drawings and fields of a form."""
        if tag == "math":
            pieces = formula_pieces(element)
            if pieces is None and isinstance(self._innermost, HtmlCell):
                self._innermost.doubt = "symbol"
            for text, raised in pieces or ():
                (self._flows[-1].raise_mark if raised and is_mark(text) else self.write)(text)
            return True
        if tag == "svg":
            if isinstance(self._innermost, HtmlCell) and next(element.iter("text"), None) is not None:
                self._innermost.doubt = "picture"
            self._add_ink("picture")
            return True
        if tag in ("input", "select", "label"):
            value = self._controls.value(element, tag, isinstance(self._innermost, HtmlCell))
            if value is not None:
                before, self.look = self.look, look
                self.write(value)
                self.look = before
                return True
        return False

    def _columns(self, element: Element, tag: str, look: Look) -> None:
        """Columns of a table; those of a group are its own or those that stand in it."""
        if isinstance(self._innermost, HtmlTable) and (tag == "col" or next(element.iter("col"), None) is None):
            self._innermost.columns(span(element.get("span")), look.gone != "collapsed")
        if tag == "colgroup":
            self.look = look

    @property
    def _innermost(self) -> HtmlTable | HtmlCell | None:
        """The innermost table or cell."""
        return self._open[-1][1] if self._open else None

    def _table_part(self, element: Element, tag: str) -> None:
        """A table, or a part of one; parts outside any table are only blocks."""
        inside = self._innermost
        if tag == "table":
            table = HtmlTable()
            self._open.append((element, table))
            self._flows.append(table.flow)
        elif isinstance(inside, HtmlTable):
            if tag in GROUPS:
                inside.group(GROUPS[tag])
            elif tag == "tr":
                inside.row()
            elif tag in ("td", "th"):
                cell = HtmlCell(
                    row_span=span(element.get("rowspan")), column_span=span(element.get("colspan")), line=element.sourceline or 0
                )
                inside.cell(cell)
                self._open.append((element, cell))
                self._flows.append(cell.flow)

    def _picture(self, element: Element) -> None:
        """A picture that is more than an icon."""
        sizes = [int(match[0]) for side in ("width", "height") if (match := re.match(r"\d{1,6}(?!\s*[\d%])", element.get(side) or ""))]
        source = (element.get("src") or "")[:300]
        if (not sizes or min(sizes) > 2) and not _SPACER.search(source):
            self._add_ink("picture")
        if (not sizes or max(sizes) > _ICON) and "icon" not in source.lower():
            self._flows[-1].notice("picture", name=source.rsplit("/", 1)[-1][:80])

    def _link(self, element: Element) -> None:
        """A link to a file."""
        href = (element.get("href") or "")[:2000]
        text = printed("".join(islice(element.itertext(), 40)))[:120]
        if _ATTACHMENT.search(href) or href and _NAMED.search(text):
            self._flows[-1].notice("attachment", name=text or href.rsplit("/", 1)[-1][:120])

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
        return f"{counted(number)}、" if chinese and number < 100 else f"{number}. "


def flow_of(root: Element, looks: ElementLooks) -> list[HtmlLine | HtmlGrid]:
    """Lines and tables of the page, in order."""
    return walk_page(root, looks).page.items


def walk_page(root: Element, looks: ElementLooks) -> PageWalk:
    """The walk at its end."""
    walk = PageWalk(looks, Controls(root))
    stack: list[tuple[Element, str, Iterator[Element], Look]] = []
    waiting: Iterator[Element] = iter((root,))
    while True:
        element = next(waiting, None)
        if element is None:
            if not stack:
                break
            parent, tag, waiting, outer = stack.pop()
            walk.leave(parent, tag, outer)
            walk.tail(parent, tag)
            continue
        outer = walk.look
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if tag and (shown := walk.enter(element, tag)):
            if element.text:
                walk.write(element.text)
            stack.append((element, shown, waiting, outer))
            waiting = iter(element)
        else:
            walk.tail(element, tag)
    walk.page.end_line()
    return walk


def page_title(root: Element) -> str:
    """The text of the first <title>; '' where there is none."""
    title = next(root.iter("title"), None)
    return printed("".join(title.itertext()))[:500] if title is not None else ""


def _is_marked_inserted(element: Element) -> bool:
    """Whether Word marked the element as put in."""
    return "msoins" in (element.get("class") or "").lower().split()


def _says_something(element: Element) -> bool:
    """Whether there are words in an element."""
    if element.text and not element.text.isspace() and element.tag not in SKIPPED:
        return True
    inner = islice(element.iterdescendants("*"), 2000)
    return any(
        part.text and not part.text.isspace() and part.tag not in SKIPPED or part.tail and not part.tail.isspace() for part in inner
    )  # fmt: skip


def _numbering(element: Element) -> list[int] | None:
    """The next number of a list and whether it is Chinese; None where nothing is printed (or a style sheet decides)."""
    match = _LISTED.search(element.get("style") or "")
    kind = match[1].lower() if match else None
    if kind == "none" or kind is None and element.get("class"):
        return None
    start = (element.get("start") or "").strip()
    return [int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1, int(kind not in (None, "decimal"))]

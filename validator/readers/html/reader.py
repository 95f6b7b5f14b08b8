"""HTML → Document: the page as the site serves it, navigation and footer included; the grammar finds the report among them.

Tables that hold data are laid out on their grid; those that only hold the page together are dissolved into lines. The page's <title> is a
heading of level 0 before all others. What cannot be seen is left out and told, as far as the page itself shows it: style sheets elsewhere
are not fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.amount import Amount, LimitReachedError, unread
from validator.readers.html.elsewhere import ENOUGH, body_elsewhere
from validator.readers.html.escaped import has_escaped_markup, restore_markup
from validator.readers.html.flow import HtmlCell, HtmlGrid, HtmlLine, Notice
from validator.readers.html.grid import PlacedCell, lay_out, without_columns
from validator.readers.html.look import ElementLooks
from validator.readers.html.sheet import linked, ruled
from validator.readers.html.source import tree
from validator.readers.html.walk import page_title, walk_page
from validator.readers.published import in_metadata, in_text

if TYPE_CHECKING:
    from typing import Unpack

    from validator.readers.block_fields import BlockFields

_MAX_OBSERVATIONS = 500


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document.

    Raises UnreadableError: binary, damaged, empty, in-frame, in-script and in-hidden (its text stands there), no-text-layer (pictures
    alone), not-text, too-deep, too-large, too-many-blocks.
    """
    root, decoded = tree(data)
    codes = restore_markup(root) if has_escaped_markup(decoded.text) else 0
    page = _PageBlocks()
    page.title(page_title(root))
    with_title = len(page.blocks)
    walk = walk_page(root, ElementLooks(ruled(root), linked(root)))
    end = page.fill(walk.page.items)
    elsewhere = [*body_elsewhere(root), *([("hidden", "")] if walk.unseen >= ENOUGH else [])]
    if len(page.blocks) == with_title:
        raise unread(end) if end else _wordless(page, elsewhere)
    if codes:
        page.add([HtmlLine(text="", notices=(("shown-code", {"count": codes}),))])
    observed = [
        *page.observations(),
        *(Observation(code="body-elsewhere", detail={"where": where, "name": name}) for where, name in elsewhere),
    ]
    if end is not None:
        observed.append(end)
    if decoded.damaged:
        observed.insert(0, Observation(code="damaged-text", detail={"count": decoded.damaged, "encoding": decoded.encoding}))
    published = in_text(page.blocks) or in_metadata(root)
    return (Document(path=path, format="html", blocks=tuple(page.blocks), published=published, observations=tuple(observed)),)


class _PageBlocks:
    """The blocks of one page, in order, and the observations made on the way."""

    def __init__(self) -> None:
        self._amount = Amount()
        self.blocks: list[Block] = []
        self._noticed: list[tuple[str, int, dict[str, object]]] = []
        self._counts: dict[tuple[str, int | None, object], int] = {}
        self._tables = 0

    def title(self, text: str) -> None:
        """The page's title, if it has one."""
        if text:
            self._block(Kind.HEADING, text, level=0)

    def fill(self, items: Iterable[HtmlLine | HtmlGrid]) -> Observation | None:
        """Add lines and tables up to the first bound of base/limits.py; the observation that it was reached, None where all fitted."""
        try:
            self.add(items)
        except LimitReachedError as error:
            return self._amount.reached(error.name, len(self.blocks))
        return None

    def add(self, items: Iterable[HtmlLine | HtmlGrid]) -> None:
        """Lines and tables, in order; tables within a cell of a table follow it."""
        waiting = [iter(items)]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
            elif isinstance(item, HtmlLine):
                self._line(item)
            else:
                waiting.append(iter(self._grid(item)))

    def _line(self, line: HtmlLine) -> None:
        if not line.text and line.marks:  # nothing but raised type: the words of the line
            line = replace(line, text="".join(mark.text for mark in line.marks), marks=())
        if line.text:
            self._block(Kind.LINE if line.level is None else Kind.HEADING, line.text, level=line.level, marks=line.marks)
        self._notice(line.notices, between=not line.text)

    def _grid(self, grid: HtmlGrid) -> list[HtmlGrid]:
        """The cells of a table; returns the tables that stand in them."""
        self._tables += 1
        inner: list[HtmlGrid] = []
        for placed in lay_out(grid.groups):
            shown = without_columns(placed, grid.hidden) if grid.hidden else placed
            if shown is None:
                if placed.cell.text:
                    self._notice([("hidden-text-html", {"kind": "hidden", "count": 1})])
                continue
            self._cell(shown)
            for item in shown.cell.flow.items:
                if isinstance(item, HtmlGrid):
                    inner.append(item)
                else:
                    self._notice(item.notices)
        return inner

    def _cell(self, placed: PlacedCell) -> None:
        cell: HtmlCell = placed.cell
        text = cell.text
        self._block(
            Kind.CELL,
            text,
            table=self._tables,
            row=placed.row,
            column=placed.column,
            row_span=placed.row_span,
            column_span=placed.column_span,
            exact=True,
            marks=cell.marks,
            doubt=cell.why(text),
        )

    def _block(self, kind: Kind, text: str, **more: Unpack[BlockFields]) -> None:
        block = Block(kind=kind, text=text, line=len(self.blocks) + 1, **more)
        self._amount.add(block)
        self.blocks.append(block)

    def _notice(self, notices: Iterable[Notice], between: bool = False) -> None:
        """What stands at the last block, or after it. Changes of one document are one observation; what is not seen, one a line.

        `between`: behind that block and before the next one.
        """
        for code, detail in notices:
            if between and "count" in detail:
                detail = {**detail, "between": True}
            line = max(1, len(self.blocks))
            if "count" in detail:
                key, count_before = self._key(code, line, detail), len(self._counts)
                self._counts[key] = self._counts.get(key, 0) + int(str(detail["count"]))
                if len(self._counts) == count_before:
                    continue
            if len(self._noticed) < _MAX_OBSERVATIONS:
                self._noticed.append((code, line, detail))

    @staticmethod
    def _key(code: str, line: int, detail: Mapping[str, object]) -> tuple[str, int | None, object]:
        """What is counted together."""
        once = code in ("tracked-changes", "shown-code")
        return (code, None, None) if once else (code, line, (detail.get("kind"), detail.get("between")))

    def observations(self) -> Iterator[Observation]:
        """All that was noticed."""
        for code, line, detail in self._noticed:
            if "count" in detail:
                detail = {**detail, "count": self._counts[self._key(code, line, detail)]}
            yield Observation(code=code, line=line, detail=detail)


def _wordless(page: _PageBlocks, elsewhere: list[tuple[str, str]]) -> UnreadableError:
    """Why there is no text: it stands in a program or a frame of the page, there are pictures alone, or there is nothing."""
    if elsewhere:
        where, name = elsewhere[0]
        return UnreadableError(f"in-{where}", format="html", name=name)
    return UnreadableError("no-text-layer" if any(item.code == "picture" for item in page.observations()) else "empty", format="html")

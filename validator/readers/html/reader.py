"""HTML → Document: the page as the site serves it, navigation and footer included; the grammar finds the report among them.

Tables that hold data are laid out on their grid; those that only hold the page together are dissolved into lines. The page's <title> is a
heading of level 0 before all others. Hidden elements are left out as far as the page itself, without its style sheets, tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.html.flow import Grid, Line, Mark
from validator.readers.html.grid import laid_out
from validator.readers.html.source import tree
from validator.readers.html.walk import flow_of, frames, page_title
from validator.readers.published import in_metadata, in_text

MAX_BLOCKS = 200_000
_MAX_OBSERVATIONS = 500


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document.

    Raises UnreadableError: binary, damaged, empty, no-own-text (frames alone), no-text-layer (pictures alone), not-text, too-deep,
    too-large, too-many-blocks.
    """
    root, decoded = tree(data)
    page = _Page()
    page.title(page_title(root))
    named = len(page.blocks)
    page.add(flow_of(root))
    if len(page.blocks) == named:
        raise _wordless(page, frames(root))
    if decoded.damaged:
        page.observed.insert(0, Observation(code="damaged-text", detail={"count": decoded.damaged, "encoding": decoded.encoding}))
    published = in_text(page.blocks) or in_metadata(root)
    return (Document(path=path, format="html", blocks=tuple(page.blocks), published=published, observations=tuple(page.observed)),)


class _Page:
    """The blocks so far and what was noticed."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.observed: list[Observation] = []
        self._tables = 0

    def title(self, text: str) -> None:
        """The page's title, if it has one."""
        if text:
            self._block(Kind.HEADING, text, level=0)

    def add(self, items: Iterable[Line | Grid]) -> None:
        """Lines and tables, in order; tables within a cell of a table follow it."""
        waiting = [iter(items)]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
            elif isinstance(item, Line):
                self._line(item)
            else:
                waiting.append(iter(self._grid(item)))

    def _line(self, line: Line) -> None:
        if line.text:
            self._block(Kind.LINE if line.level is None else Kind.HEADING, line.text, level=line.level)
        self._notice(line.marks)

    def _grid(self, grid: Grid) -> list[Grid]:
        """The cells of a table; returns the tables that stand in them."""
        self._tables += 1
        inner: list[Grid] = []
        for placed in laid_out(grid.groups):
            self._block(
                Kind.CELL,
                placed.cell.text,
                table=self._tables,
                row=placed.row,
                column=placed.column,
                row_span=placed.row_span,
                column_span=placed.column_span,
                exact=True,
            )
            for item in placed.cell.flow.items:
                if isinstance(item, Grid):
                    inner.append(item)
                else:
                    self._notice(item.marks)
        return inner

    def _block(self, kind: Kind, text: str, **more: object) -> None:
        if len(self.blocks) >= MAX_BLOCKS:
            raise UnreadableError("too-many-blocks", count=MAX_BLOCKS, limit=MAX_BLOCKS)
        self.blocks.append(Block(kind=kind, text=text, line=len(self.blocks) + 1, **more))  # type: ignore[arg-type]

    def _notice(self, marks: Iterable[Mark]) -> None:
        """What stands at the last block, or after it."""
        for code, detail in marks:
            if len(self.observed) < _MAX_OBSERVATIONS:
                self.observed.append(Observation(code=code, line=max(1, len(self.blocks)), detail=detail))


def _wordless(page: _Page, framed: bool) -> UnreadableError:
    """Why there is no text: other pages shown in frames, pictures alone, or nothing."""
    if framed:
        return UnreadableError("no-own-text", format="html")
    return UnreadableError("no-text-layer" if any(item.code == "picture" for item in page.observed) else "empty", format="html")

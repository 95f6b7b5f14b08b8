"""A report as it was read, for showing it whole: headings, paragraphs and tables in reading order, findings at their places.

Private words are masked and what cannot be shown is replaced before anything leaves this module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from validator.base.records import positional_record, record
from validator.engine.locations import hidden
from validator.model import Block, FileResult, Finding, Kind, Report, Severity
from validator.reporters.excerpts import Piece, Quotes
from validator.reporters.html.table_grid import Grid, Place, grids
from validator.reporters.printable import clean
from validator.text.private_places import reading_order, table_figures

#: Words longer than this are not marked: a mark over everything shows nothing.
_MARKED = 200
_TONES = tuple(severity.value for severity in Severity)


@positional_record
class Segment:
    """A run of text; `tone`: the gravest finding that means these words; `refs`: findings whose words end here."""

    text: str
    tone: str = ""
    refs: tuple[int, ...] = ()


@record
class GridCell:
    """A cell of a table as shown."""

    segments: tuple[Segment, ...]
    head: Literal["", "row", "col"]
    figure: bool
    rows: int
    columns: int
    tone: str


#: What is shown: a table, or a text by what it is to the report.
BitKind = Literal["title", "heading", "sub", "text", "grid"]


@record
class Bit:
    """A heading, a paragraph or a table, with the findings whose words are in it."""

    kind: BitKind
    segments: tuple[Segment, ...] = ()
    rows: tuple[tuple[GridCell, ...], ...] = ()
    notes: tuple[int, ...] = ()


@record
class Paper:
    """A report laid out. `placed`: the findings whose words are in it."""

    bits: tuple[Bit, ...]
    placed: frozenset[int]


def paper(file: FileResult, findings: Mapping[int, Finding]) -> Paper | None:
    """The report laid out; None where the file could not be read. `findings`: by the number that they bear in the list.

    Ask it with a file whose reading is at hand: it is asked more than once.
    """
    report = file.report
    if report is None:
        return None
    layout = _Layout(file, report, findings)
    return Paper(bits=tuple(layout.bits()), placed=frozenset(layout.marks.placed))


class _Layout:
    """One report being laid out."""

    def __init__(self, file: FileResult, report: Report, findings: Mapping[int, Finding]) -> None:
        self.blocks = reading_order(report)
        self.marks = _Marks(file, report, self.blocks, findings)
        self.furniture = {id(block) for passage in report.furniture for _, block in passage.places}
        self.titles = {id(title.block) for title in report.titles}
        self.headings = {id(section.block) for section in report.sections}
        passages = [*report.preamble, *(passage for section in report.sections for passage in section.passages)]
        self.passages = {id(block): number for number, passage in enumerate(passages) for _, block in passage.places}
        self.subs = {id(block) for passage in passages if passage.heading for _, block in passage.places}
        self.grids = tuple(grids(report, file.figures, self.blocks))
        self.member = {id(block): grid for grid in self.grids for block in grid.blocks}

    def bits(self) -> Iterator[Bit]:
        """Everything in reading order; the page around the report only where a finding stands in it."""
        shown = [block for block in self.blocks if id(block) not in self.furniture or self.marks.notes([block])]
        done: set[int] = set()
        for (kind, _), group in groupby(shown, key=self._group):
            blocks = list(group)
            grid = self.member.get(id(blocks[0]))
            if grid is None:
                segments = tuple(segment for block in blocks for segment in self.marks.segments((block, 0, len(block.text))))
                if any(segment.text.strip() or segment.refs for segment in segments):
                    yield Bit(kind=kind, segments=segments, notes=self.marks.notes(blocks))
            elif id(grid) not in done:
                done.add(id(grid))
                yield self._table(grid)

    def _group(self, block: Block) -> tuple[BitKind, int]:
        """What a block is part of: a table, a paragraph of several lines, or itself alone."""
        key = id(block)
        if key in self.member:
            return "grid", id(self.member[key])
        if key in self.titles:
            return "title", key
        if key in self.headings:
            return "heading", key
        return "sub" if key in self.subs or block.kind is Kind.HEADING else "text", self.passages.get(key, -key)

    def _table(self, grid: Grid) -> Bit:
        rows = tuple(tuple(self._cell(place) for place in row) for row in grid.rows)
        return Bit(kind="grid", rows=rows, notes=self.marks.notes(grid.blocks))

    def _cell(self, place: Place) -> GridCell:
        segments: list[Segment] = []
        for piece in place.pieces:
            segments += [Segment("\u3000")] if segments else []
            segments += self.marks.segments(piece)
        tones = [segment.tone for segment in segments if segment.tone]
        return GridCell(
            segments=tuple(segments),
            head=place.head,
            figure=place.figure,
            rows=place.rows,
            columns=place.columns,
            tone=min(tones, key=_TONES.index, default=""),
        )


class _Marks:
    """Which words the findings mean."""

    def __init__(self, file: FileResult, report: Report, blocks: Sequence[Block], findings: Mapping[int, Finding]) -> None:
        self.quotes, self.figures = Quotes(file, blocks, table_figures(report)), file.figures
        self.spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)  # block → start, end, tone
        self.ends: dict[int, list[tuple[int, int]]] = defaultdict(list)  # block → end of a finding's first words, its number
        self.placed: set[int] = set()
        for number, finding in findings.items():
            pieces = self._pieces(finding)
            marked = bool(finding.suspect) or bool(finding.location.excerpt) and (finding.location.length or 0) <= _MARKED
            for block, start, end in pieces if marked else ():
                self.spans[id(block)].append((start, end, finding.severity.value))
            for block, _, end in pieces[:1]:
                self.ends[id(block)].append((end, number))

    def notes(self, blocks: Sequence[Block]) -> tuple[int, ...]:
        """The findings whose words begin in these blocks."""
        return tuple(sorted(number for block in blocks for _, number in self.ends.get(id(block), ())))

    def segments(self, piece: Piece) -> Iterator[Segment]:
        """A piece of a block, divided where a finding's words begin or end; clean and masked."""
        block, start, end = piece
        text = self.quotes.text(block)
        masked = hidden(text)
        spans = [(max(a, start), min(b, end), tone) for a, b, tone in self.spans.get(id(block), ()) if a < end and b > start]
        ends = [(at, number) for at, number in self.ends.get(id(block), ()) if start <= at <= end and number not in self.placed]
        self.placed |= {number for _, number in ends}
        if len(masked) != len(text):  # a number printed with gaps: what is left has other places
            tone = min((tone for _, _, tone in spans), key=_TONES.index, default="")
            yield Segment(clean(masked), tone, tuple(number for _, number in ends))
            return
        cuts = sorted({start, end, *(at for a, b, _ in spans for at in (a, b)), *(at for at, _ in ends)})
        for left, right in zip(cuts, cuts[1:] or [end], strict=False):
            tones = [tone for a, b, tone in spans if a <= left and right <= b and a < b]
            refs = tuple(number for at, number in sorted(ends) if at == right or at == left == start)
            yield Segment(clean(masked[left:right]), min(tones, key=_TONES.index, default=""), refs)

    def _pieces(self, finding: Finding) -> list[Piece]:
        """Where a finding stands; that of a failed sum at the figure most likely to be wrong."""
        if finding.suspect and self.figures:
            cell = finding.suspect.cell
            figure = self.figures.get(cell.table, cell.row or "", cell.column or "")
            if figure:
                return [(figure.block, figure.start, figure.start + len(figure.text))]
        return self.quotes.pieces(finding)

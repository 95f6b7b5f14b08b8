"""What may be corrected in a report: the places and the words, by rules/tables/corrections.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from validator.base.records import record
from validator.model import Block, Cell, FileResult, Finding, Form, Kind, Text
from validator.model.fact_tables import CorrectionFacts

#: Digits and the signs of numbers in full width → half width; the same number.
_NARROW = str.maketrans("０１２３４５６７８９．－＋", "0123456789.-+")


@record
class Correction:
    """`old` at `start` (0-based) of a block becomes `new`. `rule`: the rule whose finding goes by it; '' where none speaks of it."""

    block: Block
    start: int
    old: str
    new: str
    why: Text
    rule: str = ""


def corrections(file: FileResult, table: CorrectionFacts) -> tuple[Correction, ...]:
    """Those of one report, in the order of the text; of two that overlap the first."""
    if file.report is None or file.figures is None:
        return ()
    blocks = file.report.document.blocks
    candidates = [*_by_findings(file, blocks, table), *_by_patterns(blocks, table), *_by_labels(blocks, file.figures.form, table)]
    return tuple(_without_overlaps(sorted(candidates, key=lambda c: (c.block.line, c.block.offset, c.start, not c.rule))))


def _without_overlaps(candidates: Iterable[Correction]) -> Iterator[Correction]:
    """Of corrections in the order of the text, those that do not begin inside the one before."""
    last: Correction | None = None
    for correction in candidates:
        if last is None or last.block is not correction.block or correction.start >= last.start + len(last.old):
            yield correction
            last = correction


def _by_findings(file: FileResult, blocks: Iterable[Block], table: CorrectionFacts) -> Iterator[Correction]:
    """Corrections that findings ask for."""
    entries = {entry.rule: entry for entry in table.findings}
    lines: dict[int, list[Block]] = {}
    for block in blocks:
        lines.setdefault(block.line, []).append(block)
    for finding in file.findings:
        entry = entries.get(finding.rule)
        if entry is None or finding.severity is not entry.severity or finding.review:
            continue
        yield from _half_width(finding, file) if entry.put == "halfwidth" else _expected(finding, lines)


def _half_width(finding: Finding, file: FileResult) -> Iterator[Correction]:
    place = finding.location
    cells = finding.cells or ((Cell(table=place.table, row=place.row, column=place.column),) if place.table else ())
    for cell in cells:
        figure = file.figures.by_cell.get(cell) if file.figures else None
        if figure is not None and (new := figure.text.translate(_NARROW)) != figure.text:
            yield Correction(block=figure.block, start=figure.start, old=figure.text, new=new, why=finding.message, rule=finding.rule)


def _expected(finding: Finding, lines: Mapping[int, list[Block]]) -> Iterator[Correction]:
    """The words that the finding expects in place of those it found, where these stand as they are and once."""
    place, old, new = finding.location, finding.actual, finding.expected
    if not old or not new or place.line is None or place.offset is None:
        return
    for block in lines.get(place.line, ()):
        begin = place.offset - block.offset
        printed = block.text[max(0, begin) : begin + (place.length or 0)]
        if begin >= 0 and printed.count(old) == 1:
            yield Correction(block=block, start=begin + printed.index(old), old=old, new=new, why=finding.message, rule=finding.rule)
            return


def _by_patterns(blocks: Iterable[Block], table: CorrectionFacts) -> Iterator[Correction]:
    for entry in table.patterns:
        for block in blocks:
            for match in entry.find.finditer(block.text):
                yield Correction(block=block, start=match.start(), old=match[0], new=match.expand(entry.put), why=entry.why)


def _by_labels(blocks: Iterable[Block], form: Form, table: CorrectionFacts) -> Iterator[Correction]:
    """Cells that are a label of the form but for blanks inside."""
    labels = {item.label for part in form.tables for item in part.rows} | {item.label for part in form.tables for item in part.columns}
    for block in blocks:
        old = block.text.strip()
        if block.kind is Kind.CELL and "\n" not in old and old not in labels and (new := "".join(old.split())) != old and new in labels:
            yield Correction(block=block, start=block.text.index(old), old=old, new=new, why=table.labels)

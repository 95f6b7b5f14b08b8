"""Where the private numbers of a report stand: over the ends of lines and paragraphs, in titles, cells and the page around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from validator.base.records import positional_record
from validator.model import Block, Kind, Passage, Report
from validator.text.digit_runs import PrivateNumber
from validator.text.private_numbers import BARRIER, cover, covered, numbers


@positional_record
class PrivatePlace:
    """A private number and the pieces of blocks that it is printed in: block, where it begins and ends in its text."""

    number: PrivateNumber
    pieces: tuple[tuple[Block, int, int], ...]
    length: int  # characters of the pieces together


def reading_order(report: Report) -> Sequence[Block]:
    """The report's blocks in reading order; those that it was parted into where everything ran together."""
    blocks = report.document.blocks
    ids = {id(block) for block in blocks}
    if all(id(section.block) in ids for section in report.sections):
        return blocks
    passages = [*(title.passage for title in report.titles if title.passage), *report.preamble, *report.furniture]
    parts = [block for passage in passages for _, block in passage.places]
    for section in report.sections:
        parts += [section.block, *section.blocks]
    return sorted({id(block): block for block in parts}.values(), key=lambda block: (block.line, block.offset))


def private_places(report: Report) -> tuple[PrivatePlace, ...]:
    """Every private number of the report, in reading order."""
    return tuple(numbers_in_blocks(reading_order(report), table_figures(report)))


def numbers_in_blocks(blocks: Sequence[Block], figures: Mapping[int, Sequence[tuple[int, int]]]) -> Iterator[PrivatePlace]:
    """The private numbers of those blocks in order. `figures`: by a block's identity, the spans of its text that are a table's figures."""
    pieces: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    at, last = 0, None
    for block in blocks:
        mark = "" if last is None else "\n" if _follows(last, block) else BARRIER
        at += len(mark)
        starts.append(at)
        pieces += [mark, block.text]
        spans += [(at + start, at + end) for start, end in figures.get(id(block), ())]
        at, last = at + len(block.text), block
    joined = Passage(text="".join(pieces), places=tuple(zip(starts, blocks, strict=True)))
    for number in numbers(joined.text, spans):
        parts = joined.pieces(number.start, number.end)
        yield PrivatePlace(number, parts, sum(end - start for _, start, end in parts))


def _follows(before: Block, block: Block) -> bool:
    """Whether a number may run from the one into the other: lines of text, one right below the other."""
    return Kind.CELL not in (before.kind, block.kind) and before.line <= block.line <= before.line + 1


def table_figures(report: Report) -> Mapping[int, Sequence[tuple[int, int]]]:
    """By the identity of a block the spans of its text that are figures of a table."""
    spans_by_block: dict[int, set[tuple[int, int]]] = {}
    for table in report.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.kind in ("figure", "run", "placeholder", "unread"):
                    spans_by_block.setdefault(id(cell.block), set()).add((cell.start, cell.start + len(cell.text)))
    return {block: sorted(spans) for block, spans in spans_by_block.items()}


def covers(report: Report) -> Mapping[int, Sequence[tuple[int, str]]]:
    """What hides the private numbers of the report: by the identity of a block where it begins in its text, and the characters."""
    covers_by_block: dict[int, list[tuple[int, str]]] = {}
    for place in private_places(report):
        over = cover("".join(block.text[start:end] for block, start, end in place.pieces)) if place.number.sure else ""
        for block, start, end in place.pieces if over else ():
            covers_by_block.setdefault(id(block), []).append((start, over[: end - start]))
            over = over[end - start :]
    return covers_by_block


def covered_text(passages: Iterable[Passage], hiding: Mapping[int, Sequence[tuple[int, str]]]) -> str:
    """The passages a line each under the `covers` of their report; what only the joined lines make a private number is masked too."""
    return covered("\n".join(_covered(passage, hiding) for passage in passages))


def _covered(passage: Passage, hiding: Mapping[int, Sequence[tuple[int, str]]]) -> str:
    text = passage.printed or passage.text
    if not any(id(block) in hiding for _, block in passage.places):
        return text
    shown = list(text)
    for at, block in passage.places:
        for start, over in hiding.get(id(block), ()):
            shown[at + start : at + start + len(over)] = over
    return "".join(shown[: len(text)])

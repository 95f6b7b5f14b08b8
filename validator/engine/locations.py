"""How messages name a place: in the report's own words, and as the contract's `location`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from validator.base.regex_cache import expression
from validator.messages import both, say
from validator.model import Block, Cell, Form, FormColumn, FormRow, FormTable, Hit, Kind, Location, Section, Spot, Subject, Text
from validator.text.numerals import ordinal
from validator.text.private_numbers import covered

#: The longest excerpt, and the longest words quoted in a sentence.
EXCERPT, QUOTE = 40, 20

#: Digits enough for an identity number, and one, half or full width, perhaps with spaces between.
_LONG = expression("[0-9０-９](?:[ \u3000]?[0-9０-９]){16}")
_IDENTITY = expression(
    r"(?:(?<![0-9０-９A-Za-z])|(?<=\\[nrt]))[1-8１-８](?:[ \u3000]?[0-9０-９]){16}[ \u3000]?[0-9０-９XxＸｘ](?![0-9０-９A-Za-z])"
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_OPENERS = {"（": "）", "(": ")"}


def clean(label: str) -> str:
    """A label for a sentence: without breaks and spaces, without the notes in brackets at its end, at most QUOTE long."""
    label = "".join(label.split())
    while label and label[-1] in "）)":
        start = max(label.rfind("（"), label.rfind("("))
        if start <= 0:
            break
        label = label[:start]
    return label if len(label) <= QUOTE else label[: QUOTE - 1] + "…"


def row_label(table: FormTable, key: str) -> str:
    """How messages call a row: its label, with its band where the label alone would be ambiguous (3.其他)."""
    row = table.row(key)
    if row is None:
        return key
    label = clean(row.label)
    short = label.lstrip("0123456789.．、")
    named: tuple[FormRow | FormColumn, ...] = (*table.rows, *table.columns)
    same = [other.label for other in named if other is not row]
    unclear = any(clean(other).lstrip("0123456789.．、") == short for other in same)
    return f"{clean(row.band)}{label}" if unclear and row.band else label


def column_label(table: FormTable, key: str) -> str:
    """How messages call a column."""
    column = table.column(key)
    return clean(column.label) if column else key


def table_title(form: Form, key: str) -> Text:
    """How messages call a table: 第三部分表格."""
    table = form.table(key)
    return table.title if table else {"zh": key, "en": key}


def section_title(number: int) -> Text:
    """How messages call a part of the report: 第三部分."""
    return both("engine.place.section", number={"zh": ordinal(number) if number > 0 else number, "en": number})


def cell_place(form: Form, cell: Cell) -> Text:
    """The place of a figure, a row, a column or a table: 第三部分表格“（一）予以公开”行“总计”列."""
    title, table = table_title(form, cell.table), form.table(cell.table)
    if table is None:
        return title
    place = title
    if cell.row is not None:
        label = row_label(table, cell.row)
        place = both("engine.place.block" if table.flat else "engine.place.row", place=place, label=label)
    if cell.column is not None and (cell.row is None or len(table.columns) > 1):  # the one column of a list needs no name
        label = column_label(table, cell.column)
        place = both("engine.place.column-of-block" if table.flat else "engine.place.column", place=place, label=label)
    return place


class Places:
    """The places of one report: built once, asked for each finding."""

    def __init__(self, subject: Subject) -> None:
        self._report, self._figures = subject.report, subject.figures

    @property
    def form(self) -> Form:
        """The form that the report is on."""
        return self._figures.form

    @property
    def year(self) -> int | None:
        """The year that the report is for."""
        return self._report.year

    @property
    def form_due(self) -> Form:
        """The form that the report's year asks for, whose notice is cited; the one that it is on where the year asks for none."""
        return self._figures.form_due or self._figures.form

    @cached_property
    def _sections(self) -> Mapping[int, Section]:
        """The part that each block stands in, by the block's identity."""
        sections: dict[int, Section] = {}
        for section in self._report.sections:
            sections[id(section.block)] = section
            sections.update((id(block), section) for block in section.blocks)
        return sections

    @cached_property
    def _order(self) -> Mapping[int, int]:
        return {id(block): number for number, block in enumerate(self._report.document.blocks)}

    def spot(self, hit: Hit) -> Spot:
        """The hit's spot; where it names a figure, a row or a table without saying where it stands, the block it stands in."""
        spot = hit.spot
        if spot.block is not None or spot.cell is None:
            return spot
        block, start, length = self._cell(spot.cell)
        return Spot(block=block, start=start, length=length, section=spot.section, cell=spot.cell, private=spot.private)

    def _cell(self, cell: Cell) -> tuple[Block | None, int, int]:
        if cell.row and cell.column and (figure := self._figures.get(cell.table, cell.row, cell.column)):
            return figure.block, figure.start, len(figure.text)
        reading = self._figures.tables.get(cell.table)
        if reading is None:
            return None, 0, 0
        if cell.row and (row := reading.row(cell.row)):
            return (row.label.block, row.label.start, len(row.label.text)) if row.label else (row.block, 0, 0)
        label = next((label for label in reading.columns if cell.row is None and label.key == cell.column), None)
        return (label.block, label.start, len(label.text)) if label else (reading.block, 0, 0)

    def section(self, spot: Spot) -> Section | None:
        """The part of the report that the spot is in."""
        if spot.block is not None and (part := self._sections.get(id(spot.block))):
            return part
        number = spot.section if spot.section is not None else self._number(spot)
        return self._report.section(number) if number is not None else None

    def _number(self, spot: Spot) -> int | None:
        table = self._figures.form.table(spot.cell.table) if spot.cell else None
        return table.section if table else None

    def location(self, spot: Spot, words: str) -> Location:
        """The contract's location of a spot (as `spot` gives it) and the words meant there."""
        block, section = spot.block, self.section(spot)
        number = spot.section if spot.section is not None else self._number(spot)
        cell = spot.cell
        return Location(
            line=block.line if block else None,
            offset=block.offset + spot.start if block else None,
            length=len(words) if block else None,
            excerpt=(masked(words) if spot.private else shortened(covered(words))) if words else None,
            heading=covered(section.heading) if section else None,
            section=number if number is not None else section.number if section else None,
            table=cell.table if cell else None,
            row=cell.row if cell else None,
            column=cell.column if cell else None,
            paragraph=block.paragraph if block else None,
            cell=block.cell if block else None,
            page=block.page if block else None,
            box=block.box if block else None,
        )

    def words(self, spot: Spot) -> str:
        """The words meant, unmasked and whole; words that run over a line's end are followed into the next blocks."""
        if spot.block is None:
            return ""
        text, end = spot.block.text, spot.start + spot.length
        if spot.length == 0:
            return text[spot.start :]
        blocks, at = self._report.document.blocks, self._order.get(id(spot.block))
        while len(text) < end and at is not None and at + 1 < len(blocks) and blocks[at + 1].kind is not Kind.CELL:
            at += 1
            text += blocks[at].text
        return text[spot.start : end]

    def text(self, spot: Spot) -> Text:
        """位置: the place of a spot (as `spot` gives it) in the report's own words."""
        if spot.cell is not None:
            return cell_place(self._figures.form, spot.cell)
        section = self.section(spot)
        number = spot.section if spot.section is not None else section.number if section else None
        if number is not None:
            return section_title(number)
        if section is not None:
            heading = clean(covered(section.heading))
            return both("engine.place.part", heading=heading)
        return self._outside(spot.block)

    def _outside(self, block: Block | None) -> Text:
        """The place of what stands in no part: title, preamble, page."""
        report = self._report
        if block is None:
            return both("engine.place.whole-report")
        if any(block is title.block for title in report.titles):
            return both("engine.place.title")
        if any(block is piece for passage in report.preamble for _, piece in passage.places):
            return both("engine.place.opening")
        return both("engine.place.line", line=block.line)


def labels(form: Form, hit: Hit, words: str) -> Mapping[str, Text]:
    """What fills {row}, {column}, {table}, {section}, {rows} and {excerpt} of a message; what does not apply is not there."""
    facts: dict[str, Text] = {}
    cell, table = hit.spot.cell, None
    if cell is not None:
        facts["table"], table = table_title(form, cell.table), form.table(cell.table)
        if cell.row is not None:
            facts["row"] = _same(row_label(table, cell.row) if table else cell.row)
        if cell.column is not None:
            facts["column"] = _same(column_label(table, cell.column) if table else cell.column)
    if hit.rows:
        names = [row_label(table, key) if table else key for key in hit.rows]
        facts["rows"] = {language: joined(names, say("marks.and", language)) for language in ("zh", "en")}
    section = hit.spot.section if hit.spot.section is not None else table.section if table else None
    if section is not None:
        facts["section"] = section_title(section)
    if words:
        facts["excerpt"] = _same(masked(words) if hit.spot.private else shortened(covered(words), QUOTE))
    return facts


def _same(text: str) -> Text:
    return {"zh": text, "en": text}


def joined(names: Sequence[str], mark: str, *, most: int = 3) -> str:
    """Several names for a sentence; beyond `most` the first and the last stand for all."""
    if len(names) <= most:
        return mark.join(names)
    return f"{names[0]} … {names[-1]}"


def shortened(words: str, most: int = EXCERPT) -> str:
    """The words in one line, cut at `most` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def masked(words: str) -> str:
    """Private words with their middle hidden: 138******21, 张**."""
    words = words.strip()
    if len(words) < 8:
        return words[:1] + "*" * (len(words) - 1)
    return words[:3] + "*" * (len(words) - 5) + words[-2:]


def hidden(output: str) -> str:
    """A whole output with every identity number masked (2305**********12), wherever it came from; a bare JSON number becomes null."""
    if not _LONG.search(output):
        return output

    def cover(match: re.Match[str]) -> str:
        digits = "".join(match[0].split()).translate(_NARROW)
        if not ("18" <= digits[6:8] <= "20" and "01" <= digits[10:12] <= "12" and "01" <= digits[12:14] <= "31"):
            return match[0]
        bare = output[match.start() - 2 : match.start()] == ": " and output[match.end() : match.end() + 1] in (",", "\n", "}")
        return "null" if bare else digits[:4] + "*" * 12 + digits[-2:]

    return _IDENTITY.sub(cover, output)

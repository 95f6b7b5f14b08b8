"""A list of another office understood: which column is which, and the figures of each row. What is not sure is told, never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from validator.base.records import record
from validator.messages import Text, both
from validator.model import OfficeList, Sheet
from validator.model.fact_tables import ListColumn, ListFacts
from validator.roster.roster import path_year
from validator.text.characters import bare, even

#: More digits than any count has.
_LONGEST = 9


@record
class ListedFigure:
    """One figure of a list. `value` is None where the cell says something that is no figure."""

    unit: str  # as written; empty: a row with figures and no unit
    year: int | None
    column: ListColumn
    value: int | None
    text: str
    sheet: str
    row: int  # 1-based, in the file

    @property
    def place(self) -> Text:
        """Where it stands in the file."""
        return both("checks.list-sheet-row", sheet=self.sheet, row=self.row) if self.sheet else both("checks.list-row", row=self.row)


@record
class _Heads:
    """Which column of a sheet is which. `row`: 0-based, of the last line of headings."""

    row: int
    unit: int
    year: int | None
    figures: Mapping[int, ListColumn]


class ListError(Exception):
    """A list that cannot be used; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text["en"])
        self.text = text


def figures_of(office: OfficeList, facts: ListFacts) -> tuple[ListedFigure, ...]:
    """Every figure that the list states; blank cells state none. Raises ListError."""
    found: list[ListedFigure] = []
    known = False
    for sheet in office.sheets:
        heads = _heads(sheet, facts)
        if heads is not None:
            known = True
            found += _figures(sheet, heads, facts, _year_above(sheet, heads) or path_year(f"{sheet.name}.x") or path_year(office.path))
    if not known:
        raise ListError(both("checks.list-no-columns"))
    return tuple(found)


def _heads(sheet: Sheet, facts: ListFacts) -> _Heads | None:
    """The headings of a sheet: of its first rows the one that shows the most columns. None where it has no unit or no figure."""
    best: _Heads | None = None
    for row in range(min(facts.within, len(sheet.rows))):
        found = _heads_at(sheet, row, facts)
        if found and (best is None or len(found.figures) > len(best.figures)):
            best = found
    if best is None:
        return None
    names = [column.key for column in best.figures.values()]
    for column in best.figures.values():
        if names.count(column.key) > 1:
            raise ListError(both("checks.list-twice", what=column.name))
    return best


def _heads_at(sheet: Sheet, row: int, facts: ListFacts) -> _Heads | None:
    line = [_plain(text) for text in sheet.rows[row]]
    above = [_plain(text) for text in sheet.rows[row - 1]] if row else []
    unit = year = None
    figures: dict[int, ListColumn] = {}
    group = ""
    for at in range(max(len(line), len(above))):
        own, over = (texts[at] if at < len(texts) else "" for texts in (line, above))
        group = over or group
        one = own or over  # a heading over both lines
        if unit is None and facts.unit.fullmatch(one):
            unit = at
        elif year is None and facts.year.fullmatch(one):
            year = at
        elif column := _column(own, over, group, facts):
            figures[at] = column
    return _Heads(row=row, unit=unit, year=year, figures=figures) if unit is not None and figures else None


def _column(own: str, over: str, group: str, facts: ListFacts) -> ListColumn | None:
    """Which figure a heading is of: by its own words, else with those of the line above it."""
    if facts.elsewhere.fullmatch(group):
        return None
    for words in (own or over, group + own if own else ""):
        for column in facts.columns:
            if words and column.says.fullmatch(words):
                return column
    return None


def _year_above(sheet: Sheet, heads: _Heads) -> int | None:
    """The one year that the lines above the headings name."""
    years = {path_year(f"{text}.x") for line in sheet.rows[: heads.row + 1] for text in line if text} - {None}
    return years.pop() if len(years) == 1 else None


def _figures(sheet: Sheet, heads: _Heads, facts: ListFacts, year: int | None) -> Iterator[ListedFigure]:
    for at in range(heads.row + 1, len(sheet.rows)):
        line = sheet.rows[at]
        unit = _cell(line, heads.unit).strip()
        if any(text and facts.sums.fullmatch(text) for text in map(_plain, line[: heads.unit + 1])):
            continue
        own_year = year if heads.year is None else path_year(f"{_cell(line, heads.year)}年.x")
        for place, column in heads.figures.items():
            text = _cell(line, place)
            if not facts.blank.fullmatch(_plain(text)):
                value = _value(text, facts)
                yield ListedFigure(unit=unit, year=own_year, column=column, value=value, text=text.strip(), sheet=sheet.name, row=at + 1)


def _value(text: str, facts: ListFacts) -> int | None:
    """The count that a cell states: 3, ３, 3件, 1,204; None where it is not unmistakable."""
    plain = _plain(text)
    digits = len(plain) - len(plain.lstrip("0123456789,"))
    number, behind = plain[:digits], plain[digits:]
    first, *groups = number.split(",")
    if not first or not facts.counted.fullmatch(behind) or len(number) > _LONGEST:
        return None
    if groups and (len(first) > 3 or any(len(part) != 3 for part in groups)):
        return None
    return int("".join((first, *groups)))


def _cell(line: Sequence[str], at: int) -> str:
    return line[at] if at < len(line) else ""


def _plain(text: str) -> str:
    """In half width without blanks; what no heading is as long as says nothing."""
    return bare(even(text))[:60]

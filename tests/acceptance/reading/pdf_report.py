"""A sound report of a fictional unit printed as a PDF, with the place of each figure: cases draw over it, beside it or in its stead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tests.acceptance.mutation.grids import Cell, grid
from tests.acceptance.mutation.report import Paragraph, Report, Table
from tests.acceptance.mutation.sound import sound
from tests.readers.pdf.pdf_files import HIGH, Sheet, pdf

LEFT, WIDTH, TOP, BOTTOM = 60.0, 476.0, 80.0, 770.0
SIZE = 9.0
#: The share of the width that each column takes.
_COLUMNS = {4: (4, 2, 2, 2), 10: (1, 2.4, 4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4)}


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a figure is printed: its page from 0, its cell in points from the page's top left, and where its text begins."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str

    @property
    def x(self) -> float:
        """Where the text begins."""
        return self.x0 + 4

    @property
    def y(self) -> float:
        """Its baseline, from the top."""
        return self.top + 1.3 * SIZE

    @property
    def end(self) -> float:
        """Where the text ends."""
        return self.x + len(self.text) * SIZE / 2


@dataclass(kw_only=True)
class Printed:
    """The report laid out on pages; `printed` holds the figures that are drawn, `without` the names of those that are left out."""

    report: Report
    without: frozenset[str] = frozenset()
    sheets: list[Sheet] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    objects: list[bytes] = field(default_factory=list)
    catalog: bytes = b""
    fonts: bytes = b""
    resources: bytes = b""
    _y: float = TOP

    def page(self, spot: Spot) -> Sheet:
        """The page that a figure stands on."""
        return self.sheets[spot.page]

    def data(self) -> bytes:
        """The file."""
        return pdf(self.sheets, objects=self.objects, catalog=self.catalog, fonts=self.fonts, resources=self.resources)

    def put(self, sheet: Sheet, commands: str, *, first: bool = False) -> None:
        """Draw more on a page: upon all that is there, or beneath it."""
        sheet.commands.insert(0 if first else len(sheet.commands), f"q {commands} Q")

    def add(self, item: bytes) -> int:
        """One more object of the file; its number."""
        self.objects.append(item)
        return 5 + len(self.objects)

    # ------------------------------------------------------------------------------------------ laying out

    def lay_out(self) -> Printed:
        """The whole report."""
        self._turn()
        for text in self.report.title:
            self._line(text, 16, centred=True)
        for text in self.report.preamble.paragraphs():
            self._prose(text)
        for section in self.report.sections:
            self._prose(section.heading)
            for item in section.items:
                if isinstance(item, Paragraph):
                    self._prose(item.text)
                else:
                    self._table(item)
        return self

    def _turn(self) -> None:
        self.sheets.append(Sheet())
        self._y = TOP

    def _room(self, high: float) -> None:
        if self._y + high > BOTTOM:
            self._turn()

    def _line(self, text: str, size: float, *, centred: bool = False, indent: float = 0) -> None:
        self._room(1.6 * size)
        wide = sum(0.5 if char.isascii() else 1 for char in text) * size
        x = LEFT + (WIDTH - wide) / 2 if centred else LEFT + indent
        self.sheets[-1].text(round(x, 1), round(self._y + size, 1), text, size)
        self._y += 1.6 * size

    def _prose(self, text: str, size: float = 12) -> None:
        indent = 2 * size
        line, wide = "", indent
        for char in text:
            step = size * (0.5 if char.isascii() else 1)
            if wide + step > WIDTH and char not in "，。、；：）":
                self._line(line, size, indent=indent)
                line, wide, indent = "", 0.0, 0.0
            line += char
            wide += step
        self._line(line, size, indent=indent)

    def _table(self, table: Table) -> None:
        lines = grid(table)
        names = iter([f"{table.key}.{row.key}.{column}" for part in table.parts for row in part.rows for column, _ in row.values])
        count = sum(cell.columns for cell in lines[0])
        shares = _COLUMNS.get(count, (1,) * count)
        xs = [LEFT + WIDTH * sum(shares[:index]) / sum(shares) for index in range(count + 1)]
        places = _placed(lines)
        highs = [1.6 * SIZE] * len(lines)
        for row, column, cell in places:
            need = (1.2 * len(_wrapped(cell.text, xs[column + cell.columns] - xs[column])) + 0.5) * SIZE / cell.rows
            for at in range(row, row + cell.rows):
                highs[at] = max(highs[at], need)
        self._room(sum(highs))
        ys = [self._y + sum(highs[:index]) for index in range(len(lines) + 1)]
        for row, column, cell in places:
            box = (xs[column], ys[row], xs[column + cell.columns], ys[row + cell.rows])
            self.sheets[-1].frame(*(round(side, 1) for side in box))
            name = "" if cell.label else next(names)
            if name:
                self.spots[name] = Spot(page=len(self.sheets) - 1, x0=box[0], top=box[1], x1=box[2], bottom=box[3], text=cell.text)
            if name not in self.without:
                for index, text in enumerate(_wrapped(cell.text, box[2] - box[0])):
                    self.sheets[-1].text(round(box[0] + 4, 1), round(box[1] + (1.3 + 1.2 * index) * SIZE, 1), text, SIZE)
        self._y = ys[-1] + SIZE


def _placed(lines: tuple[tuple[Cell, ...], ...]) -> list[tuple[int, int, Cell]]:
    """Row, column and cell, spans laid out."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, line in enumerate(lines):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            found.append((row, column, cell))
            taken.update((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
            column += cell.columns
    return found


def _wrapped(text: str, width: float) -> list[str]:
    """The lines of a cell."""
    most = max(1, int((width - 6) / SIZE))
    if text.isascii():
        return [text]
    return [part[at : at + most] for part in text.split("\n") for at in range(0, max(len(part), 1), most)]


def at(y: float) -> float:
    """From points below the page's top to the page's own coordinates."""
    return HIGH - y


def word(text: str) -> str:
    """Text as the font of these files takes it."""
    return f"<{text.encode('utf-16-be').hex()}>"


def written(x: float, y: float, text: str, size: float = SIZE) -> str:
    """The commands that print a text with its baseline `y` points below the top."""
    return f"BT /F1 {size} Tf 1 0 0 1 {x:.1f} {at(y):.1f} Tm {word(text)} Tj ET"


def turned(x: float, y: float, text: str, cosine: float, sine: float, size: float = SIZE) -> str:
    """The commands that print a text at an angle."""
    return f"BT /F1 {size} Tf {cosine:.3f} {sine:.3f} {-sine:.3f} {cosine:.3f} {x:.1f} {at(y):.1f} Tm {word(text)} Tj ET"


REPORT = sound(3, form="2021", year=2023, busy=True)


def printed(*without: str) -> Printed:
    """The sound report, without the figures named."""
    return Printed(report=REPORT, without=frozenset(without)).lay_out()


def figures() -> Mapping[str, Decimal]:
    """What is printed, by `table.row.column`."""
    return {".".join(key): Decimal(text) for key, text in REPORT.figures().items()}


Edit = Callable[[Printed], None]

"""A report as its writer thinks of it: title, preamble, six parts, three tables. Nothing of the program is imported here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.acceptance.mutation import vocabulary as words


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A fictional unit: its full name, what it is called in running text, how it calls itself."""

    name: str
    short: str
    self_word: str
    kind: str  # township, subdistrict, department, government
    whole: str  # 全镇, 全县
    office: str
    address: str
    postcode: str
    area_code: str
    number: str
    email: str
    website: str

    @property
    def phone(self) -> str:
        """Area code and number."""
        return f"{self.area_code}-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table: its stubs from the outermost to the innermost, its figures as printed."""

    key: str | None
    stubs: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows under one header."""

    band: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    corner: str = "信息内容"


@dataclass(frozen=True, kw_only=True)
class Table:
    """One of the three tables. `caption` is a row over the whole width, `undivided` prints the header without its bands."""

    key: str
    parts: tuple[Part, ...]
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; `tag` tells what it is about, `level` 2 makes it a sub-heading."""

    text: str
    tag: str = ""
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the report."""

    key: int
    numeral: str
    wording: str
    items: tuple[Paragraph | Table, ...]
    mark: str = "、"

    @property
    def heading(self) -> str:
        """The heading as printed."""
        return f"{self.numeral}{self.mark}{self.wording}"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The sentence that says how the unit can be reached."""

    trigger: str
    office: str
    fields: tuple[tuple[str, str, str], ...]  # kind, label, value
    shape: str = "brackets"  # brackets, after-stop, sentences, semicolons, reversed

    def render(self) -> str:
        """The sentence as printed."""
        comma = "；" if self.shape == "semicolons" else "，"
        fields = tuple(reversed(self.fields)) if self.shape == "reversed" else self.fields
        listed = comma.join(f"{label}：{value}" for _, label, value in fields)
        to = f"请与{self.office}联系" if self.office else "请联系"
        if self.shape == "after-stop":
            return f"{self.trigger}，{to}。（{listed}）"
        if self.shape in ("sentences", "reversed"):
            return f"{self.trigger}，{to}。{listed}。"
        return f"{self.trigger}，{to}（{listed}）。"

    def without(self, *kinds: str) -> Contact:
        """The sentence without these details."""
        return replace(self, fields=tuple(field for field in self.fields if field[0] not in kinds))

    def put(self, kind: str, value: str) -> Contact:
        """The sentence with another value for a detail it has."""
        assert any(field[0] == kind for field in self.fields), kind
        return replace(self, fields=tuple((k, label, value if k == kind else v) for k, label, v in self.fields))


@dataclass(frozen=True, kw_only=True)
class Preamble:
    """What stands before part 一, by ingredient."""

    basis: str
    announce: str
    parts: str
    period: str
    copy: str
    contact: Contact | None
    split: bool = False  # a paragraph each

    def paragraphs(self) -> tuple[str, ...]:
        """The preamble as printed."""
        contact = self.contact.render() if self.contact else ""
        pieces = [piece for piece in (self.basis + self.announce, self.parts, self.period, self.copy, contact) if piece]
        return tuple(pieces) if self.split else ("".join(pieces),)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report of a fictional unit."""

    unit: Unit
    year: int
    form: str
    title: tuple[str, ...]
    preamble: Preamble
    sections: tuple[Section, ...]
    tail: tuple[str, ...] = ()

    # ------------------------------------------------------------------------------------------ asking

    def section(self, key: int) -> Section:
        """The part of that number."""
        return next(section for section in self.sections if section.key == key)

    def table(self, key: str) -> Table:
        """The table of that key."""
        return next(item for section in self.sections for item in section.items if isinstance(item, Table) and item.key == key)

    def figures(self) -> dict[tuple[str, str, str], str]:
        """Every figure as printed, by table, row and column."""
        return {
            (item.key, row.key, column): text
            for section in self.sections
            for item in section.items
            if isinstance(item, Table)
            for part in item.parts
            for row in part.rows
            if row.key
            for column, text in row.values
        }

    # ------------------------------------------------------------------------------------------ editing

    def with_section(self, key: int, **changes: object) -> Report:
        """The report with that part changed."""
        self.section(key)
        return replace(self, sections=tuple(replace(s, **changes) if s.key == key else s for s in self.sections))  # type: ignore[arg-type]

    def with_table(self, key: str, edit: Callable[[Table], Table | Paragraph | None]) -> Report:
        """The report with that table edited, replaced by a paragraph, or gone."""
        self.table(key)

        def items(section: Section) -> tuple[Paragraph | Table, ...]:
            edited = (edit(i) if isinstance(i, Table) and i.key == key else i for i in section.items)
            return tuple(item for item in edited if item is not None)

        return replace(self, sections=tuple(replace(s, items=items(s)) for s in self.sections))

    def with_rows(self, key: str, edit: Callable[[Part, tuple[Row, ...]], tuple[Row, ...]]) -> Report:
        """The report with the rows of each part of a table edited."""
        return self.with_table(key, lambda t: replace(t, parts=tuple(replace(p, rows=edit(p, p.rows)) for p in t.parts)))

    def put(self, table: str, row: str, column: str, text: str) -> Report:
        """The report with another text printed for a figure."""
        assert (table, row, column) in self.figures(), (table, row, column)

        def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
            return tuple(
                replace(r, values=tuple((c, text if c == column else v) for c, v in r.values)) if r.key == row else r for r in rows
            )

        return self.with_rows(table, edit)

    def add(self, table: str, row: str, column: str, amount: int) -> Report:
        """The report with a figure raised by `amount`."""
        return self.put(table, row, column, str(int(self.figures()[table, row, column]) + amount))

    def without_rows(self, table: str, *keys: str) -> Report:
        """The report without these rows."""
        return self.with_rows(table, lambda _, rows: tuple(row for row in rows if row.key not in keys))

    def relabel(self, table: str, old: str, new: str) -> Report:
        """The report with a label of a table changed."""

        def edit(t: Table) -> Table:
            parts = tuple(
                replace(
                    p,
                    band=new if p.band == old else p.band,
                    columns=tuple((k, new if label == old else label) for k, label in p.columns),
                    rows=tuple(replace(r, stubs=tuple(new if s == old else s for s in r.stubs)) for r in p.rows),
                )
                for p in t.parts
            )
            assert parts != t.parts, old
            return replace(t, parts=parts)

        return self.with_table(table, edit)

    def without_column(self, table: str, column: str) -> Report:
        """The report without that column, header and figures."""

        def edit(t: Table) -> Table:
            return replace(
                t,
                parts=tuple(
                    replace(
                        p,
                        columns=tuple(c for c in p.columns if c[0] != column),
                        rows=tuple(replace(r, values=tuple(v for v in r.values if v[0] != column)) for r in p.rows),
                    )
                    for p in t.parts
                ),
            )

        return self.with_table(table, edit)

    def say(self, key: int, old: str, new: str) -> Report:
        """The report with words of a part's prose replaced; they must be there."""
        assert any(isinstance(i, Paragraph) and old in i.text for i in self.section(key).items), old
        return self.with_section(
            key, items=tuple(replace(i, text=i.text.replace(old, new)) if isinstance(i, Paragraph) else i for i in self.section(key).items)
        )

    def without_tag(self, key: int, *tags: str) -> Report:
        """The report without the paragraphs of these tags."""
        section = self.section(key)
        kept = tuple(i for i in section.items if not (isinstance(i, Paragraph) and i.tag in tags))
        assert kept != section.items, tags
        return self.with_section(key, items=kept)

    def prose(self, key: int, *texts: str) -> Report:
        """The report with that part's paragraphs replaced, its table kept."""
        tables = tuple(i for i in self.section(key).items if isinstance(i, Table))
        return self.with_section(key, items=(*(Paragraph(text=text) for text in texts), *tables))

    def append(self, key: int, *texts: str) -> Report:
        """The report with paragraphs added at the end of that part."""
        return self.with_section(key, items=(*self.section(key).items, *(Paragraph(text=text) for text in texts)))

    def open(self, **changes: object) -> Report:
        """The report with ingredients of the preamble changed."""
        return replace(self, preamble=replace(self.preamble, **changes))  # type: ignore[arg-type]

    def reach(self, edit: Callable[[Contact], Contact | None]) -> Report:
        """The report with the contact sentence edited."""
        assert self.preamble.contact
        return self.open(contact=edit(self.preamble.contact))


def heading(number: int) -> tuple[str, str]:
    """Numeral and wording of a part as the form prints them."""
    return words.NUMERALS[number - 1], words.HEADINGS[number - 1]

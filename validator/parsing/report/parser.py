"""Document → Report: lexemes, the grammar, and the types of validator.model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

from lark import Tree

from validator.base.patterns import TablePattern
from validator.model import Block, Document, Form, Kind, Passage, Report, Section, Table, TableRow, Title
from validator.model.reading_facts import ReadingFacts
from validator.parsing.contact.parser import read_contacts
from validator.parsing.grammars import grammar
from validator.parsing.report.aspects import with_aspects
from validator.parsing.report.headings import Headings
from validator.parsing.report.lexemes import Lexeme
from validator.parsing.report.lexer import Lexer
from validator.parsing.report.prompts import sections_without, without_prompts
from validator.parsing.report.published import find_published
from validator.parsing.report.title import TitleReader, choose_unit, committee
from validator.parsing.report.vocabulary import vocabulary
from validator.text.characters import bare, even


@lru_cache(maxsize=4)
def _lexer(page_number: TablePattern, title: TablePattern, hold: _Held) -> Lexer:
    sections = {}
    for form in hold.forms:
        sections.update({section.number: section for section in form.sections})
    return Lexer(vocabulary(hold.forms), Headings(tuple(sections.values())), page_number.compiled, title.compiled)


class _Held:
    """Forms as the key of a cache: mappings inside them cannot be hashed."""

    def __init__(self, forms: tuple[Form, ...]) -> None:
        self.forms = forms

    def __hash__(self) -> int:
        return hash(tuple(form.id for form in self.forms))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.forms == other.forms


def read_report(document: Document, forms: Sequence[Form], words: ReadingFacts) -> Report:
    """The report that a document holds. Total: whatever the blocks are, a report comes back and nothing raises."""
    lexer = _lexer(words.page_number, words.title_run_on, _Held(tuple(forms)))
    titles_of = TitleReader(words)
    page = words.page.compiled
    tree = grammar("report/report.lark").parse(lexer.lex(document.blocks))
    before, sections, tables = _built(cast("Tree[Lexeme]", tree))  # the tokens given, as they were given
    if words.prompts:
        before, sections = [*without_prompts(before, words.prompts)], [*sections_without(sections, words.prompts)]
    titles, head, furniture = _head(before, titles_of, page)
    sections, footer = _tail(with_aspects(sections), page)
    title = _best(titles)
    labelled = list(titles_of.labelled_units([bare(even(text)) for text in _metadata(document)]))
    text = [*head, *(p for s in sections for p in s.passages)]
    contact = read_contacts(text)
    unit = committee(choose_unit(titles_of, title, titles, labelled), (passage.text for passage in text), words)
    year = title.year if title and title.year else next((t.year for t in titles if t.year), None)
    return Report(
        document=document,
        title=title,
        titles=tuple(titles),
        unit=unit,
        year=year,
        unit_from="title" if unit else None,
        year_from="title" if year else None,
        publisher=next(iter(labelled), None),
        preamble=tuple(head),
        sections=tuple(sections),
        tables=tuple(tables),
        contact=contact,
        furniture=(*furniture, *footer),
        published=find_published(document, title, footer, words),
    )


def _built(tree: Tree[Lexeme]) -> tuple[list[Passage], list[Section], list[Table]]:
    """Passages before the first heading, sections and all tables, from the parse tree."""
    before: list[Passage] = []
    sections: list[Section] = []
    tables: list[Table] = []
    for part in _trees(tree):
        if part.data == "section":
            sections.append(_section(part, tables))
        elif part.data == "table":
            tables.append(_table(part, None))
            before += [_plain_passage(cell.block) for row in tables[-1].rows for cell in row.cells if cell.kind == "text"]
        else:
            before.append(_passage(part))
    return before, sections, tables


def _trees(tree: Tree[Lexeme]) -> list[Tree[Lexeme]]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _lexemes(tree: Tree[Lexeme]) -> list[Lexeme]:
    return [child for child in tree.children if isinstance(child, Lexeme)]


def _section(tree: Tree[Lexeme], tables: list[Table]) -> Section:
    """One section; its tables go on the list."""
    [head] = _lexemes(tree)
    heading, block = head.heading, head.block
    assert heading is not None and block is not None
    passages, blocks = [], []
    for part in _trees(tree):
        if part.data == "table":
            table = _table(part, heading.number)
            tables.append(table)
            blocks += list(dict.fromkeys(cell.block for row in table.rows for cell in row.cells))
        else:
            passages.append(_passage(part))
            blocks += [piece for _, piece in passages[-1].places]
    return Section(
        number=heading.number,
        heading=block.text,
        wording=heading.wording,
        numeral=heading.numeral,
        match=heading.match,
        block=block,
        passages=tuple(passages),
        blocks=tuple(blocks),
    )


def _table(tree: Tree[Lexeme], section: int | None) -> Table:
    rows = []
    for row in _trees(tree):
        cells = tuple(lexeme.cell for lexeme in _lexemes(row) if lexeme.cell is not None)
        rows.append(TableRow(cells=cells, closed=bool(cells) and cells[-1].block.row is not None))
    return Table(section=section, rows=tuple(rows))


def _plain_passage(block: Block) -> Passage:
    return Passage(text=block.text, places=((0, block),))


def _passage(tree: Tree[Lexeme]) -> Passage:
    """A paragraph: its lines joined as they were before they were broken."""
    return _joined([lexeme.block for lexeme in _lexemes(tree) if lexeme.block is not None], heading=tree.data == "heading")


def _joined(blocks: Sequence[Block], *, heading: bool) -> Passage:
    """Blocks as one passage; a space only where two Latin words would meet."""
    text, places = "", []
    for block in blocks:
        if text and text[-1].isascii() and block.text[:1].isascii() and text[-1].isalnum() and block.text[:1].isalpha():
            text += " "
        places.append((len(text), block))
        text += block.text
    return Passage(text=text, places=tuple(places), heading=heading)


def _head(before: list[Passage], reader: TitleReader, page: re.Pattern[str]) -> tuple[list[Title], list[Passage], list[Passage]]:
    """Titles, preamble and page furniture among what stands before the first heading."""
    flat = [(number, block) for number, passage in enumerate(before) for _, block in passage.places]
    found = reader.titles([block for _, block in flat])
    used = {place for begin, end, _ in found for place in range(begin, end)}
    last = _body_title([(begin, title) for begin, _, title in found])
    kept: list[Passage] = []
    aside: list[Passage] = []
    for number, passage in enumerate(before):
        places = [place for place, (owner, _) in enumerate(flat) if owner == number]
        rest = [place for place in places if place not in used]
        if not rest:
            continue
        if len(rest) < len(places):
            passage = _joined([flat[place][1] for place in rest], heading=passage.heading)
        (aside if rest[-1] < last or page.match(bare(even(passage.text))) else kept).append(passage)
    return [title for _, _, title in found], kept, aside


def _body_title(found: Sequence[tuple[int, Title]]) -> int:
    """Where the report itself begins: at the last title that follows the first within the page's head."""
    return found[-1][0] if found else 0


def _best(titles: Sequence[Title]) -> Title | None:
    """The report's own title: the last on the page that names a year, else the last."""
    whole = [title for title in titles if title.year and title.block.level != 0]
    body = [title for title in titles if title.block.level != 0]
    last = (whole or body or titles)[-1:]
    if last and last[0].unit is None:  # the same title once more, where the unit stands above the first
        return next((title for title in reversed(whole) if title.unit and title.year == last[0].year), last[0])
    return last[0] if last else None


def _tail(sections: list[Section], page: re.Pattern[str]) -> tuple[list[Section], list[Passage]]:
    """The page after the report (share buttons, footer) set apart from the last section."""
    if not sections:
        return sections, []
    last = sections[-1]
    cut = next((i for i, passage in enumerate(last.passages) if page.match(bare(even(passage.text)))), None)
    if cut is None:
        return sections, []
    aside = last.passages[cut:]
    gone = {id(block) for passage in aside for _, block in passage.places}
    kept = replace(last, passages=last.passages[:cut], blocks=tuple(b for b in last.blocks if id(b) not in gone))
    return [*sections[:-1], kept], list(aside)


def _metadata(document: Document) -> Iterator[str]:
    """The first lines and neighbouring cells of the page, label and value joined."""
    head = document.blocks[:120]
    for block, following in zip(head, (*head[1:], None), strict=False):
        yield block.text
        if following is not None and block.kind is Kind.CELL and following.kind is Kind.CELL and len(block.text) <= 8:
            yield f"{block.text}:{following.text}"

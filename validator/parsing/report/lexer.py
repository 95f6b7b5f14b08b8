"""Blocks → lexemes: every block is classed as heading, text or cell by the words of the forms. It never refuses one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Block, CellKind, Kind, TableCell
from validator.parsing.report.cell_states import printed
from validator.parsing.report.headings import Found, Headings, choose, deeper
from validator.parsing.report.lexemes import Lexeme
from validator.parsing.report.vocabulary import Vocabulary, plain
from validator.text.characters import Squeezed, bare, even, squeeze
from validator.text.numerals import BRACKETED, listed, numeral

#: Lines between two parts of a table that may belong to it though no label is known: page marks, captions, lost words.
BRIDGE = 4
#: Columns; a shorter line was not broken by the width of a page.
NARROW = 36
#: Lines before and after that tell the width of a page.
AROUND = 12
#: So many labels one after another are a table even without a figure.
MANY = 8
#: Characters; the longest line in which pieces of labels stand before the figures of a row.
LONGEST_LINE = 200
#: How an item of a list, a note or an enclosure begins, which is no rest of the line before it.
_ITEM = expression(rf"{BRACKETED}|{listed(2)}、|\d{{1,2}}[.、]\D|注[:：]|附件")
_SENTENCE = expression("[。；;！!？?，]")
#: A word of a line, and what of it may be a label: with the note in brackets, without what follows a colon.
_PART = expression(r"\s*(\S+)")
_HEAD = expression(r"[^\s:：（(]+(?:[（(][^（）()]*[）)])?")
_ADDRESS = expression(r"https?://\S+")
_VALUES = frozenset({"figure", "placeholder", "run", "unread"})
_GLUED = expression(r"[-+\d.,/元\s—－]*")
#: A cell that is one thing from end to end, by what is printed in it.
_ALONE: dict[str, Literal["figure", "blank", "placeholder"]] = {"number": "figure", "blank": "blank", "placeholder": "placeholder"}
#: The longest words in a figure's place of which a reader may doubt that they are all of it; longer ones are a label.
_SHORT = 8


@positional_record
class Lexer:
    """Classes blocks by a vocabulary. `page_number` tells lines to drop."""

    vocabulary: Vocabulary
    headings: Headings
    page_number: re.Pattern[str]
    title: re.Pattern[str]  # a title that its line does not end with

    def lex(self, blocks: Sequence[Block]) -> Iterator[Lexeme]:
        """All lexemes in reading order: rows end in END, tables in CLOSE, paragraphs in STOP."""
        pieces = [piece for block in blocks for piece in self._cut(block)]
        pieces = [piece for piece in pieces if piece.kind is Kind.CELL or not self.page_number.match(bare(piece.text))]
        pieces = self._whole_rows(pieces)
        cells = self._with_ends(pieces, [self.cells(piece) for piece in pieces])
        heads = choose([(i, found) for i, piece in enumerate(pieces) if (found := self._heading(piece, cells[i]))])
        tabular = _tabular(pieces, cells, heads)
        heads = {place: found for place, found in heads.items() if not (tabular[place] and found.match == "none")}
        place = 0
        while place < len(pieces):
            end = place
            if tabular[place] and place not in heads:
                while end < len(pieces) and tabular[end] and end not in heads:
                    end += 1
                yield from _rows(pieces[place:end], cells[place:end])
            elif place in heads:
                end = place + 1
                yield Lexeme("HEADING", pieces[place], heading=heads[place])
            else:
                while end < len(pieces) and not tabular[end] and end not in heads:
                    end += 1
                yield from _paragraphs(pieces[place:end])
            place = end

    def _whole_rows(self, pieces: Sequence[Block]) -> list[Block]:
        """The blocks; where a row holds nothing but the end of a label that the row before it begins, it is made one with that row."""
        rows = [list(row) for _, row in groupby(pieces, key=lambda piece: (piece.table, piece.row, None if piece.row else id(piece)))]
        found: list[list[Block]] = []
        for row in rows:
            joined = self._joined_row(found[-1], row) if found and row[0].row is not None and not row[0].exact else None
            if joined is not None:
                found[-1] = joined
            else:
                found.append(row)
        return [piece for row in found for piece in row]

    def _joined_row(self, row: list[Block], following: list[Block]) -> list[Block] | None:
        """Two rows of a table as one, if the second is but the end of a label of the first."""
        ends = [block for block in following if block.text.strip()]
        if len(ends) != 1 or len(following) < 2 or row[0].row is None or row[0].table != ends[0].table:
            return None
        place = next((place for place, block in enumerate(row) if block.column == ends[0].column), None)
        if place is None or not any(block.text.strip() for block in row[place + 1 :]):
            return None
        begun, whole = plain(row[place].text), f"{row[place].text}\n{ends[0].text}"
        if not begun or self.vocabulary.exact(begun) or not self.vocabulary.holds(plain(whole)):
            return None
        return [*row[:place], replace(row[place], text=whole), *row[place + 1 :]]

    def _with_ends(self, pieces: Sequence[Block], cells: list[tuple[TableCell, ...]]) -> list[tuple[TableCell, ...]]:
        """The cells; a line of a character or two that ends a label broken over lines is a piece of that label, too."""
        begun = ""
        for place, (piece, group) in enumerate(zip(pieces, cells, strict=True)):
            labels = [cell.text for cell in group if cell.kind == "label"]
            text = plain(labels[-1] if labels else piece.text if not group and len(piece.text) <= NARROW else "")
            ended = self._ended(piece, begun, least=1) if begun and not group else ()
            if not group and not ended and self._goes_on(pieces, place):
                ended = self._ended(piece, least=1)
            if ended:
                cells[place] = ended
                begun = plain("".join(cell.text for cell in ended if cell.kind == "label"))
            elif piece.kind is not Kind.LINE or not text:
                begun = begun if group and piece.kind is Kind.LINE else ""
            elif begun and self.vocabulary.holds(begun + text):
                begun += text
                cells[place] = group or (TableCell(kind="label", text=piece.text, block=piece),)
            else:
                begun = text if labels else ""
        return cells

    def _goes_on(self, pieces: Sequence[Block], place: int) -> bool:
        """Whether the next line is the end of a label that this one begins before its figure: '行政事业性收 0', '费'."""
        words = pieces[place].text.split() if pieces[place].kind is Kind.LINE and len(pieces[place].text) <= NARROW else []
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if len(words) != 2 or following is None or following.kind is not Kind.LINE or len(following.text) > NARROW:
            return False
        return self.vocabulary.holds(plain(words[0] + following.text))

    def _heading(self, block: Block, cells: tuple[TableCell, ...]) -> Found | None:
        """The heading that a block may be; a label of the form never is one."""
        if block.kind is Kind.CELL or (cells and cells[0].kind == "label"):
            return None
        return self.headings.read(bare(even(block.text)), block.kind is Kind.HEADING)

    def _cut(self, block: Block) -> list[Block]:
        """A block, divided where a heading runs on into its text or out of it, or where a whole page stands in one line."""
        text = squeeze(even(block.text))
        if block.kind is Kind.CELL:
            return self._cut_cell(block, text)
        found = self.headings.read(text.text, block.kind is Kind.HEADING)
        marks: list[int] = []
        if found and found.end < len(text.text) and _runs_on(block.text, text.places[found.end - 1] + 1, len(text.text)):
            marks = [text.places[found.end]]
        title = self.title.match(text.text) if len(text.text) > 80 else None
        if title and title.end() < len(text.places):
            marks.append(text.places[title.end()])
        if len(text.text) > 300:
            for match in self.headings.inside.finditer(text.text):
                marks += [text.places[match.start()], *([text.places[match.end()]] if match.end() < len(text.places) else [])]
        else:
            marks += [text.places[place] for place in self.headings.run_in(text.text)]
        return [piece for part in _parts(block, marks) for piece in self._cut_table(part)]

    def _cut_cell(self, block: Block, text: Squeezed) -> list[Block]:
        """A cell; the heading that runs on from its figure to its end is a line of its own."""
        places = self.headings.run_in(text.text)
        if len(places) != 1 or printed(block.text[: text.places[places[0]]]).state not in _ALONE:
            return [block]
        figure, heading = _parts(block, [text.places[places[0]]])
        return [figure, Block(kind=Kind.LINE, text=heading.text, line=heading.line, offset=heading.offset)]

    def _cut_table(self, block: Block) -> list[Block]:
        """A long line in which labels and figures run together, apart from the text before and after them."""
        if len(block.text) < 80:
            return [block]
        text = squeeze(even(block.text))
        words = [m for m in self.vocabulary.pattern.finditer(_same_quotes(text.text)) if len(m[0]) >= 4]
        between = [text.text[a.end() : b.start()] for a, b in zip(words, words[1:], strict=False)]
        if len(words) < 4 or 2 * sum(any(mark in gap for mark in ",、;。") for gap in between) > len(between):
            return [block]  # labels that a sentence names, one after the other
        first, last = words[0].start(), self._reach(text.text, words[-1].end())
        covered = sum(len(m[0]) for m in words) / (last - first)
        ends = [text.places[first]] if first else []
        ends += [text.places[last]] if last < len(text.places) else []
        return _parts(block, ends) if covered > 0.4 else [block]

    def _reach(self, line: str, at: int) -> int:
        """Where figures and short labels that follow at once come to an end."""
        while at < len(line):
            found = expression(r"[-+\d.,]*\d元?").match(line, at) or self.vocabulary.pattern.match(line, at)
            if not found or found.end() == at:
                break
            at = found.end()
        return at

    def cells(self, block: Block) -> tuple[TableCell, ...]:
        """What a block is as a piece of a table: usually one cell; several where labels and figures share it; none for prose."""
        read = printed(block.text, signed=True)
        kind = read.state
        if read.reason == "long" or block.kind is Kind.CELL and self._unread(block, kind):
            return (TableCell(kind="unread", text=block.text, block=block),)
        if kind == "run":
            return tuple(_parted_run(block, 0, block.text)) if block.kind is not Kind.CELL else (_cell("run", block, 0, len(block.text)),)
        if kind in _ALONE and (block.kind is Kind.CELL or not bare(block.text).endswith(".")):  # a line "3." is a number for what follows
            return (TableCell(kind=_ALONE[kind], text=block.text, block=block),)
        if block.kind is Kind.LINE and _figures_alone(block.text):
            return tuple(_parted_run(block, 0, block.text))
        text = plain(block.text)
        if exact := self.vocabulary.exact(text):
            # a label cut off in its bracket hides the figures behind it
            broken = self._ended(block, least=1) if text[-1].isdigit() and all(entry.plain != text for entry in exact) else ()
            return broken or (TableCell(kind="label", text=block.text, block=block),)
        glued = self._glued(block) or (self._paired(block) if self.vocabulary.pairs and block.kind is not Kind.CELL else ())
        glued = glued or self._ended(block)
        if glued:
            return glued
        if self.vocabulary.holds(text) and numeral(text) is None:  # 二十 is a number, though 第二十条 is a label
            return (TableCell(kind="label", text=block.text, block=block),)
        if block.kind is Kind.CELL:
            return (TableCell(kind="text", text=block.text, block=block),)
        if self.vocabulary.mixed(text):
            return tuple(_cell("label", block, word.start(), word.end()) for word in expression(r"\S+").finditer(block.text))
        return ()

    def _unread(self, block: Block, kind: str) -> bool:
        """Whether a cell shows ink that is no figure and no label: what its reader doubts, a raised mark alone, signs."""
        if kind == "blank":
            return bool(block.doubt or block.marks)
        if kind in ("text", "unread"):
            text = plain(block.text)
            label = bool(self.vocabulary.exact(text)) or self.vocabulary.holds(text)
            return not label and (kind == "unread" or bool(block.doubt) and len(text) <= _SHORT)
        return bool(block.doubt)

    def _glued(self, block: Block) -> tuple[TableCell, ...]:
        """Labels and figures with nothing or spaces between, if the block holds nothing else: '规章000', '行政许可 0'."""
        text = squeeze(even(block.text))
        line = _same_quotes(text.text)
        if not self._begins(line):
            return ()
        found: list[TableCell] = []
        at = 0
        for match in self.vocabulary.pattern.finditer(line):
            if not _GLUED.fullmatch(line, at, match.start()):
                return ()
            found += self._between(block, text.places, at, match.start())
            start, end = text.span(match.start(), match.end())
            found.append(_cell("label", block, start, end))
            at = match.end()
        if not found or not _GLUED.fullmatch(line, at):
            return ()
        found += self._between(block, text.places, at, len(line))
        return tuple(found) if len(found) > 1 else ()

    def _ended(self, block: Block, begun: str = "", least: int = 2) -> tuple[TableCell, ...]:
        """A line that is the end of a label, or pieces of two, and the figures of its row: '再处理其政府信息公开申请 0 0 3'.

        `begun`: what of the label stands on the lines before; `least`: so many figures tell that the line is none of prose.
        """
        if block.kind is Kind.CELL or len(block.text) > LONGEST_LINE:
            return ()
        tokens = list(expression(r"\S+").finditer(block.text))
        last = len(tokens)
        while last and printed(tokens[last - 1][0]).state in ("number", "placeholder"):
            last -= 1
        words = tokens[:last]
        texts = [plain(word[0]) for word in words]
        if begun and texts:
            texts[0] = begun + texts[0]
        if not texts or len(tokens) - last < least or not all(map(self.vocabulary.holds, texts)):
            return ()
        labels = [_cell("label", block, word.start(), word.end()) for word in words]
        start = tokens[last].start()
        return (*labels, *_parted_run(block, start, block.text[start:].rstrip()))

    def _paired(self, block: Block) -> tuple[TableCell, ...]:
        """Labels and their values in one line of text: '网站类型：政府门户网站', '微博 名称 云岭发布'. The first word must be a label."""
        found: list[TableCell] = []
        at = 0
        while part := _PART.match(block.text, at):
            start, head = part.start(1), _HEAD.match(block.text, part.start(1))
            if head and self.vocabulary.exact(plain(head[0])):
                found.append(_cell("label", block, start, head.end()))
                at = head.end() + (block.text[head.end() : head.end() + 1] in (":", "："))
                continue
            if not found:
                return ()
            at = part.end()
            if found[-1].kind == "text":
                start = found.pop().start
            found.append(_cell("text", block, start, at))
        cells = (replace(cell, kind=_ALONE.get(printed(cell.text).state, "text")) if cell.kind == "text" else cell for cell in found)
        return tuple(cells) if len(found) > 1 else ()

    def _begins(self, line: str) -> bool:
        """Whether a label stands at the beginning, or behind figures alone: seldom so in prose, and quickly told."""
        figures = _GLUED.match(line)
        return any(self.vocabulary.pattern.match(line, at) for at in range((figures.end() if figures else 0) + 1))

    def _between(self, block: Block, places: tuple[int, ...], start: int, end: int) -> list[TableCell]:
        """The figures between two labels."""
        if start == end:
            return []
        first, last = places[start], places[end - 1] + 1
        return list(_parted_run(block, first, block.text[first:last]))


def _same_quotes(text: str) -> str:
    """One kind of quotation marks, one for one."""
    return text.replace("“", '"').replace("”", '"').replace("‘", '"').replace("’", '"')


def _cell(kind: CellKind, block: Block, start: int, end: int) -> TableCell:
    return TableCell(kind=kind, text=block.text[start:end], block=block, start=start)


def _parted_run(block: Block, start: int, text: str) -> Iterator[TableCell]:
    """Figures kept apart by wide or regular gaps are cells; digits that may run together stay one run."""
    tokens = list(expression(r"\S+").finditer(text))
    states = [printed(token[0]).state for token in tokens]
    if len(tokens) == 1 and states[0] == "number" and (len(expression(r"\D").sub("", text)) == 1):
        yield TableCell(kind="figure", text=text.strip(), block=block, start=start + tokens[0].start())
    elif len(tokens) > 1 and all(state in ("number", "placeholder") for state in states) and not _uneven(tokens):
        for token, state in zip(tokens, states, strict=True):
            yield _cell("figure" if state == "number" else "placeholder", block, start + token.start(), start + token.end())
    else:
        yield TableCell(kind="run", text=text, block=block, start=start)


def _figures_alone(text: str) -> bool:
    """Whether a line is figures with gaps between them, some perhaps with a sign: 29 -11."""
    tokens = text.split() if len(text) <= LONGEST_LINE and text[-1:].isdigit() else []
    return len(tokens) > 1 and all(printed(token).state == "number" for token in tokens)


def _uneven(tokens: Sequence[re.Match[str]]) -> bool:
    """Whether digits seem to run together between the gaps: 20 0 00 0 121 has a 00."""
    return any(expression(r"0\d+").fullmatch(token[0]) for token in tokens)


def _parts(block: Block, marks: Sequence[int]) -> list[Block]:
    """The block cut at these places (0-based), spaces at the cuts left out."""
    ends = [0, *sorted(set(marks)), len(block.text)]
    parts = []
    for start, end in zip(ends, ends[1:], strict=False):
        text = block.text[start:end]
        lead = len(text) - len(text.lstrip())
        if text.strip():
            parts.append(replace(block, text=text.strip(), offset=block.offset + start + lead) if len(ends) > 2 else block)
    return parts


def _runs_on(text: str, end: int, length: int) -> bool:
    """Whether what follows a heading's words is text of its own, not the rest of a longer heading."""
    return length > 300 or bool(expression(r"[\s\u3000:：。]|\d{4}|[（(]").match(text[end : end + 4]))


def _tabular(pieces: Sequence[Block], cells: Sequence[tuple[TableCell, ...]], heads: dict[int, Found]) -> list[bool]:
    """Which blocks belong to tables: cells, and lines that are labels or figures with others of their kind around.

    Where the blocks from one place up to the last cell are no table, no later place before that cell begins one: from each of them the same
    last cell would be reached, with fewer labels and figures before it. So that each block is looked at once.
    """
    tabular = [False] * len(pieces)
    place = 0
    while place < len(pieces):
        end, last, gap = place, -1, 0
        while end < len(pieces) and not _breaks(pieces[end], heads.get(end)):
            if cells[end]:
                last, gap = end, 0
            else:
                gap += 1
                text = pieces[end].text
                if gap > BRIDGE or ((len(text) > 40 or _SENTENCE.search(text)) and not _ADDRESS.fullmatch(text)):
                    break
            end += 1
        if last >= place and _is_table(pieces[place : last + 1], cells[place : last + 1]):
            tabular[place : last + 1] = [True] * (last + 1 - place)
        place = max(place, last) + 1
        while place < len(pieces) and (not cells[place] or _breaks(pieces[place], heads.get(place))):
            place += 1
    return tabular


def _breaks(block: Block, head: Found | None) -> bool:
    """Whether a table cannot go on over this block: a heading of a known part."""
    return head is not None and (head.match != "none" and not (head.match == "other" and head.numeral != head.number))


def _is_table(pieces: Sequence[Block], cells: Sequence[tuple[TableCell, ...]]) -> bool:
    """Real cells, or a known label with a figure after it."""
    if any(piece.kind is Kind.CELL for piece in pieces):
        return True
    kinds = [cell.kind for group in cells for cell in group]
    if kinds.count("label") >= MANY:  # a table whose figures were lost
        return True
    return "label" in kinds and any(kind in _VALUES for kind in kinds[kinds.index("label") :]) and len(kinds) >= 3


def _rows(pieces: Sequence[Block], cells: Sequence[tuple[TableCell, ...]]) -> Iterator[Lexeme]:
    """The rows of a table: as the source marks them, else a new one at each label that follows a value."""
    before: Block | None = None
    valued = pending = False
    for block, group in zip(pieces, cells, strict=True):
        group = group or (TableCell(kind="text", text=block.text, block=block),)
        closed = block.row is not None
        turned = before is not None and (closed or before.row is not None) and (before.table, before.row) != (block.table, block.row)
        if turned and pending:
            yield Lexeme("_END", before)
            valued = pending = False
        for cell in group:
            label = cell.kind in ("label", "text")
            if not closed and label and valued and pending:
                yield Lexeme("_END", None)
                valued = False
            yield Lexeme("CELL", block, cell)
            pending, valued = True, valued and label or cell.kind in _VALUES or cell.kind == "blank"
        before = block
    if pending:
        yield Lexeme("_END", before)
    yield Lexeme("_CLOSE", None)


def _width(text: str) -> int:
    """Columns a text takes: wide characters two."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)


def _paragraphs(pieces: Sequence[Block]) -> Iterator[Lexeme]:
    """Lines, with STOP where a paragraph ends. Lines that the page or a file's width broke are one paragraph."""
    for place, block in enumerate(pieces):
        short = deeper(bare(even(block.text))) or block.kind is Kind.HEADING
        yield Lexeme("SUBHEAD" if short else "LINE", block)
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if not short and (following is None or not _goes_on(block, following, _run(pieces, place))):
            yield Lexeme("_STOP")


def _run(pieces: Sequence[Block], place: int) -> Sequence[Block]:
    """The lines around one that follow each other without an empty line."""
    start = end = place
    while start and pieces[start - 1].line >= pieces[start].line - 1 and place - start < AROUND:
        start -= 1
    while end + 1 < len(pieces) and pieces[end + 1].line <= pieces[end].line + 1 and end - place < AROUND:
        end += 1
    return pieces[start : end + 1]


def _unclosed(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return any(text.rfind(opened) > text.rfind(closed) for opened, closed in ("（）", "《》", "“”", "〔〕"))


def _goes_on(block: Block, following: Block, run: Sequence[Block]) -> bool:
    """Whether the next line continues this one's paragraph. `run`: the lines around it, by whose width its own is judged."""
    head = bare(even(following.text))
    if following.kind is Kind.HEADING or block.paragraph is not None or block.page is not None or block.line == following.line:
        return False
    if following.line == block.line + 1 and _unclosed(block.text) and not deeper(head):
        return True
    if not block.text or block.text[-1] in "。！？!?；;" or deeper(head) or _ITEM.match(head):
        return False
    if following.line == block.line + 1:
        width = _width(block.text)
        return width >= NARROW and width >= max(_width(piece.text) for piece in run) * 0.6 or len(block.text) >= 60
    return len(block.text) >= 60 and block.text[-1] not in "：:…）)】"

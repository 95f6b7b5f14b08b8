"""A piece of a document → its cells: usually one; several where labels and figures share a line or a cell; none for prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Block, CellKind, Kind, TableCell
from validator.parsing.report.cell_states import printed
from validator.parsing.report.vocabulary import Vocabulary, plain
from validator.text.characters import bare, even, squeeze
from validator.text.numerals import numeral

#: A cell that is one thing from end to end, by what is printed in it.
ALONE: dict[str, Literal["figure", "blank", "placeholder"]] = {"number": "figure", "blank": "blank", "placeholder": "placeholder"}
#: Characters; the longest words in a figure's place of which a reader may doubt that they are all of it; longer ones are a label.
_DOUBTED_LENGTH = 8
#: A word of a line, and what of it may be a label: with the note in brackets, without what follows a colon.
_PART = expression(r"\s*(\S+)")
_HEAD = expression(r"[^\s:：（(]+(?:[（(][^（）()]*[）)])?")
#: What may stand between labels that are printed without a gap.
_GLUED = expression(r"[-+\d.,/元\s—－]*")
#: Characters; the longest line that is figures alone, or pieces of labels before the figures of a row.
_LONGEST_LINE = 200
_WORD = expression(r"\S+")
_ZEROS_BEFORE = expression(r"0\d+")
_NO_DIGIT = expression(r"\D")

PieceCells = tuple[TableCell, ...]


def same_quotes(text: str) -> str:
    """One kind of quotation marks, one for one."""
    return text.replace("“", '"').replace("”", '"').replace("‘", '"').replace("’", '"')


@positional_record
class CellReader:
    """Finds labels and figures by the words of the forms."""

    vocabulary: Vocabulary

    def cells(self, block: Block) -> PieceCells:
        """The cells of one piece; none for prose."""
        return self._value_cells(block) or self._label_cells(block) or self._word_cells(block)

    def _value_cells(self, block: Block) -> PieceCells:
        """The piece as a figure or figures, as a blank or as what nobody may read."""
        content = printed(block.text, signed=True)
        state, in_cell = content.state, block.kind is Kind.CELL
        if content.reason == "long" or in_cell and self._unread(block, state):
            return (TableCell(kind="unread", text=block.text, block=block),)
        if state == "run":
            return (_cell("run", block, 0, len(block.text)),) if in_cell else tuple(_figure_cells(block, 0, block.text))
        if state in ALONE and (in_cell or not bare(block.text).endswith(".")):  # a line "3." is a number for what follows
            return (TableCell(kind=ALONE[state], text=block.text, block=block),)
        if block.kind is Kind.LINE and _figures_alone(block.text):
            return tuple(_figure_cells(block, 0, block.text))
        return ()

    def _label_cells(self, block: Block) -> PieceCells:
        """The piece as a label, or as labels and figures."""
        text = plain(block.text)
        whole = (TableCell(kind="label", text=block.text, block=block),)
        if exact := self.vocabulary.exact(text):
            # a label cut off in its bracket hides the figures behind it
            cut_off = text[-1].isdigit() and all(entry.plain != text for entry in exact)
            return cut_off and self.label_end(block, least=1) or whole
        if cells := self._glued(block) or self._paired(block) or self.label_end(block):
            return cells
        is_piece = self.vocabulary.holds(text) and numeral(text) is None  # 二十 is a number, though 第二十条 is a label
        return whole if is_piece else ()

    def _word_cells(self, block: Block) -> PieceCells:
        """Words of a cell; heads of a table side by side, broken and mixed by copying."""
        if block.kind is Kind.CELL:
            return (TableCell(kind="text", text=block.text, block=block),)
        if self.vocabulary.mixed(plain(block.text)):
            return tuple(_cell("label", block, word.start(), word.end()) for word in _tokens(block.text))
        return ()

    def _unread(self, block: Block, state: str) -> bool:
        """Whether a cell shows ink that is no figure and no label: what its reader doubts, a raised mark alone, signs."""
        if state == "blank":
            return bool(block.doubt or block.marks)
        if state in ("text", "unread"):
            text = plain(block.text)
            is_label = bool(self.vocabulary.exact(text)) or self.vocabulary.holds(text)
            return not is_label and (state == "unread" or bool(block.doubt) and len(text) <= _DOUBTED_LENGTH)
        return bool(block.doubt)

    def label_end(self, block: Block, begun: str = "", least: int = 2) -> PieceCells:
        """A line that is the end of a label, or pieces of two, and the figures of its row: '再处理其政府信息公开申请 0 0 3'.

        `begun`: what of the label stands on the lines before; `least`: so many figures tell that the line is none of prose.
        """
        if block.kind is Kind.CELL or len(block.text) > _LONGEST_LINE:
            return ()
        tokens = _tokens(block.text)
        count = len(tokens)
        while count and printed(tokens[count - 1][0]).state in ("number", "placeholder"):
            count -= 1
        pieces, figures = tokens[:count], tokens[count:]
        texts = [plain(piece[0]) for piece in pieces]
        if begun and texts:
            texts[0] = begun + texts[0]
        if not texts or len(figures) < least or not all(map(self.vocabulary.holds, texts)):
            return ()
        labels = [_cell("label", block, piece.start(), piece.end()) for piece in pieces]
        start = figures[0].start()
        return (*labels, *_figure_cells(block, start, block.text[start:].rstrip()))

    def _glued(self, block: Block) -> PieceCells:
        """Labels and figures with nothing or spaces between, if the block holds nothing else: '规章000', '行政许可 0'."""
        text = squeeze(even(block.text))
        line = same_quotes(text.text)
        if not self._begins(line):
            return ()
        cells: list[TableCell] = []
        at = 0
        for label in self.vocabulary.pattern.finditer(line):
            if not _GLUED.fullmatch(line, at, label.start()):
                return ()
            cells += [*_between(block, text.places, at, label.start()), _cell("label", block, *text.span(*label.span()))]
            at = label.end()
        if not cells or not _GLUED.fullmatch(line, at):
            return ()
        cells += _between(block, text.places, at, len(line))
        return tuple(cells) if len(cells) > 1 else ()

    def _begins(self, line: str) -> bool:
        """Whether a label stands at the beginning, or behind figures alone: seldom so in prose, and quickly told."""
        figures = _GLUED.match(line)
        return any(self.vocabulary.pattern.match(line, at) for at in range((figures.end() if figures else 0) + 1))

    def _paired(self, block: Block) -> PieceCells:
        """Labels and their values in one line of text: '网站类型：政府门户网站', '微博 名称 云岭发布'. The first word must be a label."""
        if not self.vocabulary.pairs or block.kind is Kind.CELL:
            return ()
        cells: list[TableCell] = []
        at = 0
        while part := _PART.match(block.text, at):
            start, head = part.start(1), _HEAD.match(block.text, part.start(1))
            if head and self.vocabulary.exact(plain(head[0])):
                cells.append(_cell("label", block, start, head.end()))
                at = head.end() + (block.text[head.end() : head.end() + 1] in (":", "："))
                continue
            if not cells:
                return ()
            at = part.end()
            if cells[-1].kind == "text":
                start = cells.pop().start
            cells.append(_cell("text", block, start, at))
        values = (replace(each, kind=ALONE.get(printed(each.text).state, "text")) if each.kind == "text" else each for each in cells)
        return tuple(values) if len(cells) > 1 else ()


def _between(block: Block, places: tuple[int, ...], start: int, end: int) -> PieceCells:
    """The figures between two labels, which stand at these places of the text without spaces."""
    if start == end:
        return ()
    first, last = places[start], places[end - 1] + 1
    return tuple(_figure_cells(block, first, block.text[first:last]))


def _tokens(text: str) -> list[re.Match[str]]:
    """What stands between spaces, with its places."""
    return list(_WORD.finditer(text))


def _cell(kind: CellKind, block: Block, start: int, end: int) -> TableCell:
    """A cell that is this part of a block's text (0-based, the end excluded)."""
    return TableCell(kind=kind, text=block.text[start:end], block=block, start=start)


def _figure_cells(block: Block, start: int, text: str) -> Iterator[TableCell]:
    """The cells of `text`, which stands in the block from `start` on: figures kept apart by wide or regular gaps, or one run of digits."""
    tokens = _tokens(text)
    states = [printed(token[0]).state for token in tokens]
    if len(tokens) == 1 and states[0] == "number" and len(_NO_DIGIT.sub("", text)) == 1:
        yield TableCell(kind="figure", text=text.strip(), block=block, start=start + tokens[0].start())
    elif len(tokens) > 1 and all(state in ("number", "placeholder") for state in states) and not _uneven(tokens):
        for token, state in zip(tokens, states, strict=True):
            yield _cell("figure" if state == "number" else "placeholder", block, start + token.start(), start + token.end())
    else:
        yield TableCell(kind="run", text=text, block=block, start=start)


def _figures_alone(text: str) -> bool:
    """Whether a line is figures with gaps between them, some perhaps with a sign: 29 -11."""
    tokens = text.split() if len(text) <= _LONGEST_LINE and text[-1:].isdigit() else []
    return len(tokens) > 1 and all(printed(token).state == "number" for token in tokens)


def _uneven(tokens: Sequence[re.Match[str]]) -> bool:
    """Whether digits seem to run together between the gaps: 20 0 00 0 121 has a 00."""
    return any(_ZEROS_BEFORE.fullmatch(token[0]) for token in tokens)

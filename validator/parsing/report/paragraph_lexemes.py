"""The pieces of running text → lexemes: lines that the page or a file's width broke are one paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.base.regex_cache import expression
from validator.model import Block, Kind
from validator.parsing.report.headings import deeper
from validator.parsing.report.lexemes import Lexeme
from validator.text.characters import bare, even
from validator.text.numerals import BRACKETED, listed

#: Columns, of which a wide character takes two; a shorter line was not broken by the width of a page.
_NARROW = 36
#: A line is broken by the width of the page where it takes this part of the widest line around.
_BROKEN = 0.6
#: Lines before and after that tell the width of a page.
_AROUND = 12
#: Characters; a line so long goes on in the next whatever the lines around are.
_LONG = 60
#: How an item of a list, a note or an enclosure begins, which is no rest of the line before it.
_ITEM = expression(rf"{BRACKETED}|{listed(2)}、|\d{{1,2}}[.、]\D|注[:：]|附件")


def paragraph_lexemes(pieces: Sequence[Block]) -> Iterator[Lexeme]:
    """SUBHEAD for a heading of a deeper level, LINE for any other line, _STOP where a paragraph ends."""
    for place, block in enumerate(pieces):
        if deeper(bare(even(block.text))) or block.kind is Kind.HEADING:
            yield Lexeme("SUBHEAD", block)
            continue
        yield Lexeme("LINE", block)
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if following is None or not _goes_on(block, following, _lines_around(pieces, place)):
            yield Lexeme("_STOP")


def _goes_on(block: Block, following: Block, around: Sequence[Block]) -> bool:
    """Whether the next line continues this one's paragraph. `around`: the lines by whose width its own is judged."""
    if following.kind is Kind.HEADING or block.paragraph is not None or block.page is not None or block.line == following.line:
        return False
    beginning, is_next = bare(even(following.text)), following.line == block.line + 1
    if is_next and _unclosed(block.text) and not deeper(beginning):
        return True
    if not block.text or block.text[-1] in "。！？!?；;" or deeper(beginning) or _ITEM.match(beginning):
        return False
    if is_next:
        width = _width(block.text)
        return width >= _NARROW and width >= max(_width(line.text) for line in around) * _BROKEN or len(block.text) >= _LONG
    return len(block.text) >= _LONG and block.text[-1] not in "：:…）)】"


def _lines_around(pieces: Sequence[Block], place: int) -> Sequence[Block]:
    """The lines around one that follow each other without an empty line."""
    start = end = place
    while start and pieces[start - 1].line >= pieces[start].line - 1 and place - start < _AROUND:
        start -= 1
    while end + 1 < len(pieces) and pieces[end + 1].line <= pieces[end].line + 1 and end - place < _AROUND:
        end += 1
    return pieces[start : end + 1]


def _unclosed(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return any(text.rfind(opened) > text.rfind(closed) for opened, closed in ("（）", "《》", "“”", "〔〕"))


def _width(text: str) -> int:
    """Columns that a text takes."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)

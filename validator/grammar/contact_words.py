"""contact.lark at work: text in half width → the openings and fields of a contact sentence, with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from validator.grammar.contact_entry import Entry
from validator.text import SPACES, even

if TYPE_CHECKING:
    from lark import Lark, Token

_COLONS = str.maketrans("﹕∶", "::")
_BLANKS = re.compile("[" + "".join(SPACES - {"\n"}) + "]+")
_TIGHT = re.compile(r"[0-9A-Za-z+()\-@._/]")  # between two of these a space may tell words apart


@dataclass(frozen=True, slots=True)
class Flat:
    """A text in half width without meaningless spaces, and where its pieces stood."""

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def place(self, at: int) -> int:
        """Where the character at `at` stands in the original."""
        return at + self.shifts[bisect_right(self.starts, at) - 1]


def flatten(text: str) -> Flat:
    wide = even(text).translate(_COLONS)
    pieces, starts, shifts, at, size = [], [0], [0], 0, 0
    for gap in _BLANKS.finditer(wide):
        before, after = wide[gap.start() - 1 : gap.start()], wide[gap.end() : gap.end() + 1]
        keep = 1 if _TIGHT.match(before) and _TIGHT.match(after) else 0
        pieces.append(wide[at : gap.start()] + " " * keep)
        size += len(pieces[-1])
        at = gap.end()
        starts.append(size)
        shifts.append(at - size)
    return Flat("".join([*pieces, wide[at:]]), tuple(starts), tuple(shifts))


_LABELS = tuple("ADDRESS POSTCODE PHONE FAX EMAIL WEBSITE PERSON OFFICE PHONE_FAX PERSON_PHONE ADDRESS_POSTCODE OTHER".split())
_NOTES = tuple("SELF FAX_NOTE EXTENSION COPY FOOTER".split())
_CLASSES = {name: "LABEL" for name in _LABELS} | {name: "WORD" for name in _NOTES}
_TELLING = frozenset(set(_LABELS) - {"OTHER"} | {"QUESTION", "CALL"})


@cache
def _machine() -> tuple[Lark, re.Pattern[str]]:
    """The parser, and the one expression that finds its terminals."""
    from lark import Lark
    from lark.lexer import Lexer, Token

    scans: list[re.Pattern[str]] = []

    class Words(Lexer):
        """Finds the terminals of contact.lark anywhere in the text. A token's type is its class, its value the terminal's name."""

        def __init__(self, conf: object) -> None:
            terminals = sorted((t for t in conf.terminals if t.pattern), key=lambda t: -t.priority)  # type: ignore[attr-defined]
            self.scan = re.compile("|".join(f"(?P<{t.name}>{t.pattern.to_regexp()})" for t in terminals))
            scans.append(self.scan)

        def lex(self, data: str) -> Iterator[Token]:  # type: ignore[override]
            at = 0
            for match in self.scan.finditer(data):
                if match.start() > at:
                    yield Token("WORD", "", at, end_pos=match.start())
                name = str(match.lastgroup)
                yield Token(_CLASSES.get(name, name), name, match.start(), end_pos=match.end())
                at = match.end()
            if at < len(data):
                yield Token("WORD", "", at, end_pos=len(data))

    parser = Lark.open("contact.lark", rel_to=__file__, parser="lalr", lexer=Words, postlex=_Kept())
    return parser, scans[0]


class _Kept:
    """Tells Lark to keep the terminals that the rules name by their class alone; fewer classes, smaller tables."""

    always_accept = (*_LABELS, *_NOTES)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Lark's hook on the tokens: nothing is changed."""
        return stream


def grammar() -> Lark:
    """The parser of contact.lark; every text in half width parses."""
    return _machine()[0]


def telling(text: str) -> bool:
    """Whether a label or an opening stands in the text; a passage without one is no part of a contact block."""
    return any(match.lastgroup in _TELLING for match in _machine()[1].finditer(flatten(text).text))


def entries(text: str) -> list[Entry]:
    """The openings and fields of the text in order, each up to where the next begins."""
    from lark import Token, Tree

    heads = [node for node in grammar().parse(text).children if isinstance(node, Tree)]
    found = []
    for index, node in enumerate(heads):
        tokens = list(node.scan_values(lambda value: isinstance(value, Token)))
        end = heads[index + 1] if index + 1 < len(heads) else None
        stop = next(iter(end.scan_values(lambda value: True))).start_pos if end is not None else len(text)
        head, marks = tokens[0], tuple((str(t), t.start_pos, t.end_pos) for t in tokens[1:] if t)
        rule = str(node.data)
        found.append(Entry(rule=rule, type=str(head), text=text, start=head.start_pos, body=head.end_pos, stop=stop, marks=marks))
    return found


def of_page(text: str) -> bool:
    """Whether words of a web page's own furniture stand in the text: 主办单位, ICP备."""
    return any(match.lastgroup == "FOOTER" for match in _machine()[1].finditer(text))

"""The grammars at work: Lark parses what the .lark files of this folder say.

Lark takes ten times as long to build a parser as to load one that it saved, so installing the program saves them beside the grammars. A
saved parser is taken where it was made of this very text by this release of Lark; else Lark builds the grammar, to the same end.
`Lark.load` unpickles: it is given files of this package alone, never of a cache that others may write to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import lark
from lark.lexer import Lexer

_FOLDER = Path(__file__).parent
#: Bytes at the beginning of a saved parser: the seal by which it is known.
_SEAL = 32


class GivenTokens(Lexer):
    """Takes tokens as they are given: those of reports are blocks and cells, which no expression over characters finds.

    It stands at module level and holds nothing, so that a saved parser can name it and threads can share it.
    """

    def __init__(self, conf: object) -> None:
        """Lark's settings of the lexer, of which none is needed."""

    def lex(self, data: Iterable[lark.Token]) -> Iterator[lark.Token]:  # type: ignore[override]  # Lark gives the input alone to a lexer
        yield from data  # that does not ask for its states


#: What Lark is told of each grammar, by the grammar's path from this folder. Without a lexer it is Lark's own for the text.
GRAMMARS: Mapping[str, Mapping[str, Any]] = {
    "formula.lark": {"start": "comparison"},
    "contact/contact.lark": {"lexer": GivenTokens},
    "report/report.lark": {"lexer": GivenTokens},
}


@cache
def grammar(name: str) -> lark.Lark:
    """The parser of one of GRAMMARS: loaded where a saved one fits, else built."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return _loaded(name, text) or _built(name, text)


def span(token: lark.Token) -> tuple[int, int]:
    """Where a token stands in its text: its first character and the one behind it, counted from 0."""
    assert token.start_pos is not None and token.end_pos is not None, "a lexer that gives no places"
    return token.start_pos, token.end_pos


def save() -> None:
    """Write the parsers of all grammars beside their .lark files."""
    for name in GRAMMARS:
        text, saved = (_FOLDER / name).read_text(encoding="utf-8"), BytesIO()
        _built(name, text).save(saved)
        _saved_path(name).write_bytes(_seal(name, text, saved.getvalue()) + saved.getvalue())


def _built(name: str, text: str) -> lark.Lark:
    return lark.Lark(text, parser="lalr", maybe_placeholders=False, **GRAMMARS[name])


def _loaded(name: str, text: str) -> lark.Lark | None:
    """The saved parser; None where there is none, or it is damaged, of another text or another release of Lark."""
    try:
        data = _saved_path(name).read_bytes()
        if data[:_SEAL] == _seal(name, text, data[_SEAL:]):
            return lark.Lark.load(BytesIO(data[_SEAL:]))
    except Exception:  # no file to read, or a newer Python's pickle: a parser that cannot be loaded is built
        pass
    return None


def _saved_path(name: str) -> Path:
    return (_FOLDER / name).with_suffix(".saved")


def _seal(name: str, text: str, saved: bytes) -> bytes:
    """What tells that saved bytes are whole and were made of this text, with these settings, by this Lark."""
    return sha256("\0".join((lark.__version__, repr(GRAMMARS[name]), text, "")).encode() + saved).digest()

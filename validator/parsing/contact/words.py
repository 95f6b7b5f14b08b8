"""contact.lark at work: text in half width → the openings and fields of a contact sentence, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.parsing.contact.entry import Entry
from validator.parsing.tables import Node, grammar
from validator.text.characters import SPACES, Squeezed, even

_BLANKS = expression("[" + "".join(sorted(SPACES - {"\n"})) + "]+")
_TIGHT = expression(r"[0-9A-Za-z+()\-@._/]")  # between two of these a space may tell words apart


def flatten(text: str) -> Squeezed:
    """The text in half width without meaningless spaces: one is left where it may tell words apart."""
    wide = even(text).replace("﹕", ":").replace("∶", ":")
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _BLANKS.finditer(wide):
        before, after = wide[gap.start() - 1 : gap.start()], wide[gap.end() : gap.end() + 1]
        keep = 1 if _TIGHT.match(before) and _TIGHT.match(after) else 0
        pieces.append(wide[at : gap.start()] + " " * keep)
        places += range(at, gap.start() + keep)
        at = gap.end()
    places += range(at, len(wide))
    return Squeezed("".join([*pieces, wide[at:]]), tuple(places))


_LABELS = tuple("ADDRESS POSTCODE PHONE FAX EMAIL WEBSITE PERSON OFFICE PHONE_FAX PERSON_PHONE ADDRESS_POSTCODE OTHER".split())
_NOTES = tuple("SELF FAX_NOTE EXTENSION COPY FOOTER".split())
_CLASSES = {name: "LABEL" for name in _LABELS} | {name: "WORD" for name in _NOTES}
_TELLING = frozenset(set(_LABELS) - {"OTHER"} | {"QUESTION", "CALL"})


@cache
def _scan() -> re.Pattern[str]:
    """The one expression that finds the terminals."""
    return expression("|".join(f"(?P<{name}>{source})" for name, source in grammar("contact/contact.lark").terminals.items()))


@positional_record
class _Word:
    """A token: the terminal's name, '' for the text between terminals, and where it stands."""

    name: str
    start: int
    end: int


def _words(text: str) -> Iterator[tuple[str, _Word]]:
    """The terminals of contact.lark anywhere in the text, by their class, and what is between them."""
    at = 0
    for match in _scan().finditer(text):
        if match.start() > at:
            yield "WORD", _Word("", at, match.start())
        name = str(match.lastgroup)
        yield _CLASSES.get(name, name), _Word(name, match.start(), match.end())
        at = match.end()
    if at < len(text):
        yield "WORD", _Word("", at, len(text))


def telling(text: str) -> bool:
    """Whether a label or an opening stands in the text; a passage without one is no part of a contact block."""
    return any(match.lastgroup in _TELLING for match in _scan().finditer(flatten(text).text))


def entries(text: str) -> list[Entry]:
    """The openings and fields of the text in order, each up to where the next begins."""
    heads = [node for node in grammar("contact/contact.lark").parse(_words(text)).children if isinstance(node, Node)]
    words = [list(node.leaves()) for node in heads]
    starts = [head.start for head, *_ in words] + [len(text)]
    found = []
    for node, (head, *rest), stop in zip(heads, words, starts[1:], strict=True):
        marks = tuple((word.name, word.start, word.end) for word in rest if word.name)
        found.append(Entry(rule=node.data, type=head.name, text=text, start=head.start, body=head.end, stop=stop, marks=marks))
    return found


def of_copy(text: str) -> bool:
    """Whether words stand in the text for how a report can be had: 下载, 查阅."""
    return any(match.lastgroup == "COPY" for match in _scan().finditer(text))


def of_page(text: str) -> bool:
    """Whether words of a web page's own furniture stand in the text: 主办单位, ICP备."""
    return any(match.lastgroup == "FOOTER" for match in _scan().finditer(text))

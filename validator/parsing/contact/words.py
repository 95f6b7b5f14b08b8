"""contact.lark at work: text in half width → the openings and fields of a contact sentence, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lark import Token, Tree

from validator.base.regex_cache import expression
from validator.parsing.contact.entry import ContactEntry
from validator.parsing.grammars import grammar, span
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


#: Terminals that tell that a passage is part of a contact block: the openings and the labels of what belongs to it.
_TELLING = frozenset("QUESTION CALL ADDRESS POSTCODE PHONE FAX EMAIL WEBSITE PERSON OFFICE PHONE_FAX PERSON_PHONE ADDRESS_POSTCODE".split())


@cache
def _scan() -> re.Pattern[str]:
    """The one expression that finds the terminals, those of higher priority first."""
    terminals = sorted(grammar("contact/contact.lark").terminals, key=lambda terminal: -terminal.priority)
    return expression("|".join(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in terminals))


def _words(text: str) -> Iterator[Token]:
    """The terminals of contact.lark anywhere in the text, and what is between them."""
    at = 0
    for match in _scan().finditer(text):
        if match.start() > at:
            yield Token("WORD", text[at : match.start()], start_pos=at, end_pos=match.start())
        yield Token(str(match.lastgroup), match[0], start_pos=match.start(), end_pos=match.end())
        at = match.end()
    if at < len(text):
        yield Token("WORD", text[at:], start_pos=at, end_pos=len(text))


def has_contact_words(text: str) -> bool:
    """Whether a label or an opening stands in the text; a passage without one is no part of a contact block."""
    return any(match.lastgroup in _TELLING for match in _scan().finditer(flatten(text).text))


def entries(text: str) -> list[ContactEntry]:
    """The openings and fields of the text in order, each up to where the next begins."""
    tree = grammar("contact/contact.lark").parse(_words(text))
    parts = [(str(part.data), list(part.scan_values(_is_token))) for part in tree.children if isinstance(part, Tree)]
    starts = [span(tokens[0])[0] for _, tokens in parts] + [len(text)]
    read = []
    for (rule, (head, *inside)), end in zip(parts, starts[1:], strict=True):
        start, body = span(head)
        marks = tuple((token.type, *span(token)) for token in inside if token.type != "WORD")
        read.append(ContactEntry(rule=rule, type=head.type, text=text, start=start, body=body, stop=end, marks=marks))
    return read


def _is_token(leaf: object) -> bool:
    return isinstance(leaf, Token)


def has_copy_words(text: str) -> bool:
    """Whether words stand in the text for how a report can be had: 下载, 查阅."""
    return any(match.lastgroup == "COPY" for match in _scan().finditer(text))


def has_page_words(text: str) -> bool:
    """Whether words of a web page's own furniture stand in the text: 主办单位, ICP备."""
    return any(match.lastgroup == "FOOTER" for match in _scan().finditer(text))

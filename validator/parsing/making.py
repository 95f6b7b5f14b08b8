"""The text of a grammar → its tables, by Lark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from validator.parsing.tables import CHILD, DROP, INLINE, Grammar

_RULE = re.compile(r"^([a-z_]+):", re.MULTILINE)
_TERMINAL = re.compile(r"^([A-Z_]+)(?:\.\d+)?:", re.MULTILINE)


def build(text: str) -> Any:
    """Lark's parser of the grammar, which begins with its first rule; tokens come from elsewhere."""
    from lark import Lark
    from lark.lexer import Lexer

    class Given(Lexer):
        """Takes tokens as they are given."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, data: Any) -> Iterator[Any]:  # type: ignore[override]  # Lark gives a lexer made like this the tokens alone
            yield from data

    wanted = _Kept(tuple(_TERMINAL.findall(text)))
    return Lark(text, start=_RULE.findall(text)[0], parser="lalr", lexer=Given, postlex=wanted, maybe_placeholders=False)


class _Kept:
    """Tells Lark to keep the terminals that no rule names: contact.lark's labels and notes."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.always_accept = names

    def process(self, stream: Iterator[Any]) -> Iterator[Any]:
        """Lark's hook on the tokens: nothing is changed."""
        return stream


def made(text: str) -> Grammar:
    """The tables of the grammar."""
    lark = build(text)
    first = lark.options.start[0]
    table = lark.parser.parser._parse_table
    numbers = {state: number for number, state in enumerate(table.states)}
    rules = list(dict.fromkeys(lark.rules))

    def action(kind: Any, to: Any) -> int:
        return numbers[to] if str(kind) == "Shift" else -1 - rules.index(to)

    found = sorted((terminal for terminal in lark.terminals if terminal.pattern), key=lambda terminal: -terminal.priority)
    return Grammar(
        start=numbers[table.start_states[first]],
        end=numbers[table.end_states[first]],
        states=tuple({str(name): action(*entry) for name, entry in sorted(state.items())} for state in table.states.values()),
        rules=tuple((str(rule.origin.name), str(_name(rule)), tuple(map(_part, rule.expansion))) for rule in rules),
        terminals={str(terminal.name): terminal.pattern.to_regexp() for terminal in found},
    )


def _name(rule: Any) -> Any:
    """What a node of the rule is called. A rule that vanishes where it has one child would need more than tables."""
    assert rule.alias or not rule.options.expand1, f"{rule.origin.name}: the driver knows no `?` without an alias"
    return rule.alias or rule.origin.name


def _part(symbol: Any) -> int:
    """What becomes of a symbol, as Lark has it: names with an underscore do not show."""
    if symbol.is_term:
        return DROP if symbol.filter_out else CHILD
    return INLINE if symbol.name.startswith("_") else CHILD

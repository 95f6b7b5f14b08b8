"""Grammars at work. Lark makes the tables of a .lark file (making.py); they are shipped beside it, and a driver of a page runs them.

Lark takes longer to build the three grammars than the program takes for a report. `python scripts/make_tables.py` writes tables.json
anew; a grammar changed since then is built by Lark on the spot, so that nothing depends on remembering it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from validator.base.records import positional_record, record

#: What becomes of a symbol of a rule: it is left out, is a child, or gives its own children.
DROP, CHILD, INLINE = range(3)
_END = "$END"
_GROWS = (INLINE, CHILD)


@positional_record
class Node:
    """A rule as found: its name, and the nodes and values of tokens under it."""

    data: str
    children: list[Any]

    def leaves(self) -> Iterator[Any]:
        """The values of all tokens under it, in order."""
        for child in self.children:
            if isinstance(child, Node):
                yield from child.leaves()
            else:
                yield child


class Misfit(ValueError):
    """A token that does not fit. `value` is the token's; None at the end."""

    def __init__(self, value: Any) -> None:
        super().__init__("a token does not fit")
        self.value = value


@record
class Grammar:
    """The LALR tables of a grammar.

    `states`: symbol → the next state, or -1 - the rule to reduce by; `rules`: symbol, name of the node, and what becomes of the parts;
    `terminals`: those with an expression, the first to try first.
    """

    start: int
    end: int
    states: tuple[Mapping[str, int], ...]
    rules: tuple[tuple[str, str, tuple[int, ...]], ...]
    terminals: Mapping[str, str]

    def parse(self, tokens: Iterable[tuple[str, Any]]) -> Node:
        """The tree over the tokens' values; a token is its terminal and a value. Raises Misfit."""
        table, states = self.states, [self.start]
        values: list[Any] = []  # nodes, and values of tokens as they were given
        for terminal, value in tokens:
            while True:
                action = table[states[-1]].get(terminal)
                if action is None:
                    raise Misfit(value)
                if action >= 0:
                    break
                self._reduce(states, values, -1 - action)
            states.append(action)
            values.append(value)
        while states[-1] != self.end:
            action = table[states[-1]].get(_END)
            if action is None:
                raise Misfit(None)
            self._reduce(states, values, -1 - action)
        tree: Node = values[-1]
        return tree

    def _reduce(self, states: list[int], values: list[Any], number: int) -> None:
        """Replace what a rule's parts left on the stacks by the rule's node."""
        symbol, name, parts = self.rules[number]
        if parts == _GROWS and values[-2].data == name:  # most reductions: a list and one more
            values[-2].children.append(values.pop())
            del states[-2:]
            states.append(self.states[states[-1]][symbol])
            return
        children: list[Any] = []
        if size := len(parts):
            for part, value in zip(parts, values[-size:], strict=True):
                if part == CHILD:
                    children.append(value)
                elif part == INLINE:  # a list grows in place: its first part is the list so far
                    children = [*children, *value.children] if children else value.children
            del states[-size:], values[-size:]
        states.append(self.states[states[-1]][symbol])
        values.append(Node(name, children))


@cache
def grammar(name: str) -> Grammar:
    """The grammar of a .lark file, named by its path from this folder: report/report.lark."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    held = _shipped().get(name)
    if held and held["text"] == digest(text):
        return revived(held)
    from validator.parsing.making import made

    return made(text)


@cache
def _shipped() -> Mapping[str, Any]:
    path = Path(__file__).with_name("tables.json")
    held: Mapping[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
    return held


def digest(text: str) -> str:
    """What tells whether tables belong to a grammar's text."""
    return sha256(text.encode()).hexdigest()


def plain(made: Grammar) -> dict[str, Any]:
    """The tables as JSON holds them."""
    return {"start": made.start, "end": made.end, "states": made.states, "rules": made.rules, "terminals": made.terminals}


def revived(held: Mapping[str, Any]) -> Grammar:
    """The tables that `plain` gave."""
    rules = tuple((symbol, name, tuple(parts)) for symbol, name, parts in held["rules"])
    return Grammar(start=held["start"], end=held["end"], states=tuple(held["states"]), rules=rules, terminals=held["terminals"])

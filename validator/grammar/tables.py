"""Grammars at work: Lark makes the tables of a .lark file, a driver runs them. Tables are kept: making them takes longer than a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from validator import kept
from validator.records import positional_record, record

#: What becomes of a symbol of a rule: it is left out, is a child, or gives its own children.
DROP, CHILD, INLINE = range(3)
_END = "$END"


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


@record
class Grammar:
    """The LALR tables of a grammar: states of shifts (a state), or reductions (-1 - a rule), and gotos; rules as name and parts.

    `terminals`: those with an expression of their own, the first to try first.
    """

    start: int
    end: int
    states: tuple[Mapping[str, int], ...]
    rules: tuple[tuple[str, tuple[int, ...]], ...]
    terminals: Mapping[str, str]

    def parse(self, tokens: Iterable[tuple[str, Any]]) -> Node:
        """The tree over the tokens' values; each token is its terminal and a value. KeyError where one does not fit."""
        states, values = [self.start], []  # type: ignore[var-annotated]
        for terminal, value in tokens:
            while (action := self.states[states[-1]][terminal]) < 0:
                self._reduce(states, values, -1 - action)
            states.append(action)
            values.append(value)
        while states[-1] != self.end:
            self._reduce(states, values, -1 - self.states[states[-1]][_END])
        return values[-1]  # type: ignore[no-any-return]

    def _reduce(self, states: list[int], values: list[Any], number: int) -> None:
        """Replace what a rule's parts left on the stacks by the rule's node."""
        name, parts = self.rules[number]
        children: list[Any] = []
        if parts:
            for part, value in zip(parts, values[-len(parts) :], strict=True):
                if part == CHILD:
                    children.append(value)
                elif part == INLINE:  # a list grows in place: its first part is the list so far
                    children = [*children, *value.children] if children else value.children
            del states[-len(parts) :], values[-len(parts) :]
        states.append(self.states[states[-1]][name])
        values.append(Node(name, children))


def grammar(path: Path, *, terminals: tuple[str, ...] = ()) -> Grammar:
    """The grammar of a .lark file whose first rule is `start`. `terminals`: those for its lexer alone, which no rule names."""
    text = path.read_text(encoding="utf-8")
    held = kept.store.get(f"grammar:{path.name}")
    if isinstance(held, dict) and held.get("text") == text and (made := _revived(held)):
        return made
    made = _made(text, terminals)
    plain = {"start": made.start, "end": made.end, "states": made.states, "rules": made.rules, "terminals": made.terminals}
    kept.store.put(f"grammar:{path.name}", {"text": text, **plain})
    return made


def _revived(held: Mapping[str, Any]) -> Grammar | None:
    """Kept tables; None where they are not what they claim to be."""
    try:
        made = Grammar(
            start=int(held["start"]),
            end=int(held["end"]),
            states=tuple({str(name): int(action) for name, action in state.items()} for state in held["states"]),
            rules=tuple((str(name), tuple(map(int, parts))) for name, parts in held["rules"]),
            terminals={str(name): str(source) for name, source in held["terminals"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    sound = all(-len(made.rules) <= action < len(made.states) for state in made.states for action in state.values())
    return made if sound and {made.start, made.end} <= set(range(len(made.states))) else None


def _made(text: str, terminals: tuple[str, ...]) -> Grammar:
    """The tables as Lark makes them."""
    from lark import Lark
    from lark.lexer import Lexer

    class Outside(Lexer):
        """Stands for the lexers of the modules that use the grammar."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, data: Any) -> Iterator[Any]:  # type: ignore[override]
            raise NotImplementedError

    lark = Lark(text, parser="lalr", lexer=Outside, postlex=_Wanted(terminals))
    table = lark.parser.parser._parse_table  # type: ignore[attr-defined]
    numbers = {state: number for number, state in enumerate(table.states)}
    rules = list(dict.fromkeys(lark.rules))

    def action(kind: Any, to: Any) -> int:
        return numbers[to] if str(kind) == "Shift" else -1 - rules.index(to)

    found = sorted((terminal for terminal in lark.terminals if terminal.pattern), key=lambda terminal: -terminal.priority)
    return Grammar(
        start=numbers[table.start_states["start"]],
        end=numbers[table.end_states["start"]],
        states=tuple({str(name): action(*entry) for name, entry in state.items()} for state in table.states.values()),
        rules=tuple((str(rule.origin.name), tuple(map(_part, rule.expansion))) for rule in rules),
        terminals={str(terminal.name): terminal.pattern.to_regexp() for terminal in found},
    )


class _Wanted:
    """Tells Lark to keep terminals that no rule names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.always_accept = names

    def process(self, stream: Iterator[Any]) -> Iterator[Any]:
        """Lark's hook on the tokens: nothing is changed."""
        return stream


def _part(symbol: Any) -> int:
    """What becomes of a symbol, as Lark has it: names with an underscore do not show."""
    if symbol.is_term:
        return DROP if symbol.filter_out else CHILD
    return INLINE if symbol.name.startswith("_") else CHILD

"""Which repair comes first: what the text and last year's report say, then how people err."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from validator.base.records import record
from validator.explain.search import Solution
from validator.model import Cell, Change, Evidence, FormTable, Identity, Value

#: How easily a slip is made: 0 the likeliest. A change without a name costs most.
_SLIPS = {"blank": 1, "swapped": 1, "ten": 1, "doubled": 1, "dropped": 1, "total": 2, "twice": 2, "digit": 3}
_NAMELESS = 4
_PAIR = {"shifted": 1, "moved": 3}

Key = tuple[int, int, float, tuple[tuple[int, int], ...]]


@record
class Judge:
    """What the ranking looks at: the table, what is printed in it, the sums, and what other sources say."""

    table: FormTable
    printed: Mapping[Cell, Value | None]  # None: blank
    identities: Sequence[Identity]  # of the failing sums
    sound: Sequence[Identity] = ()  # of the sums that hold
    evidence: Mapping[Cell, Sequence[Evidence]] = field(default_factory=dict)
    twice: tuple[str, ...] = ()  # rows whose figures are liable to be counted in another row too

    def changes(self, solution: Solution) -> tuple[Change, ...]:
        """The repair as the contract tells it, in the form's order."""
        ordered = sorted(solution.items(), key=lambda item: self._place(item[0]))
        return tuple(Change(cell=cell, actual=self.printed[cell], expected=value) for cell, value in ordered)

    def key(self, changes: Sequence[Change]) -> Key:
        """The smaller, the likelier."""
        names = [self.slip(change) for change in changes]
        cost = sum(_SLIPS.get(name or "", _NAMELESS) for name in names)
        pair = self.pair(changes)
        if pair is not None:
            cost = min(cost, _PAIR[pair])
        size = sum(abs(float((change.expected or 0) - (change.actual or 0))) for change in changes)
        return -self.agreeing(changes), cost, size, tuple(self._place(change.cell) for change in changes)

    def agreeing(self, changes: Sequence[Change]) -> int:
        """How many sources the table would agree with after these changes, against how many it would contradict by them."""
        score = 0
        for change in changes:
            for witness in self.evidence.get(change.cell, ()):
                score += (witness.value == change.expected) - (witness.value == (change.actual or 0))
        return score

    def witnesses(self, changes: Sequence[Change]) -> tuple[Evidence, ...]:
        """The sources that say what these changes would make of the figures."""
        return tuple(w for change in changes for w in self.evidence.get(change.cell, ()) if w.value == change.expected)

    def disputed(self, solutions: Sequence[Sequence[Change]]) -> Sequence[tuple[Evidence, tuple[int, ...]]]:
        """The sources that speak against some of these repairs, but not against all, with the numbers of those, from 1."""
        numbers: dict[int, tuple[Evidence, list[int]]] = {}
        for number, changes in enumerate(solutions, 1):
            for witness in (w for change in changes for w in self.evidence.get(change.cell, ()) if w.value != change.expected):
                against = numbers.setdefault(id(witness), (witness, []))[1]
                if number not in against:
                    against.append(number)
        return [(witness, tuple(against)) for witness, against in numbers.values() if len(against) < len(solutions)]

    def unentered(self, rule: str) -> tuple[Cell, Value, Value, Value] | None:
        """Cases that stand in no row: the column's total, how many they are, and what the rows and the table's total say.

        The sums of that rule fall short by the same number in one column and in that of the totals, and other sums confirm both totals.
        """
        totals = [(_sole_total(identity), identity) for identity in self.identities if identity.rule == rule]
        short = {cell: -self._over(identity) for cell, identity in totals if cell is not None}
        if len(short) != 2 or len(self.identities) != 2 or len(set(short.values())) != 1:
            return None
        confirmed = {cell for identity in self.sound if identity.rule != rule and identity.row is None for _, cell in identity.terms}
        whole = next((cell for cell in short if cell.column in self.table.adds), None)
        part = next((cell for cell in short if cell is not whole), None)
        if whole is None or part is None or part.column not in self.table.groups[self.table.adds[whole.column or ""]]:
            return None
        amount, total = short[part], self.printed[whole]
        if not amount > 0 or total is None or not confirmed >= {whole, part}:
            return None
        return part, amount, total - amount, total

    def slip(self, change: Change) -> str | None:
        """The name of the slip that makes the one figure out of the other, if it has one."""
        actual, right = change.actual, change.expected
        if actual is None:
            return "blank"
        if right is None or not isinstance(actual, int) or not isinstance(right, int):
            return None
        return _keyed(str(actual), str(right)) or self._copied(change.cell, actual, actual - right) or _one_digit(str(actual), str(right))

    def _copied(self, cell: Cell, actual: int, over: int) -> str | None:
        """A total typed over a part, or another row's figure counted in with this one."""
        beside = [(other, factor) for identity in self.identities for factor, other in _others(identity, cell) if self.printed.get(other)]
        if over > 1 and any(other.row in self.twice and self.printed.get(other) == over for other, _ in beside):
            return "twice"  # one too many of one is chance too often
        return "total" if any(factor < 0 and self.printed.get(other) == actual for other, factor in beside) else None

    def pair(self, changes: Sequence[Change]) -> str | None:
        """Two figures that belong together: one in the other's place (shifted), or cases booked in the wrong one (moved)."""
        if len(changes) != 2:
            return None
        first, other = changes
        same = first.cell.row == other.cell.row, first.cell.column == other.cell.column
        if not any(same):
            return None
        if self._adjacent(first.cell, other.cell) and first.expected == (other.actual or 0) and other.expected == (first.actual or 0):
            return "shifted"
        by = [(change.expected or 0) - (change.actual or 0) for change in changes]
        return "moved" if by[0] == -by[1] else None

    def counted_twice(self) -> str | None:
        """The row whose figures are exactly what the failing columns have too many of, if there is one."""
        if any(identity.row is not None for identity in self.identities):
            return None
        overs = {identity.column: self._over(identity) for identity in self.identities}
        parts = {column: over for column, over in overs.items() if column not in self.table.adds}
        whole = all(over == sum(parts.values()) for column, over in overs.items() if column in self.table.adds)
        return next((row for row in self.twice if parts and whole and all(self._holds(row, *part) for part in parts.items())), None)

    def _over(self, identity: Identity) -> Value:
        return sum(factor * (self.printed.get(cell) or 0) for factor, cell in identity.terms)

    def _holds(self, row: str, column: str | None, value: Value) -> bool:
        cell = Cell(table=self.table.key, row=row, column=column)
        part = any(factor > 0 and other == cell for identity in self.identities for factor, other in identity.terms)
        return part and value > 0 and self.printed.get(cell) == value

    def _adjacent(self, first: Cell, other: Cell) -> bool:
        (row, column), (row2, column2) = self._place(first), self._place(other)
        return abs(row - row2) + abs(column - column2) == 1

    def _place(self, cell: Cell) -> tuple[int, int]:
        return place(self.table, cell.row, cell.column)


def _sole_total(identity: Identity) -> Cell | None:
    """The one cell that a column's sum calls its total."""
    totals = [cell for factor, cell in identity.terms if factor < 0]
    return totals[0] if identity.row is None and len(totals) == 1 else None


def _others(identity: Identity, cell: Cell) -> Sequence[tuple[int, Cell]]:
    """The other terms of an identity in which the figure is a part."""
    if not any(other == cell and factor > 0 for factor, other in identity.terms):
        return ()
    return [(factor, other) for factor, other in identity.terms if other != cell]


def place(table: FormTable, row: str | None, column: str | None) -> tuple[int, int]:
    """Where a row and a column stand in the form; what it does not have comes last."""
    rows, columns = [r.key for r in table.rows if not r.optional or r.key == row], [c.key for c in table.columns]
    return rows.index(row) if row in rows else len(rows), columns.index(column) if column in columns else len(columns)


def _one_digit(actual: str, right: str) -> str | None:
    """One digit of several is another."""
    alike = len(actual) == len(right) > 1 and sum(a != b for a, b in zip(actual, right, strict=True)) == 1
    return "digit" if alike else None


def _keyed(actual: str, right: str) -> str | None:
    """How one string of digits turns into the other at the keyboard."""
    if actual == right + "0" or right == actual + "0":
        return "ten"
    if len(actual) == len(right):
        differ = [i for i, (a, b) in enumerate(zip(actual, right, strict=True)) if a != b]
        if len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(actual) == sorted(right):
            return "swapped"
        return None
    for shorter, longer, name in ((actual, right, "dropped"), (right, actual, "doubled")):
        if len(longer) == len(shorter) + 1 and len(shorter) > 0:
            for i in range(len(longer)):
                # a digit too many is a slip of the finger only where it repeats its neighbour; a digit lost can be any
                repeats = i > 0 and longer[i] == longer[i - 1]
                if longer[:i] + longer[i + 1 :] == shorter and (repeats or (name == "dropped" and len(shorter) > 1)):
                    return name
    return None

"""Mistakes in rule files: each with its file, its line and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.base.records import record
from validator.base.shown import one_line
from validator.messages import enumerated
from validator.model import Text


@record
class Diagnostic:
    """One mistake in a rule file or in nianbao.yaml."""

    path: str
    line: int  # 1-based
    text: Text

    def render(self, lang: str = "zh") -> str:
        """`file:line: sentence`, as editors and terminals understand it."""
        return one_line(f"{self.path}:{self.line}: {self.text[lang]}")


class PackError(Exception):
    """Rule files that cannot be used; `problems` holds every mistake in all of them, by file and line."""

    def __init__(self, problems: Sequence[Diagnostic]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.path, problem.line)))
        super().__init__(self.render("zh"))

    def render(self, lang: str = "zh") -> str:
        """All mistakes, one a line."""
        return "\n".join(problem.render(lang) for problem in self.problems)


class Diagnostics:
    """Collects the mistakes of one file. `trusted`: the file is of the built-in book, whose patterns are tested.

    `many`: the file holds options of many rules (nianbao.yaml), so that its name need not be a rule's.
    """

    def __init__(self, path: str, *, trusted: bool = True, many: bool = False) -> None:
        self.path, self.trusted, self.many = path, trusted, many
        self.problems: list[Diagnostic] = []

    def add(self, line: int | None, text: Text) -> None:
        """Add a mistake. `line`: 1-based; None where it is not known, which counts as the first."""
        self.problems.append(Diagnostic(path=self.path, line=line or 1, text=text))


def listing(names: Iterable[object], *, most: int = 40) -> Text:
    """Names for a message: 甲、乙、丙 and a, b, c."""
    every = list(names)
    shown = enumerated(every[:most])
    return {language: words + " …" for language, words in shown.items()} if len(every) > most else shown

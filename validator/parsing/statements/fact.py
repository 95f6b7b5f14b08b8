"""A fact of the running text."""

from __future__ import annotations

from typing import Literal

from validator.base.records import record
from validator.model import Passage, Value

Measure = Literal["exact", "estimate", "cumulative", "claim"]
Scope = Literal["own", "level", "below", "elsewhere"]
Anchor = Literal["clause", "sentence", "paragraph"]


@record
class Fact:
    """One figure, or one statement that there is none, in the running text."""

    kind: str  # received, granted, review.upheld …: a kind of phrases.yaml
    value: Value
    unit: str = ""  # as printed; '' none
    measure: Measure = "exact"
    year: int | None = None  # where the clause or its sentence names another year than the report's
    scope: Scope = "own"
    actor: str = ""  # who is said to have acted, as printed: 县政府办公室; or the level: 全县
    soft: str = ""  # a word that leaves the reading open: 其中, 新发生
    anchor: Anchor = "clause"  # where its subject is named
    none: bool = False  # stated in words: 未收到
    section: int | None = None
    passage: Passage
    start: int  # 0-based in passage.text
    length: int
    quote: str = ""  # at most 20 characters, without spaces
    line: int = 0  # number of the paragraph, and of its sentence's first character: facts of one sentence share both
    sentence: int = 0

    @property
    def comparable(self) -> bool:
        """Whether it is a figure of the report's own year that a table can be held against."""
        return self.measure == "exact" and self.year is None and self.scope != "elsewhere"


@record
class Circumstances:
    """How a figure or a statement is meant: the fields of `Fact` of the same names."""

    measure: Measure
    year: int | None
    scope: Scope
    actor: str
    soft: str

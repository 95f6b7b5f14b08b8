"""Labels of rows and columns that are not the form's, and words of older forms in the tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from validator.base.records import record
from validator.model import Cell, Hit, Label, Skip, Spot, Subject
from validator.text.characters import Pattern, bare

_MOST = 4096  # labels remembered


@record
class Labels:
    """`changed`: a label near the form's, not the form's; `retired`: a label in a table that one of `words` matches."""

    look_for: Literal["changed", "retired"]
    words: tuple[Pattern, ...] = ()

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A hit for each changed label; one for all retired words."""
        return self._changed(subject) if self.look_for == "changed" else self._retired(subject)

    def _changed(self, subject: Subject) -> Iterable[Hit | Skip]:
        named: set[tuple[str, str]] = set()
        for table in subject.figures.form.tables:
            reading = subject.figures.tables[table.key]
            labels = [(row.label, Cell(table=table.key, row=row.key)) for row in reading.rows if row.key and row.label]
            labels += [(label, Cell(table=table.key, column=label.key)) for label in reading.columns]
            for label, cell in labels:
                item = (table.row(cell.row) if cell.row else table.column(label.key)) if label.match == "changed" else None
                if item is not None and (table.key, label.key) not in named:
                    named.add((table.key, label.key))
                    yield _changed(label, cell, item.label)
            yield from (_changed(label, Cell(table=table.key), label.key) for label in reading.bands)

    def _retired(self, subject: Subject) -> Iterable[Hit | Skip]:
        retired = []
        for table in subject.report.tables:
            for cell in (cell for row in table.rows for cell in row.cells if cell.kind in ("label", "text")):
                if self._old(cell.text):
                    retired.append((cell.block, cell.start, cell.text))
        for passage in (p for section in subject.report.sections for p in section.passages):  # tables whose cells stand one a line
            if len(passage.text) <= 16 and self._old(passage.text):
                retired.append((passage.places[0][1], 0, passage.text))
        if retired:
            block, start, text = retired[0]
            words = "".join(f"“{bare(text)[:14]}”" for _, _, text in retired[:3])
            facts = {"labels": words, "count": len(retired), "blocks": tuple(block for block, _, _ in retired)}
            yield Hit(spot=Spot(block=block, start=start, length=len(text)), facts=facts, actual=bare(text))

    def _old(self, text: str) -> bool:
        """Whether one of the words stands in it; told once for each label, which comes again in every report."""
        if text not in self._judged_words:
            if len(self._judged_words) >= _MOST:
                self._judged_words.clear()
            self._judged_words[text] = any(word.search(bare(text)) for word in self.words)
        return self._judged_words[text]

    @cached_property
    def _judged_words(self) -> dict[str, bool]:
        return {}


def _changed(label: Label, cell: Cell, form: str) -> Hit:
    printed = "".join(label.text.split())
    spot = Spot(block=label.block, start=label.start, length=len(label.text), cell=cell)
    return Hit(spot=spot, expected=form, actual=printed, facts={"printed": printed[:20], "form": form[:24]})

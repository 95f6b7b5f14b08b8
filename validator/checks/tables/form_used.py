"""Which edition of the form a report stands on, against the one that its year asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from validator.base.records import record
from validator.messages import both
from validator.model import Cell, Hit, Label, Skip, Spot, Subject


@record
class FormUsed:
    """`older`, `newer`: another form stands where one is due; `mixed`: labels of two forms; `before`: no form was in force yet."""

    look_for: Literal["older", "newer", "mixed", "before"]
    labels: int = 2  # the fewest labels of its own that show a form is used

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """At most one hit, at the first label of the wrong form."""
        return {"older": self._other, "newer": self._other, "mixed": self._mixed, "before": self._before}[self.look_for](subject)

    def _other(self, subject: Subject) -> Iterable[Hit | Skip]:
        figures = subject.figures
        form, due = figures.form, figures.form_due
        if due is None:
            yield Skip(reason=both("checks.no-form-due"))
        elif form.id != due.id and len(figures.own_labels) >= self.labels:
            if ((form.first_year or 0) < (due.first_year or 0)) == (self.look_for == "older"):
                telling = [label for label in figures.own_labels if label.key not in due.signature]
                hit = _hit(telling or figures.own_labels, {"used": form.name, "due": due.name, "document": due.document})
                yield replace(hit, form=due.id)

    def _mixed(self, subject: Subject) -> Iterable[Hit | Skip]:
        figures = subject.figures
        for labels in figures.foreign_labels.values():
            if labels and figures.own_labels:
                due = figures.form_due
                wrong = labels if due is None or due.id == figures.form.id else figures.own_labels
                yield _hit(wrong, {"count": len(wrong)}, tuple(Cell(table=table.key) for table in figures.form.tables))

    def _before(self, subject: Subject) -> Iterable[Hit | Skip]:
        year, figures = subject.report.year, subject.figures
        if year is not None and figures.form_due is None:
            yield Hit(spot=Spot(block=subject.report.title.block if subject.report.title else None), facts={"year": year})


def _hit(labels: Sequence[Label], facts: dict[str, object], cells: tuple[Cell, ...] = ()) -> Hit:
    """A hit at the first label, naming up to three."""
    first = labels[0]
    words = "".join(f"“{''.join(label.key.split())[:14]}”" for label in labels[:3])
    return Hit(
        spot=Spot(block=first.block, start=first.start, length=len(first.text)),
        facts={"labels": words, **facts},
        actual="、".join(label.key for label in labels[:5]),
        cells=cells,
    )

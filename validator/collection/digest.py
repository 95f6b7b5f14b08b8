"""What the rules over a set need of one report, small enough to be held for thousands."""

from __future__ import annotations

from validator.model import Digest, Figures, Report


def digest(report: Report, figures: Figures) -> Digest:
    """The digest of a report as it was read."""
    return Digest(figures={f"{cell.table}.{cell.row}.{cell.column}": figure.value for cell, figure in figures.by_cell.items()})

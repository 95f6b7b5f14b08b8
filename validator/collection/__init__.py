"""Many reports together: which unit and year each is of, what last year's says of this year's, what the set lacks."""

from __future__ import annotations

from validator.model import Book, County, Run


def viewed(run: Run, book: Book, county: County) -> Run:
    """The run with what shows only when its reports are seen together."""
    return run

"""The result of a file that could not be read: one finding, of the rule that reports the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, runtime_checkable

from validator.engine.findings import of_file
from validator.model import INPUT, Answer, Book, FileResult, Hit, Observation, Outcome, Rule, UnreadableError


@runtime_checkable
class _ObservationCheck(Protocol):
    """A check of a reader's observations, which makes hits for a file that has no report."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons (codes of observations) that it reports."""

    def tell(self, observations: Iterable[Observation]) -> Iterable[Hit]:
        """A hit for each observation."""


def unreadable(
    book: Book, path: str, error: UnreadableError | str, *, part: int | None = None, detail: Mapping[str, object] | None = None
) -> FileResult:
    """The result of an input that cannot be read; `detail`: facts for the sentences beside those of the error.

    It is made whatever --select and --ignore say, since an unread file must never look like a clean one.
    """
    reason, details = (error, {}) if isinstance(error, str) else (error.reason, error.detail)
    rule, check = _speaker(book, reason)
    hit = next(iter(check.tell([Observation(code=reason, detail={**(detail or {}), **details})])))
    return FileResult(path=path, part=part, findings=(of_file(rule, hit),), outcomes=(Outcome(rule=rule.id, answer=Answer.FAIL),))


def _speaker(book: Book, reason: str) -> tuple[Rule, _ObservationCheck]:
    """The rule that reports a reason, else the rule with the role `unreadable`. LookupError in a book that has neither."""
    speaking = [(rule, rule.check) for rule in book.rules if rule.category == INPUT and isinstance(rule.check, _ObservationCheck)]
    for rule, check in speaking:
        if reason in check.codes:
            return rule, check
    for rule, check in speaking:
        if rule.role == "unreadable":
            return rule, check
    raise LookupError("no rule of the book has the role 'unreadable'")

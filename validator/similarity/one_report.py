"""Whether two files of one name and year can be one report at all, in several renditions or drafts: by what figures and texts share.

That nothing contradicts proves nothing: two files without a table, or with zeros alone, agree in every figure that both have.
"""

from __future__ import annotations

from validator.model import Member
from validator.similarity.pairs import hashes_of
from validator.similarity.same_figures import shared_figures

#: The share of the signature of the shorter text that stands in the longer one, from which on a text was made out of the other.
_ALIKE = 0.3
#: The same where there is no figure other than 0 to compare.
_NEARLY_EQUAL = 0.8
#: Hashes that a text must have before its likeness proves anything: some 40 letters of its own.
_LEAST = 8
#: Equal figures other than 0 that prove it where the texts do not, if at least half of all compared figures are equal.
_EQUAL = 3


def one_report(first: Member, second: Member) -> bool:
    """Whether something shows that both are of one report: like texts, or figures other than 0 that are mostly equal."""
    likeness = _likeness(first, second)
    equal, compared = _shared(first, second)
    if likeness is not None and likeness >= (_ALIKE if compared else _NEARLY_EQUAL):
        return True
    return equal >= _EQUAL and 2 * equal >= compared


def _shared(first: Member, second: Member) -> tuple[int, int]:
    """How many figures are equal and not 0; how many of those that both have are not 0 on either side."""
    compared = [(ours, theirs) for ours, theirs in shared_figures(first, second).values() if ours != 0 or theirs != 0]
    return sum(ours == theirs for ours, theirs in compared), len(compared)


def _likeness(first: Member, second: Member) -> float | None:
    """The share of the shorter signature that the longer one has; None where one is too short to tell."""
    ours, theirs = _hashes(first), _hashes(second)
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least >= _LEAST else None


def _hashes(member: Member) -> frozenset[int]:
    sketch = member.file.digest.sketch if member.file.digest else None
    return hashes_of(sketch) if sketch else frozenset()

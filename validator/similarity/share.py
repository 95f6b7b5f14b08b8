"""How much of one text stands in another: exactly, by passages of letters that both have.

A letter counts where it lies in a passage of at least `PASSAGE` letters that stands in the other text too. So the order of
sentences does not matter, an edit costs the letters around it alone, and both texts share the same passages: what A has of B, B has of A.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from zlib import crc32

from validator.base.records import record
from validator.model import PartSketch, Sketch
from validator.similarity.own_text import OwnPart, OwnSentence

#: Letters that a common passage has at least: shorter ones are set phrases of the office.
PASSAGE = 10
#: A sentence is listed where this share of it stands in the other text.
_MOSTLY = 0.5
#: Letters that a run of sentences must have to be named as a copied passage.
_NAMED = 16
#: Two reports are opened and compared exactly from this fraction of the limit on.
_NEAR = 0.85


@record
class CopiedPart:
    """A part of one report, held against another report: letters of its own, and how many of them the other has."""

    part: OwnPart
    own: int
    shared: int
    runs: tuple[tuple[OwnSentence, ...], ...]  # neighbouring sentences that mostly stand in the other report, in order

    @property
    def share(self) -> float:
        """The share of its own letters that the other has; 0 where it has none of its own."""
        return self.shared / self.own if self.own else 0.0

    @property
    def paragraphs(self) -> int:
        """How many paragraphs hold the copied sentences."""
        return len({id(sentence.passage) for run in self.runs for sentence in run})


def grams(texts: Iterable[str]) -> frozenset[str]:
    """Every run of `PASSAGE` letters of the texts, each read by itself."""
    return frozenset(text[at : at + PASSAGE] for text in texts for at in range(len(text) - PASSAGE + 1))


def covered_letters(text: str, runs: Collection[str]) -> bytearray:
    """For each letter 1 where it lies in one of the known runs, else 0."""
    marks, end = bytearray(len(text)), 0
    for at in range(len(text) - PASSAGE + 1):
        if text[at : at + PASSAGE] in runs:
            begin, end = max(at, end), at + PASSAGE
            marks[begin:end] = b"\1" * (end - begin)
    return marks


def joined(part: OwnPart, common: Collection[int] = ()) -> tuple[str, tuple[OwnSentence, ...]]:
    """The part's own letters as one text and the sentences it is made of, common ones left out."""
    sentences = tuple(sentence for sentence in part.sentences if not common or sentence.mark not in common)
    return "".join(sentence.own for sentence in sentences), sentences


def compare(part: OwnPart, others: Sequence[OwnPart], common: Collection[int] = ()) -> CopiedPart:
    """The part against all parts of the other report. `common`: marks of sentences that many reports have."""
    other_grams = grams(joined(other, common)[0] for other in others)
    text, sentences = joined(part, common)
    marks = covered_letters(text, other_grams)
    return CopiedPart(part=part, own=len(text), shared=sum(marks), runs=tuple(_runs(sentences, marks)))


def comes_near(judged: Sketch, other: Sketch, limit: float, common: Collection[int] = ()) -> bool:
    """Whether a part that is judged comes near `limit` (0 to 1) of the other report, by the own letters that the signatures hold.

    It differs from the exact share where one report names the unit of the other, which `compare` is told to set aside: hence near.
    """
    texts = [_own_letters(part, common) for part in other.parts]
    other_grams = grams(texts)
    for part in judged.parts:
        text = _own_letters(part, common) if part.judged else ""
        if text and sum(covered_letters(text, other_grams)) > _NEAR * limit * len(text):
            return True
    return False


def _own_letters(part: PartSketch, common: Collection[int]) -> str:
    """A part's own letters without sentences that many reports have."""
    return "".join(line for line in part.own.split("\n") if not common or crc32(line.encode()) not in common)


def _runs(sentences: Sequence[OwnSentence], marks: bytearray) -> Iterator[tuple[OwnSentence, ...]]:
    """Neighbouring sentences that are mostly covered."""
    run: list[OwnSentence] = []
    at = 0
    for sentence in (*sentences, None):
        size = len(sentence.own) if sentence else 0
        if sentence and sum(marks[at : at + size]) > _MOSTLY * size:
            run.append(sentence)
        elif run:
            if sum(len(member.own) for member in run) >= _NAMED:
                yield tuple(run)
            run = []
        at += size

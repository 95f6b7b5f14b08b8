"""Which kind of report a document may be: by the titles on it, by the words of a form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from validator.base.patterns import TablePattern
from validator.base.regex_cache import expression
from validator.model import Block, Document, DocumentKind, Report
from validator.parsing.report.title import LONGEST, WITHIN
from validator.text.characters import Pattern, bare, even
from validator.text.paragraphs import opening

#: A sentence that speaks of a report has not its title.
_SENTENCE = expression("[,。;!?《》]")


def entitled(document: Document, kinds: Sequence[DocumentKind]) -> tuple[DocumentKind, ...]:
    """The kinds whose title stands on one of the document's first lines, or over two of them, in the order of the kinds."""
    lines = [line for block in document.blocks[: 2 * WITHIN] if (line := _line(block))]
    joined = "\n".join((*lines, *(one + two for one, two in zip(lines, lines[1:], strict=False))))
    return tuple(kind for kind in kinds if any(pattern.search(joined) for pattern in _patterns(kind)))


def _line(block: Block) -> str:
    """A line as titles are compared; none where it is too long for one, or a sentence."""
    line = bare(even(block.text)) if len(block.text) <= 2 * LONGEST else ""
    return "" if len(line) > LONGEST or _SENTENCE.search(line) else line


@lru_cache(maxsize=64)
def _compiled(source: str, trusted: bool) -> Pattern:
    return Pattern(f"(?m){source}", trusted)


def _patterns(kind: DocumentKind) -> tuple[Pattern, ...]:
    return tuple(_compiled(source, kind.trusted) for source in kind.documents)


def speaks(document: Document, kind: DocumentKind) -> bool:
    """Whether enough words of the kind's form stand in the document."""
    if not kind.words:
        return False
    text = bare(even("\n".join(block.text for block in document.blocks)))
    return sum(bare(even(word)) in text for word in kind.words) >= kind.least


def headed(report: Report, kind: DocumentKind) -> bool:
    """Whether enough headings of the form's parts stand in the report."""
    return bool(kind.headings) and len({section.number for section in report.sections if section.number}) >= kind.headings


def announced(report: Report, words: TablePattern | None) -> bool:
    """Whether the preamble names the report as what it publishes, and a heading of the form follows it."""
    if words is None or not any(section.number for section in report.sections):
        return False
    return any(words.search(text.text) for text in opening(report))

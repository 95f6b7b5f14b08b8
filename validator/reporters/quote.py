"""The line of the report that a finding is about, with private words masked."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from validator.model import Block, FileResult, Finding

#: Formats whose line numbers a clerk can see in an editor.
NUMBERED = ("text", "markdown")


class Quotes:
    """The lines of one report as they may be shown."""

    def __init__(self, file: FileResult) -> None:
        self._file = file

    def of(self, finding: Finding) -> str | None:
        """The finding's line, every masked word of the report masked; None where there is none."""
        number = finding.location.line
        text = self._line(number) if number is not None else ""
        for other in self._file.findings:
            text = _masked(text, other) if other.location.line == number else text
        for waived in self._file.waived:
            text = _masked(text, waived.finding) if waived.finding.location.line == number else text
        return text if text.strip() else None

    @cached_property
    def numbered(self) -> bool:
        """Whether line numbers mean something to who reads them."""
        return self._file.report is not None and self._file.report.document.format in NUMBERED

    @cached_property
    def _blocks(self) -> dict[int, list[Block]]:
        found: dict[int, list[Block]] = defaultdict(list)
        for block in self._file.report.document.blocks if self._file.report else ():
            found[block.line].append(block)
        return found

    def _line(self, number: int) -> str:
        """The line's blocks, each at its own offset, spaces between."""
        shown = ""
        for block in self._blocks.get(number, ()):
            gap = block.offset - 1 - len(shown)
            shown += (" " * gap if gap >= 0 else "  ") + block.text
        return shown


def _masked(text: str, finding: Finding) -> str:
    """The text with the finding's words replaced by its excerpt, where the excerpt hides characters of theirs."""
    place = finding.location
    if not place.excerpt or place.offset is None or not place.length:
        return text
    start, end = place.offset - 1, min(place.offset - 1 + place.length, len(text))
    hidden = any(char in place.excerpt and char not in text[start:end] for char in "*＊")
    if end <= start or not (hidden or finding.category == "privacy"):
        return text
    cover = place.excerpt if hidden and len(place.excerpt) == end - start else "*" * (end - start)
    return text[:start] + cover + text[end:]

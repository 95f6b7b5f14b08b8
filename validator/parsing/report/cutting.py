"""Blocks → pieces: a block is cut where a heading runs on into its text or out of it, or where a page or a table stands in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Block, Kind
from validator.parsing.report.cell_states import printed
from validator.parsing.report.headings import Headings
from validator.parsing.report.line_cells import ALONE, same_quotes
from validator.parsing.report.vocabulary import Vocabulary
from validator.text.characters import Squeezed, even, squeeze

#: Characters. A shorter block holds neither a title that runs on nor a table in one line.
LONG_LINE = 80
#: Characters. A longer block may be a whole page.
PAGE_LINE = 300
#: A table in one line has so many labels of so many characters, and they are more than this part of it.
LABELS, LABEL_LENGTH, LABEL_SHARE = 4, 4, 0.4
_TEXT_FOLLOWS = expression(r"[\s\u3000:：。]|\d{4}|[（(]")
_FIGURE = expression(r"[-+\d.,]*\d元?")


@positional_record
class BlockCutter:
    """Cuts blocks by the words of the forms. `title`: a title that its line does not end with."""

    vocabulary: Vocabulary
    headings: Headings
    title: re.Pattern[str]

    def cut(self, block: Block) -> list[Block]:
        """The pieces of a block in their order; most blocks are one."""
        text = squeeze(even(block.text))
        if block.kind is Kind.CELL:
            return self._cut_cell(block, text)
        cuts = [*self._behind_heading(block, text), *self._behind_title(text), *self._around_headings(text)]
        return [piece for part in _parts(block, cuts) for piece in self._cut_table(part)]

    def _behind_heading(self, block: Block, text: Squeezed) -> list[int]:
        """Where the text begins that stands on the line of its heading."""
        heading = self.headings.read(text.text, block.kind is Kind.HEADING)
        if heading is None or heading.end >= len(text.text):
            return []
        end = text.places[heading.end - 1] + 1
        # a whole page, or text of its own and not the rest of a longer heading
        runs_on = len(text.text) > PAGE_LINE or _TEXT_FOLLOWS.match(block.text[end : end + 4])
        return [text.places[heading.end]] if runs_on else []

    def _behind_title(self, text: Squeezed) -> list[int]:
        title = self.title.match(text.text) if len(text.text) > LONG_LINE else None
        return [text.places[title.end()]] if title and title.end() < len(text.places) else []

    def _around_headings(self, text: Squeezed) -> list[int]:
        """Where headings within the line begin and end."""
        if len(text.text) <= PAGE_LINE:
            return [text.places[place] for place in self.headings.run_in(text.text)]
        ends = [end for match in self.headings.inside.finditer(text.text) for end in match.span()]
        return [text.places[end] for end in ends if end < len(text.places)]

    def _cut_cell(self, block: Block, text: Squeezed) -> list[Block]:
        """A cell; the heading that runs on from its figure to its end is a line of its own."""
        places = self.headings.run_in(text.text)
        if len(places) != 1 or printed(block.text[: text.places[places[0]]]).state not in ALONE:
            return [block]
        figure, heading = _parts(block, [text.places[places[0]]])
        return [figure, Block(kind=Kind.LINE, text=heading.text, line=heading.line, offset=heading.offset)]

    def _cut_table(self, block: Block) -> list[Block]:
        """A long line in which labels and figures run together, apart from the text before and after them."""
        if len(block.text) < LONG_LINE:
            return [block]
        text = squeeze(even(block.text))
        labels = [match for match in self.vocabulary.pattern.finditer(same_quotes(text.text)) if len(match[0]) >= LABEL_LENGTH]
        gaps = [text.text[label.end() : following.start()] for label, following in zip(labels, labels[1:], strict=False)]
        if len(labels) < LABELS or 2 * sum(any(mark in gap for mark in ",、;。") for gap in gaps) > len(gaps):
            return [block]  # labels that a sentence names, one after the other
        start, end = labels[0].start(), self._values_end(text.text, labels[-1].end())
        cuts = [text.places[place] for place in (start, end) if 0 < place < len(text.places)]
        return _parts(block, cuts) if sum(len(label[0]) for label in labels) / (end - start) > LABEL_SHARE else [block]

    def _values_end(self, line: str, at: int) -> int:
        """Where figures and short labels that follow at once come to an end."""
        while (match := _FIGURE.match(line, at) or self.vocabulary.pattern.match(line, at)) and match.end() > at:
            at = match.end()
        return at


def _parts(block: Block, cuts: Sequence[int]) -> list[Block]:
    """The block cut at these places (0-based), spaces at the cuts left out."""
    ends = [0, *sorted(set(cuts)), len(block.text)]
    if len(ends) == 2:
        return [block] if block.text.strip() else []
    parts = []
    for start, end in zip(ends, ends[1:], strict=False):
        text = block.text[start:end]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            parts.append(replace(block, text=text.strip(), offset=block.offset + start + lead))
    return parts

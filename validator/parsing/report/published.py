"""The publication date that a page prints: beside a label, or alone under the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from validator.base.patterns import TablePattern
from validator.model import Block, Document, Passage, Published, Title
from validator.model.reading_facts import ReadingFacts
from validator.text.characters import even

#: Lines of a page before the report that are looked at.
_HEAD = 80
#: Lines under the title among which a date alone is that of publication.
_UNDER = 6
_LONGEST = 200  # characters; longer lines are prose that mentions a date


def find_published(document: Document, title: Title | None, footer: Sequence[Passage], words: ReadingFacts) -> Published | None:
    """The date in the text; else the one the reader found in the page's metadata."""
    given = document.published
    if given is not None and given.source == "text":
        return given
    blocks = [*document.blocks[:_HEAD], *(block for passage in footer for _, block in passage.places)]
    found = _labelled(blocks, words) or _alone(_around(document, title), words.published_bare)
    return found or _alone(_under(document, title), words.published_alone) or _doubtful(blocks, words) or given


def _labelled(blocks: Sequence[Block], words: ReadingFacts) -> Published | None:
    """The first date beside a label, in the same block or the one after it."""
    printed, label, day = words.published, words.published_label, words.published_day
    for block, following in pairwise([*blocks, None]):
        if block is None or len(block.text) > _LONGEST:
            continue
        text = even(block.text)
        if found := _made(printed.search(text), block):
            return found
        if following is not None and label.fullmatch(text) and (found := _made(day.match(even(following.text)), following)):
            return found
    return None


def _doubtful(blocks: Sequence[Block], words: ReadingFacts) -> Published | None:
    """The first date that the page calls otherwise than that of publication."""
    pattern = words.published_doubtful
    short = (block for block in blocks if len(block.text) <= _LONGEST)
    found = next((found for block in short if (found := _made(pattern.search(even(block.text)), block))), None)
    return found and replace(found, source="doubtful")


def _alone(blocks: Iterator[Block], pattern: TablePattern) -> Published | None:
    """A date in a line of its own, with nothing but the page's own words beside it."""
    return next((found for block in blocks if (found := _made(pattern.match(even(block.text)), block))), None)


def _around(document: Document, title: Title | None) -> Iterator[Block]:
    """The short lines above the title and right under it."""
    if title is not None:
        yield from (block for block in document.blocks[:_HEAD] if block.line < title.block.line and len(block.text) <= _LONGEST)
        yield from _under(document, title)


def _under(document: Document, title: Title | None) -> Iterator[Block]:
    """The short lines between the title and the text."""
    if title is None:
        return
    last = (title.passage.places[-1][1] if title.passage else title.block).line
    for block in [block for block in document.blocks if block.line > last][:_UNDER]:
        if len(block.text) > _LONGEST or block.text.rstrip().endswith("。"):
            return
        yield block


def _made(found: re.Match[str] | None, block: Block) -> Published | None:
    """A match as a date; None where there is no such day."""
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return Published(day=day, source="text", line=block.line, text=block.text[found.start(1) : found.end(3)])

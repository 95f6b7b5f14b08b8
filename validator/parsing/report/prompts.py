"""The blank form's prompts and the notice's guidance left in a report: no check that looks for words reads them.

Each is blanked where the paragraphs are made, so that places stay and nobody has to think of it again; `printed` keeps what stands there
for the one rule that says that it was left in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from validator.base.patterns import TablePattern
from validator.base.regex_cache import expression
from validator.model import Passage, Section
from validator.text.characters import Squeezed, even, squeeze

#: Digits in a row that are somebody's number: no prompt of a form has any, and what holds them stays to be looked at.
_NUMBER = expression(r"\d{6}")


def without_prompts(passages: Iterable[Passage], prompts: TablePattern) -> tuple[Passage, ...]:
    """The passages with spaces where their prompts stood; `prompts` is matched against text without spaces in half width."""
    return tuple(_blanked(passage, prompts) for passage in passages)


def sections_without(sections: Iterable[Section], prompts: TablePattern) -> Iterator[Section]:
    """The same of sections."""
    for section in sections:
        passages = without_prompts(section.passages, prompts)
        changed = any(new is not old for new, old in zip(passages, section.passages, strict=True))
        yield replace(section, passages=passages) if changed else section


def _blanked(passage: Passage, prompts: TablePattern) -> Passage:
    read = squeeze(passage.text)
    spans = list(_spans(read, prompts)) if read.text else []
    if not spans:
        return passage
    text = _with_spaces(passage.text, spans)
    return replace(passage, text=text, printed=passage.text)


def _spans(read: Squeezed, prompts: TablePattern) -> Iterator[tuple[int, int]]:
    for found in prompts.finditer(even(read.text)):
        if found.end() > found.start() and not _NUMBER.search(found[0]):
            yield read.span(found.start(), found.end())


def _with_spaces(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text

"""Marks and counting words in the running text: brackets that stay open, sentences without an end, 一是 … 三是."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.model import Hit, Subject
from validator.text.characters import Pattern
from validator.text.numerals import listed, numeral, ordinal
from validator.text.paragraphs import Paragraph, body

_PAIRS = {"(": ")", "《": "》", "“": "”", "【": "】"}  # not 〔, which web pages lose
_BRACKETS = expression(r"[()《》“”【】]")
_ORDINAL = expression(rf"(?:^|(?<=[,。;:!?、)”]))({listed(3)})是(?!否|不是)")
_ENDED = tuple("。!?;:…)》”】〕—-~")


@record
class Marks:
    """`brackets`: one hit for a paragraph with a bracket left open or a sentence without its end; `numbering`: a series out of order."""

    find: Literal["brackets", "numbering"]
    shortest: int = 30  # characters of a paragraph that is taken for sentences
    sentence: Pattern | None = None  # what is a sentence however short it is, from its beginning
    bracket: Pattern | None = None  # a sentence that ends with its bracket and no stop
    tail: Pattern | None = None  # what ends with a mark that a page's code took the beginning of

    def run(self, subject: Subject) -> Iterable[Hit]:
        """The hits in the order of the text."""
        texts = body(subject)
        tables = {table.section for table in subject.figures.form.tables}  # what stands beside a table is its notes
        for before, text, following in zip([None, *texts], texts, [*texts[1:], None], strict=False):
            if self.find == "brackets" and (text.number is None or text.number not in tables):
                yield from self._brackets(before, text, following)
            elif self.find == "numbering":
                yield from _numbering(text)

    def _brackets(self, before: Paragraph | None, text: Paragraph, following: Paragraph | None) -> Iterator[Hit]:
        at, alone = _unpaired(text.text)
        if alone is not None and at is None and not self._opened_before(text, before, text.text[alone]):
            yield Hit(spot=text.spot(alone, alone + 1), facts={"mark": text.text[max(0, alone - 11) : alone + 1]}, variant="close")
        if at is not None and following is not None and not text.text.endswith(_ENDED) and _PAIRS[text.text[at]] in following.text:
            return  # a paragraph that the page broke in two
        if at is not None:
            yield Hit(spot=text.spot(at, at + 1), facts={"mark": text.text[at : at + 12]}, actual=text.text[at])
        elif self._unended(text) or (self.bracket and text.text.endswith(")") and self.bracket.search(text.text)):
            end = len(text.text)
            yield Hit(spot=text.spot(end - 1, end), facts={"mark": text.printed(max(0, end - 12), end)}, variant="end")
        yield from self._tails(text)

    def _tails(self, text: Paragraph) -> Iterator[Hit]:
        """A closing > behind a title, where the paragraph has neither its < nor another one: a way through a site has more."""
        match = self.tail.search(text.text) if self.tail and text.text.count(">") == 1 and "<" not in text.text else None
        if match:
            yield Hit(spot=text.spot(*match.span()), facts={"mark": text.printed(max(0, match.end() - 9), match.end())}, variant="tail")

    def _opened_before(self, text: Paragraph, before: Paragraph | None, mark: str) -> bool:
        """Whether the paragraph before, which the page broke off, opened what this one closes."""
        if before is None or before.text.endswith(_ENDED):
            return False
        opened = _unpaired(before.text)[0]
        return opened is not None and _PAIRS[before.text[opened]] == mark

    def _unended(self, text: Paragraph) -> bool:
        """Sentences, the last of which has no end; headings, captions, signatures and lists of data have none."""
        words = text.text
        prose = len(words) >= self.shortest and "," in words and "。" in words and not text.passage.heading
        prose = prose or self.sentence is not None and bool(self.sentence.match(words))
        return prose and not words.endswith(_ENDED) and text.number is not None and words[-1] not in ",、" and not words[-1].isascii()


def _unpaired(text: str) -> tuple[int | None, int | None]:
    """Where the first mark stands that nothing closes, and the first that closes nothing; a closing ) that nothing opened is numbering.

    Where a text uses closing quotation marks alone, on both sides of its words, nothing is missing.
    """
    waiting: list[tuple[str, int]] = []
    alone: list[int] = []
    for match in _BRACKETS.finditer(text):
        char, at = match[0], match.start()
        if char in _PAIRS:
            waiting.append((_PAIRS[char], at))
        else:
            place = next((i for i in range(len(waiting) - 1, -1, -1) if waiting[i][0] == char), None)
            if place is not None:
                del waiting[place]
            elif char != ")":
                alone.append(at)
    pairs = "“" not in text and len(alone) % 2 == 0
    return waiting[0][1] if waiting else None, alone[0] if alone and not pairs else None


def _numbering(text: Paragraph) -> Iterator[Hit]:
    """一是, 二是, 三是 in this order; a new series may begin at any place with 一是."""
    last = 0
    for match in _ORDINAL.finditer(text.text):
        number = numeral(match[1]) or 0
        if number not in (1, last + 1) and last:
            yield Hit(
                spot=text.spot(match.start(1), match.end()),
                facts={"printed": match[0], "before": _counting_word(last), "right": _counting_word(last + 1)},
                expected=_counting_word(last + 1),
                actual=match[0],
            )
            return
        last = number


def _counting_word(number: int) -> str:
    return ordinal(number) + "是"

"""One file with several reports → a document each: a report ends where another title comes and the headings begin anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Block, Document, Form, Kind, Title
from validator.model.reading_facts import ReadingFacts
from validator.parsing.report.headings import LONGEST, Found, Headings
from validator.parsing.report.title import WITHIN, TitleReader
from validator.text.characters import bare, even
from validator.text.numerals import ONES

#: Headings with something under them on both sides of a cut: where the title names another year or unit, where the same
#: title (or one without a name) stands again, and where there is no title at all.
_ENOUGH = {"other": 2, "same": 3, "none": 4}
#: Lines of the page's own between two reports.
_BETWEEN = 40
_MAYBE = expression(rf"[\s#*第]*[(（]?(?:[{ONES[:6]}]|[1-6]\s*[、.．])")


@positional_record
class _Head:
    """A heading of one of the form's parts. `full`: something stands under it, as it does not in a table of contents."""

    place: int
    number: int
    full: bool


def parted(document: Document, forms: Sequence[Form], words: ReadingFacts) -> tuple[Document, ...]:
    """The document's reports, `part` 1, 2 …; the document itself where it holds one."""
    heads = _heads(document.blocks, _headings(_Forms(tuple(forms))))
    if len(heads) == len({head.number for head in heads}):
        return (document,)
    cuts = list(_Cutter(document.blocks, heads, words).cuts())
    return _cut(document, cuts) if cuts else (document,)


def _cut(document: Document, cuts: Sequence[int]) -> tuple[Document, ...]:
    """The document in pieces; what was noticed goes with its line, what was noticed of the whole file with each."""
    ends = [0, *cuts, len(document.blocks)]
    found = []
    for part, (start, end) in enumerate(zip(ends, ends[1:], strict=False), 1):
        blocks = document.blocks[start:end]
        first, last = (1 if part == 1 else blocks[0].line), (document.blocks[end].line if end < len(document.blocks) else float("inf"))
        noticed = tuple(item for item in document.observations if item.line is None or first <= item.line < last)
        printed = document.published if document.published is not None and document.published.source == "text" else None
        own = printed if printed is not None and printed.line is not None and first <= printed.line < last else None
        found.append(replace(document, blocks=blocks, part=part, observations=noticed, published=own))
    return tuple(found)


class _Forms:
    """Forms as the key of a cache: mappings inside them cannot be hashed."""

    def __init__(self, forms: tuple[Form, ...]) -> None:
        self.forms = forms

    def __hash__(self) -> int:
        return hash(tuple(form.id for form in self.forms))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Forms) and self.forms == other.forms


@lru_cache(maxsize=4)
def _headings(held: _Forms) -> Headings:
    return Headings(tuple({section.number: section for form in held.forms for section in form.sections}.values()))


def _heads(blocks: Sequence[Block], headings: Headings) -> list[_Head]:
    """The headings of the form's parts, in reading order."""
    places = [(place, found) for place, block in enumerate(blocks) if (found := _heading(block, headings)) is not None]
    following = [place for place, _ in places[1:]] + [len(blocks)]
    return [
        _Head(place, found.number, following[i] > place + 1 or found.end < len(bare(blocks[place].text)))
        for i, (place, found) in enumerate(places)
        if found.number is not None
    ]


def _heading(block: Block, headings: Headings) -> Found | None:
    """The heading of one of the form's parts that a block is or begins with."""
    if block.kind is Kind.CELL or not (block.kind is Kind.HEADING or len(block.text) <= LONGEST or _MAYBE.match(block.text)):
        return None
    line = bare(even(block.text))
    if not _MAYBE.match(line) and block.kind is not Kind.HEADING and not headings.exact(line):
        return None
    found = headings.read(line, block.kind is Kind.HEADING)
    if found is None or found.number is None or found.match in ("other", "none"):
        return None
    return found if found.match != "near" or found.numeral in (None, found.number) else None


class _Cutter:
    """Finds the places where a further report begins."""

    def __init__(self, blocks: Sequence[Block], heads: Sequence[_Head], words: ReadingFacts) -> None:
        self.blocks, self.heads = blocks, heads
        self.reader = TitleReader(words)
        self.page, self.begins, self.opening = words.page, words.page_begins, words.opening

    def cuts(self) -> Iterator[int]:
        """Block numbers at which another report begins."""
        seen = {self.heads[0].number} if self.heads[0].full else set()
        own = [title for _, _, title in self._titles(0, self.heads[0].place)]
        for at, head in enumerate(self.heads[1:], 1):
            before = self.heads[at - 1]
            if head.number <= before.number:
                titles = self._titles(before.place + 1, head.place)
                other = any(_differs(title, own) for _, _, title in titles)
                kind = "other" if other else "same" if titles else "none"
                if self._enough(seen, at, _ENOUGH[kind], strict=kind != "other"):
                    yield self._begin(titles, before.place, head.place)
                    seen, own = set(), [title for _, _, title in titles]
            if head.full:
                seen.add(head.number)

    def _enough(self, seen: set[int], at: int, least: int, *, strict: bool) -> bool:
        """Whether so many parts stand before the place, and again in ascending order after it."""
        run: list[_Head] = []
        for head in self.heads[at:]:
            if run and head.number <= run[-1].number:
                break
            run.append(head)
        again = sum(head.full for head in run)
        return len(seen) >= least and again >= least and (not strict or run[0].number == 1)

    def _titles(self, start: int, end: int) -> list[tuple[int, int, Title]]:
        """The titles among the last lines of a stretch."""
        places = [place for place in range(start, end) if self.blocks[place].kind is not Kind.CELL][-WITHIN:]
        found = self.reader.titles([self.blocks[place] for place in places])
        return [(places[begin], places[stop - 1] + 1, title) for begin, stop, title in found]

    def _begin(self, titles: Sequence[tuple[int, int, Title]], last: int, head: int) -> int:
        """Where the report begins: at its first title, or at the page's lines that lead up to it."""
        if not titles:
            opening = (place for place in range(last + 1, head) if self.opening.match(bare(even(self.blocks[place].text))))
            return next(opening, head)
        begin, _, body = titles[-1]
        for earlier, stop, title in reversed(titles[:-1]):
            if _differs(title, [body]) or any(self._prose(block) for block in self.blocks[stop:begin]):
                break
            begin = earlier
        return self._led_up(begin, last)

    def _led_up(self, begin: int, last: int) -> int:
        """The first of the page's own lines (position, index number …) that stand right before the title."""
        found = begin
        for place in range(begin - 1, max(last, begin - _BETWEEN), -1):
            block = self.blocks[place]
            line = bare(even(block.text))
            if self._prose(block) or (block.kind is not Kind.CELL and not self.page.match(line)):
                break
            if self.begins.match(line):
                found = place
        return found

    def _prose(self, block: Block) -> bool:
        """Whether a block is running text."""
        return block.kind is not Kind.CELL and block.text.rstrip().endswith(("。", "；"))


def _differs(title: Title, own: Sequence[Title]) -> bool:
    """Whether a title names another year or another unit than those before it do."""
    years = {known.year for known in own if known.year}
    units = {known.unit for known in own if known.unit}
    if title.year and years and title.year not in years:
        return True
    return bool(title.unit and units and not any(_same(title.unit, unit) for unit in units))


def _same(one: str, other: str) -> bool:
    """Whether two names may mean one unit: 青石镇 and 云岭县青石镇人民政府."""
    return one in other or other in one

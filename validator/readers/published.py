"""The publication date that a page gives: printed on it, or in its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from validator.base.regex_cache import expression
from validator.model import Block, Published
from validator.readers.html.source import Element
from validator.text.characters import bare, narrow

_DATE = r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)"
#: The label of a printed date; 生成日期 and 成文日期 tell when the document was drawn up.
_LABEL = "(?:信息)?(?:发布|公开|公布|发表)(?:日期|时间)"
_PRINTED = expression(rf"{_LABEL}\s*(?:[】\]]\s*)?(?::\s*)?(?:[\[(【]\s*)?{_DATE}")
_ALONE = expression(rf"[【\[]?{_LABEL}[】\]]?:?")
_BEGINS = expression(rf"\s*(?:[\[(【]\s*)?{_DATE}")
_LONGEST = 200  # characters; longer lines are prose that mentions a date
#: Names of <meta> elements, in lower case, the ones that government sites must carry first.
_NAMES = (
    "pubdate", "publishdate", "publish_date", "publishtime", "publish_time", "publicationdate", "articledate", "article:published_time",
    "firstpublishedtime", "releasedate", "issuedate", "createdate", "contentdate", "dc.date", "dcterms.issued", "datepublished",
)  # fmt: skip
_META = expression(r"\s*(20\d\d)\s*(?:[-/.年]\s*)?(\d{1,2})\s*(?:[-/.月]\s*)?(\d{1,2})(?!\d(?!\d{3}))")


def in_text(blocks: Sequence[Block]) -> Published | None:
    """The first date printed beside a label, in one block or in the one after the label's."""
    for place, block in enumerate(blocks):
        if len(block.text) > _LONGEST or "期" not in block.text and "时间" not in block.text:
            continue
        match, at = _PRINTED.search(narrow(block.text)), block
        if not match and _ALONE.fullmatch(bare(block.text)) and place + 1 < len(blocks):
            at = blocks[place + 1]
            match = _BEGINS.match(narrow(at.text)[:_LONGEST])
        day = _day(match)
        if match and day:
            return Published(day=day, source="text", line=at.line, text=at.text[match.start(1) : match.end(3)])
    return None


def in_metadata(root: Element) -> Published | None:
    """The date that the page's <meta> elements or its <publishtime> give."""
    by_name = dict(reversed(list(_meta_values(root.iter("meta")))))
    values = [by_name[name] for name in _NAMES if name in by_name]
    values += ["".join(element.itertext()) for element in root.iter("publishtime")]
    for value in values:
        day = _day(_META.match(value))
        if day:
            return Published(day=day, source="metadata", text=value.strip()[:40])
    return None


def _meta_values(elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
    """The names (in lower case) and contents of <meta> elements."""
    for element in elements:
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            yield name.strip().lower(), narrow(content)


def _day(match: re.Match[str] | None) -> date | None:
    """The day of a match; None where there is no such day."""
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None

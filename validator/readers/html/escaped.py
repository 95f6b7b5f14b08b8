"""Entities and markup that were escaped twice, so that the page shows &nbsp; or <td> where a space or a cell was meant."""

from __future__ import annotations

import re
from html import unescape

from validator.base.regex_cache import expression
from validator.readers.html.source import Element

#: Entities that nobody writes on purpose in a report.
_ENTITY = expression(
    r"&(?:nbsp|ensp|emsp|thinsp|ldquo|rdquo|lsquo|rsquo|middot|hellip|mdash|ndash|times|lt|gt|amp|quot|#\d{2,6}|#[xX][0-9a-fA-F]{2,6});"
)
_TAGS = expression(r"&(?:amp;)?lt;/(?:td|p|tr|table|div)&(?:amp;)?gt;", re.IGNORECASE)
_CLOSED = expression(r"</(?:td|p|tr|table|div)>", re.IGNORECASE)
#: Closing tags in one text; fewer may be words about markup.
_ENOUGH = 3
_HELD = frozenset(("script", "style", "textarea", "xmp", "title", "template", "noscript"))


def decode_entities(text: str) -> str:
    """The text with the characters that its entities mean."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text)


def has_escaped_markup(source: str) -> bool:
    """Whether a page's source has markup that was escaped."""
    return "&lt;/" in source.lower() and len(_TAGS.findall(source)) >= _ENOUGH


def restore_markup(root: Element) -> int:
    """Put the markup that texts of the page show as words into its tree; returns how many texts there were."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, recover=True)
    shown = [element for element in root.iter("*") if element.tag not in _HELD and len(_CLOSED.findall(element.text or "")) >= _ENOUGH]
    for element in shown:
        page = etree.fromstring(f"<div>{element.text}</div>", parser)
        if page is None:
            continue
        element.text = None
        for number, child in enumerate(list(page)):
            element.insert(number, child)
    return len(shown)

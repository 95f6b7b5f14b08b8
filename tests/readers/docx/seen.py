"""What a Word file made by hand gives, as short as a test can hold it against what is expected."""

from __future__ import annotations

from tests.readers.docx.word_files import docx, figure
from validator.model import Document
from validator.readers.docx.reader import read


def document(body: str, **more: str) -> Document:
    """The only document of a docx with that body, those styles and lists."""
    (found,) = read(docx(body, **more), "年报.docx")
    return found


def lines(body: str, **more: str) -> list[str]:
    """The text of each block."""
    return [block.text for block in document(body, **more).blocks]


def value(*content: str, properties: str = "", **more: str) -> tuple[str, str, str]:
    """A figure's cell with that content: its text, its marks, its doubt."""
    block = document(figure(*content, properties=properties), **more).blocks[1]
    return block.text, "".join(mark.text for mark in block.marks), block.doubt


def unread(body: str, **more: str) -> dict[str, int]:
    """Why text is not read, and how often."""
    observed = document(body, **more).observations
    kinds = {"hidden-text": "kind", "struck-text": "struck"}
    return {str(item.detail.get(kinds[item.code], "struck")): int(str(item.detail["count"])) for item in observed if item.code in kinds}

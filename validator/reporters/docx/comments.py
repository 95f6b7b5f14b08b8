"""The comments part of a docx: the paragraphs of `notes` as XML, added to those that are there; and whose file it is.

Nothing of the time is written, so that the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from validator.readers.docx.package import Element, W, parse_part
from validator.reporters.docx.notes import CommentPhrase
from validator.reporters.docx.source import Source, apply_edits

AUTHOR, INITIALS = "nianbao", "nb"
#: An office program that saves the file leaves XML comments out: where this one stands, nobody has saved it since.
_SIGN = re.compile(rb"<!-- nianbao [0-9a-f]{64} -->")
_MARKS = (W + "comment", W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
#: Comments are set in the paragraph style of the text unless they say otherwise, which in a report is large and indented.
_SET = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
_LOOK, _BOLD = '<w:rPr><w:sz w:val="18"/></w:rPr>', '<w:rPr><w:b/><w:sz w:val="18"/></w:rPr>'


def escaped(text: str) -> str:
    """Text as it stands in XML."""
    return text.translate(_ESCAPED)


def comment(number: int, phrases: Iterable[CommentPhrase]) -> str:
    """A w:comment."""
    inner = "".join(_paragraph(phrase, first=not at) for at, phrase in enumerate(phrases))
    return f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}">{inner}</w:comment>'


def part(comments: Sequence[str], namespace: str, main: bytes) -> bytes:
    """A new comments part. `main` is the text that the comments belong to."""
    inner = "".join(comments)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:comments xmlns:w="{namespace}">{inner}{_sign(main)}</w:comments>'.encode()


def append_comments(text: bytes, comments: Sequence[str], namespace: str, main: bytes) -> bytes:
    """A comments part with more comments behind those it has. Raises UnreadableError: damaged."""
    text = _SIGN.sub(b"", text)
    source = Source(text, parse_part(text))
    inner = "".join(bound(item, source.root, namespace) for item in comments) + _sign(main)
    return apply_edits(source.text, [source.appended(source.root, source.encoded(inner))])


def bound(text: str, root: Element, namespace: str) -> str:
    """An element with the prefix w, which it says itself where the root does not."""
    if (root.nsmap.get("w") or "") == W[1:-1]:
        return text
    return re.sub(r"^(<[^\s/>]+)", rf'\1 xmlns:w="{namespace}"', text)


def last_number(*roots: Element | None) -> int:
    """The highest number of a comment or of a mark for one, -1 where there is none."""
    numbers = [item.get(W + "id", "") for root in roots if root is not None for item in root.iter(*_MARKS)]
    return max((int(number) for number in numbers if re.fullmatch(r"\d{1,9}", number)), default=-1)


def ours(comments: bytes, main: bytes) -> bool:
    """Whether a docx with these comments and this text is as nianbao wrote it."""
    return _sign(main).encode() in comments


def _sign(main: bytes) -> str:
    return f"<!-- nianbao {hashlib.sha256(main).hexdigest()} -->"


def _paragraph(phrase: CommentPhrase, *, first: bool) -> str:
    mark = "<w:r><w:annotationRef/></w:r>" if first else ""
    return f"<w:p>{_SET}{mark}{_run(phrase.label, _BOLD)}{_run(phrase.text, _LOOK)}</w:p>"


def _run(text: str, look: str) -> str:
    if not text:
        return ""
    lines = (f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in text.replace("\t", " ").split("\n"))
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"

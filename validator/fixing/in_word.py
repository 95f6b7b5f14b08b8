"""Corrections written into a Word file: characters inside its runs, every other byte of the text as it was, the other parts as packed."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from validator.fixing.corrections import Correction
from validator.messages import both
from validator.model import Text
from validator.readers.docx.origins import Origin, trace_origins
from validator.readers.docx.package import Element, unpack
from validator.reporters.docx.parts import Parts
from validator.reporters.docx.source import Edit, Source, apply_edits

_SIGNATURES = "_xmlsignatures/"
_PROTECTED = b"documentProtection"


def refusal(data: bytes) -> Text | None:
    """Why a Word file is left alone; None where it may be changed. Raises UnreadableError."""
    parts, package = Parts(data), unpack(data)
    if package.revised:
        return both("fixing.tracked-changes")
    if any(name.startswith(_SIGNATURES) for name in parts.names):
        return both("fixing.signed")
    if _PROTECTED in (parts.text("word/settings.xml") or b""):
        return both("fixing.protected")
    return None


def written(data: bytes, wanted: Sequence[Correction]) -> tuple[bytes, tuple[Correction, ...]]:
    """The new file, and the corrections that could be made. Raises UnreadableError."""
    package = unpack(data)
    origins = trace_origins(package)
    root = package.body.getroottree().getroot()
    source = Source(package.text, root)
    texts: dict[Element, str] = {}
    applied: list[Correction] = []
    for correction in sorted(wanted, key=lambda c: (c.block.line, c.start), reverse=True):
        origin = origins.get(correction.block.line)
        if origin is not None and _apply(origin, correction, texts):
            applied.append(correction)
    edits = []
    for element, text in texts.items():
        span = source.span(element)
        edits.append(Edit(span.inner, span.close, source.encoded(escape(text))))
    parts = Parts(data)
    parts.put(package.main, apply_edits(package.text, edits))
    return (parts.packed() if applied else data), tuple(reversed(applied))


def _apply(origin: Origin, correction: Correction, texts: dict[Element, str]) -> bool:
    """Whether the characters were found in the runs; then `texts` holds what each run says now."""
    begin, end = correction.start, correction.start + len(correction.old)
    if origin.block.text[begin:end] != correction.old:
        return False
    over = [piece for piece in origin.pieces if piece.start < end and piece.start + piece.length > begin]
    if not over or over[0].start > begin or over[-1].start + over[-1].length < end:
        return False  # part of it is an automatic number
    current = [texts.get(piece.element, piece.element.text or "") for piece in over]
    printed = [origin.block.text[max(0, piece.start) : piece.start + piece.length] for piece in over]
    if any(piece.start < 0 or (piece.element.text or "") != text for piece, text in zip(over, printed, strict=True)):
        return False  # a run with tabs, symbols or fields
    for number, (piece, text) in enumerate(zip(over, current, strict=True)):
        first, last = max(begin, piece.start) - piece.start, min(end, piece.start + piece.length) - piece.start
        texts[piece.element] = text[:first] + (correction.new if number == 0 else "") + text[last:]
    return True

"""A formula in MathML, where it is only digits and words with raised marks; other formulas are no text."""

from __future__ import annotations

from validator.readers.html.source import Element

FormulaPieces = list[tuple[str, bool]]  # text, and whether it is raised or lowered

_LEAVES = frozenset(("mn", "mi", "mo", "mtext", "ms"))
_ROWS = frozenset(("math", "mrow", "mstyle", "mpadded", "semantics"))
_RAISING = frozenset(("msup", "msub", "msubsup"))
_DEEPEST = 8


def formula_pieces(element: Element) -> FormulaPieces | None:
    """The formula's pieces in order; None where it is more than a line of them (a fraction, a root)."""
    return _pieces_of(element, False, 0)


def _pieces_of(element: Element, raised: bool, depth: int) -> FormulaPieces | None:
    name = element.tag.lower() if isinstance(element.tag, str) else ""
    if name in _LEAVES:
        return [("".join(element.itertext()).strip(), raised)]
    if name.startswith("annotation") or name == "mspace":
        return []
    if depth > _DEEPEST or name not in _ROWS and name not in _RAISING:
        return None
    formula_pieces: FormulaPieces = [(element.text.strip(), raised)] if element.text and element.text.strip() else []
    for number, child in enumerate(element):
        pieces = _pieces_of(child, raised or name in _RAISING and number > 0, depth + 1)
        if pieces is None:
            return None
        formula_pieces += pieces
    return formula_pieces

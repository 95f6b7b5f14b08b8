"""Characters of symbol fonts by the fonts' own tables: what w:sym, a SYMBOL field or a run in such a font prints."""

from __future__ import annotations

from validator.readers.docx.package import Element, W
from validator.text.numerals import CIRCLES


def _run(first: int, characters: str) -> dict[int, str]:
    """Codes from the first on, a character each."""
    return {first + number: char for number, char in enumerate(characters)}


_CIRCLED = "⓪" + CIRCLES
_DARK = "⓿❶❷❸❹❺❻❼❽❾❿"
_SYMBOL = (
    _run(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_")
    | _run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")
    | {0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠"}
)
_TABLES: dict[str, dict[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": {0x20: " ", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢"}
    | {0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"}
    | _run(0x80, _CIRCLED)
    | _run(0x8B, _DARK),
    "wingdings 2": {0x20: " ", 0x4F: "×", 0x50: "√", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"} | _run(0x69, _CIRCLED) | _run(0x74, _DARK),
    "wingdings 3": {0x20: " "},
    "webdings": {0x20: " "},
    "marlett": {0x20: " "},
    "zapfdingbats": {0x20: " "},
}  # fmt: skip
#: Fonts that print pictures for letters.
PICTURED = frozenset(_TABLES)


def symbol(element: Element) -> str:
    """What a w:sym prints; nothing where its font's table is not known, since its code means nothing in other fonts."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return character(element.get(W + "font", ""), code)


def character(font: str, code: int) -> str:
    """What a font prints for a code, `` where nobody can tell."""
    table = _TABLES.get(font.strip().lower())
    if table is not None:
        return table.get(code & 0xFF, "") if code < 0x100 or 0xF000 <= code < 0xF100 else ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0x10FFFF else ""


def symbol_text(font: str, text: str) -> tuple[str, bool]:
    """What a font prints for a text, and whether all of it is known."""
    letters = [character(font, ord(char)) for char in text]
    return "".join(letters), all(letters)

"""What stands in a docx besides plain text: text boxes, pictures, embedded files, and characters of symbol fonts."""

from __future__ import annotations

from validator.readers.docx.package import Element, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = _MC + "AlternateContent"
_PICTURES = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        "{urn:schemas-microsoft-com:vml}imagedata",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
#: Characters of symbol fonts that occur in reports; digits and the like stand at their ASCII places in Symbol.
_SYMBOLS = {
    "symbol": {code: chr(code) for code in range(0x20, 0x40)} | {0xB4: "×", 0xB1: "±", 0xB7: "·", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥"},
    "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA8: "□", 0xFC: "√", 0xFB: "×", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x50: "√", 0x4F: "×", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
}


def chosen(element: Element) -> Element:
    """Of alternative contents the first choice, else the fallback; both say the same."""
    for child in element:
        if child.tag == _MC + "Choice":
            return child
    return element[0] if len(element) else element


def symbol(element: Element) -> str:
    """A character of a symbol font; nothing where it is unknown, since its code means nothing in other fonts."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    table = _SYMBOLS.get(element.get(W + "font", "").lower())
    if table is not None:
        return table.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000 or 0xF900 <= code < 0x10FFFF else ""


def shapes(element: Element) -> tuple[list[Element], list[str], int]:
    """Of a drawing: the contents of its text boxes, the programs of embedded files, and 1 if it is a picture instead."""
    boxes, pictures, objects = [], 0, []
    waiting = [element]
    while waiting:
        item = waiting.pop()
        if item.tag == W + "txbxContent":
            boxes.append(item)
            continue
        if item.tag in _PICTURES:
            pictures += 1
        elif item.tag == _OBJECT:
            objects.append(item.get("ProgID", ""))
        waiting.extend(reversed([chosen(item)] if item.tag == ALTERNATIVES and len(item) else list(item)))
    files = [program for program in objects if not program.startswith("Equation")]
    return boxes, files, int(bool(pictures and not boxes and not objects))

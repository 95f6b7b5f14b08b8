"""What stands in a docx besides plain text: text boxes, drawn letters, pictures and embedded files."""

from __future__ import annotations

from typing import NamedTuple

from validator.readers.docx.package import Element, W
from validator.readers.docx.placing import DrawingPlace, PageSheet

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
_DRAWN = frozenset(
    {"{urn:schemas-microsoft-com:vml}" + name for name in ("line", "rect", "roundrect", "oval", "shape", "polyline", "curve")}
    | {"{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"}
    | {"{http://schemas.microsoft.com/office/word/2010/wordml}contentPart", W + "contentPart"}  # drawn by a pen
)
_LETTERS = "{urn:schemas-microsoft-com:vml}textpath"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"


def chosen_alternative(element: Element) -> Element:
    """Of alternative contents the first choice, else the fallback; both say the same."""
    for child in element:
        if child.tag == _MC + "Choice":
            return child
    return element[0] if len(element) else element


class Shape(NamedTuple):
    """What stands in a drawing: the content of a text box, letters that are drawn (WordArt), or neither: a line, a pen's stroke."""

    place: DrawingPlace
    content: Element | None = None
    letters: str = ""


def shapes(element: Element, sheet: PageSheet) -> tuple[list[Shape], list[str], int]:
    """Of a drawing: its text boxes and drawn letters, the programs of embedded files, and 1 if it is a picture instead."""
    boxes: list[Shape] = []
    pictures, objects = 0, []
    waiting = [element]
    while waiting:
        item = waiting.pop()
        if item.tag == W + "txbxContent":
            boxes.append(Shape(sheet.place(item, element), item))
            continue
        if item.tag == _LETTERS:
            if item.get("string", "").strip() and item.get("on", "t") not in ("f", "false"):
                boxes.append(Shape(sheet.place(item, element), None, item.get("string", "")))
        elif item.tag in _PICTURES:
            pictures += 1
        elif item.tag in _DRAWN and not _has_content(item):
            boxes.append(Shape(sheet.place(item, element)))
        elif item.tag == _OBJECT:
            objects.append(item.get("ProgID", ""))
        waiting.extend(reversed([chosen_alternative(item)] if item.tag == ALTERNATIVES and len(item) else list(item)))
    files = [program for program in objects if not program.startswith("Equation")]
    return boxes, files, int(bool(pictures and not any(box.content is not None or box.letters for box in boxes) and not objects))


def _has_content(shape: Element) -> bool:
    """Whether a shape holds text, letters or a picture, which are found by themselves."""
    return any(item.tag in _PICTURES or item.tag in (W + "txbxContent", _LETTERS, _OBJECT) for item in shape.iter())

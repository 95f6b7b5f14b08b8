"""What the properties and styles of a docx say of the look of runs and paragraphs, as far as it decides on what is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from validator.readers.docx.colours import HIGHLIGHTS, Theme
from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.styles import number, on
from validator.readers.docx.table_looks import styled

Said = Mapping[str, Any]
#: Letters of this size or below cannot be seen; in half points.
TINY = 4
#: Letters drawn to this share of their width or below cannot be seen; in per cent.
NARROW = 5
#: Lines of this exact height or below show nothing; in twentieths of a point.
FLAT = 60
TEXT_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_OUTLINE = "{http://schemas.microsoft.com/office/word/2010/wordml}textOutline"
_LOOK = W + "rPr"
_SWITCHES = {W + "vanish": "vanish", W + "strike": "strike", W + "dstrike": "dstrike"}


class Properties:
    """The properties of one document. `styles` by id; `usual`: kind of style → the id of the default one; `defaults` of all runs."""

    def __init__(self, package: Package, styles: Mapping[str, Element]) -> None:
        self.theme = Theme(lambda: package.root("theme"))
        self.styles = styles
        self.usual = {item.get(W + "type"): key for key, item in styles.items() if item.get(W + "default") in ("1", "true", "on")}
        default = None if package.styles is None else package.styles.find(f"{W}docDefaults/{W}rPrDefault/{_LOOK}")
        self.defaults: Said = {} if default is None else self.said(default)
        self._known: dict[str, tuple[Said, Said]] = {}

    def said(self, properties: Element) -> dict[str, Any]:
        """What a w:rPr says by itself."""
        found: dict[str, Any] = {}
        for child in properties:
            tag = child.tag
            if tag in _SWITCHES:
                found[_SWITCHES[tag]] = on(child)
            elif tag == W + "vertAlign":
                found["up"] = child.get(W + "val") in ("superscript", "subscript")
            elif tag == W + "position":
                found["shift"] = number(child) or 0
            elif tag == W + "sz":
                found["size"] = number(child)
            elif tag == W + "w":
                found["width"] = number(child)
            elif tag == W + "color":
                found["colour"] = self.theme.said(child)
            elif tag == W + "shd":
                found["ground"] = self.theme.ground(child)
            elif tag == W + "highlight":
                found["highlight"] = HIGHLIGHTS.get(child.get(W + "val", ""))
            elif tag == W + "rFonts":
                found["font"] = child.get(W + "ascii") or child.get(W + "hAnsi")
            elif tag == TEXT_FILL:
                found["fill"] = self.theme.painted(child)
            elif tag == _OUTLINE:
                found["outlined"] = bool(self.theme.painted(child))
            elif tag == W + "outline":
                found["outlined"] = on(child)
        return found

    def style(self, key: str) -> tuple[Said, Said]:
        """What a style says of its runs and of its paragraphs, with what it takes over."""
        if key not in self._known:
            runs: dict[str, Any] = {}
            paragraphs: dict[str, Any] = {}
            for item in styled(self.styles, key):
                own, outer = item.find(_LOOK), item.find(W + "pPr")
                runs = {**({} if own is None else self.said(own)), **runs}
                paragraphs = {**({} if outer is None else self.paragraph(outer)), **paragraphs}
            self._known[key] = runs, paragraphs
        return self._known[key]

    def paragraph(self, properties: Element) -> dict[str, Any]:
        """What a w:pPr says by itself of ground and place."""
        found: dict[str, Any] = {}
        for child in properties:
            tag = child.tag
            if tag == W + "shd":
                found["ground"] = self.theme.ground(child)
            elif tag == W + "spacing" and child.get(W + "line"):
                found["height"] = number(child, "line") if child.get(W + "lineRule") == "exact" else None
            elif tag == W + "ind":
                left = number(child, "left") if child.get(W + "left") else number(child, "start")
                if left is not None:
                    found["left"] = left
                found["first"] = (number(child, "firstLine") or 0) - (number(child, "hanging") or 0)
            elif tag == W + "framePr":
                found["frame"] = child
        return found

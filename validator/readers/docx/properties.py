"""What the properties and styles of a docx say of the look of runs and paragraphs, as far as it decides on what is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from validator.readers.docx.colours import HIGHLIGHTS, Theme
from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.styles import number, on, style_chain, value

LookValues = Mapping[str, Any]
#: Letters of this size or below cannot be seen; in half points.
TINY = 4
#: Letters drawn to this share of their width or below cannot be seen; in per cent.
NARROW = 5
#: Lines of this exact height or below show nothing; in twentieths of a point.
FLAT = 60
TEXT_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_OUTLINE = "{http://schemas.microsoft.com/office/word/2010/wordml}textOutline"
_LOOK = W + "rPr"
#: Element of a w:rPr → the name of what it says, and how that is read.
_RUN_PROPERTIES: Mapping[str, tuple[str, Callable[[Element, Theme], Any]]] = {
    **{W + name: (name, lambda item, theme: on(item)) for name in ("vanish", "strike", "dstrike")},
    W + "vertAlign": ("up", lambda item, theme: value(item) in ("superscript", "subscript")),
    W + "position": ("shift", lambda item, theme: number(item) or 0),
    W + "sz": ("size", lambda item, theme: number(item)),
    W + "w": ("width", lambda item, theme: number(item)),
    W + "color": ("colour", lambda item, theme: theme.colour_of(item)),
    W + "shd": ("ground", lambda item, theme: theme.ground(item)),
    W + "highlight": ("highlight", lambda item, theme: HIGHLIGHTS.get(value(item))),
    W + "rFonts": ("font", lambda item, theme: item.get(W + "ascii") or item.get(W + "hAnsi")),
    TEXT_FILL: ("fill", lambda item, theme: theme.painted(item)),
    _OUTLINE: ("outlined", lambda item, theme: bool(theme.painted(item))),
    W + "outline": ("outlined", lambda item, theme: on(item)),
}


class Properties:
    """The properties of one document. `styles` by id; `usual`: kind of style → the id of the default one; `defaults` of all runs."""

    def __init__(self, package: Package, styles: Mapping[str, Element]) -> None:
        self.theme = Theme(lambda: package.root("theme"))
        self.styles = styles
        self.usual = {item.get(W + "type"): key for key, item in styles.items() if item.get(W + "default") in ("1", "true", "on")}
        default = None if package.styles is None else package.styles.find(f"{W}docDefaults/{W}rPrDefault/{_LOOK}")
        self.defaults: LookValues = {} if default is None else self.run_values(default)
        self._by_id: dict[str, tuple[LookValues, LookValues]] = {}

    def run_values(self, properties: Element) -> dict[str, Any]:
        """What a w:rPr says by itself."""
        values: dict[str, Any] = {}
        for item in properties:
            if item.tag in _RUN_PROPERTIES:
                name, read = _RUN_PROPERTIES[item.tag]
                values[name] = read(item, self.theme)
        return values

    def style(self, key: str) -> tuple[LookValues, LookValues]:
        """What a style says of its runs and of its paragraphs, with what it takes over."""
        if key not in self._by_id:
            runs: dict[str, Any] = {}
            paragraphs: dict[str, Any] = {}
            for item in style_chain(self.styles, key):
                run_properties, outer = item.find(_LOOK), item.find(W + "pPr")
                runs = {**({} if run_properties is None else self.run_values(run_properties)), **runs}
                paragraphs = {**({} if outer is None else self.paragraph_values(outer)), **paragraphs}
            self._by_id[key] = runs, paragraphs
        return self._by_id[key]

    def paragraph_values(self, properties: Element) -> dict[str, Any]:
        """What a w:pPr says by itself of ground and place."""
        values: dict[str, Any] = {}
        for child in properties:
            tag = child.tag
            if tag == W + "shd":
                values["ground"] = self.theme.ground(child)
            elif tag == W + "spacing" and child.get(W + "line"):
                values["height"] = number(child, "line") if child.get(W + "lineRule") == "exact" else None
            elif tag == W + "ind":
                indent = number(child, "left") if child.get(W + "left") else number(child, "start")
                if indent is not None:
                    values["left"] = indent
                values["first"] = (number(child, "firstLine") or 0) - (number(child, "hanging") or 0)
            elif tag == W + "framePr":
                values["frame"] = child
        return values

"""Colours of a docx: of letters, grounds and themes, as six hexadecimal digits, and whether letters stand out from their ground."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Mapping
from functools import cached_property

from validator.readers.docx.package import Element, W

PAGE = "FFFFFF"
#: The largest difference of red, green or blue (0–255) at which nobody sees letters on their ground. Yellow on white differs by 255.
_ALIKE = 12
#: Letters as clear as this cannot be seen; in thousandths of a per cent.
_CLEAR = 95_000
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: What a document calls the theme's colours, and what the theme itself calls them.
_SLOTS = {
    "background1": "lt1", "bg1": "lt1", "light1": "lt1", "text1": "dk1", "tx1": "dk1", "dark1": "dk1",
    "background2": "lt2", "bg2": "lt2", "light2": "lt2", "text2": "dk2", "tx2": "dk2", "dark2": "dk2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_OFFICE = {
    "lt1": "FFFFFF", "dk1": "000000", "lt2": "E7E6E6", "dk2": "44546A", "accent1": "4472C4", "accent2": "ED7D31", "accent3": "A5A5A5",
    "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip
HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000", "yellow": "FFFF00",
    "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


class Theme:
    """The colours that a document's theme gives to their names; Office's own where the document has no theme."""

    def __init__(self, part: Callable[[], Element | None]) -> None:
        self._theme_part = part  # gives the theme's part, which few documents are asked for

    @cached_property
    def _colours(self) -> Mapping[str, str]:
        root = self._theme_part()
        colours = dict(_OFFICE)
        scheme = None if root is None else next(root.iter(_DRAWING + "clrScheme"), None)
        for slot in () if scheme is None else scheme:
            value = next((child.get("lastClr") or child.get("val") for child in slot), None)
            if value and digits(value):
                colours[str(slot.tag).removeprefix(_DRAWING)] = value.upper()
        return colours

    def colour(self, name: str, tint: str = "", shade: str = "") -> str | None:
        """A colour of the theme, made lighter or darker by two hexadecimal digits; None: the theme has none of that name."""
        value = self._colours.get(_SLOTS.get(name, name))
        if value is None:
            return None
        part, light = (_fraction(tint), True) if tint else (_fraction(shade), False)
        if part is None:
            return value
        hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(value)))
        lightness = lightness * part + (1 - part) if light else lightness * part
        return "".join(f"{round(channel * 255):02X}" for channel in colorsys.hls_to_rgb(hue, lightness, saturation))

    def painted(self, fill: Element) -> str | None:
        """What letters are filled with by newer Word: a colour, '' where by nothing, None where by several colours or nobody can tell."""
        for child in fill:
            name = str(child.tag).rpartition("}")[2]
            if name == "noFill":
                return ""
            for colour in child if name == "solidFill" else ():
                clear = next((item for item in colour if str(item.tag).endswith("}alpha")), None)
                value = next((str(text) for key, text in colour.attrib.items() if str(key).endswith("val")), "")
                share = None if clear is None else next((str(text) for key, text in clear.attrib.items() if str(key).endswith("val")), "")
                if share and share.isdigit() and int(share) >= _CLEAR:
                    return ""
                return value.upper() if digits(value) else self.colour(value)
        return None

    def colour_of(self, element: Element, attribute: str = "val", theme: str = "themeColor") -> str | None:
        """The colour that an element's attributes name, `auto` among them; None where they name none."""
        name = element.get(W + theme)
        if name and name != "none":
            kind = "themeFill" if theme == "themeFill" else "theme"
            colour = self.colour(name, element.get(f"{W}{kind}Tint", ""), element.get(f"{W}{kind}Shade", ""))
            if colour is not None:
                return colour
        value = element.get(W + attribute, "")
        return "auto" if value == "auto" else value.upper() if digits(value) else None

    def ground(self, shading: Element | None) -> str | None:
        """The ground that a w:shd paints; None where it paints none."""
        if shading is None or shading.get(W + "val") == "nil":
            return None
        pattern = shading.get(W + "val", "clear")
        fill = self.colour_of(shading, "fill", "themeFill")
        over = self.colour_of(shading, "color")
        share = 1.0 if pattern == "solid" else int(pattern[3:]) / 100 if pattern.startswith("pct") and pattern[3:].isdigit() else 0.0
        if not share:
            return None if fill == "auto" else fill
        front, back = ("000000" if over in (None, "auto") else str(over)), (PAGE if fill in (None, "auto") else str(fill))
        mixed = (round(a * share + b * (1 - share)) for a, b in zip(_channels(front), _channels(back), strict=True))
        return "".join(f"{min(255, channel):02X}" for channel in mixed)


def digits(value: str) -> bool:
    """Whether a text is a colour of six hexadecimal digits."""
    return len(value) == 6 and all(char in "0123456789abcdefABCDEF" for char in value)


def is_invisible_on(colour: str, ground: str) -> bool:
    """Whether letters of the one colour cannot be seen on a ground of the other."""
    return all(abs(a - b) <= _ALIKE for a, b in zip(_channels(colour), _channels(ground), strict=True))


def fill_of(properties: Element | None, theme: Theme) -> str | None:
    """The plain colour that a drawing's shape is filled with; None: no fill, or one of several colours."""
    solid = None if properties is None else properties.find(_DRAWING + "solidFill")
    for child in () if solid is None else solid:
        if child.tag == _DRAWING + "srgbClr" and digits(child.get("val", "")):
            return str(child.get("val")).upper()
        if child.tag == _DRAWING + "schemeClr":
            return theme.colour(child.get("val", ""))
    return None


def any_invisible(colours: Mapping[str, object], grounds: Mapping[str, object]) -> bool:
    """Whether any of the colours cannot be seen on any of the grounds."""
    return any(is_invisible_on(colour, ground) for colour in colours for ground in grounds)


def _channels(value: str) -> tuple[int, int, int]:
    return int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)


def _fraction(value: str) -> float | None:
    """Two hexadecimal digits as a share of one."""
    try:
        return min(255, int(value, 16)) / 255
    except ValueError:
        return None

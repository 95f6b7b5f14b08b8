"""Whether an element's box can be seen at all: shown, within the page, not clipped and not shut."""

from __future__ import annotations

from validator.base.regex_cache import expression
from validator.readers.html.declarations import Declared, fraction, pixels
from validator.readers.html.elements import OF_TABLES

#: Further than this beyond the page's edge nobody scrolls, in pixels.
_OUTSIDE = -900.0
_COLLAPSING = frozenset(("tr", "tbody", "thead", "tfoot", "col", "colgroup"))
_RECT = expression(r"rect\(([^)]{0,200})\)")
_INSET = expression(r"inset\(\s*([\d.]+)%")
_NO_PATH = expression(r"circle\(\s*0|polygon\([\s0pxt%,]*\)")
_SCALED = expression(r"scale(?:3d|x|y)?\(\s*0(?:\.0*)?\s*[,)]")
_SHIFTED = expression(r"translate(?:3d|x|y)?\(([^)]{0,200})\)")
_NO_OPACITY = expression(r"opacity\(\s*0(?:\.0*)?%?\s*\)|alpha\(\s*opacity\s*=\s*0\s*\)")


def out_of_sight(declared: Declared, tag: str, boxed: bool, size: float) -> str:
    """Why nothing in an element is seen: hidden, collapsed, clear, off-page, clipped; '' where it is. `boxed`: its height and width count.

    `size`: of its type, in pixels.
    """
    if declared.get("display") == "none" or declared.get("mso-hide") == "all":
        return "hidden"
    if tag in _COLLAPSING and declared.get("visibility") == "collapse":
        return "collapsed"
    if _is_transparent(declared) or declared.get("content-visibility") == "hidden":
        return "clear"
    if _is_outside(declared, size):
        return "off-page"
    return "clipped" if _is_clipped(declared, tag, boxed, size) else ""


def _is_transparent(declared: Declared) -> bool:
    if declared.get("animation", declared.get("animation-name", "none")).split(" ")[0] not in ("none", "initial", "unset"):
        return False  # an animation ends with the element visible
    opacity = fraction(declared.get("opacity"))
    return opacity is not None and opacity <= 0.02 or bool(_NO_OPACITY.search(declared.get("filter", "")))


def _is_outside(declared: Declared, size: float) -> bool:
    """Whether it stands beyond the left or upper edge of the page."""
    places = ["margin-left", "text-indent"]
    if declared.get("position") in ("absolute", "fixed", "relative", "sticky"):
        places += ["left", "top", "right", "bottom"]
    if any((pixels(declared.get(name), size) or 0) <= _OUTSIDE for name in places):
        return True
    shift = _SHIFTED.search(declared.get("transform", ""))
    return shift is not None and any((pixels(part, size) or 0) <= _OUTSIDE for part in shift[1].split(","))


def _is_clipped(declared: Declared, tag: str, boxed: bool, size: float) -> bool:
    """Whether it is cut to nothing."""
    placed = declared.get("position") in ("absolute", "fixed")
    if placed and (match := _RECT.match(declared.get("clip", ""))):
        sides = [pixels(part, size) for part in match[1].replace(",", " ").split()]
        if len(sides) == 4 and None not in sides:
            top, right, bottom, left = (side or 0.0 for side in sides)
            if right - left <= 1 or bottom - top <= 1:
                return True
    path = declared.get("clip-path", "")
    if path and ((match := _INSET.match(path)) and float(match[1]) >= 50 or _NO_PATH.match(path)):
        return True
    if _SCALED.search(declared.get("transform", "")):
        return True
    return tag not in OF_TABLES and (boxed or placed or declared.get("float") in ("left", "right")) and _is_shut(declared, size)


def _is_shut(declared: Declared, size: float) -> bool:
    """Whether it is a box without height or width that shows nothing beyond its edges."""
    if any(
        (pixels(declared.get(name), size) or 0) > 0 or "%" in declared.get(name, "")
        for name in ("padding", "padding-top", "padding-bottom")
    ):
        return False
    for across, sides in (("overflow-y", ("height", "max-height")), ("overflow-x", ("width", "max-width"))):
        cut = declared.get(across) in ("hidden", "clip") or declared.get("overflow", "").split(" ")[0] in ("hidden", "clip")
        if cut and any((length := pixels(declared.get(side), size)) is not None and 0 <= length <= 1 for side in sides):
            return True
    return False

"""How an element's text looks: whether it can be seen, is struck out or raised, by its style, its attributes and the page's own <style>."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from validator.base.regex_cache import expression
from validator.readers.html import declarations as css
from validator.readers.html.boxes import out_of_sight
from validator.readers.html.declarations import Colour, Declared, colour, declarations, fraction, pixels
from validator.readers.html.elements import BLOCKS, OF_TABLES, RAISED, STRUCK
from validator.readers.html.source import Element

WHITE: Colour = (255, 255, 255, 1)
#: Type smaller than this is a speck, in pixels.
_SPECK = 2.0
#: Type moved up or down by this much stands above or below its line, in pixels.
_MOVED = 3.0
_RELEVANT = expression(
    r"display|visib|opac|color|backgr|font(?:-size)?\s*:|indent|left|top\s*:|right|bottom|clip|height|width|transform|decoration|vertical"
    r"|mso-hide|mso-text|filter|float|bidi|flex-dir|rotate|scale|dings",
    re.IGNORECASE,
)
#: Elements with attributes of old that colour.
_COLOURED = frozenset("font body table tr td th thead tbody tfoot basefont dialog".split())
_SILENT = ";"
_NOTHING: Declared = {}
_PARTS = {
    "table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td", "table-row-group": "tbody",
    "table-header-group": "thead", "table-footer-group": "tfoot", "table-caption": "caption",
}  # fmt: skip
#: Classes that say what their elements are, whatever style sheets hold of them.
_FOOTNOTE = expression(
    r"(?<![\w-])(?:Mso(?:Footnote|Endnote)Reference|footnote-?(?:ref|reference)|superscript|subscript)(?![\w-])", re.IGNORECASE
)
_HIDING = expression(r"(?<![\w-])(?:hidden|hide|d-none|invisible|sr-only|visually-hidden|displaynone|display-none)(?![\w-])", re.IGNORECASE)
#: Classes by which the common frameworks show something on small screens alone, and those by which they show it on a desk's.
_SMALL_SCREENS = expression(
    r"(?<![\w:-])(?:visible-(?:xs|sm|md)(?:-block|-inline(?:-block)?)?|d-(?:sm|md|lg|xl)-none|(?:sm|md|lg|xl):hidden"
    r"|hidden-(?:lg|(?:sm|md|lg)-and-up)|show-for-small-only)(?![\w:-])"
)
_LARGE_SCREENS = expression(
    r"(?<![\w:-])(?:visible-lg(?:-[\w-]+)?|d-(?:sm|md|lg|xl)-(?:block|flex|grid|table|inline|contents)(?:-[\w-]+)?"
    r"|(?:sm|md|lg|xl):(?:block|flex|grid|table|inline|contents)(?:-[\w-]+)?)(?![\w:-])"
)
_KNOWN_CLASSES = expression(f"msodel|{_FOOTNOTE.pattern}|{_HIDING.pattern}|{_SMALL_SCREENS.pattern}", re.IGNORECASE)
_IN_LINE = frozenset(("inline", "inline-block", "inline-flex", "inline-grid", "contents", "ruby"))
_ON_LINES = frozenset(("block", "flex", "grid", "flow-root", "list-item", "run-in"))
#: Properties whose effect hangs on what stands in an element or beside it.
_BY_PLACE = frozenset("content transform rotate scale font-family flex-direction float position".split())
_AS_BEFORE = frozenset(("", "inherit", "initial", "unset", "revert", "none"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`gone`: why nothing in the element is seen, '' where it is: hidden, off-page, clipped. `unseen`: why its own text is not: hidden,
    white, small; what stands in it may be seen again. `uncertain`: why nobody can tell what is seen: style (a style sheet elsewhere
    decides), direction (written backwards), added (a style sheet prints something beside it). `struck`: struck or deleted. `raised`,
    `block` and `part` are the element's alone: raised or lowered type, whether it begins a line (None: as its name does), and what it
    is in a table that is made of other elements."""

    gone: str = ""
    unseen: str = ""
    uncertain: str = ""
    struck: str = ""
    raised: bool = False
    block: bool | None = None
    part: str = ""
    visible: bool = True
    size: float = 16.0
    ink: Colour | None = None
    under: Colour | str = WHITE
    has_ground_colour: bool = False  # the colour under the text is the page's own declaration
    plain: bool = True  # an element within it that has no style of its own looks the same


#: The look of a page before anything is said.
START = Look()


class ElementLooks:
    """Works out how the elements of a page look. `sheet`: what the page's own <style> says of an element: plain and important declarations.

    `linked`: the page takes style sheets from elsewhere, so that what it does not say itself is not known.
    """

    def __init__(self, sheet: Mapping[Element, tuple[Declared, Declared]], linked: bool) -> None:
        self._sheet, self._linked = sheet, linked
        self._style_keys: dict[str, str] = {}
        self._parsed: dict[str, tuple[Declared, Declared]] = {}
        # the parent's look is held with each: its id is in the key, and while it lives no other object gets that id
        self._cache: dict[tuple[int, str, str, int], tuple[Look, Look]] = {}

    def of(self, element: Element, tag: str, parent: Look) -> Look:
        """The look of an element within one of the look `parent`."""
        style = element.get("style") or ""
        if style:
            style = self._style_keys.get(style) or self._style_key(style)
            if style == _SILENT:
                style = ""
        rules = self._sheet.get(element) if self._sheet else None
        attributes = _attributes(element, tag) if tag in _COLOURED or element.get("hidden") is not None else _NOTHING
        names = element.get("class")
        has_known_class = tag == "bdo" or names is not None and _KNOWN_CLASSES.search(names) is not None
        if attributes or has_known_class:
            return self._new_look(element, tag, parent, self._merge_declarations(style, rules, attributes))
        if not style and not rules and tag not in STRUCK and tag not in RAISED:
            return parent if parent.plain else replace(parent, raised=False, part="", block=None, plain=True)
        key = (id(parent), tag, style, id(rules))
        cached = self._cache.get(key)
        if cached is None:
            declared = self._merge_declarations(style, rules, attributes)
            look = self._new_look(element, tag, parent, declared)
            if not _BY_PLACE.isdisjoint(declared) or self._linked and look.ink is not None and (look.uncertain or look.unseen == "white"):
                return look  # depends on the element's place: not to be cached
            cached = self._cache[key] = parent, look
        return cached[1]

    def _style_key(self, style: str) -> str:
        """A style as it is known by: itself, or as one that says nothing that matters. Pages repeat a few styles a thousand times."""
        result = self._style_keys[style] = style if _RELEVANT.search(style) and any(declarations(style)) else _SILENT
        return result

    def _merge_declarations(self, style: str, page_rules: tuple[Declared, Declared] | None, attributes: Declared) -> Declared:
        """What holds for an element: its attributes, the page's rules, its style; what is important goes before."""
        if style not in self._parsed:
            self._parsed[style] = declarations(style)
        plain, important = self._parsed[style]
        if not page_rules and not attributes and not important:
            return plain
        rules, above = page_rules or ({}, {})
        merged: dict[str, str] = {}
        for layer in (attributes, rules, plain, above, important):
            for name, value in layer.items():
                if name == "background":  # `background` resets what the longer properties said before
                    merged.pop("background-color", None)
                    merged.pop("background-image", None)
                elif name == "font":
                    merged.pop("font-size", None)
                merged[name] = value
        return merged

    def _new_look(self, element: Element, tag: str, parent: Look, declared: Declared) -> Look:
        """The look that declarations make."""
        if tag in ("html", "body"):  # nobody publishes an empty page: a program shows it when it is loaded, or not within another's frame
            declared = {name: value for name, value in declared.items() if name not in ("display", "visibility", "opacity")}
        display = declared.get("display", "")
        part = _PARTS.get(display, "") if tag not in OF_TABLES else ""
        block = None if tag in OF_TABLES or part else False if display in _IN_LINE else True if display in _ON_LINES else None
        boxed = bool(part) or display.startswith("inline-") or (tag in BLOCKS if block is None else block)
        size = css.font_size(declared, parent.size)
        visibility = declared.get("visibility", "")
        visible = parent.visible if visibility in _AS_BEFORE - {"initial"} else visibility not in ("hidden", "collapse")
        out_of_view = parent.gone or out_of_sight(declared, tag, boxed, size)
        if not out_of_view and self._linked and _is_for_small_screens(element.get("class") or ""):
            out_of_view = "hidden"
        look = Look(
            gone=out_of_view,
            struck=self._strike_of(element, tag, parent, declared, display),
            raised=_is_raised(element, tag, declared, boxed, size),
            block=block,
            part=part,
            visible=visible,
            size=size,
            ink=parent.ink,
            under=parent.under,
            has_ground_colour=parent.has_ground_colour,
            unseen=parent.unseen if parent.unseen == "white" else "",
            uncertain=parent.uncertain,
        )
        look = self._with_visibility(self._with_colours(look, element, declared))
        if doubt := self._doubt(element, tag, declared):
            look = replace(look, uncertain=doubt)
        return replace(look, plain=False) if look.raised or part or block is not None else look

    def _with_colours(self, look: Look, element: Element, declared: Declared) -> Look:
        """The look with its colours, and whether the type can be told from what lies under it."""
        ink, under, has_ground = look.ink, look.under, look.has_ground_colour
        value = declared.get("-webkit-text-fill-color") or declared.get("color")
        if value in ("initial", "revert"):
            ink = None
        elif value and (value_colour := colour(value)):
            ink = value_colour
        if "text" in declared.get("background-clip", declared.get("-webkit-background-clip", "")):
            ink = None  # the ground's picture shows through the letters
        laid = css.ground_of(declared)
        if laid is not None:
            under, has_ground = (_blend(laid, under) if isinstance(laid, tuple) else laid), True
        if ink == look.ink and under == look.under:
            return look
        white = ink is not None and (ink[3] < 0.05 or isinstance(under, tuple) and css.is_indistinct(ink, under))
        uncertain = white and ink is not None and ink[3] >= 0.05 and not has_ground and self._linked and _may_be_styled_elsewhere(element)
        doubt = "style" if uncertain else look.uncertain if look.uncertain != "style" else ""
        unseen = "white" if white and not uncertain else ""
        return replace(look, ink=ink, under=under, has_ground_colour=has_ground, unseen=unseen, uncertain=doubt)

    def _doubt(self, element: Element, tag: str, declared: Declared) -> str:
        """Why nobody can tell what is seen of an element, if it is so."""
        if tag == "bdo" and (element.get("dir") or "").lower() == "rtl":
            return "direction"
        if declared.get("unicode-bidi") in ("bidi-override", "isolate-override") and declared.get("direction", element.get("dir")) == "rtl":
            return "direction"
        if declared and (doubt := _order_doubt(element, declared)):
            return doubt
        is_decided = "display" in declared or "visibility" in declared
        names = element.get("class") or ""
        return "style" if self._linked and not is_decided and _HIDING.search(names) and not _LARGE_SCREENS.search(names) else ""

    @staticmethod
    def _with_visibility(look: Look) -> Look:
        """The look with the reason why its own text is not seen."""
        unseen = "hidden" if not look.visible else "small" if look.size < _SPECK else look.unseen
        return look if unseen == look.unseen else replace(look, unseen=unseen)

    @staticmethod
    def _strike_of(element: Element, tag: str, parent: Look, declared: Declared, display: str) -> str:
        """Whether a line runs through the text: by its own style, by its name, or by what it stands in."""
        apart = (
            display.startswith("inline-") or declared.get("position") in ("absolute", "fixed") or declared.get("float") in ("left", "right")
        )
        inherited = "" if apart else parent.struck
        line = declared.get("text-decoration-line", declared.get("text-decoration"))
        deleted = tag == "del" or _is_marked_deleted(element)
        if line is None:
            return "deleted" if deleted else STRUCK.get(tag, inherited)
        return ("deleted" if deleted else "struck") if "line-through" in line else inherited


def _is_for_small_screens(names: str) -> bool:
    """Whether classes of a framework, whose sheet stands elsewhere, keep an element from a desk's screen."""
    return bool(names) and bool(_SMALL_SCREENS.search(names)) and not _LARGE_SCREENS.search(names)


def _order_doubt(element: Element, declared: Declared) -> str:
    """Why what is seen of an element is not what its words say one after the other; '' where it is, and where it holds whole tables."""
    if "content" in declared:
        doubt = "added"
    elif css.is_turned(declared):
        doubt = "direction"
    elif css.in_symbol_font(declared):
        doubt = "symbol"
    elif declared.get("flex-direction") == "row-reverse":
        doubt = "direction" if len(element) + bool((element.text or "").strip()) > 1 else ""
    elif declared.get("float") == "right" or declared.get("position") in ("absolute", "fixed"):
        doubt = "overprint" if _has_neighbours(element) else ""
    else:
        doubt = ""
    return doubt if doubt and (element.tag == "tr" or next(element.iter("tr"), None) is None) else ""


def _has_neighbours(element: Element) -> bool:
    """Whether words stand beside an element in the cell it stands in."""
    parent = element.getparent()
    if parent is None or element.tag in OF_TABLES:
        return False
    if not any(holder.tag in ("td", "th") for holder in islice(element.iterancestors(), 6)):
        return False
    words = "".join(islice(element.itertext(), 50)).strip()
    return bool(words) and "".join(islice(parent.itertext(), 100)).strip() != words


def _blend(laid: Colour, under: Colour | str) -> Colour | str:
    """A colour that lets something through, over what lies under it."""
    if laid[3] >= 1:
        return laid
    if not isinstance(under, tuple):
        return under
    red, green, blue = (a * laid[3] + b * (1 - laid[3]) for a, b in zip(laid[:3], under[:3], strict=True))
    return red, green, blue, 1


def _attributes(element: Element, tag: str) -> Declared:
    """What attributes say that HTML had before there were styles."""
    declared: dict[str, str] = {}
    if element.get("hidden") is not None or tag == "dialog" and element.get("open") is None:
        declared["display"] = "none"
    if tag in _COLOURED:
        if (value := element.get("face")) and "dings" in value.lower():
            declared["font-family"] = value.strip().lower()
        if value := element.get("bgcolor"):
            declared["background-color"] = _attribute_colour(value)
        if element.get("background"):
            declared["background-image"] = "url()"
        if value := element.get("text" if tag == "body" else "color") if tag in ("font", "basefont", "body") else None:
            declared["color"] = _attribute_colour(value)
    return declared


def _attribute_colour(value: str) -> str:
    """A colour as attributes say it, the number sign left out."""
    value = value.strip().lower()
    return "#" + value if len(value) == 6 and all(char in "0123456789abcdef" for char in value) else value


def _is_marked_deleted(element: Element) -> bool:
    """Whether Word marked the element as deleted."""
    return "msodel" in (element.get("class") or "").lower().split()


def _may_be_styled_elsewhere(element: Element) -> bool:
    """Whether a style sheet from elsewhere may lay a ground under the element: a class in its table, of another program than Word."""
    for holder in (element, *element.iterancestors()):
        names = (holder.get("class") or "").split()
        if any(not name.lower().startswith("mso") for name in names):
            return True
        if holder.tag == "table":
            return False
    return False


def _is_raised(element: Element, tag: str, declared: Declared, boxed: bool, size: float) -> bool:
    """Whether the type stands above or below its line."""
    if tag in RAISED or _FOOTNOTE.search(element.get("class") or ""):
        return True
    if boxed or tag in OF_TABLES or tag in ("img", "input", "select", "svg"):
        return False
    aligned = declared.get("vertical-align")
    if aligned in ("super", "sub"):
        return True
    part = fraction(aligned) if aligned and aligned.endswith("%") else None
    if part is not None and abs(part) >= 0.25 or aligned and abs(pixels(aligned, size) or 0) >= _MOVED:
        return True
    if declared.get("position") == "relative":
        return any(_MOVED - 1 <= abs(pixels(declared.get(side), size) or 0) < size * 2 for side in ("top", "bottom"))
    return abs(pixels(declared.get("mso-text-raise"), size) or 0) >= _MOVED - 1

"""How the runs of a docx look: hidden, white, tiny, struck or raised, by themselves and by every style that they stand under.

Most documents hold nothing of the kind; `Looks.of` gives None for them and costs one pass over a few elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from validator.readers.docx.colours import HIGHLIGHTS, PAGE, Theme, alike, clash
from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.placing import Sheet
from validator.readers.docx.styles import number, on
from validator.readers.docx.symbols import PICTURED
from validator.readers.docx.table_looks import TableLooks, styled

Said = Mapping[str, Any]
#: Letters of this size or below cannot be seen; in half points.
_TINY = 4
#: Letters drawn to this share of their width or below cannot be seen; in per cent.
_NARROW = 5
#: Lines of this exact height or below show nothing; in twentieths of a point.
FLAT = 60
#: A shift of the base line from which on letters are raised or lowered; in half points. Below it, only smaller letters are.
_SHIFT = 3
_SMALLER = 0.75
#: A shift that takes letters out of their cell or off the page; in half points.
_AWAY = 400
#: The doubt about a paragraph all of which is raised: a mark, where other paragraphs of its cell are not.
ALONE = "alone"
_TEXT_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_OUTLINE = "{http://schemas.microsoft.com/office/word/2010/wordml}textOutline"
_R, _T, _P, _TC, _LOOK, _BOX = W + "r", W + "t", W + "p", W + "tc", W + "rPr", W + "txbxContent"
_SWITCHES = {W + "vanish": "vanish", W + "strike": "strike", W + "dstrike": "dstrike"}
_NAMING = (W + "pStyle", W + "rStyle", W + "tblStyle")
_TELLING = (
    W + "vanish", W + "vertAlign", W + "position", W + "strike", W + "dstrike", W + "sz", W + "w", W + "color", W + "shd", W + "highlight",
    W + "rFonts", W + "ind", W + "spacing", W + "framePr", _TEXT_FILL,
)  # fmt: skip


@dataclass(slots=True)
class Ground:
    """What a paragraph gives its runs: properties by level of style, the colour below them, where its base line is."""

    levels: tuple[Said, Said, Said, Said]  # defaults, table's style, paragraph's style, all three
    back: str | None  # None: nobody knows, such as in a box without a fill
    aside: str = ""  # why nothing of the paragraph can be seen
    base: int = 0  # the shift of its base line, in half points
    large: int = 0  # its largest letters, in half points
    raised: bool = False  # all of it is raised: nothing stands beside it
    doubt: str = ""
    plain: str | None = None  # what becomes of runs without properties of their own, once it is known
    cache: dict[tuple[str, str], Said] = field(default_factory=dict)


class Looks:
    """How the runs of one document look."""

    @classmethod
    def of(cls, package: Package, styles: Mapping[str, Element], outside: Iterable[Element] = ()) -> Looks | None:
        """None where nothing in the document, the parts `outside` its text or its styles can hide, strike or raise anything."""
        looks = cls(package, styles)
        return looks if looks._telling(outside) else None

    def __init__(self, package: Package, styles: Mapping[str, Element]) -> None:
        self._package = package
        self._theme: Theme | None = None
        self.sheet = Sheet(package.body)
        self._raw = styles
        self._defaults: Said = {}
        self._styles: dict[str, tuple[Said, Said]] = {}
        defaults = {item.get(W + "type"): key for key, item in styles.items() if item.get(W + "default") in ("1", "true", "on")}
        self._usual = tuple(defaults.values())
        self._normal = defaults.get("paragraph", "")
        self._tables = TableLooks(self._raw, defaults.get("table", ""), lambda: self.theme, self.said)
        self._shifted = False
        self._ups = False

    @property
    def theme(self) -> Theme:
        """The document's theme, read when the first colour asks for it."""
        if self._theme is None:
            self._theme = Theme(lambda: self._package.root("theme"))
        return self._theme

    def _telling(self, outside: Iterable[Element]) -> bool:
        """Whether anything may look other than plain. Sets the document's defaults on the way."""
        default = None if self._package.styles is None else self._package.styles.find(f"{W}docDefaults/{W}rPrDefault/{_LOOK}")
        self._defaults = {} if default is None else self.said(default)
        colours: dict[str, object] = {}
        grounds: dict[str, object] = {PAGE: None}
        found = False
        roots = [self._package.body.getroottree().getroot(), *outside]
        for root in (*roots, *self._used(roots)):
            for item in root.iter(*_TELLING):
                tag = item.tag
                if tag == W + "color":
                    colour = self.theme.said(item)
                    if colour and colour != "auto":
                        colours[colour] = None
                elif tag == W + "shd":
                    ground = self.theme.ground(item)
                    if ground:
                        grounds[ground] = None
                elif tag == W + "highlight":
                    grounds[HIGHLIGHTS.get(item.get(W + "val", ""), PAGE)] = None
                elif tag == W + "position":
                    self._shifted = self._shifted or bool(number(item))
                elif tag == W + "vertAlign":
                    self._ups = self._ups or item.get(W + "val") in ("superscript", "subscript")
                else:
                    found = found or _odd(item)
        return found or self._shifted or self._ups or clash(colours, grounds)

    def _used(self, roots: Iterable[Element]) -> Iterator[Element]:
        """The styles that the document uses; templates bring hundreds that it does not."""
        waiting = set(self._usual)
        for root in roots:
            waiting |= {item.get(W + "val", "") for item in root.iter(*_NAMING)}
        seen: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key in self._raw and key not in seen:
                seen.add(key)
                yield self._raw[key]
                waiting |= {item.get(W + "val", "") for item in self._raw[key].iterchildren(W + "basedOn")}
        default = None if self._package.styles is None else self._package.styles.find(W + "docDefaults")
        if default is not None:
            yield default

    # ------------------------------------------------------------------------------------------ what is said

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
            elif tag == _TEXT_FILL:
                found["fill"] = self.theme.painted(child)
            elif tag == _OUTLINE:
                found["outlined"] = bool(self.theme.painted(child))
            elif tag == W + "outline":
                found["outlined"] = on(child)
        return found

    def style(self, key: str) -> tuple[Said, Said]:
        """What a style says of its runs and of its paragraphs, with what it takes over."""
        if key not in self._styles:
            runs: dict[str, Any] = {}
            paragraphs: dict[str, Any] = {}
            for item in styled(self._raw, key):
                own, outer = item.find(_LOOK), item.find(W + "pPr")
                runs = {**({} if own is None else self.said(own)), **runs}
                paragraphs = {**({} if outer is None else self.paragraph(outer)), **paragraphs}
            self._styles[key] = runs, paragraphs
        return self._styles[key]

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

    # ------------------------------------------------------------------------------------------ what follows

    def ground(self, paragraph: Element) -> Ground:
        """What a paragraph gives its runs."""
        properties = paragraph.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        key = self._normal if named is None else named.get(W + "val", "")
        runs, style = self.style(key if key in self._raw else self._normal)
        own = {**style, **({} if properties is None else self.paragraph(properties))}
        cell, box = _around(paragraph)
        table: Said = {}
        back: str | None = self.sheet.page(paragraph, self.theme) if cell is None and box is None else PAGE
        if cell is not None:
            table, back = self._tables.of(cell)
        if box is not None and (cell is None or _inside(box, cell)):
            back = self.sheet.fill(box, self.theme)
        ground = Ground((self._defaults, table, runs, {**self._defaults, **table, **runs}), own.get("ground") or back)
        height = own.get("height")
        if height is not None and 0 < height <= FLAT:
            ground.aside = "clipped"
        elif self.sheet.off(own, cell is not None, paragraph):
            ground.aside = "off-page"
        if self._shifted or self._ups:
            self._level(paragraph, ground)
        return ground

    def _level(self, paragraph: Element, ground: Ground) -> None:
        """Where the paragraph's base line is, and whether anything stands on it."""
        inks = [(text, self.look(run, ground)) for run in runs_of(paragraph) if (text := _ink(run))]
        inks = [(text, look) for text, look in inks if not self._unseen(look, ground)]
        if not inks:
            return
        ground.raised = all(look.get("up") for _, look in inks)
        if ground.raised:
            ground.doubt = ALONE
        ground.large = max(look.get("size") or 20 for _, look in inks)
        shifts: dict[int, int] = {}
        for text, look in inks:
            shift = look.get("shift") or 0
            shifts[shift] = shifts.get(shift, 0) + len(text)
        if 0 not in shifts:
            ground.base = max(shifts, key=lambda shift: shifts[shift])
        beside = [size for shift, size in shifts.items() if abs(shift - ground.base) >= _SHIFT]
        if beside and (0 not in shifts or max(beside) > shifts[0] and len(shifts) > 1):
            ground.doubt = "raised"  # nobody can tell which of them is the figure

    def look(self, run: Element, ground: Ground) -> Said:
        """The properties of a run, those of all styles above it among them."""
        own = run.find(_LOOK)
        if own is None:
            return self._joined(ground, {}, {})
        named = own.find(W + "rStyle")
        style = {} if named is None else self.style(named.get(W + "val", ""))[0]
        return self._joined(ground, style, self.said(own))

    @staticmethod
    def _joined(ground: Ground, style: Said, own: Said) -> Said:
        defaults, table, paragraph, all_three = ground.levels
        found = {**all_three, **style, **own}
        for name in ("vanish", "strike"):  # switches of styles undo each other (ECMA-376, 17.7.3)
            if own.get(name) is None:
                set_ = defaults.get(name) or (bool(table.get(name)) ^ bool(paragraph.get(name)) ^ bool(style.get(name)))
                found[name] = bool(set_)
        return found

    def aside(self, run: Element, ground: Ground) -> str:
        """Why a run's text is not read: hidden, white, small, clipped, off-page, struck, mark (raised or lowered); '' where it is."""
        if ground.plain is not None and run.find(_LOOK) is None:
            return ground.plain
        look = self.look(run, ground)
        found = self._unseen(look, ground) or self._set_aside(look, ground)
        if run.find(_LOOK) is None:
            ground.plain = found
        return found

    def _unseen(self, look: Said, ground: Ground) -> str:
        """Why nobody sees it."""
        if ground.aside:
            return ground.aside
        if look.get("vanish"):
            return "hidden"
        size, width = look.get("size"), look.get("width")
        if size is not None and size <= _TINY or width is not None and 0 < width <= _NARROW:
            return "small"
        if abs(look.get("shift") or 0) >= _AWAY:
            return "off-page"
        if look.get("outlined"):
            return ""
        colour, back = look.get("fill", look.get("colour")), look.get("highlight") or look.get("ground") or ground.back
        if colour == "":
            return "white"  # letters that are not filled
        return "white" if back and colour and colour != "auto" and alike(colour, back) else ""

    @staticmethod
    def _set_aside(look: Said, ground: Ground) -> str:
        """Why what is seen is not part of the text."""
        if look.get("strike") or look.get("dstrike"):
            return "struck"
        if look.get("up") and not ground.raised:
            return "mark"
        shift = abs((look.get("shift") or 0) - ground.base)
        small = (look.get("size") or 20) <= _SMALLER * ground.large
        return "mark" if shift >= _SHIFT or shift and small else ""

    def pictured(self, properties: Element) -> str:
        """The symbol font that a w:rPr or its style names; '' where letters are letters."""
        own, named = properties.find(W + "rFonts"), properties.find(W + "rStyle")
        name = None if own is None else own.get(W + "ascii") or own.get(W + "hAnsi")
        if name is None and named is not None:
            name = self.style(named.get(W + "val", ""))[0].get("font")
        return name if name and name.strip().lower() in PICTURED else ""


def runs_of(parent: Element, depth: int = 0) -> Iterator[Element]:
    """The runs of a paragraph, not those of text boxes within it or of ruby above it."""
    for child in parent:
        if child.tag == _R:
            yield child
        elif depth < 20 and child.tag != W + "pPr" and child.tag not in (W + "del", W + "moveFrom"):
            yield from runs_of(child, depth + 1)


def _ink(run: Element) -> str:
    """What a run prints, spaces taken off; a symbol counts as one."""
    return "".join(child.text or "" if child.tag == _T else "·" for child in run.iterchildren(_T, W + "sym")).strip()


def _odd(item: Element) -> bool:
    """Whether one of the other telling elements says something out of the ordinary."""
    tag = item.tag
    if tag == W + "sz":
        size = number(item)
        return size is not None and size <= _TINY
    if tag == W + "w":
        width = number(item)
        return width is not None and 0 < width <= _NARROW
    if tag == W + "rFonts":
        return any((item.get(W + name) or "").strip().lower() in PICTURED for name in ("ascii", "hAnsi"))
    if tag == W + "ind":
        return any(not -1000 < (number(item, name) or 0) < 8000 for name in ("left", "start", "hanging", "firstLine"))
    if tag == W + "spacing":
        height = number(item, "line") if item.get(W + "lineRule") == "exact" else None
        return height is not None and 0 < height <= FLAT
    return tag in (W + "framePr", _TEXT_FILL) or bool(on(item))


def _around(paragraph: Element) -> tuple[Element | None, Element | None]:
    """The innermost cell and the innermost text box that a paragraph stands in."""
    cell = box = None
    for above in paragraph.iterancestors(_TC, _BOX):
        cell = above if cell is None and above.tag == _TC else cell
        box = above if box is None and above.tag == _BOX else box
        if cell is not None and box is not None:
            break
    return cell, box


def _inside(inner: Element, outer: Element) -> bool:
    """Whether the one element stands in the other."""
    return any(above is outer for above in inner.iterancestors(outer.tag))

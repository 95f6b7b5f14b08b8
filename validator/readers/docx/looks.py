"""How the runs of a docx look: hidden, white, tiny, struck or raised, by themselves and by every style that they stand under.

Most documents hold nothing of the kind; `RunLooks.of` gives None for them and costs one pass over a few elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from validator.readers.docx.colours import PAGE, is_invisible_on
from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.placing import PageSheet
from validator.readers.docx.properties import FLAT, NARROW, TINY, LookValues, Properties
from validator.readers.docx.symbols import PICTURED
from validator.readers.docx.table_looks import TableLooks
from validator.readers.docx.unusual_looks import UnusualLooks, unusual_looks

#: A shift of the base line from which on letters are raised or lowered; in half points. Below it, only smaller letters are.
_SHIFT = 3
_SMALLER = 0.75
#: A shift that takes letters out of their cell or off the page; in half points.
_AWAY = 400
#: The doubt about a paragraph all of which is raised: a mark, where other paragraphs of its cell are not.
ALONE = "alone"
_R, _T, _TC, _LOOK, _BOX = W + "r", W + "t", W + "tc", W + "rPr", W + "txbxContent"


@dataclass(slots=True)
class Ground:
    """What a paragraph gives its runs: properties by level of style, the colour below them, where its base line is."""

    levels: tuple[LookValues, LookValues, LookValues, LookValues]  # defaults, table's style, paragraph's style, all three
    back: str | None  # None: nobody knows, such as in a box without a fill
    aside: str = ""  # why nobody sees the paragraph: clipped, off-page; '' where it is seen
    base: int = 0  # the shift of its base line, in half points
    large: int = 0  # its largest letters, in half points
    raised: bool = False  # all of it is raised: nothing stands beside it
    doubt: str = ""
    plain: str | None = None  # the answer of RunLooks.aside for runs without properties of their own, once it was asked for


class RunLooks:
    """How the runs of one document look."""

    @classmethod
    def of(cls, package: Package, styles: Mapping[str, Element], outside: Iterable[Element] = ()) -> RunLooks | None:
        """None where nothing in the document, the parts `outside` its text or its styles can hide, strike or raise anything."""
        properties, sheet = Properties(package, styles), PageSheet(package.body)
        looks = unusual_looks(package, properties, sheet, outside)
        return cls(properties, sheet, looks) if looks.anything else None

    def __init__(self, properties: Properties, sheet: PageSheet, unusual: UnusualLooks) -> None:
        self.sheet = sheet
        self._properties = properties
        self._raised = unusual.raised or unusual.shifted
        self._tables = TableLooks(properties.styles, properties.usual.get("table", ""), properties.theme, properties.run_values)

    def ground(self, paragraph: Element) -> Ground:
        """What a paragraph gives its runs."""
        properties = paragraph.find(W + "pPr")
        style_name = None if properties is None else properties.find(W + "pStyle")
        usual = self._properties.usual.get("paragraph", "")
        key = usual if style_name is None else style_name.get(W + "val", "")
        runs, style = self._properties.style(key if key in self._properties.styles else usual)
        layout = {**style, **({} if properties is None else self._properties.paragraph_values(properties))}
        cell, box = _innermost(paragraph)
        table: LookValues = {}
        back: str | None = self.sheet.page_colour(paragraph, self._properties.theme) if cell is None and box is None else PAGE
        if cell is not None:
            table, back = self._tables.of(cell)
        if box is not None and (cell is None or _is_within(box, cell)):
            back = self.sheet.fill_around(box, self._properties.theme)
        defaults = self._properties.defaults
        ground = Ground((defaults, table, runs, {**defaults, **table, **runs}), layout.get("ground") or back)
        height = layout.get("height")
        if height is not None and 0 < height <= FLAT:
            ground.aside = "clipped"
        elif self.sheet.is_off_page(layout, cell is not None, paragraph):
            ground.aside = "off-page"
        if self._raised:
            self._find_base_line(paragraph, ground)
        return ground

    def _find_base_line(self, paragraph: Element, ground: Ground) -> None:
        """Where the paragraph's base line is, and whether anything stands on it."""
        inks = [(text, self.look(run, ground)) for run in runs_of(paragraph) if (text := _printed_text(run))]
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

    def look(self, run: Element, ground: Ground) -> LookValues:
        """The properties of a run, those of all styles above it among them."""
        properties = run.find(_LOOK)
        if properties is None:
            return self._merge_levels(ground, {}, {})
        style_name = properties.find(W + "rStyle")
        style = {} if style_name is None else self._properties.style(style_name.get(W + "val", ""))[0]
        return self._merge_levels(ground, style, self._properties.run_values(properties))

    @staticmethod
    def _merge_levels(ground: Ground, style: LookValues, own: LookValues) -> LookValues:
        defaults, table, paragraph, all_three = ground.levels
        look = {**all_three, **style, **own}
        for name in ("vanish", "strike"):  # a switch set by two styles is off again (ECMA-376, 17.7.3)
            if own.get(name) is None:
                set_ = defaults.get(name) or (bool(table.get(name)) ^ bool(paragraph.get(name)) ^ bool(style.get(name)))
                look[name] = bool(set_)
        return look

    def aside(self, run: Element, ground: Ground) -> str:
        """Why a run's text is not read: hidden, white, small, clipped, off-page, struck, mark (raised or lowered); '' where it is."""
        if ground.plain is not None and run.find(_LOOK) is None:
            return ground.plain
        look = self.look(run, ground)
        reason = self._unseen(look, ground) or self._set_aside(look, ground)
        if run.find(_LOOK) is None:
            ground.plain = reason
        return reason

    def _unseen(self, look: LookValues, ground: Ground) -> str:
        """Why nobody sees it."""
        if ground.aside:
            return ground.aside
        if look.get("vanish"):
            return "hidden"
        size, width = look.get("size"), look.get("width")
        if size is not None and size <= TINY or width is not None and 0 < width <= NARROW:
            return "small"
        if abs(look.get("shift") or 0) >= _AWAY:
            return "off-page"
        if look.get("outlined"):
            return ""
        colour, back = look.get("fill", look.get("colour")), look.get("highlight") or look.get("ground") or ground.back
        if colour == "":
            return "white"  # letters that are not filled
        return "white" if back and colour and colour != "auto" and is_invisible_on(colour, back) else ""

    @staticmethod
    def _set_aside(look: LookValues, ground: Ground) -> str:
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
        fonts, style_name = properties.find(W + "rFonts"), properties.find(W + "rStyle")
        name = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
        if name is None and style_name is not None:
            name = self._properties.style(style_name.get(W + "val", ""))[0].get("font")
        return name if name and name.strip().lower() in PICTURED else ""


def runs_of(parent: Element, depth: int = 0) -> Iterator[Element]:
    """The runs of a paragraph, not those of text boxes within it or of ruby above it."""
    for child in parent:
        if child.tag == _R:
            yield child
        elif depth < 20 and child.tag != W + "pPr" and child.tag not in (W + "del", W + "moveFrom"):
            yield from runs_of(child, depth + 1)


def _printed_text(run: Element) -> str:
    """What a run prints, spaces taken off; a symbol counts as one."""
    return "".join(child.text or "" if child.tag == _T else "·" for child in run.iterchildren(_T, W + "sym")).strip()


def _innermost(paragraph: Element) -> tuple[Element | None, Element | None]:
    """The innermost cell and the innermost text box that a paragraph stands in."""
    cell = box = None
    for above in paragraph.iterancestors(_TC, _BOX):
        cell = above if cell is None and above.tag == _TC else cell
        box = above if box is None and above.tag == _BOX else box
        if cell is not None and box is not None:
            break
    return cell, box


def _is_within(inner: Element, outer: Element) -> bool:
    """Whether the one element stands in the other."""
    return any(above is outer for above in inner.iterancestors(outer.tag))

"""Lines for a terminal: widths in columns (a Chinese character takes two), wrapping, windows around a spot, styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rich.cells import cell_len, set_cell_size

from validator.base.records import positional_record
from validator.base.regex_cache import expression

#: A run of text and its style: "", dim, strong, error, warning, note, mark, rule (a rule's id).
Span = tuple[str, str]

_CLOSERS = "，。、；：？！）〕】》」』”’…％%,.;:?!)]}"
_OPENERS = "（〔【《「『“‘([{"
_WORD = expression(r"[!-~]+|\s+|.", re.DOTALL)
_STYLES = {"dim": "dim", "strong": "bold", "error": "bold red", "warning": "yellow", "note": "cyan", "mark": "bold magenta", "rule": "dim"}
#: rich numbers links at random, for links that a line's end divides: ours are never divided, and the same input gives the same bytes.
_LINK_NUMBER = expression(r"\x1b\]8;id=[^;]*;")

#: What would steer the terminal or turn the reading direction, or is no character at all: nothing of a report may.
_STEERING = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF)} | dict.fromkeys(
    (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""
)


def harmless(text: str) -> str:
    """The text without control characters; each leaves a space."""
    return text.translate(_STEERING)


@positional_record
class OutputLine:
    """One line of output: spans side by side."""

    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The line without styles."""
        return harmless("".join(text for text, _ in self.spans)).rstrip()


def line(*spans: Span | str) -> OutputLine:
    """A line of these spans; a plain string has no style."""
    return OutputLine(tuple((span, "") if isinstance(span, str) else span for span in spans))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns. Words stay whole and no line begins with closing punctuation."""
    lines, current, used = [], "", 0
    for piece in _pieces(text):
        size = cell_len(piece)
        if current and used + cell_len(piece.rstrip()) > width:
            lines.append(current.rstrip())
            current, used = "", 0
            piece = piece.lstrip()
            size = cell_len(piece)
        while size > width:
            head = set_cell_size(piece, width).rstrip()
            lines.append(head)
            piece = piece[len(head) :]
            size = cell_len(piece)
        current, used = current + piece, used + size
    return [*lines, current.rstrip()] if current.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """What must stay together: a word, or a character with the punctuation that belongs to it."""
    pieces: list[str] = []
    for part in _WORD.findall(harmless(text)):
        joins = pieces and (part.isspace() or part[0] in _CLOSERS or pieces[-1][-1] in _OPENERS)
        if joins and len(pieces[-1]) < 40:
            pieces[-1] += part
        else:
            pieces.append(part)
    return pieces


def hang(label: str, text: str, *, indent: int, width: int, style: str = "") -> list[OutputLine]:
    """A label and its text, further lines under the text's beginning."""
    margin = " " * indent
    room = max(width - indent - cell_len(label), 20)
    first, *rest = wrap(text, room)
    under = margin + " " * cell_len(label)
    return [line(margin, (label, "dim"), (first, style)), *(line(under, (more, style)) for more in rest)]


def clip(text: str, width: int, *, keep_end: bool = False) -> str:
    """The text cut to `width` columns with an ellipsis, at its end or (for paths) at its beginning."""
    if cell_len(text) <= width:
        return text
    if not keep_end:
        return set_cell_size(text, width - 1).rstrip() + "…"
    while cell_len(text) > width - 1:
        text = text[1:]
    return "…" + text


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces to `width` columns; longer text stays as it is."""
    gap = " " * max(width - cell_len(text), 0)
    return gap + text if right else text + gap


@positional_record
class Window:
    """A piece of a line around a spot, and the line of carets that goes under it."""

    text: str
    carets: str


def window(text: str, start: int, length: int, width: int) -> Window:
    """At most `width` columns of the text with the spot at `start` (0-based) in view; length 0 marks nothing."""
    start = min(max(start, 0), len(text))
    end = min(start + length, len(text))
    low, high = max(start - 2 * width, 0), min(max(end, start) + 2 * width, start + 4 * width, len(text))  # a line may have millions
    cut_before, cut_after = low > 0, high < len(text)
    text = "".join(char if char.isprintable() else " " for char in text[low:high])
    start, end = start - low, min(end - low, len(text))
    left, right = _view(text, start, end, width)
    head, tail = "…" if left or cut_before else "", "…" if right < len(text) or cut_after else ""
    shown = text[left:right]
    before = cell_len(head + text[left:start])
    marked = cell_len(text[start : min(end, right)])
    return Window(head + shown.rstrip() + tail, (" " * before + "^" * marked) if marked else "")


def _view(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The bounds of what is shown: everything where it fits, else the spot with as much before as after it."""
    if len(text) <= width and cell_len(text) <= width:
        return 0, len(text)
    room = width - 2
    left, right, used = start, start, 0
    while right < end and used + cell_len(text[right]) <= room:
        used, right = used + cell_len(text[right]), right + 1
    grown = True
    while grown:
        grown = False
        if left > 0 and used + cell_len(text[left - 1]) <= room:
            left, grown = left - 1, True
            used += cell_len(text[left])
        if right < len(text) and right >= end and used + cell_len(text[right]) <= room:
            used, right, grown = used + cell_len(text[right]), right + 1, True
    return left, right


def plain(lines: Iterable[OutputLine]) -> str:
    """The lines without colour."""
    return "".join(item.text + "\n" for item in lines)


def coloured(lines: Iterable[OutputLine], width: int, pages: Mapping[str, str] | None = None) -> str:
    """The lines with the terminal's colour codes; rules' ids are links to the addresses in `pages`."""
    import io

    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    def look(text: str, style: str) -> Style:
        link = pages.get(text) if pages and style == "rule" else None
        return Style.parse(_STYLES.get(style, "")) + Style(link=link)

    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, color_system="standard", width=max(width, 20), legacy_windows=False, highlight=False)
    for item in lines:
        text = Text.assemble(*((harmless(piece), look(piece, style)) for piece, style in item.spans))
        text.rstrip()
        console.print(text, soft_wrap=True)
    return _LINK_NUMBER.sub("\x1b]8;;", shown.getvalue())

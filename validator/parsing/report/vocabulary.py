"""The words of the forms as the lexer needs them: labels without spaces, numerals and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Literal

from validator.base.records import positional_record
from validator.base.regex_cache import expression
from validator.model import Form, FormColumn, FormRow, FormTable
from validator.text.characters import bare, even
from validator.text.numerals import BRACKETED, CIRCLED_ONES, listed

_NUMERAL = expression(rf"{BRACKETED}[.、,]?|{listed(2)}[、.,:](?=\D)|\(?\d{{1,2}}[.、,)](?!\d)|[{CIRCLED_ONES}]")
_NUMBERED = expression(BRACKETED)
_QUOTES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": '"',
        "’": '"',
        "'": '"',
        "„": '"',
        "＂": '"',
        "「": '"',
        "」": '"',
        "它": "他",
        "·": ".",
        "，": ",",
        "、": ",",
        "；": ";",
        "／": "/",
    }
)

Role = Literal["row", "column", "band", "furniture"]


@lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """A label as it is compared: half width, no spaces, one kind of dash and quotation mark."""
    return bare(even(label)).translate(_QUOTES)


@lru_cache(maxsize=4096)
def numeral(label: str) -> str:
    """The numeral a plain label begins with: '(一)', '1.', ''."""
    found = _NUMERAL.match(label)
    return found[0] if found and found.end() < len(label) else ""


@lru_cache(maxsize=4096)
def core(label: str) -> str:
    """A plain label without its numeral and without notes in brackets, cut-off ones included."""
    text = _without_notes(label[len(numeral(label)) :])
    opened = text.rfind("(")
    if opened >= 0 and ")" not in text[opened:]:
        text = text[:opened]
    closed = text.find(")")
    if closed >= 0 and "(" not in text[:closed]:
        text = text[closed + 1 :]
    return text.strip('":;,。、*') or ""


def _without_notes(text: str) -> str:
    """The text without what stands in brackets, notes within notes too; a numeral in brackets stays, and what stands around it."""
    if "(" not in text:
        return text
    kept: list[str] = []
    open_: list[tuple[int, bool]] = []  # of each bracket: where it stands in `kept`, and whether one within it was kept
    for char in text:
        kept.append(char)
        if char == "(":
            open_.append((len(kept) - 1, False))
        elif char == ")" and open_:
            start, holds = open_.pop()
            if holds or _NUMBERED.fullmatch("".join(kept[start : start + 5])):
                open_[-1:] = [(place, True) for place, _ in open_[-1:]]
            else:
                del kept[start:]
    return "".join(kept)


@positional_record
class LabelEntry:
    """A label of a form: where it belongs and how it fits when printed so."""

    role: Role
    form: str
    table: str
    key: str
    plain: str
    core: str
    match: Literal["form", "variant", "changed"]


@positional_record
class Vocabulary:
    """All labels of all forms. One for the whole book: a report may stand on any form, or on two."""

    entries: tuple[LabelEntry, ...]
    pairs: bool = False  # a form has lists of labels with one value each, which may share a line of text
    beside: frozenset[str] = frozenset()  # characters of the heads and labels of tables whose rows stand side by side

    @cached_property
    def by_core(self) -> dict[str, tuple[LabelEntry, ...]]:
        """Entries by their core."""
        found: dict[str, list[LabelEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.core or entry.plain, []).append(entry)
        return {core: tuple(entries) for core, entries in found.items()}

    @cached_property
    def _whole(self) -> str:
        return "\n".join(dict.fromkeys(entry.plain for entry in self.entries))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any label of three characters or more in squeezed text, the longest first, with its numeral and note where printed."""
        words = {(numeral(entry.plain), entry.core, entry.plain) for entry in self.entries if len(entry.core) >= 2 or len(entry.plain) >= 3}
        parts: dict[str, int] = {}
        for number, word, whole in words:
            parts.setdefault(_literal(whole), len(whole))
            parts.setdefault((f"(?:{_literal(number)})?" if number else "") + _literal(word or whole), len(word or whole))
        first = {char for number, word, whole in words for text in (whole, number, word or whole) for char in _first(text)}
        # most places are told by one character that no label begins there
        return expression(f"(?=[{re.escape(''.join(sorted(first)))}])(?:{'|'.join(sorted(parts, key=lambda part: (-parts[part], part)))})")

    def mixed(self, text: str) -> bool:
        """Whether a plain text may be heads of a table side by side, broken and mixed by copying: 结 结 其 尚."""
        return bool(text) and self.beside.issuperset(text)

    def exact(self, text: str) -> tuple[LabelEntry, ...]:
        """The entries whose label this plain text is, numerals and notes set aside."""
        return self.by_core.get(core(text), ()) or self.by_core.get(text, ())

    def holds(self, text: str) -> bool:
        """Whether a plain text of two characters or more is a piece of some label."""
        return len(text) >= 2 and text in self._whole


_MARKS = {'"': '["“”‘’]?', "他": "[他它]", "/": "[/／]?", ",": "[,、.]?", ".": "[.、,．]"}


def _literal(text: str) -> str:
    """The text as a pattern; quotation marks may be lost or of any kind."""
    return "".join(_MARKS.get(char) or re.escape(char) for char in text)


def _first(text: str) -> str:
    """The characters that a match of the text's pattern may begin with; those behind marks that may be lost too."""
    found = ""
    for char in text:
        mark = _MARKS.get(char, char)
        found += mark.strip("[]?") if len(mark) > 1 else char
        if not mark.endswith("?"):
            break
    return found


_KNOWN: dict[tuple[int, ...], tuple[tuple[Form, ...], Vocabulary]] = {}  # by identity: forms hold mappings, which cannot be hashed


def vocabulary(forms: Iterable[Form]) -> Vocabulary:
    """The vocabulary of these forms; made once for each."""
    forms = tuple(forms)
    key = tuple(map(id, forms))
    if key not in _KNOWN:
        if len(_KNOWN) > 64:  # a test that makes forms by the hundred
            _KNOWN.clear()
        entries = tuple(entry for form in forms for table in form.tables for entry in _entries(form, table))
        tables = [table for form in forms for table in form.tables]
        flat = {(form.id, table.key) for form in forms for table in form.tables if table.flat}
        beside = frozenset(
            char for entry in entries if (entry.form, entry.table) in flat and entry.role != "furniture" for char in entry.plain
        )
        made = Vocabulary(entries, any(table.pairs for table in tables), beside)
        _KNOWN[key] = (forms, made)  # the forms are held so that their identities stay theirs
    return _KNOWN[key][1]


def _entries(form: Form, table: FormTable) -> Iterator[LabelEntry]:
    def entry(role: Role, key: str, label: str, match: Literal["form", "variant", "changed"]) -> LabelEntry:
        text = plain(label)
        return LabelEntry(role, form.id, table.key, key, text, core(text), match)

    sides: tuple[tuple[Role, Sequence[FormRow | FormColumn]], ...] = (("row", table.rows), ("column", table.columns))
    for role, items in sides:
        for item in items:
            yield entry(role, item.key, item.label, "form")
            yield from (entry(role, item.key, label, "variant") for label in item.variants)
            yield from (entry(role, item.key, label, "changed") for label in item.changed)
    bands = dict.fromkeys(label for row in table.rows if row.band for label in (row.band, *row.band_variants))
    labels = {row.label for row in table.rows}
    yield from (entry("band", label, label, "form") for label in bands if label not in labels)
    yield from (entry("furniture", label, label, "form") for label in table.furniture)

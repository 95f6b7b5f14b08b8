"""Fields of a docx: what stands between begin and separate is a code, and older form fields keep their value beside it."""

from __future__ import annotations

import re

from validator.readers.docx.package import Element, W
from validator.readers.docx.styles import child, number, on, value
from validator.readers.docx.symbols import character

#: Fields that print what their code says and have no result of their own.
_PRINTING = frozenset({"EQ", "MACROBUTTON", "GOTOBUTTON"})
_WITH_OWN_TEXT = _PRINTING | {"FORMDROPDOWN", "FORMCHECKBOX", "FORMTEXT", "SYMBOL"}
_FONT = re.compile(r'\\f\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)


class Field:
    """A field that was begun: its code so far and how much text there was when its result began."""

    __slots__ = ("code", "data", "result")

    def __init__(self, begin: Element) -> None:
        self.data: Element | None = begin.find(W + "ffData")
        self.code: list[str] = []
        self.result: int | None = None  # number of pieces before the result; None: the field has no result

    def name(self) -> str:
        """Its kind, such as FORMDROPDOWN."""
        words = "".join(self.code).split(maxsplit=1)
        return words[0].upper() if words else ""

    def has_own_text(self) -> bool:
        """Whether it may print what is no result."""
        return self.name() in _WITH_OWN_TEXT

    def own_text(self, shown: str) -> tuple[str, str]:
        """What it prints beside the result that is shown, and why that is in doubt ('' where it is not)."""
        name = self.name()
        if name == "FORMDROPDOWN":
            entry = self._chosen()
            if shown.strip():
                return "", "" if entry in (None, shown.strip()) else "field"
            return entry or "", ""
        if shown.strip():
            return "", ""
        if name == "FORMCHECKBOX":
            return self._ticked(), ""
        if name == "FORMTEXT":
            return self._default() if self.result is None else "", ""
        if name == "SYMBOL":
            return self._symbol()
        return "", "field" if name in _PRINTING else ""

    def _chosen(self) -> str | None:
        """The entry of a drop-down list that is shown; the first where none was chosen."""
        entries = child(self.data, "ddList")
        if entries is None:
            return None
        texts = [entry.get(W + "val", "") for entry in entries.iterchildren(W + "listEntry")]
        at = number(entries.find(W + "result"))
        at = number(entries.find(W + "default")) or 0 if at is None else at
        return texts[at] if 0 <= at < len(texts) else None

    def _ticked(self) -> str:
        box = child(self.data, "checkBox")
        if box is None:
            return ""
        checked = on(box.find(W + "checked"))
        return "☑" if (on(box.find(W + "default")) if checked is None else checked) else "□"

    def _default(self) -> str:
        return value(child(self.data, "textInput", "default"))

    def _symbol(self) -> tuple[str, str]:
        code = "".join(self.code)
        words, font = code.split(), _FONT.search(code)
        try:
            number_ = int(words[1], 0) if len(words) > 1 else -1
        except ValueError:
            number_ = -1
        text = character((font[1] or font[2] or "") if font else "", number_) if number_ >= 0 else ""
        return text, "" if text else "symbol"

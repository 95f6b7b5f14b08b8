"""Content controls that nobody filled in: what they show («单击此处输入文字») is no content; where it may be a figure, that is in doubt."""

from __future__ import annotations

from typing import Literal

from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.styles import on, value

_SDT, _TC, _TBL, _T = W + "sdt", W + "tc", W + "tbl", W + "t"
_SHOWING = f"{W}sdtPr/{W}showingPlcHdr"
_STYLES = frozenset({"placeholder text", "占位符文本"})
PromptState = Literal["", "skip", "doubt"]


class Prompts:
    """The controls of one document that say they show a prompt."""

    @classmethod
    def of(cls, package: Package) -> Prompts | None:
        """None where there is no such control."""
        return cls(package) if next(package.body.iter(W + "showingPlcHdr"), None) is not None else None

    def __init__(self, package: Package) -> None:
        self._styles = {"PlaceholderText"}
        self._states: dict[Element, PromptState] = {}
        for item in () if package.styles is None else package.styles.iterchildren(W + "style"):
            if value(item.find(W + "name")).lower() in _STYLES:
                self._styles.add(item.get(W + "styleId", ""))

    def state_around(self, paragraph: Element) -> PromptState:
        """What the controls around a paragraph, its cell or its row make of it."""
        for above in paragraph.iterancestors(_SDT, _TBL):
            if above.tag == _TBL:
                break
            state = self.state(above)
            if state:
                return state
        return ""

    def state(self, control: Element) -> PromptState:
        """`skip`: what it shows is a prompt. `doubt`: it says so, but shows digits alone. '': it shows its content.

        Programs that fill in forms leave the sign where it was: words outside tables that are not in the prompt's style are content.
        """
        if control not in self._states:
            self._states[control] = self._prompt_state(control) if on(control.find(_SHOWING)) else ""
        return self._states[control]

    def _prompt_state(self, control: Element) -> PromptState:
        """The same of a control that says that it shows a prompt."""
        text = "".join(item.text or "" for item in control.iter(_T)).strip()
        if any(char.isdigit() for char in text) and not any(char.isalpha() for char in text):
            return "doubt"
        styled = any(item.get(W + "val") in self._styles for item in control.iter(W + "rStyle"))
        in_table = next(control.iterancestors(_TC), None) is not None or next(control.iter(_TC), None) is not None
        return "skip" if styled or in_table or not text else ""

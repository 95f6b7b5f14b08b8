"""What has been found in a paragraph so far: its text piece by piece, what is set aside from it, and what stands beside."""

from __future__ import annotations

from validator.model import Mark
from validator.readers.docx.fields import Field
from validator.readers.docx.package import Element
from validator.readers.docx.shapes import Shape

#: Signs that are part of a figure: a raised one is no note.
_SIGNS = frozenset("-+−–—－＋.．,，%％/°")
#: Exponents of units of length are words: 80 m².
_POWERS = {"2": "²", "3": "³"}


class Found:
    """`aside` says why text that comes now is set aside ('' where it is not); `fields` is the stack of fields that were begun."""

    __slots__ = (
        "aside", "boxes", "comments", "doubt", "extras", "fields", "marks", "notes", "objects", "parts", "pending", "pictures", "unread",
        "_stretch",
    )  # fmt: skip

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self.unread: dict[str, int] = {}  # why → stretches of text that are not read
        self.boxes: list[Shape] = []
        self.objects: list[str] = []
        self.fields: list[Field] = []
        self.notes: list[Element] = []  # references to them
        self.pictures = self.comments = 0
        self.extras = False  # whether there is anything besides text
        self.aside = ""
        self.pending = False  # a note's own mark comes in the next run
        self.doubt = ""
        self._stretch: tuple[str, int] = ("", 0)

    @property
    def coded(self) -> bool:
        """Whether what comes now is the code of a field."""
        return any(field.result is None for field in self.fields)

    def put(self, text: str) -> None:
        """Text that is printed, or set aside."""
        if not self.aside:
            self.parts.append(text)
        elif text.strip():
            self.extras = True
            if self.aside == "mark":
                power = _POWERS.get(text.strip()) if self.parts and self.parts[-1].endswith("m") else None
                if power:
                    self.parts.append(power)
                else:
                    self.mark(text)
            elif self._stretch != (self.aside, len(self.parts)):
                self._stretch = (self.aside, len(self.parts))
                self.unread[self.aside] = self.unread.get(self.aside, 0) + 1

    def mark(self, text: str) -> None:
        """A raised or lowered mark where the text stands now; it goes on with one that stands there already."""
        self.extras = True
        at = sum(map(len, self.parts))
        if self.marks and self.marks[-1].start == at:
            text = self.marks.pop().text + text
        self.marks.append(Mark(text=text, start=at))

    def doubtful(self, reason: str) -> None:
        """No figure may be read from this paragraph; the first reason counts."""
        self.extras = True
        self.doubt = self.doubt or reason

    def settled(self, text: str) -> str:
        """The doubt at the paragraph's end: marks within a figure, or signs among them, may belong to it."""
        for mark in self.marks:
            inside = text[: mark.start].rstrip()[-1:].isdigit() and text[mark.start :].lstrip()[:1].isdigit()
            if inside or any(char in _SIGNS for char in mark.text):
                return self.doubt or "raised"
        return self.doubt

"""What has been found in a paragraph so far: its text piece by piece, what is set aside from it, and what stands beside."""

from __future__ import annotations

from validator.model import Mark
from validator.readers.docx.fields import Field
from validator.readers.docx.package import Element
from validator.readers.docx.shapes import Shape

#: Signs that belong to figures: a raised one is no reference to a note.
_SIGNS = frozenset("-+−–—－＋.．,，%％/°")
#: Fields within fields that are read; a form that people made has two.
_NESTED = 20
#: Characters on either side of a mark that are looked at.
_REACH = 20
#: A raised 2 or 3 behind m is the exponent of a unit and part of the text: 80 m².
_POWERS = {"2": "²", "3": "³"}


class ParagraphContent:
    """`aside` says why text that comes now is set aside ('' where it is not); `fields` is the stack of fields that were begun."""

    __slots__ = (
        "aside", "boxes", "codes", "comments", "doubt", "extras", "fields", "marks", "notes", "objects", "parts", "pending", "pictures",
        "unread", "_counted", "_stretch",
    )  # fmt: skip

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self.unread: dict[str, int] = {}  # why → stretches of text that are not read
        self.boxes: list[Shape] = []
        self.objects: list[str] = []
        self.fields: list[Field] = []
        self.codes = 0  # fields whose code has not ended yet
        self.notes: list[Element] = []  # references to them
        self.pictures = self.comments = 0
        self.extras = False  # whether the paragraph holds anything besides plain text
        self.aside = ""
        self.pending = False  # a note's own mark comes in the next run
        self.doubt = ""
        self._stretch: tuple[str, int] = ("", 0)
        self._counted = (0, 0)  # pieces, and how long they are together

    def begin(self, field: Field) -> None:
        """A field begins with its code."""
        self.fields.append(field)
        self.codes += 1

    def separate(self) -> None:
        """The result of the innermost field begins."""
        if self.fields and self.fields[-1].result is None:
            self.fields[-1].result = len(self.parts)
            self.codes -= 1

    def end(self) -> None:
        """The innermost field ends; older form fields print what is kept beside them."""
        if not self.fields:
            return
        field = self.fields.pop()
        self.codes -= field.result is None
        if self.codes or len(self.fields) > _NESTED or not field.has_own_text():
            return
        text, doubt = field.own_text("" if field.result is None else "".join(self.parts[field.result :]))
        if text:
            self.add_text(text)
        if doubt:
            self.add_doubt(doubt)

    def length(self) -> int:
        """How long the text is."""
        pieces, length = self._counted
        length += sum(map(len, self.parts[pieces:]))
        self._counted = len(self.parts), length
        return length

    def add_text(self, text: str) -> None:
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
                    self.add_mark(text)
            elif self._stretch != (self.aside, len(self.parts)):
                self._stretch = (self.aside, len(self.parts))
                self.unread[self.aside] = self.unread.get(self.aside, 0) + 1

    def add_mark(self, text: str) -> None:
        """A raised or lowered mark where the text stands now; it goes on with one that stands there already."""
        self.extras = True
        at = self.length()
        if self.marks and self.marks[-1].start == at:
            text = self.marks.pop().text + text
        self.marks.append(Mark(text=text, start=at))

    def add_doubt(self, reason: str) -> None:
        """No figure may be read from this paragraph; the first reason counts."""
        self.extras = True
        self.doubt = self.doubt or reason

    def final_doubt(self, text: str) -> str:
        """The doubt at the paragraph's end: marks within a figure, or signs among them, may belong to it."""
        for mark in self.marks:
            before, after = text[max(0, mark.start - _REACH) : mark.start], text[mark.start : mark.start + _REACH]
            inside = before.rstrip()[-1:].isdigit() and after.lstrip()[:1].isdigit()
            if inside or any(char in _SIGNS for char in mark.text):
                return self.doubt or "raised"
        return self.doubt

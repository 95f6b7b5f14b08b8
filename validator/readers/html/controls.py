"""What the fields of a form show in a page: what was entered or chosen, never a hint."""

from __future__ import annotations

from itertools import islice

from validator.readers.html.source import Element

#: Fields of a form that show no text that somebody entered.
_NO_TEXT = frozenset("hidden submit button reset image file range color password".split())
_CHOICES = frozenset(("radio", "checkbox"))
#: Attributes by which elements ask a program of the page for their words.
_FILLED = frozenset("v-text v-html ng-bind ng-bind-html data-bind x-text x-html data-th-text".split())


class Controls:
    """The fields of a page. Outside cells only fields that nobody can change are read: the others are search boxes and menus."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._labels: set[Element] | None = None

    def value(self, element: Element, tag: str, in_cell: bool) -> str | None:
        """What a field shows; None for what is no field, or a label that is to be read as other text is."""
        if tag == "label":
            return "" if in_cell and element in self._unchosen_labels() else None
        if not in_cell and element.get("readonly") is None and (element.get("disabled") is None or tag == "select"):
            return ""
        if tag == "select":
            return _chosen_text(element)
        kind = (element.get("type") or "text").strip().lower()
        return "" if kind in _NO_TEXT or kind in _CHOICES else (element.get("value") or "").strip()

    def unchosen_tail(self, element: Element) -> bool:
        """Whether the words behind an element belong to a choice that was not made, without a label to say so."""
        if element.tag != "input" or not _is_open_choice(element) or not element.tail or not element.tail.strip():
            return False
        return any(holder.tag in ("td", "th") for holder in element.iterancestors())

    def _unchosen_labels(self) -> set[Element]:
        """The labels of choices that were not made."""
        if self._labels is None:
            labels = {label.get("for"): label for label in self._root.iter("label") if label.get("for")}
            self._labels = set()
            for element in filter(_is_open_choice, self._root.iter("input")):
                label = labels.get(element.get("id")) or next(element.iterancestors("label"), None)
                if label is not None:
                    self._labels.add(label)
        return self._labels


def _is_open_choice(element: Element) -> bool:
    """A radio button or a box that is not ticked."""
    return (element.get("type") or "").strip().lower() in _CHOICES and element.get("checked") is None


def _chosen_text(element: Element) -> str:
    """The chosen entries of a list; the first where none is and only one can be."""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    several = element.get("multiple") is not None
    if not several:
        chosen = chosen[-1:] or options[:1]
    return " ".join(" ".join((option.get("label") or "".join(option.itertext())).split()) for option in chosen)


def is_filled_by_program(element: Element) -> bool:
    """Whether an element without words is to be filled by a program of the page: one of the attributes says so by which they ask for it."""
    return any(not _FILLED.isdisjoint(part.attrib) for part in islice(element.iter("*"), 20))

"""Which elements of a page a CSS selector means. Pseudo-classes that hang on what somebody does with the page mean none.

Matched from the right, each step remembered, so that the time grows with the page and not with the ways through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from validator.base.regex_cache import expression
from validator.model import UnreadableError
from validator.readers.html.source import Element

#: Steps that matching all of a page's rules may take.
MAX_STEPS = 3_000_000
_NAMED = expression(r"[.#]([\w\u0080-\uffff-]+)")
_NEVER = frozenset(
    "hover focus active visited focus-within focus-visible target checked disabled enabled invalid valid required optional".split()
)


class UnknownSelectorError(Exception):
    """A selector that cannot be understood."""


class Matcher:
    """Finds the elements of a page that selectors mean; the page is indexed by class, id and name."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._steps = 0
        self._classes: dict[str, list[Element]] = {}
        self._ids: dict[str, list[Element]] = {}
        self._tags: dict[str, list[Element]] = {}
        self._all: list[Element] = []
        for element in root.iter("*"):
            self._all.append(element)
            self._tags.setdefault(element.tag.lower(), []).append(element)
            for word in set((element.get("class") or "").split()):
                self._classes.setdefault(word, []).append(element)
            if name := element.get("id"):
                self._ids.setdefault(name, []).append(element)
        self._memory: dict[tuple[int, Element], bool] = {}
        self._trees: list[Any] = []  # parsed selectors, held so that none of the ids in `_memory` passes to another object

    def parsed(self, selector: str, beside: bool = False) -> Iterator[Any]:
        """The parsed selectors of a list; `beside`: those of what is printed before and behind elements. Raises Unknown."""
        from cssselect import SelectorError
        from cssselect.parser import parse

        try:
            trees = parse(selector)
        except (SelectorError, RecursionError, ValueError) as error:
            raise UnknownSelectorError from error
        self._trees += trees
        yield from (tree for tree in trees if (str(tree.pseudo_element) in ("before", "after") if beside else tree.pseudo_element is None))

    def possible_selectors(self, selectors: str) -> str:
        """A list of selectors without those whose classes and ids no element of the page has."""
        if "(" in selectors or "[" in selectors or "\\" in selectors:
            return selectors
        return ",".join(
            selector
            for selector in selectors.split(",")
            if all(name in self._classes or name in self._ids for name in _NAMED.findall(selector))
        )

    def elements(self, selector: Any) -> Iterator[Element]:
        """The elements that a parsed selector means. Raises Unknown, and UnreadableError: too-many-blocks."""
        tree = selector.parsed_tree
        return (element for element in self._candidates(tree) if self._fits(tree, element))

    def _candidates(self, tree: Any) -> Iterable[Element]:
        """Elements of the last name in a selector."""
        kind = type(tree).__name__
        if kind == "CombinedSelector":
            return self._candidates(tree.subselector)
        if kind == "Class":
            return self._classes.get(tree.class_name, ())
        if kind == "Hash":
            return self._ids.get(tree.id, ())
        if kind == "Element":
            return self._tags.get(tree.element.lower(), ()) if tree.element else self._all
        return self._candidates(tree.selector) if hasattr(tree, "selector") else self._all

    def _fits(self, tree: Any, element: Element) -> bool:
        """Whether an element is meant, remembered."""
        key = (id(tree), element)
        result = self._memory.get(key)
        if result is None:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise UnreadableError("too-many-blocks", count=self._steps, limit=MAX_STEPS)
            result = self._memory[key] = self._matches(tree, element)
        return result

    def _matches(self, tree: Any, element: Element) -> bool:
        kind = type(tree).__name__
        if kind == "Element":
            return not tree.element or tree.element.lower() == element.tag.lower()
        if kind == "CombinedSelector":
            return self._fits(tree.subselector, element) and self._matches_combinator(tree, element)
        judge = _JUDGES.get(kind)
        if judge is None:
            raise UnknownSelectorError
        return self._fits(tree.selector, element) and judge(self, tree, element)

    def _matches_combinator(self, tree: Any, element: Element) -> bool:
        """Whether what stands left of a combinator fits an element above or before."""
        combinator, first = tree.combinator, tree.selector
        if combinator == ">":
            parent = element.getparent()
            return parent is not None and self._fits(first, parent)
        if combinator == " ":
            parent = element.getparent()
            return parent is not None and (self._fits(first, parent) or self._has_ancestor(tree, parent))
        if combinator == "+":
            before = _before(element)
            return before is not None and self._fits(first, before)
        if combinator == "~":
            return any(self._fits(first, other) for other in self._counting(element.itersiblings("*", preceding=True)))
        raise UnknownSelectorError

    def _has_ancestor(self, tree: Any, element: Element) -> bool:
        """Whether the left of a descendant combinator fits anything above an element; remembered, so that the way up is gone once."""
        path: list[tuple[tuple[int, Element], Element]] = []
        result = False
        key: tuple[int, Element]
        node: Element | None = element
        while node is not None:
            key = (~id(tree), node)
            if (cached := self._memory.get(key)) is not None:
                result = cached
                break
            path.append((key, node))
            parent = node.getparent()
            if parent is not None and self._fits(tree.selector, parent):
                result = True
                break
            node = parent
        for key, _ in path:
            self._memory[key] = result
        return result

    def _counting(self, elements: Iterable[Element]) -> Iterator[Element]:
        """The elements, each of them a step."""
        for element in elements:
            self._steps += 1
            yield element

    def _attribute(self, tree: Any, element: Element) -> bool:
        """[name], [name=value] and its kin."""
        value = element.get(tree.attrib.lower())
        if value is None:
            return False
        if tree.operator == "exists":
            return True
        operand = tree.value.value if hasattr(tree.value, "value") else str(tree.value)
        tests: dict[str, Callable[[], bool]] = {
            "=": lambda: value == operand,
            "~=": lambda: operand in value.split(),
            "|=": lambda: value == operand or value.startswith(operand + "-"),
            "^=": lambda: bool(operand) and value.startswith(operand),
            "$=": lambda: bool(operand) and value.endswith(operand),
            "*=": lambda: bool(operand) and operand in value,
            "!=": lambda: value != operand,
        }
        if tree.operator not in tests:
            raise UnknownSelectorError
        return tests[tree.operator]()

    def _pseudo(self, tree: Any, element: Element) -> bool:
        """:first-child and its kin."""
        name = tree.ident.lower()
        if name in _NEVER:
            return False
        if name == "root":
            return element is self._root
        if name in ("link", "any-link"):
            return element.tag == "a" and element.get("href") is not None
        if name == "empty":
            return len(element) == 0 and not element.text
        if name in ("first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type"):
            kind = element.tag if name.endswith("type") else "*"
            first = next(element.itersiblings(kind, preceding=True), None) is None
            last = next(element.itersiblings(kind), None) is None
            return first and last if name.startswith("only") else first if name.startswith("first") else last
        raise UnknownSelectorError

    def _function(self, tree: Any, element: Element) -> bool:
        """:nth-child(2n+1) and its kin."""
        from cssselect.parser import parse_series

        name = tree.name.lower()
        if name not in ("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"):
            raise UnknownSelectorError
        try:
            step, start = parse_series(tree.arguments)
        except ValueError as error:
            raise UnknownSelectorError from error
        kind = element.tag if name.endswith("type") else "*"
        place = 1 + sum(1 for _ in self._counting(element.itersiblings(kind, preceding="last" not in name)))
        return place == start if step == 0 else (place - start) % step == 0 and (place - start) // step >= 0


def _before(element: Element) -> Element | None:
    """The element before, comments passed over."""
    return next(element.itersiblings("*", preceding=True), None)


_JUDGES: dict[str, Callable[[Matcher, Any, Element], bool]] = {
    "Class": lambda matcher, tree, element: tree.class_name in (element.get("class") or "").split(),
    "Hash": lambda matcher, tree, element: element.get("id") == tree.id,
    "Attrib": Matcher._attribute,
    "Pseudo": Matcher._pseudo,
    "Function": Matcher._function,
    "Negation": lambda matcher, tree, element: not matcher._fits(tree.subselector, element),
    "Matching": lambda matcher, tree, element: any(matcher._fits(part, element) for part in tree.selector_list),
    "SpecificityAdjustment": lambda matcher, tree, element: any(matcher._fits(part, element) for part in tree.selector_list),
}

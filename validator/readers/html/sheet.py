"""A page's own <style>: which of its rules say whether text is seen, and the elements that they mean.

Style sheets elsewhere are not fetched. Rules for printers and for small screens do not hold: the page is looked at on a desk's screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from validator.base.regex_cache import expression
from validator.model import UnreadableError
from validator.readers.html.declarations import PROPERTIES, Declared
from validator.readers.html.selectors import Matcher, UnknownSelectorError
from validator.readers.html.source import Element

#: Characters of all <style> of a page; frameworks written into a page have some 300,000.
MAX_SHEET = 3_000_000
#: Characters of the rules that may mean something in the page; the parser takes a second for some 100,000.
MAX_RULES = 300_000
#: Selectors that may hide something, after those are left out whose classes and ids no element has.
_MAX_SELECTORS = 5_000
_LONGEST = 400  # characters of one selector
#: Without one of these no rule can hide, strike, raise or part anything.
_RELEVANT = expression(
    r"display\s*:|visibility\s*:|opacity\s*[:(]\s*[0.]|font(?:-size)?\s*:\s*(?:0|\.|1px)|text-indent\s*:\s*-\d{3}|(?<!back)clip"
    r"|content\s*:\s*(?:[\"'](?:[^\"']*\d|\s*[-−－])|attr|counter)|bidi-override|background-clip|row-reverse|rotate|dings|float"
    r"|line-through|vertical-align\s*:\s*(?:su|-?\d)|mso-hide\s*:\s*all|mso-text-raise"
    r"|(?<![\w-])color\s*:\s*(?:#[ef]|white|rgb|hsl|transparent)|text-fill-color"
    r"|(?:left|top|right|bottom)\s*:\s*-|(?:height|width)\s*:\s*[01](?![\d.])|scale|translate|content-visibility",
    re.IGNORECASE,
)
#: What a rule prints before or behind an element and belongs to a figure: digits, a sign, what an attribute or a counter holds; bullets
#: and icons do not.
_PRINTS = expression(r"""["'](?:[^"']*\d|\s*[-−－]\s*["'])|counters?\(|attr\(\s*([\w-]+)""")
_REMARK = expression(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE = expression(r"(?:(?<=[{}])|^)([^{}@;<]+)\{[^{}]*\}")
_QUOTED_BRACE = expression(r"""["'][^"'\n]{0,200}[{}]""")
_VARIABLE = expression(r"(?<![\w-])(--[\w-]+)\s*:\s*([^;{}]{1,100})")
_USED = expression(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]{0,100}))?\)")
#: The window in which a page is looked at, in pixels.
_WIDTH, _HEIGHT = 1366.0, 768.0
_FEATURE = expression(r"\(\s*(min|max)-(?:device-)?(width|height)\s*:\s*([\d.]+)\s*(?:(px|em|rem)\s*)?\)")
_STILL = frozenset(("(orientation:landscape)", "(hover:hover)", "(pointer:fine)", "(color)", "(prefers-color-scheme:light)"))

Rules = dict[Element, tuple[Declared, Declared]]


def ruled(root: Element) -> Rules:
    """What the page's own style sheets say of its elements: plain and important declarations; an element of which they say nothing that
    matters is not in it.

    Raises UnreadableError: too-many-blocks, where matching the rules would take too long.
    """
    text = "\n".join(_sheets(root))
    if "var(" in text:
        text = with_variables(text)
    if not _RELEVANT.search(text):
        return {}
    matcher = Matcher(root)
    text = _relevant_rules(text, matcher)
    if len(text) > MAX_RULES:
        raise UnreadableError("too-large", size=len(text), limit=MAX_RULES)
    if not _RELEVANT.search(text):
        return {}
    sheet = _StyleRules(matcher)
    sheet.add(text)
    return sheet.rules()


def with_variables(text: str) -> str:
    """A sheet with the values of its variables put in, as far as it says each but once for a screen; the first is the page's own."""
    values: dict[str, str] = {}
    for name, value in _VARIABLE.findall(text):
        values.setdefault(name, value.strip())
    for _ in range(3):  # a variable may stand for another
        text, count = _USED.subn(lambda match: values.get(match[1], match[2] or match[0]), text)
        if not count:
            break
    return text


def _relevant_rules(text: str, matcher: Matcher) -> str:
    """A sheet without its remarks and without rules whose classes and ids no element of the page has: most of a framework's."""
    text = _REMARK.sub(" ", text)
    if _QUOTED_BRACE.search(text):
        return text
    return _RULE.sub(lambda match: match[0] if matcher.possible_selectors(match[1]) else "", text)


def linked(root: Element) -> bool:
    """Whether the page takes style sheets from elsewhere."""
    if any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link")):
        return True
    return any("@import" in (style.text or "") for style in root.iter("style"))


def _sheets(root: Element) -> Iterator[str]:
    """The texts of the <style> elements that hold for a screen."""
    remaining = MAX_SHEET
    for style in root.iter("style"):
        text = style.text or ""
        if (style.get("type") or "text/css").strip().lower() != "text/css" or not _applies(style.get("media") or ""):
            continue
        if any(holder.tag in ("noscript", "template", "svg") for holder in style.iterancestors()):
            continue
        remaining -= len(text)
        if remaining < 0:
            raise UnreadableError("too-large", size=MAX_SHEET - remaining, limit=MAX_SHEET)
        yield text


class _StyleRules:
    """Rules under way: for each element the declarations with their rank, the strongest last."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._by_element: dict[Element, list[tuple[bool, tuple[int, int, int], int, Declared]]] = {}
        self._order = self._selectors = 0

    def add(self, text: str) -> None:
        """The rules of a style sheet."""
        import tinycss2

        self._walk(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), ("",), 0)

    def rules(self) -> Rules:
        """For each element its plain and its important declarations, the strongest rule's in each."""
        result: Rules = {}
        same: dict[tuple[tuple[bool, int], ...], tuple[Declared, Declared]] = {}
        for element, declared_rules in self._by_element.items():
            declared_rules.sort(key=lambda item: item[:3])
            key = tuple((weighty, id(declared)) for weighty, _, _, declared in declared_rules)
            if key in same:  # so that elements of one kind are judged once
                result[element] = same[key]
                continue
            plain: dict[str, str] = {}
            important: dict[str, str] = {}
            for weighty, _, _, declared in declared_rules:
                (important if weighty else plain).update(declared)
            result[element] = same[key] = plain, important
        return result

    def _walk(self, nodes: Iterable[Any], within: tuple[str, ...], depth: int) -> None:
        """Rules of a sheet, a @media block or another rule."""
        import tinycss2

        for node in nodes:
            if node.type == "at-rule" and node.content is not None:
                name, query = node.lower_at_keyword, tinycss2.serialize(node.prelude)
                if depth < 4 and (name == "media" and _applies(query) or name == "layer" or name == "supports" and "not" not in query):
                    self._walk(_content(node, depth), within, depth + 1)
            elif node.type == "qualified-rule":
                selectors = tuple(filter(None, map(self._matcher.possible_selectors, _nested(tinycss2.serialize(node.prelude), within))))
                if not selectors:
                    continue
                inner = _content(node, 1)
                self._rule(selectors, [part for part in inner if part.type == "declaration"])
                nested = [part for part in inner if part.type in ("qualified-rule", "at-rule")]
                if nested and depth < 4:
                    self._walk(nested, selectors, depth + 1)
            elif node.type == "declaration" and within != ("",):  # of a @media within a rule
                self._rule(within, [node])

    def _rule(self, selectors: tuple[str, ...], parts: list[Any]) -> None:
        """One rule, if it says anything that matters."""
        import tinycss2

        plain: dict[str, str] = {}
        important: dict[str, str] = {}
        contents = (_PRINTS.search(tinycss2.serialize(part.value)) for part in parts if part.lower_name == "content")
        if added := next(filter(None, contents), None):
            for selector in selectors:
                self._add_printed(selector, added[1])
        for part in parts:
            if part.lower_name in PROPERTIES:
                value = " ".join(tinycss2.serialize(part.value).split()).lower()
                if part.lower_name == "font-family" and "dings" not in value:
                    continue
                (important if part.important else plain)[part.lower_name] = value
        if not plain and not important:
            return
        self._order += 1
        for selector in selectors:
            for weight, element in self._elements(selector):
                entries = self._by_element.setdefault(element, [])
                entries += [
                    (weighty, weight, self._order, declared) for weighty, declared in ((False, plain), (True, important)) if declared
                ]

    def _add_printed(self, selector: str, attribute: str | None) -> None:
        """Elements before or behind which a rule prints something itself; `attribute`: its digits, where they have any."""
        try:
            trees = list(self._matcher.parsed(selector, beside=True)) if len(selector) <= _LONGEST else []
            for element in {element for tree in trees for element in self._matcher.elements(tree)}:
                if attribute and not any(map(str.isdigit, element.get(attribute.lower()) or "")):
                    continue
                self._by_element.setdefault(element, []).append((False, (0, 0, 0), self._order, {"content": "added"}))
        except UnknownSelectorError:
            return

    def _elements(self, selector: str) -> Iterator[tuple[tuple[int, int, int], Element]]:
        """The elements that a selector means, each with the selector's weight; none where it cannot be understood."""
        if len(selector) > _LONGEST:
            return
        try:
            for parsed in self._matcher.parsed(selector):
                self._selectors += 1
                if self._selectors > _MAX_SELECTORS:
                    raise UnreadableError("too-many-blocks", count=self._selectors, limit=_MAX_SELECTORS)
                yield from ((parsed.specificity(), element) for element in self._matcher.elements(parsed))
        except UnknownSelectorError:
            return


def _content(node: Any, depth: int) -> list[Any]:
    """What stands between a rule's braces: rules, in a rule declarations too."""
    import tinycss2

    if node.type == "at-rule" and depth == 0:
        return tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
    return tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)


def _nested(prelude: str, within: tuple[str, ...]) -> tuple[str, ...]:
    """The selectors of a rule; of one within another, written out."""
    prelude = " ".join(prelude.split())
    if within == ("",):
        return (prelude,)
    return tuple(prelude.replace("&", outer) if "&" in prelude else f"{outer} {prelude}" for outer in within if "," not in outer)[:20]


def _applies(media: str) -> bool:
    """Whether a media query holds for a page on a desk's screen."""
    queries = [query.strip().lower() for query in media.split(",")] if media.strip() else []
    return not queries or any(_holds(query) for query in queries)


def _holds(query: str) -> bool:
    """One media query. What is not known does not hold."""
    negated = query.startswith("not ")
    words = query.removeprefix("not ").removeprefix("only ")
    holds = True
    for part in words.split(" and "):
        part = part.strip()
        if match := _FEATURE.fullmatch(part):
            size = float(match[3]) * (16 if match[4] in ("em", "rem") else 1)
            length = _WIDTH if match[2] == "width" else _HEIGHT
            holds = holds and (length >= size if match[1] == "min" else length <= size)
        elif part.replace(" ", "") not in _STILL:
            holds = holds and part in ("all", "screen", "")
    return holds != negated

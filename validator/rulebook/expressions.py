"""How large a regular expression is once its repetitions are written out: the engine does so, and `((a{1000}){1000}){1000}` is too much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.base.re_internals import Item, Parsed

#: Characters written out. No sensible rule comes near; compiling this many takes a few milliseconds.
MOST = 20_000

_COUNT = re.compile(r"\{(\d*)(?:,(\d*))?\}")


def written_out(source: str) -> int:
    """The size of the pattern with every `{n}` and `{m,n}` written out; MOST + 1 stands for more."""
    sums, last, at = [0], 0, 0  # sums: of each open group; last: the size of what a count would repeat
    while at < len(source):
        char = source[at]
        count = _COUNT.match(source, at) if char == "{" else None
        if count and (count[1] or count[2]):
            more = last * (max(_number(count[1]), _number(count[2]), 1) - 1)
            sums[-1], last, at = min(sums[-1] + more, MOST + 1), min(last + more, MOST + 1), count.end()
        elif char == "(":
            sums.append(0)
            last, at = 0, at + 1
        elif char == ")" and len(sums) > 1:
            last = sums.pop() + 1
            sums[-1], at = min(sums[-1] + last, MOST + 1), at + 1
        else:
            at = _class_end(source, at) if char == "[" else at + (2 if char == "\\" else 1)
            sums[-1], last = sums[-1] + 1, 1
    return min(sum(sums), MOST + 1)


def _number(text: str | None) -> int:
    return int(text[:9]) if text else 0


def _class_end(source: str, at: int) -> int:
    """Where the character class that opens at `at` ends."""
    at += 2 if source[at + 1 : at + 2] == "^" else 1
    first = at
    while at < len(source) and (source[at] != "]" or at == first):
        at += 2 if source[at] == "\\" else 1
    return at + 1


#: Beyond so many ways an expression is not followed further.
MOST_WAYS = 200_000
#: What a repetition without an end counts as: fewer ways than this from each place of a text take a time in proportion to its length.
ENDLESS = 1_000


def never(source: str) -> bool:
    """Whether an expression can be seen to match nothing: text before ^, text after $, or an empty (?!)."""
    parsed = _parsed(source)
    return parsed is not None and _dead(parsed)


def _parsed(source: str) -> Parsed | None:
    """The expression as CPython's `re` parses it (undocumented); None where it cannot, or for another engine."""
    from validator.base import re_internals

    try:
        return re_internals.parse(source)
    except Exception:
        return None


def _dead(parsed: Parsed) -> bool:
    before, ended = 0, False
    for code, value in parsed:
        name = str(code)
        if name == "AT" and str(value) in ("AT_BEGINNING", "AT_BEGINNING_STRING") and before and not parsed.state.flags & re.MULTILINE:
            return True
        if name == "AT" and str(value) == "AT_END_STRING":
            ended = True
        if name == "AT" and str(value) == "AT_END" and not parsed.state.flags & re.MULTILINE:
            ended = True
        if name == "FAILURE" or (name == "ASSERT_NOT" and not len(value[1])):
            return True
        if name == "BRANCH" and all(_dead(branch) for branch in value[1]):
            return True
        if name == "SUBPATTERN" and _dead(value[3]):
            return True
        least = _least((code, value))
        if ended and least and (name, value) != ("LITERAL", 10):
            return True
        before += least
    return False


def _least(item: Item) -> int:
    """The fewest characters that an item takes."""
    name, value = str(item[0]), item[1]
    if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "RANGE", "CATEGORY"):
        return 1
    if name == "SUBPATTERN":
        return int(value[3].getwidth()[0])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return int(value[0] * value[2].getwidth()[0])
    return min((int(branch.getwidth()[0]) for branch in value[1]), default=0) if name == "BRANCH" else 0


def ways(source: str) -> int:
    """In how many ways an engine that goes back may try the expression from one place, at most; MOST_WAYS + 1 stands for more.

    Text that is no expression has one.
    """
    parsed = _parsed(source)
    return 1 if parsed is None else min(_ways(parsed), MOST_WAYS + 1)


def _ways(parsed: Parsed) -> int:
    count = 1
    for code, value in parsed:
        name = str(code)
        if name == "BRANCH":
            each = [_ways(branch) for branch in value[1]]
            count *= max(each) if _apart(value[1]) else sum(each)
        elif name == "SUBPATTERN":
            count *= _ways(value[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = int(value[0]), min(int(value[1]), ENDLESS), value[2]
            within = _ways(inner)
            counts = max(most, least) - least + 1
            count *= counts * min(within, 100) ** min(most, 60)  # what may be done in several ways multiplies with every repetition
        elif name in ("ASSERT", "ASSERT_NOT"):
            count *= _ways(value[1])
        elif name == "ATOMIC_GROUP":
            count *= _ways(value)
        elif name == "GROUPREF_EXISTS":
            count *= sum(_ways(branch) for branch in value[1:] if branch)
        if count > MOST_WAYS:
            return MOST_WAYS + 1
    return count


def _apart(branches: Sequence[Parsed]) -> bool:
    """Whether no two branches can match at one place of a text, since their first characters differ."""
    heads = [_head(head) for head in branches]
    return all(
        any(not first & second for first, second in zip(head, other, strict=False))
        for number, head in enumerate(heads) for other in heads[:number]
    )  # fmt: skip


def _head(branch: Parsed) -> list[frozenset[int]]:
    """The characters with which a branch begins, a set for each place, as far as they are listed one by one."""
    characters = []
    for code, value in branch:
        if str(code) == "LITERAL":
            characters.append(frozenset((value,)))
        elif str(code) == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
            characters.append(frozenset(item for _, item in value))
        else:
            break
    return characters

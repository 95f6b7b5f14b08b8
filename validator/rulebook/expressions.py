"""How large a regular expression is once its repetitions are written out: the engine does so, and `((a{1000}){1000}){1000}` is too much."""

from __future__ import annotations

import re

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

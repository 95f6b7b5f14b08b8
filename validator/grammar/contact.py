"""How the unit can be reached: contact.lark finds the fields of a contact sentence, this module reads their values.

Every text parses. `read_contact` takes a passage, `read_contacts` the paragraphs of a report; places are those of the text given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from validator.grammar.contact_fields import Entry, Found, read_entry, unlabelled
from validator.model import Contact, ContactDetail, Passage
from validator.text import SPACES, even

if TYPE_CHECKING:
    from lark import Lark

_COLONS = str.maketrans("﹕∶", "::")
_BLANKS = re.compile("[" + "".join(SPACES - {"\n"}) + "]+")
_TIGHT = re.compile(r"[0-9A-Za-z+()\-@._/]")  # between two of these a space may tell words apart
_BRACKETED = re.compile(r"\([^()]*\)?")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_PROSE = 8  # Chinese characters between two fields: more of them, and the second belongs to another sentence
_NEAR = 80  # characters between a sentence that names whom to ask and the line that says where


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text in half width without meaningless spaces, and where its pieces stood."""

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def place(self, at: int) -> int:
        """Where the character at `at` stands in the original."""
        return at + self.shifts[bisect_right(self.starts, at) - 1]


def _flatten(text: str) -> _Flat:
    wide = even(text).translate(_COLONS)
    pieces, starts, shifts, at, size = [], [0], [0], 0, 0
    for gap in _BLANKS.finditer(wide):
        before, after = wide[gap.start() - 1 : gap.start()], wide[gap.end() : gap.end() + 1]
        keep = 1 if _TIGHT.match(before) and _TIGHT.match(after) else 0
        pieces.append(wide[at : gap.start()] + " " * keep)
        size += len(pieces[-1])
        at = gap.end()
        starts.append(size)
        shifts.append(at - size)
    return _Flat("".join([*pieces, wide[at:]]), tuple(starts), tuple(shifts))


@cache
def grammar() -> Lark:
    """The parser; its terminals in the order they are tried."""
    from lark import Lark
    from lark.lexer import Lexer, Token

    class Words(Lexer):
        """Finds the terminals of contact.lark anywhere in the text; what is between them is WORD."""

        def __init__(self, conf: object) -> None:
            terminals = sorted(conf.terminals, key=lambda t: -t.priority)  # type: ignore[attr-defined]
            self.scan = re.compile("|".join(f"(?P<{t.name}>{t.pattern.to_regexp()})" for t in terminals))

        def lex(self, data: str) -> Iterator[Token]:  # type: ignore[override]
            at = 0
            for match in self.scan.finditer(data):
                if match.start() > at:
                    yield Token("WORD", data[at : match.start()], at, end_pos=match.start())
                yield Token(match.lastgroup or "", match[0], match.start(), end_pos=match.end())
                at = match.end()
            if at < len(data):
                yield Token("WORD", data[at:], at, end_pos=len(data))

    return Lark.open("contact.lark", rel_to=__file__, parser="lalr", lexer=Words)


@cache
def _hint() -> re.Pattern[str]:
    """The labels and openings alone: a passage without one is no part of a contact block."""
    notes = {"WITH", "REACH", "SELF", "FAX_NOTE", "EXTENSION", "COPY", "FOOTER", "OTHER"}
    return re.compile("|".join(t.pattern.to_regexp() for t in grammar().terminals if t.name not in notes))


def _entries(text: str) -> list[Entry]:
    """The openings and fields of the text in order, each up to where the next begins."""
    from lark import Token, Tree

    heads = [node for node in grammar().parse(text).children if isinstance(node, Tree)]
    found = []
    for index, node in enumerate(heads):
        tokens = list(node.scan_values(lambda value: isinstance(value, Token)))
        end = heads[index + 1] if index + 1 < len(heads) else None
        stop = next(iter(end.scan_values(lambda value: True))).start_pos if end is not None else len(text)
        head, marks = tokens[0], tuple((t.type, t.start_pos, t.end_pos) for t in tokens[1:] if t.type != "WORD")
        rule = str(node.data)
        found.append(Entry(rule=rule, type=head.type, text=text, start=head.start_pos, body=head.end_pos, stop=stop, marks=marks))
    return found


# ---------------------------------------------------------------------------------------------- sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class _Group:
    """Neighbouring entries that make one contact sentence."""

    entries: tuple[Entry, ...]
    details: tuple[Found, ...]
    start: int
    end: int

    @property
    def asked(self) -> bool:
        """Whether a sentence says whom to ask, not only a row of labels."""
        rules = [entry.rule for entry in self.entries]
        named = "referral" in rules or "call" in rules
        labelled = any(found.kind not in ("office", "website") for found in self.details)
        return bool(self.details) and (("question" in rules and (named or labelled)) or (named and labelled))

    @property
    def reachable(self) -> bool:
        return any(found.kind in ("phone", "address", "email") for found in self.details)

    @property
    def plain(self) -> bool:
        """Whether labels alone make a contact: two details, or one telephone or address in a line of its own."""
        kinds = {found.kind for found in self.details} & {"phone", "fax", "address", "postcode", "email"}
        if len(kinds) > 1:
            return True
        first = next((found for found in self.details if found.kind in ("phone", "address")), None)
        if first is None or first.service or len(first.label) < 4:  # 联系电话, 通讯地址: not 电话 in the midst of a sentence
            return False
        head = self.entries[0]
        return head.start == 0 or head.text[head.start - 1] in "\n(。"


def _groups(entries: list[Entry]) -> list[_Group]:
    """The entries cut into sentences: at a new opening, and where prose stands between two."""
    runs: list[list[tuple[Entry, tuple[Found, ...], int]]] = []
    area = ""
    for entry in entries:
        found, used = read_entry(entry, area)
        area = next((f.area for f in reversed(found) if f.area), area)
        if runs and _joins(runs[-1][-1], entry):
            runs[-1].append((entry, found, used))
        else:
            area = next((f.area for f in found if f.area), "")
            runs.append([(entry, found, used)])
    return [_group(run) for run in runs]


def _joins(last: tuple[Entry, tuple[Found, ...], int], entry: Entry) -> bool:
    previous, _, used = last
    if entry.rule == "question" or (entry.rule in ("referral", "call") and previous.rule != "question"):
        return False
    gap = _BRACKETED.sub("", previous.text[used : entry.start])
    return len(_CJK.findall(gap)) <= _PROSE and not any(kind == "FOOTER" for kind, _, _ in previous.marks)


def _group(run: list[tuple[Entry, tuple[Found, ...], int]]) -> _Group:
    while len(run) > 1 and run[0][0].type == "OTHER":
        run = run[1:]
    while len(run) > 1 and run[-1][0].type == "OTHER":
        run = run[:-1]
    entries = tuple(entry for entry, _, _ in run)
    details = [found for _, founds, _ in run for found in founds]
    asked = any(entry.rule != "field" for entry in entries)
    if asked:
        details += [found for entry, read, _ in run for found in unlabelled(entry, read, last=entry is entries[-1])]
    details.sort(key=lambda found: found.start)
    end = max([used for _, _, used in run] + [found.end for found in details])
    text = entries[0].text
    while end < len(text) and text[end] in ")。":
        end += 1
    return _Group(entries=entries, details=tuple(details), start=entries[0].start, end=end)


def _chosen(groups: list[_Group]) -> tuple[_Group, bool] | None:
    """The contact sentence, and whether it says whom to ask; what stands beside it is taken along."""
    kept = [group for group in groups if not _of_page(group)]
    for index, group in enumerate(kept):
        if group.asked:
            return _completed(kept, index), True
    return next(((group, False) for group in kept if group.plain), None)


def _completed(groups: list[_Group], index: int) -> _Group:
    group = groups[index]
    if group.reachable:
        return group
    after = groups[index + 1] if index + 1 < len(groups) else None
    before = groups[index - 1] if index else None
    if after is not None and after.reachable and not after.asked and after.start - group.end <= _NEAR:
        return _merged(group, after)
    if before is not None and before.plain and group.start - before.end <= _PROSE:
        return _merged(before, group)
    return group


def _merged(first: _Group, second: _Group) -> _Group:
    details = tuple(found for found in first.details + second.details)
    return _Group(entries=first.entries + second.entries, details=details, start=first.start, end=second.end)


def _of_page(group: _Group) -> bool:
    """Whether the line is the web page's own: 主办单位, ICP备."""
    text = group.entries[0].text
    first, last = text.rfind("\n", 0, group.start) + 1, text.find("\n", group.end)
    line = text[first : last if last >= 0 else len(text)]
    footer = next(t.pattern.to_regexp() for t in grammar().terminals if t.name == "FOOTER")
    return re.search(footer, line) is not None


# ---------------------------------------------------------------------------------------------- the two doors


def read_contact(text: str) -> Contact | None:
    """The contact sentence of one passage, or of paragraphs joined by line breaks."""
    found = _read(text)
    return found[0] if found else None


def _read(text: str) -> tuple[Contact, bool] | None:
    flat = _flatten(text)
    chosen = _chosen(_groups(_entries(flat.text)))
    if chosen is None:
        return None
    group, asked = chosen
    details = tuple(_detail(found, flat, text) for found in group.details)
    return Contact(details=details, start=flat.place(group.start), end=flat.place(group.end - 1) + 1 if group.end else 0), asked


def _detail(found: Found, flat: _Flat, text: str) -> ContactDetail:
    start, end = flat.place(found.start), flat.place(found.end - 1) + 1
    printed = text[start:end]
    value = found.value
    if found.kind in ("office", "address", "person"):  # as printed, in the author's own width
        value = "".join(char for char in printed if char not in SPACES)
    return ContactDetail(kind=found.kind, text=printed, value=value, start=start, label=found.label)


def read_contacts(paragraphs: Sequence[Passage]) -> Contact | None:
    """The contact of a report. Give the paragraphs as they are to be preferred: preamble, section 1, section 6, the rest.

    A sentence that says whom to ask goes before lines that only have labels, wherever they stand. `start` and `end` count in the
    `passage` that comes with it: the paragraph itself, or neighbouring ones joined by line breaks.
    """
    spare = None
    for run in _runs(paragraphs):
        joined = _join(run)
        found = _read(joined.text)
        if found is None:
            continue
        contact, asked = found
        if asked:
            return _placed(contact, run)
        spare = spare or _placed(contact, run)
    return spare


def _runs(paragraphs: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Neighbouring paragraphs that hold a label or an opening."""
    run: list[Passage] = []
    for passage in paragraphs:
        if passage.places and _hint().search(_flatten(passage.text).text):
            run.append(passage)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _join(run: Sequence[Passage]) -> Passage:
    if len(run) == 1:
        return run[0]
    places, at = [], 0
    for passage in run:
        places += [(at + start, block) for start, block in passage.places]
        at += len(passage.text) + 1
    return Passage(text="\n".join(passage.text for passage in run), places=tuple(places))


def _placed(contact: Contact, run: Sequence[Passage]) -> Contact:
    """The contact in the paragraphs it stands in, and only these."""
    at, kept, shift = 0, [], None
    for passage in run:
        end = at + len(passage.text)
        if at < contact.end and end > contact.start:
            shift = at if shift is None else shift
            kept.append(passage)
        at = end + 1
    shift = shift or 0
    details = tuple(replace(detail, start=detail.start - shift) for detail in contact.details)
    return Contact(details=details, start=contact.start - shift, end=contact.end - shift, passage=_join(kept or run))

"""Fields that stand together make a contact sentence; which of them says how to reach the unit."""

from __future__ import annotations

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.parsing.contact.entry import ContactEntry, ContactValue
from validator.parsing.contact.fields import read_entry, unlabelled
from validator.parsing.contact.words import of_copy, of_page

_BRACKETED = expression(r"\([^()]*\)?")
_CJK = expression(r"[\u4e00-\u9fff]")
_PROSE = 20  # Chinese characters between two fields of a sentence: more of them, and the second belongs to another
_STOPPED = 8  # the same where a full stop or a line's end stands between
_BESIDE = 2  # characters between a detail that lost its label and the label after it
_NEAR = 80  # characters between a sentence that names whom to ask and the line that says where

_Read = tuple[ContactEntry, tuple[ContactValue, ...], int]  # an entry, its details, how far it was read


@record
class ContactSentence:
    """Neighbouring entries that make one contact sentence."""

    entries: tuple[ContactEntry, ...]
    details: tuple[ContactValue, ...]
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
        if first is None or first.service:
            return False
        head = self.entries[0]
        line = head.start == 0 or head.text[head.start - 1] == "\n"
        before = head.text[max(0, head.start - 8) : head.start]
        if len(first.label) >= 4 and before[-1:] in ("(", "。", ",", ";"):  # 联系电话: not 电话 in the midst of a sentence
            return True
        return line or (before[-1:] in (",", ";", "。") and of_copy(before))


def sentences(entries: list[ContactEntry]) -> list[ContactSentence]:
    """The entries cut into sentences: at a new opening, and where prose stands between two."""
    runs: list[list[_Read]] = []
    area = ""
    for entry in entries:
        found, used = read_entry(entry, area)
        area = next((f.area for f in reversed(found) if f.area), area)
        if runs and _joins(runs[-1][-1], entry):
            runs[-1].append((entry, found, used))
        else:
            area = next((f.area for f in found if f.area), "")
            runs.append([(entry, found, used)])
    return [_sentence(run) for run in runs]


def _joins(last: _Read, entry: ContactEntry) -> bool:
    previous, _, used = last
    if entry.rule == "question" or (entry.rule in ("referral", "call") and previous.rule != "question"):
        return False
    if previous.mark("FOOTER") is not None:
        return False
    gap = _BRACKETED.sub("", previous.text[used : entry.start])
    return len(_CJK.findall(gap)) <= (_STOPPED if "。" in gap or "\n" in gap else _PROSE)


def _sentence(run: list[_Read]) -> ContactSentence:
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
    return ContactSentence(entries=entries, details=tuple(details), start=entries[0].start, end=end)


def chosen(groups: list[ContactSentence]) -> tuple[ContactSentence, bool] | None:
    """The contact sentence, and whether it says whom to ask; what stands beside it is taken along."""
    kept = [group for group in groups if group.asked or not (group.plain and _on_page(group))]
    for index, group in enumerate(kept):
        if group.asked:
            return _completed(kept, index), True
    return next(((group, False) for group in kept if group.plain), None)


def _completed(groups: list[ContactSentence], index: int) -> ContactSentence:
    group = groups[index]
    after = groups[index + 1] if index + 1 < len(groups) else None
    if group.reachable:
        beside = after is not None and not after.asked and after.start - group.end <= _BESIDE
        return _merged(group, after) if beside and after is not None else group
    before = groups[index - 1] if index else None
    if after is not None and after.reachable and not after.asked and after.start - group.end <= _NEAR:
        return _merged(group, after)
    if before is not None and before.plain and group.start - before.end <= _STOPPED:
        return _merged(before, group)
    return group


def _merged(first: ContactSentence, second: ContactSentence) -> ContactSentence:
    details = tuple(found for found in first.details + second.details)
    return ContactSentence(entries=first.entries + second.entries, details=details, start=first.start, end=second.end)


def _on_page(group: ContactSentence) -> bool:
    """Whether the line is the web page's own: 主办单位, ICP备."""
    text = group.entries[0].text
    first, last = text.rfind("\n", 0, group.start) + 1, text.find("\n", group.end)
    line = text[first : last if last >= 0 else len(text)]
    return of_page(line)

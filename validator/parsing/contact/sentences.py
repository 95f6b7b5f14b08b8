"""Fields that stand together make a contact sentence; which of them says how to reach the unit."""

from __future__ import annotations

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.parsing.contact.entry import ContactEntry, ContactValue
from validator.parsing.contact.fields import read_entry, unlabelled
from validator.parsing.contact.words import has_copy_words, has_page_words

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
    def names_office(self) -> bool:
        """Whether words say whom to ask, so that it is no mere row of labels."""
        rules = [entry.rule for entry in self.entries]
        named = "referral" in rules or "call" in rules
        labelled = any(value.kind not in ("office", "website") for value in self.details)
        return bool(self.details) and (("question" in rules and (named or labelled)) or (named and labelled))

    @property
    def reachable(self) -> bool:
        return any(value.kind in ("phone", "address", "email") for value in self.details)

    @property
    def plain(self) -> bool:
        """Whether labels alone make a contact: two details, or one telephone or address in a line of its own."""
        kinds = {value.kind for value in self.details} & {"phone", "fax", "address", "postcode", "email"}
        if len(kinds) > 1:
            return True
        first = next((value for value in self.details if value.kind in ("phone", "address")), None)
        if first is None or first.service:
            return False
        head = self.entries[0]
        line = head.start == 0 or head.text[head.start - 1] == "\n"
        before = head.text[max(0, head.start - 8) : head.start]
        if len(first.label) >= 4 and before[-1:] in ("(", "。", ",", ";"):  # 联系电话: not 电话 in the midst of a sentence
            return True
        return line or (before[-1:] in (",", ";", "。") and has_copy_words(before))


def sentences(entries: list[ContactEntry]) -> list[ContactSentence]:
    """The entries cut into sentences: at a new opening, and where prose stands between two."""
    runs: list[list[_Read]] = []
    area = ""
    for entry in entries:
        values, used = read_entry(entry, area)
        area = next((value.area for value in reversed(values) if value.area), area)
        if runs and _continues(runs[-1][-1], entry):
            runs[-1].append((entry, values, used))
        else:
            area = next((value.area for value in values if value.area), "")
            runs.append([(entry, values, used)])
    return [_sentence(run) for run in runs]


def _continues(last: _Read, entry: ContactEntry) -> bool:
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
    details = [value for _, values, _ in run for value in values]
    opened = any(entry.rule != "field" for entry in entries)
    if opened:
        details += [value for entry, values, _ in run for value in unlabelled(entry, values, last=entry is entries[-1])]
    details.sort(key=lambda value: value.start)
    end = max([used for _, _, used in run] + [value.end for value in details])
    text = entries[0].text
    while end < len(text) and text[end] in ")。":
        end += 1
    return ContactSentence(entries=entries, details=tuple(details), start=entries[0].start, end=end)


def contact_sentence(sentences: list[ContactSentence]) -> tuple[ContactSentence, bool] | None:
    """The contact sentence, and whether it says whom to ask; what stands beside it is taken along."""
    candidates = [sentence for sentence in sentences if sentence.names_office or not (sentence.plain and _is_page_line(sentence))]
    for index, sentence in enumerate(candidates):
        if sentence.names_office:
            return _with_neighbour(candidates, index), True
    return next(((sentence, False) for sentence in candidates if sentence.plain), None)


def _with_neighbour(sentences: list[ContactSentence], index: int) -> ContactSentence:
    sentence = sentences[index]
    after = sentences[index + 1] if index + 1 < len(sentences) else None
    if sentence.reachable:
        beside = after is not None and not after.names_office and after.start - sentence.end <= _BESIDE
        return _join(sentence, after) if beside and after is not None else sentence
    before = sentences[index - 1] if index else None
    if after is not None and after.reachable and not after.names_office and after.start - sentence.end <= _NEAR:
        return _join(sentence, after)
    if before is not None and before.plain and sentence.start - before.end <= _STOPPED:
        return _join(before, sentence)
    return sentence


def _join(first: ContactSentence, second: ContactSentence) -> ContactSentence:
    entries, details = first.entries + second.entries, first.details + second.details
    return ContactSentence(entries=entries, details=details, start=first.start, end=second.end)


def _is_page_line(sentence: ContactSentence) -> bool:
    """Whether the line is the web page's own: 主办单位, ICP备."""
    text = sentence.entries[0].text
    first, last = text.rfind("\n", 0, sentence.start) + 1, text.find("\n", sentence.end)
    line = text[first : last if last >= 0 else len(text)]
    return has_page_words(line)

"""Parts against their head in one sentence: sums, shares, and the ways by which applications came."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression, passing
from validator.checks.sums.table_terms import cells, undisputed_value, value
from validator.checks.text.whose_figure import whose
from validator.model import Hit, Spot, Subject, Value
from validator.model.phrase_records import CheckedKinds
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.fact import Fact
from validator.parsing.statements.facts import facts
from validator.text.characters import Pattern
from validator.text.numbers_in_text import Mention, mentions, number_pattern
from validator.text.paragraphs import Paragraph, body, paragraph, place_in

#: Figures that are looked at for one head or one share: a list or a paragraph with more was not written by a person.
_MOST = 200
#: Parts of the shortest list that may be meant whole without saying so.
_WHOLE = 4


@positional_record
class Listed:
    """A head and its parts, as a sentence gives them."""

    line: Paragraph
    number: int
    head: Mention
    parts: tuple[Mention, ...]
    opening: str  # the words between the head and the first part

    @property
    def total(self) -> Value:
        """The sum of the parts."""
        return sum(part.value for part in self.parts)


def _texts(subject: Subject, phrases: PhraseFacts) -> Iterator[tuple[int, Paragraph, Sequence[Mention]]]:
    """The paragraphs that tell what the year brought, with their numbers."""
    numbers, plans = number_pattern(phrases.numbers), subject.figures.form.parts("plans")
    for number, line in enumerate(body(subject)):
        if line.number not in plans and any(char.isdigit() for char in line.text):
            yield number, line, mentions(line, numbers)


@record
class PartsSum:
    """Parts that exceed their head, or that are declared complete and fall short of it.

    `opens`: what leads from a head to its parts.
    `ends`: words with which another matter begins; `goes_on`: those with which one does
    behind a semicolon. `declares`: words that make the parts all there is; `rest`: words of a last part that do. `wholes`: kinds of fact
    that together are all there is of another.
    """

    opens: Pattern
    ends: Pattern
    goes_on: Pattern
    declares: Pattern
    rest: Pattern
    joins: Pattern | None = None  # what stands between two figures that are heads together
    anew: Pattern | None = None  # how the list goes on with parts of another kind, once it has all of the head
    wholes: tuple[tuple[str, ...], ...] = ()
    apart: tuple[str, ...] = ()  # kinds of fact that another rule adds up
    of_text: str = ""  # the category of rules that judge figures of the text: none that they found at fault is added up
    units: Pattern
    phrases: Annotated[str, PhraseFacts] = "phrases"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each head."""
        phrases = subject.tables.required(self.phrases, PhraseFacts)
        statements = _by_line(facts(subject, phrases))
        blamed = _blamed(subject, self.of_text)
        for number, line, found in _texts(subject, phrases):
            kinds = {_start(line, fact): fact for fact in statements.get(number, ())}
            for listed in self._lists(number, line, found, phrases.named("compares")):
                yield from self._judge(listed, kinds, subject, blamed, phrases.checked)

    def _lists(self, number: int, line: Paragraph, found: Sequence[Mention], compares: re.Pattern[str]) -> Iterator[Listed]:
        for at, head in enumerate(found[:-1]):
            opening = self.opens.match(line.text[head.end : found[at + 1].start])
            if head.estimate or compares.search(head.before) or opening is None or not self.units.fullmatch(head.unit):
                continue
            if opening[0].startswith("。") and _others_told(line, found[:at], head) or self._is_joined(line, found[:at], head):
                continue
            gap = line.text[head.end : found[at + 1].start]
            parts = self._parts(line, head, found[at + 1 : at + 2 + _MOST], "(" in opening[0])
            if parts:
                yield Listed(line, number, head, tuple(parts), gap)

    def _parts(self, line: Paragraph, head: Mention, rest: Sequence[Mention], bracketed: bool) -> list[Mention]:
        """The figures of the list: of the head's unit, up to another matter; what stands in brackets is a part of a part."""
        parts: list[Mention] = []
        depth, at, joined = 1 if bracketed else 0, head.end, ""
        for number, mention in enumerate(rest):
            if number == _MOST:
                return []  # no list that a person wrote
            gap = line.text[at : mention.start]
            level = depth
            for char in gap[1:] if bracketed and not number else gap:
                level += (char == "(") - (char == ")")
            stops = expression(r"[。!?\n]").search(gap, self._led(gap) if not number else 0)
            if stops or level < (1 if bracketed else 0) or self._closes(gap, joined, len(parts)):
                break
            if level == depth and number:
                joined = joined or gap[:1]
            at, depth = mention.end, level
            inner = level > (1 if bracketed else 0)
            if inner or mention.unit in ("%", "‰"):
                continue
            words = gap[gap.rfind(")") + 1 :] if number else gap[self._led(gap) :]
            if mention.unit != head.unit or self.ends.search(words) or expression(r"[,;].*[,;]").search(words[1:]):
                break
            if mention.estimate:
                return []
            parts.append(mention)
        return parts

    def _led(self, gap: str) -> int:
        """Where the words of the first part begin, behind those that lead to it."""
        opening = self.opens.match(gap)
        return opening.end() if opening else 0

    def _closes(self, gap: str, joined: str, parts: int) -> bool:
        """Whether a semicolon ends the list: one whose parts stand between other marks, or behind which another matter begins."""
        at = gap.find(";")
        return at >= 0 and parts > 0 and (joined not in ("", ";") or self.goes_on.match(gap, at + 1) is not None)

    def _judge(
        self, listed: Listed, kinds: dict[int, Fact], subject: Subject, blamed: Collection[tuple[int, int]], checked: CheckedKinds
    ) -> Iterator[Hit]:
        head, parts = kinds.get(listed.head.start), [kinds.get(part.start) for part in listed.parts]
        names = {fact.kind for fact in parts if fact is not None}
        if names & set(self.apart) or _hold(listed, blamed):
            return
        over = listed.total - listed.head.value
        spare = self._spare(head, names, subject, checked)
        if over > 0 and not (spare is not None and over <= spare) and not self._begins_whole(listed):
            yield self._hit(listed, "more")
        elif over < 0 and self._complete(listed, head, names):
            yield self._hit(listed, "less")
        elif over < 0 and _meant_whole(listed):
            yield self._hit(listed, "short")

    def _is_joined(self, line: Paragraph, before: Sequence[Mention], head: Mention) -> bool:
        """Whether the figure before is told beside the head: the list may be of one, of the other, of both."""
        if self.joins is None or not before or before[-1].unit != head.unit:
            return False
        return self.joins.fullmatch(line.text[before[-1].end : head.start]) is not None

    def _begins_whole(self, listed: Listed) -> bool:
        """Whether the first parts are the head already, and what follows divides it in another way."""
        total: Value = 0
        for number, (part, following) in enumerate(zip(listed.parts, listed.parts[1:], strict=False), 1):
            total += part.value
            if total == listed.head.value and number > 1 and self.anew is not None:
                return self.anew.match(listed.line.text[part.end : following.start]) is not None
        return False

    def _complete(self, listed: Listed, head: Fact | None, names: set[str]) -> bool:
        if len(listed.parts) > 1 and (self.declares.search(listed.opening) or (head is None and self._has_rest(listed))):
            return True
        return any(
            names >= set(whole[1:]) and (head is None or head.kind in whole[0].split("|")) for whole in self.wholes if len(whole) > 1
        )

    def _has_rest(self, listed: Listed) -> bool:
        """Whether the last part is all the others there are."""
        before, last = listed.parts[-2], listed.parts[-1]
        return self.rest.search(listed.line.text[before.end : last.start]) is not None

    def _spare(self, head: Fact | None, names: set[str], subject: Subject, checked: CheckedKinds) -> Value | None:
        """What results may count beyond what was received: the applications carried over."""
        if head is None or head.kind not in checked.incoming or not names:
            return None
        return undisputed_value(subject, cells(subject.figures, checked.brought_cell))

    def _hit(self, listed: Listed, variant: str) -> Hit:
        first, last = listed.head, listed.parts[-1]
        return Hit(
            spot=listed.line.spot(first.start, first.end),
            facts={
                "head": f"{first.value}{first.unit}",
                "sum": f"{listed.total}{first.unit}",
                "count": len(listed.parts),
                "quote": listed.line.text[max(first.clause_start, first.start - 14) : first.end],
                "last": f"{last.value}{last.unit}",
            },
            actual=str(first.value),
            variant=variant,  # nothing is expected: the head may be wrong or any of its parts
        )


def _meant_whole(listed: Listed) -> bool:
    """Whether a list goes through all there is to its sentence's end: it names an item of which there was none."""
    after = listed.line.text[listed.parts[-1].end :][:1]
    return len(listed.parts) >= _WHOLE and any(part.value == 0 for part in listed.parts) and after in ("。", ";", "")


def _others_told(line: Paragraph, before: Sequence[Mention], head: Mention) -> bool:
    """Whether the head's sentence has other figures of its unit: a list in the next sentence may be of any of them."""
    start = line.text.rfind("。", 0, head.start)
    return any(mention.start > start and mention.unit == head.unit for mention in before)


def _printed(subject: Subject, reading: str, of_text: str) -> Value | None:
    """The table's value, also where the text's own figure for it was found at fault: the parts may be right."""
    terms = cells(subject.figures, reading)
    blame = subject.blocked(*(cell for _, cell in terms))
    return value(subject.figures, terms) if blame is None or _is_of(blame, of_text) else None


def _is_of(rule: str, category: str) -> bool:
    return bool(category) and rule.startswith(f"{category}.")


def _start(line: Paragraph, fact: Fact) -> int:
    """Where a fact's figure begins in the line's text; -1 for words."""
    if fact.none:
        return -1
    at = line.at(fact.start)
    return -1 if at is None else at


def _by_line(statements: Sequence[Fact]) -> Mapping[int, Sequence[Fact]]:
    """The facts of each paragraph."""
    found: dict[int, list[Fact]] = {}
    for fact in statements:
        found.setdefault(fact.line, []).append(fact)
    return found


def _blamed(subject: Subject, of_text: str) -> frozenset[tuple[int, int]]:
    """Where figures of the text were found at fault already."""
    return frozenset(_key(hit.spot) for rule, hits in subject.failed.items() if _is_of(rule, of_text) for hit in hits)


def _hold(listed: Listed, blamed: Collection[tuple[int, int]]) -> bool:
    """Whether one of these figures is in the list."""
    return bool(blamed) and any(_key(listed.line.spot(m.start, m.end)) in blamed for m in (listed.head, *listed.parts))


def _key(place: Spot) -> tuple[int, int]:
    return id(place.block), place.start


@record
class Share:
    """Shares of a head, recomputed: beyond the precision printed they fit no total that the text or the table offers.

    `takes`: what leads from a figure to its share. `bases`: totals of the table that a share may be of. Where the sentence does not name
    the total, the variant `guessed` speaks, and no value is expected.
    """

    takes: Pattern
    bases: tuple[str, ...] = ()
    phrases: Annotated[str, PhraseFacts] = "phrases"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each share that fits nothing."""
        phrases = subject.tables.required(self.phrases, PhraseFacts)
        stated = [fact.value for fact in facts(subject, phrases) if fact.kind in phrases.checked.totals and fact.value]
        stated = list(dict.fromkeys(stated))[:_MOST]
        table = [value for text in self.bases if (value := undisputed_value(subject, cells(subject.figures, text)))]
        for _, line, found in _texts(subject, phrases):
            shares = [at for at, share in enumerate(found) if share.unit == "%" and at and self._taken(line, found[at - 1], share)]
            parts = {found[at - 1].start for at in shares}
            for at in shares:
                if not found[at].estimate:
                    yield from self._judge(line, found[max(0, at - _MOST) : at], found[at], [*stated, *table], parts)

    def _taken(self, line: Paragraph, part: Mention, share: Mention) -> bool:
        return part.unit != "%" and not part.estimate and self.takes.fullmatch(line.text[part.end : share.start]) is not None

    def _judge(
        self, line: Paragraph, before: Sequence[Mention], share: Mention, totals: Sequence[Value], parts: Collection[int]
    ) -> Iterator[Hit]:
        part = before[-1]
        heads = [m.value for m in before[:-1] if m.unit == part.unit and m.value >= part.value and not m.estimate]
        rough = [m.value for m in before[:-1] if m.unit == part.unit and m.estimate]
        bases = list(dict.fromkeys(v for v in (*heads, *totals) if v >= part.value and v))
        if not bases or rough or any(_fits(part.value, base, share.value) for base in bases):
            return
        whole = _whole(before, parts)
        likely = whole or min(bases, key=lambda base: abs(Decimal(part.value) * 100 / Decimal(base) - Decimal(share.value)))
        right = _share(part.value, likely, share.value)
        near = abs(Decimal(part.value) * 100 / Decimal(likely) - Decimal(share.value)) < _step(share.value)
        yield Hit(
            spot=line.spot(share.start, share.end),
            facts={"part": f"{part.value}{part.unit}", "base": str(likely), "share": f"{share.value}%", "right": f"{right}%"},
            expected=f"{right}%" if whole else None,
            actual=f"{share.value}%",
            variant="near" if near else None if whole else "guessed",
        )


def _whole(before: Sequence[Mention], parts: Collection[int]) -> Value | None:
    """What the last figure is a part of, where its sentence names it: the one figure of its unit that is no part with a share itself."""
    part = before[-1]
    named = {
        m.value
        for m in before[:-1]
        if m.unit == part.unit and m.sentence_start == part.sentence_start and m.start not in parts and m.value >= part.value
    }
    return named.pop() if len(named) == 1 else None


def _share(part: Value, base: Value, like: Value) -> Decimal:
    """The share in percent with as many decimals as `like` has; half a unit of the last is rounded up."""
    return (Decimal(part) * 100 / Decimal(base)).quantize(_step(like), ROUND_HALF_UP)


def _step(share: Value) -> Decimal:
    """One unit of the last digit printed."""
    exponent = Decimal(share).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _fits(part: Value, base: Value, share: Value) -> bool:
    """Whether the share is right as printed; a whole percentage may also be cut off."""
    exact, step = Decimal(part) * 100 / Decimal(base), _step(share)
    away = exact - Decimal(share)
    return -step / 2 <= away < step / 2 or (step == 1 and abs(away) < 1)


@record
class Channels:
    """The ways by which applications came, where they are declared complete or exceed what was received.

    `declares`: words in the sentence that make the list complete. Three kinds of way named make it complete too.
    """

    declares: Pattern
    accepts: tuple[str, ...]
    comes: Pattern | None = None  # words before the number that came, where others were carried over
    of_text: str = ""  # the category of rules that judge figures of the text: what they found does not make the table's doubtful
    phrases: Annotated[str, PhraseFacts] = "phrases"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each list of ways."""
        phrases = subject.tables.required(self.phrases, PhraseFacts)
        checked, statements = phrases.checked, [fact for fact in facts(subject, phrases) if fact.comparable]
        lists: dict[tuple[int, int], list[Fact]] = {}
        for fact in statements:
            if fact.kind in checked.ways and whose(fact, subject, phrases) != "other":
                lists.setdefault((fact.line, fact.sentence), []).append(fact)
        received = [fact.value for fact in statements if fact.kind in checked.incoming]
        brought = [fact.value for fact in statements if fact.kind == checked.brought]
        received += [value + more for value in received for more in brought]
        table = [_printed(subject, text, self.of_text) for text in self.accepts]
        right = [value for value in dict.fromkeys([*received, *table]) if value is not None]
        for listed in lists.values():
            if len(listed) > 1 and right:
                yield from self._judge(listed, right)

    def _came(self, total: Value, first: Fact) -> bool:
        """Whether the paragraph says before that so many came: 受理59件，其中新收到47件."""
        text = paragraph(first.passage)
        at = _start(text, first)
        words = passing(rf"(?:{self.comes.source})[^,;。\d]{{0,20}}{total}{first.unit}") if self.comes else None
        return words is not None and words.search(text.text, 0, max(at, 0)) is not None

    def _judge(self, listed: Sequence[Fact], right: Sequence[Value]) -> Iterator[Hit]:
        total = sum(fact.value for fact in listed)
        if self._came(total, listed[0]):
            return
        text = listed[0].passage.text[: listed[-1].start]
        complete = self.declares.search(text[listed[0].sentence :]) or len({fact.kind for fact in listed}) > 2
        if total in right or (total < max(right) and not complete):
            return
        first = listed[0]
        yield Hit(
            spot=place_in(first.passage, first.start, first.length, section=first.section),
            facts={"sum": str(total), "received": str(right[0]), "count": len(listed), "quote": first.quote},
            expected=str(right[0]),
            actual=str(total),
        )

"""The facts a report tells in its text: each figure with what it counts, of which year and scope, how exactly, and where.

The phrases are those of rules/tables/phrases.yaml. A figure whose phrase is not known there is no fact; nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.messages import both
from validator.model import Cell, Evidence, Figures, Passage, Report, Value
from validator.text.numbers_in_text import ENDS, Line, Mention, lines, mentions, pieces, relative

Phrases = Mapping[str, Any]
#: Parts of the form whose text speaks of problems and plans, not of the year's figures.
_PLANS = (5,)
_QUOTE = 20
#: How far before a figure words are about it: what has no full stop for longer is no sentence, and would take its time for each figure.
_REACH = 2000
_OUTCOMES = ("pending", "upheld", "corrected", "other_result")
_CASES = ("review", "litigation", "litigation_direct", "litigation_after_review")


@record
class Fact:
    """One figure, or one statement that there is none, in the running text."""

    kind: str  # received, granted, review.upheld …: a kind of phrases.yaml
    value: Value
    unit: str = ""  # as printed; '' none
    measure: Literal["exact", "estimate", "cumulative", "claim"] = "exact"
    year: int | None = None  # where the clause or its sentence names another year than the report's
    scope: Literal["own", "level", "below", "elsewhere"] = "own"
    actor: str = ""  # who is said to have acted, as printed: 县政府办公室; or the level: 全县
    soft: str = ""  # a word that leaves the reading open: 其中, 新发生
    anchor: Literal["clause", "sentence", "paragraph"] = "clause"  # where its subject is named
    none: bool = False  # told in words: 未收到
    section: int | None = None
    passage: Passage
    start: int  # 0-based in passage.text
    length: int
    quote: str = ""  # at most 20 characters, without spaces
    line: int = 0  # number of the paragraph, and of its sentence's first character: facts of one sentence share both
    sentence: int = 0

    @property
    def comparable(self) -> bool:
        """Whether it is a figure of the report's own year that a table can be held against."""
        return self.measure == "exact" and self.year is None and self.scope != "elsewhere"


class _Says:
    """Expressions of phrases.yaml, compiled when one of their hint words is first met."""

    def __init__(self, raw: Mapping[str, Any], book: _Book) -> None:
        self.hints = tuple(str(raw.get("hint", "")).split())
        self._raw, self._book, self._unless = raw["says"], book, raw.get("unless")
        self._pattern: re.Pattern[str] | None = None

    def search(self, words: str) -> re.Match[str] | None:
        """The first match."""
        if self.hints and not any(hint in words for hint in self.hints):
            return None
        if self._pattern is None:
            self._pattern = self._book.pattern(self._raw)
        found = self._pattern.search(words)
        return None if found and self._unless and self._book.pattern(self._unless).search(words) else found


@positional_record
class _Kind:
    """A kind of phrases.yaml."""

    kind: str
    topic: str
    says: _Says
    follows: frozenset[str]
    needs: str
    money: bool


class _Book:
    """phrases.yaml made ready."""

    def __init__(self, phrases: Phrases) -> None:
        self.words: Mapping[str, str] = phrases["words"]
        self.classifiers: str = phrases["classifiers"]
        self.counts = frozenset(phrases["counts"].split("|"))
        self.topics = {name: self.pattern(says) for name, says in phrases["topics"].items()}
        self.headings = {name: self.pattern(says) for name, says in phrases["headings"].items()}
        self.groups = {name: frozenset(kinds) for name, kinds in phrases["groups"].items()}
        self.fillers = tuple(sorted(phrases["fillers"].split(), key=len, reverse=True))
        self.none = [(raw["kinds"], raw.get("only", {}), _Says(raw, self)) for raw in phrases["none"]]
        self.claims = [(raw["kind"], raw["topic"], _Says(raw, self)) for raw in phrases["claims"]]
        self.apart: str = phrases["apart"]
        self._raw = phrases
        self._by_topic: dict[str, tuple[_Kind, ...]] = {}
        self._named: dict[str, re.Pattern[str]] = {}

    def pattern(self, source: str | Sequence[str]) -> re.Pattern[str]:
        """One expression; <name> stands for a word, a list is alternatives."""
        text = source if isinstance(source, str) else "|".join(f"(?:{piece})" for piece in source)
        for _ in range(2):  # words may be made of words
            for name, word in self.words.items():
                text = text.replace(f"<{name}>", f"(?:{word})")
        return expression(text)

    def named(self, name: str) -> re.Pattern[str]:
        """An expression that stands alone in the file."""
        if name not in self._named:
            self._named[name] = self.pattern(self._raw[name])
        return self._named[name]

    def kinds(self, topic: str) -> tuple[_Kind, ...]:
        """The kinds that are told under a topic, in the file's order."""
        topics = {"litigation": ("review", "litigation"), "review": ("review", "litigation")}.get(topic, (topic,))
        if topic not in self._by_topic:
            self._by_topic[topic] = tuple(self._kind(raw) for raw in self._raw["kinds"] if raw["topic"] in topics)
        return self._by_topic[topic]

    def _kind(self, raw: Mapping[str, Any]) -> _Kind:
        follows = self.groups.get(raw.get("follows", ""), frozenset())
        return _Kind(raw["kind"], raw["topic"], _Says(raw, self), follows, raw.get("needs", ""), bool(raw.get("money")))


_books: list[tuple[Phrases, _Book]] = []
_last: list[tuple[Report, Phrases, tuple[Fact, ...]]] = []


def _book(phrases: Phrases) -> _Book:
    """The file made ready, once for each file."""
    for held, book in _books:
        if held is phrases:
            return book
    _books[:] = [*_books[-2:], (phrases, _Book(phrases))]
    return _books[-1][1]


def facts(report: Report, phrases: Phrases) -> tuple[Fact, ...]:
    """Every fact of the report's text, in reading order. Read once for each report: asked again, the same are given."""
    for held, book, found in _last:
        if held is report and book is phrases:
            return found
    made = tuple(_read(report, _book(phrases)))
    _last[:] = [*_last[-3:], (report, phrases, made)]
    return made


_WORTH = expression("申请|公开件|公开事项|公开[零〇\\d]|复议|诉讼|规范性文件|规章|行政许可|行政处罚|行政强制|收费|结转|办结|答复")


def _read(report: Report, book: _Book) -> Iterator[Fact]:
    for number, line in enumerate(lines(report)):
        if line.section in _PLANS or (line.passage.heading and len(line.text) <= 24) or not _WORTH.search(line.text + line.lead):
            continue
        yield from _Paragraph(line, number, report.year, book).facts()


class _Paragraph:
    """The reading of one paragraph: clause by clause, with the topic that the clauses before have set."""

    def __init__(self, line: Line, number: int, year: int | None, book: _Book) -> None:
        self.line, self.number, self.year, self.book = line, number, year, book
        self.default = self._default()
        self._topics: list[tuple[int, str]] | None = None
        self.found: list[Fact] = []
        self._told, self._noted = set[tuple[int, str]](), 0  # sentence and kind of the first `_noted` facts
        self._ends = [place for place, char in enumerate(line.text) if char in ENDS]
        self._cases: list[tuple[int, str]] | None = None  # the marks of the topics review and litigation
        self._case_facts: list[Fact] = []  # of the first `_counted` facts, those of cases
        self._counted = self._figures = 0  # how many of them are figures, not statements in words
        self._waiting: tuple[int, list[str]] = (0, [])  # names whose figures are still to come, and the sentence they stand in

    def _default(self) -> str:
        """What the paragraph is about by its part of the form and the heading it stands under."""
        lead = self.line.text[:24].split("。")[0] if expression(r"[(（]?[一二三四五六七八九十\d]+[)）.、]|在").match(self.line.text) else ""
        for text in (lead, self.line.lead):
            for topic, pattern in self.book.headings.items():
                if text and pattern.search(text):
                    return str(topic)
        return {3: "applications", 4: "review"}.get(self.line.section or 0, "")

    def facts(self) -> list[Fact]:
        """Everything told, in order of place."""
        for mention in mentions(self.line, self.book.classifiers):
            self._figure(mention)
        self._figures = len(self._of_cases())
        for start, end in pieces(self.line):
            self._words(start, end)
        return sorted(self.found, key=lambda fact: fact.start)

    # ------------------------------------------------------------------------------------------ topics

    def _marks(self) -> list[tuple[int, str]]:
        if self._topics is None:
            marks = [(m.start(), name) for name, pattern in self.book.topics.items() for m in pattern.finditer(self.line.text)]
            self._topics = sorted(marks)
        return self._topics

    def _topic(self, start: int, end: int, sentence: int) -> tuple[str, Literal["clause", "sentence", "paragraph"]]:
        """What text[start:end] is about, and where that was said. The clause itself decides, then what stands before it."""
        marks = self._marks()
        if (own := bisect_left(marks, (end, "")) - 1) >= 0 and marks[own][0] >= start:
            return marks[own][1], "clause"
        before = bisect_left(marks, (start, "")) - 1
        place, told = marks[before] if before >= 0 else (-1, "")
        if before >= 0 and place >= sentence:
            return told, "sentence"
        if told and told != "elsewhere" and not (self.default and told == "disclosure"):
            return told, "sentence" if told == self.default or place >= self._sentence_before(sentence) else "paragraph"
        return self.default, "sentence" if self.default else "paragraph"

    def _sentence_before(self, sentence: int) -> int:
        """Where the sentence before the one that begins at `sentence` begins."""
        return self._sentence_at(max(0, sentence - 1))

    def _sentence_at(self, place: int) -> int:
        """Where the sentence begins that the character before `place` belongs to or ends."""
        end = bisect_left(self._ends, place) - 1
        return self._ends[end] + 1 if end >= 0 else 0

    # ------------------------------------------------------------------------------------------ figures

    def _figure(self, m: Mention) -> None:
        """The fact of a number, if its phrase is known."""
        before, after = self._bare(relative(self._named_for(m), self.year)), relative(m.after, self.year)
        if self.book.named("compares").search(before) or self.book.named("partial_year").search(before):
            return
        words = f"{before}#{after}"
        end = m.end + len(m.after)
        topic, anchor = self._topic(m.start - len(m.before), end, m.sentence_start)
        topics = [topic] if topic != "elsewhere" else []
        if self.default and self.default not in (topic, "elsewhere") and topic != "elsewhere":
            topics.append(self.default)
        for name in topics:
            for kind in self.book.kinds(name):
                if self._fits(kind, m, words):
                    self._add(kind.kind, m, anchor if name == topic else "paragraph", topic)
                    return

    def _named_for(self, m: Mention) -> str:
        """The words before a figure; where names and figures stand apart (甲、乙分别为 3 件、5 件), the name that is this figure's."""
        before = m.before.lstrip("、")
        apart = before.find(self.book.apart)
        if (apart >= 0 or expression(r"[、和及]\d").match(self.line.text, m.end)) and expression("[、和及]").search(before):
            first, *rest = expression("[、和及]").split(before[:apart] if apart >= 0 else before)
            self._waiting = (m.sentence_start, rest)
            return first
        if before in ("", "和", "及") and self._waiting[1] and self._waiting[0] == m.sentence_start:
            return self._waiting[1].pop(0)
        if before:
            self._waiting = (0, [])
        return before

    def _bare(self, before: str) -> str:
        """The words before a figure without those that only lead to it: 共计, 数量, 为."""
        while before.endswith(self.book.fillers):
            before = before[: -len(next(word for word in self.book.fillers if before.endswith(word)))]
        return before

    def _fits(self, kind: _Kind, m: Mention, words: str) -> bool:
        if kind.money != m.unit.endswith("元") or (not kind.money and m.unit not in self.book.counts):
            return False
        if kind.follows and not self._follows(kind.follows, m.sentence_start):
            return False
        if kind.needs and kind.needs not in self.line.text[max(m.sentence_start, m.start - _REACH) : m.end + len(m.after)]:
            return False
        return kind.says.search(words) is not None

    def _follows(self, kinds: frozenset[str], sentence: int) -> bool:
        """Whether one of these kinds was told in the sentence already."""
        self._told.update((fact.sentence, fact.kind) for fact in self.found[self._noted :])
        self._noted = len(self.found)
        return any((sentence, kind) in self._told for kind in kinds)

    def _add(self, kind: str, m: Mention, anchor: Literal["clause", "sentence", "paragraph"], topic: str) -> None:
        start, length = self.line.span(m.start, m.end)
        text = self.line.text
        fact = Fact(
            kind=kind,
            value=m.value,
            unit=m.unit,
            anchor=anchor,
            section=self.line.section,
            passage=self.line.passage,
            start=start,
            length=length,
            quote=_quoted((m.before if len(m.before) > 1 else m.clause) + text[m.start : m.end]),
            line=self.number,
            sentence=m.sentence_start,
            **self._meant(m.clause_start, m.start, m.sentence_start, m.estimate),
        )
        if kind in _OUTCOMES:
            self.found.append(replace(fact, kind=f"{self._case(m)}.{kind}"))
        elif kind == "review_and_litigation":
            if not m.value or expression("各|均|都").search(m.before):
                self.found += [replace(fact, kind="review"), replace(fact, kind="litigation")]
        else:
            self.found.append(fact)

    def _case(self, m: Mention) -> str:
        """Which cases an outcome is of: those named last before it or with it."""
        if self._cases is None:
            self._cases = [mark for mark in self._marks() if mark[1] in ("review", "litigation")]
        named = bisect_left(self._cases, (m.start + len(m.after), "")) - 1
        if named < 0:
            return "review"
        place, name = self._cases[named]
        after_review = self.line.text[max(0, place - 2) : place + 6].find("复议后") >= 0
        if name == "review" and not after_review:
            return "review"
        told = self._of_cases()
        return told[-1].kind if told and told[-1].kind.startswith("litigation") else "litigation"

    def _of_cases(self) -> list[Fact]:
        """The facts found so far that count cases, in the order in which they were found."""
        self._case_facts += [fact for fact in self.found[self._counted :] if fact.kind in _CASES]
        self._counted = len(self.found)
        return self._case_facts

    def _meant(self, clause: int, at: int, sentence: int, estimate: bool) -> dict[str, Any]:
        """Year, scope, measure and open words of what stands at `at`."""
        text, book = self.line.text, self.book
        clause, sentence = max(clause, at - _REACH), max(sentence, at - _REACH)
        within, head = text[clause:at], text[sentence:at]
        head = expression(r"《[^《》]*》|〔[^〔〕]*〕").sub("", head)
        joined = text[text.rfind("其中:", sentence, clause) if text[max(0, clause - 3) : clause] == "其中:" else clause : at]
        measure = "estimate" if estimate else "exact"
        if book.named("cumulative").search(within) and not (book.named("within_year").search(head) or expression(r"20\d\d年").search(head)):
            measure = "cumulative"
        if expression(r"截[至止][^,]{0,14}(?:累计|共有)").search(within):
            measure = "cumulative"
        scope, actor = "own", ""
        if found := book.named("elsewhere_scope").search(head):
            scope, actor = "elsewhere", found[0]
        elif found := book.named("level").search(head):
            scope, actor = "level", found[0]
        elif found := book.named("units_below").search(head):
            scope, actor = "below", found[0]
        acting = list(book.named("actors").finditer(head))
        if acting:
            actor = acting[-1][1] if scope == "own" else actor
        soft = book.named("soft").search(joined)
        return {
            "measure": measure,
            "year": self._other_year(clause, at, sentence),
            "scope": scope,
            "actor": actor,
            "soft": soft[0] if soft else "",
        }

    def _other_year(self, clause: int, at: int, sentence: int) -> int | None:
        """The year that the figure is of, where the sentence names another one for it."""
        if self.year is None:
            return None
        head = expression(r"《[^《》]*》|〔[^〔〕]*〕|\([^()]*\)").sub("", self.line.text[sentence:at])
        named = [m for m in expression(r"(20\d\d)年(?!\d|以来|[^,]{0,4}(?:结转|转结|遗留|继续))(?!\d{1,2}月)").finditer(head)]
        named = [m for m in named if not expression(r"(?:结转|转结|顺延|转入?|延续|延至|留|至|到)(?:到|至|入)?$").search(head[: m.start()])]
        said = int(named[-1][1]) if named else None
        within = self.line.text[clause:at]
        last_year = expression(r"(?:上|去)一?年(?:度|同期)?(?![^,]{0,10}(?:结转|转结|遗留|顺延|受理|未办))").search(within)
        if last_year and not expression("结转(?:自|了)?上").search(within):
            return self.year - 1
        return said if said is not None and said != self.year else None

    # ------------------------------------------------------------------------------------------ words

    def _words(self, start: int, end: int) -> None:
        """The facts of a clause that says none, or claims something of all."""
        text = self.line.text[start:end]
        sentence = self._sentence_at(start)
        if expression("[无零未没不]|为0").search(text):
            words = relative(text, self.year)
            for kinds, only, pattern in self.book.none:
                found = pattern.search(words)
                for kind in kinds if found else ():
                    if kind not in only or expression(only[kind]).search(words):
                        self._say(kind, 0, start, end, sentence, none=True)
        if expression("均|全|都|率|维持|结果").search(text):
            topic, anchor = self._topic(start, end, sentence)
            for kind, about, pattern in self.book.claims:
                found = pattern.search(text)
                if found and (topic == about or about == "review" and topic == "litigation" or (not topic and self.default == about)):
                    self._claim(kind, start + found.start(), start + found.end(), sentence)

    def _near(self, begin: int, sentence: int) -> list[Fact]:
        """The facts of cases in that sentence before `begin`, and not further before it than words reach."""
        told = self._of_cases()
        found: list[Fact] = []
        for first, last in ((0, self._figures), (self._figures, len(told))):  # both in order of place
            low = bisect_left(told, begin - _REACH, first, last, key=lambda fact: fact.start)
            high = bisect_left(told, begin, first, last, key=lambda fact: fact.start)
            found += [fact for fact in told[low:high] if fact.sentence == sentence]
        return found

    def _say(self, kind: str, value: int, start: int, end: int, sentence: int, *, none: bool = False) -> None:
        topic, anchor = self._topic(start, end, sentence)
        begin, length = self.line.span(start, end)
        self.found.append(
            Fact(
                kind=kind,
                value=value,
                anchor="clause" if topic in ("applications", "review", "litigation") else anchor,
                none=none,
                section=self.line.section,
                passage=self.line.passage,
                start=begin,
                length=length,
                quote=_quoted(self.line.text[start:end]),
                line=self.number,
                sentence=sentence,
                **self._meant(start, end, sentence, False),
            )
        )

    def _claim(self, kind: str, start: int, end: int, sentence: int) -> None:
        """A claim of all; that all suits were upheld is a figure of each kind of case in the sentence."""
        begin, length = self.line.span(start, end)
        quote = self.line.text[start:end][:_QUOTE]
        reach, _, outcome = kind.partition("_")
        if outcome in _OUTCOMES:
            told = [fact for fact in self._near(begin, sentence) if fact.comparable]
            for fact in told if reach == "all" else told[-1:]:
                self.found.append(replace(fact, kind=f"{fact.kind}.{outcome}", start=begin, length=length, quote=quote, none=True))
            return
        meant = self._meant(start, end, sentence, False)
        self.found.append(
            Fact(
                kind=kind,
                value=1,
                none=True,
                section=self.line.section,
                passage=self.line.passage,
                start=begin,
                length=length,
                quote=quote,
                line=self.number,
                sentence=sentence,
                **(meant | {"measure": "claim"}),
            )
        )


def _quoted(words: str) -> str:
    """The end of the words, short enough to quote, without the rest of a date in front."""
    return expression(r"^(?:[\d、,…]*(?:年度?)?)(?=[^\d、,…年度])").sub("", words[-_QUOTE:])


def evidence(report: Report, figures: Figures, phrases: Phrases) -> Mapping[Cell, Sequence[Evidence]]:
    """What the text says of figures that stand in one cell of a table, for the explaining of failed sums."""
    cells = {raw["kind"]: _cell(raw["cell"]) for raw in phrases["kinds"] if "cell" in raw}
    told = [
        fact for fact in facts(report, phrases) if fact.comparable and fact.scope == "own" and fact.anchor != "paragraph" and not fact.soft
    ]
    carried = figures.get("applications", "carried_in", "total")
    carried_told = any(fact.kind == "carried_in" for fact in told)
    found: dict[Cell, list[Evidence]] = {}
    known = set[tuple[Cell, Value]]()
    for fact in told:
        cell = cells.get(fact.kind)
        if cell is None or figures.by_cell.get(cell) is None:
            continue
        if cell.row == "new" and (carried is None or carried.value != 0) and not carried_told:
            continue  # may be new and carried over together
        source = both("parsing.quoted-text", quote=fact.quote)
        if (cell, fact.value) not in known:
            known.add((cell, fact.value))
            found.setdefault(cell, []).append(Evidence(value=fact.value, source=source))
    return found


def _cell(address: str) -> Cell:
    table, rest = address.split(".", 1)
    row, column = rest.rsplit(".", 1)
    return Cell(table=table, row=row, column=column)

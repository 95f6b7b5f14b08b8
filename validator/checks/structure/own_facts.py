"""Whether the text has facts of its own: figures, the unit's name, what it calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.base.records import record
from validator.base.regex_cache import expression, passing
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.text.characters import Pattern
from validator.text.paragraphs import head, within

_FIGURE = expression(r"\d(?!\d{0,20}[年月日号])|[一二两三四五六七八九十百千]{1,9}(?:次|条|件|名|人|场|期|个|项|篇|家|份)")
_SELF = expression(r"[我本][省市县区州旗镇乡局委厅办街道院校站所中心部门单位机关]")


@record
class Substance:
    """A part of the report in which hardly anything is the unit's own.

    `least`: own words or figures for 100 characters below which a text is general; with a word of `general` in it, twice as many.
    """

    section: int
    shortest: int
    least: float
    general: Pattern

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """At most one hit, at the heading."""
        section = subject.report.section(self.section)
        text = "".join(line.text for line in within(section)) if section else ""
        if section is None or len(text) < self.shortest:
            yield Skip(reason=both("checks.short-section"))
            return
        plain = expression(r"《[^《》]*》|〔\d+〕\d+号|20\d\d年").sub("", text)
        name = re.escape(expression("人民政府|政府|办事处").sub("", subject.unit.name)) if subject.unit.name else None
        own = len(_FIGURE.findall(plain)) + len(_SELF.findall(plain)) + (len(passing(name).findall(plain)) if name else 0)
        share = 100 * own / len(text)
        least = self.least * (2 if self.general.search(plain) else 1)
        if share < least:
            yield Hit(spot=head(section), facts={"own": own, "length": len(text)})

"""Which finding a finding is: the same after edits elsewhere in the report, another one when its own words or figures change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from validator.model import FileResult, Finding

#: Name and edition of the identity, for outputs that say how a fingerprint was made and for files that keep it.
NAME = "nianbao/v1"


def fingerprint(finding: Finding, unit: str | None = None, year: int | None = None, path: str = "") -> str:
    """Sixteen hexadecimal digits over rule, unit, year, part, cell and the words meant; no line, page or language of messages is in it.

    `unit` and `year` are the report's; where they are not known its `path` (the paths of a finding about the set) stands in. What a report
    says is compared without blanks. Two findings with the same words in the same part have the same fingerprint: see `numbered`.
    """
    place = finding.location
    whose = [finding.unit or unit, finding.year or year]
    if None in whose:
        whose += [path or None, *sorted(finding.paths)]
    table = [place.section, place.table, place.row, place.column, *finding.rows]
    return sha256(json.dumps([finding.rule, whose, table, _words(finding)], ensure_ascii=True).encode()).hexdigest()[:16]


def _words(finding: Finding) -> list[str | None]:
    """What the finding is about, as printed; of something that is not there what should be; only else the sentence itself.

    `excerpt` counts too: it is cut, or only the words beside a missing thing, but it distinguishes places.
    """
    meant = finding.actual if finding.actual is not None else finding.expected
    if finding.location.excerpt is None and meant is None and not finding.rows:
        meant = finding.message.get("zh", "")
    return [None if words is None else "".join(words.split()) for words in (finding.location.excerpt, meant)]


def numbered(findings: Iterable[Finding], file: FileResult | None = None) -> Sequence[str]:
    """The fingerprints of a report's findings (None: of the set's) in their order; the second of two alike ends with -2, and so on."""
    times: Counter[str] = Counter()
    numbered_prints = []
    for finding in findings:
        plain = fingerprint(finding, file.unit, file.year, file.path) if file else fingerprint(finding)
        times[plain] += 1
        numbered_prints.append(plain if times[plain] == 1 else f"{plain}-{times[plain]}")
    return numbered_prints

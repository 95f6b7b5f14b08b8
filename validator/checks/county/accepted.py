"""Waivers and the baseline held against what was found: waivers that hide nothing or have expired, entries that no longer occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from validator.base.records import record
from validator.messages import both
from validator.model import Acceptance, Hit, Skip, Spot, StaleEntries, WaiverUse


@record
class Accepted:
    """`unused`: waivers that fit no finding of what was checked. `expired`: waivers past their last day (variant `gone` where nothing is
    left of what they hid, `shown` where it is found again). `stale`: entries of the baseline that no longer occur, a hit for each report.
    """

    look_for: Literal["unused", "expired", "stale"]

    SCOPES = ("config",)
    FACTS = ("line", "waived", "whose", "until", "count", "rules", "what")

    def run(self, accepted: Acceptance) -> Iterable[Hit | Skip]:
        """What is wrong with them."""
        if self.look_for == "stale":
            yield from _stale(accepted)
        elif not accepted.waivers:
            yield Skip(reason=both("checks.no-waivers"))
        elif self.look_for == "expired":
            yield from (_expired(use, accepted) for use in accepted.waivers if use.expired)
        else:
            yield from _unused(accepted)


def _unused(accepted: Acceptance) -> Iterator[Hit | Skip]:
    live = [use for use in accepted.waivers if not use.expired]
    for use in live:
        if use.judged and not use.count:
            yield Hit(spot=Spot(), paths=_paths(accepted.path), facts=_facts(use))
    if any(not use.judged and not use.count for use in live):
        yield Skip(reason=both("checks.some-reports-only"))


def _expired(use: WaiverUse, accepted: Acceptance) -> Hit:
    variant = "shown" if use.count else "gone" if use.judged else None
    facts = _facts(use) | {"until": use.waiver.last_day or "", "count": use.count}
    return Hit(spot=Spot(), paths=_paths(accepted.path), variant=variant, facts=facts)


def _stale(accepted: Acceptance) -> Iterator[Hit | Skip]:
    if accepted.baseline is None:
        yield Skip(reason=both("checks.no-baseline"))
        return
    for found in accepted.stale:
        told = [f"{rule} × {count}" if count > 1 else rule for rule, count in sorted(found.rules.items())]
        facts = {"what": _whose(found), "count": sum(found.rules.values()), "rules": told}
        yield Hit(spot=Spot(), paths=_paths(accepted.baseline), facts=facts)


def _facts(use: WaiverUse) -> dict[str, object]:
    waiver = use.waiver
    named = (waiver.path, waiver.unit, None if waiver.year is None else str(waiver.year))
    whose = " · ".join(name for name in named if name)
    return {"line": waiver.line, "waived": waiver.rule, "whose": both("marks.bracket", text=whose) if whose else ""}


def _whose(found: StaleEntries) -> str | Mapping[str, str]:
    names = (found.unit, None if found.year is None else str(found.year), found.path)
    return " · ".join(name for name in names if name) or both("checks.all-reports")


def _paths(path: str | None) -> tuple[str, ...]:
    return (path,) if path else ()

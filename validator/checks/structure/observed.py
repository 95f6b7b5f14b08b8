"""What a reader noticed in a document, or why it could not read it, said by a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from validator.base.records import record
from validator.model import Hit, Kind, Observation, Spot, Subject, Text


@record
class Observed:
    """A hit for each observation whose code is one of `codes`; its variant is the code, its facts the observation's detail.

    `once` tells the same code only the first time. `summed` makes one hit of all of a code: their counts added up, the words of their
    kinds from `kinds` as the fact `kinds`. `having`: only those with these details.
    """

    codes: tuple[str, ...]
    once: bool = False
    summed: bool = False
    kinds: Mapping[str, Text] = field(default_factory=dict)  # '' for any other
    having: Mapping[str, str] = field(default_factory=dict)

    def run(self, subject: Subject) -> Iterable[Hit]:
        """What was noticed in this document."""
        document = subject.report.document
        noticed = [item for item in document.observations if item.code in self.codes and self._fits(item)]
        if not noticed:
            return
        lines = {block.line: block for block in reversed(document.blocks) if block.kind is not Kind.CELL}
        codes: set[str] = set()
        for observation in self._sums(noticed) if self.summed else noticed:
            if not (self.once and observation.code in codes):
                codes.add(observation.code)
                yield self._hit(observation, Spot(block=lines.get(observation.line or 0)))

    def tell(self, observations: Iterable[Observation]) -> Iterable[Hit]:
        """The same for a document that could not be read and so has no report."""
        for observation in self._sums(tuple(observations)) if self.summed else observations:
            yield self._hit(observation, Spot())

    def _fits(self, observation: Observation) -> bool:
        return all(observation.detail.get(name) == value for name, value in self.having.items())

    def _sums(self, noticed: Sequence[Observation]) -> Iterable[Observation]:
        """One observation for each code, at the place of its first."""
        for code in dict.fromkeys(item.code for item in noticed):
            mine = [item for item in noticed if item.code == code]
            counts = [count if isinstance(count := item.detail.get("count"), int) else 1 for item in mine]
            named = dict.fromkeys(str(item.detail.get("kind", "")) for item in mine)
            words = [word for word in (self.kinds.get(kind) or self.kinds.get("") for kind in named) if word]
            kinds = tuple(word for place, word in enumerate(words) if word not in words[:place])
            yield Observation(code=code, line=mine[0].line, detail={**mine[0].detail, "count": sum(counts), "kinds": kinds})

    def _hit(self, observation: Observation, spot: Spot) -> Hit:
        return Hit(spot=spot, variant=observation.code, facts=observation.detail)

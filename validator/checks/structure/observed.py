"""What a reader noticed in a document, or why it could not read it, said by a rule."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.model import Hit, Kind, Observation, Spot, Subject


@record
class Observed:
    """A hit for each observation whose code is one of `codes`; its variant is the code, its facts the observation's detail.

    `once` tells the same code only the first time.
    """

    codes: tuple[str, ...]
    once: bool = False

    def run(self, subject: Subject) -> Iterable[Hit]:
        """What was noticed in this document."""
        document = subject.report.document
        if not document.observations:
            return
        lines = {block.line: block for block in reversed(document.blocks) if block.kind is not Kind.CELL}
        told: set[str] = set()
        for observation in document.observations:
            if observation.code in self.codes and not (self.once and observation.code in told):
                told.add(observation.code)
                yield self._hit(observation, Spot(block=lines.get(observation.line or 0)))

    def tell(self, observations: Iterable[Observation]) -> Iterable[Hit]:
        """The same for a document that could not be read and so has no report."""
        for observation in observations:
            yield self._hit(observation, Spot())

    def _hit(self, observation: Observation, spot: Spot) -> Hit:
        return Hit(spot=spot, variant=observation.code, facts=observation.detail)

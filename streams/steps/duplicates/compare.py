"""How much of an earlier article a later one has."""

from functools import cached_property

from streams.sketches import Sketch
from streams.steps.duplicates.bloom import Filter, Question
from streams.steps.duplicates.rows import Row
from streams.steps.duplicates.verdict import Match


class Beside:
    """One article, to be laid beside many earlier ones.

    `least`: the score below which it does not matter how little they share.
    """

    def __init__(self, sketch: Sketch, least: float) -> None:
        self.sketch = sketch
        self._least = least

    @cached_property
    def pairs(self) -> Question:
        """All of its pairs."""
        return Question(self.sketch.pairs)

    @cached_property
    def _lead(self) -> Question:
        return Question(self.sketch.lead)

    def __call__(self, row: Row) -> Match:
        """Beside this one."""
        if row.text == self.sketch.text:
            return Match(row, 1.0, 1.0, 0.0, 1.0)
        earlier, own = Filter(row.bits), len(self.sketch.pairs)
        lead = earlier.shared(self._lead) / max(1, self._lead.count)
        # Of two texts of unlike lengths the overlap cannot be high.
        if lead + min(own, row.pairs) / max(own, row.pairs, 1) < self._least:
            return Match(row, 0.0, lead, 1.0, 0.0)
        shared = min(earlier.shared(self.pairs), row.pairs)
        return Match(
            row,
            overlap=shared / max(1.0, row.pairs + own - shared),
            lead=lead,
            fresh=1 - shared / max(1, own),
            contained=shared / max(1, min(row.pairs, own)),
        )

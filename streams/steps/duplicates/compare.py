"""How much of an earlier article a later one has."""

from streams.bloom import Filter, Question
from streams.sketches import Sketch
from streams.steps.duplicates.rows import Row
from streams.steps.duplicates.verdict import Match


class Beside:
    """One article, to be laid beside many earlier ones.

    `least`: the score below which it does not matter how little they share.
    """

    def __init__(self, sketch: Sketch, least: float) -> None:
        self.sketch = sketch
        self._least = least
        # Most articles are laid beside none.
        self._pairs: Question | None = None
        self._lead: Question | None = None

    def __call__(self, row: Row) -> Match:
        """Beside this one."""
        if row.text == self.sketch.text:
            return Match(row, 1.0, 1.0, 0.0, 1.0)
        earlier, own = Filter(row.bits), len(self.sketch.pairs)
        if self._lead is None:
            self._lead = Question(self.sketch.lead)
        lead = earlier.shared(self._lead) / max(1, self._lead.count)
        # Of two texts of unlike lengths the overlap cannot be high.
        if lead + min(own, row.pairs) / max(own, row.pairs, 1) < self._least:
            return Match(row, 0.0, lead, 1.0, 0.0)
        if self._pairs is None:
            self._pairs = Question(self.sketch.pairs)
        shared = min(earlier.shared(self._pairs), row.pairs)
        return Match(
            row,
            overlap=shared / max(1.0, row.pairs + own - shared),
            lead=lead,
            fresh=1 - shared / max(1, own),
            contained=shared / max(1, min(row.pairs, own)),
        )

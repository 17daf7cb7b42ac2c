"""The rules: what an article is to the articles that it resembles.

Two copies share their words; so do a report and its follow-up, which repeats up to 90 % of
the background under a new lead. So overlap and lead count together, and what speaks for
news (another number, another name, a correction, a series) is asked before an article is
suppressed. What is suppressed by mistake is lost to a desk; what passes by mistake is only
read twice.
"""

import struct
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from schemas.enriched import Duplicate, VerdictName, Why
from streams.sketches import Sketch
from streams.steps.duplicates.rows import Row

HOUR_MS = 60 * 60 * 1000
SUPPRESSED = frozenset({"repeat", "near_duplicate"})
RELATED_AT_MOST, NUMBERS_SHOWN = 5, 10
LEAST_PART = 8
"""Word pairs below which a text is too little to be a part of anything."""
LEAST_NAMES = 2
WHOLE = 0.95
"""Share of an article's pairs that makes it a part of the other one: filters are not exact."""
NEARLY_SAME = 0.9
"""Overlap of bodies that are one form text."""
FORM_USES = 3
"""Articles of one wire with one body under different headlines that make it a form text."""
LEAST_CONTAINED = 0.65
"""Hand-labelled copies share 0.8 and more of the shorter text."""
MOSTLY_FRESH = 0.6
"""Share of an article's pairs that are new, above which it is more than a copy."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the lines are drawn; `docs/settings.md` says what each means."""

    near_duplicate: float = 1.0
    related: float = 0.6
    same_numbers: float = 0.7
    same_names: float = 0.5
    least_words: int = 40
    series_hours: float = 18.0


@dataclass(frozen=True, slots=True)
class Item:
    """An article at its verdict.

    `known`: what it is to earlier versions of its own uri. `corrects`: it says that it is
    a correction. `public_ms`: the end of its embargo; 0 without one. `names`: ids of the
    entities that it is most about. `sketch`: None for a withdrawal.
    """

    uri: str
    version: int
    wire: str
    fingerprint: str
    received_ms: int
    public_ms: int
    known: Duplicate
    corrects: bool
    names: tuple[str, ...]
    sketch: Sketch | None


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier article and how much of it this one has.

    `overlap`: Jaccard similarity of their word pairs. `lead`: share of this one's lead that
    the earlier one has. `fresh`: share of this one's pairs that the earlier one lacks.
    `contained`: share of the shorter one's pairs that both have.
    """

    row: Row
    overlap: float
    lead: float
    fresh: float
    contained: float

    @property
    def score(self) -> float:
        """Overlap and lead together: 0 to 2."""
        return self.overlap + self.lead


_VERDICTS: Mapping[Why, VerdictName] = {
    "marked": "correction",
    "exact": "repeat",
    "copy": "near_duplicate",
    "part": "near_duplicate",
    "same_wire": "update",
    "changed_numbers": "update",
    "changed_names": "update",
    "longer": "update",
    "series": "new",
    "form_text": "new",
    "short": "new",
    "similar": "new",
}


def decide(item: Item, sketch: Sketch, matches: Sequence[Match], limits: Thresholds) -> Duplicate:
    """The verdict on an article of a new uri. `matches`: what it resembles, in any order."""
    near = sorted(
        (match for match in matches if match.score >= limits.related),
        key=lambda match: (-match.score, match.row.received_ms),
    )
    if not near:
        return Duplicate("new")
    exact = [match for match in near if match.row.text == sketch.text]
    best = min(exact, key=lambda match: match.row.received_ms) if exact else near[0]
    case = _Case(item, sketch, best, near, limits)
    why = next(why for why, holds in _RULES if holds(case))
    verdict = _VERDICTS[why]
    linked, suppressed = verdict != "new", verdict in SUPPRESSED
    others = [match.row.uri for match in near if not linked or match.row.uri != best.row.uri]
    return Duplicate(
        verdict,
        of=best.row.uri if suppressed else None,
        supersedes=f"{best.row.uri}@{best.row.version}" if linked and not suppressed else None,
        similarity=round(min(best.overlap, 1.0), 3),
        related=tuple(dict.fromkeys(others))[:RELATED_AT_MOST],
        why=why,
        lead=round(min(best.lead, 1.0), 3),
        changed_numbers=case.changed_numbers[:NUMBERS_SHOWN],
    )


@dataclass(frozen=True)
class _Case:
    """An article beside the one it resembles most: what the rules ask."""

    item: Item
    sketch: Sketch
    best: Match
    near: Sequence[Match]
    limits: Thresholds

    @property
    def exact(self) -> bool:
        return self.best.row.text == self.sketch.text

    @property
    def close(self) -> bool:
        """The same lead alone is a formula, as of a ministry's daily notice."""
        contained = self.best.contained >= LEAST_CONTAINED
        return contained and self.best.score >= self.limits.near_duplicate

    @property
    def same_wire(self) -> bool:
        return self.best.row.wire == self.item.wire

    @property
    def same_title(self) -> bool:
        return bool(self.sketch.title) and self.best.row.title == self.sketch.title

    @property
    def much_later(self) -> bool:
        age_ms = self.item.received_ms - self.best.row.received_ms
        return age_ms >= self.limits.series_hours * HOUR_MS

    @property
    def short(self) -> bool:
        return min(self.sketch.words, self.best.row.words) < self.limits.least_words

    @property
    def part(self) -> bool:
        """Whether a text, such as a first paragraph, is wholly in the other one."""
        whole = self.best.fresh <= 1 - WHOLE and self.best.lead >= WHOLE
        smaller = self.sketch.words <= self.best.row.words
        return whole and smaller and len(self.sketch.pairs) >= LEAST_PART

    @property
    def form_text(self) -> bool:
        """Whether one wire sends this body under one headline after the other."""
        titles: dict[str, set[int]] = defaultdict(set, {self.item.wire: {self.sketch.title}})
        for match in self.near:
            if match.overlap >= NEARLY_SAME:
                titles[match.row.wire].add(match.row.title)
        return any(len(of_wire) >= FORM_USES for of_wire in titles.values())

    @cached_property
    def changed_numbers(self) -> tuple[str, ...]:
        had = _hashes(self.best.row.numbers)
        return tuple(number for number in self.sketch.numbers if short_hash(number) not in had)

    @property
    def numbers_differ(self) -> bool:
        spared = (1 - self.limits.same_numbers) * len(self.sketch.numbers)
        return len(self.changed_numbers) > spared

    @property
    def names_differ(self) -> bool:
        """Whether names came and others went: a dateline only adds some."""
        had = _hashes(self.best.row.names)
        kept = sum(short_hash(name) in had for name in self.item.names)
        fewer = min(len(self.item.names), len(had))
        return fewer >= LEAST_NAMES and kept < self.limits.same_names * fewer


_RULES: tuple[tuple[Why, Callable[[_Case], bool]], ...] = (
    ("marked", lambda c: c.item.corrects and (c.close or c.same_wire or c.same_title)),
    ("series", lambda c: c.exact and c.same_wire and c.short and c.much_later),
    ("exact", lambda c: c.exact),
    ("same_wire", lambda c: c.same_wire and c.same_title and not c.much_later),
    ("short", lambda c: c.short and not c.part),
    ("similar", lambda c: not c.close),
    ("form_text", lambda c: c.form_text),
    ("series", lambda c: c.same_wire and c.same_title and c.much_later),
    ("same_wire", lambda c: c.same_wire),
    ("longer", lambda c: c.best.fresh > MOSTLY_FRESH),
    ("changed_numbers", lambda c: c.numbers_differ),
    ("changed_names", lambda c: c.names_differ),
    ("part", lambda c: c.short),
    ("copy", lambda _: True),
)
"""Asked in this order; the first that holds decides."""


def _hashes(packed: bytes) -> set[int]:
    return {hashed for (hashed,) in struct.iter_unpack("<I", packed)}


def short_hash(text: str) -> int:
    """32 bits of a text, frozen: they lie in changelogs."""
    return crc32(text.encode())

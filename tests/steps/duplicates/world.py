"""A small world of wires that copy, change, withdraw and repeat, for Hypothesis to draw from."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import strategies as st

from schemas.enriched import Duplicate
from streams.steps.duplicates import Item
from streams.steps.duplicates.postings import HOT
from streams.steps.duplicates.verdict import HOUR_MS
from tests.steps.duplicates.news import NEW, START_MS, a_text, an_item

TEXTS = [
    text
    for seed in range(4)
    for base in (a_text(seed, 70),)
    for text in (
        base,
        f"{base} 30 of 300",
        f"{base} 7",
        base[:150],
        f"{a_text(seed + 9, 45)} {base}",
    )
]
KNOWN = ("new", "new", "new", "update", "correction", "withdrawn")

Drawn = tuple[int, int, int, float, float]
DRAWN = st.tuples(
    st.integers(0, 11),
    st.integers(0, len(TEXTS) - 1),
    st.integers(0, len(KNOWN) - 1),
    st.sampled_from((0.0, 0.01, 1.0, 9.0, 20.0)),
    st.sampled_from((0.0, 0.0, 0.0, 3.0)),
)


def items_of(drawn: Sequence[Drawn]) -> list[Item]:
    """Items in the order of their time; of one uri no more than a key holds."""
    items, hours, times = [], 0.0, Counter[int]()
    for number, text, known, later, embargo in drawn:
        hours += later
        times[number] += 1
        if times[number] <= HOT:
            version = f"urn:{number}", times[number], KNOWN[known]
            items.append(_item(*version, TEXTS[text], f"wire {number % 4}", hours, embargo))
    return items


def _item(
    uri: str, version: int, verdict: str, text: str, wire: str, hours: float, embargo: float
) -> Item:
    known = NEW
    if version > 1 and verdict != "new":
        known = Duplicate(verdict, supersedes=f"{uri}@{version - 1}")  # type: ignore[arg-type]
    return an_item(
        uri,
        None if known.verdict == "withdrawn" else text,
        headline=f"Title {len(text) % 3}",
        wire=wire,
        hours=hours,
        known=known,
        version=version,
        corrects=verdict == "correction",
        public_ms=START_MS + round((hours + embargo) * HOUR_MS) if embargo else 0,
    )


STREAMS = st.lists(DRAWN, max_size=30)

"""The day that an article's relative dates are counted from."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from schemas.enriched import Anchor, DateMention

SKEW = timedelta(days=1)
"""How far a publisher's clock, or its time zone, may be ahead of ours."""


def choose_anchor(
    published_at: datetime | None,
    page_dates: Iterable[tuple[str, date]],
    received: datetime | None,
) -> Anchor | None:
    """The best anchor there is; None when nothing tells a day.

    `published_at` counts in its own offset: a wire's Thursday is the Thursday of its
    readers. A page's own date is often the day it was rendered, so confidence is low.
    `page_dates` are pairs of the line and its day; `received` is the broker's time.
    """
    latest = received + SKEW if received else None
    if published_at is not None:
        day = published_at.date().isoformat()
        if latest is not None and published_at > latest:
            doubt = f"published_at {published_at.isoformat()} is after its arrival"
            return Anchor(day, "published_at", "low", (doubt,))
        return Anchor(day, "published_at", "high", (f"published_at {published_at.isoformat()}",))
    for line, page_date in page_dates:
        if latest is None or page_date <= latest.date():
            return Anchor(page_date.isoformat(), "page_date", "low", (line,))
    if received is not None:
        arrived = received.astimezone(UTC)
        evidence = f"received_at {arrived.isoformat(timespec='seconds')}"
        return Anchor(arrived.date().isoformat(), "received_at", "low", (evidence,))
    return None


def from_dateline(anchor: Anchor | None, line: DateMention | None) -> Anchor | None:
    """The dateline's day instead of a less certain anchor; only the publisher's own word wins."""
    if line is None or line.span is None or line.span.begin is None:
        return anchor
    if anchor is not None and anchor.source == "published_at":
        return anchor
    return Anchor(line.span.begin, "dateline", "medium", (line.surface,))

"""What an article is to those of other uris: the verdict of agent `deduplicate`."""

from dataclasses import dataclass

from schemas.enriched import Duplicate
from schemas.outcomes import Candidate


@dataclass(frozen=True, slots=True)
class First:
    """Who published a text first, and when the broker had it, in milliseconds since 1970."""

    uri: str
    received_ms: int


def within(first: First | None, received_ms: int, window_ms: int) -> First | None:
    """`first` while it lies in the window: a text that comes back later is news again."""
    if first is not None and received_ms - first.received_ms > window_ms:
        return None
    return first


def verdict(candidate: Candidate, first: First | None) -> Duplicate:
    """`first` is what is known of the candidate's own content hash, within the window.

    New versions are never suppressed: a correction may bring back an old text.
    """
    known = candidate.duplicate
    if known.verdict != "new" or first is None or first.uri == candidate.record.uri:
        return known
    return Duplicate("repeat", of=first.uri, similarity=1.0, story=first.uri)

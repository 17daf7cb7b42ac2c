"""What an article is to those of other uris: the verdict of agent `deduplicate`."""

from streams.steps.duplicates.index import Index
from streams.steps.duplicates.rows import UnreadableRows
from streams.steps.duplicates.verdict import SUPPRESSED, Item, Thresholds

__all__ = ["SUPPRESSED", "Index", "Item", "Thresholds", "UnreadableRows"]
